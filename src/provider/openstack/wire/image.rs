//! Images as Nova tells them, recorded November 2021 with a saved one; and as Glance does.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::lenient;
use crate::domain::{ResourceId, Timestamp};
use crate::provider::openstack::moment;

/// The property that says which volumes a server has that is made from an image: JSON in a text.
pub(in crate::provider) const MAPPING: &str = "block_device_mapping";

/// `{"image":{…}}`.
#[derive(Debug, Deserialize)]
pub(in crate::provider) struct OneImage {
    pub(in crate::provider) image: Box<RawValue>,
}

#[derive(Debug, Clone, Deserialize)]
pub(in crate::provider) struct ImageRecord {
    #[serde(deserialize_with = "lenient::id")]
    pub(in crate::provider) id: ResourceId,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) status: String,
    #[serde(default, deserialize_with = "lenient::count")]
    pub(in crate::provider) progress: Option<u64>,
    /// In bytes, far above 2^31; 0 or null while it is saved.
    #[serde(default, rename = "OS-EXT-IMG-SIZE:size", deserialize_with = "lenient::count")]
    pub(in crate::provider) size: Option<u64>,
    /// In GB; 0 where any disk will do.
    #[serde(default, rename = "minDisk", deserialize_with = "lenient::count")]
    pub(in crate::provider) min_disk: Option<u64>,
    #[serde(default, rename = "minRam", deserialize_with = "lenient::count")]
    pub(in crate::provider) min_ram: Option<u64>,
    /// The server it was saved from; only of saved images.
    #[serde(default, deserialize_with = "lenient::reference")]
    pub(in crate::provider) server: Option<ResourceId>,
    #[serde(default, deserialize_with = "lenient::texts")]
    pub(in crate::provider) metadata: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "moment::lenient")]
    pub(in crate::provider) created: Option<Timestamp>,
    #[serde(default, deserialize_with = "moment::lenient")]
    pub(in crate::provider) updated: Option<Timestamp>,
}

impl ImageRecord {
    /// A value of its metadata; empty where there is none.
    pub(in crate::provider) fn told(&self, key: &str) -> &str {
        self.metadata.get(key).map_or("", |value| value.trim())
    }

    /// The first of several values of its metadata that says something.
    pub(in crate::provider) fn first_told(&self, keys: &[&str]) -> &str {
        keys.iter().map(|key| self.told(key)).find(|value| !value.is_empty()).unwrap_or_default()
    }
}

/// An image as Glance tells it: what Nova has as metadata stands beside the rest.
#[derive(Debug, Clone)]
pub(in crate::provider) struct GlanceImage(pub(in crate::provider) ImageRecord);

impl<'de> Deserialize<'de> for GlanceImage {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct SentImage {
            #[serde(deserialize_with = "lenient::id")]
            id: ResourceId,
            #[serde(default, deserialize_with = "lenient::text")]
            name: String,
            #[serde(default, deserialize_with = "lenient::text")]
            status: String,
            /// Null until the image is whole.
            #[serde(default, deserialize_with = "lenient::count")]
            size: Option<u64>,
            #[serde(default, deserialize_with = "lenient::count")]
            min_disk: Option<u64>,
            #[serde(default, deserialize_with = "lenient::count")]
            min_ram: Option<u64>,
            #[serde(default, deserialize_with = "moment::lenient")]
            created_at: Option<Timestamp>,
            #[serde(default, deserialize_with = "moment::lenient")]
            updated_at: Option<Timestamp>,
            #[serde(flatten)]
            others: BTreeMap<String, Value>,
        }
        let sent = SentImage::deserialize(from)?;
        let texts = sent.others.into_iter().filter_map(|(key, value)| match value {
            Value::String(text) => Some((key, text)),
            _ => None,
        });
        Ok(Self(ImageRecord {
            id: sent.id,
            name: sent.name,
            status: sent.status,
            progress: None,
            size: sent.size,
            min_disk: sent.min_disk,
            min_ram: sent.min_ram,
            server: None,
            metadata: texts.collect(),
            created: sent.created_at,
            updated: sent.updated_at,
        }))
    }
}

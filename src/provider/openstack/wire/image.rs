//! Images as Nova tells them. Recorded November 2021 with a saved one.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::lenient;
use crate::domain::{ResourceId, Timestamp};
use crate::provider::openstack::moment;

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
}

//! Cinder's volumes and their snapshots, as version 3 sends them (seen at Zed, 2026).

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::lenient;
use crate::domain::{ResourceId, Timestamp};
use crate::provider::openstack::moment;

/// `{"volume":{…}}`.
#[derive(Debug, Deserialize)]
pub(in crate::provider) struct OneVolume {
    pub(in crate::provider) volume: Box<RawValue>,
}

/// The answer to a create.
#[derive(Debug, Deserialize)]
pub(in crate::provider) struct OneCreatedVolume {
    pub(in crate::provider) volume: CreatedVolume,
}

#[derive(Debug, Deserialize)]
pub(in crate::provider) struct CreatedVolume {
    #[serde(deserialize_with = "lenient::id")]
    pub(in crate::provider) id: ResourceId,
}

/// `{"snapshot":{…}}`.
#[derive(Debug, Deserialize)]
pub(in crate::provider) struct OneVolumeSnapshot {
    pub(in crate::provider) snapshot: Box<RawValue>,
}

/// The answer to `os-volume_upload_image`.
#[derive(Debug, Deserialize)]
pub(in crate::provider) struct OneUpload {
    #[serde(rename = "os-volume_upload_image")]
    pub(in crate::provider) upload: Upload,
}

#[derive(Debug, Deserialize)]
pub(in crate::provider) struct Upload {
    #[serde(deserialize_with = "lenient::id")]
    pub(in crate::provider) image_id: ResourceId,
}

#[derive(Debug, Clone, Deserialize)]
pub(in crate::provider) struct VolumeRecord {
    #[serde(deserialize_with = "lenient::id")]
    pub(in crate::provider) id: ResourceId,
    /// Empty of one that Nova made.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) status: String,
    /// In GB.
    #[serde(default, deserialize_with = "lenient::count")]
    pub(in crate::provider) size: Option<u64>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) volume_type: String,
    /// The string `"true"` or `"false"`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) bootable: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(in crate::provider) attachments: Vec<VolumeAttachment>,
    #[serde(default, deserialize_with = "lenient::some_id")]
    pub(in crate::provider) snapshot_id: Option<ResourceId>,
    /// Of the image that it was made from; missing where it was made of nothing.
    #[serde(default, rename = "volume_image_metadata", deserialize_with = "lenient::texts")]
    pub(in crate::provider) image: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) description: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) availability_zone: String,
    #[serde(default, deserialize_with = "encrypted")]
    pub(in crate::provider) encrypted: bool,
    #[serde(default, deserialize_with = "moment::lenient")]
    pub(in crate::provider) created_at: Option<Timestamp>,
    #[serde(default, deserialize_with = "moment::lenient")]
    pub(in crate::provider) updated_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Deserialize)]
pub(in crate::provider) struct VolumeAttachment {
    #[serde(default, deserialize_with = "lenient::some_id")]
    pub(in crate::provider) server_id: Option<ResourceId>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) device: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(in crate::provider) struct VolumeSnapshotRecord {
    #[serde(deserialize_with = "lenient::id")]
    pub(in crate::provider) id: ResourceId,
    #[serde(deserialize_with = "lenient::id")]
    pub(in crate::provider) volume_id: ResourceId,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) status: String,
    /// That of its volume, in GB.
    #[serde(default, deserialize_with = "lenient::count")]
    pub(in crate::provider) size: Option<u64>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) description: String,
    #[serde(default, deserialize_with = "moment::lenient")]
    pub(in crate::provider) created_at: Option<Timestamp>,
    #[serde(default, deserialize_with = "moment::lenient")]
    pub(in crate::provider) updated_at: Option<Timestamp>,
}

fn encrypted<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Ok(Value::deserialize(from)? == Value::Bool(true))
}

//! Block storage: a disk that is there by itself, whether an instance has it or none.

use serde::{Deserialize, Serialize};

use crate::domain::ids::ResourceId;
use crate::domain::instance::Field;
use crate::domain::raw::Raw;
use crate::domain::status::VolumeStatus;
use crate::domain::time::Timestamp;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Volume {
    pub id: ResourceId,
    /// Its name; its id where it has none.
    pub name: String,
    pub status: VolumeStatus,
    pub raw_status: String,
    pub size_gb: Option<u64>,
    /// What kind of storage it is on, as the provider calls it.
    pub storage: Option<String>,
    /// Whether an instance can boot from it, as far as the provider tells.
    pub bootable: bool,
    pub attached_to: Vec<Attachment>,
    /// The image that it was made from.
    pub image: Option<ResourceId>,
    pub image_name: Option<String>,
    /// The volume snapshot that it was made from.
    pub snapshot: Option<ResourceId>,
    pub created: Option<Timestamp>,
    /// Everything else the provider tells.
    pub fields: Vec<Field>,
    /// The record as it was sent.
    #[serde(skip)]
    pub raw: Raw,
}

impl Volume {
    /// Whether no instance has it, so that it costs for nothing.
    #[must_use]
    pub fn belongs_to_nothing(&self) -> bool {
        self.attached_to.is_empty() && self.status != VolumeStatus::Deleting
    }
}

/// Where a volume is attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub instance: ResourceId,
    /// Such as `/dev/vda`; empty where it is not told.
    pub device: String,
}

/// A volume of an instance, as the instance tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceVolume {
    pub id: ResourceId,
    /// Whether it is deleted when the instance is, where that is told.
    pub goes_too: Option<bool>,
}

/// A volume that is to be made.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NewVolume {
    pub name: String,
    pub size_gb: u64,
    /// The kind of storage; the provider's own choice where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage: Option<String>,
    pub source: VolumeSource,
}

/// What is on a new volume.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VolumeSource {
    Image(ResourceId),
    /// A snapshot of a volume.
    Snapshot(ResourceId),
}

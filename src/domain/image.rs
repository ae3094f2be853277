//! What a machine can be made from.

use serde::{Deserialize, Serialize};

use crate::domain::ids::ResourceId;
use crate::domain::instance::Field;
use crate::domain::raw::Raw;
use crate::domain::status::StoreStatus;
use crate::domain::time::Timestamp;

/// An operating system of the catalogue or an image of one's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Image {
    pub id: ResourceId,
    pub name: String,
    /// The family it is grouped under, such as `Debian`.
    pub family: Option<String>,
    /// Where it comes from.
    pub kind: ImageKind,
    pub status: StoreStatus,
    /// Its size in bytes, where known.
    pub size: Option<u64>,
    /// The smallest disk it fits on, in GB, where the provider tells.
    pub min_disk_gb: Option<u64>,
    pub created: Option<Timestamp>,
    /// Everything else the provider tells.
    pub fields: Vec<Field>,
    /// The record as it was sent.
    #[serde(skip)]
    pub raw: Raw,
}

/// Where an image comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImageKind {
    Saved,
    /// Offered by the provider, with Linux or another free system.
    Linux,
    Windows,
    /// Not an image but the way to bring one by address.
    Import,
}

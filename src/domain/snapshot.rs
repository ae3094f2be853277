//! A saved state of a disk.

use serde::{Deserialize, Serialize};

use super::ids::ResourceId;
use super::instance::{Field, Trouble};
use super::raw::Raw;
use super::status::StoreStatus;
use super::time::Wall;

/// A saved state of an instance's disk: a snapshot, or where the provider has none a saved image.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The provider's id.
    pub id: ResourceId,
    /// What it was named; names are not unique.
    pub name: String,
    /// The instance whose disk it holds, where that is known.
    pub of: Option<ResourceId>,
    /// Its state.
    pub status: StoreStatus,
    /// The provider's own word for it.
    pub words: String,
    /// What is wrong with it, where something is.
    pub trouble: Option<Trouble>,
    /// Its size in bytes, once known.
    pub size: Option<u64>,
    /// When it was finished, or begun where the provider tells only that.
    pub taken: Option<Wall>,
    /// Everything else the provider tells.
    pub fields: Vec<Field>,
    /// The record as it was sent.
    #[serde(skip)]
    pub raw: Raw,
}

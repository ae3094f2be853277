//! Copies that a provider makes by itself.

use serde::{Deserialize, Serialize};

use crate::domain::ids::ResourceId;
use crate::domain::raw::Raw;
use crate::domain::time::Timestamp;

/// The automatic backup of one instance, with the copies that are kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Backup {
    pub id: ResourceId,
    pub of: ResourceId,
    /// The copies, newest first.
    pub runs: Vec<BackupRun>,
    /// The record as it was sent.
    #[serde(skip)]
    pub raw: Raw,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupRun {
    pub id: ResourceId,
    pub taken: Option<Timestamp>,
    pub raw_status: String,
}

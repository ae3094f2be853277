//! A saved state of a disk.

use serde::{Deserialize, Serialize};

use crate::domain::ids::ResourceId;
use crate::domain::instance::{Field, Trouble};
use crate::domain::raw::Raw;
use crate::domain::status::StoreStatus;
use crate::domain::time::Timestamp;

/// A saved state of an instance's disk: a snapshot, or where the provider has none a saved image.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    pub id: ResourceId,
    pub kind: SnapshotKind,
    /// What it was named; names are not unique.
    pub name: String,
    /// The instance whose disk it holds, where that is known.
    pub of: Option<ResourceId>,
    pub status: StoreStatus,
    pub raw_status: String,
    /// What is wrong with it, where something is.
    pub trouble: Option<Trouble>,
    /// How far it has come, where the provider tells stages.
    pub stage: Option<Stage>,
    /// Its size in bytes, once known.
    pub size: Option<u64>,
    /// When it was finished, or begun where the provider tells only that.
    pub taken: Option<Timestamp>,
    /// When the provider deletes it, if it is not used until then.
    pub expires: Option<Timestamp>,
    /// The smallest disk it fits on, in GB, where the provider tells.
    pub min_disk_gb: Option<u64>,
    /// Everything else the provider tells.
    pub fields: Vec<Field>,
    /// The record as it was sent.
    #[serde(skip)]
    pub raw: Raw,
}

/// What a saved state is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SnapshotKind {
    /// It holds a whole disk: a snapshot of an instance, or a saved image.
    #[default]
    Disk,
    /// A snapshot of this volume.
    OfVolume(ResourceId),
    /// An image that holds nothing itself: it names these snapshots of volumes.
    NamesOthers(Vec<ResourceId>),
}

impl Snapshot {
    /// Whether there is something of a disk in it.
    #[must_use]
    pub const fn holds_data(&self) -> bool {
        !matches!(self.kind, SnapshotKind::NamesOthers(_))
    }

    /// The snapshots of volumes that it only names.
    #[must_use]
    pub fn named(&self) -> &[ResourceId] {
        match &self.kind {
            SnapshotKind::NamesOthers(snapshots) => snapshots,
            SnapshotKind::Disk | SnapshotKind::OfVolume(_) => &[],
        }
    }

    /// Whether its day is past: the provider may delete it at any time, or hold it for a reason that it does not tell.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|at| at <= now)
    }
}

/// A stage of something that the provider does in few and unequal stages: no share of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Which, from 1.
    pub at: u8,
    pub of: u8,
}

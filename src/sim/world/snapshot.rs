//! Snapshots: taken, taken again, restored, deleted.

use crate::sim::clock::Moment;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saving {
    Running {
        until: Moment,
        fails: bool,
    },
    Created {
        at: Moment,
    },
    /// It did not come to be.
    Failed,
}

#[derive(Debug, Clone)]
pub struct Snapshot {
    pub id: u64,
    pub name: String,
    /// The machine it was taken of, which may be gone.
    pub instance: u64,
    pub disk: u64,
    pub volume: u64,
    /// The slot that was asked for; 0 in every record.
    pub slot: u64,
    /// Bytes, once complete.
    pub size: u64,
    pub saving: Saving,
    pub begun: Moment,
    /// The number of the image that its machine was made from.
    pub image: u64,
    /// GB of its machine's disk.
    pub min_disk: u64,
    /// The number of the snapshot of a volume that it only names; 0 where it holds a disk itself.
    pub names: u64,
    /// What is sent in its place, to make a broken record.
    pub raw: Option<String>,
}

impl Snapshot {
    pub const fn due(&self) -> Option<Moment> {
        match self.saving {
            Saving::Running { until, .. } => Some(until),
            _ => None,
        }
    }

    /// Makes the change that was due at `at`.
    pub const fn pass(&mut self, at: Moment) {
        if let Saving::Running { fails, .. } = self.saving {
            self.saving = if fails { Saving::Failed } else { Saving::Created { at } };
        }
    }
}

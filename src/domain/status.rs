//! One vocabulary of states for all providers. The provider's own words stand beside it on the instance.

use serde::{Deserialize, Serialize};

/// The state of an instance.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstanceStatus {
    /// Being made; an operating system is being installed.
    Creating,
    /// A disk image is being fetched; percent where the provider tells.
    Importing(Option<u8>),
    /// Off. At both providers it is billed all the same.
    Stopped,
    /// On its way to running.
    Starting,
    /// On, as far as the provider tells.
    Running,
    /// On its way to stopped.
    Stopping,
    /// Being restarted.
    Rebooting,
    /// Its disk is being made anew from an image.
    Rebuilding,
    /// A snapshot is being written back over its disk.
    Restoring,
    /// Its disk is being saved.
    Saving,
    /// Its plan is being changed.
    Resizing,
    /// Its plan was changed and waits to be confirmed.
    ConfirmResize,
    /// Held in memory.
    Paused,
    /// Written to disk and off.
    Suspended,
    /// Taken off its host.
    Shelved,
    /// Booted from a rescue image.
    Rescue,
    /// Being destroyed; it may stay in the list for a while.
    Destroying,
    /// The provider says it failed.
    Error,
    /// Words that this program does not know, exactly as sent. Neither running nor stopped.
    Unknown(String),
}

/// The kind of an instance's state, without what rises in it: what a dialog is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is the state of the same name in InstanceStatus or StoreStatus")]
pub enum StatusKind {
    Creating,
    Importing,
    Stopped,
    Starting,
    Running,
    Stopping,
    Rebooting,
    Rebuilding,
    Restoring,
    Saving,
    Resizing,
    ConfirmResize,
    Paused,
    Suspended,
    Shelved,
    Rescue,
    Destroying,
    Error,
    Unknown,
    Available,
    Deleting,
    None,
}

impl InstanceStatus {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> StatusKind {
        match self {
            Self::Creating => StatusKind::Creating,
            Self::Importing(_) => StatusKind::Importing,
            Self::Stopped => StatusKind::Stopped,
            Self::Starting => StatusKind::Starting,
            Self::Running => StatusKind::Running,
            Self::Stopping => StatusKind::Stopping,
            Self::Rebooting => StatusKind::Rebooting,
            Self::Rebuilding => StatusKind::Rebuilding,
            Self::Restoring => StatusKind::Restoring,
            Self::Saving => StatusKind::Saving,
            Self::Resizing => StatusKind::Resizing,
            Self::ConfirmResize => StatusKind::ConfirmResize,
            Self::Paused => StatusKind::Paused,
            Self::Suspended => StatusKind::Suspended,
            Self::Shelved => StatusKind::Shelved,
            Self::Rescue => StatusKind::Rescue,
            Self::Destroying => StatusKind::Destroying,
            Self::Error => StatusKind::Error,
            Self::Unknown(_) => StatusKind::Unknown,
        }
    }

    /// Whether it is on its way to another state by itself.
    #[must_use]
    pub const fn is_under_way(&self) -> bool {
        matches!(
            self,
            Self::Creating
                | Self::Importing(_)
                | Self::Starting
                | Self::Stopping
                | Self::Rebooting
                | Self::Rebuilding
                | Self::Restoring
                | Self::Saving
                | Self::Resizing
                | Self::Destroying
        )
    }
}

/// The state of a snapshot or an image.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreStatus {
    /// Being made.
    Creating,
    /// Made, being stored.
    Saving,
    /// Ready to be used.
    Available,
    /// Being written back.
    Restoring,
    /// On its way out.
    Deleting,
    /// The provider says it failed.
    Error,
    /// Words that this program does not know, exactly as sent.
    Unknown(String),
}

impl StoreStatus {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> StatusKind {
        match self {
            Self::Creating => StatusKind::Creating,
            Self::Saving => StatusKind::Saving,
            Self::Available => StatusKind::Available,
            Self::Restoring => StatusKind::Restoring,
            Self::Deleting => StatusKind::Deleting,
            Self::Error => StatusKind::Error,
            Self::Unknown(_) => StatusKind::Unknown,
        }
    }

    /// Whether it is on its way to another state by itself.
    #[must_use]
    pub const fn is_under_way(&self) -> bool {
        matches!(self, Self::Creating | Self::Saving | Self::Restoring | Self::Deleting)
    }
}

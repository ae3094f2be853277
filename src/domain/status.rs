//! One vocabulary of states for all providers. The provider's own words stand beside it on the instance.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstanceStatus {
    /// Being made; an operating system is being installed.
    Creating,
    /// A disk image is being fetched; percent where the provider tells.
    Importing(Option<u8>),
    /// Off; it may be billed all the same.
    Stopped,
    Starting,
    Running,
    Stopping,
    Rebooting,
    Rebuilding,
    /// A snapshot is being written back over its disk.
    Restoring,
    Saving,
    Resizing,
    /// Its plan was changed and waits to be confirmed.
    ConfirmResize,
    Paused,
    Suspended,
    Shelved,
    Rescue,
    /// Being destroyed; it may stay in the list for a while.
    Destroying,
    Error,
    /// Words that this program does not know, exactly as sent. Neither running nor stopped.
    Unknown(String),
}

/// The state of a volume.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VolumeStatus {
    Creating,
    /// No instance has it.
    Available,
    /// An instance has it, is given it or gives it back.
    InUse,
    /// An image is made of it.
    Saving,
    Deleting,
    Error,
    /// Words that this program does not know, exactly as sent.
    Unknown(String),
}

impl VolumeStatus {
    #[must_use]
    pub const fn kind(&self) -> StatusKind {
        match self {
            Self::Creating => StatusKind::Creating,
            Self::Available => StatusKind::Available,
            Self::InUse => StatusKind::InUse,
            Self::Saving => StatusKind::Saving,
            Self::Deleting => StatusKind::Deleting,
            Self::Error => StatusKind::Error,
            Self::Unknown(_) => StatusKind::Unknown,
        }
    }
}

/// The kind of an instance's state, without what rises in it: what a dialog is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    InUse,
    None,
}

impl InstanceStatus {
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

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreStatus {
    Creating,
    Saving,
    Available,
    Restoring,
    Deleting,
    Error,
    /// Words that this program does not know, exactly as sent.
    Unknown(String),
}

impl StoreStatus {
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

//! Why the world says no. Each face gives these its own codes and words.

use thiserror::Error;

/// A refusal; nothing has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// No such instance in this account.
    #[error("no such instance")]
    NoInstance,
    /// No such snapshot in this account.
    #[error("no such snapshot")]
    NoSnapshot,
    /// No such firewall in this account.
    #[error("no such firewall")]
    NoFirewall,
    /// No such key in this account.
    #[error("no such key")]
    NoKey,
    #[error("already running")]
    AlreadyRunning,
    #[error("already stopped")]
    AlreadyStopped,
    /// It has been destroyed and only lingers in the list.
    #[error("already destroyed")]
    AlreadyDestroyed,
    /// It must be stopped before it can be destroyed.
    #[error("still running")]
    StillRunning,
    /// It must be stopped before it can be restored.
    #[error("stop it before a restore")]
    StopBeforeRestore,
    #[error("being processed")]
    Busy,
    #[error("licence")]
    Licence,
    /// No hardware left for this plan.
    #[error("out of stock")]
    OutOfStock,
    /// The plan does not exist or does not fit.
    #[error("bad plan")]
    BadPlan,
    /// The contract allows no more instances.
    #[error("too many instances")]
    InstanceLimit,
    /// No more creations today.
    #[error("too many creations today")]
    CreationLimit,
    /// The instance has all the snapshots it may have.
    #[error("too many snapshots")]
    SnapshotLimit,
    /// A key of a kind that is not taken.
    #[error("bad key")]
    BadKey,
    /// A machine still carries this firewall.
    #[error("firewall in use")]
    FirewallInUse,
    #[error("the panel's own group")]
    PanelGroup,
    #[error("too many groups")]
    GroupLimit,
    #[error("rule exists")]
    RuleExists,
    /// It has this plan already.
    #[error("same plan")]
    SamePlan,
    #[error("disk too small")]
    DiskTooSmall,
    /// The image is still being written, or never came to be.
    #[error("image not ready")]
    ImageNotReady,
    #[error("bad request")]
    BadRequest,
}

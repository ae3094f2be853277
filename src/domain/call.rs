//! One request that changes something, in terms every provider shares.

use serde::{Deserialize, Serialize};

use super::answer::Learnt;
use super::firewall::Rule;
use super::ids::ResourceId;
use super::order::{NewKey, Order};

/// What to do with an instance's power.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PowerCall {
    /// On.
    Start,
    /// Off, in order.
    Stop,
    /// Off at once.
    ForceStop,
    /// Off and on; in order, where the provider has two ways.
    Reboot,
    /// Power cut and on.
    HardReboot,
}

/// A resource that a call is about: known from the beginning, or learnt from an earlier answer of the same operation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// This one.
    Known(ResourceId),
    /// The snapshot or image that an earlier step made.
    LearntSnapshot,
    /// The instance that an earlier step made.
    LearntInstance,
    /// The SSH key that an earlier step added.
    LearntKey,
}

impl Which {
    /// What it stands for, as far as earlier answers taught it; the last word counts.
    #[must_use]
    pub fn known<'a>(&'a self, learnt: &'a [Learnt]) -> Option<&'a ResourceId> {
        match self {
            Self::Known(id) => Some(id),
            Self::LearntSnapshot => learnt.iter().rev().find_map(|l| match l {
                Learnt::Snapshot(id) => Some(id),
                _ => None,
            }),
            Self::LearntInstance => learnt.iter().rev().find_map(|l| match l {
                Learnt::Instance(id) => Some(id),
                _ => None,
            }),
            Self::LearntKey => learnt.iter().rev().find_map(|l| match l {
                Learnt::Key(id) => Some(id),
                _ => None,
            }),
        }
    }
}

/// What is done with an instance that an earlier step made.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MadeCall {
    /// Switch it on.
    Start,
    /// Put this firewall on it.
    Assign {
        /// The firewall.
        firewall: ResourceId,
    },
}

impl MadeCall {
    /// The call that names the instance.
    #[must_use]
    pub fn of(&self, instance: &ResourceId) -> Call {
        match self {
            Self::Start => Call::Power { instance: instance.clone(), what: PowerCall::Start },
            Self::Assign { firewall } => {
                Call::AssignFirewall { firewall: firewall.clone(), instance: instance.clone() }
            }
        }
    }
}

/// One request that changes something.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "call", rename_all = "snake_case")]
pub enum Call {
    /// Power of an instance.
    Power {
        /// The instance.
        instance: ResourceId,
        /// What to do.
        what: PowerCall,
    },
    /// Destroy an instance.
    Destroy {
        /// The instance.
        instance: ResourceId,
    },
    /// Save an instance's disk.
    TakeSnapshot {
        /// The instance.
        instance: ResourceId,
        /// The new snapshot's name.
        name: String,
    },
    /// Try a failed snapshot again.
    RetakeSnapshot {
        /// Its instance.
        instance: ResourceId,
        /// The snapshot.
        snapshot: ResourceId,
    },
    /// Write a snapshot over an instance's disk.
    Restore {
        /// The instance.
        instance: ResourceId,
        /// The snapshot.
        snapshot: Which,
    },
    /// Delete a snapshot.
    DeleteSnapshot {
        /// The snapshot.
        snapshot: Which,
        /// The instance whose list it stands in.
        of: Option<ResourceId>,
    },
    /// Make a firewall.
    CreateFirewall {
        /// Its name.
        name: String,
        /// Its rules.
        rules: Vec<Rule>,
        /// The instances it is put on.
        instances: Vec<ResourceId>,
    },
    /// Give a firewall these rules and no others.
    UpdateFirewall {
        /// The firewall.
        firewall: ResourceId,
        /// Its name.
        name: String,
        /// All its rules.
        rules: Vec<Rule>,
        /// All instances it is known to be on; never empty by accident: an empty list may detach machines.
        instances: Vec<ResourceId>,
    },
    /// Put a firewall on an instance.
    AssignFirewall {
        /// The firewall.
        firewall: ResourceId,
        /// The instance.
        instance: ResourceId,
    },
    /// Take a firewall off an instance.
    DetachFirewall {
        /// The firewall.
        firewall: ResourceId,
        /// The instance.
        instance: ResourceId,
    },
    /// Make an instance. Never sent twice: it is billed.
    CreateInstance {
        /// What is ordered.
        order: Box<Order>,
    },
    /// Something with the instance that an earlier step made. It stands for a call that names it from the moment its id
    /// is learnt: no provider is ever given this one.
    Made {
        /// What.
        what: MadeCall,
    },
    /// Add an SSH key.
    AddKey {
        /// The key.
        key: NewKey,
    },
    /// Write an SSH key anew: its name, itself, and whether new instances can be given it.
    ChangeKey {
        /// Which.
        id: ResourceId,
        /// What it is then.
        key: NewKey,
        /// Whether new instances can be given it.
        active: bool,
    },
    /// Delete an SSH key.
    DeleteKey {
        /// Which.
        id: ResourceId,
    },
    /// Make a key of the provider's API. Never sent twice.
    CreateApiKey {},
    /// Delete a key of the provider's API.
    DeleteApiKey {
        /// Which.
        id: ResourceId,
    },
    /// Delete a firewall.
    DeleteFirewall {
        /// The firewall.
        firewall: ResourceId,
    },
}

impl Call {
    /// Its name in journal and log.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Power { what: PowerCall::Start, .. } => "start",
            Self::Power { what: PowerCall::Stop, .. } => "stop",
            Self::Power { what: PowerCall::ForceStop, .. } => "force_stop",
            Self::Power { what: PowerCall::Reboot, .. } => "reboot",
            Self::Power { what: PowerCall::HardReboot, .. } => "hard_reboot",
            Self::Destroy { .. } => "destroy",
            Self::TakeSnapshot { .. } => "take_snapshot",
            Self::RetakeSnapshot { .. } => "retake_snapshot",
            Self::Restore { .. } => "restore",
            Self::DeleteSnapshot { .. } => "delete_snapshot",
            Self::CreateFirewall { .. } => "create_firewall",
            Self::UpdateFirewall { .. } => "update_firewall",
            Self::AssignFirewall { .. } => "assign_firewall",
            Self::DetachFirewall { .. } => "detach_firewall",
            Self::CreateInstance { .. } => "create_instance",
            Self::DeleteFirewall { .. } => "delete_firewall",
            Self::Made { what: MadeCall::Start } => "start",
            Self::Made { what: MadeCall::Assign { .. } } => "assign_firewall",
            Self::AddKey { .. } => "add_key",
            Self::ChangeKey { .. } => "change_key",
            Self::DeleteKey { .. } => "delete_key",
            Self::CreateApiKey {} => "create_api_key",
            Self::DeleteApiKey { .. } => "delete_api_key",
        }
    }

    /// Whether it may never be sent a second time without a new question: what it makes is billed, or a secret that is
    /// told once.
    #[must_use]
    pub const fn is_sent_once(&self) -> bool {
        matches!(self, Self::CreateInstance { .. } | Self::CreateApiKey {})
    }

    /// Whether it makes something that was not there.
    #[must_use]
    pub const fn makes(&self) -> bool {
        matches!(
            self,
            Self::CreateInstance { .. } | Self::CreateFirewall { .. } | Self::AddKey { .. } | Self::CreateApiKey {}
        )
    }

    /// Whether something is lost by it that does not come back, so that it is typed and not only said yes to.
    #[must_use]
    pub const fn loses(&self) -> bool {
        matches!(
            self,
            Self::Power { what: PowerCall::ForceStop, .. }
                | Self::Destroy { .. }
                | Self::Restore { .. }
                | Self::DeleteSnapshot { .. }
                | Self::DeleteFirewall { .. }
                | Self::DeleteKey { .. }
                | Self::DeleteApiKey { .. }
        )
    }

    /// The instance it is about, where it is about one.
    #[must_use]
    pub const fn instance(&self) -> Option<&ResourceId> {
        match self {
            Self::Power { instance, .. }
            | Self::Destroy { instance }
            | Self::TakeSnapshot { instance, .. }
            | Self::RetakeSnapshot { instance, .. }
            | Self::Restore { instance, .. }
            | Self::AssignFirewall { instance, .. }
            | Self::DetachFirewall { instance, .. } => Some(instance),
            Self::DeleteSnapshot { of, .. } => of.as_ref(),
            _ => None,
        }
    }
}

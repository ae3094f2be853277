//! One request that changes something, in terms every provider shares.

use serde::{Deserialize, Serialize};

use super::answer::Learnt;
use super::firewall::Rule;
use super::ids::ResourceId;

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
        /// The image or snapshot it is made from.
        image: Which,
        /// Its plan.
        plan: ResourceId,
        /// What to call it.
        name: String,
        /// The names of the firewalls it is put behind.
        firewalls: Vec<String>,
        /// The SSH key that is put on it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<ResourceId>,
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
        }
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

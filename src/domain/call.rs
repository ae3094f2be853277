//! One request that changes something, in terms every provider shares.

use serde::{Deserialize, Serialize};

use crate::domain::answer::Output;
use crate::domain::firewall::Rule;
use crate::domain::ids::{Kind, ResourceId};
use crate::domain::order::{NewKey, Order};
use crate::domain::volume::NewVolume;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PowerCall {
    Start,
    Stop,
    ForceStop,
    /// Off and on; in order, where the provider has two ways.
    Reboot,
    HardReboot,
}

/// A resource that a call is about: known from the beginning, or the output of an earlier step of the same operation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ref {
    Known(ResourceId),
    /// The snapshot or image that an earlier step made.
    #[serde(rename = "learnt_snapshot")]
    OutputSnapshot,
    #[serde(rename = "learnt_instance")]
    OutputInstance,
    #[serde(rename = "learnt_key")]
    OutputKey,
    #[serde(rename = "learnt_firewall")]
    OutputFirewall,
    OutputVolume,
}

impl Ref {
    /// What it stands for, as far as earlier answers told; the last word counts.
    #[must_use]
    pub fn known<'a>(&'a self, outputs: &'a [Output]) -> Option<&'a ResourceId> {
        let kind = match self {
            Self::Known(id) => return Some(id),
            Self::OutputSnapshot => Kind::Snapshot,
            Self::OutputInstance => Kind::Instance,
            Self::OutputKey => Kind::Key,
            Self::OutputFirewall => Kind::Firewall,
            Self::OutputVolume => Kind::Volume,
        };
        outputs.iter().rev().find_map(|output| output.id(kind))
    }

    /// Names the firewall that an earlier step made, where it stands for that.
    pub fn name_firewall(&mut self, id: &ResourceId) {
        if *self == Self::OutputFirewall {
            *self = Self::Known(id.clone());
        }
    }
}

/// What is done with an instance that an earlier step made.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MadeCall {
    Start,
    Assign { firewall: ResourceId },
}

impl MadeCall {
    #[must_use]
    pub fn on(&self, instance: &ResourceId) -> Call {
        match self {
            Self::Start => Call::Power { instance: instance.clone(), what: PowerCall::Start },
            Self::Assign { firewall } => {
                Call::AssignFirewall { firewall: firewall.clone(), instance: instance.clone() }
            }
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "call", rename_all = "snake_case")]
pub enum Call {
    Power {
        instance: ResourceId,
        what: PowerCall,
    },
    Destroy {
        instance: ResourceId,
    },
    TakeSnapshot {
        instance: ResourceId,
        name: String,
    },
    RetakeSnapshot {
        instance: ResourceId,
        snapshot: ResourceId,
    },
    Restore {
        instance: ResourceId,
        snapshot: Ref,
    },
    DeleteSnapshot {
        snapshot: Ref,
        of: Option<ResourceId>,
    },
    /// Delete the snapshot of a volume.
    DeleteVolumeSnapshot {
        snapshot: ResourceId,
    },
    /// Make an image of a volume, which is the disk of this instance.
    SaveVolume {
        instance: ResourceId,
        volume: ResourceId,
        name: String,
    },
    /// Make a volume. Never sent twice: it is billed.
    CreateVolume {
        volume: NewVolume,
    },
    DeleteVolume {
        volume: Ref,
    },
    CreateFirewall {
        name: String,
        rules: Vec<Rule>,
        instances: Vec<ResourceId>,
    },
    /// Give a firewall these rules and no others.
    UpdateFirewall {
        firewall: ResourceId,
        name: String,
        rules: Vec<Rule>,
        /// All instances it is known to be on; never empty by accident: an empty list may detach machines.
        instances: Vec<ResourceId>,
    },
    AssignFirewall {
        firewall: ResourceId,
        instance: ResourceId,
    },
    /// Of journals of earlier versions alone, as an assignment is where firewalls stand on ports: see
    /// [`Call::SetPort`]. Their providers settle and judge them as ever.
    DetachFirewall {
        firewall: ResourceId,
        instance: ResourceId,
    },
    /// Give a firewall one rule more.
    AddRule {
        firewall: Ref,
        rule: Rule,
    },
    RemoveRule {
        firewall: Ref,
        rule: Rule,
        /// Which one that is, as the read just before it is sent shows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<ResourceId>,
    },
    RenameFirewall {
        firewall: ResourceId,
        name: String,
    },
    /// Write again which firewalls stand on a port of an instance: those that stand there, with this one or without it.
    SetPort {
        instance: ResourceId,
        /// `None` where its ports were not known when it was planned: the one that there is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        port: Option<ResourceId>,
        firewall: Ref,
        on: bool,
        /// The whole list that is written, as the read just before shows it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        firewalls: Vec<ResourceId>,
    },
    /// Give an instance another plan, which then waits to be confirmed or reverted.
    Resize {
        instance: ResourceId,
        plan: ResourceId,
    },
    ConfirmResize {
        instance: ResourceId,
    },
    RevertResize {
        instance: ResourceId,
        /// The plan that waits to be confirmed, where it was known: what has another is reverted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        plan: Option<ResourceId>,
    },
    /// Make an instance. Never sent twice: it is billed.
    CreateInstance {
        order: Box<Order>,
    },
    /// Something with the instance that an earlier step made. It stands for a call that names it from the moment its id
    /// is told: no provider is ever given this one.
    Made {
        what: MadeCall,
    },
    AddKey {
        key: NewKey,
    },
    /// Write an SSH key again: its name, itself, and whether new instances can be given it.
    ChangeKey {
        id: ResourceId,
        key: NewKey,
        active: bool,
    },
    DeleteKey {
        id: ResourceId,
    },
    /// Make a key of the provider's API. Never sent twice.
    CreateApiKey {},
    DeleteApiKey {
        id: ResourceId,
    },
    DeleteFirewall {
        firewall: ResourceId,
    },
}

/// A list that shows what a call did, named by what the call is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallList {
    Instance,
    Instances,
    Snapshots,
    Firewalls,
    Rules,
    /// Of its instance.
    Ports,
    Keys,
    ApiKeys,
    Volumes,
}

/// What becomes of things by a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CallEffect {
    Changes,
    /// Something that was not there.
    Makes,
    /// The same, and it may never be sent a second time without a new question: what it makes is billed, or a secret
    /// that is told once.
    MakesOnce,
    /// Something is lost that does not come back, so that it is typed and not only said yes to.
    Loses,
}

struct CallRow {
    /// In journal, log and JSON.
    name: &'static str,
    effect: CallEffect,
    /// What shows whether it took effect, where its answer was lost.
    reconciled_by: &'static [CallList],
    /// What its answer changed: nothing, where what it does takes time and is waited for.
    changed_at_once: &'static [CallList],
}

impl Call {
    #[rustfmt::skip]
    const fn row(&self) -> CallRow {
        use CallEffect::{Changes, Loses, Makes, MakesOnce};
        use CallList::{ApiKeys, Firewalls, Instance, Instances, Keys, Ports, Rules, Snapshots, Volumes};
        type Lists = &'static [CallList];
        const fn row(name: &'static str, effect: CallEffect, reconciled_by: Lists, changed_at_once: Lists) -> CallRow {
            CallRow { name, effect, reconciled_by, changed_at_once }
        }
        match self {
            Self::Power { what: PowerCall::Start, .. } => row("start", Changes, &[Instance], &[]),
            Self::Power { what: PowerCall::Stop, .. } => row("stop", Changes, &[Instance], &[]),
            Self::Power { what: PowerCall::ForceStop, .. } => row("force_stop", Loses, &[Instance], &[]),
            Self::Power { what: PowerCall::Reboot, .. } => row("reboot", Changes, &[Instance], &[]),
            Self::Power { what: PowerCall::HardReboot, .. } => row("hard_reboot", Changes, &[Instance], &[]),
            Self::Destroy { .. } => row("destroy", Loses, &[Instance], &[]),
            Self::TakeSnapshot { .. } => row("take_snapshot", Changes, &[Snapshots], &[]),
            Self::RetakeSnapshot { .. } => row("retake_snapshot", Changes, &[Snapshots], &[]),
            Self::Restore { .. } => row("restore", Loses, &[Instances], &[]),
            Self::DeleteSnapshot { .. } => row("delete_snapshot", Loses, &[Snapshots], &[]),
            Self::DeleteVolumeSnapshot { .. } => row("delete_volume_snapshot", Loses, &[Snapshots], &[]),
            Self::SaveVolume { .. } => row("save_volume", Changes, &[Snapshots], &[]),
            Self::CreateVolume { .. } => row("create_volume", MakesOnce, &[Volumes], &[]),
            Self::DeleteVolume { .. } => row("delete_volume", Loses, &[Volumes], &[]),
            Self::CreateFirewall { .. } => row("create_firewall", Makes, &[Firewalls], &[Firewalls]),
            Self::UpdateFirewall { .. } => row("update_firewall", Changes, &[Firewalls, Rules], &[Firewalls, Rules]),
            Self::RenameFirewall { .. } => row("rename_firewall", Changes, &[Firewalls], &[Firewalls]),
            Self::DeleteFirewall { .. } => row("delete_firewall", Loses, &[Firewalls], &[Firewalls]),
            Self::AssignFirewall { .. } => row("assign_firewall", Changes, &[Firewalls], &[]),
            Self::DetachFirewall { .. } => row("detach_firewall", Changes, &[Firewalls], &[]),
            Self::AddRule { .. } => row("add_rule", Changes, &[Rules], &[Rules]),
            Self::RemoveRule { .. } => row("remove_rule", Changes, &[Rules], &[Rules]),
            Self::SetPort { .. } => row("set_port", Changes, &[Ports], &[Firewalls]),
            Self::Resize { .. } => row("resize", Changes, &[Instance], &[]),
            Self::ConfirmResize { .. } => row("confirm_resize", Changes, &[Instance], &[]),
            Self::RevertResize { .. } => row("revert_resize", Changes, &[Instance], &[]),
            Self::CreateInstance { .. } => row("create_instance", MakesOnce, &[Instances], &[]),
            Self::Made { what: MadeCall::Start } => row("start", Changes, &[Instances], &[]),
            Self::Made { what: MadeCall::Assign { .. } } => row("assign_firewall", Changes, &[Instances], &[]),
            Self::AddKey { .. } => row("add_key", Makes, &[Keys], &[Keys]),
            Self::ChangeKey { .. } => row("change_key", Changes, &[Keys], &[Keys]),
            Self::DeleteKey { .. } => row("delete_key", Loses, &[Keys], &[Keys]),
            Self::CreateApiKey {} => row("create_api_key", MakesOnce, &[ApiKeys], &[ApiKeys]),
            Self::DeleteApiKey { .. } => row("delete_api_key", Loses, &[ApiKeys], &[ApiKeys]),
        }
    }

    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.row().name
    }

    #[must_use]
    pub const fn is_sent_once(&self) -> bool {
        matches!(self.row().effect, CallEffect::MakesOnce)
    }

    #[must_use]
    pub const fn makes(&self) -> bool {
        matches!(self.row().effect, CallEffect::Makes | CallEffect::MakesOnce)
    }

    #[must_use]
    pub const fn loses(&self) -> bool {
        matches!(self.row().effect, CallEffect::Loses)
    }

    /// What shows whether it took effect, where its answer was lost.
    #[must_use]
    pub const fn reconciled_by(&self) -> &'static [CallList] {
        self.row().reconciled_by
    }

    /// What its answer changed.
    #[must_use]
    pub const fn changed_at_once(&self) -> &'static [CallList] {
        self.row().changed_at_once
    }

    /// The firewall it is about, where an earlier step may make that.
    #[must_use]
    pub const fn firewall(&self) -> Option<&Ref> {
        match self {
            Self::AddRule { firewall, .. } | Self::RemoveRule { firewall, .. } | Self::SetPort { firewall, .. } => {
                Some(firewall)
            }
            _ => None,
        }
    }

    /// The same of what an earlier step made, by its id.
    pub fn name_firewall(&mut self, id: &ResourceId) {
        if let Self::AddRule { firewall, .. } | Self::RemoveRule { firewall, .. } | Self::SetPort { firewall, .. } =
            self
        {
            firewall.name_firewall(id);
        }
    }

    /// The one rule that it adds or takes away: what was read of its firewall before stays true of all others.
    #[must_use]
    pub const fn rule(&self) -> Option<&Rule> {
        match self {
            Self::AddRule { rule, .. } | Self::RemoveRule { rule, .. } => Some(rule),
            _ => None,
        }
    }

    /// The firewall that is put on an instance or taken off, the instance, and whether it is put on.
    #[must_use]
    pub const fn attachment(&self) -> Option<(&ResourceId, &ResourceId, bool)> {
        match self {
            Self::AssignFirewall { firewall, instance } => Some((firewall, instance, true)),
            Self::DetachFirewall { firewall, instance } => Some((firewall, instance, false)),
            _ => None,
        }
    }

    /// The instance it is about, where it is about one.
    #[must_use]
    pub const fn instance(&self) -> Option<&ResourceId> {
        match self {
            Self::Power { instance, .. }
            | Self::Destroy { instance }
            | Self::TakeSnapshot { instance, .. }
            | Self::SaveVolume { instance, .. }
            | Self::RetakeSnapshot { instance, .. }
            | Self::Restore { instance, .. }
            | Self::AssignFirewall { instance, .. }
            | Self::DetachFirewall { instance, .. }
            | Self::Resize { instance, .. }
            | Self::ConfirmResize { instance }
            | Self::RevertResize { instance, .. }
            | Self::SetPort { instance, .. } => Some(instance),
            Self::DeleteSnapshot { of, .. } => of.as_ref(),
            _ => None,
        }
    }
}

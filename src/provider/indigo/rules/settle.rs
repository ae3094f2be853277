//! Whether a change whose answer was lost took effect, from what the provider shows afterwards.

use std::time::Duration;

use super::shown;
use crate::domain::{
    Before, Call, InstanceStatus, ListKey, Picture, PowerCall, ResourceId, Settled, StoreStatus, Wall, Which,
};

/// What is deleted leaves its list at once, what is made stands in it at once; so long is waited before the opposite
/// is taken for a no.
const AT_ONCE: Duration = Duration::from_secs(60);

pub(super) fn settle(call: &Call, before: &Before, picture: &Picture, now: Wall) -> Settled {
    let late = now.since(before.at) > AT_ONCE;
    match call {
        Call::Power { what: PowerCall::Reboot | PowerCall::HardReboot, .. }
        | Call::Restore { .. }
        | Call::AssignFirewall { .. }
        | Call::DetachFirewall { .. }
        | Call::CreateInstance { .. } => Settled::Cannot,
        Call::Power { instance, what } => power(instance, *what, picture),
        Call::Destroy { instance } => match picture.list(&ListKey::Instances) {
            Some(_) if picture.instance(instance).is_none() => Settled::Yes,
            _ => Settled::NotYet,
        },
        Call::TakeSnapshot { instance, name } => match picture.snapshots_of(instance) {
            Some(rows) if rows.iter().any(|s| !before.ids.contains(&s.id) && s.name.trim() == name.trim()) => {
                Settled::Yes
            }
            _ => Settled::NotYet,
        },
        Call::RetakeSnapshot { snapshot, .. } => match picture.snapshot(snapshot).map(|s| &s.status) {
            Some(StoreStatus::Creating | StoreStatus::Saving | StoreStatus::Available) => Settled::Yes,
            _ => Settled::NotYet,
        },
        Call::DeleteSnapshot { snapshot: Which::Known(id), of } => {
            let rows = match of {
                Some(of) => picture.snapshots_of(of),
                None => Some(picture.snapshots().collect()),
            };
            gone(rows.map(|rows| rows.iter().any(|s| s.id == *id)), late)
        }
        Call::DeleteSnapshot { .. } => Settled::Cannot,
        Call::DeleteFirewall { firewall } => {
            let known = picture.list(&ListKey::Firewalls).is_some();
            gone(known.then(|| picture.firewalls().iter().any(|f| f.id == *firewall)), late)
        }
        Call::CreateFirewall { name, .. } => {
            let made = picture.firewalls().iter().any(|f| !before.ids.contains(&f.id) && f.name == *name);
            match (made, late && picture.list(&ListKey::Firewalls).is_some()) {
                (true, _) => Settled::Yes,
                (false, true) => Settled::No,
                (false, false) => Settled::NotYet,
            }
        }
        Call::UpdateFirewall { firewall, rules, .. } => match picture.rules(firewall) {
            Some(set) if set.rules.len() == rules.len() && rules.iter().all(|r| set.rules.contains(r)) => Settled::Yes,
            _ => Settled::NotYet,
        },
    }
}

fn power(instance: &ResourceId, what: PowerCall, picture: &Picture) -> Settled {
    let Some(status) = shown(instance, picture) else {
        return if picture.list(&ListKey::Instances).is_some() { Settled::No } else { Settled::NotYet };
    };
    match (what, status) {
        (PowerCall::Start, InstanceStatus::Running | InstanceStatus::Starting) => Settled::Yes,
        (PowerCall::Stop | PowerCall::ForceStop, InstanceStatus::Stopped | InstanceStatus::Stopping) => Settled::Yes,
        _ => Settled::NotYet,
    }
}

fn gone(is_there: Option<bool>, late: bool) -> Settled {
    match is_there {
        Some(false) => Settled::Yes,
        Some(true) if late => Settled::No,
        _ => Settled::NotYet,
    }
}

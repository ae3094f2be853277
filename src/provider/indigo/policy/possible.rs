//! What can be done now, and why not.

use super::SLOTS;
use crate::domain::{
    Instance, InstanceStatus, Inventory, Kind, Phrase, Possible, Resource, ResourceId, Snapshot, StoreStatus, Verb,
    text,
};
use crate::provider::policy::shown;

pub(super) fn possible(verb: Verb, on: Resource<'_>, inventory: &Inventory) -> Possible {
    let refused = match (verb, on) {
        (made, Resource::Account) if made.makes() => None,
        (made, _) if made.makes() => return Possible::Never,
        (Verb::UpdateFirewall | Verb::DeleteFirewall, Resource::Firewall(_))
        | (Verb::ChangeKey | Verb::DeleteKey, Resource::Key(_)) => None,
        (Verb::DeleteApiKey, Resource::ApiKey(key)) => key.in_use.then(|| Phrase::new(text::cannot::KEY_IN_USE)),
        (_, Resource::Account | Resource::Firewall(_) | Resource::Key(_) | Resource::ApiKey(_)) => {
            return Possible::Never;
        }
        (Verb::DetachFirewall, Resource::Instance(_)) => Some(Phrase::new(text::cannot::DETACH)),
        (Verb::RestoreAsNew | Verb::DetachFirewall, _)
        | (Verb::DeleteSnapshot | Verb::RetakeSnapshot, Resource::Instance(_)) => return Possible::Never,
        (Verb::Restore | Verb::DeleteSnapshot | Verb::RetakeSnapshot, Resource::Snapshot(snapshot)) => {
            on_snapshot(verb, snapshot, inventory)
        }
        (_, Resource::Snapshot(_)) => return Possible::Never,
        (_, Resource::Instance(_)) if matches!(verb.subject(), Kind::Firewall | Kind::Key | Kind::ApiKey) => {
            return Possible::Never;
        }
        (_, Resource::Instance(instance)) => on_instance(verb, instance, inventory),
    };
    refused.map_or(Possible::Yes, Possible::No)
}

fn on_instance(verb: Verb, instance: &Instance, inventory: &Inventory) -> Option<Phrase> {
    use InstanceStatus::{Creating, Error, Importing, Running, Stopped, Stopping, Unknown};
    let status = &instance.status;
    let no = |key| Some(Phrase::new(key));
    match (verb, status) {
        (Verb::Park, _) => no(text::cannot::PARK),
        (_, Creating | Importing(_)) => no(text::cannot::BEING_MADE),
        (_, Unknown(sent)) => Some(text::cannot::unknown(sent.as_str())),
        (Verb::Destroy, Running | Stopped | Error) => None,
        (_, Error) => no(text::cannot::NEVER_MADE),
        (Verb::Start, Stopped) | (Verb::Stop | Verb::Reboot, Running) => None,
        (Verb::ForceStop, Running | Stopping) => None,
        (Verb::AssignFirewall, Running | Stopped | Stopping) => None,
        (Verb::Restore, Running | Stopped) => None,
        (Verb::TakeSnapshot, Running | Stopped) => no_slot(&instance.id, inventory),
        (Verb::Start, Running) => no(text::cannot::RUNS_ALREADY),
        (Verb::Start, _) => no(text::cannot::ONLY_STOPPED),
        (Verb::Stop | Verb::ForceStop, Stopped) => no(text::cannot::OFF_ALREADY),
        (Verb::Stop, Stopping) => no(text::cannot::STOPS_ALREADY),
        (Verb::Stop | Verb::ForceStop | Verb::Reboot, _) => no(text::cannot::ONLY_RUNNING),
        _ => no(text::cannot::UNDER_WAY),
    }
}

fn no_slot(instance: &ResourceId, inventory: &Inventory) -> Option<Phrase> {
    let taken = inventory.snapshots_of(instance)?.len();
    (taken >= SLOTS).then(|| text::cannot::slots(taken))
}

fn on_snapshot(verb: Verb, snapshot: &Snapshot, inventory: &Inventory) -> Option<Phrase> {
    let no = |key| Some(Phrase::new(key));
    match (verb, &snapshot.status) {
        (_, StoreStatus::Unknown(sent)) => Some(text::cannot::unknown(sent.as_str())),
        (Verb::Restore, StoreStatus::Available) => not_ready(snapshot, inventory),
        (Verb::Restore, _) => no(text::cannot::SNAPSHOT_NOT_AVAILABLE),
        (Verb::RetakeSnapshot, StoreStatus::Error) => None,
        (Verb::RetakeSnapshot, _) => no(text::cannot::ONLY_FAILED),
        (Verb::DeleteSnapshot, StoreStatus::Creating | StoreStatus::Saving) => no(text::cannot::BEING_MADE),
        (Verb::DeleteSnapshot, StoreStatus::Available | StoreStatus::Error) => None,
        _ => no(text::cannot::SNAPSHOT_UNDER_WAY),
    }
}

/// Why the instance of a snapshot cannot have its disk overwritten now.
fn not_ready(snapshot: &Snapshot, inventory: &Inventory) -> Option<Phrase> {
    let status = snapshot.of.as_ref().and_then(|of| shown(of, inventory));
    match status {
        Some(InstanceStatus::Running | InstanceStatus::Stopped) => None,
        Some(InstanceStatus::Creating | InstanceStatus::Importing(_)) => Some(Phrase::new(text::cannot::BEING_MADE)),
        Some(_) => Some(Phrase::new(text::cannot::INSTANCE_NOT_READY)),
        None => Some(Phrase::new(text::cannot::INSTANCE_GONE)),
    }
}

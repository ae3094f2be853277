//! What can be done now, and why not.

use super::SLOTS;
use crate::domain::{
    Instance, InstanceStatus, Inventory, Kind, Phrase, Possible, Resource, ResourceId, Snapshot, StoreStatus, Verb,
    text,
};
use crate::provider::policy::possible::{concerns, power};
use crate::provider::policy::shown;

pub(super) fn possible(verb: Verb, on: Resource<'_>, inventory: &Inventory) -> Possible {
    let refused = match on {
        _ if !concerns(verb, on) || verb == Verb::RestoreAsNew || verb.resizes() => return Possible::Never,
        Resource::Account | Resource::Firewall(_) | Resource::Key(_) | Resource::Volume(_) => None,
        Resource::ApiKey(key) => key.in_use.then(|| Phrase::new(text::cannot::KEY_IN_USE)),
        Resource::Snapshot(snapshot) => on_snapshot(verb, snapshot, inventory),
        Resource::Instance(instance) => on_instance(verb, instance, inventory),
    };
    refused.map_or(Possible::Yes, Possible::No)
}

fn on_instance(verb: Verb, instance: &Instance, inventory: &Inventory) -> Option<Phrase> {
    use InstanceStatus::{Creating, Error, Importing, Running, Stopped, Stopping, Unknown};
    let status = &instance.status;
    let no = |key| Some(Phrase::new(key));
    match (verb, status) {
        (Verb::DetachFirewall, _) => no(text::cannot::DETACH),
        (Verb::Park, _) => no(text::cannot::PARK),
        (_, Creating | Importing(_)) => no(text::cannot::BEING_MADE),
        (_, Unknown(sent)) => Some(text::cannot::unknown(sent.as_str())),
        (Verb::Destroy, Running | Stopped | Error) => None,
        (_, Error) => no(text::cannot::NEVER_MADE),
        (_, Running | Stopped | Stopping) if verb.other() == Some(Kind::Firewall) => None,
        (_, Running | Stopped) if verb.overwrites() => None,
        (_, Running | Stopped) if verb.saves() => no_slot(&instance.id, inventory),
        _ => power(verb, status).unwrap_or_else(|| no(text::cannot::UNDER_WAY)),
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
        (_, StoreStatus::Available) if verb.overwrites() => not_ready(snapshot, inventory),
        _ if verb.overwrites() => no(text::cannot::SNAPSHOT_NOT_AVAILABLE),
        (Verb::RetakeSnapshot, StoreStatus::Error) => None,
        (Verb::RetakeSnapshot, _) => no(text::cannot::ONLY_FAILED),
        (_, StoreStatus::Creating | StoreStatus::Saving) => no(text::cannot::BEING_MADE),
        (_, StoreStatus::Available | StoreStatus::Error) => None,
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

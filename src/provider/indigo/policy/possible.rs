//! What can be done now, and why not.

use super::SLOTS;
use crate::domain::{
    Instance, InstanceStatus, Inventory, Kind, On, Phrase, Possible, ResourceId, Snapshot, StoreStatus, Verb,
};
use crate::provider::policy::shown;

pub(super) fn possible(verb: Verb, on: On<'_>, inventory: &Inventory) -> Possible {
    let refused = match (verb, on) {
        (made, On::Account) if made.makes() => None,
        (made, _) if made.makes() => return Possible::Never,
        (Verb::UpdateFirewall | Verb::DeleteFirewall, On::Firewall(_))
        | (Verb::ChangeKey | Verb::DeleteKey, On::Key(_)) => None,
        (Verb::DeleteApiKey, On::ApiKey(key)) => key.in_use.then(|| Phrase::new("indigo.no.key-in-use")),
        (_, On::Account | On::Firewall(_) | On::Key(_) | On::ApiKey(_)) => return Possible::Never,
        (Verb::DetachFirewall, On::Instance(_)) => Some(Phrase::new("indigo.no.detach")),
        (Verb::RestoreAsNew | Verb::DetachFirewall, _)
        | (Verb::DeleteSnapshot | Verb::RetakeSnapshot, On::Instance(_)) => return Possible::Never,
        (Verb::Restore | Verb::DeleteSnapshot | Verb::RetakeSnapshot, On::Snapshot(snapshot)) => {
            on_snapshot(verb, snapshot, inventory)
        }
        (_, On::Snapshot(_)) => return Possible::Never,
        (_, On::Instance(_)) if matches!(verb.subject(), Kind::Firewall | Kind::Key | Kind::ApiKey) => {
            return Possible::Never;
        }
        (_, On::Instance(instance)) => on_instance(verb, instance, inventory),
    };
    refused.map_or(Possible::Yes, Possible::No)
}

fn on_instance(verb: Verb, instance: &Instance, inventory: &Inventory) -> Option<Phrase> {
    use InstanceStatus::{Creating, Error, Importing, Running, Stopped, Stopping, Unknown};
    let status = &instance.status;
    let no = |key| Some(Phrase::new(key));
    match (verb, status) {
        (Verb::Park, _) => no("indigo.no.park"),
        (_, Creating | Importing(_)) => no("indigo.no.being-made"),
        (_, Unknown(sent)) => Some(Phrase::new("indigo.no.unknown").with("sent", sent.as_str())),
        (Verb::Destroy, Running | Stopped | Error) => None,
        (_, Error) => no("indigo.no.failed"),
        (Verb::Start, Stopped) | (Verb::Stop | Verb::Reboot, Running) => None,
        (Verb::ForceStop, Running | Stopping) => None,
        (Verb::AssignFirewall, Running | Stopped | Stopping) => None,
        (Verb::Restore, Running | Stopped) => None,
        (Verb::TakeSnapshot, Running | Stopped) => no_slot(&instance.id, inventory),
        (Verb::Start, Running) => no("indigo.no.runs-already"),
        (Verb::Start, _) => no("indigo.no.only-stopped"),
        (Verb::Stop | Verb::ForceStop, Stopped) => no("indigo.no.off-already"),
        (Verb::Stop, Stopping) => no("indigo.no.stops-already"),
        (Verb::Stop | Verb::ForceStop | Verb::Reboot, _) => no("indigo.no.only-running"),
        _ => no("indigo.no.under-way"),
    }
}

fn no_slot(instance: &ResourceId, inventory: &Inventory) -> Option<Phrase> {
    let taken = inventory.snapshots_of(instance)?.len();
    (taken >= SLOTS).then(|| Phrase::new("indigo.no.slots").with("n", taken))
}

fn on_snapshot(verb: Verb, snapshot: &Snapshot, inventory: &Inventory) -> Option<Phrase> {
    let no = |key| Some(Phrase::new(key));
    match (verb, &snapshot.status) {
        (_, StoreStatus::Unknown(sent)) => Some(Phrase::new("indigo.no.unknown").with("sent", sent.as_str())),
        (Verb::Restore, StoreStatus::Available) => not_ready(snapshot, inventory),
        (Verb::Restore, _) => no("indigo.no.not-available"),
        (Verb::RetakeSnapshot, StoreStatus::Error) => None,
        (Verb::RetakeSnapshot, _) => no("indigo.no.only-failed"),
        (Verb::DeleteSnapshot, StoreStatus::Creating | StoreStatus::Saving) => no("indigo.no.snapshot-being-made"),
        (Verb::DeleteSnapshot, StoreStatus::Available | StoreStatus::Error) => None,
        _ => no("indigo.no.snapshot-under-way"),
    }
}

/// Why the instance of a snapshot cannot have its disk overwritten now.
fn not_ready(snapshot: &Snapshot, inventory: &Inventory) -> Option<Phrase> {
    let status = snapshot.of.as_ref().and_then(|of| shown(of, inventory));
    match status {
        Some(InstanceStatus::Running | InstanceStatus::Stopped) => None,
        Some(InstanceStatus::Creating | InstanceStatus::Importing(_)) => Some(Phrase::new("indigo.no.being-made")),
        Some(_) => Some(Phrase::new("indigo.no.instance-not-ready")),
        None => Some(Phrase::new("indigo.no.instance-not-known")),
    }
}

//! What can be done now, and why not.

use super::plans::{fits, plans_for, spec_of};
use crate::domain::{
    Firewall, Instance, InstanceStatus, Inventory, Kind, Phrase, Possible, Resource, Snapshot, StoreStatus, Verb, text,
};
use crate::provider::http::fits_path;

pub(super) fn possible(verb: Verb, on: Resource<'_>, inventory: &Inventory) -> Possible {
    let refused = match (verb, on) {
        (Verb::CreateApiKey | Verb::DeleteApiKey | Verb::ChangeKey, _) => return Possible::Never,
        (Verb::CreateFirewall, Resource::Account) => no_more_firewalls(inventory),
        (made, Resource::Account) if made.makes() => None,
        (made, _) if made.makes() => return Possible::Never,
        (Verb::UpdateFirewall | Verb::DeleteFirewall, Resource::Firewall(firewall)) if firewall.fixed => {
            Some(Phrase::new(text::cannot::FIREWALL_FIXED))
        }
        (Verb::UpdateFirewall, Resource::Firewall(_)) => None,
        (Verb::DeleteFirewall, Resource::Firewall(firewall)) => stands_on(firewall, inventory),
        // Its name is its id.
        (Verb::DeleteKey, Resource::Key(key)) if !fits_path(key.id.as_str()) => {
            Some(Phrase::new(text::cannot::KEY_ADDRESS))
        }
        (Verb::DeleteKey, Resource::Key(_)) => None,
        (_, Resource::Account | Resource::Firewall(_) | Resource::Key(_) | Resource::ApiKey(_)) => {
            return Possible::Never;
        }
        (Verb::RetakeSnapshot, _) | (Verb::DeleteSnapshot | Verb::RestoreAsNew, Resource::Instance(_)) => {
            return Possible::Never;
        }
        (Verb::Restore | Verb::DeleteSnapshot | Verb::RestoreAsNew, Resource::Snapshot(snapshot)) => {
            on_snapshot(verb, snapshot, inventory)
        }
        (_, Resource::Snapshot(_)) => return Possible::Never,
        (_, Resource::Instance(_)) if matches!(verb.subject(), Kind::Firewall | Kind::Key | Kind::ApiKey) => {
            return Possible::Never;
        }
        (_, Resource::Instance(instance)) => on_instance(verb, instance),
    };
    refused.map_or(Possible::Yes, Possible::No)
}

fn on_instance(verb: Verb, instance: &Instance) -> Option<Phrase> {
    use InstanceStatus::{ConfirmResize, Creating, Error, Importing, Running, Stopped, Stopping, Unknown};
    let status = &instance.status;
    let no = |key| Some(Phrase::new(key));
    match (verb, status) {
        // The provider's API does not heed the lock of its own panel.
        (Verb::Destroy | Verb::Park, _) if instance.locked => no(text::cannot::LOCKED),
        (_, Creating | Importing(_)) => no(text::cannot::BEING_MADE),
        (_, Unknown(sent)) => Some(text::cannot::unknown(sent.as_str())),
        (Verb::ForceStop, Stopping) => None,
        (Verb::Stop, Stopping) => no(text::cannot::STOPS_ALREADY),
        (_, busy) if busy.is_under_way() => no(text::cannot::UNDER_WAY),
        (Verb::Destroy | Verb::AssignFirewall | Verb::DetachFirewall, _) => None,
        (_, Error) => no(text::cannot::FAILED),
        (_, ConfirmResize) => no(text::cannot::CONFIRM_RESIZE),
        (Verb::Start, Stopped) | (Verb::Stop | Verb::ForceStop | Verb::Reboot, Running) => None,
        (Verb::TakeSnapshot | Verb::Restore | Verb::Park, Running | Stopped) => None,
        (Verb::Start, Running) => no(text::cannot::RUNS_ALREADY),
        (Verb::Start, _) => no(text::cannot::ONLY_STOPPED),
        (Verb::Stop | Verb::ForceStop, Stopped) => no(text::cannot::OFF_ALREADY),
        (Verb::Stop | Verb::ForceStop | Verb::Reboot, _) => no(text::cannot::ONLY_RUNNING),
        _ => no(text::cannot::NOT_READY),
    }
}

/// At most so many firewalls an account (the provider's reference).
const FIREWALLS: usize = 50;

fn no_more_firewalls(inventory: &Inventory) -> Option<Phrase> {
    let n = inventory.firewalls().len();
    (n >= FIREWALLS).then(|| text::cannot::firewalls(n))
}

fn on_snapshot(verb: Verb, snapshot: &Snapshot, inventory: &Inventory) -> Option<Phrase> {
    let no = |key| Some(Phrase::new(key));
    match (verb, &snapshot.status) {
        (_, StoreStatus::Unknown(sent)) => Some(text::cannot::unknown(sent.as_str())),
        (Verb::Restore, StoreStatus::Available) => no_place(snapshot, inventory),
        (Verb::RestoreAsNew, StoreStatus::Available) => no_plan(snapshot, inventory),
        (Verb::Restore | Verb::RestoreAsNew, _) => no(text::cannot::IMAGE_NOT_AVAILABLE),
        (_, StoreStatus::Available | StoreStatus::Error) => None,
        (_, StoreStatus::Creating | StoreStatus::Saving) => no(text::cannot::BEING_SAVED),
        _ => no(text::cannot::SNAPSHOT_UNDER_WAY),
    }
}

/// Why the disk of the instance that was saved cannot be made again from its image now.
fn no_place(snapshot: &Snapshot, inventory: &Inventory) -> Option<Phrase> {
    let Some(instance) = snapshot.of.as_ref().and_then(|of| inventory.instance(of)) else {
        return Some(Phrase::new(text::cannot::INSTANCE_GONE_RESTORE_AS_NEW));
    };
    if let Some(why) = on_instance(Verb::Restore, instance) {
        return Some(text::cannot::its_instance(why));
    }
    let spec = spec_of(instance, inventory);
    if fits(snapshot, Some(instance), inventory, &spec) {
        return None;
    }
    let (needed, disk) = (snapshot.min_disk_gb.unwrap_or(0), spec.disk_gb.unwrap_or(0));
    Some(text::cannot::disk_too_small(needed, disk))
}

fn no_plan(snapshot: &Snapshot, inventory: &Inventory) -> Option<Phrase> {
    if inventory.plans().next().is_none() {
        return Some(Phrase::new(text::cannot::PLANS_NOT_KNOWN));
    }
    if !plans_for(snapshot, inventory).is_empty() {
        return None;
    }
    let needed = snapshot.min_disk_gb.unwrap_or(0);
    Some(text::cannot::plan(needed))
}

/// One that stands on a server is not deleted (409).
fn stands_on(firewall: &Firewall, inventory: &Inventory) -> Option<Phrase> {
    let on = firewall.on.as_deref().unwrap_or_default();
    let names: Vec<String> = on.iter().map(|id| inventory.instance_name(id)).collect();
    (!names.is_empty()).then(|| text::cannot::firewall_on(names.join(", ")))
}

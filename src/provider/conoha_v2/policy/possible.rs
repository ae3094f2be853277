//! What can be done now, and why not.

use super::plans::{fits, plans_for, spec_of};
use crate::domain::{
    Firewall, Instance, InstanceStatus, Inventory, Kind, On, Phrase, Possible, Snapshot, StoreStatus, Verb,
};
use crate::provider::http::fits_path;

pub(super) fn possible(verb: Verb, on: On<'_>, inventory: &Inventory) -> Possible {
    let refused = match (verb, on) {
        (Verb::CreateApiKey | Verb::DeleteApiKey | Verb::ChangeKey, _) => return Possible::Never,
        (Verb::CreateFirewall, On::Account) => no_more_firewalls(inventory),
        (made, On::Account) if made.makes() => None,
        (made, _) if made.makes() => return Possible::Never,
        (Verb::UpdateFirewall | Verb::DeleteFirewall, On::Firewall(firewall)) if firewall.fixed => {
            Some(Phrase::new("conoha.no.firewall-fixed"))
        }
        (Verb::UpdateFirewall, On::Firewall(_)) => None,
        (Verb::DeleteFirewall, On::Firewall(firewall)) => stands_on(firewall, inventory),
        // Its name is its id.
        (Verb::DeleteKey, On::Key(key)) if !fits_path(key.id.as_str()) => Some(Phrase::new("conoha.no.key-address")),
        (Verb::DeleteKey, On::Key(_)) => None,
        (_, On::Account | On::Firewall(_) | On::Key(_) | On::ApiKey(_)) => return Possible::Never,
        (Verb::RetakeSnapshot, _) | (Verb::DeleteSnapshot | Verb::RestoreAsNew, On::Instance(_)) => {
            return Possible::Never;
        }
        (Verb::Restore | Verb::DeleteSnapshot | Verb::RestoreAsNew, On::Snapshot(snapshot)) => {
            on_snapshot(verb, snapshot, inventory)
        }
        (_, On::Snapshot(_)) => return Possible::Never,
        (_, On::Instance(_)) if matches!(verb.subject(), Kind::Firewall | Kind::Key | Kind::ApiKey) => {
            return Possible::Never;
        }
        (_, On::Instance(instance)) => on_instance(verb, instance),
    };
    refused.map_or(Possible::Yes, Possible::No)
}

fn on_instance(verb: Verb, instance: &Instance) -> Option<Phrase> {
    use InstanceStatus::{ConfirmResize, Creating, Error, Importing, Running, Stopped, Stopping, Unknown};
    let status = &instance.status;
    let no = |key| Some(Phrase::new(key));
    match (verb, status) {
        // The provider's API does not heed the lock of its own panel.
        (Verb::Destroy | Verb::Park, _) if instance.locked => no("conoha.no.locked"),
        (_, Creating | Importing(_)) => no("conoha.no.being-made"),
        (_, Unknown(sent)) => Some(Phrase::new("conoha.no.unknown").with("sent", sent.as_str())),
        (Verb::ForceStop, Stopping) => None,
        (Verb::Stop, Stopping) => no("conoha.no.stops-already"),
        (_, busy) if busy.is_under_way() => no("conoha.no.under-way"),
        (Verb::Destroy | Verb::AssignFirewall | Verb::DetachFirewall, _) => None,
        (_, Error) => no("conoha.no.failed"),
        (_, ConfirmResize) => no("conoha.no.confirm-resize"),
        (Verb::Start, Stopped) | (Verb::Stop | Verb::ForceStop | Verb::Reboot, Running) => None,
        (Verb::TakeSnapshot | Verb::Restore | Verb::Park, Running | Stopped) => None,
        (Verb::Start, Running) => no("conoha.no.runs-already"),
        (Verb::Start, _) => no("conoha.no.only-stopped"),
        (Verb::Stop | Verb::ForceStop, Stopped) => no("conoha.no.off-already"),
        (Verb::Stop | Verb::ForceStop | Verb::Reboot, _) => no("conoha.no.only-running"),
        _ => no("conoha.no.instance-not-ready"),
    }
}

/// At most so many firewalls an account (the provider's reference).
const FIREWALLS: usize = 50;

fn no_more_firewalls(inventory: &Inventory) -> Option<Phrase> {
    let n = inventory.firewalls().len();
    (n >= FIREWALLS).then(|| Phrase::new("conoha.no.firewalls").with("n", n))
}

fn on_snapshot(verb: Verb, snapshot: &Snapshot, inventory: &Inventory) -> Option<Phrase> {
    let no = |key| Some(Phrase::new(key));
    match (verb, &snapshot.status) {
        (_, StoreStatus::Unknown(sent)) => Some(Phrase::new("conoha.no.unknown").with("sent", sent.as_str())),
        (Verb::Restore, StoreStatus::Available) => no_place(snapshot, inventory),
        (Verb::RestoreAsNew, StoreStatus::Available) => no_plan(snapshot, inventory),
        (Verb::Restore | Verb::RestoreAsNew, _) => no("conoha.no.not-available"),
        (_, StoreStatus::Available | StoreStatus::Error) => None,
        (_, StoreStatus::Creating | StoreStatus::Saving) => no("conoha.no.snapshot-being-made"),
        _ => no("conoha.no.snapshot-under-way"),
    }
}

/// Why the disk of the instance that was saved cannot be made anew from its image now.
fn no_place(snapshot: &Snapshot, inventory: &Inventory) -> Option<Phrase> {
    let Some(instance) = snapshot.of.as_ref().and_then(|of| inventory.instance(of)) else {
        return Some(Phrase::new("conoha.no.instance-not-known"));
    };
    if let Some(why) = on_instance(Verb::Restore, instance) {
        return Some(Phrase::new("conoha.no.its-instance").with("why", why));
    }
    let spec = spec_of(instance, inventory);
    if fits(snapshot, Some(instance), inventory, &spec) {
        return None;
    }
    let (needed, disk) = (snapshot.min_disk_gb.unwrap_or(0), spec.disk_gb.unwrap_or(0));
    Some(Phrase::new("conoha.no.disk-too-small").with("needed", needed).with("disk", disk))
}

fn no_plan(snapshot: &Snapshot, inventory: &Inventory) -> Option<Phrase> {
    if inventory.plans().next().is_none() {
        return Some(Phrase::new("conoha.no.plans-not-known"));
    }
    if !plans_for(snapshot, inventory).is_empty() {
        return None;
    }
    let needed = snapshot.min_disk_gb.unwrap_or(0);
    Some(Phrase::new("conoha.no.plan").with("needed", needed))
}

/// One that stands on a server is not deleted (409).
fn stands_on(firewall: &Firewall, inventory: &Inventory) -> Option<Phrase> {
    let on = firewall.on.as_deref().unwrap_or_default();
    let name = |id| inventory.instance(id).map_or_else(|| id.to_string(), |i| i.name.clone());
    let names: Vec<String> = on.iter().map(name).collect();
    (!names.is_empty()).then(|| Phrase::new("conoha.no.firewall-on").with("names", names.join(", ")))
}

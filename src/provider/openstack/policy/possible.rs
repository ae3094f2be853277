//! What can be done now, and why not.

use crate::domain::{
    Fault, Firewall, Instance, InstanceStatus, Inventory, Kind, ListKey, MadeFrom, Phrase, Possible, Resource,
    ResourceId, Snapshot, StatusKind, StoreStatus, Verb, text,
};
use crate::provider::http::fits_path;
use crate::provider::openstack::dialect::Dialect;
use crate::provider::openstack::policy::spec::spec_of;
use crate::provider::policy::possible::{concerns, cuts_power, power};

pub(super) fn possible(verb: Verb, on: Resource<'_>, inventory: &Inventory, dialect: &Dialect) -> Possible {
    let is_about_firewalls = verb.subject() == Kind::Firewall || verb.other() == Some(Kind::Firewall);
    let no_firewalls = inventory.not_to_be_had(&ListKey::Firewalls).filter(|_| is_about_firewalls).map(Fault::phrase);
    let refused = match on {
        // Its API has no keys of its own, and changes none of SSH.
        _ if !concerns(verb, on) || verb.subject() == Kind::ApiKey => return Possible::Never,
        _ if matches!(verb, Verb::ChangeKey | Verb::RetakeSnapshot) => return Possible::Never,
        _ if cuts_power(verb) && !dialect.forces_stop => return Possible::Never,
        _ if no_firewalls.is_some() => no_firewalls,
        Resource::Account if verb.subject() == Kind::Firewall => no_more_firewalls(inventory, dialect.most_firewalls),
        Resource::Account | Resource::ApiKey(_) | Resource::Volume(_) => None,
        Resource::Firewall(firewall) if firewall.fixed => Some(Phrase::new(text::cannot::FIREWALL_FIXED)),
        Resource::Firewall(firewall) if verb.destroys() && firewall.name == DEFAULT => {
            Some(Phrase::new(text::cannot::FIREWALL_DEFAULT))
        }
        Resource::Firewall(firewall) => verb.destroys().then(|| stands_on(firewall, inventory)).flatten(),
        // Its name is its id.
        Resource::Key(key) => (!fits_path(key.id.as_str())).then(|| Phrase::new(text::cannot::KEY_ADDRESS)),
        Resource::Snapshot(snapshot) => on_snapshot(verb, snapshot, inventory, dialect),
        Resource::Instance(instance) => on_instance(verb, instance, inventory, dialect),
    };
    refused.map_or(Possible::Yes, Possible::No)
}

fn on_instance(verb: Verb, instance: &Instance, inventory: &Inventory, dialect: &Dialect) -> Option<Phrase> {
    use InstanceStatus::{ConfirmResize, Creating, Error, Importing, Running, Stopped, Stopping, Unknown};
    let stops = verb.leads_to(StatusKind::Stopped);
    let status = &instance.status;
    let no = |key| Some(Phrase::new(key));
    match (verb, status) {
        // The provider's API does not heed the lock of its own panel.
        _ if instance.locked && verb.removes() => no(text::cannot::LOCKED),
        (_, Creating | Importing(_)) => no(text::cannot::BEING_MADE),
        (_, Unknown(sent)) => Some(text::cannot::unknown(sent.as_str())),
        (_, busy) if busy.is_under_way() && !(stops && *busy == Stopping) => no(text::cannot::UNDER_WAY),
        (Verb::Destroy, _) => None,
        _ if verb.other() == Some(Kind::Firewall) => None,
        (_, Error) => no(text::cannot::FAILED),
        (Verb::ConfirmResize | Verb::RevertResize, ConfirmResize) => None,
        (Verb::ConfirmResize | Verb::RevertResize, _) => no(text::cannot::NO_RESIZE),
        (_, ConfirmResize) => no(text::cannot::CONFIRM_RESIZE),
        _ if verb.overwrites() && instance.boots_from_volume() => no(text::cannot::BOOT_VOLUME),
        (_, Running | Stopped) if verb.saves() || verb.overwrites() => None,
        (Verb::Resize, Running) if dialect.resizes_only_when_off => no(text::cannot::ONLY_STOPPED),
        (Verb::Resize, Running | Stopped) => {
            let none = inventory.plans().next().is_none();
            none.then(|| Phrase::new(text::cannot::PLANS_NOT_KNOWN))
        }
        _ => power(verb, status).unwrap_or_else(|| no(text::cannot::NOT_READY)),
    }
}

/// The group that upstream's Neutron gives to every project: its rules can be changed.
const DEFAULT: &str = "default";

fn no_more_firewalls(inventory: &Inventory, most: Option<usize>) -> Option<Phrase> {
    let n = inventory.firewalls().len();
    most.is_some_and(|most| n >= most).then(|| text::cannot::firewalls(n))
}

fn on_snapshot(verb: Verb, snapshot: &Snapshot, inventory: &Inventory, dialect: &Dialect) -> Option<Phrase> {
    let no = |key| Some(Phrase::new(key));
    match (verb, &snapshot.status) {
        (_, StoreStatus::Unknown(sent)) => Some(text::cannot::unknown(sent.as_str())),
        (_, StoreStatus::Available) if verb.overwrites() => no_place(verb, snapshot, inventory, dialect),
        (Verb::RestoreAsNew, StoreStatus::Available) if is_hollow(snapshot, inventory) => no(text::cannot::VOLUME_GONE),
        (Verb::RestoreAsNew, StoreStatus::Available) => no_plan(snapshot, inventory, dialect),
        _ if verb.overwrites() || verb == Verb::RestoreAsNew => no(text::cannot::IMAGE_NOT_AVAILABLE),
        (_, StoreStatus::Available | StoreStatus::Error) => None,
        (_, StoreStatus::Creating | StoreStatus::Saving) => no(text::cannot::BEING_SAVED),
        _ => no(text::cannot::SNAPSHOT_UNDER_WAY),
    }
}

/// Whether all that an image names is gone, so that it is of nothing.
fn is_hollow(image: &Snapshot, inventory: &Inventory) -> bool {
    let named = image.named();
    let is_gone = |id: &ResourceId| inventory.snapshot(id).is_none();
    !named.is_empty() && inventory.is_whole(&ListKey::Snapshots(None)) && named.iter().all(is_gone)
}

/// Why the disk of the instance that was saved cannot be made again from its image now.
fn no_place(verb: Verb, snapshot: &Snapshot, inventory: &Inventory, dialect: &Dialect) -> Option<Phrase> {
    let Some(of) = inventory.saved_of(snapshot) else { return Some(Phrase::new(text::cannot::ORIGIN_NOT_TOLD)) };
    let Some(instance) = inventory.instance(of) else {
        return Some(Phrase::new(text::cannot::INSTANCE_GONE_RESTORE_AS_NEW));
    };
    if let Some(why) = on_instance(verb, instance, inventory, dialect) {
        return Some(text::cannot::its_instance(why));
    }
    let spec = spec_of(instance, inventory);
    if (dialect.fits)(snapshot, Some(instance), inventory, &spec) {
        return None;
    }
    let (needed, disk) = (snapshot.min_disk_gb.unwrap_or(0), spec.disk_gb.unwrap_or(0));
    Some(text::cannot::disk_too_small(needed, disk))
}

fn no_plan(snapshot: &Snapshot, inventory: &Inventory, dialect: &Dialect) -> Option<Phrase> {
    if inventory.plans().next().is_none() {
        return Some(Phrase::new(text::cannot::PLANS_NOT_KNOWN));
    }
    if !(dialect.plans)(MadeFrom::Snapshot(snapshot), inventory).is_empty() {
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

//! What makes an action risky besides its verb.

use crate::domain::{
    Action, Call, FirewallChange, Inventory, Phrase, Reboot, ResourceId, RiskFact, StatusKind, Step, Target, Timestamp,
    text,
};
use crate::provider::openstack::dialect::{BootDisk, Dialect};
use crate::provider::openstack::policy::spec::spec_of;
use crate::provider::openstack::policy::{network, plan};
use crate::provider::policy::facts::{CopyWords, Facts, copies};
use crate::provider::policy::kind_of;

const COPIES: CopyWords = CopyWords {
    unknown: text::risk::COPIES_UNKNOWN_IMAGE,
    none: text::risk::ONLY_COPY_IMAGE,
    old: text::risk::old_copy_image,
};

/// Where a volume is saved its image does not tell of which instance it is: of none it is said to have no copy.
const COPIES_OF_VOLUMES: CopyWords = CopyWords { none: text::risk::COPIES_UNKNOWN_IMAGE, ..COPIES };

const fn copy_words(dialect: &Dialect) -> &'static CopyWords {
    match dialect.boot_disk {
        BootDisk::SnapshotOfVolume => &COPIES,
        BootDisk::ImageOfVolume => &COPIES_OF_VOLUMES,
    }
}

pub(super) fn risks(action: &Action, inventory: &Inventory, now: Timestamp, dialect: &Dialect) -> Vec<RiskFact> {
    let mut facts = Facts::new(action, dialect.bills_stopped);
    let runs = |target: &Target| kind_of(target, inventory) == StatusKind::Running;
    let fills = |facts: &mut Facts, target: &Target| {
        (dialect.fills)(target.id(), inventory).into_iter().for_each(|phrase| facts.say(phrase));
    };
    match action {
        Action::Reboot { how: Reboot::Hard, .. } => facts.raise(Phrase::new(text::risk::CUTS_POWER)),
        Action::Destroy { instance, snapshots, volumes } => {
            destroyed(&mut facts, instance, volumes, inventory, dialect);
            let gone: Vec<&ResourceId> = snapshots.iter().map(Target::id).collect();
            facts.copies_left(copy_words(dialect), instance.id(), &gone, inventory, now);
            facts.stay(text::risk::images_stay, instance.id(), &gone, inventory);
        }
        Action::TakeSnapshot { instance, start_again, stop_first, .. } => {
            if runs(instance) {
                facts.say(Phrase::new(match (*stop_first || dialect.saves_only_when_off, start_again) {
                    (true, true) => text::risk::STOPPED_FOR_SAVE,
                    (true, false) => text::risk::STAYS_OFF,
                    (false, _) => text::risk::TAKEN_RUNNING,
                }));
            }
            if on_volume(instance, inventory) && dialect.boot_disk == BootDisk::SnapshotOfVolume {
                facts.say(Phrase::new(text::risk::BOOT_VOLUME_SAVED));
            }
            fills(&mut facts, instance);
        }
        Action::Restore { snapshot, instance, save_first } => {
            if runs(instance) {
                facts.raise(Phrase::new(text::risk::RUNNING_IS_REBUILT));
            }
            facts.overwrites(snapshot, inventory);
            if !dialect.rebuild_was_seen {
                facts.raise(Phrase::new(text::risk::REBUILD_NOT_RECORDED));
            }
            match save_first {
                None => facts.say(Phrase::new(text::risk::NOT_SAVED_FIRST)),
                Some(_) => fills(&mut facts, instance),
            }
        }
        Action::Park { instance, .. } => {
            parked(&mut facts, instance, inventory, dialect);
            fills(&mut facts, instance);
        }
        Action::RestoreAsNew { plan, snapshot, .. } => {
            facts.say(Phrase::new(text::risk::NEW_ADDRESS));
            let network = network::of_copy(snapshot.id(), inventory);
            network.into_iter().for_each(|network| facts.say(text::order::on_network(network.name.as_str())));
            if dialect.bills_stopped {
                let name = inventory.plan(plan).map_or(plan.as_str(), |plan| plan.name.as_str());
                facts.say(text::risk::new_billed(name));
            }
        }
        Action::Resize { instance, plan } => resized(&mut facts, instance, plan, inventory),
        Action::ConfirmResize { .. } => facts.say(Phrase::new(text::risk::RESIZE_KEPT)),
        Action::RevertResize { .. } => facts.say(Phrase::new(text::risk::RESIZE_REVERTED)),
        Action::DeleteSnapshot { snapshot, named, .. } => {
            named_others(&mut facts, snapshot.id(), named.len(), inventory);
            deleted(&mut facts, snapshot.id(), inventory, now);
        }
        _ => firewall_changed(&mut facts, action, inventory),
    }
    let makes_volume = |step: &Step| matches!(step.call(), Some(Call::CreateVolume { .. }));
    if plan::plan(action, inventory, dialect).iter().any(makes_volume) {
        facts.say(Phrase::new(text::risk::VOLUME_FIRST));
    }
    facts.0
}

fn on_volume(target: &Target, inventory: &Inventory) -> bool {
    inventory.instance(target.id()).is_some_and(|instance| instance.boots_from_volume())
}

fn destroyed(facts: &mut Facts, instance: &Target, volumes: &[Target], inventory: &Inventory, dialect: &Dialect) {
    if kind_of(instance, inventory) == StatusKind::Running {
        facts.raise(Phrase::new(text::risk::RUNNING));
    }
    if on_volume(instance, inventory) {
        facts.say(boot_volume_left(instance.id(), volumes, inventory, dialect));
    }
}

fn parked(facts: &mut Facts, instance: &Target, inventory: &Inventory, dialect: &Dialect) {
    if kind_of(instance, inventory) == StatusKind::Running {
        facts.raise(Phrase::new(text::risk::PARK_STOPS));
    }
    facts.say(Phrase::new(text::risk::PARK_ADDRESS));
    if dialect.bills_stopped {
        facts.say(Phrase::new(text::risk::PARK_FREES));
    }
    if on_volume(instance, inventory) {
        if dialect.boot_disk == BootDisk::SnapshotOfVolume {
            facts.raise(Phrase::new(text::risk::BOOT_VOLUME_SAVED));
        }
        facts.say(boot_volume_left(instance.id(), &[], inventory, dialect));
    }
}

/// What an image that holds nothing itself names; so many of these go with it.
fn named_others(facts: &mut Facts, snapshot: &ResourceId, too: usize, inventory: &Inventory) {
    let names = inventory.snapshot(snapshot).map_or(0, |snapshot| snapshot.named().len());
    match (names, too) {
        (0, _) => {}
        (names, 0) => facts.say(text::risk::names_volumes(names)),
        (names, _) => facts.say(text::risk::named_deleted(names)),
    }
}

/// What becomes of the volume that an instance boots from when that is gone.
fn boot_volume_left(instance: &ResourceId, deleted: &[Target], inventory: &Inventory, dialect: &Dialect) -> Phrase {
    let boot = inventory.instance(instance).and_then(|instance| inventory.boot_volume(instance));
    let Some(boot) = boot else { return Phrase::new(text::risk::BOOT_VOLUME_STAYS) };
    let volume = inventory.volume(&boot.id);
    let name = volume.map_or_else(|| boot.id.to_string(), |volume| volume.name.clone());
    let taken = inventory.snapshots_of_volume(&boot.id).count();
    match boot.goes_too {
        _ if deleted.iter().any(|volume| *volume.id() == boot.id) => text::risk::boot_volume_deleted(name),
        Some(true) => Phrase::new(text::risk::BOOT_VOLUME_GOES),
        _ if taken > 0 => text::risk::boot_volume_kept(name, taken),
        Some(false) => text::risk::boot_volume_left(name),
        None if dialect.boot_disk == BootDisk::ImageOfVolume => text::risk::boot_volume_billed(name),
        None => Phrase::new(text::risk::BOOT_VOLUME_STAYS),
    }
}

fn resized(facts: &mut Facts, instance: &Target, plan: &Target, inventory: &Inventory) {
    if kind_of(instance, inventory) == StatusKind::Running {
        facts.say(Phrase::new(text::risk::RESIZE_RESTARTS));
    }
    let disks = inventory
        .instance(instance.id())
        .filter(|instance| !instance.boots_from_volume())
        .and_then(|instance| spec_of(instance, inventory).disk_gb.zip(inventory.plan(plan.id())?.spec.disk_gb));
    if disks.is_some_and(|(now, then)| then > now) {
        facts.say(Phrase::new(text::risk::RESIZE_GROWS));
    }
    facts.say(Phrase::new(text::risk::RESIZE_WAITS));
}

fn firewall_changed(facts: &mut Facts, action: &Action, inventory: &Inventory) {
    match action.firewall_change() {
        Some(FirewallChange::New { rules, .. } | FirewallChange::Rules { rules, .. }) => {
            facts.shuts_off(text::risk::SHUT_OFF, rules);
        }
        Some(FirewallChange::Gone { firewall }) => firewall_deleted(facts, firewall.id(), inventory),
        Some(FirewallChange::Stands { on: false, .. }) => facts.say(Phrase::new(text::risk::CLOSES)),
        _ => {}
    }
}

/// Many keep a server that they do not need as an image alone: the last one of those is all there is.
fn deleted(facts: &mut Facts, snapshot: &ResourceId, inventory: &Inventory, now: Timestamp) {
    let of = inventory.snapshot(snapshot).and_then(|s| inventory.saved_of(s).cloned());
    match of {
        None => facts.raise(Phrase::new(text::risk::ORIGIN_UNKNOWN)),
        Some(of) if inventory.instance(&of).is_some() => facts.copies_left(&COPIES, &of, &[snapshot], inventory, now),
        Some(of) => match copies(&of, &[snapshot], inventory, now).map_or(0, |kept| kept.len()) {
            0 => facts.raise(Phrase::new(text::risk::LAST_COPY)),
            n => facts.say(text::risk::others_of_gone(n)),
        },
    }
}

/// Other firewalls may name it as a source: Neutron takes their rules away with it.
fn firewall_deleted(facts: &mut Facts, firewall: &ResourceId, inventory: &Inventory) {
    facts.say(Phrase::new(text::risk::RULES_GONE));
    let names = |other: &ResourceId| {
        inventory.rules(other).is_some_and(|s| s.rules.iter().any(|r| r.group() == Some(firewall.clone())))
    };
    let by: Vec<&str> =
        inventory.firewalls().iter().filter(|f| f.id != *firewall && names(&f.id)).map(|f| f.name.as_str()).collect();
    if !by.is_empty() {
        facts.raise(text::risk::named_by(by.join(", ")));
    }
}

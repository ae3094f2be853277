//! The steps of each action. Where what runs cannot be saved, it is stopped first; everything else is taken in any state.

use crate::domain::{
    Action, Call, Condition, Inventory, NewVolume, Order, OrderSource, PowerCall, Reboot, Ref, ResourceId, Snapshot,
    SnapshotKind, StatusKind, Step, Target, VolumeSource,
};
use crate::provider::openstack::dialect::{BootDisk, Dialect};
use crate::provider::openstack::policy::{firewall_steps, network};
use crate::provider::policy::kind_of;
use crate::provider::policy::steps::{create, delete, destroy, plain, reboot, start, stop, take, wait};

pub(super) fn plan(action: &Action, inventory: &Inventory, dialect: &Dialect) -> Vec<Step> {
    let saves_only_when_off = dialect.saves_only_when_off;
    let runs = |target: &Target| kind_of(target, inventory) == StatusKind::Running;
    let mut steps = Vec::new();
    match action {
        Action::Reboot { instance, how: Reboot::Provider } => reboot(&mut steps, instance.id(), PowerCall::Reboot),
        Action::Reboot { instance, how: Reboot::Hard } => reboot(&mut steps, instance.id(), PowerCall::HardReboot),
        Action::Destroy { instance, snapshots, volumes } => {
            destroy_with(&mut steps, instance.id(), snapshots, volumes, inventory);
        }
        Action::TakeSnapshot { instance, name, start_again, stop_first } => {
            let stops = runs(instance) && (*stop_first || saves_only_when_off);
            let needs = (stops || saves_only_when_off).then_some(StatusKind::Stopped);
            let boot = boot_volume(instance.id(), inventory, dialect);
            save(&mut steps, (instance.id(), boot), name, stops, needs, *start_again);
        }
        Action::Restore { snapshot, instance, save_first } => {
            let boot = boot_volume(instance.id(), inventory, dialect);
            restore(&mut steps, snapshot.id(), (instance.id(), boot), save_first.as_deref(), runs(instance));
        }
        Action::RestoreAsNew { snapshot, name, plan, firewalls, key } => {
            let mut order =
                Order::from_snapshot(name, Ref::Known(snapshot.id().clone()), plan, firewalls, key.as_ref());
            order.network = network::of_copy(snapshot.id(), inventory).map(|network| network.id.clone());
            let order = on_volume(&mut steps, &order, inventory, dialect);
            create(&mut steps, &order, None, StatusKind::Running);
        }
        // The one before the other: what was not saved is not destroyed.
        Action::Park { instance, name, .. } => {
            let boot = boot_volume(instance.id(), inventory, dialect);
            save(&mut steps, (instance.id(), boot), name, runs(instance), Some(StatusKind::Stopped), false);
            destroy(&mut steps, instance.id(), Some(StatusKind::Stopped));
        }
        Action::Resize { instance, plan } => {
            let (instance, plan) = (instance.id().clone(), plan.id().clone());
            let call = Call::Resize { instance: instance.clone(), plan: plan.clone() };
            steps.push(Step::Call { call, needs: None });
            steps.push(Step::Wait(Condition::Resized { instance, plan }));
        }
        Action::ConfirmResize { instance } => {
            settle(&mut steps, instance, Call::ConfirmResize { instance: instance.id().clone() });
        }
        Action::RevertResize { instance } => {
            let plan = inventory.instance(instance.id()).and_then(|instance| instance.plan.clone());
            settle(&mut steps, instance, Call::RevertResize { instance: instance.id().clone(), plan });
        }
        Action::DeleteSnapshot { snapshot, named, .. } => {
            for snapshot in std::iter::once(snapshot).chain(named) {
                delete_saved(&mut steps, snapshot.id(), inventory);
            }
        }
        Action::CreateFirewall { new, rules, instances } => {
            return firewall_steps::create(new, rules, instances, inventory);
        }
        Action::UpdateFirewall { firewall, name, rules, was, .. } => {
            return firewall_steps::update(firewall, name, was, rules, inventory);
        }
        // A machine runs when it is made.
        Action::CreateInstance { order, add_key, answers, .. } => {
            let order = on_volume(&mut steps, order, inventory, dialect);
            create(&mut steps, &order, add_key.as_ref(), StatusKind::Running);
            steps.extend(answers.map(|port| Step::Wait(Condition::Answers { instance: None, port })));
        }
        other => match other.attachment() {
            Some((firewall, instance, on)) => return firewall_steps::place(firewall, instance, on, inventory),
            None => plain(&mut steps, other),
        },
    }
    steps
}

fn destroy_with(
    steps: &mut Vec<Step>,
    instance: &ResourceId,
    snapshots: &[Target],
    volumes: &[Target],
    inventory: &Inventory,
) {
    // Saved images belong to no list of an instance, and outlive it.
    for snapshot in snapshots {
        delete_saved(steps, snapshot.id(), inventory);
    }
    // Not stopped first: public clients delete a machine that runs, and its disk goes anyway.
    // (Of a sister product it is told that it refuses; a refusal here does no harm.)
    destroy(steps, instance, None);
    for volume in volumes {
        // It is given back a while after its server is gone, and is not deleted before.
        steps.push(Step::Wait(Condition::VolumeAvailable(Ref::Known(volume.id().clone()))));
        delete_volume(steps, volume.id());
    }
}

/// Ends a resize: it runs afterwards where it ran before.
fn settle(steps: &mut Vec<Step>, instance: &Target, call: Call) {
    steps.push(Step::Call { call, needs: Some(StatusKind::ConfirmResize) });
    steps.push(Step::Wait(Condition::InstanceRests(instance.id().clone())));
}

/// The volume that is saved in the place of its server, where that is the way here.
fn boot_volume<'a>(instance: &ResourceId, inventory: &'a Inventory, dialect: &Dialect) -> Option<&'a ResourceId> {
    let boot = inventory.boot_volume(inventory.instance(instance)?)?;
    (dialect.boot_disk == BootDisk::ImageOfVolume).then_some(&boot.id)
}

/// Deletes an image, or a snapshot of a volume.
fn delete_saved(steps: &mut Vec<Step>, id: &ResourceId, inventory: &Inventory) {
    if inventory.snapshot(id).is_some_and(|s| matches!(s.kind, SnapshotKind::OfVolume(_))) {
        steps.push(Step::Call { call: Call::DeleteVolumeSnapshot { snapshot: id.clone() }, needs: None });
        steps.push(Step::Wait(Condition::SnapshotGone { of: None, which: Ref::Known(id.clone()) }));
    } else {
        delete(steps, id, None);
    }
}

pub(super) fn delete_volume(steps: &mut Vec<Step>, volume: &ResourceId) {
    let which = Ref::Known(volume.clone());
    steps.push(Step::Call { call: Call::DeleteVolume { volume: which.clone() }, needs: None });
    steps.push(Step::Wait(Condition::VolumeGone(which)));
}

/// The snapshot of a volume that is saved there, or that stands alone behind an image without data. Nova makes a server
/// of such an image as well, but none whose volume is smaller than the disk of the plan which its server had (seen at
/// Zed, 2026).
fn volume_behind<'a>(saved: &'a Snapshot, inventory: &'a Inventory) -> Option<&'a Snapshot> {
    match &saved.kind {
        SnapshotKind::Disk => None,
        SnapshotKind::OfVolume(_) => Some(saved),
        SnapshotKind::NamesOthers(named) => match named.as_slice() {
            [only] => inventory.snapshot(only).map(AsRef::as_ref),
            _ => None,
        },
    }
}

/// Makes the volume first that a server is to boot from; the order as it is sent then.
fn on_volume(steps: &mut Vec<Step>, order: &Order, inventory: &Inventory, dialect: &Dialect) -> Order {
    let of_snapshot = match &order.source {
        OrderSource::Snapshot(Ref::Known(id)) => {
            inventory.snapshot(id).and_then(|saved| volume_behind(saved, inventory))
        }
        _ => None,
    };
    let volume = match of_snapshot {
        Some(snapshot) => Some(NewVolume {
            name: order.name.clone(),
            // It cannot be smaller than the volume was.
            size_gb: snapshot.min_disk_gb.unwrap_or(1),
            storage: None,
            source: VolumeSource::Snapshot(snapshot.id.clone()),
        }),
        None => (dialect.new_volume)(order, inventory),
    };
    let Some(volume) = volume else { return order.clone() };
    steps.push(Step::Call { call: Call::CreateVolume { volume }, needs: None });
    steps.push(Step::Wait(Condition::VolumeAvailable(Ref::OutputVolume)));
    Order { source: OrderSource::Volume(Ref::OutputVolume), ..order.clone() }
}

/// An instance, and the volume that is saved in its place.
type Saved<'a> = (&'a ResourceId, Option<&'a ResourceId>);

fn restore(steps: &mut Vec<Step>, snapshot: &ResourceId, of: Saved<'_>, save_first: Option<&str>, ran: bool) {
    let (instance, _) = of;
    // It is started again in between: what runs runs again after a rebuild. How a rebuild of what is off ends was
    // recorded by nobody, so that either is its end.
    if let Some(name) = save_first {
        save(steps, of, name, ran, Some(StatusKind::Stopped), true);
    }
    let state = if ran { StatusKind::Running } else { StatusKind::Stopped };
    let call = Call::Restore { instance: instance.clone(), snapshot: Ref::Known(snapshot.clone()) };
    steps.push(Step::Call { call, needs: save_first.is_some().then_some(state) });
    steps.push(match ran {
        true => wait(instance, state),
        false => Step::Wait(Condition::InstanceRests(instance.clone())),
    });
}

/// Saves a disk, shut down for it where it `stops`, and started again where that is wanted. `needs`: what it must show.
fn save(
    steps: &mut Vec<Step>,
    (instance, volume): Saved<'_>,
    name: &str,
    stops: bool,
    needs: Option<StatusKind>,
    start_again: bool,
) {
    if stops {
        stop(steps, instance);
    }
    match volume {
        None => take(steps, instance, name, needs, None),
        Some(volume) => {
            let (instance, volume, name) = (instance.clone(), volume.clone(), name.to_owned());
            steps.push(Step::Call { call: Call::SaveVolume { instance, volume, name }, needs });
            let which = Ref::OutputSnapshot;
            steps.push(Step::Wait(Condition::SnapshotAvailable { of: None, which }));
        }
    }
    if stops && start_again {
        start(steps, instance);
    }
}

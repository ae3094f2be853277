//! Which plans fit an order, and what is to be thought of before it.

use std::sync::Arc;

use crate::domain::{
    Instance, Inventory, MadeFrom, NewVolume, Order, OrderSource, Phrase, Plan, Ref, Snapshot, SnapshotKind, Spec,
    VolumeSource, text,
};

/// Whether the disk is large enough. A plan without one of its own boots from a volume.
pub(super) fn fits(snapshot: &Snapshot, _saved: Option<&Instance>, _inventory: &Inventory, spec: &Spec) -> bool {
    holds(spec, needed_gb(snapshot))
}

/// What comes on a volume needs no disk of a plan.
fn needed_gb(snapshot: &Snapshot) -> Option<u64> {
    snapshot.min_disk_gb.filter(|_| snapshot.kind == SnapshotKind::Disk)
}

/// Nova makes no server of a plan without a disk from an image: a volume of the image is made first. How much the image
/// holds when it is unpacked is not told by all clouds, so that none is smaller than most systems need.
pub(super) fn new_volume(order: &Order, inventory: &Inventory) -> Option<NewVolume> {
    const LEAST_GB: u64 = 20;
    const GIB: u64 = 1 << 30;
    let plan = inventory.plan(&order.plan)?;
    let (id, size, min) = match &order.source {
        OrderSource::Image(id) => {
            let image = inventory.image(id)?;
            (id, image.size, image.min_disk_gb)
        }
        OrderSource::Snapshot(Ref::Known(id)) => {
            let saved = inventory.snapshot(id).filter(|saved| saved.kind == SnapshotKind::Disk)?;
            (id, saved.size, saved.min_disk_gb)
        }
        _ => return None,
    };
    let size_gb = size.map_or(0, |bytes| bytes.div_ceil(GIB)).max(min.unwrap_or(0)).max(LEAST_GB);
    let source = VolumeSource::Image(id.clone());
    plan.spec.disk_gb.is_none().then(|| NewVolume { name: order.name.clone(), size_gb, storage: None, source })
}

fn holds(spec: &Spec, needed_gb: Option<u64>) -> bool {
    needed_gb.zip(spec.disk_gb).is_none_or(|(needed, disk)| disk >= needed)
}

/// The plan the instance had that was saved, where it is still there, then the smallest first.
pub(super) fn plans(from: MadeFrom<'_>, inventory: &Inventory) -> Vec<Arc<Plan>> {
    let (needed, of) = match from {
        MadeFrom::Snapshot(snapshot) => (needed_gb(snapshot), inventory.saved_of(snapshot)),
        MadeFrom::Image(image) => {
            let snapshot = inventory.snapshot(&image.id);
            (image.min_disk_gb, snapshot.and_then(|snapshot| snapshot.of.as_ref()))
        }
    };
    let own = of.and_then(|of| inventory.instance(of)).and_then(|instance| instance.plan.clone());
    let mut fit: Vec<Arc<Plan>> = inventory.plans().filter(|plan| holds(&plan.spec, needed)).cloned().collect();
    fit.sort_by_key(|plan| (Some(&plan.id) != own.as_ref(), plan.spec.memory_mb, plan.spec.vcpus, plan.spec.disk_gb));
    fit
}

/// What is to be thought of; the flag says whether it warns.
pub(super) fn notes(order: &Order, inventory: &Inventory) -> Vec<(Phrase, bool)> {
    let mut notes = Vec::new();
    if order.firewalls.is_empty() {
        notes.push((Phrase::new(text::order::NO_FIREWALL), false));
    }
    if matches!(order.source, OrderSource::Image(_)) && !order.had_password {
        notes.push((Phrase::new(text::order::PASSWORD_TOLD), false));
    }
    let plan = inventory.plan(&order.plan).map(|plan| plan.spec).unwrap_or_default();
    let quota = inventory.quota().unwrap_or_default();
    let asks = [
        (quota.instances, Some(1), text::order::quota_instances as fn(u64, u64) -> Phrase),
        (quota.vcpus, plan.vcpus.map(u64::from), text::order::quota_vcpus),
        (quota.memory_mb, plan.memory_mb, text::order::quota_memory),
    ];
    for (share, more, say) in asks {
        if let Some((share, more)) = share.zip(more)
            && share.used + more > share.most
        {
            notes.push((say(share.used, share.most), true));
        }
    }
    notes
}

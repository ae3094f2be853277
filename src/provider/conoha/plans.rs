//! Which plans a saved image can be put on.

use std::sync::Arc;

use crate::domain::{Instance, Inventory, Plan, Snapshot, Spec};
use crate::provider::openstack::policy::spec_of;

/// The plan that stands apart: only its own images fit it, and they fit no other.
const SMALL_MB: u64 = 512;
/// Images of the small plan are for disks of 20 or 30 GB, those of all others for 50 or 100 GB.
const SMALL_DISK_GB: u64 = 30;

/// What the name of a plan tells.
#[derive(Debug, Clone, Copy)]
pub(in crate::provider) struct PlanNames {
    /// Whether it can be ordered at all.
    pub(in crate::provider) is_offered: fn(&str) -> bool,
    /// Whether it is of former times.
    pub(in crate::provider) is_former: fn(&str) -> bool,
    /// Whether it is for images of Windows, or for all others.
    pub(in crate::provider) is_for: fn(&str, bool) -> bool,
}

/// The plan the instance had that was saved, where it is still there, then the smallest first; those of former times come
/// last.
pub(super) fn plans_for(snapshot: &Snapshot, inventory: &Inventory, names: PlanNames) -> Vec<Arc<Plan>> {
    let saved = snapshot.of.as_ref().and_then(|of| inventory.instance(of)).map(AsRef::as_ref);
    let own = saved.and_then(|instance| instance.plan.as_ref());
    let mut fit: Vec<Arc<Plan>> =
        offered(inventory, names).filter(|plan| fits(snapshot, saved, inventory, &plan.spec)).cloned().collect();
    let is_former = |plan: &Plan| (names.is_former)(&plan.name);
    fit.sort_by_key(|plan| (Some(&plan.id) != own, is_former(plan), plan.spec.memory_mb, plan.spec.disk_gb));
    fit
}

/// The plans that an image of the provider fits on, the smallest of today's first. Where its record does not tell the
/// disk it needs, its name may: `-20gb`, `-30gb`, `-100gb` (recorded by public clients).
pub(super) fn plans_for_image(
    min_disk_gb: Option<u64>,
    name: &str,
    inventory: &Inventory,
    names: PlanNames,
) -> Vec<Arc<Plan>> {
    let named = name.rsplit_once('-').and_then(|(_, end)| end.strip_suffix("gb")?.parse().ok());
    let needs = min_disk_gb.or(named);
    let fits = |spec: &Spec| {
        let large_enough = needs.zip(spec.disk_gb).is_none_or(|(needed, disk)| disk >= needed);
        let suits = needs.zip(spec.memory_mb).is_none_or(|(gb, mb)| (gb <= SMALL_DISK_GB) == (mb <= SMALL_MB));
        large_enough && suits
    };
    let mut fit: Vec<Arc<Plan>> = offered(inventory, names).filter(|plan| fits(&plan.spec)).cloned().collect();
    fit.sort_by_key(|plan| ((names.is_former)(&plan.name), plan.spec.memory_mb, plan.spec.disk_gb));
    fit
}

/// Whether a saved image can be put on a disk of this size at all.
pub(in crate::provider) fn fits(
    snapshot: &Snapshot,
    saved: Option<&Instance>,
    inventory: &Inventory,
    spec: &Spec,
) -> bool {
    let large_enough = match (snapshot.min_disk_gb, spec.disk_gb) {
        (Some(needed), Some(disk)) => disk >= needed,
        _ => true,
    };
    let suits = match (is_small_image(snapshot, saved, inventory), spec.memory_mb) {
        (Some(image), Some(memory)) => image == (memory <= SMALL_MB),
        _ => true,
    };
    large_enough && suits
}

/// Whether a plan can be had in the place of another: it can be ordered, is of the same kind, and neither of the two is the
/// small one alone.
pub(in crate::provider) fn resizes(own: &Plan, plan: &Plan, names: PlanNames) -> bool {
    let suits = |windows| (names.is_for)(&own.name, windows) == (names.is_for)(&plan.name, windows);
    (names.is_offered)(&plan.name) && is_small(&own.spec) == is_small(&plan.spec) && suits(true) && suits(false)
}

/// Whether a size is that of the plan that stands apart.
pub(super) fn is_small(spec: &Spec) -> bool {
    spec.memory_mb.is_some_and(|mb| mb <= SMALL_MB)
}

/// Whether an image is of the small plan: its instance tells, else the disk it needs; `None` where neither does.
fn is_small_image(snapshot: &Snapshot, saved: Option<&Instance>, inventory: &Inventory) -> Option<bool> {
    let memory = saved.and_then(|instance| spec_of(instance, inventory).memory_mb);
    let disk = snapshot.min_disk_gb.filter(|gb| *gb > 0);
    memory.map(|mb| mb <= SMALL_MB).or_else(|| disk.map(|gb| gb <= SMALL_DISK_GB))
}

fn offered(inventory: &Inventory, names: PlanNames) -> impl Iterator<Item = &Arc<Plan>> {
    inventory.plans().filter(move |plan| (names.is_offered)(&plan.name))
}

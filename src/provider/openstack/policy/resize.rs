//! Which plans an instance can be given instead of its own.

use std::sync::Arc;

use crate::domain::{Instance, Inventory, Phrase, Plan, text};
use crate::provider::openstack::dialect::Dialect;
use crate::provider::openstack::policy::spec::spec_of;

/// Every plan, the smallest first, and why it cannot be had where it cannot.
pub(super) fn plans(instance: &Instance, inventory: &Inventory, dialect: &Dialect) -> Vec<(Arc<Plan>, Option<Phrase>)> {
    let mut all: Vec<Arc<Plan>> = inventory.plans().cloned().collect();
    all.sort_by_key(|plan| (plan.spec.memory_mb, plan.spec.vcpus, plan.spec.disk_gb));
    let now = spec_of(instance, inventory);
    let own = instance.plan.as_ref().and_then(|own| inventory.plan(own));
    // The disk of one that boots from a volume is that volume, whatever its plan.
    let disk = now.disk_gb.filter(|_| !instance.boots_from_volume());
    let why_not = |plan: &Plan| {
        if instance.plan.as_ref() == Some(&plan.id) {
            return Some(Phrase::new(text::cannot::PLAN_SAME));
        }
        match disk.zip(plan.spec.disk_gb) {
            Some((now, then)) if then < now => Some(text::cannot::disk_shrinks(now)),
            _ if own.is_some_and(|own| !(dialect.resizes)(own, plan)) => Some(Phrase::new(text::cannot::PLAN_APART)),
            _ => None,
        }
    };
    all.into_iter()
        .map(|plan| {
            let why = why_not(&plan);
            (plan, why)
        })
        .collect()
}

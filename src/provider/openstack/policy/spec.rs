//! The size of an instance.

use crate::domain::{Instance, Inventory, Spec};

/// From its plan, where its own record does not tell.
pub(in crate::provider) fn spec_of(instance: &Instance, inventory: &Inventory) -> Spec {
    let plan = instance.plan.as_ref().and_then(|id| inventory.plan(id)).map(|plan| plan.spec).unwrap_or_default();
    let own = instance.spec;
    Spec {
        vcpus: own.vcpus.or(plan.vcpus),
        memory_mb: own.memory_mb.or(plan.memory_mb),
        disk_gb: own.disk_gb.or(plan.disk_gb),
        mbps: own.mbps.or(plan.mbps),
    }
}

//! What the policies of all providers have in common: pieces of their plans, what settles, what no answer means, the facts
//! about copies. What differs stays in each provider's own folder.

pub(super) mod facts;
#[cfg(test)]
pub(super) mod fixtures;
pub(super) mod possible;
pub(super) mod reconciled;
pub(super) mod steps;
pub(super) mod told;
pub(super) mod verdict;

use crate::domain::{InstanceStatus, Inventory, ResourceId, StatusKind, Target};

/// The kind of state an instance shows; as the dialog had it where the list is not known.
pub(super) fn kind_of(target: &Target, inventory: &Inventory) -> StatusKind {
    inventory.instance(target.id()).map_or(target.status, |instance| instance.status.kind())
}

pub(super) fn shown<'a>(id: &ResourceId, inventory: &'a Inventory) -> Option<&'a InstanceStatus> {
    inventory.instance(id).map(|instance| &instance.status)
}

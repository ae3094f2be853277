//! What a provider shows of a change whose answer was lost, where all show it alike.

use super::shown;
use crate::domain::{
    InstanceStatus, Inventory, ListKey, NewKey, PowerCall, PreState, Reconciled, ResourceId, Rule, rule_edit,
};

pub(in crate::provider) fn power(instance: &ResourceId, what: PowerCall, inventory: &Inventory) -> Reconciled {
    let Some(status) = shown(instance, inventory) else {
        return if inventory.is_whole(&ListKey::Instances) { Reconciled::No } else { Reconciled::NotYet };
    };
    match (what, status) {
        (PowerCall::Start, InstanceStatus::Running | InstanceStatus::Starting) => Reconciled::Yes,
        (PowerCall::Stop | PowerCall::ForceStop, InstanceStatus::Stopped | InstanceStatus::Stopping) => Reconciled::Yes,
        _ => Reconciled::NotYet,
    }
}

/// A snapshot of this name that was not there before.
pub(in crate::provider) fn taken(
    instance: &ResourceId,
    name: &str,
    pre_state: &PreState,
    inventory: &Inventory,
) -> Reconciled {
    let rows = inventory.snapshots_of(instance).unwrap_or_default();
    let made = rows.iter().any(|s| !pre_state.ids.contains(&s.id) && s.name.trim() == name.trim());
    if made { Reconciled::Yes } else { Reconciled::NotYet }
}

/// Something that is deleted, by its absence; what is still there when it is `late` was not deleted. `None`: not known.
pub(in crate::provider) const fn gone(is_there: Option<bool>, late: bool) -> Reconciled {
    match is_there {
        Some(false) => Reconciled::Yes,
        Some(true) if late => Reconciled::No,
        _ => Reconciled::NotYet,
    }
}

pub(in crate::provider) fn firewall_gone(firewall: &ResourceId, late: bool, inventory: &Inventory) -> Reconciled {
    let known = inventory.is_whole(&ListKey::Firewalls);
    gone(known.then(|| inventory.firewall(firewall).is_some()), late)
}

/// An SSH key of this name that was not there before.
pub(in crate::provider) fn key_added(
    name: &str,
    pre_state: &PreState,
    late: bool,
    inventory: &Inventory,
) -> Reconciled {
    let added = inventory.keys().iter().any(|k| !pre_state.ids.contains(&k.id) && k.name == name);
    match (added, late && inventory.is_whole(&ListKey::Keys)) {
        (true, _) => Reconciled::Yes,
        (false, true) => Reconciled::No,
        (false, false) => Reconciled::NotYet,
    }
}

pub(in crate::provider) fn key_gone(key: &ResourceId, late: bool, inventory: &Inventory) -> Reconciled {
    let known = inventory.is_whole(&ListKey::Keys);
    gone(known.then(|| inventory.key(key).is_some()), late)
}

pub(in crate::provider) fn key_is(
    key: &ResourceId,
    to: &NewKey,
    active: bool,
    late: bool,
    inventory: &Inventory,
) -> Reconciled {
    match inventory.key(key) {
        Some(key) if key.active == active && key.name == to.name => Reconciled::Yes,
        Some(_) if late => Reconciled::No,
        None if inventory.is_whole(&ListKey::Keys) => Reconciled::No,
        _ => Reconciled::NotYet,
    }
}

pub(in crate::provider) fn api_key_gone(key: &ResourceId, late: bool, inventory: &Inventory) -> Reconciled {
    let known = inventory.is_whole(&ListKey::ApiKeys);
    gone(known.then(|| inventory.api_key(key).is_some()), late)
}

/// A firewall of this name that was not there before.
pub(in crate::provider) fn firewall_made(
    name: &str,
    pre_state: &PreState,
    late: bool,
    inventory: &Inventory,
) -> Reconciled {
    let made = inventory.firewalls().iter().any(|f| !pre_state.ids.contains(&f.id) && f.name == name);
    match (made, late && inventory.is_whole(&ListKey::Firewalls)) {
        (true, _) => Reconciled::Yes,
        (false, true) => Reconciled::No,
        (false, false) => Reconciled::NotYet,
    }
}

/// A firewall that has this name, these rules and no others; `otherwise` where it does not.
pub(in crate::provider) fn firewall_has(
    firewall: &ResourceId,
    name: &str,
    rules: &[Rule],
    otherwise: Reconciled,
    inventory: &Inventory,
) -> Reconciled {
    let Some(set) = inventory.rules(firewall) else { return Reconciled::NotYet };
    let named = inventory.firewall(firewall).is_none_or(|f| f.name.trim() == name.trim());
    // In meaning: a provider may write a rule otherwise than it was sent.
    if named && rule_edit::same_set(&set.rules, rules) { Reconciled::Yes } else { otherwise }
}

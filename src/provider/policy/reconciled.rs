//! What a provider shows of a change whose answer was lost, where all show it alike.

use std::time::Duration;

use super::shown;
use crate::domain::{
    InstanceStatus, Inventory, ListKey, NewKey, PowerCall, PreState, Reconciled, ResourceId, Rule, Timestamp, rule_edit,
};

/// A machine that was ordered may be listed late, and an order is never sent twice: so long it is looked for.
const LISTED: Duration = Duration::from_secs(300);

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
    is(Some(rows.iter().any(|s| pre_state.made(name, (&s.id, &s.name)))), false)
}

/// An instance of this name that was not there before. It is never said that there is none.
pub(in crate::provider) fn ordered(
    name: &str,
    pre_state: &PreState,
    inventory: &Inventory,
    now: Timestamp,
) -> Reconciled {
    match inventory.instances().iter().any(|i| pre_state.made(name, (&i.id, &i.name))) {
        true => Reconciled::Yes,
        false if now.since(pre_state.at) > LISTED => Reconciled::Cannot,
        false => Reconciled::NotYet,
    }
}

/// A volume of this name that was not there before. It is never said that there is none.
pub(in crate::provider) fn volume_made(
    name: &str,
    pre_state: &PreState,
    inventory: &Inventory,
    now: Timestamp,
) -> Reconciled {
    match inventory.volumes().iter().any(|v| pre_state.made(name, (&v.id, &v.name))) {
        true => Reconciled::Yes,
        false if now.since(pre_state.at) > LISTED => Reconciled::Cannot,
        false => Reconciled::NotYet,
    }
}

/// Whether what was asked for is so; what is not so when it is `late` did not take effect. `None`: not known.
pub(in crate::provider) const fn is(shown: Option<bool>, late: bool) -> Reconciled {
    match shown {
        Some(true) => Reconciled::Yes,
        Some(false) if late => Reconciled::No,
        _ => Reconciled::NotYet,
    }
}

/// Something that is deleted, by its absence.
pub(in crate::provider) fn gone(is_there: Option<bool>, late: bool) -> Reconciled {
    is(is_there.map(|there| !there), late)
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
    let added = inventory.keys().iter().any(|k| pre_state.made(name, (&k.id, &k.name)));
    is((added || inventory.is_whole(&ListKey::Keys)).then_some(added), late)
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
        None if inventory.is_whole(&ListKey::Keys) => Reconciled::No,
        shown => is(shown.map(|key| key.active == active && key.name == to.name), late),
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
    let made = inventory.firewalls().iter().any(|f| pre_state.made(name, (&f.id, &f.name)));
    is((made || inventory.is_whole(&ListKey::Firewalls)).then_some(made), late)
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

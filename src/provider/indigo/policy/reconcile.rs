//! Whether a change whose answer was lost took effect, from what the provider shows afterwards.

use std::time::Duration;

use crate::domain::{Call, Inventory, ListKey, PowerCall, PreState, Reconciled, Ref, Rule, StoreStatus, Timestamp};
use crate::provider::policy::reconciled;

/// What is deleted leaves its list at once, what is made stands in it at once; so long is waited before the opposite
/// is taken for a no.
const AT_ONCE: Duration = Duration::from_secs(60);

pub(super) fn reconcile(call: &Call, pre_state: &PreState, inventory: &Inventory, now: Timestamp) -> Reconciled {
    let late = now.since(pre_state.at) > AT_ONCE;
    match call {
        Call::Power { what: PowerCall::Reboot | PowerCall::HardReboot, .. } => Reconciled::Cannot,
        Call::AddKey { key } => reconciled::key_added(&key.name, pre_state, late, inventory),
        Call::ChangeKey { id, key, active } => reconciled::key_is(id, key, *active, late, inventory),
        Call::DeleteKey { id } => reconciled::key_gone(id, late, inventory),
        Call::DeleteApiKey { id } => reconciled::api_key_gone(id, late, inventory),
        Call::CreateInstance { order } => reconciled::ordered(&order.name, pre_state, inventory, now),
        Call::Power { instance, what } => reconciled::power(instance, *what, inventory),
        Call::Destroy { instance } => match inventory.list(&ListKey::Instances) {
            Some(_) if inventory.instance(instance).is_none() => Reconciled::Yes,
            _ => Reconciled::NotYet,
        },
        Call::TakeSnapshot { instance, name } => reconciled::taken(instance, name, pre_state, inventory),
        Call::RetakeSnapshot { snapshot, .. } => match inventory.snapshot(snapshot).map(|s| &s.status) {
            Some(StoreStatus::Creating | StoreStatus::Saving | StoreStatus::Available) => Reconciled::Yes,
            _ => Reconciled::NotYet,
        },
        Call::DeleteSnapshot { snapshot: Ref::Known(id), of } => {
            let rows = match of {
                Some(of) => inventory.snapshots_of(of),
                None => Some(inventory.snapshots().collect()),
            };
            reconciled::gone(rows.map(|rows| rows.iter().any(|s| s.id == *id)), late)
        }
        Call::DeleteFirewall { firewall } => reconciled::firewall_gone(firewall, late, inventory),
        Call::CreateFirewall { name, rules, .. } => match reconciled::firewall_made(name, pre_state, late, inventory) {
            Reconciled::Yes if !rules.is_empty() => has_rules(name, rules, pre_state, late, inventory),
            shown => shown,
        },
        // One request replaces all of it or nothing.
        Call::UpdateFirewall { firewall, name, rules, .. } => {
            let otherwise = if late { Reconciled::No } else { Reconciled::NotYet };
            reconciled::firewall_has(firewall, name, rules, otherwise, inventory)
        }
        // Nothing shows what is restored, or where a firewall is; a key that is there has a secret that nobody was told.
        _ => Reconciled::Cannot,
    }
}

/// Whether one of the firewalls of this name that are new has these rules. One that has others somebody else made, or the
/// request in a way that nobody saw: a person decides.
fn has_rules(name: &str, rules: &[Rule], pre_state: &PreState, late: bool, inventory: &Inventory) -> Reconciled {
    let otherwise = if late { Reconciled::Cannot } else { Reconciled::NotYet };
    let mut new = inventory.firewalls().iter().filter(|f| pre_state.made(name, (&f.id, &f.name)));
    let shown = |id| reconciled::firewall_has(id, name, rules, otherwise, inventory);
    if new.any(|f| shown(&f.id) == Reconciled::Yes) { Reconciled::Yes } else { otherwise }
}

//! Whether a change whose answer was lost took effect, from what the provider shows afterwards.

use std::time::Duration;

use crate::domain::{
    Call, Inventory, ListKey, PowerCall, PreState, Reconciled, Ref, ResourceId, StoreStatus, Timestamp,
};
use crate::provider::policy::reconciled;

/// What is deleted leaves its list at once, what is made stands in it at once; so long is waited before the opposite
/// is taken for a no.
const AT_ONCE: Duration = Duration::from_secs(60);
/// So long a machine is looked for that was ordered.
const LISTED: Duration = Duration::from_secs(300);

pub(super) fn reconcile(call: &Call, pre_state: &PreState, inventory: &Inventory, now: Timestamp) -> Reconciled {
    let late = now.since(pre_state.at) > AT_ONCE;
    match call {
        Call::Power { what: PowerCall::Reboot | PowerCall::HardReboot, .. } => Reconciled::Cannot,
        Call::AddKey { key } => reconciled::key_added(&key.name, pre_state, late, inventory),
        Call::ChangeKey { id, key, active } => reconciled::key_is(id, key, *active, late, inventory),
        Call::DeleteKey { id } => reconciled::key_gone(id, late, inventory),
        Call::DeleteApiKey { id } => reconciled::api_key_gone(id, late, inventory),
        // A machine that was ordered stands in the list at once; an order is never sent twice, so it is never said that
        // there is none.
        Call::CreateInstance { order } => {
            let made =
                |id: &ResourceId, called: &str| !pre_state.ids.contains(id) && called.trim() == order.name.trim();
            match inventory.instances().iter().any(|i| made(&i.id, &i.name)) {
                true => Reconciled::Yes,
                false if now.since(pre_state.at) > LISTED => Reconciled::Cannot,
                false => Reconciled::NotYet,
            }
        }
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
        Call::CreateFirewall { name, .. } => reconciled::firewall_made(name, pre_state, late, inventory),
        // One request replaces all of it or nothing.
        Call::UpdateFirewall { firewall, name, rules, .. } => {
            let otherwise = if late { Reconciled::No } else { Reconciled::NotYet };
            reconciled::firewall_has(firewall, name, rules, otherwise, inventory)
        }
        // Nothing shows what is restored, or where a firewall is; a key that is there has a secret that nobody was told.
        _ => Reconciled::Cannot,
    }
}

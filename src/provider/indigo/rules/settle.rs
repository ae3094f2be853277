//! Whether a change whose answer was lost took effect, from what the provider shows afterwards.

use std::time::Duration;

use crate::domain::{Before, Call, ListKey, Picture, PowerCall, ResourceId, Settled, StoreStatus, Wall, Which};
use crate::provider::rules::settled;

/// What is deleted leaves its list at once, what is made stands in it at once; so long is waited before the opposite
/// is taken for a no.
const AT_ONCE: Duration = Duration::from_secs(60);
/// So long a machine is looked for that was ordered.
const LISTED: Duration = Duration::from_secs(300);

pub(super) fn settle(call: &Call, before: &Before, picture: &Picture, now: Wall) -> Settled {
    let late = now.since(before.at) > AT_ONCE;
    match call {
        Call::Power { what: PowerCall::Reboot | PowerCall::HardReboot, .. }
        | Call::Restore { .. }
        | Call::AssignFirewall { .. }
        | Call::DetachFirewall { .. } => Settled::Cannot,
        Call::AddKey { key } => settled::key_added(&key.name, before, late, picture),
        Call::ChangeKey { id, key, active } => settled::key_is(id, key, *active, late, picture),
        Call::DeleteKey { id } => settled::key_gone(id, late, picture),
        // A key that is there has a secret that nobody was told.
        Call::CreateApiKey {} => Settled::Cannot,
        Call::DeleteApiKey { id } => settled::api_key_gone(id, late, picture),
        Call::Made { .. } => Settled::Cannot,
        // A machine that was ordered stands in the list at once; an order is never sent twice, so it is never said that
        // there is none.
        Call::CreateInstance { order } => {
            let made = |id: &ResourceId, called: &str| !before.ids.contains(id) && called.trim() == order.name.trim();
            match picture.instances().iter().any(|i| made(&i.id, &i.name)) {
                true => Settled::Yes,
                false if now.since(before.at) > LISTED => Settled::Cannot,
                false => Settled::NotYet,
            }
        }
        Call::Power { instance, what } => settled::power(instance, *what, picture),
        Call::Destroy { instance } => match picture.list(&ListKey::Instances) {
            Some(_) if picture.instance(instance).is_none() => Settled::Yes,
            _ => Settled::NotYet,
        },
        Call::TakeSnapshot { instance, name } => settled::taken(instance, name, before, picture),
        Call::RetakeSnapshot { snapshot, .. } => match picture.snapshot(snapshot).map(|s| &s.status) {
            Some(StoreStatus::Creating | StoreStatus::Saving | StoreStatus::Available) => Settled::Yes,
            _ => Settled::NotYet,
        },
        Call::DeleteSnapshot { snapshot: Which::Known(id), of } => {
            let rows = match of {
                Some(of) => picture.snapshots_of(of),
                None => Some(picture.snapshots().collect()),
            };
            settled::gone(rows.map(|rows| rows.iter().any(|s| s.id == *id)), late)
        }
        Call::DeleteSnapshot { .. } => Settled::Cannot,
        Call::DeleteFirewall { firewall } => settled::firewall_gone(firewall, late, picture),
        Call::CreateFirewall { name, .. } => settled::firewall_made(name, before, late, picture),
        // One request replaces all of it or nothing.
        Call::UpdateFirewall { firewall, name, rules, .. } => {
            let otherwise = if late { Settled::No } else { Settled::NotYet };
            settled::firewall_has(firewall, name, rules, otherwise, picture)
        }
    }
}

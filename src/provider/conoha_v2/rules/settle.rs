//! Whether a change whose answer was lost took effect, from what the provider shows afterwards.

use std::time::Duration;

use crate::domain::{Before, Call, InstanceStatus, ListKey, Picture, PowerCall, ResourceId, Settled, Wall, Which};
use crate::provider::rules::{settled, shown};

/// What is deleted leaves its list at once; so long is waited before the opposite is taken for a no.
const AT_ONCE: Duration = Duration::from_secs(60);
/// A machine that was ordered may be listed late, and an order is never sent twice: so long it is looked for. It is
/// never said that there is none.
const LISTED: Duration = Duration::from_secs(300);

pub(super) fn settle(call: &Call, before: &Before, picture: &Picture, now: Wall) -> Settled {
    let since = now.since(before.at);
    let late = since > AT_ONCE;
    match call {
        Call::Power { instance, what: PowerCall::Reboot | PowerCall::HardReboot } => {
            yes_while(instance, &InstanceStatus::Rebooting, picture).unwrap_or(Settled::Cannot)
        }
        Call::Power { instance, what } => settled::power(instance, *what, picture),
        Call::Restore { instance, .. } => yes_while(instance, &InstanceStatus::Rebuilding, picture)
            .unwrap_or(if late { Settled::Cannot } else { Settled::NotYet }),
        Call::Destroy { instance } => match (picture.list(&ListKey::Instances), shown(instance, picture)) {
            (Some(_), None | Some(InstanceStatus::Destroying)) => Settled::Yes,
            _ => Settled::NotYet,
        },
        Call::TakeSnapshot { instance, name } => settled::taken(instance, name, before, picture),
        Call::DeleteSnapshot { snapshot: Which::Known(id), .. } => {
            let known = picture.is_whole(&ListKey::Snapshots(None));
            settled::gone(known.then(|| picture.snapshot(id).is_some()), late)
        }
        Call::CreateInstance { order } => {
            let made = |id: &ResourceId, called: &str| !before.ids.contains(id) && called.trim() == order.name.trim();
            match picture.instances().iter().any(|i| made(&i.id, &i.name)) {
                true => Settled::Yes,
                false if since > LISTED => Settled::Cannot,
                false => Settled::NotYet,
            }
        }
        Call::AssignFirewall { firewall, instance } => stands(firewall, instance, true, late, picture),
        Call::DetachFirewall { firewall, instance } => stands(firewall, instance, false, late, picture),
        Call::DeleteFirewall { firewall } => settled::firewall_gone(firewall, late, picture),
        Call::CreateFirewall { name, .. } => settled::firewall_made(name, before, late, picture),
        // Several requests: what is there then may be a part of it.
        Call::UpdateFirewall { firewall, name, rules, .. } => {
            let otherwise = if late { Settled::Cannot } else { Settled::NotYet };
            settled::firewall_has(firewall, name, rules, otherwise, picture)
        }
        Call::AddKey { key } => settled::key_added(&key.name, before, late, picture),
        Call::ChangeKey { id, key, active } => settled::key_is(id, key, *active, late, picture),
        Call::DeleteKey { id } => settled::key_gone(id, late, picture),
        // A key that is there has a secret that nobody was told.
        Call::CreateApiKey {} => Settled::Cannot,
        Call::DeleteApiKey { id } => settled::api_key_gone(id, late, picture),
        Call::Made { .. } => Settled::Cannot,
        Call::DeleteSnapshot { .. } | Call::RetakeSnapshot { .. } => Settled::Cannot,
    }
}

/// `Yes` where the instance shows a state that only this call can have brought about.
fn yes_while(instance: &ResourceId, status: &InstanceStatus, picture: &Picture) -> Option<Settled> {
    (shown(instance, picture) == Some(status)).then_some(Settled::Yes)
}

/// Whether a firewall stands on an instance as it was to.
fn stands(firewall: &ResourceId, instance: &ResourceId, wanted: bool, late: bool, picture: &Picture) -> Settled {
    let Some(firewall) = picture.firewall(firewall) else {
        return if picture.is_whole(&ListKey::Firewalls) { Settled::No } else { Settled::NotYet };
    };
    match &firewall.on {
        None => Settled::Cannot,
        Some(on) if on.contains(instance) == wanted => Settled::Yes,
        Some(_) if late => Settled::No,
        Some(_) => Settled::NotYet,
    }
}

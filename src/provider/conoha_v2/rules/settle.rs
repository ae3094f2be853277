//! Whether a change whose answer was lost took effect, from what the provider shows afterwards.

use std::time::Duration;

use super::shown;
use crate::domain::{
    Before, Call, InstanceStatus, ListKey, Picture, PowerCall, ResourceId, Settled, Snapshot, Wall, Which,
};

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
        Call::Power { instance, what } => power(instance, *what, picture),
        Call::Restore { instance, .. } => yes_while(instance, &InstanceStatus::Rebuilding, picture)
            .unwrap_or(if late { Settled::Cannot } else { Settled::NotYet }),
        Call::Destroy { instance } => match (picture.list(&ListKey::Instances), shown(instance, picture)) {
            (Some(_), None | Some(InstanceStatus::Destroying)) => Settled::Yes,
            _ => Settled::NotYet,
        },
        Call::TakeSnapshot { instance, name } => {
            let is_it = |s: &Snapshot| !before.ids.contains(&s.id) && s.name.trim() == name.trim();
            match picture.snapshots_of(instance) {
                Some(rows) if rows.iter().any(|s| is_it(s)) => Settled::Yes,
                _ => Settled::NotYet,
            }
        }
        Call::DeleteSnapshot { snapshot: Which::Known(id), .. } => {
            let known = picture.list(&ListKey::Snapshots(None)).is_some();
            gone(known.then(|| picture.snapshot(id).is_some()), late)
        }
        Call::CreateInstance { name, .. } => {
            let made = |id: &ResourceId, called: &str| !before.ids.contains(id) && called.trim() == name.trim();
            match picture.instances().iter().any(|i| made(&i.id, &i.name)) {
                true => Settled::Yes,
                false if since > LISTED => Settled::Cannot,
                false => Settled::NotYet,
            }
        }
        Call::AssignFirewall { firewall, instance } => stands(firewall, instance, true, late, picture),
        Call::DetachFirewall { firewall, instance } => stands(firewall, instance, false, late, picture),
        Call::DeleteFirewall { firewall } => {
            let known = picture.list(&ListKey::Firewalls).is_some();
            gone(known.then(|| picture.firewall(firewall).is_some()), late)
        }
        Call::CreateFirewall { name, .. } => {
            let made = picture.firewalls().iter().any(|f| !before.ids.contains(&f.id) && f.name == *name);
            match (made, late && picture.list(&ListKey::Firewalls).is_some()) {
                (true, _) => Settled::Yes,
                (false, true) => Settled::No,
                (false, false) => Settled::NotYet,
            }
        }
        Call::UpdateFirewall { firewall, rules, .. } => match picture.rules(firewall) {
            Some(set) if set.rules.len() == rules.len() && rules.iter().all(|r| set.rules.contains(r)) => Settled::Yes,
            _ => Settled::NotYet,
        },
        Call::DeleteSnapshot { .. } | Call::RetakeSnapshot { .. } => Settled::Cannot,
    }
}

/// `Yes` where the instance shows a state that only this call can have brought about.
fn yes_while(instance: &ResourceId, status: &InstanceStatus, picture: &Picture) -> Option<Settled> {
    (shown(instance, picture) == Some(status)).then_some(Settled::Yes)
}

fn power(instance: &ResourceId, what: PowerCall, picture: &Picture) -> Settled {
    let Some(status) = shown(instance, picture) else {
        return if picture.list(&ListKey::Instances).is_some() { Settled::No } else { Settled::NotYet };
    };
    match (what, status) {
        (PowerCall::Start, InstanceStatus::Running | InstanceStatus::Starting) => Settled::Yes,
        (PowerCall::Stop | PowerCall::ForceStop, InstanceStatus::Stopped | InstanceStatus::Stopping) => Settled::Yes,
        _ => Settled::NotYet,
    }
}

/// Whether a firewall stands on an instance as it was to.
fn stands(firewall: &ResourceId, instance: &ResourceId, wanted: bool, late: bool, picture: &Picture) -> Settled {
    let Some(firewall) = picture.firewall(firewall) else {
        return if picture.list(&ListKey::Firewalls).is_some() { Settled::No } else { Settled::NotYet };
    };
    match &firewall.on {
        None => Settled::Cannot,
        Some(on) if on.contains(instance) == wanted => Settled::Yes,
        Some(_) if late => Settled::No,
        Some(_) => Settled::NotYet,
    }
}

fn gone(is_there: Option<bool>, late: bool) -> Settled {
    match is_there {
        Some(false) => Settled::Yes,
        Some(true) if late => Settled::No,
        _ => Settled::NotYet,
    }
}

//! What a provider shows of a change whose answer was lost, where all show it alike.

use super::shown;
use crate::domain::{
    Before, InstanceStatus, ListKey, NewKey, Picture, PowerCall, ResourceId, Rule, Settled, rule_edit,
};

pub(in crate::provider) fn power(instance: &ResourceId, what: PowerCall, picture: &Picture) -> Settled {
    let Some(status) = shown(instance, picture) else {
        return if picture.is_whole(&ListKey::Instances) { Settled::No } else { Settled::NotYet };
    };
    match (what, status) {
        (PowerCall::Start, InstanceStatus::Running | InstanceStatus::Starting) => Settled::Yes,
        (PowerCall::Stop | PowerCall::ForceStop, InstanceStatus::Stopped | InstanceStatus::Stopping) => Settled::Yes,
        _ => Settled::NotYet,
    }
}

/// A snapshot of this name that was not there before.
pub(in crate::provider) fn taken(instance: &ResourceId, name: &str, before: &Before, picture: &Picture) -> Settled {
    let rows = picture.snapshots_of(instance).unwrap_or_default();
    let made = rows.iter().any(|s| !before.ids.contains(&s.id) && s.name.trim() == name.trim());
    if made { Settled::Yes } else { Settled::NotYet }
}

/// Something that is deleted, by its absence; what is still there when it is `late` was not deleted. `None`: not known.
pub(in crate::provider) const fn gone(is_there: Option<bool>, late: bool) -> Settled {
    match is_there {
        Some(false) => Settled::Yes,
        Some(true) if late => Settled::No,
        _ => Settled::NotYet,
    }
}

pub(in crate::provider) fn firewall_gone(firewall: &ResourceId, late: bool, picture: &Picture) -> Settled {
    let known = picture.is_whole(&ListKey::Firewalls);
    gone(known.then(|| picture.firewall(firewall).is_some()), late)
}

/// An SSH key of this name that was not there before.
pub(in crate::provider) fn key_added(name: &str, before: &Before, late: bool, picture: &Picture) -> Settled {
    let added = picture.keys().iter().any(|k| !before.ids.contains(&k.id) && k.name == name);
    match (added, late && picture.is_whole(&ListKey::Keys)) {
        (true, _) => Settled::Yes,
        (false, true) => Settled::No,
        (false, false) => Settled::NotYet,
    }
}

pub(in crate::provider) fn key_gone(key: &ResourceId, late: bool, picture: &Picture) -> Settled {
    let known = picture.is_whole(&ListKey::Keys);
    gone(known.then(|| picture.key(key).is_some()), late)
}

pub(in crate::provider) fn key_is(
    key: &ResourceId,
    to: &NewKey,
    active: bool,
    late: bool,
    picture: &Picture,
) -> Settled {
    match picture.key(key) {
        Some(key) if key.active == active && key.name == to.name => Settled::Yes,
        Some(_) if late => Settled::No,
        None if picture.is_whole(&ListKey::Keys) => Settled::No,
        _ => Settled::NotYet,
    }
}

pub(in crate::provider) fn api_key_gone(key: &ResourceId, late: bool, picture: &Picture) -> Settled {
    let known = picture.is_whole(&ListKey::ApiKeys);
    gone(known.then(|| picture.api_key(key).is_some()), late)
}

/// A firewall of this name that was not there before.
pub(in crate::provider) fn firewall_made(name: &str, before: &Before, late: bool, picture: &Picture) -> Settled {
    let made = picture.firewalls().iter().any(|f| !before.ids.contains(&f.id) && f.name == name);
    match (made, late && picture.is_whole(&ListKey::Firewalls)) {
        (true, _) => Settled::Yes,
        (false, true) => Settled::No,
        (false, false) => Settled::NotYet,
    }
}

/// A firewall that has this name, these rules and no others; `otherwise` where it does not.
pub(in crate::provider) fn firewall_has(
    firewall: &ResourceId,
    name: &str,
    rules: &[Rule],
    otherwise: Settled,
    picture: &Picture,
) -> Settled {
    let Some(set) = picture.rules(firewall) else { return Settled::NotYet };
    let named = picture.firewall(firewall).is_none_or(|f| f.name.trim() == name.trim());
    // In meaning: a provider may write a rule otherwise than it was sent.
    if named && rule_edit::same_set(&set.rules, rules) { Settled::Yes } else { otherwise }
}

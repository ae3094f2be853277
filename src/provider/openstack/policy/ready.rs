//! What a fresh read says of a call just before it is sent: the id of the rule that goes and the list that is written to a
//! port come from there, and what is so already is not sent.

use crate::domain::rule_edit::{self, Meaning, means_same};
use crate::domain::{Call, Inventory, ListKey, Phrase, Port, Ready, Ref, ResourceId, RuleSet, text};

pub(super) fn ready(call: &Call, inventory: &Inventory) -> Ready {
    let is_so = match call {
        Call::AddRule { rule, .. } if Meaning::from_rule(rule).is_none() => {
            return Ready::Cannot(text::cannot::rule(rule_edit::write_line(rule)));
        }
        Call::AddRule { firewall: Ref::Known(id), rule } => {
            inventory.rules(id).is_some_and(|set| rule_edit::has(&set.rules, rule))
        }
        Call::RenameFirewall { firewall, name } => {
            inventory.firewall(firewall).is_some_and(|firewall| firewall.name == *name)
        }
        Call::RemoveRule { firewall: Ref::Known(firewall), rule, id } => {
            let found = inventory.rules(firewall).and_then(|set| match id {
                // It was shown so, or sent before: no other is meant.
                Some(id) => set.ids.iter().find(|other| *other == id),
                None => find(set, |other| other == rule).or_else(|| find(set, |other| means_same(other, rule))),
            });
            let Some(id) = found.cloned() else { return Ready::AlreadySo };
            let (firewall, rule) = (Ref::Known(firewall.clone()), rule.clone());
            return Ready::Send(Call::RemoveRule { firewall, rule, id: Some(id) });
        }
        Call::SetPort { instance, port, firewall: Ref::Known(firewall), on, .. } => {
            let Some(port) = open_port(instance, port.as_ref(), firewall, *on, inventory) else {
                return Ready::Cannot(Phrase::new(text::cannot::NO_PORT));
            };
            let firewalls = port.firewalls.iter().filter(|other| *other != firewall).chain(on.then_some(firewall));
            let (instance, firewalls) = (instance.clone(), firewalls.cloned().collect());
            let written = Call::SetPort {
                instance,
                port: Some(port.id.clone()),
                firewall: Ref::Known(firewall.clone()),
                on: *on,
                firewalls,
            };
            return if port.firewalls.contains(firewall) == *on { Ready::AlreadySo } else { Ready::Send(written) };
        }
        _ => false,
    };
    if is_so { Ready::AlreadySo } else { Ready::Send(call.clone()) }
}

fn find(set: &RuleSet, is: impl Fn(&crate::domain::Rule) -> bool) -> Option<&ResourceId> {
    set.ids.get(set.rules.iter().position(is)?)
}

/// The port that is meant, where it is there. Where none was known, the one that there is: of several that are to be
/// written none, since one of them alone would not do.
fn open_port<'a>(
    instance: &ResourceId,
    port: Option<&ResourceId>,
    firewall: &ResourceId,
    on: bool,
    inventory: &'a Inventory,
) -> Option<&'a Port> {
    // A list that was cut may lack the one that is meant.
    let whole = inventory.is_whole(&ListKey::Ports(instance.clone()));
    let ports = inventory.ports(instance).filter(|_| whole)?;
    if let Some(id) = port {
        return ports.iter().find(|port| port.id == *id).map(AsRef::as_ref);
    }
    let mut ports = ports.iter().filter(|port| port.takes_firewalls).map(AsRef::as_ref);
    let first = ports.next()?;
    let mut open = std::iter::once(first).chain(ports).filter(|port| port.firewalls.contains(firewall) != on);
    match (open.next(), open.next()) {
        (None, _) => Some(first),
        (Some(port), None) => Some(port),
        (Some(_), Some(_)) => None,
    }
}

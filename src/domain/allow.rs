//! Rules that let one address in: which there are, which of them was put there from here before, and the rules with
//! another address in its place.

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::domain::action::Action;
use crate::domain::firewall::{Direction, Rule};
use crate::domain::ids::ResourceRef;
use crate::domain::net::reach::{Reach, ReachSource, is_about, ports_of};

/// Who set a rule for the person's own address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnRule {
    /// The command that moves it whenever the address changes.
    Follow,
    AllowMyAddress,
}

/// A rule that lets the person's own address in and that still stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    pub rule: Rule,
    /// Whether it is the only one that can be meant, so that nobody need be asked.
    pub sure: bool,
}

/// The one address that a rule lets in to exactly this TCP port: `/32`, `/128`, or the `/64` of a household.
#[must_use]
pub fn of_one_address(rule: &Rule, port: u16) -> Option<IpNet> {
    if !is_about(rule, port) || ports_of(rule) != [(port, port)] {
        return None;
    }
    match ReachSource::from_rule(rule).as_slice() {
        [ReachSource::Network(net)] if net.prefix_len() == net.max_prefix_len() => Some(*net),
        [ReachSource::Network(net @ IpNet::V6(_))] if net.prefix_len() == 64 => Some(*net),
        _ => None,
    }
}

/// Whether all of a network gets in to a TCP port already.
#[must_use]
pub fn allows(rules: &[Rule], port: u16, network: &IpNet) -> bool {
    Reach::from_rules(rules, port).lets_in(network)
}

/// A network as people write it: an address alone without its length.
#[must_use]
pub fn network_text(network: &IpNet) -> String {
    if network.prefix_len() == network.max_prefix_len() { network.addr().to_string() } else { network.to_string() }
}

/// The rules with `network` let in to a TCP port, in the place of `replaced` or after the others, and where it stands.
/// All other rules stay as they are.
#[must_use]
pub fn with_address(rules: &[Rule], port: u16, network: &IpNet, replaced: Option<&Rule>) -> (Vec<Rule>, usize) {
    let mut rules = rules.to_vec();
    if let Some(at) = replaced.and_then(|replaced| rules.iter().position(|rule| rule == replaced)) {
        // An address with its length is written with its length again.
        let whole = rules[at].source.contains('/');
        rules[at].source = if whole { network.to_string() } else { network_text(network) };
        return (rules, at);
    }
    let at = rules.iter().rposition(|rule| rule.direction == Direction::In).map_or(0, |last| last + 1);
    let new = Rule {
        direction: Direction::In,
        preset: String::new(),
        protocol: "TCP".to_owned(),
        ports: port.to_string(),
        source: network_text(network),
    };
    rules.insert(at, new);
    (rules, at)
}

/// Which of the rules that stand lets the person's own address in, as the changes tell that took effect, oldest first;
/// the newest where there are several. Somebody else's is none of them, also where it names an address that was the
/// person's once: what became of each rule is followed from change to change.
pub fn remembered<'a>(
    changes: impl Iterator<Item = &'a Action>,
    firewall: &ResourceRef,
    port: u16,
    rules: &[Rule],
) -> Option<Remembered> {
    let addresses = |rules: &[Rule]| -> Vec<IpNet> { rules.iter().filter_map(|r| of_one_address(r, port)).collect() };
    let mut own: Vec<(IpNet, OwnRule)> = Vec::new();
    for action in changes {
        let Action::UpdateFirewall { firewall: changed, rules: new, was, own: by, .. } = action else { continue };
        if changed.resource != *firewall {
            continue;
        }
        let (before, after) = (addresses(was), addresses(new));
        own.retain(|(network, _)| before.contains(network) && after.contains(network));
        let added = after.into_iter().filter(|network| !before.contains(network));
        own.extend(by.iter().flat_map(|by| added.clone().map(|network| (network, *by))));
    }
    let standing = |network: &IpNet| rules.iter().find(|rule| of_one_address(rule, port).as_ref() == Some(network));
    let mut found: Vec<(OwnRule, &Rule)> =
        own.iter().rev().filter_map(|(network, by)| Some((*by, standing(network)?))).collect();
    // What follows moves its own rule before any that a person set.
    if found.iter().any(|(by, _)| *by == OwnRule::Follow) {
        found.retain(|(by, _)| *by == OwnRule::Follow);
    }
    let sure = found.len() == 1;
    found.first().map(|(_, rule)| Remembered { rule: (*rule).clone(), sure })
}

#[cfg(test)]
#[path = "allow_tests.rs"]
mod tests;

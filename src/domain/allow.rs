//! Rules that let one address in: which there are, which of them was put there from here before, and the rules with
//! another address in its place.

use ipnet::IpNet;

use super::action::Action;
use super::firewall::{Direction, Rule};
use super::ids::ResourceRef;
use super::reach::{Reach, Source, is_about, ports_of};

/// A rule that an earlier change from here put there and that still stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The rule, as it stands now.
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
    match Source::of(rule).as_slice() {
        [Source::Network(net)] if net.prefix_len() == net.max_prefix_len() => Some(*net),
        [Source::Network(net @ IpNet::V6(_))] if net.prefix_len() == 64 => Some(*net),
        _ => None,
    }
}

/// Whether all of a network gets in to a TCP port already.
#[must_use]
pub fn allows(rules: &[Rule], port: u16, network: &IpNet) -> bool {
    Reach::of(rules, port).lets_in(network)
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

/// Which of the rules that stand was put there by an earlier allow from here, as the changes tell that took effect,
/// oldest first; the newest where there are several. One that took another's place was put there for an address that
/// changes; one that was only added may be somebody else's.
pub fn remembered<'a>(
    changes: impl DoubleEndedIterator<Item = &'a Action>,
    firewall: &ResourceRef,
    port: u16,
    rules: &[Rule],
) -> Option<Remembered> {
    let mut found: Vec<(bool, Remembered)> = Vec::new();
    for action in changes.rev() {
        let Some((network, in_place)) = allowed_by(action, firewall, port) else { continue };
        let standing = rules.iter().find(|rule| of_one_address(rule, port) == Some(network));
        let Some(rule) = standing.filter(|rule| !found.iter().any(|(_, known)| known.rule == **rule)) else { continue };
        found.push((in_place, Remembered { rule: rule.clone(), sure: true }));
    }
    let in_place = found.iter().any(|(in_place, _)| *in_place);
    found.retain(|(is, _)| *is == in_place);
    let sure = found.len() == 1;
    found.into_iter().next().map(|(_, newest)| Remembered { sure, ..newest })
}

/// The address that a change let in, and whether in another's place; `None` where it did anything else.
fn allowed_by(action: &Action, firewall: &ResourceRef, port: u16) -> Option<(IpNet, bool)> {
    let Action::UpdateFirewall { firewall: changed, rules, was, .. } = action else { return None };
    if changed.resource != *firewall {
        return None;
    }
    let new: Vec<&Rule> = rules.iter().filter(|rule| !was.contains(rule)).collect();
    let gone: Vec<&Rule> = was.iter().filter(|rule| !rules.contains(rule)).collect();
    let network = match new.as_slice() {
        [one] => of_one_address(one, port)?,
        _ => return None,
    };
    match gone.as_slice() {
        [] => Some((network, false)),
        [one] => of_one_address(one, port).map(|_| (network, true)),
        _ => None,
    }
}

#[cfg(test)]
#[path = "allow_tests.rs"]
mod tests;

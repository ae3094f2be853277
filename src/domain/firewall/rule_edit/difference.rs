//! What changes from one set of rules to another.

use crate::domain::firewall::rule_edit::line::write_line;
use crate::domain::firewall::rule_edit::meaning::{has, means_same};
use crate::domain::{Direction, Rule};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleChange {
    Added(Rule),
    Removed(Rule),
    /// It stays, as it was written before.
    Kept(Rule),
}

impl RuleChange {
    #[must_use]
    pub const fn rule(&self) -> &Rule {
        match self {
            Self::Added(rule) | Self::Removed(rule) | Self::Kept(rule) => rule,
        }
    }

    /// `+`, `-`, or a blank.
    #[must_use]
    pub const fn sign(&self) -> char {
        match self {
            Self::Added(_) => '+',
            Self::Removed(_) => '-',
            Self::Kept(_) => ' ',
        }
    }
}

/// What changes, in meaning: what stays and what goes in the order it had, then what is new. A rule that stands twice
/// counts twice.
#[must_use]
pub fn difference(old: &[Rule], new: &[Rule]) -> Vec<RuleChange> {
    let mut left: Vec<&Rule> = new.iter().collect();
    let mut changes = Vec::new();
    for rule in old {
        match left.iter().position(|other| means_same(rule, other)) {
            Some(at) => {
                left.remove(at);
                changes.push(RuleChange::Kept(rule.clone()));
            }
            None => changes.push(RuleChange::Removed(rule.clone())),
        }
    }
    changes.extend(left.into_iter().cloned().map(RuleChange::Added));
    changes
}

/// Whether two sets mean the same: a rule that stands twice lets in no more than once.
#[must_use]
pub fn same_set(a: &[Rule], b: &[Rule]) -> bool {
    let within = |some: &[Rule], all: &[Rule]| some.iter().all(|r| has(all, r));
    within(a, b) && within(b, a)
}

/// Whether any rule lets something in. A set that does not shuts its machines off, as far as they have no other.
#[must_use]
pub fn lets_in(rules: &[Rule]) -> bool {
    rules.iter().any(|rule| rule.direction == Direction::In)
}

/// What changes, in one line that is the same in every language: `+ in tcp 22 198.51.100.7, - in tcp 80 any`.
#[must_use]
pub fn told(old: &[Rule], new: &[Rule]) -> String {
    let changed = difference(old, new).into_iter().filter(|change| !matches!(change, RuleChange::Kept(_)));
    changed.map(|c| format!("{} {}", c.sign(), write_line(c.rule()))).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rule(preset: &str, protocol: &str, ports: &str, source: &str) -> Rule {
        let [preset, protocol, ports, source] = [preset, protocol, ports, source].map(str::to_owned);
        Rule { direction: Direction::In, preset, protocol, ports, source }
    }

    #[test]
    fn what_is_written_otherwise_stays_and_what_is_new_comes_last() {
        let old = [rule("HTTP", "TCP", "80", "0.0.0.0"), rule("Custom", "TCP", "22", "198.51.100.7")];
        let new = [rule("", "tcp", "22", "198.51.100.8"), rule("", "tcp", "80", "0.0.0.0/0")];
        let signs: String = difference(&old, &new).iter().map(RuleChange::sign).collect();
        assert_eq!(signs, " -+");
        assert_eq!(told(&old, &new), "- in tcp 22 198.51.100.7, + in tcp 22 198.51.100.8");
        assert!(same_set(&old, &[old[1].clone(), old[0].clone(), old[0].clone()]));
        assert!(!same_set(&old, &new));
    }

    fn any_rule() -> impl Strategy<Value = Rule> {
        let text = |all: &'static [&'static str]| proptest::sample::select(all).prop_map(str::to_owned);
        (
            proptest::bool::ANY,
            text(&["", "HTTP", "Custom", "All TCP", "Odd"]),
            text(&["", "tcp", "TCP", "udp", "icmp", "gre"]),
            text(&["", "22", "22-22", "80", "1-65535", "All Ports", "80,443"]),
            text(&["", "0.0.0.0", "0.0.0.0/0", "192.0.2.1", "192.0.2.1/32", "::", "group:g", "192.0.2.1/24"]),
        )
            .prop_map(|(inward, preset, protocol, ports, source)| Rule {
                direction: if inward { Direction::In } else { Direction::Out },
                preset,
                protocol,
                ports,
                source,
            })
    }

    proptest! {
        /// What was there, less what goes, with what is new, is what is wanted; and nothing changes where both mean
        /// the same.
        #[test]
        fn the_difference_leads_from_one_to_the_other(
            old in proptest::collection::vec(any_rule(), 0..8),
            new in proptest::collection::vec(any_rule(), 0..8),
        ) {
            let changes = difference(&old, &new);
            let of = |wanted: &[char]| -> Vec<Rule> {
                changes.iter().filter(|c| wanted.contains(&c.sign())).map(|c| c.rule().clone()).collect()
            };
            let before = of(&['-', ' ']);
            prop_assert_eq!(&before, &old);
            let after = of(&['+', ' ']);
            prop_assert_eq!(after.len(), new.len());
            prop_assert!(same_set(&after, &new));
            prop_assert!(difference(&old, &old).iter().all(|c| c.sign() == ' '));
            if changes.iter().all(|c| c.sign() == ' ') {
                prop_assert!(same_set(&old, &new));
            }
        }
    }
}

//! What a rule means, in one way of writing it.

use crate::domain::firewall::rule_edit::form::Preset;
use crate::domain::firewall::rule_edit::ports::{Ports, parse_icmp, parse_ports};
use crate::domain::firewall::rule_edit::source::{Source, parse_source};
use crate::domain::{Direction, Rule};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    Any,
    Tcp,
    Udp,
    Icmp,
    Icmp6,
    /// One that has no name here.
    Other(String),
}

impl Protocol {
    /// Reads a protocol as providers and people write it, by name or by its number.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match crate::domain::firewall::rule_edit::plain(text).to_ascii_lowercase().as_str() {
            "" | "any" | "all" | "*" => Self::Any,
            "tcp" | "6" => Self::Tcp,
            "udp" | "17" => Self::Udp,
            "icmp" | "1" => Self::Icmp,
            "icmpv6" | "icmp6" | "ipv6-icmp" | "58" => Self::Icmp6,
            other => Self::Other(other.to_owned()),
        }
    }

    #[must_use]
    pub const fn has_ports(&self) -> bool {
        matches!(self, Self::Tcp | Self::Udp)
    }

    #[must_use]
    pub const fn is_icmp(&self) -> bool {
        matches!(self, Self::Icmp | Self::Icmp6)
    }

    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Any => "any",
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Icmp => "icmp",
            Self::Icmp6 => "icmpv6",
            Self::Other(name) => name,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Meaning {
    pub direction: Direction,
    pub protocol: Protocol,
    pub ports: Ports,
    /// From where, or to where.
    pub source: Source,
}

impl Meaning {
    /// What a rule of a provider means; `None` where it is not understood. Where a preset says it all the other fields
    /// may be empty; where they are not, they count.
    #[must_use]
    pub fn from_rule(rule: &Rule) -> Option<Self> {
        let preset = Preset::by_name(&rule.preset).and_then(Preset::stands_for);
        let given = rule.protocol.trim();
        let protocol = match (&preset, given) {
            (Some((protocol, _)), "") => protocol.clone(),
            _ => Protocol::parse(given),
        };
        let text = rule.ports.trim();
        let ports = match (&preset, text) {
            (Some((_, ports)), "") => *ports,
            (None, "") => Ports::All,
            // Minus one is how Nova and clouds of its kind write any.
            (_, "0-65535" | "-1" | "-1/-1") => Ports::All,
            (_, text) if protocol.is_icmp() => parse_icmp(text).ok()?,
            (_, text) => parse_ports(text).ok()?,
        };
        let source = match rule.source.trim() {
            "" => Source::anywhere(false),
            text => parse_source(text).ok()?,
        };
        // ICMP towards IPv6 addresses is the ICMP of IPv6, whatever it is called.
        let protocol = if protocol == Protocol::Icmp && source.is_v6() { Protocol::Icmp6 } else { protocol };
        Some(Self { direction: rule.direction, protocol, ports, source })
    }
}

/// Whether two rules mean the same. What is not understood is the same only where it is written alike.
#[must_use]
pub fn means_same(a: &Rule, b: &Rule) -> bool {
    match (Meaning::from_rule(a), Meaning::from_rule(b)) {
        (Some(a), Some(b)) => a == b,
        (None, None) => {
            let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
            a.direction == b.direction
                && same(&a.preset, &b.preset)
                && same(&a.protocol, &b.protocol)
                && same(&a.ports, &b.ports)
                && same(&a.source, &b.source)
        }
        _ => false,
    }
}

/// Whether one of these rules means the same.
#[must_use]
pub fn has(rules: &[Rule], rule: &Rule) -> bool {
    rules.iter().any(|other| means_same(other, rule))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule([preset, protocol, ports, source]: [&str; 4]) -> Rule {
        let [preset, protocol, ports, source] = [preset, protocol, ports, source].map(str::to_owned);
        Rule { direction: Direction::In, preset, protocol, ports, source }
    }

    #[rstest::rstest]
    #[case(["HTTP", "TCP", "80", "0.0.0.0"], ["Custom", "tcp", "80", "0.0.0.0/0"])]
    #[case(["HTTPS", "", "", "0.0.0.0"], ["", "tcp", "443-443", ""])]
    #[case(["Custom", "TCP", "22", "198.51.100.7"], ["", "tcp", "22", "198.51.100.7/32"])]
    #[case(["", "tcp", "22", "2001:DB8::7"], ["", "6", "22", "2001:db8:0::7/128"])]
    #[case(["All TCP", "TCP", "All Ports", "0.0.0.0"], ["", "tcp", "", "0.0.0.0/0"])]
    #[case(["All UDP", "UDP", "1-65535", "0.0.0.0"], ["", "udp", "", "0.0.0.0/0"])]
    #[case(["Custom", "ICMP", "", "0.0.0.0"], ["", "icmp", "", "0.0.0.0/0"])]
    #[case(["", "icmp", "", "::/0"], ["", "ipv6-icmp", "", "::"])]
    #[case(["", "icmp", "-1/-1", "0.0.0.0/0"], ["", "icmp", "", "0.0.0.0/0"])]
    #[case(["", "gre", "", "odd"], ["", "GRE", "", "odd "])]
    fn they_mean_the_same(#[case] a: [&str; 4], #[case] b: [&str; 4]) {
        assert!(means_same(&rule(a), &rule(b)));
    }

    #[rstest::rstest]
    #[case(["", "tcp", "22", "0.0.0.0/0"], ["", "tcp", "22", "::/0"])]
    #[case(["", "tcp", "22", "0.0.0.0/0"], ["", "udp", "22", "0.0.0.0/0"])]
    #[case(["", "tcp", "22", "198.51.100.7"], ["", "tcp", "22", "198.51.100.0/24"])]
    #[case(["", "tcp", "22", "group:a"], ["", "tcp", "22", "group:b"])]
    #[case(["", "tcp", "22", "group:a"], ["", "tcp", "22", "group6:a"])]
    #[case(["", "tcp", "22-", "0.0.0.0/0"], ["", "tcp", "22", "0.0.0.0/0"])]
    #[case(["", "tcp", "22", "address-group:a"], ["", "tcp", "22", "0.0.0.0/0"])]
    #[case(["HTTP", "TCP", "8080", "0.0.0.0"], ["HTTP", "TCP", "80", "0.0.0.0"])]
    #[case(["", "tcp", "22", "odd"], ["", "tcp", "22", "0.0.0.0"])]
    fn they_mean_something_else(#[case] a: [&str; 4], #[case] b: [&str; 4]) {
        assert!(!means_same(&rule(a), &rule(b)));
    }
}

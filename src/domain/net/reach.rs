//! Who gets in: what the rules of one or several firewalls mean for one port.

use core::net::IpAddr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::domain::firewall::{Direction, Rule};
use crate::domain::ids::ResourceId;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReachSource {
    Network(IpNet),
    Group(ResourceId),
    /// Something that is none of these; nobody is known to come from there.
    Other(String),
}

/// The sources from which a TCP port of a machine is reached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reach(Vec<ReachSource>);

/// Everybody in one family. `0.0.0.0/0` says nothing of IPv6.
fn everybody() -> [IpNet; 2] {
    [IpNet::V4(Ipv4Net::default()), IpNet::V6(Ipv6Net::default())]
}

impl ReachSource {
    /// All that a rule's source means: an empty one is everybody in both families. Bits beyond a network's length are
    /// not heeded.
    #[must_use]
    pub fn from_rule(rule: &Rule) -> Vec<Self> {
        let text = rule.source.trim();
        if let Some(group) = rule.group() {
            return vec![Self::Group(group)];
        }
        if text.is_empty() {
            return everybody().map(Self::Network).to_vec();
        }
        let network = match text.parse::<IpNet>() {
            Ok(network) => Some(network.trunc()),
            // The unspecified address means anywhere, here and at providers.
            Err(_) => text.parse::<IpAddr>().ok().map(|address| match address {
                any if any.is_unspecified() => everybody()[usize::from(any.is_ipv6())],
                one => IpNet::from(one),
            }),
        };
        vec![network.map_or_else(|| Self::Other(text.to_owned()), Self::Network)]
    }
}

/// Whether a rule is about what comes in to this TCP port.
pub(in crate::domain) fn is_about(rule: &Rule, port: u16) -> bool {
    let protocol = rule.protocol.trim().to_ascii_lowercase();
    let preset = rule.preset.trim().to_ascii_lowercase();
    let is_tcp = match protocol.as_str() {
        "tcp" | "6" => true,
        "" | "any" | "all" => !preset.contains("udp") && !preset.contains("icmp"),
        _ => false,
    };
    rule.direction == Direction::In && is_tcp && ports_of(rule).iter().any(|(from, to)| (*from..=*to).contains(&port))
}

/// The ports of a rule: ranges, both ends included. None that can be read is none at all.
pub(in crate::domain) fn ports_of(rule: &Rule) -> Vec<(u16, u16)> {
    let text = rule.ports.trim().to_ascii_lowercase();
    match text.as_str() {
        "" if rule.preset.trim().eq_ignore_ascii_case("ssh") => return vec![(22, 22)],
        "" | "any" | "all" | "all ports" | "-1" => return vec![(0, u16::MAX)],
        _ => {}
    }
    let number = |part: &str| part.trim().parse::<u16>().ok();
    let range = |part: &str| match part.split_once('-') {
        Some((from, to)) => Some((number(from)?, number(to)?)),
        None => number(part).map(|port| (port, port)),
    };
    text.split(',').filter_map(range).collect()
}

/// Whether a rule may let in to this TCP port, though it cannot be read that far: its ports are written in a way that is
/// not understood. Where such a rule goes, somebody may be shut out; that one stays proves nothing.
#[must_use]
pub fn may_be_about(rule: &Rule, port: u16) -> bool {
    !is_about(rule, port)
        && ports_of(rule).is_empty()
        && is_about(&Rule { ports: port.to_string(), ..rule.clone() }, port)
}

impl Reach {
    /// From everywhere: nothing stands before the machine.
    #[must_use]
    pub fn everywhere() -> Self {
        Self(everybody().map(ReachSource::Network).to_vec())
    }

    /// What rules allow for a TCP port. The rules of all firewalls of a machine add up.
    pub fn from_rules<'a>(rules: impl IntoIterator<Item = &'a Rule>, port: u16) -> Self {
        let mut sources: Vec<ReachSource> = Vec::new();
        for source in rules.into_iter().filter(|rule| is_about(rule, port)).flat_map(ReachSource::from_rule) {
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        Self(sources)
    }

    /// Whether nobody gets in.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn networks(&self) -> impl Iterator<Item = IpNet> {
        self.0.iter().filter_map(|source| match source {
            ReachSource::Network(network) => Some(*network),
            _ => None,
        })
    }

    #[must_use]
    pub fn lets_in(&self, network: &IpNet) -> bool {
        let all: Vec<IpNet> = self.networks().collect();
        // Two halves that both get in are one whole.
        IpNet::aggregate(&all).iter().any(|wide| wide.contains(network))
    }

    /// The sources that get in here and not there.
    #[must_use]
    pub fn without(&self, other: &Self) -> Vec<ReachSource> {
        let is_there = |source: &ReachSource| match source {
            ReachSource::Network(network) => other.lets_in(network),
            // Machines have addresses, too, of which none is known here.
            ReachSource::Group(_) => other.0.contains(source) || everybody().iter().all(|all| other.lets_in(all)),
            ReachSource::Other(_) => other.0.contains(source),
        };
        self.0.iter().filter(|source| !is_there(source)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn rule(preset: &str, protocol: &str, ports: &str, source: &str) -> Rule {
        let [preset, protocol, ports, source] = [preset, protocol, ports, source].map(str::to_owned);
        Rule { direction: Direction::In, preset, protocol, ports, source }
    }

    #[rstest]
    #[case(rule("Custom", "TCP", "22", ""), true)]
    #[case(rule("SSH", "TCP", "22", ""), true)]
    #[case(rule("SSH", "TCP", "", ""), true)]
    #[case(rule("All TCP", "TCP", "All Ports", ""), true)]
    #[case(rule("All TCP", "", "", ""), true)]
    #[case(rule("", "tcp", "20-25", ""), true)]
    #[case(rule("", "tcp", "1-65535", ""), true)]
    #[case(rule("", "", "", ""), true)]
    #[case(rule("", "any", "", ""), true)]
    #[case(rule("", "6", "80, 22", ""), true)]
    #[case(rule("", "tcp", "-1", ""), true)]
    #[case(rule("", "tcp", "22-", ""), false)]
    #[case(rule("", "tcp", "23-80", ""), false)]
    #[case(rule("HTTP", "TCP", "80", ""), false)]
    #[case(rule("", "udp", "22", ""), false)]
    #[case(rule("All UDP", "", "All Ports", ""), false)]
    #[case(rule("", "icmp", "", ""), false)]
    #[case(rule("", "tcp", "ssh", ""), false)]
    #[case(Rule { direction: Direction::Out, ..rule("", "tcp", "22", "") }, false)]
    fn a_rule_is_about_port_22_or_not(#[case] rule: Rule, #[case] expected: bool) {
        assert_eq!(is_about(&rule, 22), expected, "{rule:?}");
    }

    #[rstest]
    #[case("tcp", "20-", true)]
    #[case("tcp", "ssh", true)]
    #[case("tcp", "22", false)]
    #[case("tcp", "80", false)]
    #[case("icmp", "8/-1", false)]
    fn a_rule_that_cannot_be_read_may_be_about_the_port(
        #[case] protocol: &str,
        #[case] ports: &str,
        #[case] expected: bool,
    ) {
        assert_eq!(may_be_about(&rule("", protocol, ports, ""), 22), expected);
    }

    #[rstest]
    #[case(&["203.0.113.9"], "203.0.113.9/32", true)]
    #[case(&["203.0.113.9/32"], "203.0.113.10/32", false)]
    #[case(&["203.0.113.77/24"], "203.0.113.9/32", true)]
    #[case(&["10.0.0.0/9", "10.128.0.0/9"], "10.0.0.0/8", true)]
    #[case(&["10.0.0.0/9"], "10.0.0.0/8", false)]
    #[case(&["0.0.0.0"], "203.0.113.9/32", true)]
    #[case(&["0.0.0.0/0"], "203.0.113.9/32", true)]
    #[case(&["0.0.0.0"], "2001:db8::1/128", false)]
    #[case(&["::"], "2001:db8::1/128", true)]
    #[case(&["2001:db8::/64"], "2001:db8::7/128", true)]
    #[case(&["2001:db8::1"], "2001:db8::/64", false)]
    #[case(&[""], "2001:db8::1/128", true)]
    #[case(&["group:7"], "203.0.113.9/32", false)]
    #[case(&["example.com"], "203.0.113.9/32", false)]
    #[case(&[], "203.0.113.9/32", false)]
    fn a_network_gets_in_or_not(#[case] sources: &[&str], #[case] network: &str, #[case] expected: bool) {
        let rules: Vec<Rule> = sources.iter().map(|source| rule("", "tcp", "22", source)).collect();
        assert_eq!(Reach::from_rules(&rules, 22).lets_in(&network.parse().unwrap()), expected);
    }

    #[test]
    fn what_is_left_out_is_named_as_it_got_in() {
        let reach = |sources: &[&str]| {
            let rules: Vec<Rule> = sources.iter().map(|source| rule("", "tcp", "22", source)).collect();
            Reach::from_rules(&rules, 22)
        };
        assert!(reach(&["198.51.100.7"]).without(&reach(&["198.51.100.0/24"])).is_empty());
        assert!(reach(&["group:7", "::/0"]).without(&Reach::everywhere()).is_empty());
        let gone = reach(&["0.0.0.0", "group:7", "198.51.100.7"]).without(&reach(&["198.51.100.7"]));
        assert_eq!(gone, [ReachSource::Network("0.0.0.0/0".parse().unwrap()), ReachSource::Group("7".into())]);
    }
}

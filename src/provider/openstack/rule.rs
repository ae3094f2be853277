//! Neutron's rules and those of the house, both ways.

use serde_json::{Value, json};

use super::wire::SecurityRule;
use crate::domain::{Direction, Rule};

/// A rule. Null allows all: no protocol is an empty one, no source becomes the network that means anywhere in its
/// family, and another group stands as `group:` and its id. Of ICMP the ports are type and code.
pub(in crate::provider) fn read(sent: &SecurityRule) -> Result<Rule, String> {
    let direction = match sent.direction.as_str() {
        "ingress" => Direction::In,
        "egress" => Direction::Out,
        other => return Err(format!("\"{other}\" is no direction")),
    };
    let (from, to) = (sent.from_port.trim(), sent.to_port.trim());
    let ports = match (from, to) {
        (port, "") | ("", port) => port.to_owned(),
        _ if sent.protocol.to_ascii_lowercase().starts_with("icmp") => format!("{from}/{to}"),
        _ if from == to => from.to_owned(),
        _ => format!("{from}-{to}"),
    };
    let anywhere = if sent.ethertype == "IPv6" { "::/0" } else { "0.0.0.0/0" };
    let source = match (sent.prefix.trim(), sent.group.trim()) {
        ("", "") => anywhere.to_owned(),
        ("", group) => format!("group:{group}"),
        (prefix, _) => prefix.to_owned(),
    };
    Ok(Rule { direction, preset: String::new(), protocol: sent.protocol.clone(), ports, source })
}

/// What a rule allows, in one way of writing it, so that two can be compared and one can be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::provider) struct Allowed {
    direction: Direction,
    is_v6: bool,
    protocol: Option<String>,
    ports: Option<(u16, Option<u16>)>,
    prefix: Option<String>,
    group: Option<String>,
}

impl Allowed {
    /// What a rule allows.
    ///
    /// # Errors
    /// A sentence that says what in it cannot be sent.
    pub(in crate::provider) fn of(rule: &Rule) -> Result<Self, String> {
        let source = rule.source.trim();
        let group = source.strip_prefix("group:").map(str::to_owned);
        let protocol = match rule.protocol.trim().to_ascii_lowercase() {
            any if matches!(any.as_str(), "" | "any" | "all") => None,
            protocol => Some(protocol),
        };
        // A single address and its network of one are the same.
        let whole = if source.contains(':') { "/128" } else { "/32" };
        let prefix = (group.is_none() && !rule.is_from_anywhere())
            .then(|| source.strip_suffix(whole).unwrap_or(source).to_owned());
        Ok(Self {
            direction: rule.direction,
            is_v6: group.is_none() && source.contains(':'),
            ports: ports(rule)?,
            protocol,
            prefix,
            group,
        })
    }

    /// Whether it is about what goes out.
    pub(in crate::provider) fn is_outward(&self) -> bool {
        self.direction == Direction::Out
    }

    /// What a new group allows by itself: everything outward, in both families.
    pub(in crate::provider) fn is_all_outward(&self) -> bool {
        let is_narrow =
            self.protocol.is_some() || self.ports.is_some() || self.prefix.is_some() || self.group.is_some();
        self.direction == Direction::Out && !is_narrow
    }

    /// The body that adds it to a group.
    pub(in crate::provider) fn body(&self, group: &str) -> Value {
        let mut rule = json!({
            "security_group_id": group,
            "direction": if self.direction == Direction::In { "ingress" } else { "egress" },
            "ethertype": if self.is_v6 { "IPv6" } else { "IPv4" },
        });
        if let Some(protocol) = &self.protocol {
            rule["protocol"] = json!(protocol);
        }
        if let Some((from, to)) = self.ports {
            rule["port_range_min"] = json!(from);
            if let Some(to) = to {
                rule["port_range_max"] = json!(to);
            }
        }
        if let Some(prefix) = &self.prefix {
            rule["remote_ip_prefix"] = json!(prefix);
        }
        if let Some(group) = &self.group {
            rule["remote_group_id"] = json!(group);
        }
        json!({"security_group_rule": rule})
    }
}

/// `22`, `8000-8010`, `8/0` of ICMP, or none. A single port is a range of one; a type of ICMP without a code is not.
fn ports(rule: &Rule) -> Result<Option<(u16, Option<u16>)>, String> {
    let text = rule.ports.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let number = |part: &str| part.trim().parse::<u16>().map_err(|_| format!("\"{text}\" are no ports"));
    let is_icmp = rule.protocol.trim().to_ascii_lowercase().starts_with("icmp");
    Ok(Some(match text.split_once(if is_icmp { '/' } else { '-' }) {
        Some((from, to)) => (number(from)?, Some(number(to)?)),
        None if is_icmp => (number(text)?, None),
        None => (number(text)?, Some(number(text)?)),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(protocol: &str, ports: &str, source: &str) -> Rule {
        let [protocol, ports, source] = [protocol, ports, source].map(str::to_owned);
        Rule { direction: Direction::In, preset: String::new(), protocol, ports, source }
    }

    #[rstest::rstest]
    #[case(
        rule("TCP", "22", "0.0.0.0"),
        r#"{"direction":"ingress","ethertype":"IPv4","port_range_max":22,"port_range_min":22,"protocol":"tcp"}"#
    )]
    #[case(rule("udp", "1-9", "2001:db8::/32"), r#"{"direction":"ingress","ethertype":"IPv6","port_range_max":9,"port_range_min":1,"protocol":"udp","remote_ip_prefix":"2001:db8::/32"}"#)]
    #[case(
        rule("icmp", "8", "group:g2"),
        r#"{"direction":"ingress","ethertype":"IPv4","port_range_min":8,"protocol":"icmp","remote_group_id":"g2"}"#
    )]
    #[case(rule("any", "", "::/0"), r#"{"direction":"ingress","ethertype":"IPv6"}"#)]
    fn a_rule_is_sent_as_neutron_takes_it(#[case] rule: Rule, #[case] expected: &str) {
        let mut sent = Allowed::of(&rule).unwrap().body("g")["security_group_rule"].clone();
        assert_eq!(sent.as_object_mut().unwrap().remove("security_group_id"), Some(json!("g")));
        assert_eq!(sent, serde_json::from_str::<Value>(expected).unwrap());
    }

    #[test]
    fn what_means_the_same_is_the_same_and_what_is_no_port_is_refused() {
        let same = |a: Rule, b: Rule| assert_eq!(Allowed::of(&a), Allowed::of(&b));
        same(rule("TCP", "22", ""), rule("tcp", "22-22", "0.0.0.0/0"));
        same(rule("tcp", "22", "192.0.2.1"), rule("tcp", "22", "192.0.2.1/32"));
        assert!(Allowed::of(&rule("tcp", "http", "")).is_err());
        assert!(Allowed::of(&rule("tcp", "70000", "")).is_err());
    }

    fn sent(direction: &str, ethertype: &str, protocol: &str, ports: [&str; 2], from: [&str; 2]) -> SecurityRule {
        let [from_port, to_port] = ports.map(str::to_owned);
        let [prefix, group] = from.map(str::to_owned);
        let (direction, ethertype, protocol) = (direction.to_owned(), ethertype.to_owned(), protocol.to_owned());
        SecurityRule { id: String::new(), direction, ethertype, protocol, from_port, to_port, prefix, group }
    }

    #[rstest::rstest]
    #[case(sent("egress", "IPv6", "", ["", ""], ["", ""]), "", "", "::/0")]
    #[case(sent("ingress", "IPv4", "tcp", ["22", "22"], ["", ""]), "tcp", "22", "0.0.0.0/0")]
    #[case(sent("ingress", "IPv4", "tcp", ["8000", "8010"], ["10.0.0.0/8", ""]), "tcp", "8000-8010", "10.0.0.0/8")]
    #[case(sent("ingress", "IPv4", "icmp", ["8", "0"], ["", ""]), "icmp", "8/0", "0.0.0.0/0")]
    #[case(sent("ingress", "IPv4", "icmp", ["8", ""], ["", "g"]), "icmp", "8", "group:g")]
    fn a_rule_is_read(#[case] sent: SecurityRule, #[case] protocol: &str, #[case] ports: &str, #[case] source: &str) {
        let rule = read(&sent).unwrap();
        assert_eq!((rule.protocol.as_str(), rule.ports.as_str(), rule.source.as_str()), (protocol, ports, source));
    }

    #[test]
    fn an_unknown_direction_fails() {
        assert!(read(&sent("sideways", "IPv4", "tcp", ["1", "1"], ["", ""])).is_err());
    }
}

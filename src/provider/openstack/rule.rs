//! Neutron's rules and those of the house, both ways.

use serde_json::{Value, json};

use super::wire::SecurityRuleRecord;
use crate::domain::rule_edit::{Meaning, Ports, Protocol, Source, has, means_same};
use crate::domain::{Direction, Rule};

/// A rule, so that nothing of it is lost. Null allows all: no protocol is an empty one, no source becomes the network
/// that means anywhere in its family. Another group stands as `group:` or `group6:` and its id, and what is not known
/// here stands as it was sent: such a rule is shown and kept, and never taken for a wider or a narrower one. Of ICMP the
/// ports are type and code.
pub(in crate::provider) fn read(sent: &SecurityRuleRecord) -> Result<Rule, String> {
    let direction = match sent.direction.as_str() {
        "ingress" => Direction::In,
        "egress" => Direction::Out,
        other => return Err(format!("\"{other}\" is no direction")),
    };
    let (from, to) = (sent.from_port.trim(), sent.to_port.trim());
    let ports = match (from, to) {
        ("", "") => String::new(),
        (kind, "") if Protocol::parse(&sent.protocol).is_icmp() => kind.to_owned(),
        _ if Protocol::parse(&sent.protocol).is_icmp() => format!("{from}/{to}"),
        _ if from == to => from.to_owned(),
        // Also where one end is open.
        _ => format!("{from}-{to}"),
    };
    let protocol = sent.protocol.trim().to_owned();
    Ok(Rule { direction, preset: String::new(), protocol, ports, source: source(sent) })
}

/// Where a rule lets in from: all that narrows it, one beside the other.
fn source(sent: &SecurityRuleRecord) -> String {
    let (prefix, group) = (sent.prefix.trim(), sent.group.trim());
    let is_v6 = sent.ethertype.eq_ignore_ascii_case("IPv6");
    let mut all: Vec<String> = Vec::new();
    let is_known_family = is_v6 || matches!(sent.ethertype.as_str(), "" | "IPv4");
    if !is_known_family || (!prefix.is_empty() && !sent.ethertype.is_empty() && prefix.contains(':') != is_v6) {
        all.push(sent.ethertype.clone());
    }
    if !prefix.is_empty() {
        all.push(prefix.to_owned());
    }
    if !group.is_empty() {
        all.push(format!("{}{group}", Source::group_prefix(is_v6)));
    }
    all.extend(sent.others.iter().filter_map(|(key, value)| narrowing(key, value)));
    if all.is_empty() {
        return Source::anywhere(is_v6).to_string();
    }
    all.join(" ")
}

/// What a field that is not known here narrows a rule to: Neutron's own begin with `remote_`, and by their direction
/// one may come that is called otherwise. `address-group:` and its id for a group of addresses.
fn narrowing(key: &str, value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    };
    let narrows = ["remote_", "local_", "source_", "destination_"].iter().any(|begin| key.starts_with(begin));
    (narrows && !text.is_empty()).then(|| match key {
        "remote_address_group_id" => format!("address-group:{text}"),
        other => format!("{other}:{text}"),
    })
}

/// The request that gives a group a rule; `None` where nothing is known to say what the rule means.
pub(in crate::provider) fn body(rule: &Rule, group: &str) -> Option<Value> {
    let Meaning { direction, protocol, ports, source } = Meaning::from_rule(rule)?;
    let mut rule = json!({
        "security_group_id": group,
        "direction": if direction == Direction::In { "ingress" } else { "egress" },
        "ethertype": if source.is_v6() { "IPv6" } else { "IPv4" },
    });
    if protocol != Protocol::Any {
        rule["protocol"] = json!(protocol.name());
    }
    let (from, to) = match ports {
        Ports::All => (None, None),
        Ports::Range(first, last) => (Some(first), Some(last)),
        // A type without a code is every code of it.
        Ports::Icmp(kind, code) => (Some(u16::from(kind)), code.map(u16::from)),
    };
    for (key, port) in [("port_range_min", from), ("port_range_max", to)] {
        if let Some(port) = port {
            rule[key] = json!(port);
        }
    }
    match source {
        Source::Group { id, .. } => rule["remote_group_id"] = json!(id.as_str()),
        source if source.is_anywhere() => {}
        source => rule["remote_ip_prefix"] = json!(source.to_string()),
    }
    Some(json!({"security_group_rule": rule}))
}

/// What leads from the rules that a group has to those that are wanted, one for one: what is new, and what goes. What is
/// written alike stays before what means the same, and what stays is not sent, so that it need not be understood.
pub(in crate::provider) fn change(there: &[Rule], wanted: &[Rule]) -> (Vec<Rule>, Vec<Rule>) {
    let mut gone: Vec<Rule> = there.to_vec();
    let mut stays = |rule: &Rule, is: fn(&Rule, &Rule) -> bool| {
        let at = gone.iter().position(|old| is(old, rule));
        at.map(|at| gone.remove(at)).is_some()
    };
    let open: Vec<&Rule> = wanted.iter().filter(|rule| !stays(rule, |old, rule| old == rule)).collect();
    let open: Vec<&Rule> = open.into_iter().filter(|rule| !stays(rule, means_same)).collect();
    let mut new: Vec<Rule> = Vec::new();
    for rule in open {
        if !has(&new, rule) {
            new.push(rule.clone());
        }
    }
    (new, gone)
}

/// What a new group allows by itself: everything outward, in both families.
pub(in crate::provider) fn all_outward() -> [Rule; 2] {
    [false, true].map(|is_v6| Rule {
        direction: Direction::Out,
        preset: String::new(),
        protocol: String::new(),
        ports: String::new(),
        source: Source::anywhere(is_v6).to_string(),
    })
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
        let mut sent = body(&rule, "g").unwrap()["security_group_rule"].clone();
        assert_eq!(sent.as_object_mut().unwrap().remove("security_group_id"), Some(json!("g")));
        assert_eq!(sent, serde_json::from_str::<Value>(expected).unwrap());
    }

    #[test]
    fn what_means_the_same_is_the_same_and_what_is_no_port_is_refused() {
        let same = |a: Rule, b: Rule| assert_eq!(body(&a, "g"), body(&b, "g"));
        same(rule("TCP", "22", ""), rule("tcp", "22-22", "0.0.0.0/0"));
        same(rule("tcp", "22", "192.0.2.1"), rule("tcp", "22", "192.0.2.1/32"));
        same(rule("icmp", "-1/-1", ""), rule("icmp", "", "0.0.0.0/0"));
        let odd = [("http", ""), ("70000", ""), ("22-", ""), ("22", "address-group:a"), ("22", "IPv6 192.0.2.1")];
        for (ports, source) in odd {
            assert_eq!(body(&rule("tcp", ports, source), "g"), None, "{ports} {source}");
        }
    }

    fn sent(direction: &str, ethertype: &str, protocol: &str, ports: [&str; 2], from: [&str; 2]) -> SecurityRuleRecord {
        let [from_port, to_port] = ports.map(str::to_owned);
        let [prefix, group] = from.map(str::to_owned);
        let (direction, ethertype, protocol) = (direction.to_owned(), ethertype.to_owned(), protocol.to_owned());
        SecurityRuleRecord {
            direction,
            ethertype,
            protocol,
            from_port,
            to_port,
            prefix,
            group,
            ..SecurityRuleRecord::default()
        }
    }

    /// A rule as it came, with fields of a later version.
    fn came(json: &str) -> SecurityRuleRecord {
        serde_json::from_str(json).unwrap()
    }

    #[rstest::rstest]
    #[case(sent("egress", "IPv6", "", ["", ""], ["", ""]), "", "", "::/0")]
    #[case(sent("ingress", "IPv4", "tcp", ["22", "22"], ["", ""]), "tcp", "22", "0.0.0.0/0")]
    #[case(sent("ingress", "IPv4", "tcp", ["8000", "8010"], ["10.0.0.0/8", ""]), "tcp", "8000-8010", "10.0.0.0/8")]
    #[case(sent("ingress", "IPv4", "icmp", ["8", "0"], ["", ""]), "icmp", "8/0", "0.0.0.0/0")]
    #[case(sent("ingress", "IPv4", "icmp", ["8", ""], ["", "g"]), "icmp", "8", "group:g")]
    #[case(sent("ingress", "IPv6", "", ["", ""], ["", "g"]), "", "", "group6:g")]
    #[case(sent("ingress", "IPv4", "icmp", ["-1", "-1"], ["", ""]), "icmp", "-1/-1", "0.0.0.0/0")]
    #[case(sent("ingress", "IPv4", "tcp", ["-1", "-1"], ["", ""]), "tcp", "-1", "0.0.0.0/0")]
    #[case(sent("ingress", "IPv4", "tcp", ["22", ""], ["", ""]), "tcp", "22-", "0.0.0.0/0")]
    #[case(sent("ingress", "IPv4", "tcp", ["", "22"], ["", ""]), "tcp", "-22", "0.0.0.0/0")]
    #[case(sent("ingress", "IPv6", "ipv6-icmp", ["128", "0"], ["", ""]), "ipv6-icmp", "128/0", "::/0")]
    #[case(sent("egress", "IPv4", "132", ["5000", "5010"], ["", ""]), "132", "5000-5010", "0.0.0.0/0")]
    #[case(sent("ingress", "IPv6", "tcp", ["22", "22"], ["192.0.2.1", ""]), "tcp", "22", "IPv6 192.0.2.1")]
    #[case(sent("ingress", "0x4008", "", ["", ""], ["", ""]), "", "", "0x4008")]
    #[case(sent("ingress", "IPv4", "tcp", ["22", "22"], ["192.0.2.1", "g"]), "tcp", "22", "192.0.2.1 group:g")]
    fn a_rule_is_read(
        #[case] sent: SecurityRuleRecord,
        #[case] protocol: &str,
        #[case] ports: &str,
        #[case] source: &str,
    ) {
        let rule = read(&sent).unwrap();
        assert_eq!((rule.protocol.as_str(), rule.ports.as_str(), rule.source.as_str()), (protocol, ports, source));
    }

    #[rstest::rstest]
    #[case(r#"{"remote_address_group_id":"a1"}"#, "address-group:a1")]
    #[case(r#"{"remote_address_group_id":null,"normalized_cidr":null,"tags":[],"revision_number":1}"#, "0.0.0.0/0")]
    #[case(r#"{"remote_service_id":7}"#, "remote_service_id:7")]
    #[case(
        r#"{"remote_ip_prefix":"192.0.2.1","local_ip_prefix":"10.0.0.0/8"}"#,
        "192.0.2.1 local_ip_prefix:10.0.0.0/8"
    )]
    fn what_narrows_a_rule_is_never_taken_for_anywhere(#[case] fields: &str, #[case] source: &str) {
        let json = format!(r#"{{"direction":"ingress","ethertype":"IPv4","protocol":"tcp",{}"#, &fields[1..]);
        let rule = read(&came(&json)).unwrap();
        assert_eq!(rule.source, source);
        assert_eq!(rule.is_from_anywhere(), source == "0.0.0.0/0");
    }

    fn there() -> Vec<SecurityRuleRecord> {
        let mut all = vec![
            sent("egress", "IPv4", "", ["", ""], ["", ""]),
            sent("ingress", "IPv4", "icmp", ["-1", "-1"], ["", ""]),
            sent("ingress", "IPv4", "tcp", ["22", ""], ["", ""]),
            sent("ingress", "IPv4", "47", ["", ""], ["", "g"]),
            sent("ingress", "IPv4", "tcp", ["1", "65535"], ["", ""]),
            sent("ingress", "IPv4", "tcp", ["", ""], ["", ""]),
            sent("sideways", "IPv4", "tcp", ["", ""], ["", ""]),
        ];
        all.iter_mut().enumerate().for_each(|(n, rule)| rule.id = format!("r{n}"));
        all
    }

    #[test]
    fn a_rule_that_is_not_understood_stays_where_it_is_wanted_and_goes_where_it_is_not() {
        let was: Vec<Rule> = there().iter().filter_map(|sent| read(sent).ok()).collect();
        assert_eq!(change(&was, &was), (vec![], vec![]));
        let new = rule("tcp", "443", "");
        assert_eq!(change(&was, &[&was[..], std::slice::from_ref(&new)].concat()), (vec![new], vec![]));
        for n in 0..was.len() {
            let rest: Vec<Rule> = was.iter().enumerate().filter(|(at, _)| *at != n).map(|(_, r)| r.clone()).collect();
            let gone = vec![was[n].clone()];
            assert_eq!(change(&was, &rest), (vec![], gone), "one for one, also of those that mean the same");
        }
    }

    #[test]
    fn what_is_new_is_added_once_however_often_it_is_written() {
        let twice = [rule("tcp", "22", "192.0.2.1"), rule("TCP", "22-22", "192.0.2.1/32")];
        assert_eq!(change(&[], &twice), (vec![twice[0].clone()], vec![]));
    }

    #[test]
    fn an_unknown_direction_fails() {
        assert!(read(&sent("sideways", "IPv4", "tcp", ["1", "1"], ["", ""])).is_err());
    }
}

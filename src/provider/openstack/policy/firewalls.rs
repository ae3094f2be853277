//! What rules are made of here: Neutron's. There are no presets on the wire, and a source of each family is a rule of
//! its own; an equal rule is refused (409).

use crate::domain::Rule;
use crate::domain::rule_edit::{Meaning, Ports, RuleForm};

pub(super) fn form() -> RuleForm {
    RuleForm { directions: ["ingress", "egress"], ..RuleForm::default() }
}

/// A rule as it is read back: protocols in small letters, no preset, anybody as a network.
pub(super) fn as_taken(rule: &Rule) -> Rule {
    let Some(meaning) = Meaning::from_rule(rule) else { return rule.clone() };
    let protocol = match meaning.protocol.name() {
        "any" => String::new(),
        name => name.to_owned(),
    };
    let ports = if meaning.ports == Ports::All { String::new() } else { meaning.ports.to_string() };
    let source = match &meaning.source {
        source if source.is_anywhere() => source.to_string(),
        _ => rule.source.trim().to_owned(),
    };
    Rule { direction: rule.direction, preset: String::new(), protocol, ports, source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rule_edit::{means_same, parse_line};

    #[rstest::rstest]
    #[case("http any", ["", "tcp", "80", "0.0.0.0/0"])]
    #[case("ssh 2001:db8::/32", ["", "tcp", "22", "2001:db8::/32"])]
    #[case("all udp any6", ["", "udp", "", "::/0"])]
    #[case("icmp 8/0 any", ["", "icmp", "8/0", "0.0.0.0/0"])]
    #[case("out any any", ["", "", "", "0.0.0.0/0"])]
    #[case("ssh group:web", ["", "tcp", "22", "group:g1"])]
    fn a_rule_is_sent_as_it_is_read_back(#[case] line: &str, #[case] told: [&str; 4]) {
        let rule = parse_line(line).unwrap().check(&form(), &[("g1".into(), "web".to_owned())]).unwrap();
        let sent = as_taken(&rule);
        assert_eq!([&sent.preset, &sent.protocol, &sent.ports, &sent.source], told);
        assert!(means_same(&rule, &sent));
    }
}

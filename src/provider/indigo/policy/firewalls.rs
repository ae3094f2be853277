//! What rules are made of here. Seen in public clients and recordings: the types `HTTP`, `HTTPS`, `Custom`, `All TCP`
//! and `All UDP`; a port, a range, or `All Ports`; ICMP with no port; a plain address, a network, `0.0.0.0` for anybody.
//! Whether other types, IPv6 sources or lists of ports are taken was seen by nobody.

use crate::domain::Rule;
use crate::domain::rule_edit::{Meaning, Ports, Preset, Protocol, RuleForm};

pub(super) fn form() -> RuleForm {
    RuleForm {
        presets: Preset::ALL.into_iter().filter(|preset| *preset != Preset::All).collect(),
        protocols: vec![Protocol::Tcp, Protocol::Udp, Protocol::Icmp],
        directions: ["in", "out"],
        ipv6: false,
        groups: false,
        icmp_types: false,
        names_instances: true,
        ..RuleForm::default()
    }
}

/// A rule in the words that were seen to be taken: SSH is no type that was, so it is sent as the port it stands for.
pub(super) fn as_taken(rule: &Rule) -> Rule {
    let Some(meaning) = Meaning::from_rule(rule) else { return rule.clone() };
    let all = meaning.ports == Ports::All;
    let preset = match Preset::standing_for(&meaning.protocol, meaning.ports) {
        preset @ (Preset::Http | Preset::Https | Preset::AllTcp | Preset::AllUdp) => preset,
        _ => Preset::Custom,
    };
    let ports = match meaning.ports {
        Ports::All if meaning.protocol.has_ports() => "All Ports".to_owned(),
        _ if all => String::new(),
        ports => ports.to_string(),
    };
    let source = match &meaning.source {
        source if source.is_anywhere() && !source.is_v6() => "0.0.0.0".to_owned(),
        _ => rule.source.trim().to_owned(),
    };
    let protocol = match meaning.protocol {
        Protocol::Icmp6 => "ICMP".to_owned(),
        protocol => protocol.name().to_uppercase(),
    };
    Rule { direction: rule.direction, preset: preset.name().to_owned(), protocol, ports, source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rule_edit::{means_same, parse_line};

    #[rstest::rstest]
    #[case("http any", ["HTTP", "TCP", "80", "0.0.0.0"])]
    #[case("https 198.51.100.0/24", ["HTTPS", "TCP", "443", "198.51.100.0/24"])]
    #[case("ssh 198.51.100.7", ["Custom", "TCP", "22", "198.51.100.7"])]
    #[case("udp 8000-8010 198.51.100.7/32", ["Custom", "UDP", "8000-8010", "198.51.100.7/32"])]
    #[case("all tcp any", ["All TCP", "TCP", "All Ports", "0.0.0.0"])]
    #[case("icmp any", ["Custom", "ICMP", "", "0.0.0.0"])]
    #[case("tcp 22 any6", ["Custom", "TCP", "22", "::/0"])]
    fn a_rule_is_sent_in_words_that_were_seen(#[case] line: &str, #[case] told: [&str; 4]) {
        let rule = parse_line(line).unwrap().check(&form(), &[]).unwrap();
        let sent = as_taken(&rule);
        assert_eq!([&sent.preset, &sent.protocol, &sent.ports, &sent.source], told);
        assert!(means_same(&rule, &sent));
    }

    #[rstest::rstest]
    #[case("any any", "rule.protocol_none")]
    #[case("icmp 8/0 any", "rule.ICMP_NONE")]
    #[case("ssh group:web", "rule.GROUPS_NONE")]
    fn what_nobody_saw_taken_is_not_offered(#[case] line: &str, #[case] key: &str) {
        assert_eq!(parse_line(line).unwrap().check(&form(), &[]).unwrap_err().what.text.name(), key);
    }
}

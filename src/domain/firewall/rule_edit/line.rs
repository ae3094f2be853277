//! A rule in one line: `in tcp 22 198.51.100.7`, `http any`, `out udp 53 any`, `icmp any`.

use crate::domain::firewall::rule_edit::form::Preset;
use crate::domain::firewall::rule_edit::meaning::{Meaning, Protocol};
use crate::domain::firewall::rule_edit::ports::Ports;
use crate::domain::firewall::rule_edit::typed::Typed;
use crate::domain::{Direction, Phrase, Rule, text};

/// A rule in one line that [`parse_line`] reads.
#[must_use]
pub fn write_line(rule: &Rule) -> String {
    let direction = if rule.direction == Direction::In { "in" } else { "out" };
    let Some(meaning) = Meaning::from_rule(rule) else {
        let all = [direction, &rule.preset, &rule.protocol, &rule.ports, &rule.source];
        return all.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    };
    let ports = match meaning.ports {
        Ports::All if !meaning.protocol.has_ports() => String::new(),
        ports => format!(" {ports}"),
    };
    let source = match &meaning.source {
        source if source.is_anywhere() => if source.is_v6() { "any6" } else { "any" }.to_owned(),
        source => source.to_string(),
    };
    format!("{direction} {}{ports} {source}", meaning.protocol.name())
}

/// Reads a rule: a direction where it is not inward, a preset or a protocol with its ports, and a source.
///
/// # Errors
/// What is missing, as a phrase. What the words themselves are worth [`Typed::check`] says.
pub fn parse_line(text: &str) -> Result<Typed, Phrase> {
    let text = crate::domain::firewall::rule_edit::plain(text);
    let mut words = text.split_whitespace().peekable();
    let mut typed = Typed::default();
    let small = |word: &str| word.to_ascii_lowercase();
    match words.peek().map(|word| small(word)).as_deref() {
        Some("in" | "ingress" | "inbound") => drop(words.next()),
        Some("out" | "egress" | "outbound") => {
            typed.direction = Direction::Out;
            words.next();
        }
        _ => {}
    }
    let odd = || text::rule::line(text.as_str());
    let first = words.next().ok_or_else(odd)?;
    let left = words.clone().count();
    match (small(first).as_str(), words.peek().map(|word| small(word)).as_deref()) {
        ("all", Some(second @ ("tcp" | "udp"))) => {
            typed.choose(if second == "tcp" { Preset::AllTcp } else { Preset::AllUdp });
            words.next();
        }
        ("tcp" | "udp", _) => {
            typed.protocol = Protocol::parse(first);
            typed.ports = words.next().ok_or_else(odd)?.to_owned();
            typed.find_preset();
        }
        ("icmp" | "icmpv6", Some(second)) => {
            typed.speak(Protocol::parse(first));
            if left > 1 && !matches!(second, "from" | "to") {
                typed.ports = second.to_owned();
                words.next();
                typed.find_preset();
            }
        }
        ("any", _) => typed.choose(Preset::All),
        (name, _) => match Preset::by_name(name) {
            Some(preset) if preset != Preset::Custom => typed.choose(preset),
            _ => return Err(odd()),
        },
    }
    if words.peek().is_some_and(|word| matches!(small(word).as_str(), "from" | "to")) {
        words.next();
    }
    typed.source = words.next().ok_or_else(|| Phrase::new(text::rule::SOURCE_MISSING))?.to_owned();
    match words.next() {
        // A name may have blanks.
        Some(more) if ["group:", "group6:"].iter().any(|group| typed.source.starts_with(group)) => {
            for word in std::iter::once(more).chain(words) {
                typed.source.push(' ');
                typed.source.push_str(word);
            }
            Ok(typed)
        }
        Some(_) => Err(odd()),
        None => Ok(typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::firewall::rule_edit::form::RuleForm;

    #[rstest::rstest]
    #[case("tcp 22 198.51.100.7", "in tcp 22 198.51.100.7")]
    #[case("in TCP 22 198.51.100.7/32", "in tcp 22 198.51.100.7")]
    #[case("http any", "in tcp 80 any")]
    #[case("ssh from 2001:db8::/64", "in tcp 22 2001:db8::/64")]
    #[case("all-tcp any6", "in tcp all any6")]
    #[case("all udp to any", "in udp all any")]
    #[case("out udp 53 any", "out udp 53 any")]
    #[case("icmp any", "in icmp any")]
    #[case("icmp 8/0 any", "in icmp 8/0 any")]
    #[case("egress all any", "out any any")]
    fn a_line_is_read_and_written(#[case] text: &str, #[case] told: &str) {
        let rule = parse_line(text).unwrap().check(&RuleForm::default(), &[]).unwrap();
        assert_eq!(write_line(&rule), told);
        let again = parse_line(told).unwrap().check(&RuleForm::default(), &[]).unwrap();
        assert!(crate::domain::firewall::rule_edit::means_same(&rule, &again));
    }

    #[rstest::rstest]
    #[case("", "rule.line")]
    #[case("in", "rule.line")]
    #[case("tcp", "rule.line")]
    #[case("tcp 22", "rule.SOURCE_MISSING")]
    #[case("http", "rule.SOURCE_MISSING")]
    #[case("ftp any", "rule.line")]
    #[case("tcp 22 any more", "rule.line")]
    fn what_is_missing_is_said(#[case] text: &str, #[case] key: &str) {
        assert_eq!(parse_line(text).unwrap_err().text.name(), key);
    }
}

//! The ports of a rule, or type and code of ICMP.

use crate::domain::firewall::rule_edit::plain;
use crate::domain::{Phrase, text};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ports {
    /// All of them, or every type of ICMP.
    All,
    /// From the first to the last; of one port both are the same.
    Range(u16, u16),
    /// Of ICMP: the type, and the code where one is meant.
    Icmp(u8, Option<u8>),
}

impl Ports {
    #[must_use]
    pub const fn holds(&self, port: u16) -> bool {
        match self {
            Self::All => true,
            Self::Range(first, last) => *first <= port && port <= *last,
            Self::Icmp(..) => false,
        }
    }
}

impl std::fmt::Display for Ports {
    /// `all`, `22`, `8000-8010`, `8/0`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Range(first, last) if first == last => write!(f, "{first}"),
            Self::Range(first, last) => write!(f, "{first}-{last}"),
            Self::Icmp(kind, None) => write!(f, "{kind}"),
            Self::Icmp(kind, Some(code)) => write!(f, "{kind}/{code}"),
        }
    }
}

/// Reads the ports of TCP or UDP: one, a range, or `all`. All that there are mean `all`.
///
/// # Errors
/// What is wrong with them, as a phrase.
pub fn parse_ports(text: &str) -> Result<Ports, Phrase> {
    let text = plain(text).to_ascii_lowercase();
    match text.as_str() {
        "" => return Err(Phrase::new(text::rule::PORT_MISSING)),
        "all" | "any" | "*" | "all ports" => return Ok(Ports::All),
        _ => {}
    }
    if text.contains(',') || text.split_whitespace().count() > 1 && !text.contains('-') {
        return Err(Phrase::new(text::rule::PORT_LIST));
    }
    let (first, last) = match text.split_once('-').or_else(|| text.split_once(':')) {
        Some((first, last)) => (number(first, &text)?, number(last, &text)?),
        None => {
            let one = number(&text, &text)?;
            (one, one)
        }
    };
    if first > last {
        return Err(text::rule::port_reversed(text.as_str(), format!("{last}-{first}")));
    }
    Ok(if (first, last) == (1, u16::MAX) { Ports::All } else { Ports::Range(first, last) })
}

/// Reads type and code of ICMP: `8`, `8/0`, or nothing for all.
///
/// # Errors
/// What is wrong with it, as a phrase.
pub(super) fn parse_icmp(text: &str) -> Result<Ports, Phrase> {
    let text = plain(text).to_ascii_lowercase();
    if matches!(text.as_str(), "" | "all" | "any" | "*" | "-") {
        return Ok(Ports::All);
    }
    let byte = |part: &str| part.trim().parse::<u8>().map_err(|_| text::rule::icmp(text.as_str()));
    Ok(match text.split_once('/') {
        Some((kind, code)) => Ports::Icmp(byte(kind)?, Some(byte(code)?)),
        None => Ports::Icmp(byte(&text)?, None),
    })
}

fn number(part: &str, whole: &str) -> Result<u16, Phrase> {
    let part = part.trim();
    if part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit()) {
        return Err(text::rule::port_none(whole));
    }
    match part.parse::<u16>() {
        Ok(0) => Err(Phrase::new(text::rule::PORT_ZERO)),
        Ok(port) => Ok(port),
        Err(_) => Err(text::rule::port_high(part)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("22", "22")]
    #[case(" 8000 - 8010 ", "8000-8010")]
    #[case("22-22", "22")]
    #[case("1-65535", "all")]
    #[case("All Ports", "all")]
    #[case("２２", "22")]
    fn they_are_read(#[case] text: &str, #[case] told: &str) {
        assert_eq!(parse_ports(text).unwrap().to_string(), told);
    }

    #[rstest::rstest]
    #[case("", "rule.PORT_MISSING")]
    #[case("0", "rule.PORT_ZERO")]
    #[case("0-80", "rule.PORT_ZERO")]
    #[case("65536", "rule.port_high")]
    #[case("1-99999999999999999999", "rule.port_high")]
    #[case("8010-8000", "rule.port_reversed")]
    #[case("80,443", "rule.PORT_LIST")]
    #[case("80 443", "rule.PORT_LIST")]
    #[case("http", "rule.port_none")]
    #[case("-22", "rule.port_none")]
    #[case("22-", "rule.port_none")]
    #[case("+22", "rule.port_none")]
    fn what_is_wrong_is_said(#[case] text: &str, #[case] key: &str) {
        assert_eq!(parse_ports(text).unwrap_err().text.name(), key);
    }

    #[test]
    fn of_icmp_they_are_type_and_code() {
        assert_eq!(parse_icmp("").unwrap(), Ports::All);
        assert_eq!(parse_icmp("8/0").unwrap(), Ports::Icmp(8, Some(0)));
        assert_eq!(parse_icmp("256").unwrap_err().text.name(), "rule.icmp");
    }
}

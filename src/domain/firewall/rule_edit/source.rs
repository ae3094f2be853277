//! Where traffic may come from, or go to.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::domain::firewall::rule_edit::plain;
use crate::domain::{Phrase, ResourceId, text};

/// Where traffic may come from, or go to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// A network, or one address as a network of one. All bits beyond `bits` are zero.
    Net {
        /// Its first address.
        address: IpAddr,
        /// How many bits are the network's: 0 to 32, or to 128.
        bits: u8,
    },
    Group {
        id: ResourceId,
        /// Whether it means their addresses of IPv6.
        v6: bool,
    },
}

impl Source {
    #[must_use]
    pub const fn anywhere(v6: bool) -> Self {
        let address = if v6 { IpAddr::V6(Ipv6Addr::UNSPECIFIED) } else { IpAddr::V4(Ipv4Addr::UNSPECIFIED) };
        Self::Net { address, bits: 0 }
    }

    /// What stands before a firewall whose machines are meant.
    #[must_use]
    pub const fn group_prefix(v6: bool) -> &'static str {
        if v6 { "group6:" } else { "group:" }
    }

    #[must_use]
    pub const fn one(address: IpAddr) -> Self {
        Self::Net { address, bits: most_bits(address) }
    }

    #[must_use]
    pub const fn is_anywhere(&self) -> bool {
        matches!(self, Self::Net { bits: 0, .. })
    }

    /// Whether it is of IPv6.
    #[must_use]
    pub const fn is_v6(&self) -> bool {
        matches!(self, Self::Net { address: IpAddr::V6(_), .. } | Self::Group { v6: true, .. })
    }

    /// The one address it is, where it is one.
    #[must_use]
    pub fn single(&self) -> Option<IpAddr> {
        match self {
            Self::Net { address, bits } if *bits == most_bits(*address) => Some(*address),
            _ => None,
        }
    }

    /// Whether an address is among those meant; of a group that is not known.
    #[must_use]
    pub fn holds(&self, other: IpAddr) -> Option<bool> {
        match self {
            Self::Group { .. } => None,
            Self::Net { address, bits } => {
                let same = address.is_ipv4() == other.is_ipv4();
                Some(same && network_of(other, *bits) == *address)
            }
        }
    }
}

impl std::fmt::Display for Source {
    /// `0.0.0.0/0`, `198.51.100.7`, `198.51.100.0/24`, `group:…`, `group6:…`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Group { id, v6 } => write!(f, "{}{id}", Self::group_prefix(*v6)),
            Self::Net { address, bits } if *bits == most_bits(*address) => write!(f, "{address}"),
            Self::Net { address, bits } => write!(f, "{address}/{bits}"),
        }
    }
}

const fn most_bits(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn network_of(address: IpAddr, bits: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits.min(32))).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from(u32::from(v4) & mask))
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits.min(128))).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from(u128::from(v6) & mask))
        }
    }
}

/// Reads a source as it is typed or sent: an address, a network, `any`, or `group:` or `group6:` and a firewall.
/// `0.0.0.0` and `::` alone mean anybody.
///
/// # Errors
/// What is wrong with it, as a phrase: one with bits beyond its network names the network that is meant.
pub fn parse_source(text: &str) -> Result<Source, Phrase> {
    let text = plain(text);
    if text.is_empty() {
        return Err(Phrase::new(text::rule::SOURCE_MISSING));
    }
    match text.to_ascii_lowercase().as_str() {
        "any" | "anywhere" | "all" | "*" | "any4" | "0.0.0.0" => return Ok(Source::anywhere(false)),
        "any6" | "::" => return Ok(Source::anywhere(true)),
        _ => {}
    }
    for v6 in [false, true] {
        match text.strip_prefix(Source::group_prefix(v6)).map(str::trim) {
            None => {}
            Some("") => return Err(Phrase::new(text::rule::GROUP_MISSING)),
            Some(group) => return Ok(Source::Group { id: ResourceId::new(group), v6 }),
        }
    }
    let none = || text::rule::source_none(text.as_str());
    let Some((address, bits)) = text.split_once('/') else {
        return text.parse().map(Source::one).map_err(|_| none());
    };
    let address: IpAddr = address.trim().parse().map_err(|_| none())?;
    let most = most_bits(address);
    let bits: u32 = bits.trim().parse().map_err(|_| none())?;
    let Some(bits) = u8::try_from(bits).ok().filter(|bits| *bits <= most) else {
        return Err(text::rule::source_bits(u64::from(bits), u64::from(most)));
    };
    let network = network_of(address, bits);
    if network != address {
        return Err(text::rule::source_host_bits(text.as_str(), format!("{network}/{bits}"), address.to_string()));
    }
    Ok(Source::Net { address, bits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("0.0.0.0", "0.0.0.0/0")]
    #[case(" 0.0.0.0/0 ", "0.0.0.0/0")]
    #[case("any", "0.0.0.0/0")]
    #[case("::", "::/0")]
    #[case("::/0", "::/0")]
    #[case("198.51.100.7", "198.51.100.7")]
    #[case("198.51.100.7/32", "198.51.100.7")]
    #[case("198.51.100.0/24", "198.51.100.0/24")]
    #[case("2001:DB8:0::1/128", "2001:db8::1")]
    #[case("2001:db8::/32", "2001:db8::/32")]
    #[case("１９８.51.100.7", "198.51.100.7")]
    #[case("group:web", "group:web")]
    #[case("group6: web", "group6:web")]
    fn it_is_read(#[case] text: &str, #[case] told: &str) {
        assert_eq!(parse_source(text).unwrap().to_string(), told);
    }

    #[rstest::rstest]
    #[case("", "rule.SOURCE_MISSING")]
    #[case("198.51.100", "rule.source_none")]
    #[case("198.51.100.256", "rule.source_none")]
    #[case("example.com", "rule.source_none")]
    #[case("198.51.100.7/33", "rule.source_bits")]
    #[case("198.51.100.7/4294967297", "rule.source_none")]
    #[case("2001:db8::/129", "rule.source_bits")]
    #[case("198.51.100.7/24", "rule.source_host_bits")]
    #[case("2001:db8::7/64", "rule.source_host_bits")]
    #[case("group:", "rule.GROUP_MISSING")]
    #[case("address-group:a1", "rule.source_none")]
    fn what_is_wrong_is_said(#[case] text: &str, #[case] key: &str) {
        assert_eq!(parse_source(text).unwrap_err().text.name(), key);
    }

    #[test]
    fn the_network_that_is_meant_is_named() {
        let said = parse_source("198.51.100.7/24").unwrap_err();
        assert_eq!(said.arg("network"), Some(&"198.51.100.0/24".into()));
    }

    #[test]
    fn it_is_known_whom_a_source_holds() {
        let holds = |source: &str, address: &str| parse_source(source).unwrap().holds(address.parse().unwrap());
        assert_eq!(holds("198.51.100.0/24", "198.51.100.77"), Some(true));
        assert_eq!(holds("198.51.100.0/24", "198.51.101.77"), Some(false));
        assert_eq!(holds("any", "198.51.101.77"), Some(true));
        assert_eq!(holds("any", "2001:db8::1"), Some(false));
        assert_eq!(holds("::", "2001:db8::1"), Some(true));
        assert_eq!(holds("group:web", "2001:db8::1"), None);
    }
}

//! What can be told of addresses without asking.

use std::net::IpAddr;

/// Whether an address is one that the world can reach. Those of examples and tests count as such.
pub(in crate::provider) fn is_public(address: &str) -> bool {
    let Ok(ip) = address.trim().parse::<IpAddr>() else { return false };
    match ip {
        IpAddr::V4(ip) => {
            let is_shared = ip.octets()[0] == 100 && (ip.octets()[1] & 0b1100_0000) == 64;
            !(ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified() || is_shared)
        }
        IpAddr::V6(ip) => (ip.segments()[0] & 0xe000) == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    #[rstest::rstest]
    #[case("203.0.113.7", true)]
    #[case("2001:db8::1", true)]
    #[case("192.168.0.4", false)]
    #[case("10.1.2.3", false)]
    #[case("100.100.0.1", false)]
    #[case("fe80::1", false)]
    #[case("fd00::1", false)]
    #[case("", false)]
    fn a_local_address_is_not_public(#[case] address: &str, #[case] expected: bool) {
        assert_eq!(super::is_public(address), expected);
    }
}

//! What is tried from here to find out whether a machine answers. A probe changes nothing.

use core::net::{IpAddr, Ipv6Addr};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::instance::Address;

/// What stands for the machine's address in the address of a page.
const PLACE: &str = "{address}";

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Probe {
    Tcp(u16),
    /// A GET of this page, in which `{address}` stands for the machine's address. It answers where a status below 500
    /// comes back.
    Http(String),
}

impl Probe {
    /// Reads `tcp:22`, `http://{address}/health`, `https://…`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(port) = text.strip_prefix("tcp:") {
            return port.parse().ok().filter(|port| *port > 0).map(Self::Tcp);
        }
        let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"))?;
        let odd = |c: char| c.is_whitespace() || c.is_control();
        let host = rest.split('/').next().unwrap_or_default();
        (!host.is_empty() && !text.contains(odd)).then(|| Self::Http(text.to_owned()))
    }

    /// What is tried for a machine with these addresses: `HOST:PORT` of each, or the address of a page of each.
    #[must_use]
    pub fn targets(&self, addresses: &[Address]) -> Vec<String> {
        let mut targets: Vec<String> = Vec::new();
        for address in addresses {
            let host = bracketed(&address.text);
            let target = match self {
                Self::Tcp(port) => format!("{host}:{port}"),
                Self::Http(page) => page.replace(PLACE, &host),
            };
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        targets
    }
}

impl fmt::Display for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(port) => write!(f, "tcp:{port}"),
            Self::Http(page) => f.write_str(page),
        }
    }
}

/// An address as it stands before a port.
fn bracketed(address: &str) -> String {
    if address.parse::<Ipv6Addr>().is_ok() { format!("[{address}]") } else { address.to_owned() }
}

/// Whether a text can be handed to a program as an address: an IP address or the name of a host, never an option.
#[must_use]
pub fn is_address(text: &str) -> bool {
    if text.parse::<IpAddr>().is_ok() {
        return true;
    }
    let label = |l: &str| {
        let inner = l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        !l.is_empty() && l.len() <= 63 && inner && !l.starts_with('-') && !l.ends_with('-')
    };
    text.len() <= 253 && text.trim_end_matches('.').split('.').all(label)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn at(text: &str) -> Address {
        Address { text: text.to_owned(), network: None }
    }

    #[rstest]
    #[case("tcp:22", Some(Probe::Tcp(22)))]
    #[case("http://{address}/health", Some(Probe::Http("http://{address}/health".into())))]
    #[case("https://{address}:8443", Some(Probe::Http("https://{address}:8443".into())))]
    #[case("tcp:0", None)]
    #[case("tcp:65536", None)]
    #[case("tcp:", None)]
    #[case("udp:53", None)]
    #[case("http://", None)]
    #[case("http:///x", None)]
    #[case("http://{address}/a b", None)]
    #[case("ftp://{address}/", None)]
    fn a_probe_is_read_as_it_is_written(#[case] text: &str, #[case] wanted: Option<Probe>) {
        assert_eq!(Probe::parse(text), wanted);
        assert_eq!(wanted.map_or(text.to_owned(), |probe| probe.to_string()), text);
    }

    #[test]
    fn every_address_is_tried_and_one_of_six_is_bracketed() {
        let both = [at("203.0.113.7"), at("2001:db8::7")];
        assert_eq!(Probe::Tcp(22).targets(&both), ["203.0.113.7:22", "[2001:db8::7]:22"]);
        let page = Probe::Http("https://{address}:1/x".to_owned());
        assert_eq!(page.targets(&both), ["https://203.0.113.7:1/x", "https://[2001:db8::7]:1/x"]);
        assert_eq!(Probe::Http("http://status.example/".to_owned()).targets(&both), ["http://status.example/"]);
        assert!(Probe::Tcp(22).targets(&[]).is_empty());
    }

    #[rstest]
    #[case("203.0.113.7", true)]
    #[case("2001:db8::7", true)]
    #[case("web-01.example.jp", true)]
    #[case("", false)]
    #[case("-oProxyCommand=x", false)]
    #[case("a b", false)]
    #[case("a;b", false)]
    #[case("root@203.0.113.7", false)]
    #[case("[2001:db8::7]", false)]
    #[case("a..b", false)]
    fn what_is_no_address_and_no_host_is_refused(#[case] text: &str, #[case] is: bool) {
        assert_eq!(is_address(text), is);
    }
}

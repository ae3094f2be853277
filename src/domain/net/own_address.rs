//! The addresses that a person comes from: what is told of them, and what of that can be believed.

use crate::domain::text;
use core::net::IpAddr;

use ipnet::IpNet;

use crate::domain::phrase::Phrase;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnAddress {
    pub address: IpAddr,
    pub from: Origin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// This machine's, as so many sources say alike.
    ThisMachine {
        agreed: usize,
    },
    /// Where the person is logged in from, as `SSH_CONNECTION` says. It may be old: a session that was detached and
    /// taken up again elsewhere keeps it.
    LoggedInFrom,
    Typed,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    pub source: String,
    /// The address, or why there is none.
    pub said: Result<IpAddr, Phrase>,
}

/// Why there is no address of this machine.
#[derive(Debug, Clone, PartialEq)]
pub enum NoAgreement {
    Differ { one: (String, IpAddr), other: (String, IpAddr) },
    TooFew(Vec<Heard>),
}

/// Why a text names no address that one comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAddress {
    Empty,
    WebPage,
    /// It is something else.
    Another,
    Several,
    /// This address is nobody's on the internet.
    NotPublic(IpAddr),
}

impl NoAddress {
    #[must_use]
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Empty => Phrase::new(text::own_no::EMPTY),
            Self::WebPage => Phrase::new(text::own_no::WEB_PAGE),
            Self::Another => Phrase::new(text::own_no::ANOTHER),
            Self::Several => Phrase::new(text::own_no::SEVERAL),
            Self::NotPublic(address) => text::own_no::not_public(address.to_string()),
        }
    }
}

impl NoAgreement {
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Differ { one, other } => {
                text::own::differ(one.0.as_str(), one.1.to_string(), other.0.as_str(), other.1.to_string())
            }
            Self::TooFew(heard) => {
                let said = heard.iter().rev().map(|heard| {
                    let what = match &heard.said {
                        Ok(address) => text::plain::said(address.to_string()),
                        Err(why) => why.clone(),
                    };
                    text::own::source(heard.source.as_str(), what)
                });
                let all = said.reduce(|rest, one| text::own::and(one, rest));
                text::own::too_few(all.unwrap_or_else(|| Phrase::new(text::own::NO_SOURCE)))
            }
        }
    }
}

impl OwnAddress {
    /// The network of this address alone.
    #[must_use]
    pub fn network(&self) -> IpNet {
        IpNet::from(self.address)
    }

    /// The network that a household is usually given, where it is an IPv6 address.
    #[must_use]
    pub fn household(&self) -> Option<IpNet> {
        self.address.is_ipv6().then(|| IpNet::new(self.address, 64).ok().map(|net| net.trunc())).flatten()
    }

    #[must_use]
    pub const fn is_this_machine(&self) -> bool {
        matches!(self.from, Origin::ThisMachine { .. })
    }

    #[must_use]
    pub fn how(&self) -> Phrase {
        match self.from {
            Origin::ThisMachine { agreed } => text::own::this_machine(agreed),
            Origin::LoggedInFrom => Phrase::new(text::own::LOGGED_IN_FROM),
            Origin::Typed => Phrase::new(text::own::TYPED),
        }
    }
}

/// The address in what `SSH_CONNECTION` says: client address, client port, server address, server port.
///
/// # Errors
/// Why it names none that one comes from.
pub fn logged_in_from(connection: &str) -> Result<OwnAddress, NoAddress> {
    let mut words = connection.split_whitespace();
    let (client, rest) = (words.next().ok_or(NoAddress::Empty)?, words.count());
    if rest != 3 {
        return Err(NoAddress::Another);
    }
    // The name of an interface may follow.
    let bare = client.split('%').next().unwrap_or(client);
    let address = bare.parse().map_err(|_| NoAddress::Another)?;
    Ok(OwnAddress { address: public(address)?, from: Origin::LoggedInFrom })
}

/// The address that a person typed. One of a private network may be meant; one that can be no source may not.
///
/// # Errors
/// Why it is none.
pub fn typed_address(text: &str) -> Result<OwnAddress, NoAddress> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NoAddress::Empty);
    }
    let address = text.parse::<IpAddr>().map_err(|_| NoAddress::Another)?.to_canonical();
    let is_none = address.is_unspecified() || address.is_loopback() || address.is_multicast();
    if is_none { Err(NoAddress::NotPublic(address)) } else { Ok(OwnAddress { address, from: Origin::Typed }) }
}

/// The one address in a source's answer: alone as text, or as JSON under `ip`, `sourceip` or `origin`.
///
/// # Errors
/// Why it is none.
pub fn answered_address(body: &str) -> Result<IpAddr, NoAddress> {
    let text = body.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(NoAddress::Empty);
    }
    if text.starts_with('<') {
        return Err(NoAddress::WebPage);
    }
    if text.starts_with('{') {
        let json: serde_json::Value = serde_json::from_str(text).map_err(|_| NoAddress::Another)?;
        let named: Vec<&str> = ["ip", "sourceip", "origin"].iter().filter_map(|key| json.get(key)?.as_str()).collect();
        return match named.as_slice() {
            [one] => alone(one),
            [] => Err(NoAddress::Another),
            _ => Err(NoAddress::Several),
        };
    }
    alone(text)
}

fn alone(text: &str) -> Result<IpAddr, NoAddress> {
    let words: Vec<&str> = text.split([' ', ',', '\n', '\r', '\t']).filter(|word| !word.is_empty()).take(3).collect();
    let addresses: Vec<IpAddr> = words.iter().filter_map(|word| word.parse().ok()).collect();
    match (words.len(), addresses.as_slice()) {
        (1, [one]) => public(*one),
        (words, several) if words > 1 && several.len() == words => Err(NoAddress::Several),
        _ => Err(NoAddress::Another),
    }
}

/// An address that somebody can have on the internet.
fn public(address: IpAddr) -> Result<IpAddr, NoAddress> {
    let address = address.to_canonical();
    let not = match address {
        IpAddr::V4(v4) => {
            let [a, b, ..] = v4.octets();
            let carrier = a == 100 && (64..128).contains(&b);
            v4.is_private() || v4.is_link_local() || v4.is_broadcast() || carrier || a == 0 || a >= 240
        }
        IpAddr::V6(v6) => v6.is_unique_local() || v6.is_unicast_link_local(),
    };
    let none = address.is_loopback() || address.is_unspecified() || address.is_multicast();
    if not || none { Err(NoAddress::NotPublic(address)) } else { Ok(address) }
}

/// What sources agree on: in each family the address that two or more said. One answer alone is not believed.
///
/// # Errors
/// Who said what, where no two agree.
pub fn agreement(heard: Vec<Heard>) -> Result<Vec<OwnAddress>, NoAgreement> {
    let said: Vec<(&str, IpAddr)> =
        heard.iter().filter_map(|h| Some((h.source.as_str(), *h.said.as_ref().ok()?))).collect();
    let mut agreed: Vec<OwnAddress> = Vec::new();
    for is_v6 in [false, true] {
        let count = |address: IpAddr| said.iter().filter(|(_, other)| *other == address).count();
        let family = said.iter().map(|(_, address)| *address).filter(|address| address.is_ipv6() == is_v6);
        // Of two that are said as often, the one that was said first.
        let most = family.map(|address| (count(address), address)).reduce(|a, b| if b.0 > a.0 { b } else { a });
        if let Some((agreed_by, address)) = most.filter(|(n, _)| *n > 1) {
            agreed.push(OwnAddress { address, from: Origin::ThisMachine { agreed: agreed_by } });
        }
    }
    if !agreed.is_empty() {
        return Ok(agreed);
    }
    let differ = said.iter().enumerate().find_map(|(at, one)| {
        let other = said.iter().skip(at + 1).find(|other| other.1.is_ipv6() == one.1.is_ipv6())?;
        Some(((one.0.to_owned(), one.1), (other.0.to_owned(), other.1)))
    });
    Err(match differ {
        Some((one, other)) => NoAgreement::Differ { one, other },
        None => NoAgreement::TooFew(heard),
    })
}

#[cfg(test)]
#[path = "own_address_tests.rs"]
mod tests;

//! Between the port and a provider's face: a request as it came, what serves it, and what goes out.

use crate::sim::clock::Clock;
use crate::sim::world::account::Account;
use crate::sim::world::turn::Turn;
use crate::sim::world::ways::Ways;

#[derive(Debug)]
pub struct Request<'a> {
    /// `GET`, `POST` …
    pub method: &'a str,
    /// The path, without the query.
    pub path: &'a str,
    /// The query, without its question mark.
    pub query: &'a str,
    /// What stands behind `Bearer`.
    pub bearer: Option<&'a str>,
    /// The header `X-Auth-Token`.
    pub auth_token: Option<&'a str>,
    /// The header `X-Subject-Token`: the token that is spoken of.
    pub subject_token: Option<&'a str>,
    /// The microversion of the compute service that is asked for, `2.1`, from either of its two headers.
    pub microversion: Option<&'a str>,
    pub body: &'a [u8],
}

impl Request<'_> {
    /// Whether it is meant to change something. One GET is: it makes a key of Indigo's API.
    pub fn is_changing(&self) -> bool {
        match self.method {
            "GET" => self.path.ends_with("/auth/create/apikey"),
            _ if self.path.ends_with("tokens") || self.path.ends_with("/remote-consoles") => false,
            _ if self.path.ends_with("/action") => {
                let body = String::from_utf8_lossy(self.body);
                !["os-getVNCConsole", "os-getConsoleOutput"].iter().any(|reads| body.contains(reads))
            }
            _ => true,
        }
    }

    pub fn query_number(&self, field: &str) -> Option<u64> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(name, _)| *name == field)
            .and_then(|(_, value)| value.parse().ok())
    }

    pub fn query_text(&self, field: &str) -> Option<String> {
        let pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(name, _)| *name == field).map(|(_, value)| unescaped(value))
    }
}

pub struct RequestContext<'a> {
    pub account: &'a mut Account,
    pub turn: Turn<'a>,
    /// The clock, to tell times by.
    pub clock: &'a Clock,
    /// The account's base address, without a slash at its end.
    pub base: &'a str,
    pub request_id: &'a str,
}

impl RequestContext<'_> {
    /// What the account's kind of `OpenStack` does in its own way.
    pub const fn ways(&self) -> &'static Ways {
        self.account.provider.ways()
    }
}

/// An answer as a face hands it out, all headers included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
    /// The provider's own code in it, where there is one.
    pub code: Option<String>,
}

/// `a+b%20c` as it was meant; an escape that is none stays.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let escape = (*first == b'%').then(|| after.get(..2)).flatten();
        let byte =
            escape.and_then(|two| std::str::from_utf8(two).ok()).and_then(|two| u8::from_str_radix(two, 16).ok());
        match byte {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => bytes.push(if *first == b'+' { b' ' } else { *first }),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

//! Between the port and a provider's face: a request as it came, what serves it, and what goes out.

use super::clock::Clock;
use super::world::Turn;
use super::world::account::Account;

/// A request below the account's base address.
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
    /// The body.
    pub body: &'a [u8],
}

impl Request<'_> {
    /// A number in the query.
    pub fn query_number(&self, field: &str) -> Option<u64> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(name, _)| *name == field)
            .and_then(|(_, value)| value.parse().ok())
    }
}

/// The desk at which one request is served.
pub struct Desk<'a> {
    /// Whose request it is.
    pub account: &'a mut Account,
    /// What verbs need to know.
    pub turn: Turn<'a>,
    /// The clock, to tell times by.
    pub clock: &'a Clock,
    /// The request's number.
    pub request_id: &'a str,
}

/// An answer as a face hands it out, all headers included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
    /// The provider's own code in it, where there is one.
    pub code: Option<String>,
}

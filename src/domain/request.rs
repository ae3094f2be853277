//! A request as the live log shows it: no body, no header, no query, so no secret can be in it.

use crate::domain::ids::AccountName;
use crate::domain::phrase::Phrase;
use crate::domain::time::Timestamp;

/// One request that was answered, or was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedRequest {
    /// Its number in this run, from 1.
    pub number: u64,
    pub at: Timestamp,
    pub account: AccountName,
    /// `GET`, `POST` …
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The status that was answered; `None` where no whole answer came.
    pub status: Option<u16>,
    /// How long it took, in milliseconds.
    pub ms: u64,
    /// How long the answer's body was, in bytes.
    pub bytes: Option<u64>,
    pub request_id: Option<String>,
    pub change: bool,
    /// Why no whole answer came.
    pub said: Option<Phrase>,
}

//! What was asked and what really happened.
//!
//! The log holds no body, header or query, so no secret can be in it.

use jiff::Timestamp;
use serde::{Serialize, Serializer};

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Logged {
    #[serde(serialize_with = "as_text")]
    pub at: Timestamp,
    /// World seconds from the start to its arrival.
    pub seconds: f64,
    /// The account it was for, by the world file's name; empty where none fitted.
    pub account: String,
    /// `GET`, `POST` …
    pub method: String,
    /// The path below the account's base address, without the query.
    pub path: String,
    /// Whether it is meant to change something: a login and the address of a console are not, whatever their method.
    pub changing: bool,
    /// The status that was answered; none where the connection was dropped.
    pub status: Option<u16>,
    /// The provider's own code in the body (`I20008`, `F60002`, `429`), where there is one.
    pub code: Option<String>,
    pub took_effect: bool,
    pub fault: Option<String>,
    /// The `x-request-id` of the answer.
    pub request_id: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    Client,
    /// Someone at the provider's web panel, or the world file's script.
    Elsewhere,
}

/// One change that really took effect. What the clock completes later (a start that has become Running) is not one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    #[serde(serialize_with = "as_text")]
    pub at: Timestamp,
    /// World seconds from the start to the change.
    pub seconds: f64,
    pub account: String,
    /// `start`, `stop`, `forcestop`, `reset`, `destroy`, `create_instance`, `take_snapshot` …
    pub verb: String,
    /// What it was done to: the kind and the provider's id, such as `instance 616513`.
    pub target: String,
    pub by: Origin,
}

/// RFC 3339, which is how a timestamp prints.
fn as_text<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}

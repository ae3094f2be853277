//! Faults by name: what goes wrong between a client and the world, when, and how often.

use serde::{Deserialize, Serialize};

use crate::sim::clock::Moment;
use crate::sim::request_context::Request;
use crate::sim::strict::refuse_unknown_keys;

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum FaultKind {
    /// The request takes effect, the connection is dropped without a byte.
    LostAnswer,
    /// The connection is dropped before anything takes effect.
    LostRequest,
    /// The answer breaks off in its middle, below its `Content-Length`.
    TruncatedBody,
    /// A page of HTML under an error status, before any effect.
    HtmlError {
        #[serde(default = "bad_gateway")]
        status: u16,
    },
    /// A page of HTML under 200, before any effect.
    HtmlOk,
    /// The answer comes late. Where it is not to take effect, the request hangs so long and is dropped.
    Slow {
        /// Real seconds.
        seconds: f64,
    },
    /// The answer comes a few bytes at a time.
    Drip {
        /// Real milliseconds between two pieces.
        #[serde(default = "drip_pause")]
        pause_ms: u64,
    },
    /// 429 as of a spent quota; what is left of the minute is spent.
    Quota,
    /// 429 of the spike arrest.
    Spike,
    /// 401, and the token is dead from now on.
    ExpiredToken,
    /// 401, while the token stays good.
    Unauthorized,
    /// Any creation of an instance: out of stock.
    OutOfStock,
    /// The service refuses it in its own shape, before any effect; in words of one's own where the fault has `said`.
    Refusal {
        #[serde(default = "bad_request")]
        status: u16,
    },
    /// The fault's `said` as the whole body, before any effect: what something else answers, or another version.
    Reply {
        #[serde(default = "bad_request")]
        status: u16,
    },
    /// In every record of the answer all but its id and name is null.
    NullFields,
    /// A 5xx in the gateway's envelope, before any effect.
    ServerError {
        /// 500, 502, 503 …
        #[serde(default = "server_error")]
        status: u16,
    },
    /// 302 to a maintenance page, before any effect.
    Redirect,
    /// A success without a body.
    EmptyBody,
    /// The first record of the answer has fields of a shape nobody expects.
    BrokenRecord,
    /// Every connection is dropped as soon as its request is read.
    Unreachable,
    /// The answer is preceded by so much blank space that no client should read on.
    HugeBody {
        #[serde(default = "huge_mebibytes")]
        mebibytes: u32,
    },
}

const fn bad_request() -> u16 {
    400
}

const fn bad_gateway() -> u16 {
    502
}

const fn server_error() -> u16 {
    500
}

const fn drip_pause() -> u64 {
    5
}

const fn huge_mebibytes() -> u32 {
    64
}

impl FaultKind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::LostAnswer => "lost_answer",
            Self::LostRequest => "lost_request",
            Self::TruncatedBody => "truncated_body",
            Self::HtmlError { .. } => "html_error",
            Self::HtmlOk => "html_ok",
            Self::Slow { .. } => "slow",
            Self::Drip { .. } => "drip",
            Self::Quota => "quota",
            Self::Spike => "spike",
            Self::ExpiredToken => "expired_token",
            Self::Unauthorized => "unauthorized",
            Self::OutOfStock => "out_of_stock",
            Self::Refusal { .. } => "refusal",
            Self::Reply { .. } => "reply",
            Self::NullFields => "null_fields",
            Self::ServerError { .. } => "server_error",
            Self::Redirect => "redirect",
            Self::EmptyBody => "empty_body",
            Self::BrokenRecord => "broken_record",
            Self::Unreachable => "unreachable",
            Self::HugeBody { .. } => "huge_body",
        }
    }

    /// Whether it means anything for such a call. A fault that does not is not used up by it.
    fn concerns(self, method: &str, path: &str) -> bool {
        match self {
            Self::OutOfStock => method == "POST" && (path.ends_with("/createinstance") || path.ends_with("/servers")),
            Self::ExpiredToken => !(path.ends_with("/accesstokens") || path.ends_with("/tokens")),
            Self::BrokenRecord | Self::NullFields => method == "GET",
            _ => true,
        }
    }

    /// Whether the request reaches the world all the same, unless [`Fault::takes_effect`] says otherwise.
    pub const fn reaches_the_world(self) -> bool {
        matches!(
            self,
            Self::LostAnswer
                | Self::TruncatedBody
                | Self::Slow { .. }
                | Self::Drip { .. }
                | Self::EmptyBody
                | Self::BrokenRecord
                | Self::NullFields
                | Self::HugeBody { .. }
        )
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Fault {
    #[serde(flatten)]
    pub kind: FaultKind,
    #[serde(default)]
    pub method: Option<String>,
    /// Only paths that contain this; `*` stands for anything between parts.
    #[serde(default)]
    pub path: Option<String>,
    /// Only this account, by the world file's name.
    #[serde(default)]
    pub account: Option<String>,
    /// Only requests that are meant to change something, whatever their method and path.
    #[serde(default)]
    pub changing: bool,
    /// How many requests it falls on; without it, every one.
    #[serde(default)]
    pub times: Option<u32>,
    /// World seconds from being added until it begins.
    #[serde(default)]
    pub after: f64,
    /// World seconds it lasts once begun; without it, for good.
    #[serde(default)]
    pub lasts: Option<f64>,
    /// Fitting requests that pass before it begins.
    #[serde(default)]
    pub skip: u32,
    #[serde(default)]
    pub said: Option<String>,
    /// Overrules whether the request reaches the world, for the faults that replace an answer.
    #[serde(default)]
    pub takes_effect: Option<bool>,
}

refuse_unknown_keys!(Fault);

impl Fault {
    /// A fault on every request, from now on.
    pub const fn new(kind: FaultKind) -> Self {
        Self {
            kind,
            method: None,
            path: None,
            account: None,
            changing: false,
            times: None,
            after: 0.0,
            lasts: None,
            skip: 0,
            said: None,
            takes_effect: None,
        }
    }

    /// Only on `method` and paths that contain `path`.
    #[must_use]
    pub fn on(mut self, method: &str, path: &str) -> Self {
        self.method = Some(method.to_owned());
        self.path = Some(path.to_owned());
        self
    }

    /// Only on the `n`th request from now on that is meant to change something; the first is 1.
    pub const fn on_change(kind: FaultKind, n: u32) -> Self {
        let mut fault = Self::new(kind).times(1).after_passing(n.saturating_sub(1));
        fault.changing = true;
        fault
    }

    /// Only on paths that contain `path`, whatever the method; `/compute/` is one service of ConoHa.
    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// Only on one account.
    #[must_use]
    pub fn of(mut self, account: &str) -> Self {
        self.account = Some(account.to_owned());
        self
    }

    /// In these words, where it is a refusal.
    #[must_use]
    pub fn saying(mut self, said: &str) -> Self {
        self.said = Some(said.to_owned());
        self
    }

    /// Only so many times.
    #[must_use]
    pub const fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Whether the connection is dropped instead of an answer.
    pub const fn drops(&self) -> bool {
        matches!(self.kind, FaultKind::LostAnswer | FaultKind::LostRequest | FaultKind::Unreachable)
    }

    /// Only after so many fitting requests that pass.
    #[must_use]
    pub const fn after_passing(mut self, skip: u32) -> Self {
        self.skip = skip;
        self
    }

    /// Whatever its kind, the request does not reach the world.
    #[must_use]
    pub const fn without_effect(mut self) -> Self {
        self.takes_effect = Some(false);
        self
    }

    fn fits(&self, account: &str, request: &Request<'_>) -> bool {
        let Request { method, path, .. } = request;
        self.kind.concerns(method, path)
            && (!self.changing || request.is_changing())
            && self.account.as_deref().is_none_or(|a| a == account)
            && self.method.as_deref().is_none_or(|m| m.eq_ignore_ascii_case(method))
            && self.path.as_deref().is_none_or(|p| holds(path, p))
    }
}

/// Whether the parts of `pattern` between its stars occur in `path`, in their order.
fn holds(path: &str, pattern: &str) -> bool {
    let mut rest = path;
    pattern.split('*').all(|part| match rest.find(part) {
        Some(at) => {
            rest = rest.get(at + part.len()..).unwrap_or("");
            true
        }
        None => false,
    })
}

#[derive(Debug)]
struct Armed {
    fault: Fault,
    from: Moment,
}

#[derive(Debug, Default)]
pub struct FaultBook {
    armed: Vec<Armed>,
}

impl FaultBook {
    /// Adds a fault at `now`.
    pub fn add(&mut self, fault: Fault, now: Moment) {
        let from = now.plus(fault.after);
        self.armed.push(Armed { fault, from });
    }

    pub fn clear(&mut self) {
        self.armed.clear();
    }

    /// The faults still to come, as they were added, with the times that are left.
    pub fn list(&self) -> Vec<Fault> {
        self.armed.iter().map(|armed| armed.fault.clone()).collect()
    }

    /// The first fault that falls on this request, used up by one.
    pub fn strike(&mut self, account: &str, request: &Request<'_>, now: Moment) -> Option<Fault> {
        self.armed.retain(|armed| {
            armed.fault.times != Some(0) && armed.fault.lasts.is_none_or(|lasts| now < armed.from.plus(lasts))
        });
        for armed in &mut self.armed {
            if armed.from > now || !armed.fault.fits(account, request) {
                continue;
            }
            if armed.fault.skip > 0 {
                armed.fault.skip -= 1;
                continue;
            }
            if let Some(times) = &mut armed.fault.times {
                *times = times.saturating_sub(1);
            }
            return Some(armed.fault.clone());
        }
        None
    }
}

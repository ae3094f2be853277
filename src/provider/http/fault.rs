//! Why no answer came. It tells what is proven to have had no effect from what may have had one.

use crate::domain::{Answer, Fault, Phrase, Timestamp, text};

use super::redact::{cut, redact_text};

/// Why a request brought no whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendFault {
    /// Our own rate limiter held it back: nothing was sent.
    OverBudget { until: Timestamp },
    /// No connection was made, or the request could not be formed: nothing was sent.
    NotConnected { host: String, said: Phrase },
    /// No whole answer came in time. It may have taken effect.
    TimedOut { host: String },
    /// The connection broke off after it had been made. It may have taken effect.
    BrokenOff { said: Phrase },
    /// The answer was larger than the HTTP client takes in. It may have taken effect.
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
}

impl SendFault {
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::OverBudget { .. } => text::http::OVER_BUDGET.into(),
            Self::NotConnected { host, said } => text::fault::unreachable(host.as_str(), said.clone()),
            Self::TimedOut { host } => text::fault::timed_out(host.as_str()),
            Self::BrokenOff { said } => text::fault::broken_off(said.clone()),
            Self::TooLarge { limit } => text::http::too_large(limit.to_string()),
        }
    }

    #[must_use]
    pub fn of_read(self) -> Fault {
        match self {
            Self::OverBudget { until } => Fault::OverBudget { until },
            Self::NotConnected { host, said } => Fault::Unreachable { host, said },
            Self::TimedOut { host } => Fault::TimedOut { host },
            Self::BrokenOff { said } => Fault::BrokenOff { said },
            large @ Self::TooLarge { .. } => {
                Fault::NotUnderstood { field: ".".to_owned(), said: large.phrase(), got: String::new() }
            }
        }
    }

    #[must_use]
    pub fn of_change(self) -> Answer {
        match self {
            Self::OverBudget { until } => Answer::OverBudget { until },
            Self::NotConnected { host, said } => Answer::NotConnected { said: text::plain::at(host, said) },
            lost => Answer::Lost { said: lost.phrase() },
        }
    }

    pub(super) fn from_reqwest(error: &reqwest::Error, host: String) -> Self {
        if error.is_connect() || error.is_builder() {
            let said = innermost(error);
            // rustls' word for it.
            let is_unknown = said.contains("UnknownIssuer");
            Self::NotConnected {
                host,
                said: if is_unknown { text::http::UNKNOWN_AUTHORITY.into() } else { said.into() },
            }
        } else if error.is_timeout() {
            Self::TimedOut { host }
        } else {
            Self::BrokenOff { said: innermost(error).into() }
        }
    }
}

/// The last words of a chain of errors: what the system or the TLS library said, without the layers around it.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    cut(&redact_text(&last.to_string()), 200)
}

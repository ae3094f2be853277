//! Why no answer came. It tells what is proven to have had no effect from what may have had one.

use crate::domain::{Answer, Fault, Timestamp};

use super::redact::{cut, redact_text};

/// Why a request brought no whole answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendFault {
    /// Our own rate limiter held it back: nothing was sent.
    #[error("held back by the request budget")]
    OverBudget { until: Timestamp },
    /// No connection was made, or the request could not be formed: nothing was sent.
    #[error("{host} cannot be reached: {said}")]
    NotConnected { host: String, said: String },
    /// No whole answer came in time. It may have taken effect.
    #[error("{host} does not answer in time")]
    TimedOut { host: String },
    /// The connection broke off after it had been made. It may have taken effect.
    #[error("the connection broke off: {said}")]
    BrokenOff { said: String },
    /// The answer was larger than the HTTP client takes in. It may have taken effect.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
}

impl SendFault {
    #[must_use]
    pub fn of_read(self) -> Fault {
        match self {
            Self::OverBudget { until } => Fault::OverBudget { until },
            Self::NotConnected { host, said } => Fault::Unreachable { host, said },
            Self::TimedOut { host } => Fault::TimedOut { host },
            Self::BrokenOff { said } => Fault::BrokenOff { said },
            large @ Self::TooLarge { .. } => {
                Fault::NotUnderstood { field: ".".to_owned(), said: large.to_string(), got: String::new() }
            }
        }
    }

    #[must_use]
    pub fn of_change(self) -> Answer {
        match self {
            Self::OverBudget { until } => Answer::OverBudget { until },
            Self::NotConnected { host, said } => Answer::NotConnected { said: format!("{host}: {said}") },
            lost => Answer::Lost { said: lost.to_string() },
        }
    }

    pub(super) fn from_reqwest(error: &reqwest::Error, host: String) -> Self {
        if error.is_connect() || error.is_builder() {
            Self::NotConnected { host, said: innermost(error) }
        } else if error.is_timeout() {
            Self::TimedOut { host }
        } else {
            Self::BrokenOff { said: innermost(error) }
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

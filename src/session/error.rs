//! Why a command did nothing, or does not wait any longer.

use crate::domain::{AccountName, Fault, Phrase, text};

/// Why there was no end to wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interruption {
    Interrupted,
    TimedOut,
}

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq)]
pub enum SessionError {
    /// There was no end to wait for.
    Interrupted(Interruption),
    /// These accounts could not be read, and why.
    Faults(Vec<(AccountName, Fault)>),
    /// What was named is not there.
    NotFound(String),
    Ambiguous {
        target: String,
        candidates: Vec<String>,
    },
    Usage(Phrase),
    /// It is so already, and nothing is to be done.
    Already {
        name: String,
        why: Phrase,
    },
    Refused {
        name: String,
        why: Phrase,
    },
}

pub(super) const fn never() -> Phrase {
    Phrase::new(text::why_not::NEVER)
}

//! Something to be said to a person, not yet in any language.
//!
//! The pure layers and the providers speak in phrases; `words` turns them into English or Japanese. A phrase is a key
//! and what is to be filled in.

use std::time::Duration;

use super::time::Timestamp;

/// A key of the dictionary with what its text needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The key, such as `fault.unreachable`.
    pub key: &'static str,
    /// What stands in the text's `{name}` places.
    pub args: Vec<(&'static str, Arg)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Text that is the same in every language: a name, an id, the provider's own words.
    Text(String),
    /// A number; texts choose between one and many by it.
    Count(u64),
    Lasts(Duration),
    At(Timestamp),
    /// A number of bytes.
    Bytes(u64),
    Phrase(Box<Phrase>),
}

impl Phrase {
    /// A phrase without places to fill.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// Fills the place `{name}`.
    #[must_use]
    pub fn with(mut self, name: &'static str, arg: impl Into<Arg>) -> Self {
        self.args.push((name, arg.into()));
        self
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<u64> for Arg {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}
impl From<usize> for Arg {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}
impl From<Duration> for Arg {
    fn from(lasts: Duration) -> Self {
        Self::Lasts(lasts)
    }
}
impl From<Timestamp> for Arg {
    fn from(at: Timestamp) -> Self {
        Self::At(at)
    }
}
impl From<Phrase> for Arg {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(Box::new(phrase))
    }
}

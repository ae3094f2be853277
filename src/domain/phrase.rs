//! Something to be said to a person, not yet in any language: a text and what it is to be filled with. The pure layers
//! and the providers speak in phrases; `words` turns them into a language.

use std::time::Duration;

use crate::domain::text::Text;
use crate::domain::time::Timestamp;
use crate::domain::verb::Verb;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    pub text: Text,
    /// In the order in which the text names its arguments.
    pub args: Vec<Arg>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// What is the same in every language: a name, an id, the provider's own words.
    Text(String),
    /// A number; texts choose between one and many by it.
    Count(u64),
    Lasts(Duration),
    At(Timestamp),
    /// A number of bytes.
    Bytes(u64),
    Phrase(Box<Phrase>),
    Verb(Verb),
    Yen(u64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count(pub u64);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Yen(pub u64);

impl Phrase {
    #[must_use]
    pub const fn new(text: Text) -> Self {
        Self { text, args: Vec::new() }
    }

    /// Words that are the same in every language: a name, or the provider's own.
    #[must_use]
    pub fn verbatim(words: impl Into<String>) -> Self {
        crate::domain::text::plain::said(words)
    }

    /// What stands for an argument of its text, by name.
    #[must_use]
    pub fn arg(&self, name: &str) -> Option<&Arg> {
        self.args.get(self.text.args().iter().position(|arg| *arg == name)?)
    }
}

macro_rules! from {
    ($($from:ty => $to:ty: |$value:ident| $make:expr;)*) => {
        $(impl From<$from> for $to { fn from($value: $from) -> Self { $make } })*
    };
}

from! {
    Text => Phrase: |text| Self::new(text);
    u64 => Count: |n| Self(n);
    u32 => Count: |n| Self(n.into());
    u16 => Count: |n| Self(n.into());
    u8 => Count: |n| Self(n.into());
    usize => Count: |n| Self(n as u64);
    String => Arg: |text| Self::Text(text);
    &str => Arg: |text| Self::Text(text.to_owned());
    Count => Arg: |n| Self::Count(n.0);
    Duration => Arg: |lasts| Self::Lasts(lasts);
    Timestamp => Arg: |at| Self::At(at);
    Phrase => Arg: |phrase| Self::Phrase(Box::new(phrase));
    u64 => Yen: |yen| Self(yen);
    Yen => Arg: |yen| Self::Yen(yen.0);
    Verb => Arg: |verb| Self::Verb(verb);
    Text => Arg: |text| Phrase::new(text).into();
}

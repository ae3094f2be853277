//! Something to be said to a person, not yet in any language: a text and what it is to be filled with. The pure layers
//! and the providers speak in phrases; `words` turns them into a language.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::text::{Text, plain};
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
        plain::said(words)
    }

    /// Its words, where they are the same in every language.
    ///
    /// # Errors
    /// The phrase itself, which a language is to word.
    pub fn into_words(mut self) -> Result<String, Self> {
        match self.args.pop() {
            Some(Arg::Text(words)) if self.text == Text::plain(plain::Id::said) => Ok(words),
            arg => Err(Self { args: self.args.into_iter().chain(arg).collect(), ..self }),
        }
    }

    /// Within a sentence: a provider's own words without blanks around them and their full stop, also where they end a
    /// phrase of ours.
    #[must_use]
    pub fn without_stop(mut self) -> Self {
        let at = self.text.args().iter().position(|arg| ["words", "said", "what"].contains(arg));
        match at.and_then(|at| self.args.get_mut(at)) {
            Some(Arg::Text(words)) => *words = words.trim().trim_end_matches('.').to_owned(),
            Some(Arg::Phrase(inner)) => **inner = (**inner).clone().without_stop(),
            _ => {}
        }
        self
    }

    /// What stands for an argument of its text, by name.
    #[must_use]
    pub fn arg(&self, name: &str) -> Option<&Arg> {
        self.args.get(self.text.args().iter().position(|arg| *arg == name)?)
    }
}

/// As words, of no language. What a language words is worded before; see [`crate::domain::Answer::worded`].
impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.clone().into_words().unwrap_or_else(|own| own.text.name().to_owned()))
    }
}

impl<'de> Deserialize<'de> for Phrase {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Self::verbatim)
    }
}

macro_rules! from {
    ($($from:ty => $to:ty: |$value:ident| $make:expr;)*) => {
        $(impl From<$from> for $to { fn from($value: $from) -> Self { $make } })*
    };
}

from! {
    Text => Phrase: |text| Self::new(text);
    String => Phrase: |words| Self::verbatim(words);
    &str => Phrase: |words| Self::verbatim(words);
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
    Phrase => Arg: |phrase| phrase.into_words().map_or_else(|phrase| Self::Phrase(Box::new(phrase)), Self::Text);
    u64 => Yen: |yen| Self(yen);
    Yen => Arg: |yen| Self::Yen(yen.0);
    Verb => Arg: |verb| Self::Verb(verb);
    Text => Arg: |text| Phrase::new(text).into();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text;

    #[test]
    fn only_a_stop_at_the_end_is_left_out_however_deep_the_words_stand() {
        let words = || Phrase::verbatim(" No valid host. Ask again. ");
        assert_eq!(words().without_stop(), Phrase::verbatim("No valid host. Ask again"));
        let unreachable = |said| text::fault::unreachable("example.org.".to_owned(), said);
        assert_eq!(unreachable(words()).without_stop(), unreachable(words().without_stop()));
    }
}

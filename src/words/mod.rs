//! Every text a person reads, by key, one file a language. The pure layers and the providers speak in
//! [`Phrase`]s; here they become words. JSON, exit codes, log and journal never pass through here.
//!
//! A text holds places: `{name}` is filled with what the phrase brings, `{count?machine:machines}` chooses by a number.
//! A provider brings phrases of its own, so that no file here names one.

pub mod cells;
mod en;
mod format;

use std::collections::HashMap;
use std::time::Duration;

use crate::domain::{Arg, InstanceStatus, Phrase, StoreStatus, Timestamp};

pub use format::{Clock, bytes, grouped, short, spec_text};

pub type Table = &'static [(&'static str, &'static str)];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    English,
}

#[derive(Debug, Clone)]
pub struct Words {
    texts: HashMap<&'static str, &'static str>,
    clock: Clock,
}

impl Words {
    /// The texts of a language and those that providers bring.
    #[must_use]
    pub fn new(language: Language, brought: &[Table], clock: Clock) -> Self {
        let own = match language {
            Language::English => en::TEXTS,
        };
        let texts = own.iter().chain(brought.iter().copied().flatten()).copied().collect();
        Self { texts, clock }
    }

    /// The text of a key without places.
    #[must_use]
    pub fn get(&self, key: &str) -> &'static str {
        self.texts.get(key).copied().unwrap_or("?")
    }

    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    #[must_use]
    pub fn say(&self, phrase: &Phrase) -> String {
        let Some(text) = self.texts.get(phrase.key) else { return phrase.key.to_owned() };
        let mut out = String::with_capacity(text.len() + 16);
        let mut rest = *text;
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            let Some(close) = rest[open..].find('}') else { break };
            out.push_str(&self.fill(&rest[open + 1..open + close], phrase));
            rest = &rest[open + close + 1..];
        }
        out.push_str(rest);
        out
    }

    fn fill(&self, place: &str, phrase: &Phrase) -> String {
        let (name, choice) = place.split_once('?').map_or((place, None), |(name, choice)| (name, Some(choice)));
        let Some((_, arg)) = phrase.args.iter().find(|(n, _)| *n == name) else { return String::new() };
        if let (Some(choice), Arg::Count(count)) = (choice, arg) {
            let (one, many) = choice.split_once(':').unwrap_or((choice, choice));
            return (if *count == 1 { one } else { many }).to_owned();
        }
        match arg {
            Arg::Text(text) => text.clone(),
            Arg::Count(count) => count.to_string(),
            Arg::Lasts(lasts) => self.lasts(*lasts),
            Arg::At(at) => self.date_time(*at),
            Arg::Bytes(count) => bytes(*count),
            Arg::Phrase(inner) => self.say(inner),
        }
    }

    /// A length of time in one unit: `45 s`, `3 min`, `5 h`, `12 d`.
    #[must_use]
    pub fn lasts(&self, lasts: Duration) -> String {
        short(lasts, true)
    }

    /// A moment as local date and time.
    #[must_use]
    pub fn date_time(&self, at: Timestamp) -> String {
        self.clock.date_time(at)
    }

    /// A moment as a local day.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> String {
        self.clock.day(at)
    }

    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    #[must_use]
    pub fn instance_status(&self, status: &InstanceStatus) -> String {
        match status {
            InstanceStatus::Importing(Some(percent)) => format!("{} {percent}%", self.get("status.importing")),
            InstanceStatus::Unknown(sent) => self.say(&Phrase::new("status.unknown").with("sent", sent.as_str())),
            other => self.get(instance_key(other)).to_owned(),
        }
    }

    #[must_use]
    pub fn store_status(&self, status: &StoreStatus) -> String {
        let key = match status {
            StoreStatus::Creating => "status.creating",
            StoreStatus::Saving => "status.saving",
            StoreStatus::Available => "status.available",
            StoreStatus::Restoring => "status.restoring",
            StoreStatus::Deleting => "status.deleting",
            StoreStatus::Error => "status.error",
            StoreStatus::Unknown(sent) => {
                return self.say(&Phrase::new("status.unknown").with("sent", sent.as_str()));
            }
        };
        self.get(key).to_owned()
    }
}

const fn instance_key(status: &InstanceStatus) -> &'static str {
    match status {
        InstanceStatus::Creating => "status.creating",
        InstanceStatus::Importing(_) => "status.importing",
        InstanceStatus::Stopped => "status.stopped",
        InstanceStatus::Starting => "status.starting",
        InstanceStatus::Running => "status.running",
        InstanceStatus::Stopping => "status.stopping",
        InstanceStatus::Rebooting => "status.rebooting",
        InstanceStatus::Rebuilding => "status.rebuilding",
        InstanceStatus::Restoring => "status.restoring",
        InstanceStatus::Saving => "status.saving",
        InstanceStatus::Resizing => "status.resizing",
        InstanceStatus::ConfirmResize => "status.confirm-resize",
        InstanceStatus::Paused => "status.paused",
        InstanceStatus::Suspended => "status.suspended",
        InstanceStatus::Shelved => "status.shelved",
        InstanceStatus::Rescue => "status.rescue",
        InstanceStatus::Destroying => "status.destroying",
        InstanceStatus::Error => "status.error",
        InstanceStatus::Unknown(_) => "status.unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_numbers_choose() {
        let words = Words::new(Language::English, &[&[("t", "{n} {n?machine:machines} of {who}")]], Clock::utc());
        let say = |n: u64| words.say(&Phrase::new("t").with("n", n).with("who", "lab"));
        assert_eq!(say(1), "1 machine of lab");
        assert_eq!(say(3), "3 machines of lab");
    }

    #[test]
    fn text_from_a_provider_is_never_read_as_a_place() {
        let words = Words::new(Language::English, &[&[("t", "<{a}>")]], Clock::utc());
        assert_eq!(words.say(&Phrase::new("t").with("a", "{b} {a}")), "<{b} {a}>");
    }
}

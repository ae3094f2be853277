//! Every text a person reads, one file a language. The pure layers and the providers speak in [`Phrase`]s; here they
//! become words. JSON, exit codes, log and journal are English in every language.
//!
//! In a text `{name}` stands for what the phrase brings under that name, `{count?machine:machines}` chooses by a number,
//! and `{name?}` says that a language has no need of an argument.

pub mod cells;
mod en;
mod format;
mod language;

use std::sync::LazyLock;

use crate::domain::{Arg, InstanceStatus, Phrase, StoreStatus, Text, Timestamp, VolumeStatus, text};

pub use format::{Clock, grouped};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    English,
}

/// Phrases as programs read them, in journal, log and JSON: English in every language of the screen, times UTC.
#[must_use]
pub fn english(phrase: &Phrase) -> String {
    static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(Language::English, Clock::utc()));
    WORDS.say(phrase)
}

#[derive(Debug, Clone)]
pub struct Words {
    template: fn(Text) -> &'static str,
    clock: Clock,
}

impl Words {
    #[must_use]
    pub const fn new(language: Language, clock: Clock) -> Self {
        let template = match language {
            Language::English => en::template,
        };
        Self { template, clock }
    }

    /// A text without arguments.
    #[must_use]
    pub fn get(&self, text: Text) -> &'static str {
        (self.template)(text)
    }

    #[must_use]
    pub fn say(&self, phrase: &Phrase) -> String {
        let template = (self.template)(phrase.text);
        let mut out = String::with_capacity(template.len() + 16);
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            let Some(close) = rest[open..].find('}') else { break };
            out.push_str(&self.fill(&rest[open + 1..open + close], phrase));
            rest = &rest[open + close + 1..];
        }
        out.push_str(rest);
        out
    }

    fn fill(&self, placeholder: &str, phrase: &Phrase) -> String {
        let (name, choice) =
            placeholder.split_once('?').map_or((placeholder, None), |(name, choice)| (name, Some(choice)));
        let Some(arg) = phrase.arg(name) else { return String::new() };
        if let Some(choice) = choice {
            let (one, many) = choice.split_once(':').unwrap_or((choice, choice));
            return (if *arg == Arg::Count(1) { one } else { many }).to_owned();
        }
        match arg {
            Arg::Text(text) => text.clone(),
            Arg::Count(count) => count.to_string(),
            Arg::Lasts(lasts) => self.lasts(*lasts),
            Arg::At(at) => self.date_time(*at),
            Arg::Phrase(inner) => self.say(inner),
            Arg::Yen(yen) => grouped(*yen),
            Arg::Verb(verb) => self.get(verb.text()).to_owned(),
        }
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
        let text = match status {
            InstanceStatus::Importing(Some(percent)) => return self.say(&text::status::importing_at(*percent)),
            InstanceStatus::Unknown(sent) if sent.is_empty() => text::status::UNKNOWN,
            InstanceStatus::Unknown(sent) => return self.say(&text::status::unknown(sent.as_str())),
            InstanceStatus::Creating => text::status::CREATING,
            InstanceStatus::Importing(_) => text::status::IMPORTING,
            InstanceStatus::Stopped => text::status::STOPPED,
            InstanceStatus::Starting => text::status::STARTING,
            InstanceStatus::Running => text::status::RUNNING,
            InstanceStatus::Stopping => text::status::STOPPING,
            InstanceStatus::Rebooting => text::status::REBOOTING,
            InstanceStatus::Rebuilding => text::status::REBUILDING,
            InstanceStatus::Restoring => text::status::RESTORING,
            InstanceStatus::Saving => text::status::SAVING,
            InstanceStatus::Resizing => text::status::RESIZING,
            InstanceStatus::ConfirmResize => text::status::CONFIRM_RESIZE,
            InstanceStatus::Paused => text::status::PAUSED,
            InstanceStatus::Suspended => text::status::SUSPENDED,
            InstanceStatus::Shelved => text::status::SHELVED,
            InstanceStatus::Rescue => text::status::RESCUE,
            InstanceStatus::Destroying => text::status::DESTROYING,
            InstanceStatus::Error => text::status::ERROR,
        };
        self.get(text).to_owned()
    }

    #[must_use]
    pub fn store_status(&self, status: &StoreStatus) -> String {
        let text = match status {
            StoreStatus::Creating => text::status::CREATING,
            StoreStatus::Saving => text::status::SAVING,
            StoreStatus::Available => text::status::AVAILABLE,
            StoreStatus::Restoring => text::status::RESTORING,
            StoreStatus::Deleting => text::status::DELETING,
            StoreStatus::Error => text::status::ERROR,
            StoreStatus::Unknown(sent) if sent.is_empty() => text::status::UNKNOWN,
            StoreStatus::Unknown(sent) => {
                return self.say(&text::status::unknown(sent.as_str()));
            }
        };
        self.get(text).to_owned()
    }

    #[must_use]
    pub fn volume_status(&self, status: &VolumeStatus) -> String {
        let text = match status {
            VolumeStatus::Creating => text::status::CREATING,
            VolumeStatus::Available => text::status::AVAILABLE,
            VolumeStatus::InUse => text::status::IN_USE,
            VolumeStatus::Saving => text::status::SAVING,
            VolumeStatus::Deleting => text::status::DELETING,
            VolumeStatus::Error => text::status::ERROR,
            VolumeStatus::Unknown(sent) if sent.is_empty() => text::status::UNKNOWN,
            VolumeStatus::Unknown(sent) => return self.say(&text::status::unknown(sent.as_str())),
        };
        self.get(text).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_numbers_choose() {
        let words = Words::new(Language::English, Clock::utc());
        let say = |n: u64| words.say(&text::cost::unread(n));
        assert_eq!(say(1), "what 1 machine has saved is not read yet");
        assert_eq!(say(3), "what 3 machines have saved is not read yet");
    }

    #[test]
    fn text_from_a_provider_is_never_read_as_a_placeholder() {
        let words = Words::new(Language::English, Clock::utc());
        assert_eq!(words.say(&text::fault::timed_out("{host} {")), "{host} { does not answer in time");
    }
}

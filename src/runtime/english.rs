//! Phrases as programs read them, in the journal and in JSON: English in every language of the screen, times UTC.

use std::sync::LazyLock;

use crate::domain::Phrase;
use crate::provider::PROVIDERS;
use crate::words::{Clock, Language, Words};

pub(crate) fn say(phrase: &Phrase) -> String {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        let brought: Vec<_> = PROVIDERS.iter().map(|provider| provider.phrases).collect();
        Words::new(Language::English, &brought, Clock::utc())
    });
    WORDS.say(phrase)
}

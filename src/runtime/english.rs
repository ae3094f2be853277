//! Phrases as programs read them, in the journal and in JSON: English in every language of the screen, times UTC.

use std::sync::LazyLock;

use crate::domain::Phrase;
use crate::words::{Clock, Language, Words};

pub(crate) fn say(phrase: &Phrase) -> String {
    static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(Language::English, Clock::utc()));
    WORDS.say(phrase)
}

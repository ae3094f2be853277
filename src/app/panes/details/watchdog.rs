//! How watchdogs stand, in the details.

use crate::app::panes::details::DetailLines;
use crate::app::tone::Tone;
use crate::domain::{Phrase, ResourceRef, text};

impl DetailLines<'_> {
    /// How an instance stands that is watched over.
    pub(crate) fn watchdog(&mut self, of: &ResourceRef) {
        let app = self.app;
        let Some(guarded) = app.engine.guarded(of) else { return };
        let most = guarded.watchdog.failures;
        let (phrase, tone) = match (&guarded.rests, &guarded.last) {
            (Some(why), _) => (text::watchdog::rests(why.clone()), Tone::Dim),
            (None, None) => (Phrase::new(text::watchdog::FIRST), Tone::Dim),
            (None, Some(Ok(()))) => (Phrase::new(text::watchdog::ANSWERS), Tone::Good),
            (None, Some(Err(said))) => {
                let phrase = if guarded.failures > most {
                    text::watchdog::failed_on(u64::from(guarded.failures), (*said).clone())
                } else {
                    text::watchdog::failed(u64::from(guarded.failures), u64::from(most), (*said).clone())
                };
                (phrase, if guarded.failures >= most { Tone::Bad } else { Tone::Busy })
            }
        };
        let every = text::watchdog::every(guarded.watchdog.probe.to_string(), guarded.watchdog.every, phrase);
        self.add_toned(text::details::WATCHDOG, app.words.say(&every), tone);
    }
}

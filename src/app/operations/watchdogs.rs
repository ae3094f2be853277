//! How watchdogs stand, in the details.

use crate::domain::{Phrase, ResourceRef};

use crate::app::panes::details::{Lines, Tone};

impl Lines<'_> {
    /// How an instance stands that is watched over.
    pub(crate) fn watchdog(&mut self, of: &ResourceRef) {
        let app = self.app;
        let Some(guarded) = app.engine.guarded(of) else { return };
        let most = guarded.watchdog.failures;
        let (phrase, tone) = match (&guarded.rests, &guarded.last) {
            (Some(why), _) => (Phrase::new("watchdog.rests").with("why", why.clone()), Tone::Dim),
            (None, None) => (Phrase::new("watchdog.first"), Tone::Dim),
            (None, Some(Ok(()))) => (Phrase::new("watchdog.answers"), Tone::Good),
            (None, Some(Err(said))) => {
                let key = if guarded.failures > most { "watchdog.failed-on" } else { "watchdog.failed" };
                let phrase = Phrase::new(key)
                    .with("n", u64::from(guarded.failures))
                    .with("of", u64::from(most))
                    .with("said", *said);
                (phrase, if guarded.failures >= most { Tone::Bad } else { Tone::Busy })
            }
        };
        let every = Phrase::new("watchdog.every")
            .with("probe", guarded.watchdog.probe.to_string())
            .with("every", guarded.watchdog.every)
            .with("how", phrase);
        self.add_toned("details.watchdog", app.words.say(&every), tone);
    }
}

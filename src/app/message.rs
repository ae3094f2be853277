//! What there is to tell, and how long it stands.

use std::time::Duration;

use crate::domain::{Monotonic, Phrase};

use crate::app::App;

/// It stands at least this long, beside the keys.
const STAYS: Duration = Duration::from_secs(8);

#[derive(Debug, Clone)]
pub(super) struct Message {
    what: Phrase,
    bad: bool,
    told: Monotonic,
    /// How many layers lay over the panes when a key led to it. What a dialog said is over with the next key, and with
    /// the dialog.
    depth: usize,
}

impl App {
    /// The message to show now, and whether it is bad news.
    #[must_use]
    pub fn message(&self) -> Option<(&Phrase, bool)> {
        let message = self.message.as_ref()?;
        (self.now.tick.since(message.told) < STAYS).then_some((&message.what, message.bad))
    }

    pub(crate) fn tell(&mut self, what: Phrase, bad: bool) {
        self.message = Some(Message { what, bad, told: self.now.tick, depth: 0 });
    }

    pub(super) fn heed(&mut self, ask: impl FnOnce(&mut Self)) {
        let former = self.message.take();
        ask(self);
        match &mut self.message {
            Some(message) => message.depth = self.layers.len(),
            None => self.message = former.filter(|message| message.depth == 0),
        }
    }

    /// What a dialog said that is closed goes with it.
    pub(super) fn forget_message(&mut self) {
        let depth = self.layers.len();
        self.message.take_if(|message| message.depth > depth);
    }

    pub(super) fn message_goes(&self) -> Option<Monotonic> {
        self.message.as_ref().map(|message| message.told + STAYS).filter(|gone| *gone > self.now.tick)
    }
}

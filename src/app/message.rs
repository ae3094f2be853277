//! What there is to tell, and how long it stands.

use std::time::Duration;

use crate::domain::{Monotonic, Phrase};

/// It stands at least this long, beside the keys.
const STAYS: Duration = Duration::from_secs(8);

#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) what: Phrase,
    pub(super) bad: bool,
    since: Monotonic,
    /// How many layers lay over the panes when a key led to it. What a dialog said is over with the next key, and with
    /// the dialog.
    pub(super) depth: usize,
}

impl Message {
    pub(super) const fn new(what: Phrase, bad: bool, now: Monotonic) -> Self {
        Self { what, bad, since: now, depth: 0 }
    }

    pub(super) fn goes(&self) -> Monotonic {
        self.since + STAYS
    }
}

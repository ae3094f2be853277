//! What a newcomer can try in the demo, one line at a time; each goes once it was followed, or has stood for a while.

use std::collections::VecDeque;
use std::time::Duration;

use crate::app::tables::commands::{Command, TIPS};
use crate::domain::{Monotonic, Text};

/// So long one is shown that nobody follows.
const STAYS: Duration = Duration::from_secs(30);

/// The tips that are still to be given. None comes back.
#[derive(Debug, Clone)]
pub(super) struct Tips {
    left: VecDeque<(Command, Text)>,
    /// Since when the first of them is shown.
    since: Monotonic,
}

impl Tips {
    pub(super) fn new(demo: bool, now: Monotonic) -> Self {
        Self { left: if demo { TIPS.into() } else { VecDeque::new() }, since: now }
    }

    /// A command was carried out: its tip is of no use any more.
    pub(super) fn follow(&mut self, command: Command, now: Monotonic) {
        let first = self.left.front().copied();
        self.left.retain(|(tip, _)| *tip != command);
        if self.left.front().copied() != first {
            self.since = now;
        }
    }

    pub(super) fn pass(&mut self, now: Monotonic) {
        if !self.left.is_empty() && now.since(self.since) >= STAYS {
            self.left.pop_front();
            self.since = now;
        }
    }

    pub(super) fn switch_off(&mut self) {
        self.left.clear();
    }

    pub(super) fn first(&self) -> Option<Text> {
        self.left.front().map(|(_, text)| *text)
    }

    /// When the next takes the place of the one that is shown.
    pub(super) fn wake(&self) -> Option<Monotonic> {
        (!self.left.is_empty()).then(|| self.since + STAYS)
    }
}

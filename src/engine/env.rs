//! The present moment. It comes in from outside: nothing here reads a clock.

use crate::domain::{Monotonic, Timestamp};

/// The present moment, on both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Env {
    pub tick: Monotonic,
    pub wall: Timestamp,
}

impl Env {
    /// When a moment of the wall clock comes; now where it is past.
    pub(super) fn tick_at(&self, at: Timestamp) -> Monotonic {
        self.tick + at.since(self.wall)
    }

    /// When a moment of the wall clock was; now where it lies ahead.
    pub(super) fn tick_of(&self, at: Timestamp) -> Monotonic {
        self.tick - self.wall.since(at)
    }
}

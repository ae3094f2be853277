//! What is watched over, and what is known of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::{Instance, Monotonic, Phrase, ResourceRef, Text, Timestamp, Watchdog};

/// How an instance that is watched over stands, for the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Guarded<'a> {
    pub watchdog: &'a Watchdog,
    pub failures: u32,
    /// What the last try brought: nothing, or why it failed; `None` before the first.
    pub last: Option<Result<(), &'a Phrase>>,
    /// Why it is not tried now.
    pub rests: Option<Phrase>,
}

#[derive(Debug, Clone)]
pub(super) struct Watchers {
    pub(super) settings: Vec<Watchdog>,
    /// The instances that an entry covers, with the number of the last that does.
    pub(super) covered: Vec<Covered>,
    pub(super) dogs: BTreeMap<ResourceRef, Dog>,
    /// Whether it was said that nothing answers at all.
    pub(super) all_silent: bool,
    /// Whether the journal was read, without which nobody knows what was done within the hour.
    pub(super) remembers: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Covered {
    pub(super) of: ResourceRef,
    pub(super) by: usize,
    pub(super) instance: Arc<Instance>,
    /// Why it is not tried now.
    pub(super) rests: Option<Text>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Dog {
    pub(super) failures: u32,
    /// When the try began that made it suspect. What is done about it waits until all others were tried since.
    pub(super) suspect: Option<Monotonic>,
    pub(super) told: bool,
    pub(super) offers: bool,
    pub(super) offered: Option<Timestamp>,
    pub(super) muted: bool,
}

impl Dog {
    pub(super) fn forget(&mut self) {
        *self = Self { offered: self.offered, muted: self.muted, ..Self::default() };
    }
}

impl Watchers {
    pub(super) const fn new() -> Self {
        Self { settings: Vec::new(), covered: Vec::new(), dogs: BTreeMap::new(), all_silent: false, remembers: false }
    }

    pub(super) fn configure(&mut self, settings: Vec<Watchdog>) {
        self.settings = settings;
    }

    pub(super) fn remember(&mut self) {
        self.remembers = true;
    }

    /// Nobody knows what was true while the machine slept.
    pub(super) fn forget(&mut self) {
        self.dogs.values_mut().for_each(Dog::forget);
    }
}

//! One act in the world: by whom, when, by which rules.

use crate::sim::chance::Chance;
use crate::sim::clock::Moment;
use crate::sim::log::Origin;
use crate::sim::quirks::Quirks;
use crate::sim::world::catalogue::Catalogue;
use crate::sim::world::durations::Durations;

/// What a verb needs to know beside its account.
pub struct Turn<'a> {
    pub now: Moment,
    pub start: Moment,
    pub durations: &'a Durations,
    /// Where the records are silent.
    pub quirks: &'a Quirks,
    pub catalogue: &'a Catalogue,
    /// Where made-up names come from.
    pub chance: &'a mut Chance,
    pub by: Origin,
}

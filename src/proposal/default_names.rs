//! The names that are proposed for what a verb makes.

use crate::domain::{Timestamp, Verb};
use crate::engine::Engine;
use crate::proposal::build_actions::source;
use crate::proposal::content::Subject;
use crate::words::Clock;

/// The parts of proposed names that come from the local clock.
#[derive(Debug, Clone)]
pub struct DefaultNames {
    /// `20261121-1432`.
    pub minute: String,
    /// `20261121`.
    pub day: String,
}

impl DefaultNames {
    #[must_use]
    pub fn at(clock: &Clock, at: Timestamp) -> Self {
        Self { minute: clock.minute_packed(at), day: clock.day_packed(at) }
    }

    /// What to call that which a verb makes, where it makes something.
    pub(super) fn propose(&self, engine: &Engine, verb: Verb, subjects: &[Subject]) -> Option<String> {
        match (verb, subjects) {
            (verb, [one]) if verb.saves() => Some(format!("{}-{}", one.target.name, self.minute)),
            (verb, _) if verb.saves() => Some(format!("-{}", self.minute)),
            // A new instance bears the name of the one that was saved.
            (Verb::RestoreAsNew, [one, ..]) => {
                let saved = source(engine, &one.target);
                let parked = engine.parked(one.target.account(), one.target.id()).map(|kept| kept.name.clone());
                Some(saved.map(|i| i.name.clone()).or(parked).unwrap_or_else(|| one.target.name.clone()))
            }
            _ => None,
        }
    }
}

//! The steps of an operation that are still to be sent.

use std::time::Duration;

use crate::domain::{Operation, Phrase};
use crate::engine::{Engine, Env};
use crate::proposal::{step_phrase, typed_from};

/// What is left of an operation, and how it is confirmed.
#[derive(Debug)]
pub struct RemainingSteps {
    pub operation: Operation,
    /// How long ago a person last said that it is to be sent.
    pub age: Duration,
    /// The requests that are still to be sent, each with the number of its step.
    pub calls: Vec<(usize, Phrase)>,
    /// What must be typed, one of these; `None` where a yes is enough.
    pub typed: Option<Vec<String>>,
}

impl RemainingSteps {
    /// The steps of an operation from the one on that it stands at, from what is known now.
    pub(super) fn new(engine: &Engine, op: &Operation, now: &Env) -> Self {
        let calls = op.calls_from(op.at).filter_map(|(n, _)| Some((n + 1, step_phrase(op.steps.get(n)?, &op.action))));
        Self {
            age: now.wall.since(op.wanted_at),
            calls: calls.collect(),
            typed: typed_from(engine, op, op.at, now),
            operation: op.clone(),
        }
    }
}

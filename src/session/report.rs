//! How an operation stands, for people and for scripts.

use crate::domain::{Halt, Kind, OpResult, OpState, Operation, Phrase};
use crate::engine::Engine;
use crate::proposal::{step_line, step_phrase};
use crate::runtime::clock;
use crate::runtime::document::{Carrier, document};

#[derive(Debug, Clone, PartialEq)]
pub struct OperationReport {
    pub operation: Operation,
    pub step: Phrase,
    pub by: Carrier,
    /// The operation as JSON, without any secret.
    pub document: serde_json::Value,
}

impl OperationReport {
    pub(super) fn of(op: &Operation, by: Carrier, engine: &Engine) -> Self {
        Self { operation: op.clone(), step: at_step("watch.step", op), by, document: document(op, by, engine) }
    }
}

/// What an operation is called: `restore web-01`.
#[must_use]
pub fn name(op: &Operation) -> String {
    let targets = op.action.targets();
    // Of what is about a machine and something else, the machine.
    let is_about = op.action.subject().resource.kind != Kind::Firewall;
    let instance = targets.iter().find(|t| is_about && t.resource.kind == Kind::Instance);
    let subject = instance.map_or_else(|| op.action.subject().name.as_str(), |t| t.name.as_str());
    format!("{} {subject}", op.action.verb().name())
}

pub(super) fn at_step(key: &'static str, op: &Operation) -> Phrase {
    let at = op.at.min(op.steps.len().saturating_sub(1));
    // What goes on is told together, what went wrong one by one.
    let line = match op.steps.get(at) {
        Some(step) if key != "watch.step" => Some(((at + 1).to_string(), step_phrase(step, &op.action))),
        _ => step_line(&op.steps, at, &op.action),
    };
    let (number, what) = line.unwrap_or_else(|| (String::new(), Phrase::new("watch.left-unknown")));
    Phrase::new(key).with("at", number).with("of", op.steps.len()).with("what", what)
}

#[must_use]
pub fn how(op: &Operation) -> Phrase {
    match &op.state {
        OpState::Queued { why: Some(_), .. } => at_step("watch.refused-now", op),
        OpState::OutcomeUnknown => at_step("watch.unsure", op),
        OpState::Halted(Halt::StillWanted) => at_step("watch.left", op).with("age", clock::wall().since(op.wanted_at)),
        OpState::Halted(_) => at_step("watch.unknown", op),
        OpState::Ended(OpResult::Done) => Phrase::new("watch.done").with("took", op.took.unwrap_or_default()),
        OpState::Ended(OpResult::Failed { what, .. }) if op.calls_from(0).nth(1).is_some() => {
            at_step("watch.failed-at", op).with("why", what.clone())
        }
        OpState::Ended(OpResult::Failed { what, .. }) => Phrase::new("watch.failed").with("why", what.clone()),
        OpState::Ended(OpResult::Cancelled { why }) => Phrase::new("watch.cancelled").with("why", why.clone()),
        OpState::Ended(OpResult::Unknown) => Phrase::new("watch.left-unknown"),
        _ => at_step("watch.step", op),
    }
}

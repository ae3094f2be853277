//! How an operation stands, for people and for scripts.

use crate::domain::{Halt, Kind, OpResult, OpState, Operation, Phrase, text};
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
    pub(super) fn new(op: &Operation, by: Carrier, engine: &Engine) -> Self {
        Self { operation: op.clone(), step: present_step(op), by, document: document(op, by, engine) }
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

/// What goes on is told together, what went wrong one by one.
pub(super) fn present_step(op: &Operation) -> Phrase {
    match step_line(&op.steps, present(op), &op.action) {
        Some((number, what)) => text::watch::step(number, op.steps.len(), what),
        None => at_step(text::watch::step, op),
    }
}

pub(super) fn at_step(text: impl FnOnce(String, usize, Phrase) -> Phrase, op: &Operation) -> Phrase {
    let at = present(op);
    let (number, what) = op.steps.get(at).map_or_else(
        || (String::new(), Phrase::new(text::watch::LEFT_UNKNOWN)),
        |step| ((at + 1).to_string(), step_phrase(step, &op.action)),
    );
    text(number, op.steps.len(), what)
}

fn present(op: &Operation) -> usize {
    op.at.min(op.steps.len().saturating_sub(1))
}

#[must_use]
pub fn how(op: &Operation) -> Phrase {
    match &op.state {
        OpState::Queued { why: Some(_), .. } => at_step(text::watch::refused_now, op),
        OpState::OutcomeUnknown => at_step(text::watch::unsure, op),
        OpState::Halted(Halt::StillWanted) => {
            at_step(|at, of, what| text::watch::left(at, of, what, clock::wall().since(op.wanted_at)), op)
        }
        OpState::Halted(_) => at_step(text::watch::unknown, op),
        OpState::Ended(OpResult::Done) => text::watch::done(op.took.unwrap_or_default()),
        OpState::Ended(OpResult::Failed { what, .. }) if op.calls_from(0).nth(1).is_some() => {
            at_step(|at, of, step| text::watch::failed_at(at, of, step, what.clone()), op)
        }
        OpState::Ended(OpResult::Failed { what, .. }) => text::watch::failed(what.clone()),
        OpState::Ended(OpResult::Cancelled { why }) => text::watch::cancelled(why.clone()),
        OpState::Ended(OpResult::Unknown) => Phrase::new(text::watch::LEFT_UNKNOWN),
        _ => present_step(op),
    }
}

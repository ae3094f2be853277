//! What an operation has come to where a command leaves it, its exit code, and the command that goes on with it.

use std::fmt::Write as _;

use crate::cli::args::Global;
use crate::cli::exit;
use crate::domain::{Halt, OpResult, OpState, Phrase, Step, quoted, text};
use crate::runtime::document::Carrier;
use crate::session::report::{self, OperationReport};

/// This program as it was called: what it is told by an option another call must be told, too.
pub(super) fn program(global: &Global) -> String {
    let mut program = "vpsdeck".to_owned();
    if let Some(file) = &global.config {
        // Writing to a string cannot fail.
        let _ = write!(program, " --config {}", quoted(&file.to_string_lossy()));
    }
    program
}

/// What is to be said of an operation in the end, and its exit code.
pub(super) fn left(stands: &OperationReport, program: &str) -> (Option<Phrase>, u8) {
    type Left = fn(String, Phrase, String, String) -> Phrase;
    let elsewhere: Left = |name, step, _, _| text::cli_left::another(name, step);
    let op = &stands.operation;
    let another = stands.by == Carrier::Another;
    let (text, code): (Left, _) = match &op.state {
        OpState::Ended(OpResult::Done) => return (None, exit::DONE),
        OpState::Ended(OpResult::Unknown) => return (None, exit::UNKNOWN),
        // What was made is told with the reason.
        OpState::Ended(OpResult::Failed { .. }) if op.undoes.is_some() => return (None, exit::FAILED),
        OpState::Ended(OpResult::Failed { .. }) if op.calls_from(0).any(|(n, _)| n < op.at) => {
            return (Some(text::cli_left::broke_off(report::name(op), op.at, op.steps.len())), exit::FAILED);
        }
        OpState::Ended(_) => return (None, exit::FAILED),
        OpState::Halted(Halt::OutcomeUnknown) if is_sent_once(stands) => (text::cli_left::decide_once, exit::UNKNOWN),
        OpState::Halted(Halt::OutcomeUnknown) => (text::cli_left::decide, exit::UNKNOWN),
        OpState::Sending | OpState::OutcomeUnknown if another => (elsewhere, exit::UNKNOWN),
        OpState::Sending | OpState::OutcomeUnknown => (text::cli_left::open, exit::UNKNOWN),
        OpState::Halted(Halt::StillWanted) => (text::cli_left::rest, exit::REFUSED_HERE),
        _ if another => (elsewhere, exit::FAILED),
        _ if op.has_calls_ahead() => (text::cli_left::rest, exit::FAILED),
        _ => (text::cli_left::wait, exit::FAILED),
    };
    (Some(text(report::name(op), stands.step.clone(), program.to_owned(), op.id.to_string())), code)
}

/// Whether the request that is in doubt is never sent a second time.
pub(super) fn is_sent_once(stands: &OperationReport) -> bool {
    matches!(stands.operation.step(), Some(Step::Call { call, .. }) if call.is_sent_once())
}

//! What an operation has come to where a command leaves it, its exit code, and the command that goes on with it.

use std::fmt::Write as _;

use crate::cli::args::Global;
use crate::cli::exit;
use crate::domain::{Halt, OpResult, OpState, Phrase, Step, quoted};
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
    let op = &stands.operation;
    let another = stands.by == Carrier::Another;
    let (key, code) = match &op.state {
        OpState::Ended(OpResult::Done) => return (None, exit::DONE),
        OpState::Ended(OpResult::Unknown) => return (None, exit::UNKNOWN),
        OpState::Ended(OpResult::Failed { .. }) if op.calls_from(0).any(|(n, _)| n < op.at) => {
            let phrase = Phrase::new("cli.left.broke-off").with("name", report::name(op));
            return (Some(phrase.with("done", op.at).with("of", op.steps.len())), exit::FAILED);
        }
        OpState::Ended(_) => return (None, exit::FAILED),
        OpState::Halted(Halt::OutcomeUnknown) if is_sent_once(stands) => ("cli.left.decide-once", exit::UNKNOWN),
        OpState::Halted(Halt::OutcomeUnknown) => ("cli.left.decide", exit::UNKNOWN),
        OpState::Sending | OpState::OutcomeUnknown if another => ("cli.left.another", exit::UNKNOWN),
        OpState::Sending | OpState::OutcomeUnknown => ("cli.left.open", exit::UNKNOWN),
        OpState::Halted(Halt::StillWanted) => ("cli.left.rest", exit::REFUSED_HERE),
        _ if another => ("cli.left.another", exit::FAILED),
        _ if op.has_calls_ahead() => ("cli.left.rest", exit::FAILED),
        _ => ("cli.left.wait", exit::FAILED),
    };
    let phrase = Phrase::new(key).with("name", report::name(op)).with("step", stands.step.clone());
    (Some(phrase.with("program", program).with("op", op.id.as_str())), code)
}

/// Whether the request that is in doubt is never sent a second time.
pub(super) fn is_sent_once(stands: &OperationReport) -> bool {
    matches!(stands.operation.step(), Some(Step::Call { call, .. }) if call.is_sent_once())
}

//! The hook: a program of the person's own that is told how an operation ended. No shell, no terminal, and nobody waits
//! for it.

use std::process::Stdio;
use std::time::Duration;

use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::domain::{OpResult, OpState, Operation};
use crate::settings::detached;

/// So long it may take.
const LONGEST: Duration = Duration::from_secs(10);

/// Runs it beside everything else, without the variables that hold secrets. That it failed is only logged.
#[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
pub(super) fn run(argv: &[String], without: &[String], op: &Operation) {
    let Some((program, args)) = argv.split_first() else { return };
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    for name in without {
        command.env_remove(name);
    }
    let (text, program, op) = (document(op).to_string(), program.clone(), op.id.clone());
    tokio::spawn(async move {
        match tokio::time::timeout(LONGEST, feed(command, text)).await {
            Ok(Ok(status)) if status.success() => {}
            Ok(Ok(status)) => tracing::warn!(%op, program, %status, "the hook failed"),
            Ok(Err(error)) => tracing::warn!(%op, program, %error, "the hook could not be run"),
            Err(_) => tracing::warn!(%op, program, "the hook took too long and was ended"),
        }
    });
}

async fn feed(command: Command, text: String) -> std::io::Result<std::process::ExitStatus> {
    let mut child = detached::spawn(command)?;
    if let Some(mut input) = child.stdin().take() {
        // One that does not read is no mistake.
        let _ = input.write_all(text.as_bytes()).await;
        let _ = input.write_all(b"\n").await;
    }
    child.wait().await
}

/// How an operation stands, in one word of no language.
pub(super) const fn result(op: &Operation) -> &'static str {
    match &op.state {
        OpState::Ended(OpResult::Done) => "done",
        OpState::Ended(OpResult::Failed { .. }) => "failed",
        OpState::Ended(OpResult::Cancelled { .. }) => "cancelled",
        OpState::Ended(OpResult::Unknown) => "unknown",
        OpState::Halted(_) => "halted",
        _ => "running",
    }
}

/// An operation as JSON: no secret is in one.
pub(crate) fn document(op: &Operation) -> serde_json::Value {
    let said = match &op.state {
        OpState::Ended(OpResult::Failed { said, .. }) => said.as_ref(),
        _ => None,
    };
    let reason = match &op.state {
        OpState::Ended(OpResult::Failed { what, said }) => {
            Some(said.as_ref().map_or_else(|| what.key.to_owned(), |s| s.said.clone()))
        }
        OpState::Ended(OpResult::Cancelled { why }) => Some(why.key.to_owned()),
        _ => None,
    };
    let target = op.action.subject();
    json!({
        "op": op.id,
        "verb": op.action.verb().name().replace('-', "_"),
        "account": op.account,
        "target": { "kind": target.resource.kind, "id": target.id(), "name": target.name },
        "result": result(op),
        "reason": reason,
        "code": said.and_then(|s| s.code.clone()),
        "step": op.at.min(op.steps.len()),
        "steps": op.steps.len(),
        "asked": op.asked,
        "by": op.by,
        "ended": op.ended,
        "seconds": op.took.map(|took| took.as_secs()),
    })
}

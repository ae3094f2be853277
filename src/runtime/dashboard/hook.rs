//! The hook: a program of the person's own that is told how an operation ended. No shell, no terminal, and nobody waits
//! for it.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::domain::Operation;
use crate::engine::Engine;
use crate::runtime::document::{Carrier, document};
use crate::settings::detached;

const LONGEST: Duration = Duration::from_secs(10);

/// Runs it beside everything else, without the variables that hold secrets. That it failed is only logged.
#[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
pub(super) fn run(argv: &[String], without: &[String], op: &Operation, engine: &Engine) {
    let Some((program, args)) = argv.split_first() else { return };
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    for name in without {
        command.env_remove(name);
    }
    let (text, program, op) = (document(op, Carrier::Us, engine).to_string(), program.clone(), op.id.clone());
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

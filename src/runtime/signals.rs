//! Signals, heard from before the terminal is taken. What is to end ends, whatever the rest waits for.

use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::UnboundedSender;

use super::run::Happened;
use super::terminal;
use crate::app::Msg;
use crate::cli::exit;

/// So long an orderly end may take; then a terminal that takes nothing any more does not hold it.
const ORDERLY: Duration = Duration::from_millis(700);
/// So long it may take after that to give the terminal back.
const GIVING_BACK: Duration = Duration::from_millis(150);

/// Hears SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT and SIGWINCH, for the whole life of the program.
///
/// # Errors
/// What the system said.
#[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
pub(super) fn hear(to: &UnboundedSender<Happened>) -> std::io::Result<()> {
    let stop = SignalKind::from_raw(rustix::process::Signal::TSTP.as_raw());
    let go_on = SignalKind::from_raw(rustix::process::Signal::CONT.as_raw());
    let (terminate, hangup) = (SignalKind::terminate(), SignalKind::hangup());
    for kind in [terminate, hangup, SignalKind::interrupt(), stop, go_on, SignalKind::window_change()] {
        let mut heard = signal(kind)?;
        let to = to.clone();
        tokio::spawn(async move {
            while heard.recv().await.is_some() {
                let told = match kind {
                    _ if kind == terminate || kind == hangup => {
                        end(&to);
                        continue;
                    }
                    _ if kind == stop => Happened::Suspend,
                    _ if kind == go_on => Happened::Continued,
                    _ if kind == SignalKind::interrupt() => Happened::Interrupted,
                    _ => Happened::Resized,
                };
                let _ = to.send(told);
            }
        });
    }
    Ok(())
}

/// Ends the program in order, and else without.
pub(super) fn end(to: &UnboundedSender<Happened>) {
    let _ = to.send(Happened::App(Msg::Terminate));
    // A thread of its own: all others may wait for the terminal.
    let _ = std::thread::Builder::new().name("end".to_owned()).spawn(|| {
        std::thread::sleep(ORDERLY);
        let _ = std::thread::Builder::new().spawn(terminal::give_back);
        std::thread::sleep(GIVING_BACK);
        tracing::warn!("ended without order: the terminal took nothing, or something took too long");
        std::process::exit(i32::from(exit::DONE));
    });
}

//! What is to end ends, whatever the rest waits for.

use std::time::Duration;

use crate::runtime::dashboard::terminal;
use crate::runtime::event::Signal;

/// So long an orderly end may take; then a terminal that takes nothing any more does not hold it.
const ORDERLY: Duration = Duration::from_millis(700);
/// So long it may take after that to give the terminal back.
const GIVING_BACK: Duration = Duration::from_millis(150);

/// Ends the program in any case, some time after a signal that ends it.
pub(super) fn on_signal(signal: Signal) {
    if !matches!(signal, Signal::Terminate | Signal::Hangup) {
        return;
    }
    // A thread of its own: all others may wait for the terminal.
    let _ = std::thread::Builder::new().name("end".to_owned()).spawn(|| {
        std::thread::sleep(ORDERLY);
        let _ = std::thread::Builder::new().spawn(terminal::give_back);
        std::thread::sleep(GIVING_BACK);
        tracing::warn!("ended without order: the terminal took nothing, or something took too long");
        std::process::exit(0);
    });
}

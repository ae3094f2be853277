//! Signals, as events.

use tokio::signal::unix::{SignalKind, signal as listen};

use crate::runtime::event::{Event, Events, Signal};

impl Signal {
    fn kind(self) -> SignalKind {
        match self {
            Self::Terminate => SignalKind::terminate(),
            Self::Hangup => SignalKind::hangup(),
            Self::Interrupt => SignalKind::interrupt(),
            Self::Suspend => SignalKind::from_raw(rustix::process::Signal::TSTP.as_raw()),
            Self::Continue => SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()),
            Self::Resize => SignalKind::window_change(),
        }
    }
}

/// Hears these signals for the whole life of the program. `at_once`: what does not wait until the loop has time.
///
/// # Errors
/// What the system said.
#[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
pub(crate) fn hear<O: Send + 'static>(signals: &[Signal], to: &Events<O>, at_once: fn(Signal)) -> std::io::Result<()> {
    for &signal in signals {
        let mut heard = listen(signal.kind())?;
        let to = to.clone();
        tokio::spawn(async move {
            while heard.recv().await.is_some() {
                at_once(signal);
                let _ = to.send(Event::Signal(signal));
            }
        });
    }
    Ok(())
}

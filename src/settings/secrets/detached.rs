//! Programs that run beside a dashboard: in a session of their own without a terminal, so that none can ask at ours and
//! take keys that are meant for the dashboard.

use std::io;

use process_wrap::tokio::{ChildWrapper, CommandWrap, KillOnDrop, ProcessSession};
use tokio::process::Command;

/// What gpg tells its agent to ask at. An agent that was begun in our terminal would else ask there (GnuPG 2.2: also
/// where the variable is missing or empty), and what exists but is no terminal lets pinentry-curses spin.
const NO_TERMINAL: &str = "/dev/none";

/// Starts a program so; it is ended where what comes back is dropped.
///
/// # Errors
/// What the system said.
pub(crate) fn spawn(mut command: Command) -> io::Result<Box<dyn ChildWrapper>> {
    command.env("GPG_TTY", NO_TERMINAL);
    CommandWrap::from(command).wrap(ProcessSession).wrap(KillOnDrop).spawn()
}

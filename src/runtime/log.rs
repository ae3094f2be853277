//! Diagnostics to a file, never to the screen. What the HTTP client sends and gets is redacted there.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::sync::Mutex;

use tracing_subscriber::EnvFilter;

use crate::settings::{Environment, make_private_dir};

/// A log larger than this is set aside at the next start; two older ones are kept.
const LARGE: u64 = 2 << 20;

/// Opens the log. `VPSDECK_LOG` is its level; `info` by default. `tell` is told once what the system says when it cannot be
/// written any more, and again when that happens again. Where it cannot be opened there is none: nobody needs one in order
/// to read, and a change needs the journal, which says so itself.
pub(crate) fn start(env: &Environment, tell: impl Fn(&io::Error) + Send + 'static) {
    let Ok(file) = open(env) else { return };
    let level = env.variable("VPSDECK_LOG").unwrap_or("info");
    let filter = EnvFilter::try_new(format!("warn,vpsdeck={level}")).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = Log { file, tell, fails: false };
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(Mutex::new(log));
    // A second start in one process, as in tests, keeps the first.
    let _ = tracing::subscriber::set_global_default(subscriber.log_internal_errors(false).finish());
}

fn open(env: &Environment) -> io::Result<File> {
    make_private_dir(&env.state_dir)?;
    let path = env.state_dir.join("vpsdeck.log");
    if path.metadata().is_ok_and(|m| m.len() > LARGE) {
        // A log that cannot be set aside just grows; that is no reason not to start.
        let _ = std::fs::rename(env.state_dir.join("vpsdeck.log.1"), env.state_dir.join("vpsdeck.log.2"));
        let _ = std::fs::rename(&path, env.state_dir.join("vpsdeck.log.1"));
    }
    OpenOptions::new().append(true).create(true).mode(0o600).open(path)
}

/// The file, whose failures are told and are nobody else's.
struct Log<T> {
    file: File,
    tell: T,
    /// Whether the last line was not written.
    fails: bool,
}

impl<T: Fn(&io::Error)> Write for Log<T> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let written = self.file.write_all(line);
        let failed = std::mem::replace(&mut self.fails, written.is_err());
        if let Err(error) = written
            && !failed
        {
            (self.tell)(&error);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

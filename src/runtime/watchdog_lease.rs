//! Which of several dashboards watches over the instances: one, so that nothing is rebooted twice. The next takes over
//! when it is gone.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::domain::Watchdog;
use crate::engine;
use crate::runtime::event::{Event, Events};
use crate::settings::make_private_dir;

/// So often it is looked whether whoever holds it is gone.
const EVERY: Duration = Duration::from_secs(2);

/// What is to be watched over, by whoever holds it.
pub(super) struct WatchdogLease {
    folder: PathBuf,
    watchdogs: Vec<Watchdog>,
    read_only: bool,
}

impl WatchdogLease {
    /// Where nothing may be changed nobody needs it: it only looks.
    pub(super) fn new(folder: &Path, watchdogs: Vec<Watchdog>, read_only: bool) -> Self {
        Self { folder: folder.to_path_buf(), watchdogs, read_only }
    }

    /// Tells the engine what to watch over as soon as nobody else does, and holds it until the program ends.
    #[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
    pub(super) fn take<O: Send + 'static>(self, to: Events<O>) {
        if self.watchdogs.is_empty() {
            return;
        }
        tokio::spawn(async move {
            let mut held: Option<File> = None;
            while !self.read_only && held.is_none() {
                match hold(&self.folder) {
                    Ok(lock) => held = lock,
                    Err(error) => {
                        tracing::error!(folder = %self.folder.display(), %error, "nothing is watched over: no lock");
                        return;
                    }
                }
                if held.is_none() {
                    tokio::time::sleep(EVERY).await;
                }
            }
            let msg = engine::Msg::Watchdogs(self.watchdogs);
            let _ = to.send(Event::Engine(Box::new(msg)));
            // The lock is held as long as somebody listens.
            to.closed().await;
            drop(held);
        });
    }
}

/// The lock, unless another process holds it.
fn hold(folder: &Path) -> std::io::Result<Option<File>> {
    make_private_dir(folder)?;
    let file =
        OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(folder.join("watchdog.lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(std::fs::TryLockError::WouldBlock) => Ok(None),
        Err(std::fs::TryLockError::Error(error)) => Err(error),
    }
}

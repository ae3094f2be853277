//! The journal's file: appended to under a lock, and rotated by size.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::domain::{JournalLine, Phrase, text};
use crate::engine::Ledger;
use crate::settings::make_private_dir;

/// The journal is begun again once it is so large; what came before is kept once.
const LARGEST: u64 = 4 << 20;

/// So long another program may hold the lock: it writes a line, or begins the file again.
pub(super) const LOCK: Duration = Duration::from_secs(10);

/// Takes a lock, but waits for no program that was stopped while it held it.
pub(super) fn locked_within(limit: Duration, try_lock: impl Fn() -> Result<(), TryLockError>) -> std::io::Result<()> {
    const PAUSE: Duration = Duration::from_millis(10);
    for _ in 0..limit.as_millis() / PAUSE.as_millis() {
        match try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) => return Err(error),
            Ok(()) => return Ok(()),
        }
    }
    Err(ErrorKind::TimedOut.into())
}

/// Which file, and why it cannot be used.
pub(super) fn reason(path: &Path, error: &std::io::Error) -> Phrase {
    let said: Phrase = match error.kind() {
        ErrorKind::TimedOut => text::journal::LOCKED.into(),
        _ => error.to_string().into(),
    };
    text::plain::at(path.display().to_string(), said)
}

#[derive(Debug, Clone)]
pub(crate) struct JournalFile {
    pub(super) path: PathBuf,
    /// How long it is, as far as this process wrote or read it: another length means that somebody else wrote.
    pub(super) known: Arc<AtomicU64>,
    pub(super) largest: u64,
}

impl JournalFile {
    pub(crate) fn below(folder: &Path) -> Self {
        Self { path: folder.join("journal.jsonl"), known: Arc::default(), largest: LARGEST }
    }

    /// The file that was rotated away last.
    pub(super) fn former(&self) -> PathBuf {
        self.path.with_file_name("journal.1.jsonl")
    }

    /// # Errors
    /// Which file, and what the system said.
    pub(crate) fn append_line(&self, line: &JournalLine) -> Result<(), Phrase> {
        self.append(&serde_json::to_string(line).map_err(|error| error.to_string())?)
    }

    /// Appends a line under a lock, so that those of several processes never mix, and returns once it is on disk.
    ///
    /// # Errors
    /// Which file, and what the system said.
    pub(super) fn append(&self, text: &str) -> Result<(), Phrase> {
        self.try_append(text).map_err(|error| reason(&self.path, &error))
    }

    fn try_append(&self, text: &str) -> std::io::Result<()> {
        let mut file = self.locked()?;
        if file.metadata()?.len() >= self.largest {
            self.rotate()?;
            // Let go first: where nothing was rotated it is the same file.
            drop(file);
            file = self.locked()?;
        }
        let before = file.metadata()?.len();
        let mut whole = String::with_capacity(text.len() + 2);
        // A line that a crash tore is ended, so that it does not take this one with it.
        if before > 0 && !ends_with_newline(&mut file)? {
            whole.push('\n');
        }
        whole.push_str(text);
        whole.push('\n');
        file.write_all(whole.as_bytes())?;
        file.sync_data()?;
        let after = before + u64::try_from(whole.len()).unwrap_or(0);
        // Only where nobody else wrote since it was looked at.
        let _ = self.known.compare_exchange(before, after, Ordering::SeqCst, Ordering::SeqCst);
        Ok(())
    }

    /// Opens it with the lock held. One that was rotated away while the lock was awaited is let go.
    fn locked(&self) -> std::io::Result<File> {
        if let Some(folder) = self.path.parent() {
            make_private_dir(folder)?;
        }
        loop {
            let file = OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(&self.path)?;
            locked_within(LOCK, || file.try_lock())?;
            match std::fs::metadata(&self.path) {
                Ok(there) if there.ino() == file.metadata()?.ino() => return Ok(file),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Begins a new file with the lines of what has not ended. The lock on the old one is held by the caller.
    fn rotate(&self) -> std::io::Result<()> {
        let text = std::fs::read_to_string(&self.path)?;
        let understood = |text| Some((text, serde_json::from_str::<JournalLine>(text).ok()?));
        let lines: Vec<(&str, JournalLine)> = text.lines().filter_map(understood).collect();
        let mut ledger = Ledger::new();
        ledger.extend(lines.iter().map(|(_, line)| line));
        let counts = lines.iter().filter(|(_, line)| ledger.counts(&line.op)).map(|(text, _)| *text);
        let mut carried = counts.collect::<Vec<_>>().join("\n");
        // Where most of it is still open, nothing would be won.
        if carried.len() * 2 > text.len() {
            return Ok(());
        }
        if !carried.is_empty() {
            carried.push('\n');
        }
        std::fs::copy(&self.path, self.former())?;
        crate::settings::write_private(&self.path, carried.as_bytes())
    }

    /// Whether somebody else wrote since it was read or written here.
    pub(crate) fn has_news(&self) -> bool {
        std::fs::metadata(&self.path).map_or(0, |m| m.len()) != self.known.load(Ordering::SeqCst)
    }
}

fn ends_with_newline(file: &mut File) -> std::io::Result<bool> {
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_was_stopped_with_the_lock_is_not_waited_for_without_end() {
        let home = tempfile::tempdir().unwrap();
        let open = || OpenOptions::new().write(true).create(true).truncate(false).open(home.path().join("l")).unwrap();
        let (theirs, ours) = (open(), open());
        theirs.lock().unwrap();
        let limit = Duration::from_millis(50);
        let error = locked_within(limit, || ours.try_lock()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        drop(theirs);
        locked_within(limit, || ours.try_lock()).unwrap();
    }
}

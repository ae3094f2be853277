//! Who carries an operation on. Each process holds a lock for life; what a process that is gone left behind is taken
//! over by the first that finds it, and by no other.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::file::reason;
use super::reader::{JournalLines, JournalReader};
use crate::domain::{AccountName, JOURNAL_VERSION, JournalLine, JournalRecord, OpId, Phrase};
use crate::engine::Ledger;
use crate::settings::make_private_dir;

/// This process's lock, held until it ends.
#[derive(Debug)]
pub(crate) struct Owner {
    folder: PathBuf,
    process: String,
    /// Held, not used.
    _lock: File,
}

impl Owner {
    /// Takes the lock of this process.
    ///
    /// # Errors
    /// What the system said.
    pub(crate) fn hold(folder: &Path, process: &str) -> std::io::Result<Self> {
        make_private_dir(folder)?;
        let lock = open_lock(&lock_of(folder, process))?;
        lock.lock()?;
        Ok(Self { folder: folder.to_path_buf(), process: process.to_owned(), _lock: lock })
    }

    /// Takes over what processes that are gone left behind in these accounts, and gives what was written since it was
    /// read last. `open` holds what has not ended.
    ///
    /// # Errors
    /// Which file, and what the system said.
    pub(crate) fn take_over(
        &self,
        journal: &mut JournalReader,
        open: &mut Ledger,
        accounts: &[AccountName],
    ) -> Result<JournalLines, Phrase> {
        let mut all = read_on(journal, open)?;
        let others: BTreeSet<String> =
            open.open().map(|(_, entry)| entry.owner.clone()).filter(|owner| *owner != self.process).collect();
        for process in others {
            let path = lock_of(&self.folder, &process);
            let Ok(lock) = open_lock(&path) else { continue };
            match lock.try_lock() {
                Ok(()) => {}
                // It lives, or somebody else takes over from it just now.
                Err(TryLockError::WouldBlock) => continue,
                Err(TryLockError::Error(error)) => return Err(reason(&path, &error)),
            }
            // Looked at again, now that nobody else can take over from it.
            all.append(read_on(journal, open)?);
            let left = open.open().filter(|(_, e)| e.owner == process && accounts.contains(&e.account));
            for op in left.map(|(op, _)| op.clone()).collect::<Vec<OpId>>() {
                let record = JournalRecord::TakenOver {};
                let at = crate::runtime::clock::wall();
                let line = JournalLine { v: JOURNAL_VERSION, at, process: self.process.clone(), op, record };
                journal.file().append_line(&line)?;
            }
            all.append(read_on(journal, open)?);
            // Nothing of it is left for anybody, or only in accounts that are not ours.
            if !open.open().any(|(_, entry)| entry.owner == process) {
                let _ = std::fs::remove_file(&path);
            }
        }
        Ok(all)
    }
}

/// What was written since it was read last; `open` is kept to what has not ended.
///
/// # Errors
/// Which file, and what the system said.
pub(crate) fn read_on(journal: &mut JournalReader, open: &mut Ledger) -> Result<JournalLines, Phrase> {
    let read = journal.read()?;
    open.extend(&read.lines);
    open.keep_ended(0);
    Ok(read)
}

/// Whether a process still holds its lock. Nothing is taken over, and no file is made.
pub(crate) fn lives(folder: &Path, process: &str) -> bool {
    let Ok(lock) = File::open(lock_of(folder, process)) else { return false };
    matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock))
}

impl Drop for Owner {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(lock_of(&self.folder, &self.process));
    }
}

fn lock_of(folder: &Path, process: &str) -> PathBuf {
    let plain: String = process.chars().filter(char::is_ascii_alphanumeric).collect();
    folder.join(format!("owner-{plain}.lock"))
}

fn open_lock(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Action, Kind, ResourceRef, StatusKind, Target, Timestamp};
    use crate::runtime::journal::JournalFile;

    fn asked(journal: &JournalFile, process: &str, op: &str, account: &str) {
        let account = AccountName::new(account);
        let resource = ResourceRef::new(&account, Kind::Instance, &"1".into());
        let instance = Target { resource, name: "web".to_owned(), status: StatusKind::Running };
        let record = JournalRecord::Asked {
            account,
            action: Action::Stop { instance },
            steps: Vec::new(),
            after: None,
            by: None,
        };
        let line = JournalLine {
            v: JOURNAL_VERSION,
            at: Timestamp(0),
            process: process.to_owned(),
            op: OpId::new(op),
            record,
        };
        journal.append_line(&line).unwrap();
    }

    /// Takes over as a process does that has just begun; what is open then.
    fn take_over(owner: &Owner, journal: &JournalFile, accounts: &[AccountName]) -> Ledger {
        let mut open = Ledger::new();
        owner.take_over(&mut JournalReader::new(journal.clone()), &mut open, accounts).unwrap();
        open
    }

    fn owner_of(open: &Ledger, op: &str) -> String {
        open.operation(&OpId::new(op)).unwrap().owner.clone()
    }

    #[test]
    fn what_a_process_that_is_gone_left_is_taken_over_once() {
        let home = tempfile::tempdir().unwrap();
        let journal = JournalFile::below(home.path());
        let gone = Owner::hold(home.path(), "gone").unwrap();
        asked(&journal, "gone", "op-1", "a");
        asked(&journal, "gone", "op-2", "elsewhere");
        let (one, two) = (Owner::hold(home.path(), "one").unwrap(), Owner::hold(home.path(), "two").unwrap());
        let accounts = [AccountName::new("a")];
        assert_eq!(owner_of(&take_over(&one, &journal, &accounts), "op-1"), "gone", "it lives");
        drop(gone);
        assert_eq!(owner_of(&take_over(&one, &journal, &accounts), "op-1"), "one");
        let open = take_over(&two, &journal, &accounts);
        assert_eq!((owner_of(&open, "op-1").as_str(), owner_of(&open, "op-2").as_str()), ("one", "gone"));
    }

    #[test]
    fn many_that_start_at_once_never_both_take_over() {
        let home = tempfile::tempdir().unwrap();
        let journal = JournalFile::below(home.path());
        for n in 0..10 {
            asked(&journal, "gone", &format!("op-{n}"), "a");
        }
        let threads: Vec<_> = (0..6)
            .map(|n| {
                let (folder, journal) = (home.path().to_path_buf(), JournalFile::below(home.path()));
                std::thread::spawn(move || {
                    let owner = Owner::hold(&folder, &format!("p{n}")).unwrap();
                    take_over(&owner, &journal, &[AccountName::new("a")]);
                    owner
                })
            })
            .collect();
        let owners: Vec<Owner> = threads.into_iter().map(|t| t.join().unwrap()).collect();
        // One that came while another was at it leaves it to that one: only the journal tells who has it.
        let read = JournalReader::new(journal).read().unwrap();
        let taken: Vec<&JournalLine> =
            read.lines.iter().filter(|l| matches!(l.record, JournalRecord::TakenOver {})).collect();
        let operations: BTreeSet<&OpId> = taken.iter().map(|l| &l.op).collect();
        assert_eq!((taken.len(), operations.len()), (10, 10), "each is taken over, and once");
        assert!(taken.iter().all(|l| owners.iter().any(|o| o.process == l.process)));
    }
}

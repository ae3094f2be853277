//! The journal's file: appended to under a lock, rotated by size, read back line by line.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::domain::{JOURNAL_VERSION, Line, OpId, Record, ResourceRef, open_operations, protected};
use crate::settings::make_private_dir;

/// The journal is begun anew once it is so large; what came before is kept once.
const LARGEST: u64 = 4 << 20;

/// So long another program may hold the lock: it writes a line, or begins the file anew.
const LOCK: Duration = Duration::from_secs(10);

/// Takes a lock, but waits for no program that was stopped while it held it.
fn locked_within(limit: Duration, try_lock: impl Fn() -> Result<(), TryLockError>) -> std::io::Result<()> {
    const PAUSE: Duration = Duration::from_millis(10);
    for _ in 0..limit.as_millis() / PAUSE.as_millis() {
        match try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) => return Err(error),
            Ok(()) => return Ok(()),
        }
    }
    Err(std::io::Error::new(ErrorKind::TimedOut, "another program does not let go of its lock"))
}

#[derive(Debug, Clone)]
pub(crate) struct JournalFile {
    path: PathBuf,
    /// How long it is, as far as this process wrote or read it: another length means that somebody else wrote.
    known: Arc<AtomicU64>,
    largest: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Lines {
    /// All that were understood, oldest first.
    pub(crate) lines: Vec<Line>,
    /// Lines that break off, or are of no journal: skipped.
    pub(crate) torn: usize,
    /// Lines that a newer version wrote and that this one does not understand: skipped.
    pub(crate) newer: usize,
}

impl JournalFile {
    pub(crate) fn below(folder: &Path) -> Self {
        Self { path: folder.join("journal.jsonl"), known: Arc::default(), largest: LARGEST }
    }

    /// The file that was rotated away last.
    fn former(&self) -> PathBuf {
        self.path.with_file_name("journal.1.jsonl")
    }

    /// Appends a line under a lock, so that those of several processes never mix, and returns once it is on disk.
    ///
    /// # Errors
    /// Which file, and what the system said.
    pub(crate) fn append(&self, text: &str) -> Result<(), String> {
        self.try_append(text).map_err(|e| format!("{}: {e}", self.path.display()))
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
        let read = parse(&text);
        let open = open_operations(&read.lines);
        // What is protected stays so: the last line that says it of each.
        let mut protecting: HashMap<&ResourceRef, &OpId> = HashMap::new();
        for line in &read.lines {
            match &line.record {
                Record::Protected { resource, on: true, .. } => drop(protecting.insert(resource, &line.op)),
                Record::Protected { resource, .. } => drop(protecting.remove(resource)),
                _ => {}
            }
        }
        let protecting: HashSet<&OpId> = protecting.into_values().collect();
        let keep = |line: &&str| {
            serde_json::from_str::<Line>(line).is_ok_and(|l| open.contains_key(&l.op) || protecting.contains(&l.op))
        };
        let mut carried: String = text.lines().filter(keep).collect::<Vec<_>>().join("\n");
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

    /// What a person protects, by name, whoever wrote it down.
    ///
    /// # Errors
    /// Which file, and what the system said.
    pub(crate) fn protected(&self) -> Result<BTreeMap<ResourceRef, String>, String> {
        let mut text = String::new();
        for path in [&self.former(), &self.path] {
            // A device or a folder in its place holds nothing, and one may never end.
            if !std::fs::metadata(path).is_ok_and(|m| m.is_file()) {
                continue;
            }
            match std::fs::read(path) {
                Ok(bytes) => text.push_str(&format!("{}\n", String::from_utf8_lossy(&bytes))),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(format!("{}: {error}", path.display())),
            }
        }
        Ok(protected_in(&text))
    }

    /// Reads all there is; where there is none, nothing.
    ///
    /// # Errors
    /// Which file, and what the system said.
    pub(crate) fn read(&self) -> Result<Lines, String> {
        let said = |e: std::io::Error| format!("{}: {e}", self.path.display());
        let mut text = String::new();
        match File::open(&self.path) {
            Ok(mut file) => {
                locked_within(LOCK, || file.try_lock_shared()).map_err(said)?;
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).map_err(said)?;
                self.known.store(u64::try_from(bytes.len()).unwrap_or(0), Ordering::SeqCst);
                text = String::from_utf8_lossy(&bytes).into_owned();
            }
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                self.known.store(0, Ordering::SeqCst);
            }
            Err(error) => return Err(said(error)),
        }
        let mut read = parse(&text);
        if let Ok(bytes) = std::fs::read(self.former()) {
            // What was carried over stands in both.
            let carried: HashSet<&OpId> =
                read.lines.iter().filter(|l| matches!(l.record, Record::Asked { .. })).map(|l| &l.op).collect();
            let mut former = parse(&String::from_utf8_lossy(&bytes));
            former.lines.retain(|line| !carried.contains(&line.op));
            former.lines.append(&mut read.lines);
            read.lines = former.lines;
        }
        Ok(read)
    }
}

/// What the lines of a text protect. No other line is decoded.
pub(super) fn protected_in(text: &str) -> BTreeMap<ResourceRef, String> {
    let lines = text.lines().filter(|line| line.contains(r#""record":"protected""#));
    protected(&lines.filter_map(|line| serde_json::from_str(line).ok()).collect::<Vec<Line>>())
}

fn ends_with_newline(file: &mut File) -> std::io::Result<bool> {
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

#[derive(serde::Deserialize)]
struct Version {
    v: u32,
}

fn parse(text: &str) -> Lines {
    let mut read = Lines::default();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match serde_json::from_str::<Line>(line) {
            Ok(line) => read.lines.push(line),
            Err(_) => match serde_json::from_str::<Version>(line) {
                Ok(Version { v }) if v > JOURNAL_VERSION => read.newer += 1,
                _ => read.torn += 1,
            },
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::domain::{AccountName, Action, Kind, ResourceRef, StatusKind, Target, Timestamp, Why};

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

    fn line(op: &str, record: Record) -> String {
        let line = Line { v: JOURNAL_VERSION, at: Timestamp(0), process: "p".to_owned(), op: OpId::new(op), record };
        serde_json::to_string(&line).unwrap()
    }

    fn asked(op: &str) -> String {
        let account = AccountName::new("a");
        let resource = ResourceRef::new(&account, Kind::Instance, &"1".into());
        let instance = Target { resource, name: "web".to_owned(), status: StatusKind::Running };
        line(op, Record::Asked { account, action: Action::Stop { instance }, steps: Vec::new(), after: None, by: None })
    }

    fn ended(op: &str) -> String {
        line(op, Record::Ended { result: "done".to_owned(), reason: None, code: None })
    }

    #[test]
    fn what_was_appended_is_read_back_and_only_the_owner_reads_it() {
        let home = tempfile::tempdir().unwrap();
        let file = JournalFile::below(&home.path().join("state"));
        assert_eq!(file.read().unwrap().lines.len(), 0);
        for step in 0..3 {
            file.append(&line("a-1", Record::Reconciled { step, took_effect: true, by: Why::Shown })).unwrap();
        }
        assert_eq!(file.read().unwrap().lines.len(), 3);
        assert_eq!(std::fs::metadata(&file.path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_torn_line_a_foreign_one_and_one_of_a_newer_version_lose_no_other() {
        let home = tempfile::tempdir().unwrap();
        let file = JournalFile::below(home.path());
        file.append(&asked("a-1")).unwrap();
        let whole = ended("a-1");
        let newer = format!("{}\nhello\n{}", r#"{"v":9,"op":"a-2","record":"dreamt"}"#, &whole[..whole.len() / 2]);
        std::fs::write(&file.path, format!("{}{newer}", std::fs::read_to_string(&file.path).unwrap())).unwrap();
        file.append(&asked("a-3")).unwrap();
        let read = file.read().unwrap();
        assert_eq!((read.lines.len(), read.torn, read.newer), (2, 2, 1));
    }

    #[test]
    fn a_record_of_a_newer_version_that_is_understood_is_read() {
        let read = parse(&asked("a-1").replace(r#""v":1"#, r#""v":2"#));
        assert_eq!((read.lines.len(), read.newer), (1, 0));
    }

    #[test]
    fn it_rotates_by_size_and_carries_over_what_has_not_ended() {
        let home = tempfile::tempdir().unwrap();
        let file = JournalFile { largest: 2_000, ..JournalFile::below(home.path()) };
        file.append(&asked("open")).unwrap();
        for n in 0..40 {
            file.append(&asked(&format!("a-{n}"))).unwrap();
            file.append(&ended(&format!("a-{n}"))).unwrap();
        }
        assert!(std::fs::metadata(&file.path).unwrap().len() < 3_000);
        let read = file.read().unwrap();
        let of = |op: &str| read.lines.iter().filter(|l| l.op.as_str() == op).count();
        assert_eq!((of("open"), of("a-39"), of("a-0")), (1, 2, 0));
        assert_eq!(open_operations(&read.lines).len(), 1);
        let former = std::fs::metadata(file.former()).unwrap();
        assert_eq!(former.permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn what_is_protected_stays_so_through_every_rotation_and_is_found_without_the_rest() {
        let home = tempfile::tempdir().unwrap();
        let file = JournalFile { largest: 2_000, ..JournalFile::below(home.path()) };
        let resource = |id: &str| ResourceRef::new(&"a".into(), Kind::Firewall, &id.into());
        let says = |op: &str, id: &str, on| {
            line(op, Record::Protected { resource: resource(id), name: format!("name of {id}"), on })
        };
        for (op, id, on) in [("p-1", "1", true), ("p-2", "2", true), ("p-3", "2", false), ("p-4", "3", true)] {
            file.append(&says(op, id, on)).unwrap();
        }
        for n in 0..60 {
            file.append(&asked(&format!("a-{n}"))).unwrap();
            file.append(&ended(&format!("a-{n}"))).unwrap();
        }
        let expected = [(resource("1"), "name of 1".to_owned()), (resource("3"), "name of 3".to_owned())];
        let expected: BTreeMap<ResourceRef, String> = expected.into();
        assert_eq!(file.protected().unwrap(), expected);
        assert_eq!(protected(&file.read().unwrap().lines), expected);
        file.append(&says("p-5", "1", false)).unwrap();
        assert_eq!(file.protected().unwrap().len(), 1);
    }

    #[test]
    fn news_are_what_others_wrote() {
        let home = tempfile::tempdir().unwrap();
        let (ours, theirs) = (JournalFile::below(home.path()), JournalFile::below(home.path()));
        assert!(!ours.has_news());
        ours.append(&asked("a-1")).unwrap();
        assert!(!ours.has_news());
        theirs.append(&asked("b-1")).unwrap();
        assert!(ours.has_news());
        ours.append(&ended("a-1")).unwrap();
        assert!(ours.has_news(), "its own line does not hide theirs");
        assert_eq!(ours.read().unwrap().lines.len(), 3);
        assert!(!ours.has_news());
    }

    #[test]
    fn lines_of_many_writers_never_mix_while_it_rotates() {
        let home = tempfile::tempdir().unwrap();
        let threads: Vec<_> = (0..4)
            .map(|t| {
                let file = JournalFile { largest: 3_000, ..JournalFile::below(home.path()) };
                std::thread::spawn(move || {
                    for n in 0..25 {
                        file.append(&asked(&format!("{t}-{n}"))).unwrap();
                    }
                })
            })
            .collect();
        threads.into_iter().for_each(|t| t.join().unwrap());
        let read = JournalFile::below(home.path()).read().unwrap();
        assert_eq!((open_operations(&read.lines).len(), read.torn), (100, 0), "none has ended, none is lost");
    }
}

//! Reads the journal on from where it was read to, each line once: what stood in the file that was rotated away, what
//! others and this process appended, and what a new file begins with.

use std::fs::File;
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom};
use std::os::unix::fs::MetadataExt as _;
use std::sync::atomic::Ordering;

use super::file::{JournalFile, LOCK, locked_within, reason};
use crate::domain::{JOURNAL_VERSION, JournalLine, Phrase};

#[derive(Debug, Default)]
pub(crate) struct JournalLines {
    /// All that were understood, oldest first.
    pub(crate) lines: Vec<JournalLine>,
    /// Lines that break off, or are of no journal: skipped.
    pub(crate) torn: usize,
    /// Lines that a newer version wrote and that this one does not understand: skipped.
    pub(crate) newer: usize,
}

#[derive(Debug)]
pub(crate) struct JournalReader {
    file: JournalFile,
    /// Only lines that hold this text are decoded; all where it is empty.
    holding: &'static str,
    /// The file that is read. It stays open, so that its end is still read when it was rotated away meanwhile.
    open: Option<OpenFile>,
}

#[derive(Debug)]
struct OpenFile {
    file: File,
    /// How far it was read, to the end of a line, and how long it was then.
    offset: u64,
    len: u64,
}

impl From<File> for OpenFile {
    fn from(file: File) -> Self {
        Self { file, offset: 0, len: 0 }
    }
}

impl JournalReader {
    pub(crate) const fn new(file: JournalFile) -> Self {
        Self::of_lines_with("", file)
    }

    pub(super) const fn of_lines_with(holding: &'static str, file: JournalFile) -> Self {
        Self { file, holding, open: None }
    }

    pub(crate) const fn file(&self) -> &JournalFile {
        &self.file
    }

    /// What was written since the last time; at first all there is. Where there is no file, nothing. Lines that a
    /// rotation carried over are told again.
    ///
    /// # Errors
    /// Which file, and what the system said.
    pub(crate) fn read(&mut self) -> Result<JournalLines, Phrase> {
        self.try_read().map_err(|error| {
            self.begin_anew();
            reason(&self.file.path, &error)
        })
    }

    /// Reads all from the beginning the next time.
    pub(crate) fn begin_anew(&mut self) {
        self.open = None;
    }

    fn try_read(&mut self) -> std::io::Result<JournalLines> {
        let mut read = JournalLines::default();
        let mut old = None;
        if let Some(open) = &mut self.open {
            open.read_on(self.holding, &mut read)?;
            old = Some((open.file.metadata()?.ino(), open.len));
        }
        let now = match std::fs::metadata(&self.file.path) {
            Ok(now) => now,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                self.note_known(0);
                return Ok(read);
            }
            Err(error) => return Err(error),
        };
        // Whoever writes is told by what is written next.
        if now.is_dir() && self.holding.is_empty() {
            return Err(ErrorKind::IsADirectory.into());
        }
        // A device holds nothing, and one may never end.
        if !now.is_file() {
            return Ok(read);
        }
        if old.is_none_or(|(ino, _)| ino != now.ino()) {
            // Opened first: what is rotated away from now on is still read to its end.
            let mut open = OpenFile::from(File::open(&self.file.path)?);
            self.read_former(old.map(|(_, len)| len), &mut read)?;
            open.read_on(self.holding, &mut read)?;
            self.open = Some(open);
        }
        self.note_known(self.open.as_ref().map_or(0, |open| open.len));
        Ok(read)
    }

    /// Up to where the journal is known. Whoever reads only some of its lines leaves the others news.
    fn note_known(&self, len: u64) {
        if self.holding.is_empty() {
            self.file.known.store(len, Ordering::SeqCst);
        }
    }

    /// Reads the file that was rotated away last, unless it is the one that was read to its end just now.
    fn read_former(&self, was_read: Option<u64>, read: &mut JournalLines) -> std::io::Result<()> {
        let former = self.file.former();
        match std::fs::metadata(&former) {
            Ok(there) if there.is_file() && was_read != Some(there.len()) => {
                OpenFile::from(File::open(&former)?).read_on(self.holding, read)
            }
            _ => Ok(()),
        }
    }
}

impl OpenFile {
    fn read_on(&mut self, holding: &str, read: &mut JournalLines) -> std::io::Result<()> {
        locked_within(LOCK, || self.file.try_lock_shared())?;
        let text = self.rest();
        let _ = self.file.unlock();
        let bytes = text?;
        let text = String::from_utf8_lossy(&bytes);
        for line in text.lines().filter(|line| !line.trim().is_empty() && line.contains(holding)) {
            read.take(line);
        }
        // A last line without an end is one that a crash tore, or it is whole but for its end: it is looked at again
        // once it has one.
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        self.len = self.offset + u64::try_from(bytes.len()).unwrap_or(0);
        self.offset += u64::try_from(whole).unwrap_or(0);
        Ok(())
    }

    fn rest(&mut self) -> std::io::Result<Vec<u8>> {
        // Cut short by hand: what is there now is read again.
        if self.file.metadata()?.len() < self.offset {
            self.offset = 0;
        }
        self.file.seek(SeekFrom::Start(self.offset))?;
        let mut bytes = Vec::new();
        self.file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl JournalLines {
    fn take(&mut self, text: &str) {
        #[derive(serde::Deserialize)]
        struct Version {
            v: u32,
        }
        match serde_json::from_str::<JournalLine>(text) {
            Ok(line) => self.lines.push(line),
            Err(_) => match serde_json::from_str::<Version>(text) {
                Ok(Version { v }) if v > JOURNAL_VERSION => self.newer += 1,
                _ => self.torn += 1,
            },
        }
    }

    pub(super) fn append(&mut self, mut later: Self) {
        self.lines.append(&mut later.lines);
        self.torn += later.torn;
        self.newer += later.newer;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::domain::{
        AccountName, Action, JournalRecord, Kind, OpId, ResourceRef, StatusKind, Target, Timestamp, Why,
    };
    use crate::engine::Ledger;

    fn line(op: &str, record: JournalRecord) -> String {
        let line =
            JournalLine { v: JOURNAL_VERSION, at: Timestamp(0), process: "p".to_owned(), op: OpId::new(op), record };
        serde_json::to_string(&line).unwrap()
    }

    fn asked(op: &str) -> String {
        let account = AccountName::new("a");
        let resource = ResourceRef::new(&account, Kind::Instance, &"1".into());
        let instance = Target { resource, name: "web".to_owned(), status: StatusKind::Running };
        line(
            op,
            JournalRecord::Asked {
                account,
                action: Action::Stop { instance },
                steps: Vec::new(),
                after: None,
                by: None,
            },
        )
    }

    fn ended(op: &str) -> String {
        line(op, JournalRecord::Ended { result: "done".to_owned(), reason: None, code: None })
    }

    fn whole(file: &JournalFile) -> JournalLines {
        JournalReader::new(file.clone()).read().unwrap()
    }

    fn ledger(lines: &[JournalLine]) -> Ledger {
        let mut ledger = Ledger::new();
        ledger.extend(lines);
        ledger
    }

    #[test]
    fn what_was_appended_is_read_back_and_only_the_owner_reads_it() {
        let home = tempfile::tempdir().unwrap();
        let file = JournalFile::below(&home.path().join("state"));
        assert_eq!(whole(&file).lines.len(), 0);
        for step in 0..3 {
            file.append(&line("a-1", JournalRecord::Reconciled { step, took_effect: true, by: Why::Shown })).unwrap();
        }
        assert_eq!(whole(&file).lines.len(), 3);
        assert_eq!(std::fs::metadata(&file.path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_torn_line_a_foreign_one_and_one_of_a_newer_version_lose_no_other() {
        let home = tempfile::tempdir().unwrap();
        let file = JournalFile::below(home.path());
        file.append(&asked("a-1")).unwrap();
        let end = ended("a-1");
        let newer = format!("{}\nhello\n{}", r#"{"v":9,"op":"a-2","record":"dreamt"}"#, &end[..end.len() / 2]);
        std::fs::write(&file.path, format!("{}{newer}", std::fs::read_to_string(&file.path).unwrap())).unwrap();
        file.append(&asked("a-3")).unwrap();
        let read = whole(&file);
        assert_eq!((read.lines.len(), read.torn, read.newer), (2, 2, 1));
    }

    #[test]
    fn a_record_of_a_newer_version_that_is_understood_is_read() {
        let mut read = JournalLines::default();
        read.take(&asked("a-1").replace(r#""v":1"#, r#""v":2"#));
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
        let read = whole(&file);
        let of = |op: &str| read.lines.iter().filter(|l| l.op.as_str() == op).count();
        assert_eq!((of("open"), of("a-39"), of("a-0")), (2, 2, 0), "what is carried over stands in both files");
        assert_eq!(ledger(&read.lines).open().count(), 1);
        let former = std::fs::metadata(file.former()).unwrap();
        assert_eq!(former.permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn what_is_protected_stays_so_through_every_rotation_and_is_found_without_the_rest() {
        let home = tempfile::tempdir().unwrap();
        let file = JournalFile { largest: 2_000, ..JournalFile::below(home.path()) };
        let resource = |id: &str| ResourceRef::new(&"a".into(), Kind::Firewall, &id.into());
        let says = |op: &str, id: &str, on| {
            line(op, JournalRecord::Protected { resource: resource(id), name: format!("name of {id}"), on })
        };
        for (op, id, on) in [("p-1", "1", true), ("p-2", "2", true), ("p-3", "2", false), ("p-4", "3", true)] {
            file.append(&says(op, id, on)).unwrap();
        }
        for n in 0..60 {
            file.append(&asked(&format!("a-{n}"))).unwrap();
            file.append(&ended(&format!("a-{n}"))).unwrap();
        }
        let protected = |read: &JournalLines| -> Vec<(ResourceRef, String)> {
            ledger(&read.lines).protected().map(|(resource, name)| (resource.clone(), name.to_owned())).collect()
        };
        let expected = [(resource("1"), "name of 1".to_owned()), (resource("3"), "name of 3".to_owned())];
        assert_eq!(protected(&whole(&file)), expected);
        let mut guard = JournalReader::of_lines_with(r#""record":"protected""#, file.clone());
        let read = guard.read().unwrap();
        assert!(read.lines.iter().all(|line| matches!(line.record, JournalRecord::Protected { .. })));
        assert_eq!(protected(&read), expected);
        file.append(&says("p-5", "1", false)).unwrap();
        assert_eq!(guard.read().unwrap().lines.len(), 1, "only what is new is read");
        assert_eq!(protected(&whole(&file)).len(), 1);
    }

    #[test]
    fn news_are_what_others_wrote() {
        let home = tempfile::tempdir().unwrap();
        let (ours, theirs) = (JournalFile::below(home.path()), JournalFile::below(home.path()));
        let mut reader = JournalReader::new(ours.clone());
        assert!(!ours.has_news());
        ours.append(&asked("a-1")).unwrap();
        assert!(!ours.has_news());
        theirs.append(&asked("b-1")).unwrap();
        assert!(ours.has_news());
        ours.append(&ended("a-1")).unwrap();
        assert!(ours.has_news(), "its own line does not hide theirs");
        JournalReader::of_lines_with(r#""record":"protected""#, ours.clone()).read().unwrap();
        assert!(ours.has_news(), "who looks for some lines alone does not hide the others");
        assert_eq!(reader.read().unwrap().lines.len(), 3);
        assert!(!ours.has_news());
    }

    #[test]
    fn beside_a_journal_of_eight_megabytes_one_line_of_another_process_is_read_alone() {
        let home = tempfile::tempdir().unwrap();
        let file = JournalFile::below(home.path());
        let past = |of: &str| -> String {
            let lines =
                (0..12_000).map(|n| format!("{}\n{}\n", asked(&format!("{of}-{n}")), ended(&format!("{of}-{n}"))));
            lines.collect()
        };
        std::fs::write(file.former(), past("a")).unwrap();
        std::fs::write(&file.path, past("b")).unwrap();
        let size = |path: &std::path::Path| std::fs::metadata(path).unwrap().len();
        assert!(size(&file.path) + size(&file.former()) > 8 << 20);
        let mut reader = JournalReader::new(file.clone());
        assert_eq!(reader.read().unwrap().lines.len(), 48_000);
        assert!(!file.has_news());
        let offset = |reader: &JournalReader| reader.open.as_ref().unwrap().offset;
        let before = offset(&reader);
        let theirs = format!("{}\n", asked("c-1"));
        std::fs::OpenOptions::new().append(true).open(&file.path).unwrap().write_all(theirs.as_bytes()).unwrap();
        assert!(file.has_news());
        let read = reader.read().unwrap();
        assert_eq!((read.lines.len(), read.lines[0].op.as_str()), (1, "c-1"));
        assert_eq!(offset(&reader) - before, u64::try_from(theirs.len()).unwrap());
    }

    #[test]
    fn what_was_written_before_and_after_a_rotation_is_read_once_from_either_file() {
        let home = tempfile::tempdir().unwrap();
        let file = JournalFile { largest: 2_000, ..JournalFile::below(home.path()) };
        let mut reader = JournalReader::new(file.clone());
        let mut all = Ledger::new();
        file.append(&asked("open")).unwrap();
        let mut told = Vec::new();
        for n in 0..60 {
            file.append(&asked(&format!("a-{n}"))).unwrap();
            file.append(&ended(&format!("a-{n}"))).unwrap();
            if n % 2 == 0 {
                let read = reader.read().unwrap();
                all.extend(&read.lines);
                told.extend(read.lines);
            }
        }
        all.extend(&reader.read().unwrap().lines);
        assert!(file.former().exists());
        let ended = |op: &str| told.iter().filter(|l| l.op.as_str() == op).count();
        assert!((0..59).all(|n| ended(&format!("a-{n}")) == 2), "none is lost and none is told twice");
        assert!(ended("open") > 1, "what is carried over is told again");
        assert_eq!((all.open().count(), all.operations().count()), (1, 61));
    }

    #[test]
    fn a_line_that_is_half_written_is_read_once_it_is_whole_and_a_file_that_was_cut_or_replaced_from_its_beginning() {
        let home = tempfile::tempdir().unwrap();
        let file = JournalFile::below(home.path());
        let mut reader = JournalReader::new(file.clone());
        let write = |text: &str| std::fs::write(&file.path, text).unwrap();
        let read = |reader: &mut JournalReader| {
            let read = reader.read().unwrap();
            (read.lines.iter().map(|line| line.op.to_string()).collect::<Vec<_>>(), read.torn)
        };
        let (first, second) = (asked("a-1"), asked("a-2"));
        let half = second.len() / 2;
        write(&format!("{first}\n{}", &second[..half]));
        assert_eq!(read(&mut reader), (vec!["a-1".to_owned()], 1));
        write(&format!("{first}\n{second}\n"));
        assert_eq!(read(&mut reader), (vec!["a-2".to_owned()], 0));
        write(&format!("{}\n", asked("a-3")));
        assert_eq!(read(&mut reader), (vec!["a-3".to_owned()], 0), "cut short");
        std::fs::remove_file(&file.path).unwrap();
        assert_eq!(read(&mut reader), (Vec::new(), 0), "nothing there");
        write(&format!("{first}\n{second}\n"));
        assert_eq!(read(&mut reader).0.len(), 2, "another file");
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
        let read = whole(&JournalFile::below(home.path()));
        assert_eq!((ledger(&read.lines).open().count(), read.torn), (100, 0), "none has ended, none is lost");
    }
}

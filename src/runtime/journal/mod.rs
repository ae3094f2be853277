//! Writes the journal: every change asked for and what became of it. A request leaves only after its intent line is on
//! disk.

mod file;
mod owners;
mod reader;

use std::sync::mpsc;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::domain::{JOURNAL_VERSION, JournalLine, JournalRecord, OpId, Phrase, ResourceRef, text};
use crate::engine::Ledger;
use crate::runtime::clock;
use crate::words::english;

pub(crate) use file::JournalFile;
pub(crate) use owners::{Owner, lives, read_on};
pub(crate) use reader::{JournalLines, JournalReader};

/// A way to write to the journal. Lines are written in the order in which they were handed in.
#[derive(Debug, Clone)]
pub(crate) struct Journal {
    to: mpsc::Sender<WriterTask>,
    process: String,
}

enum WriterTask {
    /// A line to write where none of these is protected, and whom to tell.
    Line(Box<JournalLine>, Vec<ResourceRef>, oneshot::Sender<Result<(), Phrase>>),
    /// Somebody waits for all that came before.
    Flush(mpsc::SyncSender<()>),
}

/// So long the end of the program waits for a disk that hangs.
const LAST: Duration = Duration::from_secs(5);

/// Where lines go, and what is protected by those that stand there.
struct Destination {
    /// None where the journal ends with the process.
    file: Option<JournalReader>,
    protected: Ledger,
}

/// What every line holds that protects something, or does no more.
const PROTECTED: &str = r#""record":"protected""#;

impl Journal {
    pub(crate) fn file(file: JournalFile) -> Self {
        Self::at(Some(JournalReader::of_lines_with(PROTECTED, file)))
    }

    /// A journal that ends with the process, for the demo.
    pub(crate) fn in_memory() -> Self {
        Self::at(None)
    }

    fn at(file: Option<JournalReader>) -> Self {
        let mut place = Destination { file, protected: Ledger::new() };
        let (to, lines) = mpsc::channel::<WriterTask>();
        std::thread::spawn(move || {
            while let Ok(entry) = lines.recv() {
                match entry {
                    WriterTask::Line(line, guards, done) => {
                        let result = place.unprotected(&guards).and_then(|()| place.write(&line));
                        if let Err(said) = &result {
                            tracing::error!(op = %line.op, said = english(said), "not written to the journal");
                        }
                        // Whoever asked may be gone; the line is written all the same.
                        let _ = done.send(result);
                    }
                    WriterTask::Flush(done) => drop(done.send(())),
                }
            }
        });
        Self { to, process: clock::process() }
    }

    /// Hands a line in. What comes back tells when it is on disk.
    pub(crate) fn append(&self, op: &OpId, record: JournalRecord) -> oneshot::Receiver<Result<(), Phrase>> {
        self.append_unless(Vec::new(), op, record)
    }

    /// The same, and it is not written where one of these is protected, by whatever process, up to that moment.
    pub(crate) fn append_unless(
        &self,
        guards: Vec<ResourceRef>,
        op: &OpId,
        record: JournalRecord,
    ) -> oneshot::Receiver<Result<(), Phrase>> {
        let (done, written) = oneshot::channel();
        let line = JournalLine {
            v: JOURNAL_VERSION,
            at: clock::wall(),
            process: self.process.clone(),
            op: op.clone(),
            record,
        };
        if let Err(mpsc::SendError(WriterTask::Line(_, _, done))) =
            self.to.send(WriterTask::Line(Box::new(line), guards, done))
        {
            let _ = done.send(Err(text::journal::ENDED.into()));
        }
        written
    }

    /// Waits until all that was handed in is on disk: before the program ends or is stopped.
    pub(crate) fn flush(&self) {
        let (done, written) = mpsc::sync_channel(1);
        if self.to.send(WriterTask::Flush(done)).is_ok() {
            // What cannot be written was told to whoever asked for it.
            let _ = written.recv_timeout(LAST);
        }
    }
}

impl Destination {
    fn write(&mut self, line: &JournalLine) -> Result<(), Phrase> {
        let Some(reader) = &self.file else {
            if let JournalRecord::Protected { .. } = line.record {
                self.protected.apply(line);
            }
            return Ok(());
        };
        reader.file().append_line(line).map_err(text::journal::not_written)
    }

    /// Whether none of these is protected, by whatever process; else which is.
    fn unprotected(&mut self, guards: &[ResourceRef]) -> Result<(), Phrase> {
        if guards.is_empty() {
            return Ok(());
        }
        if let Some(reader) = &mut self.file {
            let read = reader.read().map_err(text::journal::not_read)?;
            self.protected.extend(&read.lines);
        }
        match guards.iter().find_map(|guard| self.protected.protects(guard)) {
            Some(name) => Err(text::journal::protected(name)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Why;

    #[test]
    fn a_line_is_on_disk_when_it_is_said_to_be_and_only_the_owner_reads_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("state");
        let journal = Journal::file(JournalFile::below(&folder));
        for step in 0..3 {
            let record = JournalRecord::Reconciled { step, took_effect: true, by: Why::Shown };
            journal.append(&OpId::new("a-1"), record).blocking_recv().unwrap().unwrap();
        }
        let path = folder.join("journal.jsonl");
        let text = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<JournalLine> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(lines.len(), 3);
        assert!(text.starts_with(r#"{"v":1,"at":"20"#), "{text}");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_journal_that_cannot_be_written_says_so() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("file"), "").unwrap();
        let journal = Journal::file(JournalFile::below(&home.path().join("file")));
        let record = JournalRecord::OutcomeUnknown { step: 0 };
        assert!(journal.append(&OpId::new("a-1"), record).blocking_recv().unwrap().is_err());
    }
}

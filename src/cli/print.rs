//! The only place that writes to standard output and standard error.
//!
//! A result that cannot be written is an error: it is said once, on standard error, and the exit code tells it. A reader
//! that went away is none: nothing more is written for it. Text from elsewhere is data: control characters and
//! bidirectional overrides in it become a visible mark. No escape sequence is ever written.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::cli::args::Document;
use crate::cli::exit;
use crate::cli::wording::{local_words, words};
use crate::domain::{Phrase, text};
use crate::words::cells::without_controls;

static CLOSED: AtomicBool = AtomicBool::new(false);
/// Something could not be written.
static LOST: AtomicBool = AtomicBool::new(false);

pub(super) fn out(line: &str) {
    document(format!("{}\n", without_controls(line)).as_bytes());
}

/// A line of the result; beside it, where that is a document.
pub(super) fn line(output: Document, line: &str) {
    if output == Document::Json { note(line) } else { out(line) }
}

pub(super) fn document(bytes: &[u8]) {
    // After a gap the rest would only mislead.
    if is_taken() {
        let mut to = io::stdout().lock();
        let written = to.write_all(bytes).and_then(|()| to.flush());
        drop(to);
        note_of(written);
    }
}

/// What clap has to say: help and version are a result, a mistake is not.
pub(super) fn usage(error: &clap::Error) {
    let printed = error.print().and_then(|()| io::stdout().flush());
    if !error.use_stderr() {
        note_of(printed);
    }
}

/// Whether everything that was written so far was taken.
pub(super) fn is_taken() -> bool {
    !CLOSED.load(Ordering::Relaxed) && !LOST.load(Ordering::Relaxed)
}

/// The exit code of a command, where its result may have been lost.
pub(super) fn ended(code: u8) -> u8 {
    exit::of_all([code, if LOST.load(Ordering::Relaxed) { exit::FAILED } else { exit::DONE }])
}

fn note_of(written: io::Result<()>) {
    match written {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => CLOSED.store(true, Ordering::Relaxed),
        Err(error) => {
            if !LOST.swap(true, Ordering::Relaxed) {
                let phrase = text::cli_print::lost(error.to_string());
                note(&format!("vpsdeck: {}", words().say(&phrase)));
            }
        }
    }
}

pub(super) fn lines(text: &str) {
    document(text.lines().map(|line| without_controls(line) + "\n").collect::<String>().as_bytes());
}

/// A JSON document, which escapes what must not be seen.
pub(super) fn json(document: &serde_json::Value) {
    lines(&format!("{document:#}"));
}

/// A line beside the result: a question's answer, a warning, a mistake.
pub(super) fn note(line: &str) {
    // There is nowhere else to say that this failed; so below.
    let _ = writeln!(io::stderr().lock(), "{}", without_controls(line));
}

/// The question of a person, without an end of line.
pub(super) fn ask(question: &str) {
    let mut to = io::stderr().lock();
    let _ = write!(to, "{}", without_controls(question));
    let _ = to.flush();
}

/// Says why nothing was done, for wrong usage or wrong configuration.
#[must_use]
pub(super) fn refuse(why: impl Into<Phrase>) -> u8 {
    warn(&local_words().say(&why.into()));
    exit::USAGE
}

/// Says something that is wrong and holds nothing up.
pub(super) fn warn(what: &str) {
    for line in what.lines() {
        note(&format!("vpsdeck: {line}"));
    }
}

//! What the journal tells of the past, for people and scripts: a story for each operation.

use std::collections::HashMap;
use std::path::Path;

use crate::domain::{AccountName, OpId, Phrase, ResourceRef, Step, Timestamp};
use crate::engine::{Ledger, LedgerEntry, Phase};
use crate::runtime::journal::{self, JournalFile, JournalReader};

#[derive(Debug, Clone, PartialEq)]
pub struct OperationHistory {
    pub op: OpId,
    pub account: AccountName,
    pub verb: &'static str,
    pub target: ResourceRef,
    pub name: String,
    pub asked: Timestamp,
    /// Who asked for it, where that was no person by themselves.
    pub by: Option<String>,
    /// When it ended; `None` where it has not.
    pub ended: Option<Timestamp>,
    /// How many of its steps are done.
    pub step: usize,
    pub steps: usize,
    /// How many requests were sent for it.
    pub requests: usize,
    /// `done`, `failed`, `cancelled` or `unknown` where it has ended. Else `running` where somebody carries it on,
    /// `halted` where they wait for a person, `interrupted` where nobody does, `answered` where all is sent and nobody
    /// waits for its end, and `unknown` where it is not known whether its last request took effect.
    pub result: String,
    pub reason: Option<String>,
    pub code: Option<String>,
}

#[derive(Debug, Default)]
pub struct History {
    pub stories: Vec<OperationHistory>,
    /// Lines that break off or are of no journal.
    pub torn: usize,
    pub newer: usize,
}

/// Reads the journal of a state folder. Where there is none, nothing is told.
///
/// # Errors
/// Which file, and what the system said.
pub fn read_history(folder: &Path) -> Result<History, Phrase> {
    let read = JournalReader::new(JournalFile::below(folder)).read()?;
    let mut ledger = Ledger::new();
    ledger.extend(&read.lines);
    // Whether a process lives is looked up once each.
    let mut living: HashMap<String, bool> = HashMap::new();
    let mut lives =
        |process: &str| *living.entry(process.to_owned()).or_insert_with(|| journal::lives(folder, process));
    let mut stories: Vec<OperationHistory> =
        ledger.operations().map(|(op, entry)| story(op, entry, &mut lives)).collect();
    stories.sort_by_key(|story| story.asked);
    Ok(History { stories, torn: read.torn, newer: read.newer })
}

/// How an operation stands that has not ended.
fn result(entry: &LedgerEntry, lives: bool) -> &'static str {
    let next = entry.steps.get(entry.at);
    match (lives, entry.is_in_doubt()) {
        (false, true) => "unknown",
        (false, false) if entry.steps.iter().skip(entry.at).any(is_call) => "interrupted",
        (false, false) => "answered",
        (true, _) if entry.asks && next.is_some_and(is_call) => "halted",
        (true, _) => "running",
    }
}

const fn is_call(step: &Step) -> bool {
    matches!(step, Step::Call { .. })
}

fn story(op: &OpId, entry: &LedgerEntry, lives: &mut impl FnMut(&str) -> bool) -> OperationHistory {
    let subject = entry.action.subject();
    let (ended, result, reason, code) = match &entry.phase {
        Phase::Ended { at, result, reason, code } => (Some(*at), result.clone(), reason.clone(), code.clone()),
        _ => (None, result(entry, lives(&entry.owner)).to_owned(), None, None),
    };
    OperationHistory {
        op: op.clone(),
        account: entry.account.clone(),
        verb: entry.action.verb().name(),
        target: subject.resource.clone(),
        name: subject.name.clone(),
        asked: entry.asked,
        by: entry.by.clone(),
        ended,
        step: entry.at,
        steps: entry.steps.len(),
        requests: entry.requests,
        result,
        reason,
        code,
    }
}

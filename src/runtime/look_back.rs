//! What the journal tells of the past, for people and scripts: a story for each operation.

use std::collections::HashMap;
use std::path::Path;

use super::journal::{self, JournalFile};
use crate::domain::{AccountName, Line, OpId, Record, ResourceRef, Step, Timestamp};

#[derive(Debug, Clone, PartialEq)]
pub struct Story {
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
pub struct Told {
    pub stories: Vec<Story>,
    /// Lines that break off or are of no journal.
    pub torn: usize,
    pub newer: usize,
}

/// Reads the journal of a state folder. Where there is none, nothing is told.
///
/// # Errors
/// Which file, and what the system said.
pub fn stories(folder: &Path) -> Result<Told, String> {
    let read = JournalFile::below(folder).read()?;
    let lives = |process: &str| journal::lives(folder, process);
    Ok(Told { stories: fold(&read.lines, &lives), torn: read.torn, newer: read.newer })
}

/// What tells how an operation stands that has not ended.
struct Open<'a> {
    owner: &'a str,
    steps: &'a [Step],
    at: usize,
    /// Whether its last request may or may not have taken effect.
    in_doubt: bool,
    /// Whether it was taken over, so that a person is asked before more is sent.
    asks: bool,
}

impl Open<'_> {
    fn take(&mut self, record: &Record) {
        match record {
            Record::Intent { step, .. } => (self.at, self.in_doubt, self.asks) = (*step, true, false),
            Record::Answered { .. } => self.in_doubt = false,
            Record::OutcomeUnknown { step } => (self.at, self.in_doubt) = (*step, true),
            Record::StepDone { step } => (self.at, self.in_doubt) = (step + 1, false),
            Record::Reconciled { step, took_effect, .. } => {
                (self.at, self.in_doubt) = (step + usize::from(*took_effect), false);
            }
            Record::TakenOver {} => self.asks = true,
            Record::Confirmed {} => self.asks = false,
            _ => {}
        }
    }

    fn result(&self, lives: bool) -> &'static str {
        let next = self.steps.get(self.at);
        match (lives, self.in_doubt) {
            (false, true) => "unknown",
            (false, false) if self.steps.iter().skip(self.at).any(is_call) => "interrupted",
            (false, false) => "answered",
            (true, _) if self.asks && next.is_some_and(is_call) => "halted",
            (true, _) => "running",
        }
    }
}

const fn is_call(step: &Step) -> bool {
    matches!(step, Step::Call { .. })
}

fn fold(lines: &[Line], lives: &dyn Fn(&str) -> bool) -> Vec<Story> {
    let mut stories: Vec<Story> = Vec::new();
    let mut at: HashMap<&OpId, usize> = HashMap::new();
    let mut open: HashMap<&OpId, Open<'_>> = HashMap::new();
    for line in lines {
        if let Record::Asked { account, action, steps, by, .. } = &line.record {
            if !at.contains_key(&line.op) {
                at.insert(&line.op, stories.len());
                open.insert(&line.op, Open { owner: &line.process, steps, at: 0, in_doubt: false, asks: false });
                stories.push(Story {
                    op: line.op.clone(),
                    account: account.clone(),
                    verb: action.verb().name(),
                    target: action.subject().resource.clone(),
                    name: action.subject().name.clone(),
                    asked: line.at,
                    by: by.clone(),
                    ended: None,
                    step: 0,
                    steps: steps.len(),
                    requests: 0,
                    result: String::new(),
                    reason: None,
                    code: None,
                });
            }
            continue;
        }
        let Some(story) = at.get(&line.op).and_then(|n| stories.get_mut(*n)) else { continue };
        if let Some(open) = open.get_mut(&line.op) {
            open.take(&line.record);
            if let Record::TakenOver {} = line.record {
                open.owner = &line.process;
            }
        }
        match &line.record {
            Record::Intent { .. } => story.requests += 1,
            Record::StepDone { step } => story.step = story.step.max(step + 1),
            Record::Ended { result, reason, code } if story.ended.is_none() => {
                story.ended = Some(line.at);
                (story.result, story.reason, story.code) = (result.clone(), reason.clone(), code.clone());
                open.remove(&line.op);
            }
            _ => {}
        }
    }
    // Whether a process lives is looked up once each.
    let mut living: HashMap<&str, bool> = HashMap::new();
    for (op, open) in &open {
        let lives = *living.entry(open.owner).or_insert_with(|| lives(open.owner));
        if let Some(story) = at.get(op).and_then(|n| stories.get_mut(*n)) {
            story.result = open.result(lives).to_owned();
        }
    }
    stories.sort_by_key(|story| story.asked);
    stories
}

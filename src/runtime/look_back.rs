//! What the journal tells of the past, for people and scripts: a story for each operation.

use std::collections::HashMap;
use std::path::Path;

use super::journal::JournalFile;
use crate::domain::{AccountName, Line, OpId, Record, ResourceRef, Wall};

/// What became of one operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// Its id.
    pub op: OpId,
    /// Its account.
    pub account: AccountName,
    /// What was asked.
    pub verb: &'static str,
    /// Of what.
    pub target: ResourceRef,
    /// Its name then.
    pub name: String,
    /// When a person confirmed it.
    pub asked: Wall,
    /// Who asked for it, where that was no person by themselves.
    pub by: Option<String>,
    /// When it ended; `None` where it has not.
    pub ended: Option<Wall>,
    /// How many of its steps are done.
    pub step: usize,
    /// How many it has.
    pub steps: usize,
    /// How many requests were sent for it.
    pub requests: usize,
    /// `done`, `failed`, `cancelled`, `unknown`, or `running` where it has not ended.
    pub result: String,
    /// Why.
    pub reason: Option<String>,
    /// The provider's code.
    pub code: Option<String>,
}

/// All that the journal tells.
#[derive(Debug, Default)]
pub struct Told {
    /// The oldest first.
    pub stories: Vec<Story>,
    /// Lines that break off or are of no journal.
    pub torn: usize,
    /// Lines of a newer version.
    pub newer: usize,
}

/// Reads the journal of a state folder. Where there is none, nothing is told.
///
/// # Errors
/// Which file, and what the system said.
pub fn stories(folder: &Path) -> Result<Told, String> {
    let read = JournalFile::below(folder).read()?;
    Ok(Told { stories: fold(&read.lines), torn: read.torn, newer: read.newer })
}

fn fold(lines: &[Line]) -> Vec<Story> {
    let mut stories: Vec<Story> = Vec::new();
    let mut at: HashMap<&OpId, usize> = HashMap::new();
    for line in lines {
        if let Record::Asked { account, action, steps, by, .. } = &line.record {
            if !at.contains_key(&line.op) {
                at.insert(&line.op, stories.len());
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
                    result: "running".to_owned(),
                    reason: None,
                    code: None,
                });
            }
            continue;
        }
        let Some(story) = at.get(&line.op).and_then(|n| stories.get_mut(*n)) else { continue };
        match &line.record {
            Record::Intent { .. } => story.requests += 1,
            Record::StepDone { step } => story.step = story.step.max(step + 1),
            Record::Ended { result, reason, code } if story.ended.is_none() => {
                story.ended = Some(line.at);
                (story.result, story.reason, story.code) = (result.clone(), reason.clone(), code.clone());
            }
            _ => {}
        }
    }
    stories.sort_by_key(|story| story.asked);
    stories
}

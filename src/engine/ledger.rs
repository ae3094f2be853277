//! What the journal adds up to. Each line is applied once, in the order of the file, and everything that is asked of the
//! journal is asked here. A line that was applied before tells nothing new, so that a file may be read again.
//!
//! It knows no account and no provider: what an answer means is judged by whoever carries the operation on.

use std::collections::{BTreeMap, HashSet};
use std::mem::Discriminant;
use std::time::Duration;

use crate::domain::{
    AccountName, Action, Answer, Attempt, JournalLine, JournalRecord, Kind, Lasted, OpId, Output, Parked, PreState,
    ResourceId, ResourceRef, Step, Timestamp, Why,
};
use crate::engine::assigned::Assigned;
use crate::engine::durations::{self, Durations};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    operations: BTreeMap<OpId, LedgerEntry>,
    /// As they were asked for.
    order: Vec<OpId>,
    /// What a person protects: its name, and the line that says so.
    protected: BTreeMap<ResourceRef, (String, OpId)>,
    parked: BTreeMap<(AccountName, ResourceId), Parked>,
    pub(super) assigned: Assigned,
    pub(super) durations: Durations,
}

/// One operation, as far as its lines tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    pub account: AccountName,
    pub action: Action,
    pub steps: Vec<Step>,
    /// The process that carries it on, by the last line that says so; whether it lives is not known here.
    pub owner: String,
    pub after: Option<OpId>,
    pub by: Option<String>,
    pub asked: Timestamp,
    /// When a person last said that it is to be sent.
    pub confirmed: Timestamp,
    /// Whether another process took it over since, so that a person is asked before more is sent.
    pub asks: bool,
    pub at: usize,
    /// When the step it is at began, and how long those before took.
    pub since: Timestamp,
    pub took: Vec<Duration>,
    /// The steps that are recorded as done.
    pub done: Vec<usize>,
    /// How many requests were begun.
    pub requests: usize,
    pub attempt: u32,
    pub outputs: Vec<Output>,
    pub pre_state: PreState,
    /// Which step called last and when.
    pub sent: Option<(usize, Timestamp)>,
    /// Whether one process saw it from there on, so that the time it took is known.
    followed: bool,
    pub lasted: Vec<Lasted>,
    pub attempts: Vec<Attempt>,
    /// Whether it failed, and what was made for it is taken away again.
    pub undoes: bool,
    pub phase: Phase,
    /// The lines that were applied, until it ended.
    applied: HashSet<LineKey>,
}

/// What tells the lines of one operation apart.
type LineKey = (Timestamp, Discriminant<JournalRecord>, usize, u32);

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Nothing of the step it is at was sent, or what was sent had no effect.
    Ahead,
    /// Sent, and no answer on record.
    Sent,
    /// Answered; what the answer means was not on record before it ended.
    Answered(Box<Answer>),
    OutcomeUnknown,
    Ended {
        at: Timestamp,
        result: String,
        reason: Option<String>,
        code: Option<String>,
    },
}

impl Ledger {
    #[must_use]
    pub const fn new() -> Self {
        Self {
            operations: BTreeMap::new(),
            order: Vec::new(),
            protected: BTreeMap::new(),
            parked: BTreeMap::new(),
            assigned: Assigned::new(),
            durations: Durations::new(),
        }
    }

    /// Takes one line in.
    pub fn apply(&mut self, line: &JournalLine) {
        match &line.record {
            JournalRecord::Asked { account, action, steps, after, by } => {
                if !self.operations.contains_key(&line.op) {
                    let mut entry = LedgerEntry::new(line, account, action, steps);
                    (entry.after, entry.by) = (after.clone(), by.clone());
                    self.operations.insert(line.op.clone(), entry);
                    self.order.push(line.op.clone());
                }
            }
            JournalRecord::Protected { resource, name, on: true } => {
                self.protected.insert(resource.clone(), (name.clone(), line.op.clone()));
            }
            JournalRecord::Protected { resource, .. } => drop(self.protected.remove(resource)),
            // A line whose beginning was lost tells nothing.
            _ => {
                let Some(entry) = self.operations.get_mut(&line.op) else { return };
                if !entry.is_new(line) {
                    return;
                }
                for step in entry.done_by(&line.record) {
                    if let Some(Step::Call { call, .. }) = entry.steps.get(step) {
                        self.assigned.took_effect(&entry.account, call, &entry.outputs, line.at);
                    }
                }
                let lasted = entry.lasted.len();
                entry.apply(line);
                for lasted in entry.lasted.iter().skip(lasted) {
                    self.durations.add(&entry.account, &entry.steps, lasted);
                }
                if let (Some(kept), JournalRecord::Output { output }) = (entry.action.parked(), &line.record)
                    && let Some(id) = output.id(Kind::Snapshot)
                {
                    self.parked.insert((entry.account.clone(), id.clone()), kept.clone());
                }
            }
        }
    }

    #[must_use]
    pub fn operation(&self, op: &OpId) -> Option<&LedgerEntry> {
        self.operations.get(op)
    }

    /// All operations, as they were asked for.
    pub fn operations(&self) -> impl Iterator<Item = (&OpId, &LedgerEntry)> {
        self.order.iter().filter_map(|op| Some((op, self.operations.get(op)?)))
    }

    /// The operations that have not ended.
    pub fn open(&self) -> impl Iterator<Item = (&OpId, &LedgerEntry)> {
        self.operations().filter(|(_, entry)| !entry.is_over())
    }

    /// What a person protects, by name.
    pub fn protected(&self) -> impl Iterator<Item = (&ResourceRef, &str)> {
        self.protected.iter().map(|(resource, (name, _))| (resource, name.as_str()))
    }

    #[must_use]
    pub fn protects(&self, resource: &ResourceRef) -> Option<&str> {
        self.protected.get(resource).map(|(name, _)| name.as_str())
    }

    /// What the instance had that was parked as this snapshot.
    #[must_use]
    pub fn parked(&self, account: &AccountName, snapshot: &ResourceId) -> Option<&Parked> {
        self.parked.get(&(account.clone(), snapshot.clone()))
    }

    /// Whether lines of this id still count: of an operation that has not ended, or what protects something.
    #[must_use]
    pub fn counts(&self, op: &OpId) -> bool {
        self.operations.get(op).is_some_and(|entry| !entry.is_over())
            || self.protected.values().any(|(_, protects)| protects == op)
    }

    /// Keeps only so many of the operations that ended, the youngest.
    pub fn keep_ended(&mut self, most: usize) {
        let over = self.operations.values().filter(|entry| entry.is_over()).count();
        let mut spare = over.saturating_sub(most);
        if spare == 0 {
            return;
        }
        let Self { operations, order, .. } = self;
        order.retain(|op| {
            let goes = spare > 0 && operations.get(op).is_none_or(LedgerEntry::is_over);
            if goes {
                spare -= usize::from(operations.remove(op).is_some());
            }
            !goes
        });
    }

    /// Forgets an operation; what was learnt from it stays.
    pub(super) fn forget(&mut self, op: &OpId) {
        if self.operations.remove(op).is_some() {
            self.order.retain(|known| known != op);
        }
    }
}

impl<'a> Extend<&'a JournalLine> for Ledger {
    fn extend<T: IntoIterator<Item = &'a JournalLine>>(&mut self, lines: T) {
        lines.into_iter().for_each(|line| self.apply(line));
    }
}

impl LedgerEntry {
    fn new(line: &JournalLine, account: &AccountName, action: &Action, steps: &[Step]) -> Self {
        Self {
            account: account.clone(),
            action: action.clone(),
            steps: steps.to_vec(),
            owner: line.process.clone(),
            after: None,
            by: None,
            asked: line.at,
            confirmed: line.at,
            asks: false,
            at: 0,
            since: line.at,
            took: Vec::new(),
            done: Vec::new(),
            requests: 0,
            attempt: 0,
            outputs: Vec::new(),
            pre_state: PreState::default(),
            sent: None,
            followed: false,
            lasted: Vec::new(),
            attempts: Vec::new(),
            undoes: false,
            phase: Phase::Ahead,
            applied: HashSet::new(),
        }
    }

    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Ended { .. })
    }

    /// Whether a request of the step it is at may or may not have taken effect.
    #[must_use]
    pub const fn is_in_doubt(&self) -> bool {
        matches!(self.phase, Phase::Sent | Phase::OutcomeUnknown)
    }

    /// Whether a line tells something that is not known yet. Nothing comes after the end.
    fn is_new(&mut self, line: &JournalLine) -> bool {
        let (step, attempt) = match &line.record {
            JournalRecord::Intent { step, attempt, .. } | JournalRecord::Answered { step, attempt, .. } => {
                (*step, *attempt)
            }
            JournalRecord::StepDone { step }
            | JournalRecord::Undoing { step, .. }
            | JournalRecord::OutcomeUnknown { step }
            | JournalRecord::Reconciled { step, .. } => (*step, 0),
            JournalRecord::Output { output } if self.outputs.contains(output) => return false,
            JournalRecord::Output { .. } => (self.outputs.len(), 0),
            _ => (0, 0),
        };
        !self.is_over() && self.applied.insert((line.at, std::mem::discriminant(&line.record), step, attempt))
    }

    fn apply(&mut self, line: &JournalLine) {
        match &line.record {
            JournalRecord::Asked { .. } | JournalRecord::Protected { .. } => {}
            JournalRecord::Intent { step, attempt, call, pre_state } => {
                self.go_to(*step, line.at);
                // What a read just before completed.
                if let Some(Step::Call { call: planned, .. }) = self.steps.get_mut(*step) {
                    planned.clone_from(call);
                }
                self.attempt = *attempt;
                self.requests += 1;
                self.attempts.push(Attempt::new(*step, *attempt, line.at));
                self.pre_state = pre_state.clone();
                self.sent = Some((*step, line.at));
                self.followed = true;
                self.asks = false;
                self.phase = Phase::Sent;
            }
            JournalRecord::Answered { step, attempt, answer } => self.answered(*step, *attempt, answer, line.at),
            JournalRecord::Output { output } => self.outputs.push(output.clone()),
            JournalRecord::StepDone { step } => {
                self.lasts(*step, line.at);
                self.done.push(*step);
                self.go_to(step + 1, line.at);
            }
            JournalRecord::Undoing { step, steps } => {
                self.steps.truncate(step + 1);
                self.steps.extend(steps.iter().cloned());
                self.undoes = true;
                self.go_to(step + 1, line.at);
            }
            JournalRecord::OutcomeUnknown { step } => {
                self.go_to(*step, line.at);
                self.phase = Phase::OutcomeUnknown;
            }
            // What settled it in time is followed by the step's end; that it did not happen, by a new intent or the end.
            JournalRecord::Reconciled { step, took_effect, by } => {
                self.followed &= *by == Why::Shown;
                self.go_to(*step, line.at);
                self.phase = Phase::Ahead;
                if *took_effect {
                    self.go_to(step + 1, line.at);
                } else {
                    self.attempt = 0;
                }
            }
            JournalRecord::TakenOver {} => {
                self.owner.clone_from(&line.process);
                (self.followed, self.asks) = (false, true);
            }
            JournalRecord::Confirmed {} => (self.confirmed, self.asks) = (line.at, false),
            JournalRecord::Ended { result, reason, code } => {
                let (at, result) = (line.at, result.clone());
                self.phase = Phase::Ended { at, result, reason: reason.clone(), code: code.clone() };
                self.applied = HashSet::new();
            }
        }
    }

    fn answered(&mut self, step: usize, attempt: u32, answer: &Answer, at: Timestamp) {
        let held_back = matches!(answer, Answer::OverBudget { .. } | Answer::NotJournalled { .. });
        if let Some(sent) = self.attempts.iter_mut().rev().find(|a| a.step == step && a.attempt == attempt) {
            sent.take(answer, at);
        }
        if !answer.is_attempt() {
            self.attempts.retain(|a| (a.step, a.attempt) != (step, attempt));
        }
        if step == self.at {
            self.followed &= durations::tells(answer);
            self.phase = if held_back { Phase::Ahead } else { Phase::Answered(Box::new(answer.clone())) };
        }
    }

    /// The steps that a line says are done. A process that ended between an answer and the end of its step leaves only
    /// the end of the whole.
    fn done_by(&self, record: &JournalRecord) -> Vec<usize> {
        match record {
            JournalRecord::StepDone { step } => vec![*step],
            JournalRecord::Ended { result, .. } if result == "done" => {
                (0..self.steps.len()).filter(|step| !self.done.contains(step)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A wait is over: how long its call took. A clock that was set back meanwhile tells nothing.
    fn lasts(&mut self, step: usize, now: Timestamp) {
        if let (Some((call, at)), Some(Step::Wait(_))) = (self.sent, self.steps.get(step))
            && self.followed
            && call + 1 == step
            && now > at
        {
            self.lasted.push(Lasted { step: call, size_gb: self.pre_state.size_gb, took: now.since(at) });
        }
    }

    fn go_to(&mut self, step: usize, now: Timestamp) {
        if step > self.at {
            self.took.resize(step.min(self.steps.len()), Duration::ZERO);
            if let Some(took) = self.took.get_mut(self.at) {
                *took = now.since(self.since);
            }
            self.at = step.min(self.steps.len());
            self.since = now;
            self.attempt = 0;
            self.phase = Phase::Ahead;
        }
    }
}

//! What the journal tells of earlier runs and of other processes: operations are found again, with their true state.
//! Longer than most files here because the fold and what it adds up to belong together.
//!
//! A fold: each line is taken in order, and what they add up to is an operation. Who carries it on is told by its last
//! line of that kind; whether that process still lives is found out by the runtime, which writes who takes over.

use std::collections::HashMap;

use crate::domain::{
    AccountName, Action, Answer, Attempt, Explained, Halt, Kind, Lasted, Line, Monotonic, OpId, OpResult, OpState,
    Operation, Output, Parked, Phrase, PreState, Record, ResourceId, Step, StepMark, Timestamp, Verdict, Why,
};

use super::{AccountState, Effect, Engine, Env, durations};

/// So many operations that ended are taken over from the journal.
const MOST_REMEMBERED: usize = 500;
/// So long a person's word holds: what would be sent later asks first.
const LONGEST_WORD: std::time::Duration = std::time::Duration::from_secs(3600);
/// After so long nobody waits for an answer any more.
const LONGEST_ANSWER: std::time::Duration = std::time::Duration::from_secs(60);

#[derive(Debug)]
struct Told {
    account: AccountName,
    action: Action,
    steps: Vec<Step>,
    owner: String,
    after: Option<OpId>,
    by: Option<String>,
    asked: Timestamp,
    /// When a person last said that it is to be sent.
    confirmed: Timestamp,
    at: usize,
    /// When the step it is at began, and how long those before took.
    since: Timestamp,
    took: Vec<std::time::Duration>,
    attempt: u32,
    outputs: Vec<Output>,
    pre_state: PreState,
    sent_any: bool,
    /// Which step called last and when.
    sent: Option<(usize, Timestamp)>,
    /// Whether one process saw it from there on, so that the time it took is known.
    seen: bool,
    lasted: Vec<Lasted>,
    attempts: Vec<Attempt>,
    phase: Phase,
}

#[derive(Debug)]
enum Phase {
    /// Nothing of the step it is at was sent, or what was sent had no effect.
    Ahead,
    /// Sent, and no answer on record.
    Sent,
    /// Answered; what the answer means was not on record before it ended.
    Answered(Box<Answer>),
    /// Its outcome is not known.
    OutcomeUnknown,
    Ended {
        at: Timestamp,
        result: String,
        reason: Option<String>,
        code: Option<String>,
    },
}

fn fold(lines: &[Line]) -> (Vec<OpId>, HashMap<OpId, Told>) {
    let mut order = Vec::new();
    let mut all: HashMap<OpId, Told> = HashMap::new();
    for line in lines {
        if let Record::Asked { account, action, steps, after, by } = &line.record {
            if !all.contains_key(&line.op) {
                order.push(line.op.clone());
                all.insert(
                    line.op.clone(),
                    Told { after: after.clone(), by: by.clone(), ..Told::started_at(line, account, action, steps) },
                );
            }
            continue;
        }
        // A line whose beginning was lost tells nothing.
        if let Some(told) = all.get_mut(&line.op) {
            told.take(line);
        }
    }
    (order, all)
}

impl Told {
    fn started_at(line: &Line, account: &AccountName, action: &Action, steps: &[Step]) -> Self {
        Self {
            account: account.clone(),
            action: action.clone(),
            steps: steps.to_vec(),
            owner: line.process.clone(),
            after: None,
            by: None,
            asked: line.at,
            confirmed: line.at,
            at: 0,
            since: line.at,
            took: Vec::new(),
            attempt: 0,
            outputs: Vec::new(),
            pre_state: PreState::default(),
            sent_any: false,
            sent: None,
            seen: false,
            lasted: Vec::new(),
            attempts: Vec::new(),
            phase: Phase::Ahead,
        }
    }

    fn take(&mut self, line: &Line) {
        if matches!(self.phase, Phase::Ended { .. }) {
            return;
        }
        if let Record::Answered { step, attempt, answer } = &line.record
            && let Some(sent) = self.attempts.iter_mut().rev().find(|a| a.step == *step && a.attempt == *attempt)
        {
            sent.take(answer, line.at);
            // What was never sent is no attempt.
            if matches!(answer, Answer::OverBudget { .. } | Answer::NotJournalled { .. }) {
                self.attempts.retain(|a| (a.step, a.attempt) != (*step, *attempt));
            }
        }
        match &line.record {
            Record::Asked { .. } => {}
            Record::Intent { step, attempt, pre_state, .. } => {
                self.go_to(*step, line.at);
                self.attempt = *attempt;
                self.attempts.push(Attempt::new(*step, *attempt, line.at));
                self.pre_state = pre_state.clone();
                self.sent_any = true;
                self.sent = Some((*step, line.at));
                self.seen = true;
                self.phase = Phase::Sent;
            }
            Record::Answered { step, answer, .. } if *step == self.at => {
                self.seen &= durations::tells(answer);
                self.phase = match answer {
                    // Nothing was sent.
                    Answer::OverBudget { .. } | Answer::NotJournalled { .. } => Phase::Ahead,
                    answer => Phase::Answered(Box::new(answer.clone())),
                };
            }
            Record::Answered { .. } => {}
            Record::Output { output } => self.outputs.push(output.clone()),
            Record::StepDone { step } => {
                self.lasts(*step, line.at);
                self.go_to(step + 1, line.at);
            }
            Record::OutcomeUnknown { step } => {
                self.go_to(*step, line.at);
                self.phase = Phase::OutcomeUnknown;
            }
            // What settled it in time is followed by the step's end; that it did not happen, by a new intent or the end.
            Record::Reconciled { step, took_effect, by } => {
                self.seen &= *by == Why::Shown;
                self.go_to(*step, line.at);
                self.phase = Phase::Ahead;
                if *took_effect {
                    self.go_to(step + 1, line.at);
                } else {
                    self.attempt = 0;
                }
            }
            Record::TakenOver {} => {
                self.owner.clone_from(&line.process);
                self.seen = false;
            }
            Record::Confirmed {} => self.confirmed = line.at,
            Record::Protected { .. } => {}
            Record::Ended { result, reason, code } => {
                self.phase =
                    Phase::Ended { at: line.at, result: result.clone(), reason: reason.clone(), code: code.clone() };
            }
        }
    }

    /// A wait is over: how long its call took. A clock that was set back meanwhile tells nothing.
    fn lasts(&mut self, step: usize, now: Timestamp) {
        if let (Some((call, at)), Some(Step::Wait(_))) = (self.sent, self.steps.get(step))
            && self.seen
            && call + 1 == step
            && now > at
        {
            self.lasted.push(Lasted { step: call, size_gb: self.pre_state.size_gb, took: now.since(at) });
        }
    }

    fn go_to(&mut self, step: usize, now: Timestamp) {
        if step > self.at {
            self.took.resize(step.min(self.steps.len()), std::time::Duration::ZERO);
            if let Some(took) = self.took.get_mut(self.at) {
                *took = now.since(self.since);
            }
            self.at = step.min(self.steps.len());
            self.since = now;
            self.attempt = 0;
            self.phase = Phase::Ahead;
        }
    }

    fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Ended { .. })
    }
}

/// Takes in the whole journal: at start, and whenever another process wrote to it. What this process carries on itself
/// it knows better, and what ended stays as it is.
pub(super) fn remember(engine: &mut Engine, lines: &[Line], env: &Env, effects: &mut Vec<Effect>) {
    engine.protection.remember(lines);
    let (order, mut all) = fold(lines);
    let over = order.iter().filter(|id| all.get(*id).is_some_and(Told::is_over)).count();
    let mut spare = over.saturating_sub(MOST_REMEMBERED);
    let mut found = Vec::new();
    for id in order {
        let Some(told) = all.remove(&id) else { continue };
        if let Action::Park { kept, .. } = &told.action {
            for snapshot in told.outputs.iter().filter_map(|output| output.id(Kind::Snapshot)) {
                engine.parked.insert((told.account.clone(), snapshot.clone()), (**kept).clone());
            }
        }
        if told.is_over() && spare > 0 {
            spare -= 1;
            continue;
        }
        let known = engine.operations.iter().position(|o| o.id == id);
        if known.and_then(|at| engine.operations.get(at)).is_some_and(|o| o.is_over() || o.owner == engine.process) {
            continue;
        }
        let account = engine.accounts.iter().find(|a| a.account.name == told.account);
        let was_over = told.is_over();
        let operation = operation(id, told, account, &engine.process, env);
        // It was refused just before its process ended.
        if let (false, true, OpState::Ended(result)) = (was_over, engine.is_ours(&operation), &operation.state) {
            effects.push(Effect::Ended { op: operation.id.clone(), result: result.clone() });
        }
        match known.and_then(|at| engine.operations.get_mut(at)) {
            Some(there) => *there = shown_as(operation, there),
            None => found.push(operation),
        }
    }
    // Oldest first, as they were asked for.
    found.append(&mut engine.operations);
    found.sort_by_key(|o| o.asked);
    engine.operations = found;
    engine.durations = durations::Durations::of(&engine.operations);
    super::assigned::remember(engine, lines);
}

/// What another process carries on is read anew whenever it writes: no bar jumps back for that.
fn shown_as(mut new: Operation, old: &Operation) -> Operation {
    new.reached_all = old.reached_all;
    new.told_late = old.told_late;
    let same = new.at == old.at || (new.at == old.at + 1 && matches!(new.step(), Some(Step::Wait(_))));
    if same {
        new.reached = old.reached;
    }
    new
}

fn operation(id: OpId, mut told: Told, account: Option<&AccountState>, process: &str, env: &Env) -> Operation {
    let ours = told.owner == process;
    let asks_since = ours.then_some(told.confirmed);
    let then = |at: Timestamp| Monotonic(env.tick.0.saturating_sub(millis(env.wall.since(at))));
    let (mut at, mut state) = (told.at, OpState::Checking);
    let mut ended = None;
    match told.phase {
        Phase::Ahead => {}
        // Another process may still hear the answer: nothing is lost yet.
        Phase::Sent if !ours && env.wall.since(told.pre_state.at) < LONGEST_ANSWER => state = OpState::Sending,
        Phase::Sent | Phase::OutcomeUnknown => state = OpState::OutcomeUnknown,
        Phase::Answered(answer) => match judged(&told.steps, told.at, &answer, account) {
            Some(Verdict::TookEffect | Verdict::TookEffectIfGone) => {
                if let Answer::Replied { outputs, .. } = *answer {
                    let new: Vec<Output> =
                        outputs.into_iter().filter(|output| !told.outputs.contains(output)).collect();
                    told.outputs.extend(new);
                }
                at += 1;
            }
            Some(Verdict::NoEffect { .. }) => {}
            Some(Verdict::Refused(said)) => {
                ended = Some((env.wall, OpResult::Failed { what: said.told(), said: Some(said) }));
            }
            Some(Verdict::Unknown) | None => state = OpState::OutcomeUnknown,
        },
        Phase::Ended { at, result, reason, code } => ended = Some((at, result_of(&result, reason, code))),
    }
    if let (OpState::Checking, Some(Step::Settle { at_least })) = (&state, told.steps.get(at)) {
        state = OpState::Settling { until: then(told.since) + *at_least };
    }
    if let (OpState::Checking, Some(Step::Wait(_))) = (&state, told.steps.get(at)) {
        state = OpState::Watching;
    }
    if told.after.is_some() && !told.sent_any && state == OpState::Checking {
        state = OpState::Turn;
    }
    // What another process carries on is shown as far as its lines tell.
    let took = ended.as_ref().map(|(at, _)| at.since(told.asked));
    let over = ended.map(|(at, result)| (at, OpState::Ended(result)));
    let ended = over.as_ref().map(|(at, _)| *at);
    let state = over.map_or(state, |(_, state)| state);
    let mark = |n: usize| match n.cmp(&at) {
        std::cmp::Ordering::Less => StepMark::Done(told.took.get(n).copied().unwrap_or_default()),
        std::cmp::Ordering::Equal if matches!(state, OpState::Ended(_)) => StepMark::Ended,
        std::cmp::Ordering::Equal => StepMark::Now,
        std::cmp::Ordering::Greater => StepMark::Ahead,
    };
    let mut steps = told.steps;
    for made in told.outputs.iter().filter_map(|output| output.id(Kind::Instance)) {
        steps.iter_mut().for_each(|step| step.name_instance(made));
    }
    Operation {
        id,
        marks: (0..steps.len()).map(mark).collect(),
        action: told.action,
        account: told.account,
        by: told.by,
        owner: told.owner,
        asks_since,
        wanted_at: told.confirmed,
        after: if told.sent_any { None } else { told.after },
        steps,
        at,
        state,
        asked: told.asked,
        confirmed: then(told.asked),
        step_since: then(told.since),
        // Only what is read from now on tells.
        read_after: account.map_or(env.tick, |a| a.reads_from(env.tick)),
        attempt: told.attempt,
        first_sent: None,
        alone: false,
        sent_any: told.sent_any,
        outputs: told.outputs,
        pre_state: told.pre_state,
        sent: told.sent.filter(|(call, _)| call + 1 >= at).map(|(_, sent)| then(sent)),
        lasted: told.lasted,
        reached: 0.0,
        reached_all: 0.0,
        told_late: false,
        attempts: told.attempts,
        ended,
        took,
    }
}

impl Engine {
    /// What the instance had that was parked as this snapshot, to make it anew from it.
    #[must_use]
    pub fn parked(&self, account: &AccountName, snapshot: &ResourceId) -> Option<&Parked> {
        let saved = |op: &&Operation| {
            let mut outputs = op.outputs.iter();
            op.account == *account && outputs.any(|output| output.id(Kind::Snapshot) == Some(snapshot))
        };
        let of_this_run = self.operations.iter().rev().filter(saved).find_map(|op| match &op.action {
            Action::Park { kept, .. } => Some(kept.as_ref()),
            _ => None,
        });
        of_this_run.or_else(|| self.parked.get(&(account.clone(), snapshot.clone())))
    }
}

/// What an answer means that came just before the process ended. Without its account nobody can tell.
fn judged(steps: &[Step], at: usize, answer: &Answer, account: Option<&AccountState>) -> Option<Verdict> {
    let Some(Step::Call { call, .. }) = steps.get(at) else { return None };
    Some(account?.account.rules.judge(call, answer))
}

fn result_of(result: &str, reason: Option<String>, code: Option<String>) -> OpResult {
    let said = reason.unwrap_or_default();
    match result {
        "done" => OpResult::Done,
        "cancelled" => OpResult::Cancelled { why: Phrase::new("remembered.why").with("said", said) },
        "failed" => OpResult::Failed {
            what: Phrase::new("remembered.why").with("said", said.as_str()),
            said: Some(Explained { meaning: None, said, unsent: false, code, request_id: None }),
        },
        _ => OpResult::Unknown,
    }
}

/// After a sleep, in a later run, or long after a person said so, what would still be sent asks first.
pub(super) fn ask_again(op: &mut Operation, env: &Env) -> bool {
    let next_sends = matches!(op.state, OpState::Checking | OpState::Queued { .. } | OpState::Turn)
        && matches!(op.step(), Some(Step::Call { .. }));
    if next_sends && op.asks_since.is_none() && env.wall.since(op.wanted_at) > LONGEST_WORD {
        op.asks_since = Some(op.wanted_at);
    }
    let asks = op.asks_since.is_some() && next_sends;
    if asks {
        op.state = OpState::Halted(Halt::StillWanted);
    }
    asks
}

fn millis(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

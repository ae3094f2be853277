//! What the journal tells of earlier runs and of other processes: operations are found again, with their true state.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::domain::{
    AccountName, Answer, Explained, Halt, JOURNAL_VERSION, JournalLine, JournalRecord, OpId, OpResult, OpState,
    Operation, Output, Parked, Phrase, ResourceId, Step, StepMark, Verdict, text,
};
use crate::engine::ledger::{LedgerEntry, Phase};
use crate::engine::{AccountState, Effect, Engine, Env};

/// So many operations that ended are taken over from the journal.
const MOST_REMEMBERED: usize = 500;
/// So long a person's word holds: what would be sent later asks first.
const LONGEST_WORD: Duration = Duration::from_secs(3600);
/// After so long nobody waits for an answer any more.
const LONGEST_ANSWER: Duration = Duration::from_secs(60);

/// Takes in lines of the journal, and looks again at all that others carry on. What this process carries on itself it
/// knows better, and what ended stays as it is.
pub(super) fn read_journal(engine: &mut Engine, lines: &[JournalLine], env: &Env, effects: &mut Vec<Effect>) {
    let Engine { operations, ledger, process, .. } = engine;
    let ours: BTreeSet<&OpId> = operations.iter().filter(|o| o.owner == *process).map(|o| &o.id).collect();
    // What this engine wrote itself was applied then. Another of the same process may have written before it.
    let is_echo = |line: &JournalLine| line.process == *process && ours.contains(&line.op);
    ledger.extend(lines.iter().filter(|line| !is_echo(line)));
    engine.unseen.retain(|unseen| !lines.iter().any(|line| line.op == unseen.op));
    engine.ledger.extend(&engine.unseen);
    engine.ledger.keep_ended(MOST_REMEMBERED);
    let touched: BTreeSet<&OpId> = lines.iter().map(|line| &line.op).collect();
    let (mut found, mut judged) = (Vec::new(), Vec::new());
    for (id, entry) in engine.ledger.operations().filter(|(id, entry)| !entry.is_over() || touched.contains(id)) {
        let known = engine.operations.iter().position(|o| o.id == *id);
        if known.and_then(|at| engine.operations.get(at)).is_some_and(|o| o.is_over() || o.owner == engine.process) {
            continue;
        }
        let account = engine.accounts.iter().find(|a| a.account.name == entry.account);
        let operation = operation(id, entry, account, &engine.process, env);
        // It was refused just before its process ended.
        if let (false, true, OpState::Ended(result)) =
            (entry.is_over(), operation.owner == engine.process, &operation.state)
        {
            effects.push(Effect::Ended { op: operation.id.clone(), result: result.clone() });
        }
        if operation.owner == engine.process && operation.at > entry.at {
            judged.push(operation.id.clone());
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
    // What its last answer says took effect, no line tells.
    let Engine { operations, ledger, process, .. } = engine;
    for op in operations.iter().filter(|op| judged.contains(&op.id)) {
        let outputs = op.outputs.iter().map(|output| JournalRecord::Output { output: output.clone() });
        let done = op.at.checked_sub(1).map(|step| JournalRecord::StepDone { step });
        outputs.chain(done).for_each(|record| ledger.apply(&written(&op.id, record, process, env)));
    }
}

/// Takes in what this process writes to the journal.
pub(super) fn note_written(engine: &mut Engine, effects: &[Effect], env: &Env) {
    for effect in effects {
        match effect {
            Effect::Record { op, record } => {
                let line = written(op, record.clone(), &engine.process, env);
                engine.ledger.apply(&line);
                if matches!(line.record, JournalRecord::Protected { .. }) {
                    engine.unseen.push(line);
                }
            }
            Effect::Ended { op, .. } => engine.ledger.forget(op),
            _ => {}
        }
    }
}

fn written(op: &OpId, record: JournalRecord, process: &str, env: &Env) -> JournalLine {
    JournalLine { v: JOURNAL_VERSION, at: env.wall, process: process.to_owned(), op: op.clone(), record }
}

/// What another process carries on is read again whenever it writes: no bar jumps back for that.
fn shown_as(mut new: Operation, old: &Operation) -> Operation {
    new.reached_all = old.reached_all;
    new.told_late = old.told_late;
    let same = new.at == old.at || (new.at == old.at + 1 && matches!(new.step(), Some(Step::Wait(_))));
    if same {
        new.reached = old.reached;
    }
    new
}

/// How an operation stands, from its lines and what its last answer means.
fn operation(id: &OpId, entry: &LedgerEntry, account: Option<&AccountState>, process: &str, env: &Env) -> Operation {
    let ours = entry.owner == process;
    let (at, state, outputs) = standing(entry, ours, account, env);
    let ended = match (&entry.phase, &state) {
        (Phase::Ended { at, .. }, _) => Some(*at),
        (_, OpState::Ended(_)) => Some(env.wall),
        _ => None,
    };
    let mark = |n: usize| match n.cmp(&at) {
        // What failed, before what was made for it is taken away again.
        std::cmp::Ordering::Less if entry.undoes && n < entry.at && !entry.done.contains(&n) => StepMark::Ended,
        std::cmp::Ordering::Less => StepMark::Done(entry.took.get(n).copied().unwrap_or_default()),
        std::cmp::Ordering::Equal if ended.is_some() => StepMark::Ended,
        std::cmp::Ordering::Equal => StepMark::Now,
        std::cmp::Ordering::Greater => StepMark::Ahead,
    };
    let mut steps = entry.steps.clone();
    for output in &outputs {
        steps.iter_mut().for_each(|step| step.name(output));
    }
    let sent_any = entry.requests > 0;
    let (owner, action) = (entry.owner.clone(), entry.action.clone());
    Operation {
        marks: (0..steps.len()).map(mark).collect(),
        by: entry.by.clone(),
        asks_since: ours.then_some(entry.confirmed),
        wanted_at: entry.confirmed,
        after: entry.after.clone().filter(|_| !sent_any),
        at,
        state,
        step_since: env.tick_of(entry.since),
        // Only what is read from now on tells.
        read_after: account.map_or(env.tick, |a| a.reads_from(env.tick)),
        attempt: entry.attempt,
        sent_any,
        outputs,
        pre_state: entry.pre_state.clone(),
        sent: entry.sent.filter(|(call, _)| call + 1 >= at).map(|(_, sent)| env.tick_of(sent)),
        lasted: entry.lasted.clone(),
        undoes: entry.undoes.then(|| Phrase::new(text::failed::NOT_MADE)),
        attempts: entry.attempts.clone(),
        ended,
        took: ended.map(|at| at.since(entry.asked)),
        ..Operation::new(id.clone(), owner, action, steps, entry.asked, env.tick_of(entry.asked))
    }
}

/// Its step, its state and what was made, once its last answer is judged. What another process carries on is shown as
/// far as its lines tell.
fn standing(
    entry: &LedgerEntry,
    ours: bool,
    account: Option<&AccountState>,
    env: &Env,
) -> (usize, OpState, Vec<Output>) {
    let (mut at, mut outputs) = (entry.at, entry.outputs.clone());
    let known = match &entry.phase {
        Phase::Ahead => None,
        // Another process may still hear the answer: nothing is lost yet.
        Phase::Sent if !ours && env.wall.since(entry.pre_state.at) < LONGEST_ANSWER => Some(OpState::Sending),
        Phase::Sent | Phase::OutcomeUnknown => Some(OpState::OutcomeUnknown),
        Phase::Answered(answer) => match judged(&entry.steps, entry.at, answer, account) {
            Some(Verdict::TookEffect | Verdict::TookEffectIfGone) => {
                if let Answer::Replied { outputs: new, .. } = &**answer {
                    outputs.extend(new.iter().filter(|output| !entry.outputs.contains(output)).cloned());
                }
                at += 1;
                None
            }
            Some(Verdict::NoEffect { .. }) => None,
            Some(Verdict::Refused(said)) => {
                Some(OpState::Ended(OpResult::Failed { what: said.told(), said: Some(said) }))
            }
            Some(Verdict::Unknown) | None => Some(OpState::OutcomeUnknown),
        },
        Phase::Ended { result, reason, code, .. } => {
            Some(OpState::Ended(result_of(result, reason.clone(), code.clone())))
        }
    };
    let state = known.unwrap_or_else(|| match entry.steps.get(at) {
        Some(Step::Settle { at_least }) => OpState::Settling { until: env.tick_of(entry.since) + *at_least },
        Some(Step::Wait(_)) => OpState::Watching,
        _ if entry.after.is_some() && entry.requests == 0 => OpState::Turn,
        _ => OpState::Checking,
    });
    (at, state, outputs)
}

impl Engine {
    /// What the instance had that was parked as this snapshot, to make it again from it.
    #[must_use]
    pub fn parked(&self, account: &AccountName, snapshot: &ResourceId) -> Option<&Parked> {
        self.ledger.parked(account, snapshot)
    }
}

/// What an answer means that came just before the process ended. Without its account nobody can tell.
fn judged(steps: &[Step], at: usize, answer: &Answer, account: Option<&AccountState>) -> Option<Verdict> {
    let Some(Step::Call { call, .. }) = steps.get(at) else { return None };
    Some(account?.account.policy.judge(call, answer))
}

fn result_of(result: &str, reason: Option<String>, code: Option<String>) -> OpResult {
    let said = reason.unwrap_or_default();
    match result {
        "done" => OpResult::Done,
        "cancelled" => OpResult::Cancelled { why: text::plain::said(said) },
        "failed" => OpResult::Failed {
            what: text::plain::said(said.as_str()),
            said: Some(Explained { meaning: None, said: said.into(), unsent: false, code, request_id: None }),
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

//! A person asks for something, takes it back, or decides.

use crate::domain::{
    AccountName, Action, Halt, JournalRecord, OpId, OpResult, OpState, Operation, Phrase, ResourceRef, Step, Verb, Why,
    text,
};
use crate::engine::{Decision, Effect, Engine, Env, Notice, protect, steps};

/// So many operations that ended are remembered.
const MOST_ENDED: usize = 500;

/// Why an action is refused here and now, before anybody is asked; `None` where it is not.
#[must_use]
pub fn refusal(engine: &Engine, action: &Action) -> Option<Phrase> {
    let named: Vec<(&ResourceRef, &str)> = action.targets().iter().map(|t| (&t.resource, t.name.as_str())).collect();
    hindrance(engine, action.verb(), action.subject().account(), &named, &action.holds())
        .or_else(|| engine.in_doubt(action).map(|op| named_in(text::refused::in_doubt, op)))
}

fn named_in<'a>(text: fn(Verb, &'a str, &'a str) -> Phrase, op: &'a Operation) -> Phrase {
    let (verb, name) = (op.action.verb(), op.action.subject().name.as_str());
    text(verb, name, op.id.as_str())
}

/// As [`refusal`], before the action is put together: from what it would name and what it would hold.
#[must_use]
pub fn hindrance(
    engine: &Engine,
    verb: Verb,
    account: &AccountName,
    named: &[(&ResourceRef, &str)],
    held: &[ResourceRef],
) -> Option<Phrase> {
    let account = engine.account(account)?;
    if account.account.read_only {
        return Some(text::refused::read_only(account.account.name.as_str(), 1_u64));
    }
    if let Some(why) = protect::refusal(engine, account, named, held) {
        return Some(why);
    }
    engine.holder(verb, held).map(|op| named_in(text::refused::busy, op))
}

/// Takes on what was asked for. `by`: who asked, where that was no person by themselves.
pub(super) fn ask(
    engine: &mut Engine,
    actions: Vec<Action>,
    together: bool,
    by: Option<&str>,
    env: &Env,
    effects: &mut Vec<Effect>,
) {
    forget_old(engine);
    let mut before: Option<OpId> = None;
    let mut first_of: Vec<AccountName> = Vec::new();
    for action in actions {
        if let Some(why) = refusal(engine, &action) {
            effects.push(Effect::Tell(Notice { what: why, bad: true, op: None, alert: false }));
            continue;
        }
        let Some(account) = engine.account(action.subject().account()) else { continue };
        let read_after = account.reads_from(env.tick);
        let policy = &account.account.policy;
        let steps = policy.plan(&action, &account.inventory);
        let one_by_one = !together && policy.interrupts(&action, &account.inventory);
        if steps.is_empty() {
            let what = text::refused::nothing_to_do(action.verb(), action.subject().name.as_str());
            effects.push(Effect::Tell(Notice { what, bad: true, op: None, alert: false }));
            continue;
        }
        let name = account.account.name.clone();
        let alone = !first_of.contains(&name);
        if alone {
            first_of.push(name);
        }
        engine.asked += 1;
        let id = OpId::new(format!("{}-{}", engine.process, engine.asked));
        let after = if one_by_one { before.replace(id.clone()) } else { None };
        let grace = engine.safety.grace;
        let state = if action.verb().destroys() && !grace.is_zero() {
            OpState::Countdown { until: env.tick + grace }
        } else if after.is_some() {
            OpState::Turn
        } else {
            OpState::Checking
        };
        let new = Operation::new(id, engine.process.clone(), action, steps, env.wall, env.tick);
        let op = Operation { by: by.map(str::to_owned), after, state, read_after, alone, ..new };
        effects.push(Effect::Record { op: op.id.clone(), record: asked(&op) });
        engine.operations.push(op);
    }
}

fn asked(op: &Operation) -> JournalRecord {
    let Operation { account, action, steps, after, by, .. } = op.clone();
    JournalRecord::Asked { account, action, steps, after, by }
}

/// Operations that ended are in the journal; of them only the youngest stay here.
fn forget_old(engine: &mut Engine) {
    let over = engine.operations.iter().filter(|o| o.is_over()).count();
    let mut spare = over.saturating_sub(MOST_ENDED);
    if spare > 0 {
        engine.operations.retain(|o| {
            let goes = spare > 0 && o.is_over();
            spare -= usize::from(goes);
            !goes
        });
    }
}

/// What is not yet sent can be taken back: all of it while nothing took effect, else the steps that are not yet begun.
/// `even_if_sent`: where nothing is left to send the wait for its end is given up.
pub(super) fn take_back(engine: &mut Engine, id: &OpId, even_if_sent: bool, env: &Env, effects: &mut Vec<Effect>) {
    let Some(op) = engine.operations.iter_mut().find(|o| o.id == *id) else { return };
    let waits = matches!(
        op.state,
        OpState::Countdown { .. }
            | OpState::Turn
            | OpState::Checking
            | OpState::Queued { .. }
            | OpState::Watching
            | OpState::Settling { .. }
            | OpState::Halted(Halt::StillWanted)
    );
    if !waits || op.owner != engine.process {
        return;
    }
    let (said, why): (fn(_, _) -> _, _) = match (op.has_calls_ahead(), op.only_listens()) {
        (true, _) if steps::is_first_call(op) => (text::op::taken_back, text::cancelled::TAKEN_BACK),
        (true, _) => (text::op::rest_left, text::cancelled::REST),
        (false, true) => (text::op::not_awaited, text::cancelled::NOT_AWAITED),
        (false, false) if even_if_sent => (text::op::end_not_awaited, text::cancelled::END_NOT_AWAITED),
        (false, false) => return,
    };
    let what = said(op.action.verb(), op.action.subject().name.as_str());
    steps::end(op, OpResult::Cancelled { why: Phrase::new(why) }, env, effects);
    effects.push(Effect::Tell(Notice { what, bad: false, op: Some(id.clone()), alert: false }));
}

pub(super) fn cancel_countdowns(engine: &mut Engine, env: &Env, effects: &mut Vec<Effect>) {
    for op in &mut engine.operations {
        if matches!(op.state, OpState::Countdown { .. }) {
            steps::end(op, OpResult::Cancelled { why: Phrase::new(text::cancelled::LEFT) }, env, effects);
        }
    }
}

pub(super) fn decide(engine: &mut Engine, id: &OpId, decision: Decision, env: &Env, effects: &mut Vec<Effect>) {
    let Engine { accounts, operations, process, .. } = engine;
    let Some(op) = operations.iter_mut().find(|o| o.id == *id) else { return };
    let Some(account) = accounts.iter().find(|a| a.account.name == op.account) else { return };
    if op.state == OpState::Halted(Halt::StillWanted) {
        if decision == Decision::LeaveIt {
            steps::end(op, OpResult::Cancelled { why: Phrase::new(text::cancelled::NOT_WANTED) }, env, effects);
        } else {
            confirm(op, env, effects);
            op.state = if op.sent_any || op.after.is_none() { OpState::Checking } else { OpState::Turn };
            op.read_after = account.reads_from(env.tick);
            op.first_sent = None;
        }
        return;
    }
    if !matches!(op.state, OpState::Halted(_) | OpState::OutcomeUnknown) || op.owner != *process {
        return;
    }
    // What is never sent twice is asked for again, as an operation of its own.
    let once = matches!(op.step(), Some(Step::Call { call, .. }) if call.is_sent_once());
    let took_effect = match decision {
        Decision::ItHappened => true,
        Decision::SendAgain if once => return,
        Decision::SendAgain => false,
        Decision::LeaveIt => {
            steps::end(op, OpResult::Unknown, env, effects);
            return;
        }
    };
    if let (true, Some(call)) = (took_effect, op.step().and_then(Step::call).cloned()) {
        steps::learn_made(op, &call, account, effects);
    }
    effects.push(Effect::Record {
        op: id.clone(),
        record: JournalRecord::Reconciled { step: op.at, took_effect, by: Why::Person },
    });
    // A person's word tells nothing of how long it took.
    op.sent = None;
    if took_effect {
        steps::step_done(op, env, effects);
    } else if matches!(op.step(), Some(Step::Call { .. })) {
        // Who has it sent again need not be asked whether it is still wanted.
        confirm(op, env, effects);
        op.state = OpState::Checking;
        op.read_after = account.reads_from(env.tick);
        op.step_since = env.tick;
        op.first_sent = None;
    }
}

/// A person says again that it is to be sent.
fn confirm(op: &mut Operation, env: &Env, effects: &mut Vec<Effect>) {
    effects.push(Effect::Record { op: op.id.clone(), record: JournalRecord::Confirmed {} });
    op.asks_since = None;
    op.wanted_at = env.wall;
}

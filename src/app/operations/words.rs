//! Operations in words: what one is called, how it stands and why it waits, what its present step does.

use crate::app::tables::commands::Command;
use crate::app::{App, hanging_stop};
use crate::domain::{Condition, Halt, InstanceStatus, OpResult, OpState, Operation, Phrase, Ref, Step, text};
use crate::engine::{ExternalChange, kind_phrase};
use crate::proposal::step_phrase;

#[must_use]
pub fn operation_name(app: &App, op: &Operation) -> String {
    let subject = op.action.subject();
    app.words.say(&op.action.called(app.distinct_name(&subject.name, subject.account())))
}

/// How an operation stands, in the words that the contract fixes.
#[must_use]
pub fn operation_state(app: &App, op: &Operation) -> String {
    let words = &app.words;
    let now = &app.now;
    let waiting = |reason: Phrase| words.say(&text::op::waiting(reason));
    match &op.state {
        OpState::Countdown { until } => waiting(text::unit::seconds(until.0.saturating_sub(now.tick.0).div_ceil(1000))),
        OpState::Turn => waiting(text::op_reason::TURN.into()),
        OpState::Checking | OpState::Queued { .. } => waiting(waits_for(app, op)),
        OpState::Sending | OpState::Watching | OpState::Settling { .. } => words.get(text::op::RUNNING).to_owned(),
        OpState::Halted(Halt::StillWanted) => waiting(text::op_reason::WORD.into()),
        OpState::OutcomeUnknown | OpState::Halted(_) | OpState::Ended(OpResult::Unknown) => {
            words.get(text::op::UNKNOWN).to_owned()
        }
        OpState::Ended(OpResult::Done) => words.get(text::op::IS_DONE).to_owned(),
        OpState::Ended(OpResult::Failed { .. }) => words.get(text::op::IS_FAILED).to_owned(),
        OpState::Ended(OpResult::Cancelled { .. }) => words.get(text::op::IS_CANCELLED).to_owned(),
    }
}

/// Why an operation waits that is ready but for a check: the provider refused for now, the budget is spent, or a read
/// is awaited.
fn waits_for(app: &App, op: &Operation) -> Phrase {
    let now = &app.now;
    let (not_before, why) = match &op.state {
        OpState::Queued { not_before, why } => (*not_before, why.as_ref()),
        _ => (None, None),
    };
    let told = not_before.map(|at| at.since(now.wall)).filter(|wait| !wait.is_zero());
    if why.is_some() {
        return text::op_reason::provider(told.unwrap_or_default());
    }
    // While a read is on its way, that is what is waited for, and it may have taken the last request.
    let reading = op.state == OpState::Checking
        && app.engine.account(&op.account).is_some_and(|a| a.inventory.lists.values().any(|r| r.in_flight.is_some()));
    let spent = app.engine.meter(&op.account, now).filter(|m| m.left == 0 && !reading).map(|m| m.renewed_in);
    match told.or(spent) {
        Some(wait) => text::op_reason::budget(wait),
        None if op.state == OpState::Checking => Phrase::new(text::op_reason::CHECK),
        None => Phrase::new(text::op_reason::TURN),
    }
}

/// How it stands with what somebody else began: `Stopping, seen`.
#[must_use]
pub(crate) fn external_change_state(change: &ExternalChange) -> Phrase {
    let state = kind_phrase(change.to);
    if change.ended.is_some() { text::seen::over(state) } else { text::seen::state(state) }
}

/// What the present step of an operation does, such as `2/5 waiting until Stopped`.
#[must_use]
pub fn operation_step(app: &App, op: &Operation) -> String {
    match &op.state {
        OpState::Ended(OpResult::Failed { what, .. }) => app.words.say(what),
        OpState::Ended(OpResult::Cancelled { why }) => app.words.say(why),
        OpState::Ended(_) => String::new(),
        OpState::Halted(_) => app.words.get(text::op_halted::SHORT).to_owned(),
        OpState::OutcomeUnknown => app.words.get(text::op_unsure::SHORT).to_owned(),
        _ if app.engine.offers_force_stop(op, &app.now) => {
            let key = app.keymap.shown(Command::Do(hanging_stop::VERB));
            app.words.say(&text::op::still_stopping(op.at + 1, op.steps.len(), key))
        }
        _ => match op.step() {
            Some(step) => {
                let staged = stage(app, op).map(|phrase| app.words.say(&phrase));
                let text = staged.unwrap_or_else(|| app.words.say(&step_phrase(step, &op.action)));
                format!("{}/{} {text}", op.at + 1, op.steps.len())
            }
            None => String::new(),
        },
    }
}

/// The stage of what an operation waits for, where the provider tells one: `Saving, stage 2 of 3`, `Importing 45%`.
#[must_use]
pub fn stage(app: &App, op: &Operation) -> Option<Phrase> {
    if let (Some(Step::Wait(Condition::NewInstanceIs(_))), OpState::Watching) = (op.step(), &op.state) {
        let made = Ref::OutputInstance.known(&op.outputs)?;
        let instance = app.engine.account(&op.account)?.inventory.instance(made)?;
        let status = &instance.status;
        return matches!(status, InstanceStatus::Importing(_))
            .then(|| text::plain::said(app.words.instance_status(status)));
    }
    let Some(Step::Wait(Condition::SnapshotAvailable { which, .. })) = op.step() else { return None };
    let snapshot = app.engine.account(&op.account)?.inventory.snapshot(which.known(&op.outputs)?)?;
    let stage = snapshot.stage.filter(|_| snapshot.status.is_under_way())?;
    let status = app.words.store_status(&snapshot.status);
    Some(text::op::stage(status, u64::from(stage.at), u64::from(stage.of)))
}

//! Operations in words: what one is called, how it stands and why it waits, what its present step does.

use crate::domain::{Condition, Halt, InstanceStatus, OpResult, OpState, Operation, Phrase, Ref, Step, Target, Verb};
use crate::engine::{ExternalChange, kind_phrase};

use crate::app::App;
use crate::app::tables::commands::Command;
use crate::proposal::step_phrase;

/// What an operation is called in lists: verb and what it is about.
#[must_use]
pub fn operation_name(app: &App, op: &Operation) -> String {
    use crate::domain::Action;
    let apart = |target: &Target| app.told_apart(&target.name, target.account());
    let phrase = match &op.action {
        Action::Restore { snapshot, instance, .. } => {
            Phrase::new("op.name.restore").with("snapshot", snapshot.name.as_str()).with("name", apart(instance))
        }
        Action::TakeSnapshot { instance, name, .. } => {
            Phrase::new("op.name.take").with("snapshot", name.as_str()).with("name", apart(instance))
        }
        Action::RestoreAsNew { snapshot, name, .. } => {
            Phrase::new("op.name.as-new").with("snapshot", snapshot.name.as_str()).with("name", name.as_str())
        }
        Action::AssignFirewall { firewall, instance } => {
            Phrase::new("op.name.assign").with("firewall", firewall.name.as_str()).with("name", apart(instance))
        }
        Action::DetachFirewall { firewall, instance } => {
            Phrase::new("op.name.detach").with("firewall", firewall.name.as_str()).with("name", apart(instance))
        }
        action => Phrase::new("op.name").with("verb", action.verb().name()).with("name", apart(action.subject())),
    };
    app.words.say(&phrase)
}

/// How an operation stands, in the words that the contract fixes.
#[must_use]
pub fn operation_state(app: &App, op: &Operation) -> String {
    let words = &app.words;
    let now = &app.now;
    let waiting = |reason: String| words.say(&Phrase::new("op.waiting").with("reason", reason));
    match &op.state {
        OpState::Countdown { until } => waiting(format!("{} s", until.0.saturating_sub(now.tick.0).div_ceil(1000))),
        OpState::Turn => waiting(words.get("op.reason.turn").to_owned()),
        OpState::Checking | OpState::Queued { .. } => waiting(words.say(&waits_for(app, op))),
        OpState::Sending | OpState::Watching | OpState::Settling { .. } => words.get("op.running").to_owned(),
        OpState::Halted(Halt::StillWanted) => waiting(words.get("op.reason.word").to_owned()),
        OpState::OutcomeUnknown | OpState::Halted(_) | OpState::Ended(OpResult::Unknown) => {
            words.get("op.unknown").to_owned()
        }
        OpState::Ended(OpResult::Done) => words.get("op.is-done").to_owned(),
        OpState::Ended(OpResult::Failed { .. }) => words.get("op.is-failed").to_owned(),
        OpState::Ended(OpResult::Cancelled { .. }) => words.get("op.is-cancelled").to_owned(),
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
        return Phrase::new("op.reason.provider").with("wait", told.unwrap_or_default());
    }
    // While a read is on its way, that is what is waited for, and it may have taken the last request.
    let reading = op.state == OpState::Checking
        && app.engine.account(&op.account).is_some_and(|a| a.inventory.lists.values().any(|r| r.in_flight.is_some()));
    let spent = app.engine.meter(&op.account, now).filter(|m| m.left == 0 && !reading).map(|m| m.renewed_in);
    match told.or(spent) {
        Some(wait) => Phrase::new("op.reason.budget").with("wait", wait),
        None if op.state == OpState::Checking => Phrase::new("op.reason.check"),
        None => Phrase::new("op.reason.turn"),
    }
}

/// How it stands with what somebody else began: `Stopping, seen`.
#[must_use]
pub fn external_change_state(change: &ExternalChange) -> Phrase {
    let key = if change.ended.is_some() { "seen.over" } else { "seen.state" };
    Phrase::new(key).with("state", kind_phrase(change.to))
}

/// What the present step of an operation does, such as `2/5 waiting until Stopped`.
#[must_use]
pub fn operation_step(app: &App, op: &Operation) -> String {
    match &op.state {
        OpState::Ended(OpResult::Failed { what, .. }) => app.words.say(what),
        OpState::Ended(OpResult::Cancelled { why }) => app.words.say(why),
        OpState::Ended(_) => String::new(),
        OpState::Halted(_) => app.words.get("op.halted.short").to_owned(),
        OpState::OutcomeUnknown => app.words.get("op.unsure.short").to_owned(),
        _ if app.engine.offers_force_stop(op, &app.now) => {
            let key = app.keymap.shown(Command::Do(Verb::ForceStop));
            let phrase = Phrase::new("op.still-stopping").with("key", key);
            app.words.say(&phrase.with("at", op.at + 1).with("of", op.steps.len()))
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
            .then(|| Phrase::new("op.made-is").with("status", app.words.instance_status(status)));
    }
    let Some(Step::Wait(Condition::SnapshotAvailable { which, .. })) = op.step() else { return None };
    let snapshot = app.engine.account(&op.account)?.inventory.snapshot(which.known(&op.outputs)?)?;
    let stage = snapshot.stage.filter(|_| snapshot.status.is_under_way())?;
    let status = app.words.store_status(&snapshot.status);
    Some(Phrase::new("op.stage").with("status", status).with("at", u64::from(stage.at)).with("of", u64::from(stage.of)))
}

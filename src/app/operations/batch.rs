//! Many at once: what a dialog says of them together, and what becomes of their marks.

use crate::app::state::Batch;
use crate::domain::{Action, OpId, OpResult, OpState, Phrase, StatusKind, Step, Verb};
use crate::engine::{Engine, Expected};

use crate::app::App;
use crate::app::operations::times;
use crate::app::panes::row::RowKey;
use crate::proposal::confirm::Confirm;
use crate::proposal::options::ChoiceKind;

/// How many of these actions take a running machine out of service.
pub(crate) fn interrupting<'a>(engine: &Engine, actions: &'a [Action]) -> Vec<&'a Action> {
    actions.iter().filter(|a| engine.interrupts(a)).collect()
}

/// By effect: how many stay up, and how long each of the others is out of service.
pub(crate) fn effects(confirm: &Confirm, engine: &Engine) -> Option<Phrase> {
    let several = confirm.actions.len() > 1;
    let stops = interrupting(engine, &confirm.actions);
    if !several || stops.is_empty() || !matches!(confirm.verb, Verb::TakeSnapshot | Verb::Reboot | Verb::Restore) {
        return None;
    }
    let each: Vec<Expected> = stops.iter().filter_map(|action| out_of_service(engine, action)).collect();
    // From the fastest of them to the slowest.
    let spread = each.iter().copied().reduce(|all, next| Expected {
        from: all.from.min(next.from),
        to: all.to.max(next.to),
        median: all.median.max(next.median),
        count: all.count.min(next.count),
        learnt: all.learnt && next.learnt,
    });
    let (up, off): (Vec<_>, Vec<_>) = confirm
        .actions
        .iter()
        .filter(|a| !engine.interrupts(a))
        .partition(|a| a.subject().status == StatusKind::Running);
    let stopped = match spread {
        Some(expected) => Phrase::new("many.stopped-for").with("range", times::roughly(&expected)),
        None => Phrase::new("many.stopped"),
    };
    let parts = [
        (up.len(), Phrase::new("many.up").with("count", up.len())),
        (stops.len(), stopped.with("count", stops.len())),
        (off.len(), Phrase::new("many.off").with("count", off.len())),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, phrase)| phrase);
    parts.reduce(|all, next| Phrase::new("many.and").with("one", all).with("other", next))
}

/// How long the steps of an action are expected to take together.
fn out_of_service(engine: &Engine, action: &Action) -> Option<Expected> {
    let account = engine.account(action.subject().account())?;
    let steps = account.account.policy.plan(action, &account.inventory);
    times::sum(steps.iter().filter_map(|step| match step {
        Step::Call { call, .. } => engine.expected_of(&account.account.name, call),
        Step::Wait(_) | Step::Settle { .. } => None,
    }))
}

/// What a request budget makes of several: `10 requests, about 2 min at 6 a minute`.
pub(crate) fn forecast(confirm: &Confirm, engine: &Engine) -> Option<Phrase> {
    if confirm.actions.len() < 2 {
        return None;
    }
    let forecast = engine.forecast(&confirm.actions);
    let (lasts, per_minute) = (forecast.lasts?, forecast.per_minute?);
    Some(
        Phrase::new("many.forecast")
            .with("count", forecast.requests)
            .with("lasts", lasts)
            .with("minute", u64::from(per_minute)),
    )
}

/// Whether all are to go at once.
pub(crate) fn together(confirm: &Confirm) -> bool {
    confirm.choices.iter().any(|c| c.what == ChoiceKind::AllAtOnce && c.on)
}

/// Takes the marks off what was confirmed, and notes them: what fails gets its mark back.
pub(crate) fn confirmed(app: &mut App, actions: &[Action]) {
    let pane = app.focus;
    let marks = std::mem::take(&mut app.pane_mut().marks);
    if marks.is_empty() {
        return;
    }
    let all = actions.iter().filter_map(|action| {
        let subject = &action.subject().resource;
        let same =
            |mark: &&RowKey| matches!(mark, RowKey::Resource(r) if r.account == subject.account && r.id == subject.id);
        Some((marks.iter().find(same)?.clone(), action.clone()))
    });
    app.confirmed.push((pane, all.collect()));
}

/// Finds the operations of what was confirmed in this turn.
pub(crate) fn begun(app: &mut App) {
    for (pane, all) in std::mem::take(&mut app.confirmed) {
        let all = all
            .into_iter()
            .map(|(mark, action)| {
                let begun =
                    app.engine.operations().iter().rev().find(|o| o.action == action && o.asked == app.now.wall);
                (mark, begun.map(|o| o.id.clone()))
            })
            .collect();
        app.batches.push(Batch { pane, all });
    }
}

/// Once all of a dialog ended, what failed is marked again; not where a person has marked something else meanwhile.
pub(crate) fn ended(app: &mut App) {
    let engine = &app.engine;
    let open = |id: &OpId| engine.operation(id).is_some_and(|o| !o.is_over());
    let (over, rest): (Vec<Batch>, Vec<Batch>) = std::mem::take(&mut app.batches)
        .into_iter()
        .partition(|batch| !batch.all.iter().any(|(_, id)| id.as_ref().is_some_and(open)));
    app.batches = rest;
    for batch in over {
        let count = batch.all.len();
        let failed: Vec<RowKey> = batch
            .all
            .into_iter()
            .filter(|(_, id)| id.as_ref().is_none_or(|id| went_wrong(&app.engine, id)))
            .map(|(mark, _)| mark)
            .collect();
        let state = &mut app.panes[batch.pane.index()];
        if failed.is_empty() || !state.marks.is_empty() {
            continue;
        }
        let there: Vec<RowKey> = failed.into_iter().filter(|key| state.rows.iter().any(|r| r.is(key))).collect();
        if there.is_empty() {
            continue;
        }
        let told = Phrase::new("many.failed").with("failed", there.len()).with("count", count);
        state.marks.extend(there);
        app.tell(told, true);
    }
}

/// Whether an operation did not do what was asked; what a person took back did not go wrong.
fn went_wrong(engine: &Engine, id: &OpId) -> bool {
    match engine.operation(id).map(|o| &o.state) {
        Some(OpState::Ended(OpResult::Failed { .. } | OpResult::Unknown)) => true,
        Some(OpState::Ended(OpResult::Cancelled { why })) => why.key == "cancelled.one-failed",
        _ => false,
    }
}

//! What becomes of the marks of what was confirmed together.

use crate::app::App;
use crate::app::panes::row::RowKey;
use crate::app::state::Batch;
use crate::domain::{Action, OpId, OpResult, OpState, text};
use crate::engine::Engine;

/// Takes the marks off what was confirmed, and notes them: what fails gets its mark back.
pub(crate) fn record(app: &mut App, actions: &[Action]) {
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
pub(crate) fn find_operations(app: &mut App) {
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
pub(crate) fn mark_failed(app: &mut App) {
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
        let told = text::many::failed(there.len(), count);
        state.marks.extend(there);
        app.tell(told, true);
    }
}

/// Whether an operation did not do what was asked; what a person took back did not go wrong.
fn went_wrong(engine: &Engine, id: &OpId) -> bool {
    match engine.operation(id).map(|o| &o.state) {
        Some(OpState::Ended(OpResult::Failed { .. } | OpResult::Unknown)) => true,
        Some(OpState::Ended(OpResult::Cancelled { why })) => why.text == text::cancelled::ONE_FAILED,
        _ => false,
    }
}

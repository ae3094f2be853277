//! From one problem to the next: machines in error or unknown, failed operations, accounts that do not answer.

use crate::app::layers::layer::{Layer, NoticeBox};
use crate::app::panes::row::RowKey;
use crate::app::state::Problem;
use crate::app::tables::commands::Command;
use crate::app::tables::pane::Pane;
use crate::app::{App, Zoom, account_health};
use crate::domain::{
    AccountName, Kind, ListKey, OpResult, OpState, Operation, Phrase, ResourceId, ResourceRef, StatusKind, text,
};

/// All problems, each with the place of its row.
fn problems(app: &App) -> Vec<(usize, Problem)> {
    let mut found = Vec::new();
    let silent: Vec<&ResourceRef> = app.engine.silent().collect();
    let is_silent =
        |account: &AccountName, id: &ResourceId| silent.iter().any(|of| of.account == *account && of.id == *id);
    for (place, row) in app.panes[Pane::Instances.index()].rows.iter().enumerate() {
        if let crate::app::panes::row::What::Instance(instance) = &row.what
            && (instance.trouble.is_some()
                || is_silent(&row.account, &instance.id)
                || matches!(instance.status.kind(), StatusKind::Error | StatusKind::Unknown))
        {
            let key = ResourceRef::new(&row.account, Kind::Instance, &instance.id);
            found.push((place, Problem::Row(Pane::Instances, RowKey::Resource(key))));
        }
    }
    for (place, row) in app.panes[Pane::Operations.index()].rows.iter().enumerate() {
        let crate::app::panes::row::What::Operation(id) = &row.what else { continue };
        let Some(op) = app.engine.operation(id) else { continue };
        if is_bad(app, op) {
            found.push((place, Problem::Row(Pane::Operations, RowKey::Operation(op.id.clone()))));
        }
    }
    for account in app.shown_accounts() {
        if account.fault().is_some() {
            found.push((usize::MAX, Problem::Account(account.account.name.clone())));
        }
    }
    found
}

/// What ended badly in an earlier run, or in another process, is history.
fn is_bad(app: &App, op: &Operation) -> bool {
    match op.state {
        OpState::OutcomeUnknown | OpState::Halted(_) => true,
        OpState::Ended(OpResult::Failed { .. } | OpResult::Unknown) => app.engine.is_ours(op),
        _ => false,
    }
}

/// Whether there are problems other than those of instances.
pub(super) fn beyond_rows(app: &App) -> bool {
    let shown = app.shown_accounts();
    app.engine.operations().iter().any(|op| is_bad(app, op))
        || app.engine.silent().next().is_some()
        || shown.into_iter().any(|a| a.fault().is_some())
}

/// How many problems there are.
pub(super) fn count(app: &App) -> usize {
    problems(app).len()
}

/// Goes to the next problem, or the one before.
pub(super) fn go_to(app: &mut App, forward: bool) {
    let found = problems(app);
    if found.is_empty() {
        app.tell(Phrase::new(text::problem::NONE), false);
        return;
    }
    let here = found.iter().position(|(_, p)| match p {
        Problem::Row(pane, key) => *pane == app.focus && app.pane().selected() == Some(key),
        Problem::Account(_) => false,
    });
    // An account has no row: as long as the cursor rests, one goes on from the account shown last.
    let last = app.problem.as_ref().and_then(|(problem, focus, selected)| {
        let rests = *focus == app.focus && selected.as_ref() == app.pane().selected();
        found.iter().position(|(_, p)| rests && p == problem)
    });
    let n = found.len();
    // What followed something that has gone stands in its place.
    let below = app.pane().cursor + usize::from(app.pane().row().is_some());
    let at = match (last.or(here), forward) {
        (Some(from), true) => (from + 1) % n,
        (Some(from), false) => (from + n - 1) % n,
        // The first below the cursor, or above it, where this pane has one.
        (None, true) => found.iter().position(|(place, p)| is_here(app, p) && *place >= below).unwrap_or(0),
        (None, false) => {
            found.iter().rposition(|(place, p)| is_here(app, p) && *place < app.pane().cursor).unwrap_or(n - 1)
        }
    };
    let problem = found[at].1.clone();
    show(app, &problem);
    app.problem = Some((problem, app.focus, app.pane().selected().cloned()));
}

fn is_here(app: &App, problem: &Problem) -> bool {
    matches!(problem, Problem::Row(pane, _) if *pane == app.focus)
}

fn show(app: &mut App, problem: &Problem) {
    match problem {
        Problem::Row(pane, key) => {
            app.go_to(*pane);
            app.zoom = Zoom::List;
            let height = app.layout().rows(*pane);
            let state = &mut app.panes[pane.index()];
            if let Some(place) = state.rows.iter().position(|r| r.is(key)) {
                state.go(place, height);
                app.details_scroll = 0;
                app.asked(Pane::Snapshots);
            }
        }
        Problem::Account(name) => {
            let Some(account) = app.engine.account(name) else { return };
            let Some(fault) = account.fault() else { return };
            let lines = vec![
                account_health::fault_phrase(app, account, &ListKey::Instances, fault),
                fault.advice(&account.account.name, &account.account.secret),
            ];
            let title = text::title::account_fault(name.as_str());
            let keys = text::problem::keys(app.keymap.shown(Command::NextProblem));
            app.layers.push(Layer::Notice(NoticeBox { keys, ..NoticeBox::new(title, lines) }));
        }
    }
}

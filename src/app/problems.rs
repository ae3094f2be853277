//! From one problem to the next: machines in error or unknown, failed operations, accounts that do not answer.

use crate::domain::{AccountName, Kind, OpResult, OpState, Operation, Phrase, ResourceRef, StatusKind};

use super::layer::{Layer, NoticeBox};
use super::pane::Pane;
use super::rows::RowKey;
use super::{App, Zoom};

enum Problem {
    Row(Pane, RowKey),
    Account(AccountName),
}

fn problems(app: &App) -> Vec<Problem> {
    let mut found = Vec::new();
    for row in &app.panes[Pane::Instances.index()].rows {
        if let super::rows::What::Instance(instance) = &row.what
            && (instance.trouble.is_some() || matches!(instance.status.kind(), StatusKind::Error | StatusKind::Unknown))
        {
            let key = ResourceRef::new(&row.account, Kind::Instance, &instance.id);
            found.push(Problem::Row(Pane::Instances, RowKey::Resource(key)));
        }
    }
    for op in app.engine.operations() {
        if is_bad(op) {
            found.push(Problem::Row(Pane::Operations, RowKey::Operation(op.id.clone())));
        }
    }
    for account in app.engine.accounts().iter().filter(|a| !app.hidden.contains(&a.account.name)) {
        if account.fault().is_some() {
            found.push(Problem::Account(account.account.name.clone()));
        }
    }
    found
}

const fn is_bad(op: &Operation) -> bool {
    matches!(
        op.state,
        OpState::Unsure | OpState::Halted(_) | OpState::Ended(OpResult::Failed { .. } | OpResult::Unknown)
    )
}

/// Whether there are problems other than those of instances.
pub(super) fn beyond_rows(app: &App) -> bool {
    let shown = app.engine.accounts().iter().filter(|a| !app.hidden.contains(&a.account.name));
    app.engine.operations().iter().any(is_bad) || shown.into_iter().any(|a| a.fault().is_some())
}

/// How many problems there are.
pub(super) fn count(app: &App) -> usize {
    problems(app).len()
}

/// Goes to the next problem, or the one before.
pub(super) fn go(app: &mut App, forward: bool) {
    let found = problems(app);
    if found.is_empty() {
        app.tell(Phrase::new("problem.none"), false);
        return;
    }
    let here = found.iter().position(|p| match p {
        Problem::Row(pane, key) => *pane == app.focus && app.pane().selected.as_ref() == Some(key),
        Problem::Account(_) => false,
    });
    let from = here.unwrap_or(if forward { app.problem.wrapping_sub(1) } else { app.problem });
    let n = found.len();
    let at = if forward { from.wrapping_add(1) % n } else { (from % n + n - 1) % n };
    app.problem = if forward { at + 1 } else { at };
    match &found[at] {
        Problem::Row(pane, key) => {
            app.go_to(*pane);
            app.zoom = Zoom::List;
            let height = app.layout().rows(*pane);
            let state = &mut app.panes[pane.index()];
            if let Some(place) = state.rows.iter().position(|r| r.is(key)) {
                state.go(place, height);
                app.asked(Pane::Snapshots);
            }
        }
        Problem::Account(name) => {
            let Some(fault) = app.engine.account(name).and_then(|a| a.fault()) else { return };
            let lines = vec![fault.phrase(), fault.advice()];
            let title = Phrase::new("title.account-fault").with("account", name.as_str());
            app.layers.push(Layer::Notice(NoticeBox { title, lines }));
        }
    }
}

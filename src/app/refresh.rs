//! What follows from every message: rows made again, dialogs renewed or overtaken, and when the screen changes by time
//! alone.

use std::collections::HashMap;
use std::time::Duration;

use crate::app::layers::confirm::Focus;
use crate::app::layers::layer::Layer;
use crate::app::layers::{resume, watchdog_question};
use crate::app::panes::row::{Row, RowKey};
use crate::app::panes::rows::Listed;
use crate::app::panes::source::RowSource;
use crate::app::state::{Dirty, QUIET_AFTER_KEY};
use crate::app::tables::pane::Pane;
use crate::app::{App, interests, propose};
use crate::domain::{Cut, ListKey, Monotonic, OpState, Remote, ResourceRef};
use crate::engine;

pub(crate) fn earliest(a: Option<Monotonic>, b: Option<Monotonic>) -> Option<Monotonic> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// When the screen changes by time alone: what counts, a message that goes, rows that wait for a quiet moment.
pub(crate) fn next_wake(app: &App) -> Option<Monotonic> {
    let now = app.now.tick;
    let mut wake = None;
    // Seconds are shown. However many operations there are, they change together; what waits for a person or for its
    // turn stands still.
    let counts = app.engine.operations().iter().filter_map(|o| match o.state {
        OpState::Countdown { until } => Some(until.0.saturating_sub(now.0) % 1000 + 1),
        OpState::Ended(_) | OpState::Halted(_) | OpState::Turn => None,
        _ => Some(1000 - now.0 % 1000),
    });
    if let Some(ms) = counts.min() {
        wake = Some(Monotonic(now.0 + ms.max(1)));
    }
    // The live log counts down to when a budget is renewed.
    let counts = |a: &engine::AccountState| {
        app.engine.meter(&a.account.name, &app.now).is_some_and(|meter| !meter.renewed_in.is_zero())
    };
    if app.requests_open && app.engine.accounts().iter().any(counts) {
        wake = earliest(wake, Some(Monotonic(now.0 + 1000 - now.0 % 1000)));
    }
    for at in [app.message_goes(), app.tips.wake(), watchdog_question::wake(app), resume::wake(app)] {
        wake = earliest(wake, at);
    }
    if app.dirty.iter().any(|d| matches!(d, Dirty::Places | Dirty::Data)) {
        wake = earliest(wake, Some(app.last_key + QUIET_AFTER_KEY));
    }
    if interests::interests(app) != app.interests {
        wake = earliest(wake, Some(app.last_key + interests::SETTLE));
    }
    // An age that is shown since an account does not answer steps now and then.
    if app.engine.accounts().iter().any(|a| a.fault().is_some()) {
        wake = earliest(wake, Some(now + Duration::from_secs(30)));
    }
    wake
}

/// Makes the rows of panes again where something changed. Where only data changed, rows keep their places within a second
/// of a key.
pub(crate) fn refresh_rows(app: &mut App) {
    let quiet = app.now.tick.since(app.last_key) >= QUIET_AFTER_KEY;
    for pane in Pane::ALL {
        let dirty = app.dirty[pane.index()];
        // With ten thousand rows no key may make them again only to find each in its place.
        if dirty == Dirty::No || (dirty == Dirty::Places && !quiet) {
            continue;
        }
        let state = &app.panes[pane.index()];
        let of = if app.all_snapshots { None } else { app.selected_instance() };
        let source = RowSource {
            engine: &app.engine,
            hidden: &app.hidden,
            of: of.as_ref(),
            now: app.now.wall,
            clock: app.words.clock(),
        };
        let Listed { rows, total, best, fuzzy } = if pane == Pane::Snapshots && !app.all_snapshots && of.is_none() {
            Listed::default()
        } else {
            source.rows(pane, state.filter.value(), state.order)
        };
        // What is marked and not shown stays marked as long as it is there.
        let there = (!state.marks.is_empty() && !state.filter.value().trim().is_empty()).then(|| source.keys(pane));
        let settled = quiet || dirty == Dirty::Asked;
        let rows = if settled { rows } else { in_place(&state.rows, rows) };
        let fits = app.layout().rows(pane);
        let whole = is_whole(app, pane, of.as_ref());
        let state = &mut app.panes[pane.index()];
        let former = state.selected().cloned();
        if pane == Pane::Snapshots && app.snapshots_of != of {
            app.snapshots_of = of;
            state.list_others();
        }
        state.fuzzy = fuzzy;
        state.take(rows, total, best, whole, fits);
        state.forget_marks(there);
        app.dirty[pane.index()] = if settled { Dirty::No } else { Dirty::Places };
        let another = former.as_ref() != app.panes[pane.index()].selected();
        if pane == app.focus && another {
            app.details_scroll = 0;
        }
        // The snapshots follow the instance under the cursor.
        if pane == Pane::Instances && another {
            app.dirty[Pane::Snapshots.index()] = Dirty::Asked;
        }
    }
}

/// Whether all that a pane lists is there, as far as it can be.
fn is_whole(app: &App, pane: Pane, of: Option<&ResourceRef>) -> bool {
    let mut shown = app.shown_accounts();
    shown.all(|account| {
        let list = match pane {
            Pane::Instances => ListKey::Instances,
            Pane::Snapshots => match of {
                Some(of) if of.account == account.account.name => account.account.policy.snapshots_of(&of.id),
                _ => return true,
            },
            Pane::Firewalls => ListKey::Firewalls,
            Pane::Images => ListKey::Images,
            Pane::Keys => ListKey::Keys,
            Pane::ApiKeys => ListKey::ApiKeys,
            Pane::Operations => return true,
        };
        let remote = account.inventory.lists.get(&list);
        let is_there = |r: &Remote<_>| r.value.is_some() && r.cut != Some(Cut::Rest);
        let told = remote.is_some_and(|r| is_there(r) || r.fault.is_some()) || account.fault().is_some();
        told || !account.account.policy.supports(&list)
    })
}

/// The new rows at the places of the old ones; what is new comes last, what is gone goes.
pub(crate) fn in_place(old: &[Row], new: Vec<Row>) -> Vec<Row> {
    let same = old.len() == new.len() && old.iter().zip(&new).all(|(a, b)| a.key() == b.key());
    if same || old.is_empty() {
        return new;
    }
    let mut by_key: HashMap<RowKey, Row> = new.iter().map(|r| (r.key(), r.clone())).collect();
    let mut rows: Vec<Row> = old.iter().filter_map(|r| by_key.remove(&r.key())).collect();
    rows.extend(new.into_iter().filter(|r| by_key.contains_key(&r.key())));
    rows
}

/// A dialog whose targets changed turns into a notice; it never closes by itself.
pub(crate) fn overtake(app: &mut App, data_came: bool) {
    if !app.layers.iter().any(|l| matches!(l, Layer::Confirm(_))) {
        return;
    }
    let names = propose::names(app);
    let (engine, now) = (&app.engine, app.now);
    for layer in &mut app.layers {
        if let Layer::Confirm(confirm) = layer
            && confirm.overtaken.is_none()
        {
            confirm.overtaken = confirm.proposal.overtaken(engine);
            // What is typed meanwhile was meant for the question and does not close the notice unread.
            confirm.drawn &= confirm.overtaken.is_none();
            if data_came && confirm.overtaken.is_none() {
                confirm.proposal.refresh(engine, &names, &now);
                if matches!(confirm.focus, Focus::Option(at) if at >= confirm.proposal.options.len()) {
                    confirm.focus = Focus::Cancel;
                }
            }
        }
    }
}

//! The pane of snapshots: those of the instance under the cursor, or of all.

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::App;
use crate::app::panes::cells::{
    ACCOUNT, AGE, NAME, SIZE, STATUS, account_width, by_size, in_bytes, snapshot_word, with_age,
};
use crate::app::panes::column::{Align, Column, Search, SortValue, Width, leaves};
use crate::app::panes::details::{is_gone, is_only_copy};
use crate::app::panes::natural::natural;
use crate::app::panes::row::{Row, What};
use crate::app::panes::segment::{Mark, Segment};
use crate::app::panes::source::RowSource;
use crate::app::tone::Tone;
use crate::domain::{Instance, Snapshot, SnapshotKind, text};

pub(super) const COLUMNS: &[Column] = &[
    NAME.numbered(2),
    Column { cell: status, width: Width::Cells(17), ..STATUS.numbered(3) },
    Column {
        heading: text::column::OF,
        cell: instance,
        width: Width::Of(|app, _| if app.all_snapshots { 15 } else { 0 }),
        leaves: leaves(4, 10),
        order: Some((5, |_, row| SortValue::Text(0, source(row).map_or_else(String::new, |i| natural(&i.name))))),
        search: Search::Text,
        is_name: true,
        ..Column::TEXT
    },
    Column {
        heading: text::column::KIND,
        cell: kind,
        width: Width::Of(|app, _| if any_of_volumes(app) { 11 } else { 0 }),
        leaves: leaves(2, 12),
        ..Column::TEXT
    },
    Column {
        cell: |app, row, _| in_bytes(app, snapshot(row).and_then(|s| s.size)),
        leaves: leaves(2, 14),
        order: Some((4, |_, row| by_size(snapshot(row).and_then(|s| s.size)))),
        ..SIZE
    },
    Column { leaves: leaves(3, 12), ..AGE.numbered(1) },
    Column {
        heading: text::column::DROPS,
        cell: drops,
        width: Width::Of(|app, _| if any_expires(app) { 6 } else { 0 }),
        leaves: leaves(1, 16),
        align: Align::Right,
        order: Some((6, by_expiry)),
        ..Column::TEXT
    },
    Column { width: Width::Of(|app, _| if app.all_snapshots { account_width(app) } else { 0 }), ..ACCOUNT.numbered(7) },
];

pub(super) fn rows(source: &RowSource<'_>) -> Vec<Row> {
    source.of_accounts(|account, push| {
        let inventory = &account.inventory;
        match source.of {
            Some(of) if of.account != account.account.name => {}
            Some(of) => {
                for snapshot in inventory.snapshots_of(&of.id).unwrap_or_default() {
                    push(What::Snapshot(Arc::clone(snapshot), inventory.instance(&of.id).cloned()));
                }
            }
            None => {
                let known: HashMap<_, _> = inventory.instances().iter().map(|i| (&i.id, i)).collect();
                for snapshot in inventory.snapshots() {
                    let of = inventory.saved_of(snapshot).and_then(|id| known.get(id)).map(|i| Arc::clone(i));
                    push(What::Snapshot(Arc::clone(snapshot), of));
                }
            }
        }
    })
}

fn snapshot(row: &Row) -> Option<&Snapshot> {
    match &row.what {
        What::Snapshot(snapshot, _) => Some(snapshot),
        _ => None,
    }
}

fn source(row: &Row) -> Option<&Instance> {
    match &row.what {
        What::Snapshot(_, of) => of.as_deref(),
        _ => None,
    }
}

fn any_expires(app: &App) -> bool {
    app.shown_accounts().any(|account| account.inventory.snapshots().any(|s| s.expires.is_some()))
}

fn any_of_volumes(app: &App) -> bool {
    app.shown_accounts().any(|account| account.inventory.snapshots().any(|s| s.kind != SnapshotKind::Disk))
}

/// What it is: a whole image, the snapshot of a volume, or an image that only names such.
fn kind(app: &App, row: &Row, _: usize) -> Vec<Segment> {
    let Some(snapshot) = snapshot(row) else { return Vec::new() };
    Segment::plain(app.words.get(match &snapshot.kind {
        SnapshotKind::Disk => text::place::KIND_IMAGE,
        SnapshotKind::OfVolume(_) => text::place::KIND_VOLUME,
        SnapshotKind::NamesOthers(_) => text::place::KIND_EMPTY,
    }))
}

fn status(app: &App, row: &Row, room: usize) -> Vec<Segment> {
    let Some(snapshot) = snapshot(row) else { return Vec::new() };
    let shown = app.engine.shown_snapshot(&row.account, snapshot);
    let word = match app.age_of(row).filter(|_| shown.is_under_way()) {
        Some(age) => with_age(app, app.words.store_status(&shown), age, room),
        None => snapshot_word(app, &shown, snapshot),
    };
    Segment::marked(Mark::store(&shown), word)
}

fn instance(app: &App, row: &Row, _: usize) -> Vec<Segment> {
    match (source(row), snapshot(row).and_then(|s| s.of.as_ref())) {
        (Some(instance), _) => Segment::plain(instance.name.as_str()),
        (None, Some(id)) => gone(app, row).unwrap_or_else(|| Segment::dim(id.as_str())),
        (None, None) => Segment::dim("-"),
    }
}

/// That the instance is gone, and whether this is all that is left of it.
fn gone(app: &App, row: &Row) -> Option<Vec<Segment>> {
    let snapshot = snapshot(row)?;
    let account = app.engine.account(&row.account).filter(|a| is_gone(a, snapshot))?;
    let (text, tone) = match is_only_copy(account, snapshot, app.now.wall) {
        true => (text::place::ONLY_COPY, Tone::Busy),
        false => (text::place::GONE, Tone::Dim),
    };
    Some(vec![Segment::Text(app.words.get(text).to_owned(), tone)])
}

fn drops(app: &App, row: &Row, _: usize) -> Vec<Segment> {
    match snapshot(row).map(|s| (s.expires, s.is_overdue(app.now.wall))) {
        Some((Some(_), true)) => Segment::plain(app.words.get(text::place::DROPS_DUE)),
        Some((Some(at), false)) => {
            let left = app.words.lasts_short(at.since(app.now.wall));
            Segment::plain(app.words.say(&text::place::drops(left)))
        }
        _ => Vec::new(),
    }
}

/// The soonest first.
fn by_expiry(_: &RowSource<'_>, row: &Row) -> SortValue {
    SortValue::numbers(0, -snapshot(row).and_then(|s| s.expires).map_or(i64::MAX, |at| at.0))
}

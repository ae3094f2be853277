//! The pane of operations: ours, and what others began.

use std::time::Duration;

use crate::app::App;
use crate::app::operations::times;
use crate::app::operations::words::{external_change_state, operation_name, operation_state, operation_step, stage};
use crate::app::panes::cells::{ACCOUNT, NAME, STATUS, account_width, since};
use crate::app::panes::column::{Align, Column, SortValue, Width, leaves};
use crate::app::panes::natural::natural;
use crate::app::panes::row::{Row, What};
use crate::app::panes::segment::{Mark, Segment};
use crate::app::panes::source::RowSource;
use crate::app::tone::Tone;
use crate::domain::{OpState, Operation, Timestamp, text};
use crate::engine::Engine;
use crate::words::cells::{bar as bar_of, width};

pub(super) const COLUMNS: &[Column] = &[
    Column {
        heading: text::column::WHEN,
        cell: |app, row, _| begun(&app.engine, row).map_or_else(Vec::new, |at| Segment::dim(when(app, at))),
        width: Width::Cells(4),
        leaves: leaves(3, 12),
        align: Align::Right,
        order: Some((1, by_begin)),
        ..Column::TEXT
    },
    Column { cell: name, width: Width::Rest { most: 60 }, order: Some((3, by_subject)), ..NAME },
    // Why something failed takes what names do not need.
    Column { cell: status, width: Width::Spare(|room| (room * 2 / 5).clamp(16, 34)), ..STATUS },
    Column {
        heading: text::column::PROGRESS,
        cell: |app, row, room| {
            operation(app, row).filter(|op| shows_bar(app, op)).map_or_else(Vec::new, |op| bar(app, op, room))
        },
        width: Width::Bar(|room| if room >= 150 { 24 } else { 12 }),
        leaves: leaves(1, 26),
        ..Column::TEXT
    },
    Column {
        heading: text::column::TIME,
        cell: |app, row, room| operation(app, row).map_or_else(Vec::new, |op| Segment::plain(time(app, op, room))),
        width: Width::Of(|_, room| match room {
            150.. => 26,
            100.. => 22,
            _ => 7,
        }),
        leaves: leaves(2, 10),
        align: Align::Right,
        ..Column::TEXT
    },
    Column { width: Width::Of(|app, room| if room >= 120 { account_width(app) } else { 0 }), ..ACCOUNT.numbered(4) },
];

pub(super) fn rows(source: &RowSource<'_>) -> Vec<Row> {
    let ours = source.engine.operations().iter().map(|op| (&op.account, What::Operation(op.id.clone())));
    let others = source.engine.external_changes().iter();
    let others = others.map(|change| (&change.account, What::ExternalChange(Box::new(change.clone()))));
    let shown = ours.chain(others).filter(|(account, _)| !source.hidden.contains(account));
    shown.map(|(account, what)| Row { account: account.clone(), what }).collect()
}

fn operation<'a>(app: &'a App, row: &Row) -> Option<&'a Operation> {
    match &row.what {
        What::Operation(id) => app.engine.operation(id),
        _ => None,
    }
}

/// When a person asked for it, or it was seen first.
pub(super) fn begun(engine: &Engine, row: &Row) -> Option<Timestamp> {
    match &row.what {
        What::Operation(id) => Some(engine.operation(id)?.asked),
        What::ExternalChange(change) => Some(change.at),
        _ => None,
    }
}

/// How long ago; what is hardly past is now.
fn when(app: &App, at: Timestamp) -> String {
    if app.now.wall.since(at) < Duration::from_secs(30) {
        return app.words.get(text::details::NOW).to_owned();
    }
    since(app, at)
}

fn name(app: &App, row: &Row, _: usize) -> Vec<Segment> {
    match &row.what {
        What::ExternalChange(change) => Segment::dim(app.distinct_name(&change.name, &change.account)),
        _ => operation(app, row).map_or_else(Vec::new, |op| Segment::plain(operation_name(app, op))),
    }
}

fn status(app: &App, row: &Row, _: usize) -> Vec<Segment> {
    match &row.what {
        What::ExternalChange(change) => Segment::dim(app.words.say(&external_change_state(change))),
        _ => operation(app, row).map_or_else(Vec::new, |op| Segment::marked(Mark::operation(op), state(app, op))),
    }
}

/// Whether an operation's bar is drawn: where the provider tells stages, those say more.
#[must_use]
pub fn shows_bar(app: &App, op: &Operation) -> bool {
    times::moves(op) && stage(app, op).is_none()
}

/// How much of an operation is done; a glyph that turns, where nothing tells.
fn bar(app: &App, op: &Operation, room: usize) -> Vec<Segment> {
    let tone = Mark::operation(op).map_or(Tone::Plain, Mark::tone);
    vec![Segment::Text(progress(app, op, room), tone)]
}

/// How much of an operation is done, in so many cells.
#[must_use]
pub fn progress(app: &App, op: &Operation, room: usize) -> String {
    times::progress(app, op).map_or_else(|| times::spinner(app, op).to_owned(), |share| bar_of(share, room))
}

/// How an operation stands, in one line: what it waits for, its step, or how it ended.
#[must_use]
pub fn state(app: &App, op: &Operation) -> String {
    let state = operation_state(app, op);
    let step = operation_step(app, op);
    let line = match &op.state {
        OpState::Sending | OpState::Watching | OpState::Settling { .. } if !step.is_empty() => step,
        _ if step.is_empty() => state,
        _ => format!("{state}: {step}"),
    };
    // Another process carries it on; here it cannot be cancelled.
    let elsewhere = !op.is_over() && !app.engine.is_ours(op);
    if elsewhere { app.words.say(&text::op::elsewhere_short(line)) } else { line }
}

/// How long an operation has taken, and how long it usually does where there is room for it.
#[must_use]
pub fn time(app: &App, op: &Operation, room: usize) -> String {
    let texts = times::operation_time(app, op);
    texts.iter().find(|text| width(text) <= room).or(texts.last()).cloned().unwrap_or_default()
}

/// What runs stands above what is over, the newest first in both.
fn by_begin(source: &RowSource<'_>, row: &Row) -> SortValue {
    let (runs, at) = match &row.what {
        What::ExternalChange(change) => (change.ended.is_none(), change.at.0),
        What::Operation(id) => source.engine.operation(id).map_or((false, 0), |op| (!op.is_over(), op.asked.0)),
        _ => (false, 0),
    };
    SortValue::numbers(i64::from(runs), at)
}

fn by_subject(source: &RowSource<'_>, row: &Row) -> SortValue {
    let subject = match &row.what {
        What::Operation(id) => source.engine.operation(id).map_or("", |op| op.action.subject().name.as_str()),
        what => what.name(),
    };
    SortValue::Text(source.place(&row.account), natural(subject))
}

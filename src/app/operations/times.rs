//! How long things take and are expected to take, in words.

use std::time::Duration;

use crate::app::App;
use crate::domain::{OpState, Operation, Step, text};
use crate::engine::Expected;
use crate::proposal::expected_time::{nearest, sum, usually};

/// What each step is expected to take.
pub(crate) fn expected_of_step(app: &App, op: &Operation, step: &Step) -> Option<Expected> {
    match step {
        Step::Call { call, .. } => app.engine.expected_of(&op.account, call),
        Step::Wait(_) | Step::Settle { .. } => None,
    }
}

/// How long all steps of an operation are expected to take. What is let pass is known to the second.
fn whole(app: &App, op: &Operation) -> Option<Expected> {
    let account = &app.engine.account(&op.account)?.account;
    let settles = op.steps.iter().map(|s| match s {
        Step::Settle { at_least } => account.lasts(*at_least),
        _ => Duration::ZERO,
    });
    let settles: Duration = settles.sum();
    let calls = sum(op.steps.iter().filter_map(|step| expected_of_step(app, op, step)));
    match calls {
        Some(calls) => Some(Expected {
            from: calls.from + settles,
            to: calls.to + settles,
            median: calls.median + settles,
            ..calls
        }),
        None if settles.is_zero() => None,
        None => Some(Expected { from: settles, to: settles, median: settles, count: 0, learnt: false }),
    }
}

/// Whether an operation comes nearer to its end by itself, so that a bar says something.
#[must_use]
pub const fn moves(op: &Operation) -> bool {
    !matches!(op.state, OpState::Ended(_) | OpState::Halted(_) | OpState::OutcomeUnknown)
}

#[must_use]
pub fn elapsed(app: &App, op: &Operation) -> Duration {
    op.took.unwrap_or_else(|| app.now.tick.since(op.confirmed))
}

/// How long an operation has taken, and how long it usually does: what says most and has room comes first.
#[must_use]
pub fn operation_time(app: &App, op: &Operation) -> Vec<String> {
    let told = minutes(elapsed(app, op));
    let with = |text: &str| format!("{told}, {text}");
    let mut all = Vec::new();
    if app.engine.is_overdue(op, &app.now) {
        all.extend([text::time::LATE, text::time::LATE_SHORT].map(|key| with(app.words.get(key))));
    } else if let Some(expected) = whole(app, op).filter(|_| moves(op)) {
        all.push(with(&usually(&app.words, &expected)));
        if !expected.learnt {
            all.push(with(&app.words.say(&text::time::about(nearest(expected.median)))));
        }
    }
    all.push(told);
    all
}

/// What stands beside the present step: `usually 1-2 min`, or that it takes longer.
pub(crate) fn step_time(app: &App, op: &Operation) -> Option<String> {
    if app.engine.is_overdue(op, &app.now) {
        return Some(app.words.get(text::time::LATE).to_owned());
    }
    moves(op).then(|| app.engine.expected(op)).flatten().map(|expected| usually(&app.words, &expected))
}

/// How far an operation is, from 0 to 1; `None` where nothing tells.
#[must_use]
pub fn progress(app: &App, op: &Operation) -> Option<f64> {
    app.engine.overall(op, &app.now).map(f64::from)
}

/// A glyph that turns once a second, where nothing tells how far it is.
#[must_use]
pub fn spinner(app: &App, op: &Operation) -> &'static str {
    const TURNS: [&str; 4] = ["|", "/", "-", "\\"];
    TURNS[usize::try_from(elapsed(app, op).as_secs() % 4).unwrap_or(0)]
}

/// `1:12`, `1:02:03`.
#[must_use]
pub fn minutes(lasts: std::time::Duration) -> String {
    let s = lasts.as_secs();
    if s >= 3_600 {
        format!("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
    } else {
        format!("{}:{:02}", s / 60, s % 60)
    }
}

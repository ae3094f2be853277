//! Cells that several panes have.

use std::time::Duration;

use crate::app::App;
use crate::app::panes::column::{Align, Column, Search, SortValue, Width, leaves};
use crate::app::panes::row::{Row, RowKey, What};
use crate::app::panes::segment::{Mark, Segment};
use crate::app::panes::source::RowSource;
use crate::domain::{AccountName, InstanceStatus, Snapshot, StoreStatus, Timestamp, text};
use crate::words::cells::width;

pub(crate) const NAME: Column = Column {
    heading: text::column::NAME,
    cell: name,
    width: Width::Rest { most: 44 },
    order: Some((1, |_, _| SortValue::Name)),
    search: Search::Text,
    is_name: true,
    ..Column::TEXT
};

pub(crate) const STATUS: Column = Column {
    heading: text::column::STATUS,
    order: Some((2, |source, row| SortValue::Text(source.status_place(row), String::new()))),
    search: Search::Text,
    ..Column::TEXT
};

/// Shown where several accounts are.
pub(crate) const ACCOUNT: Column = Column {
    heading: text::column::ACCOUNT,
    cell: account,
    width: Width::Of(|app, _| account_width(app)),
    order: Some((3, by_account)),
    search: Search::Text,
    ..Column::TEXT
};

pub(crate) const AGE: Column = Column {
    heading: text::column::AGE,
    cell: age,
    width: Width::Cells(4),
    leaves: leaves(1, 16),
    align: Align::Right,
    order: Some((7, |_, row| SortValue::latest(born(&row.what)))),
    ..Column::TEXT
};

pub(crate) const SIZE: Column =
    Column { heading: text::column::SIZE, width: Width::Cells(8), align: Align::Right, ..Column::TEXT };

pub(crate) fn by_account(source: &RowSource<'_>, row: &Row) -> SortValue {
    SortValue::Text(source.place(&row.account), String::new())
}

pub(crate) fn by_size(size: Option<u64>) -> SortValue {
    SortValue::numbers(0, size.and_then(|bytes| i64::try_from(bytes).ok()).unwrap_or(-1))
}

/// The width of the accounts' column; none where one account alone is shown.
pub(crate) fn account_width(app: &App) -> usize {
    if !app.several_accounts() {
        return 0;
    }
    let names = app.shown_accounts().map(|account| width(&crate::words::cells::clean(account.account.name.as_str())));
    names.max().unwrap_or(0).clamp(7, 12)
}

/// The name; where there is none, the id.
pub(crate) fn name(_: &App, row: &Row, _: usize) -> Vec<Segment> {
    let name = row.what.name();
    if !name.trim().is_empty() {
        return Segment::plain(name);
    }
    match row.key() {
        RowKey::Resource(resource) | RowKey::ExternalChange(resource, _) => Segment::dim(format!("({})", resource.id)),
        RowKey::Operation(_) => Segment::dim("-"),
    }
}

fn account(app: &App, row: &Row, _: usize) -> Vec<Segment> {
    let colour = app.engine.account(&row.account).and_then(|a| a.account.colour);
    vec![Segment::Account(row.account.to_string(), colour)]
}

fn age(app: &App, row: &Row, _: usize) -> Vec<Segment> {
    let at = match &row.what {
        What::Snapshot(snapshot, _) => snapshot.taken,
        what => born(what),
    };
    at.map_or_else(|| Segment::dim("-"), |at| Segment::plain(since(app, at)))
}

/// How long ago something was. Below an hour it goes in steps: nothing on the screen ticks.
pub(crate) fn since(app: &App, at: Timestamp) -> String {
    let lasts = app.now.wall.since(at);
    app.words.lasts_short(if lasts < Duration::from_secs(3600) { stepped(lasts) } else { lasts })
}

pub(crate) fn in_bytes(app: &App, size: Option<u64>) -> Vec<Segment> {
    size.map_or_else(|| Segment::dim("-"), |size| Segment::plain(app.words.bytes(size)))
}

/// When something came to be; a snapshot that is being taken comes before all others.
fn born(what: &What) -> Option<Timestamp> {
    match what {
        What::Instance(i) | What::Import(i) => i.created,
        What::Snapshot(s, _) => s.taken.or(Some(Timestamp(i64::MAX))),
        What::Firewall(f) => f.created,
        What::Image(i) => i.created,
        What::Key(k) => k.created,
        What::ApiKey(k) => k.created,
        What::Operation(_) | What::ExternalChange(_) => None,
    }
}

/// The state of an instance with its mark, as it is shown: our operation's word where one is under way.
pub(crate) fn instance_status(app: &App, row: &Row, room: usize) -> Vec<Segment> {
    let (What::Instance(instance) | What::Import(instance)) = &row.what else { return Vec::new() };
    let status = app.engine.shown_instance(&row.account, instance);
    match app.age_of(row) {
        Some(age) => {
            Segment::marked(Some(Mark::instance(&status)), with_age(app, app.words.instance_status(&status), age, room))
        }
        None => status_of_instance(app, &row.account, &status, room),
    }
}

/// A state of an instance with its mark.
#[must_use]
pub fn status_of_instance(app: &App, account: &AccountName, status: &InstanceStatus, room: usize) -> Vec<Segment> {
    let mut word = app.words.instance_status(status);
    let is_billed = || app.engine.account(account).is_some_and(|a| a.account.policy.bills_stopped());
    if *status == InstanceStatus::Stopped && is_billed() {
        let billed = format!("{word} {}", app.words.get(text::status::BILLED));
        if width(&billed) + 2 <= room {
            word = billed;
        }
    }
    Segment::marked(Some(Mark::instance(status)), word)
}

/// A state of a snapshot or an image with its mark.
pub(crate) fn store_status(app: &App, status: &StoreStatus) -> Vec<Segment> {
    Segment::marked(Mark::store(status), app.words.store_status(status))
}

/// The state of a snapshot, with its stage where the provider tells one.
pub(crate) fn snapshot_word(app: &App, shown: &StoreStatus, snapshot: &Snapshot) -> String {
    let word = app.words.store_status(shown);
    match snapshot.stage.filter(|_| *shown == snapshot.status && shown.is_under_way()) {
        Some(stage) => app.words.say(&text::status::stage(word, u64::from(stage.at), u64::from(stage.of))),
        None => word,
    }
}

/// A state and how old it is, where that has room beside the mark.
pub(crate) fn with_age(app: &App, word: String, age: Duration, room: usize) -> String {
    let age = app.words.lasts_short(age);
    let said = [text::status::old(word.as_str(), age.as_str()), text::status::old_short(word.as_str(), age.as_str())]
        .map(|phrase| app.words.say(&phrase));
    said.into_iter().find(|text| width(text) + 2 <= room).unwrap_or(word)
}

/// Age in steps that seldom change: 30s, 1m, 2m, 5m, 10m, 30m, 1h, 2h … so that nothing ticks.
#[must_use]
pub fn stepped(age: Duration) -> Duration {
    let steps = [30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 43_200];
    let seconds = age.as_secs();
    let step = steps.iter().rev().find(|s| **s <= seconds).copied().unwrap_or(0);
    Duration::from_secs(if seconds >= 86_400 { seconds - seconds % 86_400 } else { step })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_step() {
        let steps = [0, 29, 30, 61, 299, 301, 4_000, 90_000].map(|s| stepped(Duration::from_secs(s)).as_secs());
        assert_eq!(steps, [0, 0, 30, 60, 120, 300, 3_600, 86_400]);
    }
}

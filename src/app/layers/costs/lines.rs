//! What it costs, in lines.

use crate::app::App;
use crate::app::layers::costs::state::CostLine;
use crate::domain::{Phrase, text};
use crate::engine::{CostOf, CostRow, Sum, cost, kind_phrase};

pub(super) fn lines(app: &App) -> (Vec<CostLine>, Option<(Sum, Sum)>) {
    let mut lines = Vec::new();
    let (mut so_far, mut at_most, mut accounts) = (Sum::default(), Sum::default(), 0);
    let add = |all: &mut Sum, one: Sum| {
        *all = Sum { yen: all.yen.saturating_add(one.yen), unknown: all.unknown + one.unknown };
    };
    for account in app.shown_accounts() {
        let cost = cost(account, app.now.wall);
        accounts += 1;
        add(&mut so_far, cost.so_far);
        add(&mut at_most, cost.at_most);
        if !lines.is_empty() {
            lines.push(CostLine::Blank);
        }
        lines.push(CostLine::Account {
            account: account.account.name.clone(),
            as_of: account.account.prices.as_of.clone(),
            so_far: cost.so_far,
            at_most: cost.at_most,
        });
        if cost.rows.is_empty() {
            let key = if cost.is_read { text::cost::NONE } else { text::cost::NOT_READ };
            lines.push(CostLine::Note(Phrase::new(key)));
        }
        lines.extend(cost.rows.into_iter().map(|row| CostLine::Row(Box::new(row))));
        let minimum = cost.minimum.map(text::cost::minimum);
        let unread = (cost.unread > 0).then(|| text::cost::unread(cost.unread));
        lines.extend(minimum.into_iter().chain(unread).map(CostLine::Note));
    }
    lines.push(CostLine::Blank);
    lines.extend([text::cost::ABOUT, text::cost::ABOUT_MISSING].map(|key| CostLine::Note(Phrase::new(key))));
    (lines, (accounts > 1).then_some((so_far, at_most)))
}

/// The name of a line, its state, and its plan.
#[must_use]
pub fn texts(app: &App, row: &CostRow) -> (String, String, String) {
    let words = &app.words;
    match row.of {
        CostOf::Storage { free_gb, gb } => {
            let text = match gb {
                Some(gb) => text::cost::storage(gb, free_gb),
                None => text::cost::storage_unknown(free_gb),
            };
            (words.say(&text), String::new(), String::new())
        }
        CostOf::Instance { status } => {
            let state = if row.is_off() { Phrase::new(text::cost::OFF) } else { kind_phrase(status) };
            let plan = row.plan.clone().unwrap_or_else(|| words.spec_short(&row.spec));
            (row.name.clone(), words.say(&state), plan)
        }
        CostOf::Volume => (row.name.clone(), words.get(text::cost::VOLUME).to_owned(), words.spec(&row.spec)),
        CostOf::VolumeSnapshot => {
            (row.name.clone(), words.get(text::cost::VOLUME_SNAPSHOT).to_owned(), words.spec(&row.spec))
        }
        CostOf::Snapshot | CostOf::Image => {
            let what = if row.of == CostOf::Snapshot { text::cost::SNAPSHOT } else { text::cost::IMAGE };
            let plan = match &row.plan {
                _ if row.within => words.get(text::cost::WITHIN).to_owned(),
                Some(machine) => words.say(&text::cost::of(machine.as_str())),
                None => String::new(),
            };
            (row.name.clone(), words.get(what).to_owned(), plan)
        }
    }
}

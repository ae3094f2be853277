//! What it costs, in lines.

use crate::app::layers::costs::state::CostLine;
use crate::domain::Phrase;
use crate::engine::{CostOf, CostRow, Sum, cost, kind_phrase};

use crate::app::App;
use crate::words::grouped;

pub(super) fn lines(app: &App) -> (Vec<CostLine>, Option<(Sum, Sum)>) {
    let mut lines = Vec::new();
    let (mut so_far, mut at_most, mut accounts) = (Sum::default(), Sum::default(), 0);
    let add = |all: &mut Sum, one: Sum| {
        *all = Sum { yen: all.yen.saturating_add(one.yen), unknown: all.unknown + one.unknown };
    };
    for account in app.engine.accounts().iter().filter(|a| !app.hidden.contains(&a.account.name)) {
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
            let key = if cost.is_read { "cost.none" } else { "cost.not-read" };
            lines.push(CostLine::Note(Phrase::new(key)));
        }
        lines.extend(cost.rows.into_iter().map(|row| CostLine::Row(Box::new(row))));
        let minimum = cost.minimum.map(|yen| Phrase::new("cost.minimum").with("yen", grouped(yen)));
        let unread = (cost.unread > 0).then(|| Phrase::new("cost.unread").with("count", cost.unread));
        lines.extend(minimum.into_iter().chain(unread).map(CostLine::Note));
    }
    lines.push(CostLine::Blank);
    lines.extend(["cost.about", "cost.about-missing"].map(|key| CostLine::Note(Phrase::new(key))));
    (lines, (accounts > 1).then_some((so_far, at_most)))
}

/// The name of a line, its state, and its plan.
#[must_use]
pub fn texts(app: &App, row: &CostRow) -> (String, String, String) {
    let words = &app.words;
    match row.of {
        CostOf::Storage { free_gb, gb } => {
            let key = if gb.is_some() { "cost.storage" } else { "cost.storage-unknown" };
            let text = Phrase::new(key).with("gb", gb.unwrap_or(0)).with("free", free_gb);
            (words.say(&text), String::new(), String::new())
        }
        CostOf::Instance { status } => {
            let state = if row.is_off() { Phrase::new("cost.off") } else { kind_phrase(status) };
            let plan = row.plan.clone().unwrap_or_else(|| row.size());
            (row.name.clone(), words.say(&state), plan)
        }
        CostOf::Snapshot | CostOf::Image => {
            let what = if row.of == CostOf::Snapshot { "cost.snapshot" } else { "cost.image" };
            let plan = match &row.plan {
                _ if row.within => words.get("cost.within").to_owned(),
                Some(machine) => words.say(&Phrase::new("cost.of").with("name", machine.as_str())),
                None => String::new(),
            };
            (row.name.clone(), words.get(what).to_owned(), plan)
        }
    }
}

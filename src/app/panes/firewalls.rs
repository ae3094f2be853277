//! The pane of firewalls.

use std::sync::Arc;

use crate::app::App;
use crate::app::panes::cells::{ACCOUNT, AGE, NAME, name};
use crate::app::panes::column::{Align, Column, Width, leaves};
use crate::app::panes::details::{rule_from, rule_text};
use crate::app::panes::row::{Row, What};
use crate::app::panes::segment::Segment;
use crate::app::panes::source::RowSource;
use crate::domain::{Direction, Firewall, Rule, text};

pub(super) const COLUMNS: &[Column] = &[
    Column { cell: firewall_name, width: Width::Of(|_, room| if room >= 60 { 20 } else { 14 }), ..NAME },
    Column {
        heading: text::column::ON,
        cell: on,
        width: Width::Of(|app, _| if any_tells(app) { 3 } else { 0 }),
        leaves: leaves(1, 12),
        align: Align::Right,
        ..Column::TEXT
    },
    Column { heading: text::column::RULES, cell: rules_cell, width: Width::Rest { most: 64 }, ..Column::TEXT },
    ACCOUNT.numbered(2),
    Column { width: Width::Hidden, ..AGE.numbered(3) },
];

pub(super) fn rows(source: &RowSource<'_>) -> Vec<Row> {
    source.of_accounts(|account, push| {
        account.inventory.firewalls().iter().for_each(|firewall| push(What::Firewall(Arc::clone(firewall))));
    })
}

fn firewall(row: &Row) -> Option<&Firewall> {
    match &row.what {
        What::Firewall(firewall) => Some(firewall),
        _ => None,
    }
}

fn any_tells(app: &App) -> bool {
    app.shown_accounts().any(|account| account.inventory.firewalls().iter().any(|f| f.on.is_some()))
}

/// One that nobody but the provider can change is dim.
fn firewall_name(app: &App, row: &Row, room: usize) -> Vec<Segment> {
    let fixed = firewall(row).filter(|firewall| firewall.fixed && !firewall.name.trim().is_empty());
    fixed.map_or_else(|| name(app, row, room), |firewall| Segment::dim(firewall.name.as_str()))
}

/// On how many machines it is.
fn on(_: &App, row: &Row, _: usize) -> Vec<Segment> {
    match firewall(row).and_then(|firewall| firewall.on.as_ref()) {
        Some(on) if on.is_empty() => Segment::dim("-"),
        Some(on) => Segment::plain(on.len().to_string()),
        None => Segment::dim("?"),
    }
}

fn rules_cell(app: &App, row: &Row, _: usize) -> Vec<Segment> {
    let account = app.engine.account(&row.account);
    match account.zip(firewall(row)).and_then(|(account, f)| account.inventory.rules(&f.id)) {
        None => Segment::dim("?"),
        Some(set) if set.rules.is_empty() => Segment::plain(app.words.get(text::details::NO_RULES)),
        Some(set) => Segment::plain(rules(app, &set.rules)),
    }
}

/// `HTTP HTTPS from anywhere, 22 from 198.51.100.77`: what comes in, by where it comes from.
fn rules(app: &App, rules: &[Rule]) -> String {
    let mut groups: Vec<(&Rule, Vec<String>)> = Vec::new();
    for rule in rules.iter().filter(|r| r.direction == Direction::In) {
        let named = !rule.preset.is_empty() && !rule.preset.eq_ignore_ascii_case("custom");
        let what = match (named, rule.ports.is_empty()) {
            (true, _) => rule.preset.clone(),
            (false, false) if rule.protocol.eq_ignore_ascii_case("tcp") => rule.ports.clone(),
            (false, _) => format!("{} {}", rule.protocol, rule.ports).trim().to_owned(),
        };
        let is_anywhere = |r: &Rule| r.is_from_anywhere() && r.is_v6() == rule.is_v6();
        let same = |other: &Rule| other.source == rule.source || (is_anywhere(other) && is_anywhere(rule));
        match groups.iter_mut().find(|(first, _)| same(first)) {
            Some((_, all)) => all.push(what),
            None => groups.push((rule, vec![what])),
        }
    }
    if groups.is_empty() {
        return rules.first().map_or(String::new(), |r| rule_text(r, app));
    }
    // The same in both families is said once.
    let anywhere = |v6: bool| groups.iter().position(|(r, _)| r.is_from_anywhere() && r.is_v6() == v6);
    if let (Some(v4), Some(v6)) = (anywhere(false), anywhere(true))
        && groups[v4].1 == groups[v6].1
    {
        groups.remove(v6);
    }
    let texts: Vec<String> = groups
        .into_iter()
        .map(|(rule, what)| {
            let all = app.words.get(text::rule::ALL);
            let mut what: Vec<&str> = what.iter().map(|w| if w.is_empty() { all } else { w.as_str() }).collect();
            what.dedup();
            app.words.say(&text::rule::inbound(what.join(" "), rule_from(rule, app)))
        })
        .collect();
    texts.join(", ")
}

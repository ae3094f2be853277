//! The rows of a pane, filtered and ordered.

use std::collections::BTreeSet;

use crate::app::panes::column::SortValue;
use crate::app::panes::filter::{Filter, Match};
use crate::app::panes::natural::natural;
use crate::app::panes::operations::begun;
use crate::app::panes::row::{Row, RowKey};
use crate::app::panes::search_text::each_text;
use crate::app::panes::source::RowSource;
use crate::app::panes::{table, time_filter};
use crate::app::tables::pane::Pane;

#[derive(Debug, Default)]
pub struct Listed {
    /// Those that match best come first.
    pub rows: Vec<Row>,
    /// How many there were before the filter.
    pub total: usize,
    /// So many of the first rows match as well as the first.
    pub best: usize,
    pub fuzzy: bool,
}

impl RowSource<'_> {
    /// `order`: the place of a column among those of the pane, and whether in reverse; by default the pane's own.
    #[must_use]
    pub fn rows(&self, pane: Pane, filter: &str, order: Option<(usize, bool)>) -> Listed {
        let all = table::rows(pane, self);
        let total = all.len();
        let (mut groups, fuzzy) =
            if filter.trim().is_empty() { (vec![all], false) } else { self.filtered(pane, all, filter) };
        groups.retain(|rows| !rows.is_empty());
        groups.iter_mut().for_each(|rows| self.sort(pane, rows, order.unwrap_or_else(|| table::default_order(pane))));
        let best = groups.first().map_or(0, Vec::len);
        Listed { rows: groups.into_iter().flatten().collect(), total, best, fuzzy }
    }

    /// What all rows of a pane are, without any filter.
    #[must_use]
    pub fn keys(&self, pane: Pane) -> BTreeSet<RowKey> {
        table::rows(pane, self).iter().map(Row::key).collect()
    }

    /// By one column, then by account and name.
    fn sort(&self, pane: Pane, rows: &mut Vec<Row>, (column, reverse): (usize, bool)) {
        let Some((_, value)) = table::columns(pane).get(column).and_then(|column| column.order) else { return };
        let mut keyed: Vec<(SortValue, usize, String, Row)> = std::mem::take(rows)
            .into_iter()
            .map(|row| (value(self, &row), self.place(&row.account), natural(row.what.name()), row))
            .collect();
        keyed.sort_by(|a, b| {
            let by_name = a.1.cmp(&b.1).then_with(|| a.2.cmp(&b.2));
            let by = if a.0 == SortValue::Name { by_name } else { a.0.cmp(&b.0) };
            let by = if reverse { by.reverse() } else { by };
            by.then(by_name)
        });
        rows.extend(keyed.into_iter().map(|(.., row)| row));
    }

    /// What matches, in groups, the best first; and whether it does so loosely.
    fn filtered(&self, pane: Pane, mut all: Vec<Row>, text: &str) -> (Vec<Vec<Row>>, bool) {
        let mut text = text.to_owned();
        if pane == Pane::Operations {
            let (spans, rest) = time_filter::split(&text, self.clock, self.now);
            all.retain(|row| {
                begun(self.engine, row).is_none_or(|at| spans.iter().all(|s| s.holds(at, self.clock, self.now)))
            });
            text = rest;
        }
        if text.is_empty() {
            return (vec![all], false);
        }
        let mut filter = Filter::new(&text);
        let mut plain = vec![Vec::new(); 3];
        let mut loose = Vec::new();
        for row in all {
            match filter.matches(|visit| each_text(self.engine, &row, self.of.is_none(), visit)) {
                Match::Exact => plain[0].push(row),
                Match::Beginning => plain[1].push(row),
                Match::Within => plain[2].push(row),
                Match::Loose => loose.push(row),
                Match::No => {}
            }
        }
        if plain.iter().all(Vec::is_empty) { (vec![loose], true) } else { (plain, false) }
    }
}

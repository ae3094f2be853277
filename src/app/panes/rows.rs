//! The rows of a pane: from the inventories of all shown accounts, filtered and ordered.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use crate::app::panes::column::Column;
use crate::app::panes::filter::{Filter, Match};
use crate::app::panes::row::{Row, RowKey, What};
use crate::app::panes::search_text::each_text;
use crate::app::panes::time_filter;
use crate::app::tables::pane::Pane;
use crate::domain::{AccountName, Instance, InstanceStatus, ResourceRef, StatusKind, Timestamp};
use crate::engine::{AccountState, Engine};
use crate::words::Clock;

/// The rows of a pane, filtered and ordered.
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

#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Everything that is known.
    pub engine: &'a Engine,
    pub hidden: &'a std::collections::BTreeSet<AccountName>,
    /// The instance whose snapshots are shown, or all.
    pub of: Option<&'a ResourceRef>,
    /// The present moment.
    pub now: Timestamp,
    pub clock: &'a Clock,
}

impl Source<'_> {
    fn accounts(&self) -> impl Iterator<Item = (usize, &AccountState)> {
        self.engine.accounts().iter().enumerate().filter(|(_, a)| !self.hidden.contains(&a.account.name))
    }

    #[must_use]
    pub fn rows(&self, pane: Pane, filter: &str, order: (Column, bool)) -> Listed {
        let all = self.all(pane);
        let total = all.len();
        let (mut groups, fuzzy) =
            if filter.trim().is_empty() { (vec![all], false) } else { self.filtered(pane, all, filter) };
        groups.retain(|rows| !rows.is_empty());
        groups.iter_mut().for_each(|rows| self.sort(rows, order));
        let best = groups.first().map_or(0, Vec::len);
        Listed { rows: groups.concat(), total, best, fuzzy }
    }

    /// What all rows of a pane are, without any filter.
    #[must_use]
    pub fn keys(&self, pane: Pane) -> BTreeSet<RowKey> {
        self.all(pane).iter().map(Row::key).collect()
    }

    fn all(&self, pane: Pane) -> Vec<Row> {
        let mut rows = Vec::new();
        if pane == Pane::Operations {
            for op in self.engine.operations().iter().filter(|o| !self.hidden.contains(&o.account)) {
                rows.push(Row { account: op.account.clone(), what: What::Operation(op.id.clone()) });
            }
            for change in self.engine.external_changes().iter().filter(|s| !self.hidden.contains(&s.account)) {
                rows.push(Row {
                    account: change.account.clone(),
                    what: What::ExternalChange(Box::new(change.clone())),
                });
            }
            return rows;
        }
        for (_, account) in self.accounts() {
            let name = &account.account.name;
            let mut push = |what: What| rows.push(Row { account: name.clone(), what });
            let inventory = &account.inventory;
            match pane {
                Pane::Instances => inventory.instances().iter().for_each(|i| push(What::Instance(Arc::clone(i)))),
                Pane::Snapshots => match self.of {
                    Some(of) if of.account != *name => {}
                    Some(of) => {
                        for snapshot in inventory.snapshots_of(&of.id).unwrap_or_default() {
                            push(What::Snapshot(Arc::clone(snapshot), inventory.instance(&of.id).cloned()));
                        }
                    }
                    None => {
                        let known: HashMap<_, _> = inventory.instances().iter().map(|i| (&i.id, i)).collect();
                        for snapshot in inventory.snapshots() {
                            let of = snapshot.of.as_ref().and_then(|id| known.get(id)).map(|i| Arc::clone(i));
                            push(What::Snapshot(Arc::clone(snapshot), of));
                        }
                    }
                },
                Pane::Firewalls => inventory.firewalls().iter().for_each(|f| push(What::Firewall(Arc::clone(f)))),
                Pane::Images => {
                    for instance in inventory.instances().iter().filter(|i| is_import(i)) {
                        push(What::Import(Arc::clone(instance)));
                    }
                    inventory.images().iter().for_each(|i| push(What::Image(Arc::clone(i))));
                }
                Pane::Keys => inventory.keys().iter().for_each(|k| push(What::Key(Arc::clone(k)))),
                Pane::ApiKeys => inventory.api_keys().iter().for_each(|k| push(What::ApiKey(Arc::clone(k)))),
                Pane::Operations => {}
            }
        }
        rows
    }

    /// What matches, in groups, the best first; and whether it does so loosely.
    fn filtered(&self, pane: Pane, mut all: Vec<Row>, text: &str) -> (Vec<Vec<Row>>, bool) {
        let mut text = text.to_owned();
        if pane == Pane::Operations {
            let (spans, rest) = time_filter::split(&text, self.clock, self.now);
            all.retain(|row| self.begun(row).is_none_or(|at| spans.iter().all(|s| s.holds(at, self.clock, self.now))));
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

    /// When a person asked for it, or it was seen first.
    fn begun(&self, row: &Row) -> Option<Timestamp> {
        match &row.what {
            What::Operation(id) => Some(self.engine.operation(id)?.asked),
            What::ExternalChange(change) => Some(change.at),
            _ => None,
        }
    }

    /// When the newest good snapshot of an instance was taken, where that is known.
    #[must_use]
    pub fn saved(&self, account: &AccountName, instance: &Instance) -> Option<Timestamp> {
        newest_snapshot(self.engine.account(account)?, instance)
    }
}

/// When the newest good snapshot of an instance was taken, where that is known.
#[must_use]
pub fn newest_snapshot(account: &AccountState, instance: &Instance) -> Option<Timestamp> {
    let snapshots = account.inventory.snapshots_of(&instance.id)?;
    snapshots.iter().filter(|s| s.status.kind() == StatusKind::Available).filter_map(|s| s.taken).max()
}

fn is_import(instance: &Instance) -> bool {
    matches!(instance.status, InstanceStatus::Importing(_))
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
        let told: Vec<u64> =
            [0, 29, 30, 61, 299, 301, 4_000, 90_000].map(|s| stepped(Duration::from_secs(s)).as_secs()).to_vec();
        assert_eq!(told, [0, 0, 30, 60, 120, 300, 3_600, 86_400]);
    }
}

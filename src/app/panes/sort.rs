//! The order of rows: by one column, then by account and name.

use std::cmp::Reverse;

use crate::app::panes::column::Column;
use crate::app::panes::details::spec_of;
use crate::app::panes::row::{Row, What};
use crate::app::panes::rows::Source;
use crate::domain::{AccountName, ImageKind, Instance, OpResult, OpState, Operation, Spec, StatusKind, Timestamp};

impl Source<'_> {
    pub(crate) fn sort(&self, rows: &mut [Row], (column, reverse): (Column, bool)) {
        let place = |name: &AccountName| {
            self.engine.accounts().iter().position(|a| a.account.name == *name).unwrap_or(usize::MAX)
        };
        let mut keyed: Vec<(SortKey, usize)> =
            rows.iter().enumerate().map(|(i, row)| (self.sort_key(row, column, place(&row.account)), i)).collect();
        keyed.sort_by(|a, b| {
            let by = a.0.main.cmp(&b.0.main);
            let by = if reverse { by.reverse() } else { by };
            by.then(a.0.account.cmp(&b.0.account)).then_with(|| a.0.name.cmp(&b.0.name)).then(a.1.cmp(&b.1))
        });
        let sorted: Vec<Row> = keyed.iter().map(|(_, i)| rows[*i].clone()).collect();
        rows.clone_from_slice(&sorted);
    }

    fn sort_key(&self, row: &Row, column: Column, account: usize) -> SortKey {
        let name = natural(row.what.name());
        let main = match (column, &row.what) {
            // What runs stands above what is over, the newest first in both.
            (Column::Age, What::Operation(id)) => {
                let op = self.engine.operation(id);
                let over = op.is_none_or(Operation::is_over);
                Main::Number(Reverse(i64::from(!over)), Reverse(op.map_or(0, |o| o.asked.0)))
            }
            (Column::Age, What::ExternalChange(change)) => {
                Main::Number(Reverse(i64::from(change.ended.is_none())), Reverse(change.at.0))
            }
            (Column::Age, what) => Main::Number(Reverse(0), Reverse(born(what).map_or(i64::MIN, |w| w.0))),
            (Column::Name, What::Operation(id)) => {
                let subject = self.engine.operation(id).map_or("", |o| o.action.subject().name.as_str());
                Main::Place(account, natural(subject))
            }
            // What is being imported and what was saved stand above what the provider offers.
            (Column::Family, What::Import(_)) => Main::Place(0, String::new()),
            (Column::Family, What::Image(i)) if i.kind == ImageKind::Saved => Main::Place(1, String::new()),
            (Column::Family, What::Image(i)) => Main::Place(2, natural(i.family.as_deref().unwrap_or("~"))),
            (Column::Drops, What::Snapshot(s, _)) => {
                Main::Number(Reverse(0), Reverse(-s.expires.map_or(i64::MAX, |w| w.0)))
            }
            (Column::Name, _) => Main::Place(account, name.clone()),
            (Column::Status, what) => Main::Place(self.status_place(row, what), String::new()),
            (Column::Address, What::Instance(i)) => Main::Place(0, natural(i.address().unwrap_or("~"))),
            (Column::Plan, What::Instance(i)) => Main::Number(
                Reverse(i64::try_from(self.spec(row, i).memory_mb.unwrap_or(0)).unwrap_or(0)),
                Reverse(i64::from(self.spec(row, i).vcpus.unwrap_or(0))),
            ),
            (Column::Saved, What::Instance(i)) => {
                Main::Number(Reverse(0), Reverse(self.saved(&row.account, i).map_or(i64::MIN, |w| w.0)))
            }
            (Column::Size, What::Snapshot(s, _)) => Main::Number(Reverse(0), Reverse(size(s.size))),
            (Column::Size, What::Image(i)) => Main::Number(Reverse(0), Reverse(size(i.size))),
            (Column::Of, What::Snapshot(_, of)) => {
                Main::Place(0, of.as_ref().map_or(String::new(), |o| natural(&o.name)))
            }
            _ => Main::Place(account, String::new()),
        };
        SortKey { main, account, name }
    }

    fn spec(&self, row: &Row, instance: &Instance) -> Spec {
        self.engine.account(&row.account).map_or(instance.spec, |account| spec_of(account, instance))
    }

    fn status_place(&self, row: &Row, what: &What) -> usize {
        let kind = match what {
            What::Instance(i) | What::Import(i) => self.engine.shown_instance(&row.account, i).kind(),
            What::Snapshot(s, _) => self.engine.shown_snapshot(&row.account, s).kind(),
            What::Image(i) => i.status.kind(),
            What::Firewall(_) | What::ApiKey(_) => StatusKind::None,
            What::Key(k) => return usize::from(!k.active),
            What::ExternalChange(change) => return if change.ended.is_some() { 3 } else { 2 },
            What::Operation(id) => {
                return self.engine.operation(id).map_or(9, |op| match &op.state {
                    OpState::Halted(_) | OpState::OutcomeUnknown => 0,
                    OpState::Ended(OpResult::Failed { .. } | OpResult::Unknown) => 1,
                    OpState::Ended(_) => 3,
                    _ => 2,
                });
            }
        };
        match kind {
            StatusKind::Error => 0,
            StatusKind::Unknown => 1,
            StatusKind::Running | StatusKind::Available => 3,
            StatusKind::Stopped => 4,
            _ => 2,
        }
    }
}

fn size(bytes: Option<u64>) -> i64 {
    bytes.and_then(|b| i64::try_from(b).ok()).unwrap_or(-1)
}

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

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Main {
    Number(Reverse<i64>, Reverse<i64>),
    Place(usize, String),
}

struct SortKey {
    main: Main,
    account: usize,
    name: String,
}

/// A text that sorts `web-2` before `web-10` and does not mind capitals.
fn natural(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut digits = String::new();
    for c in text.chars().chain(std::iter::once('\0')) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            let trimmed = digits.trim_start_matches('0');
            out.push_str(&format!("{trimmed:0>12}"));
            digits.clear();
        }
        if c != '\0' {
            out.extend(c.to_lowercase());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_sort_as_numbers() {
        let mut names = vec!["web-10", "Web-2", "web-1", "db", "web-02"];
        names.sort_by_key(|n| natural(n));
        assert_eq!(names, ["db", "web-1", "Web-2", "web-02", "web-10"]);
    }
}

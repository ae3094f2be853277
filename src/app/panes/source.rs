//! What the rows of panes are made from.

use std::collections::BTreeSet;

use crate::app::panes::row::{Row, What};
use crate::domain::{AccountName, Instance, OpResult, OpState, ResourceRef, StatusKind, Timestamp};
use crate::engine::{AccountState, Engine};
use crate::words::Clock;

#[derive(Debug, Clone, Copy)]
pub struct RowSource<'a> {
    /// Everything that is known.
    pub engine: &'a Engine,
    pub hidden: &'a BTreeSet<AccountName>,
    /// The instance whose snapshots are shown, or all.
    pub of: Option<&'a ResourceRef>,
    /// The present moment.
    pub now: Timestamp,
    pub clock: &'a Clock,
}

impl RowSource<'_> {
    /// The rows that each shown account brings.
    pub(crate) fn of_accounts(&self, rows_of: impl Fn(&AccountState, &mut dyn FnMut(What))) -> Vec<Row> {
        let mut rows = Vec::new();
        for account in self.engine.accounts().iter().filter(|a| !self.hidden.contains(&a.account.name)) {
            rows_of(account, &mut |what| rows.push(Row { account: account.account.name.clone(), what }));
        }
        rows
    }

    /// Where an account stands among all.
    pub(crate) fn place(&self, account: &AccountName) -> usize {
        self.engine.accounts().iter().position(|a| a.account.name == *account).unwrap_or(usize::MAX)
    }

    /// When the newest good snapshot of an instance was taken, where that is known.
    #[must_use]
    pub fn saved(&self, account: &AccountName, instance: &Instance) -> Option<Timestamp> {
        newest_snapshot(self.engine.account(account)?, instance)
    }

    /// Where the state of a row stands in the order of states: what is wrong first, then what is under way.
    pub(crate) fn status_place(&self, row: &Row) -> usize {
        let kind = match &row.what {
            What::Instance(i) | What::Import(i) => self.engine.shown_instance(&row.account, i).kind(),
            What::Snapshot(s, _) => self.engine.shown_snapshot(&row.account, s).kind(),
            What::Image(i) => i.status.kind(),
            What::Firewall(_) | What::Key(_) | What::ApiKey(_) => StatusKind::None,
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

/// When the newest good snapshot of an instance was taken, where that is known.
#[must_use]
pub fn newest_snapshot(account: &AccountState, instance: &Instance) -> Option<Timestamp> {
    let snapshots = account.inventory.snapshots_of(&instance.id)?;
    snapshots.iter().filter(|s| s.status.kind() == StatusKind::Available).filter_map(|s| s.taken).max()
}

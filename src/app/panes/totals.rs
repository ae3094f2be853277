//! Counts over all instances that are shown: made when data come, not when they are painted.

use std::collections::{HashMap, HashSet};

use crate::app::App;
use crate::domain::StatusKind;
use crate::engine::AccountState;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    pub count: usize,
    pub up: usize,
    /// Those in error or in a state that is not known.
    pub errors: usize,
    /// Those that a person should look at: in error, not understood, or with trouble told of them.
    pub problems: usize,
    /// What those cost in a month whose price is known, in yen.
    pub yen: u64,
    /// Those whose price is not known.
    pub unpriced: usize,
}

pub(crate) fn count(app: &App) -> Totals {
    let mut totals = Totals::default();
    for account in app.shown_accounts() {
        totals.add(account);
    }
    totals
}

/// Of one account alone.
pub(crate) fn of_account(account: &AccountState) -> Totals {
    let mut totals = Totals::default();
    totals.add(account);
    totals
}

impl Totals {
    fn add(&mut self, account: &AccountState) {
        for instance in account.inventory.instances() {
            self.count += 1;
            let kind = instance.status.kind();
            let is_error = matches!(kind, StatusKind::Error | StatusKind::Unknown);
            self.up += usize::from(kind == StatusKind::Running);
            self.errors += usize::from(is_error);
            self.problems += usize::from(is_error || instance.trouble.is_some());
            match account.price(instance).and_then(|price| price.yen_a_month()) {
                Some(yen) => self.yen = self.yen.saturating_add(yen),
                None => self.unpriced += 1,
            }
        }
    }
}

/// The names that instances of more than one shown account bear.
pub(crate) fn repeated(app: &App) -> HashSet<String> {
    let mut repeated = HashSet::new();
    if !app.several_accounts() {
        return repeated;
    }
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (at, account) in app.engine.accounts().iter().enumerate() {
        if app.hidden.contains(&account.account.name) {
            continue;
        }
        for instance in account.inventory.instances() {
            if *known.entry(instance.name.as_str()).or_insert(at) != at {
                repeated.insert(instance.name.clone());
            }
        }
    }
    repeated
}

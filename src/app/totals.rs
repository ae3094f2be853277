//! Counts over all instances that are shown: made when data come, not when they are painted.

use crate::domain::StatusKind;

use super::App;

/// What the header sums up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Instances.
    pub count: usize,
    /// Those that run.
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

pub(super) fn of(app: &App) -> Totals {
    let mut totals = Totals::default();
    for account in app.engine.accounts().iter().filter(|a| !app.hidden.contains(&a.account.name)) {
        for instance in account.picture.instances() {
            totals.count += 1;
            match instance.status.kind() {
                StatusKind::Running => totals.up += 1,
                StatusKind::Error | StatusKind::Unknown => totals.errors += 1,
                _ => {}
            }
            let odd = matches!(instance.status.kind(), StatusKind::Error | StatusKind::Unknown);
            totals.problems += usize::from(odd || instance.trouble.is_some());
            match account.account.rules.price(instance) {
                Some(price) => totals.yen += price.yen_per_month,
                None => totals.unpriced += 1,
            }
        }
    }
    totals
}

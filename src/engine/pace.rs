//! How fast the lists of an account are read: by its limit where one is known, else by what a read takes.

use std::time::Duration;

use crate::domain::ListKey;
use crate::engine::steps::{self, KEPT_FOR_WATCHED, Needed};
use crate::engine::{AccountState, Engine, Env};

pub(super) struct Pace {
    /// Requests a minute, where a limit is known.
    per_minute: Option<u32>,
    poll: crate::domain::Poll,
    pub(super) watches: Vec<ListKey>,
    /// Whether calls wait for the budget that nobody waits for: what is watched then leaves room for them.
    pending: bool,
    /// How many requests a poll leaves for others.
    pub(super) keep: u32,
    slowed: u32,
}

impl Pace {
    pub(super) fn new(engine: &Engine, account: &AccountState, env: &Env) -> Self {
        let watches = watched(engine, account, env);
        let pending = engine.ours().any(|o| o.account == account.account.name && steps::pending(o, env));
        let slowed = account.slowed_at.is_some_and(|at| env.tick.since(at) < Duration::from_secs(600));
        let keep = match (!watches.is_empty(), pending) {
            (true, true) => KEPT_FOR_WATCHED + 1,
            (true, false) => 1,
            (false, _) => 2,
        };
        Self {
            per_minute: account.per_minute(),
            poll: engine.poll,
            watches,
            pending,
            keep,
            slowed: if slowed { 2 } else { 1 },
        }
    }

    pub(super) const fn is_limited(&self) -> bool {
        self.per_minute.is_some()
    }

    /// Whether what is watched takes all requests there are.
    pub(super) const fn crowded(&self) -> bool {
        self.per_minute.is_some() && !self.watches.is_empty()
    }

    /// How old what is looked at may be; `times` for what moves more slowly.
    pub(super) fn looked(&self, account: &AccountState, list: &ListKey, times: u32) -> Duration {
        match self.per_minute {
            Some(per_minute) => spread(per_minute, 2) * times,
            None => self.unlimited(self.poll.fresh, account, list) * times.min(6),
        }
    }

    pub(super) fn watched(&self, account: &AccountState, list: &ListKey) -> Duration {
        let lists = u32::try_from(self.watches.len().max(1)).unwrap_or(u32::MAX);
        match self.per_minute {
            Some(per_minute) if self.pending => {
                spread(per_minute, 1).max(Duration::from_secs(60) / KEPT_FOR_WATCHED) * lists
            }
            Some(per_minute) => spread(per_minute, 1) * lists,
            None => self.unlimited(self.poll.watch, account, list) * lists,
        }
    }

    /// Where no limit is known: never more than a twentieth of the time is spent fetching one list, and a fifth on a
    /// single record, which costs the provider little.
    fn unlimited(&self, wanted: Duration, account: &AccountState, list: &ListKey) -> Duration {
        let took = account.took.get(list).copied().unwrap_or(Duration::ZERO);
        let times = if list.is_single() { 5 } else { 20 };
        wanted.max(took * times) * self.slowed
    }
}

fn spread(per_minute: u32, kept: u32) -> Duration {
    Duration::from_secs(60) / per_minute.saturating_sub(kept).max(1)
}

/// The lists that operations of this account watch now.
fn watched(engine: &Engine, account: &AccountState, env: &Env) -> Vec<ListKey> {
    let mut lists = Vec::new();
    for op in engine.ours().filter(|o| o.account == account.account.name && !o.is_over()) {
        if let Needed::Watch(needed) = steps::lists_needed(op, account, env) {
            lists.extend(needed);
        }
    }
    lists.sort_unstable();
    lists.dedup();
    lists
}

//! What the engine keeps of one account.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::{Account, Budget, Cut, Fault, Inventory, ListKey, Monotonic, Permit, Timestamp};
use crate::engine::Env;

/// After our own rate limiter held something back it is not asked again within this time, whatever it said.
const GUARD_PAUSE: Duration = Duration::from_millis(250);
/// A moment further ahead than this comes from a clock that was set back.
const FAR: Duration = Duration::from_secs(3_600);

#[derive(Debug, Clone, PartialEq)]
pub enum LoginState {
    /// Not tried yet, or to be tried again.
    Needed,
    UnderWay,
    Done,
    /// Failed at this moment; tried again later, or only when a person asks.
    Failed(Fault, Monotonic),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeldUp {
    /// Its secret is being asked for, where a person may have to open something.
    BySecret {
        from: String,
    },
    ByAnswer {
        since: Timestamp,
    },
    ByProvider {
        until: Timestamp,
    },
    ByBudget {
        until: Timestamp,
    },
}

/// One account: its inventory, its budget, what is under way.
#[derive(Debug, Clone)]
pub struct AccountState {
    pub account: Account,
    pub inventory: Inventory,
    pub login: LoginState,
    pub(super) budget: Budget,
    /// When each request under way was sent: the budget learns of them when they end.
    pub(super) under_way: Vec<Timestamp>,
    /// The secret is being waited for, and from where.
    pub(super) awaits: Option<Fault>,
    pub(super) login_failures: u32,
    /// How long the last read of each list took, to bound the share of time spent reading it.
    pub(super) took: BTreeMap<ListKey, Duration>,
    /// Until when our own rate limiter lets nothing out.
    held_until: Option<Timestamp>,
    /// Since when, after a refusal for too much traffic, polls come half as often.
    pub(super) slowed_at: Option<Monotonic>,
    /// When a list that nobody looks at was read last.
    pub(super) last_spare: Option<Monotonic>,
    /// When something else than what an operation watched was read last.
    pub(super) last_aside: Option<Monotonic>,
    /// Which of them is next, once found out.
    pub(super) next_spare: Option<ListKey>,
}

impl AccountState {
    pub(super) fn new(account: Account) -> Self {
        let budget = Budget::new(account.limit);
        Self {
            account,
            inventory: Inventory::default(),
            login: LoginState::Needed,
            budget,
            under_way: Vec::new(),
            awaits: None,
            login_failures: 0,
            took: BTreeMap::new(),
            held_until: None,
            slowed_at: None,
            last_spare: None,
            last_aside: None,
            next_spare: None,
        }
    }

    /// What may be spent, requests under way included.
    #[must_use]
    pub fn budget(&self) -> Budget {
        let mut budget = self.budget.clone();
        for sent in &self.under_way {
            budget.spent(*sent);
        }
        budget
    }

    pub(super) fn permit(&self, now: Timestamp, keep: u32) -> Permit {
        let permit = self.budget().permit(now, keep);
        match (permit, self.held_until.filter(|until| *until > now && until.since(now) <= FAR)) {
            (permit, None) => permit,
            (Permit::Now, Some(until)) => Permit::At(until),
            (Permit::At(at), Some(until)) => Permit::At(at.max(until)),
        }
    }

    /// Our own rate limiter held something back; when it may be asked again.
    pub(super) fn held_back(&mut self, until: Timestamp, now: Timestamp) -> Timestamp {
        let until = until.min(now + FAR).max(now + GUARD_PAUSE);
        self.held_until = Some(until);
        until
    }

    /// The first moment at which a read begins after all that happened up to now: a read of this very millisecond may
    /// have begun before.
    pub(super) fn reads_from(&self, now: Monotonic) -> Monotonic {
        let just_now = |r: &crate::domain::Remote<_>| r.in_flight == Some(now) || r.started_at == Some(now);
        if self.inventory.lists.values().any(just_now) { Monotonic(now.0 + 1) } else { now }
    }

    /// Takes over new settings: everything that failed is tried again.
    pub(super) fn configure(&mut self, account: Account, now: Timestamp) {
        let mut budget = Budget::new(account.limit);
        budget.learn(&self.budget, now);
        self.budget = budget;
        self.account = account;
        self.login = LoginState::Needed;
        self.forget_failures();
    }

    pub(super) fn forget_failures(&mut self) {
        self.login_failures = 0;
        for remote in self.inventory.lists.values_mut() {
            remote.failures = 0;
            remote.failed = None;
        }
    }

    /// Requests a minute, where a limit is known.
    pub(super) fn per_minute(&self) -> Option<u32> {
        self.budget.per_minute()
    }

    pub(super) fn sent(&mut self, requests: u32, at: Timestamp) {
        self.under_way.extend((0..requests).map(|_| at));
    }

    /// So many requests ended; the budget that came with the answer knows of them.
    pub(super) fn ended(&mut self, requests: u32, budget: Budget, now: Monotonic) {
        self.under_way.drain(..self.under_way.len().min(requests as usize));
        if budget.is_refused() && !self.budget.is_refused() {
            self.slowed_at = Some(now);
        }
        self.budget = budget;
        self.awaits = None;
    }

    /// What holds it up at this moment, where anything does.
    #[must_use]
    pub fn held_up(&self, env: &Env) -> Option<HeldUp> {
        if let Some(Fault::SecretAwaited { from }) = &self.awaits {
            return Some(HeldUp::BySecret { from: from.clone() });
        }
        if let Some(since) = self.under_way.iter().min() {
            return Some(HeldUp::ByAnswer { since: *since });
        }
        self.held_up_by_quota(env, 0)
    }

    /// Who holds up a request that leaves so many for others: the provider, or our own budget.
    pub(super) fn held_up_by_quota(&self, env: &Env, keep: u32) -> Option<HeldUp> {
        match self.permit(env.wall, keep) {
            Permit::Now => None,
            Permit::At(until) if self.budget.is_refused() => Some(HeldUp::ByProvider { until }),
            Permit::At(until) => Some(HeldUp::ByBudget { until }),
        }
    }

    /// Why the account as a whole does not answer, where that is so: the login's fault, else that of its instances.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        if let LoginState::Failed(fault, _) = &self.login {
            return Some(fault);
        }
        if self.awaits.is_some() {
            return self.awaits.as_ref();
        }
        self.inventory.lists.get(&ListKey::Instances)?.fault.as_ref()
    }

    /// Lists that may not be all there is, and why.
    pub fn cuts(&self) -> impl Iterator<Item = (&ListKey, Cut)> {
        self.inventory.lists.iter().filter_map(|(list, remote)| Some((list, remote.cut?)))
    }

    /// How often in a row the provider refused the same for too much traffic: a list, or the login.
    #[must_use]
    pub fn refusals(&self) -> u32 {
        let is_quota = |fault: Option<&Fault>| matches!(fault, Some(Fault::Quota { .. }));
        let lists = self.inventory.lists.values().filter(|list| is_quota(list.fault.as_ref()));
        let login = matches!(&self.login, LoginState::Failed(Fault::Quota { .. }, _)).then_some(self.login_failures);
        lists.map(|list| list.failures).chain(login).max().unwrap_or(0)
    }

    /// Whether it waits for a person before it sends anything.
    #[must_use]
    pub fn rests(&self) -> bool {
        matches!(&self.login, LoginState::Failed(fault, _) if fault.needs_a_person())
    }
}

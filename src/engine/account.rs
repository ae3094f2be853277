//! What the engine keeps of one account.

use std::time::Duration;

use crate::domain::{Account, Budget, Fault, ListKey, Permit, Picture, Tick, Wall};

/// How logging in stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Login {
    /// Not tried yet, or to be tried again.
    Needed,
    /// Under way.
    UnderWay,
    /// Done.
    Done,
    /// Failed at this moment; tried again later, or only when a person asks.
    Failed(Fault, Tick),
}

/// One account: its picture, its budget, what is under way.
#[derive(Debug, Clone)]
pub struct AccountState {
    /// Who it is.
    pub account: Account,
    /// What is known of it.
    pub picture: Picture,
    /// How logging in stands.
    pub login: Login,
    pub(super) budget: Budget,
    /// When each request under way was sent: the budget learns of them when they end.
    pub(super) under_way: Vec<Wall>,
    pub(super) login_failures: u32,
    /// How long the last read of the slowest list took, to bound the share of time spent reading.
    pub(super) slowest: Duration,
    /// Since when, after a refusal for too much traffic, polls come half as often.
    pub(super) slowed_at: Option<Tick>,
    /// When a list that nobody looks at was read last.
    pub(super) last_spare: Option<Tick>,
}

impl AccountState {
    pub(super) fn new(account: Account) -> Self {
        let budget = Budget::new(account.limit);
        Self {
            account,
            picture: Picture::default(),
            login: Login::Needed,
            budget,
            under_way: Vec::new(),
            login_failures: 0,
            slowest: Duration::ZERO,
            slowed_at: None,
            last_spare: None,
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

    pub(super) fn permit(&self, now: Wall, keep: u32) -> Permit {
        self.budget().permit(now, keep)
    }

    pub(super) fn sent(&mut self, at: Wall) {
        self.under_way.push(at);
    }

    /// A request ended; the budget that came with its answer knows of it.
    pub(super) fn ended(&mut self, budget: Budget, now: Tick) {
        if !self.under_way.is_empty() {
            self.under_way.remove(0);
        }
        if budget.is_refused() && !self.budget.is_refused() {
            self.slowed_at = Some(now);
        }
        self.budget = budget;
    }

    /// Why the account as a whole does not answer, where that is so: the login's fault, else that of its instances.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        if let Login::Failed(fault, _) = &self.login {
            return Some(fault);
        }
        self.picture.lists.get(&ListKey::Instances)?.fault.as_ref()
    }

    /// Whether it waits for a person before it sends anything.
    #[must_use]
    pub fn rests(&self) -> bool {
        matches!(&self.login, Login::Failed(fault, _) if fault.needs_a_person())
    }
}

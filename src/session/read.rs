//! Reads what a command needs to know, once, and with patience that ends: what cannot be read is given up, with its reason.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::domain::{AccountName, Fault, ListKey};
use crate::engine::{self, AccountState, HeldUp, Interest, LoginState, Priority};
use crate::runtime::clock;
use crate::session::error::{Interruption, SessionError};
use crate::session::run::Session;

/// The lists that are wanted of an account.
pub type WantedLists<'a> = &'a (dyn Fn(&AccountState) -> Vec<ListKey> + Sync);

/// These lists of one account, and none of any other.
pub fn of_account(
    name: &AccountName,
    lists: impl Fn(&AccountState) -> Vec<ListKey> + Sync,
) -> impl Fn(&AccountState) -> Vec<ListKey> + Sync {
    move |a| if a.account.name == *name { lists(a) } else { Vec::new() }
}

/// So long it is waited, without anything coming in, for a provider that says that too much was asked, or for our own
/// budget: a whole minute of either, and what others spend of it.
const PATIENCE: Duration = Duration::from_secs(90);
/// So often a provider may say that too much was asked, without anything coming in. Where it names no moment, these take
/// more than the minute that most quotas are counted by.
const TRIES: u32 = 5;

impl Session {
    /// Reads until each list that is wanted was read or could not be. What is wanted is asked again after each answer.
    ///
    /// # Errors
    /// It was interrupted, or took too long. What was read until then is there, and [`Self::fault`] says why the rest
    /// is not.
    pub async fn read(&mut self, wanted: WantedLists<'_>) -> Result<(), Interruption> {
        self.reading(wanted, false).await.map(drop)
    }

    /// The same, but it comes back with `false` where it was said that an account is waited for, and another was read.
    ///
    /// # Errors
    /// As of [`Self::read`].
    pub async fn read_part(&mut self, wanted: WantedLists<'_>) -> Result<bool, Interruption> {
        self.reading(wanted, true).await
    }

    /// Whether an account was still waited for when the last read came back.
    #[must_use]
    pub fn is_open(&self, account: &AccountName) -> bool {
        self.open.contains(account)
    }

    async fn reading(&mut self, wanted: WantedLists<'_>, in_part: bool) -> Result<bool, Interruption> {
        let said = self.waits.count();
        let mut left = usize::MAX;
        self.given_up.clear();
        loop {
            let interests: Vec<Interest> =
                self.engine.accounts().iter().flat_map(|a| self.missing(a, wanted(a))).collect();
            if interests.len() != left {
                left = interests.len();
                self.wait_anew(&interests);
            }
            self.open = interests.iter().map(|interest| interest.account.clone()).collect();
            self.take(engine::Msg::Interests(interests));
            if left == 0 {
                return Ok(true);
            }
            if in_part && self.waits.count() > said && self.open.len() < self.engine.accounts().len() {
                return Ok(false);
            }
            if let Err(broken) = self.turn().await {
                self.give_up();
                return Err(broken);
            }
            self.lose_patience();
        }
    }

    /// Patience begins again: something came in, or something else is wanted.
    fn wait_anew(&mut self, interests: &[Interest]) {
        self.started_at = clock::now().tick;
        for account in self.engine.accounts() {
            let name = &account.account.name;
            let missing = interests.iter().filter(|interest| interest.account == *name).count();
            if self.before.get(name).is_none_or(|(before, _)| *before != missing) {
                self.before.insert(name.clone(), (missing, account.refusals()));
            }
        }
    }

    /// Gives up those of the open accounts that may not ask again before long, or were refused too often.
    fn lose_patience(&mut self) {
        let now = clock::now();
        let patient = PATIENCE.saturating_sub(now.tick.since(self.started_at));
        for account in self.engine.accounts().iter().filter(|a| self.open.contains(&a.account.name)) {
            let before = self.before.get(&account.account.name).map_or(0, |(_, refusals)| *refusals);
            let tries = account.refusals().saturating_sub(before);
            let fault = match account.held_up(&now) {
                Some(HeldUp::ByProvider { until }) if tries >= TRIES || until.since(now.wall) >= patient => {
                    Fault::Quota { until: Some(until) }
                }
                Some(HeldUp::ByBudget { until }) if until.since(now.wall) >= patient => Fault::OverBudget { until },
                _ => continue,
            };
            self.given_up.insert(account.account.name.clone(), fault);
        }
    }

    /// Nobody waits for the open accounts any more.
    fn give_up(&mut self) {
        let now = clock::now();
        for account in self.engine.accounts().iter().filter(|a| self.open.contains(&a.account.name)) {
            let name = &account.account.name;
            let fault = match account.held_up(&now) {
                Some(HeldUp::BySecret { from }) => Fault::SecretAwaited { from },
                Some(HeldUp::ByProvider { until }) => Fault::Quota { until: Some(until) },
                Some(HeldUp::ByBudget { until }) => Fault::OverBudget { until },
                Some(HeldUp::ByAnswer { .. }) | None => Fault::TimedOut { host: "the provider".to_owned() },
            };
            self.given_up.insert(name.clone(), fault);
        }
    }

    fn missing(&self, account: &AccountState, wanted: Vec<ListKey>) -> Vec<Interest> {
        if self.login_fault(account).is_some() || self.given_up.contains_key(&account.account.name) {
            return Vec::new();
        }
        let interests = wanted.into_iter().filter(|list| {
            let remote = account.inventory.lists.get(list);
            let read = remote.is_some_and(|r| r.started_at.is_some());
            !read && remote.and_then(|r| final_fault(r.fault.as_ref())).is_none()
        });
        let name = &account.account.name;
        interests.map(|list| Interest { account: name.clone(), list, priority: Priority::Focus }).collect()
    }

    fn login_fault<'a>(&self, account: &'a AccountState) -> Option<&'a Fault> {
        match &account.login {
            LoginState::Failed(fault, _) if self.given_up.contains_key(&account.account.name) => Some(fault),
            LoginState::Failed(fault, _) => final_fault(Some(fault)),
            _ => None,
        }
    }

    /// Why a list could not be read, where it could not.
    #[must_use]
    pub fn fault(&self, account: &AccountName, list: &ListKey) -> Option<Fault> {
        let account = self.engine.account(account)?;
        let own = || account.inventory.lists.get(list)?.fault.as_ref();
        let given_up = || self.given_up.get(&account.account.name);
        self.login_fault(account).or_else(own).or_else(given_up).cloned()
    }

    /// Reads what is wanted, all of it.
    ///
    /// # Errors
    /// It was interrupted, or what could not be read.
    pub async fn need(&mut self, wanted: WantedLists<'_>) -> Result<(), SessionError> {
        self.read(wanted).await.map_err(SessionError::Interrupted)?;
        let faults = self.faults(wanted);
        if faults.is_empty() { Ok(()) } else { Err(SessionError::Faults(faults)) }
    }

    /// Reads a list that may have been read long ago, until it is read or could not be.
    ///
    /// # Errors
    /// It was interrupted, or took too long.
    pub(super) async fn read_anew(&mut self, account: &AccountName, list: &ListKey) -> Result<(), Interruption> {
        let after = clock::now().tick;
        let is_new = |this: &Self| {
            let Some(account) = this.engine.account(account) else { return true };
            if this.login_fault(account).is_some() || this.given_up.contains_key(&account.account.name) {
                return true;
            }
            let Some(remote) = account.inventory.lists.get(list) else { return false };
            let failed = remote.failed.is_some_and(|at| at >= after) && final_fault(remote.fault.as_ref()).is_some();
            failed || remote.started_at.is_some_and(|at| at >= after)
        };
        let interest = Interest { account: account.clone(), list: list.clone(), priority: Priority::Focus };
        self.take(engine::Msg::Interests(vec![interest.clone()]));
        self.take(engine::Msg::Refresh(account.clone()));
        self.given_up.clear();
        self.before.clear();
        self.wait_anew(&[interest]);
        self.open = BTreeSet::from([account.clone()]);
        while !is_new(self) {
            self.turn().await?;
            self.lose_patience();
        }
        self.take(engine::Msg::Interests(Vec::new()));
        Ok(())
    }
}

/// A provider that only wants to be left alone for a moment is asked again.
fn final_fault(fault: Option<&Fault>) -> Option<&Fault> {
    fault.filter(|fault| !matches!(fault, Fault::Quota { .. } | Fault::OverBudget { .. }))
}

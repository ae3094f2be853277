//! Everything that is known and under way.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    AccountName, JournalLine, ListKey, Monotonic, OpId, Operation, OwnAddress, Poll, ResourceRef, Safety,
};
use crate::engine::probes::Probes;
use crate::engine::watchers::Watchers;
use crate::engine::{AccountState, Env, ExternalChange, Interest, Ledger};

#[derive(Debug, Clone)]
pub struct Engine {
    pub(super) accounts: Vec<AccountState>,
    pub(super) operations: Vec<Operation>,
    pub(super) safety: Safety,
    pub(super) poll: Poll,
    pub(super) process: String,
    pub(super) asked: u64,
    pub(super) interests: Vec<Interest>,
    /// Lists that a person asked to be fresh, with the moment of asking.
    pub(super) wished: BTreeMap<(AccountName, ListKey), Monotonic>,
    pub(super) last_seen: Option<Env>,
    pub(super) ledger: Ledger,
    /// What this process wrote about what is protected, as long as it was not read back.
    pub(super) unseen: Vec<JournalLine>,
    /// What was begun elsewhere, oldest first.
    pub(super) external_changes: Vec<ExternalChange>,
    pub(super) watched: BTreeSet<ResourceRef>,
    /// The addresses that the person comes from, as far as they are known.
    pub(super) own: Vec<OwnAddress>,
    pub(super) probes: Probes,
    pub(super) guards: Watchers,
}

impl Engine {
    /// An engine without accounts. `process` tells this run apart from others that write the same journal.
    #[must_use]
    pub const fn new(process: String, safety: Safety, poll: Poll) -> Self {
        Self {
            accounts: Vec::new(),
            operations: Vec::new(),
            safety,
            poll,
            process,
            asked: 0,
            interests: Vec::new(),
            wished: BTreeMap::new(),
            last_seen: None,
            ledger: Ledger::new(),
            unseen: Vec::new(),
            external_changes: Vec::new(),
            watched: BTreeSet::new(),
            own: Vec::new(),
            probes: Probes::new(),
            guards: Watchers::new(),
        }
    }

    /// All accounts, in the order of the configuration.
    #[must_use]
    pub fn accounts(&self) -> &[AccountState] {
        &self.accounts
    }

    #[must_use]
    pub fn account(&self, name: &AccountName) -> Option<&AccountState> {
        self.accounts.iter().find(|a| a.account.name == *name)
    }

    pub(crate) fn account_mut(&mut self, name: &AccountName) -> Option<&mut AccountState> {
        self.accounts.iter_mut().find(|a| a.account.name == *name)
    }

    /// Whether anything is wanted of an account now: to be seen, to be carried on, or to be watched.
    #[must_use]
    pub fn works_for(&self, account: &AccountName) -> bool {
        self.interests.iter().any(|l| l.account == *account)
            || self.ours().any(|o| o.account == *account && !o.is_over())
            || self.wished.keys().any(|(owner, _)| owner == account)
            || self.watched.iter().any(|w| w.account == *account)
    }

    /// All operations of this run, oldest first.
    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The operations that this process carries on.
    pub(crate) fn ours(&self) -> impl Iterator<Item = &Operation> {
        self.operations.iter().filter(|o| o.owner == self.process)
    }

    /// Whether this process carries an operation on; another does, where not.
    #[must_use]
    pub fn is_ours(&self, op: &Operation) -> bool {
        op.owner == self.process
    }

    #[must_use]
    pub fn operation(&self, id: &OpId) -> Option<&Operation> {
        self.operations.iter().find(|o| o.id == *id)
    }

    /// The addresses that the person comes from, as far as they are known.
    #[must_use]
    pub fn own(&self) -> &[OwnAddress] {
        &self.own
    }

    /// Takes in own addresses; those that were known in the same way before are not the person's any more.
    pub(super) fn know_own(&mut self, new: Vec<OwnAddress>) {
        let same = |a: &OwnAddress, b: &OwnAddress| std::mem::discriminant(&a.from) == std::mem::discriminant(&b.from);
        self.own.retain(|known| !new.iter().any(|new| same(known, new)));
        self.own.extend(new);
    }

    #[must_use]
    pub const fn safety(&self) -> &Safety {
        &self.safety
    }
}

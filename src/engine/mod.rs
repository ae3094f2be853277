//! What is true and what is to happen next, without a screen: the inventory of each account, what is wanted how fresh,
//! the scheduling of requests, operations and their steps.
//!
//! Pure: time comes in with [`Env`], and everything that is to be done goes out as an [`Effect`]. It knows the domain
//! and nothing else.

mod account;
mod allowed;
mod ask;
mod assigned;
mod cost;
mod durations;
mod external_change;
mod firewalls;
mod journal_replay;
pub mod known_on;
mod ledger;
mod lists;
mod lock_out;
mod msg;
mod pace;
mod probes;
mod protect;
mod reads;
mod schedule;
mod shown;
mod steps;
mod turns;
mod wants;
mod watchdog;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::domain::{
    AccountName, Fault, Line, Monotonic, OpId, OpState, Operation, OwnAddress, Poll, ResourceRef, Safety, Timestamp,
};

pub use account::{AccountState, HeldUp, Login};
pub use allowed::{allowing, remembered_rule};
pub use ask::{hindrance, refusal};
pub use cost::{AccountCost, CostOf, CostRow, Sum, cost};
pub use durations::Expected;
pub use external_change::ExternalChange;
pub use ledger::{Ledger, LedgerEntry, Phase};
pub use lock_out::{lock_out, lock_out_lists};
pub use msg::{Change, Decision, Effect, Interest, Msg, Notice, Priority};
pub use protect::ProtectedBy;
pub use shown::Meter;
pub use steps::kind_phrase;
pub use turns::Forecast;
pub use wants::CATALOGUE;
pub use watchdog::{Guarded, OfferAnswer};

/// More wall clock than this that passed unseen means that the machine slept.
const ASLEEP: Duration = Duration::from_secs(60);

/// The present moment, on both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Env {
    pub tick: Monotonic,
    pub wall: Timestamp,
}

/// Everything that is known and under way.
#[derive(Debug, Clone)]
pub struct Engine {
    accounts: Vec<AccountState>,
    operations: Vec<Operation>,
    safety: Safety,
    poll: Poll,
    process: String,
    asked: u64,
    interests: Vec<Interest>,
    /// Lists that a person asked to be fresh, with the moment of asking.
    wished: BTreeMap<(AccountName, crate::domain::ListKey), Monotonic>,
    last_seen: Option<Env>,
    ledger: Ledger,
    /// What this process wrote about what is protected, as long as it was not read back.
    unseen: Vec<Line>,
    /// What was begun elsewhere, oldest first.
    external_changes: Vec<ExternalChange>,
    watched: BTreeSet<ResourceRef>,
    /// The addresses that the person comes from, as far as they are known.
    own: Vec<OwnAddress>,
    probes: probes::Probes,
    guards: watchdog::Watchers,
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
            probes: probes::Probes::new(),
            guards: watchdog::Watchers::new(),
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
    fn know_own(&mut self, new: Vec<OwnAddress>) {
        let same = |a: &OwnAddress, b: &OwnAddress| std::mem::discriminant(&a.from) == std::mem::discriminant(&b.from);
        self.own.retain(|known| !new.iter().any(|new| same(known, new)));
        self.own.extend(new);
    }

    #[must_use]
    pub const fn safety(&self) -> &Safety {
        &self.safety
    }
}

/// Takes in what happened and says what is to be done. The only way anything changes here.
pub fn update(engine: &mut Engine, msg: Msg, env: &Env) -> Vec<Effect> {
    let mut effects = Vec::new();
    notice_sleep(engine, env);
    // What is looked at moves no operation, and it changes with every key.
    let moves = !matches!(msg, Msg::Interests(_));
    if moves {
        durations::keep_reached(engine, env);
    }
    match msg {
        Msg::Woke => {}
        Msg::AccountAdded(account) => match engine.account_mut(&account.name) {
            Some(known) => known.configure(account, env.wall),
            None => engine.accounts.push(AccountState::new(account)),
        },
        Msg::Interests(interests) => engine.interests = interests,
        Msg::SecretAwaited { account, from } => {
            if let Some(account) = engine.account_mut(&account).filter(|a| !a.under_way.is_empty()) {
                account.awaits = Some(Fault::SecretAwaited { from });
            }
        }
        Msg::LoggedIn { account, result, budget } => reads::logged_in(engine, &account, result, budget, env),
        Msg::Read { account, list, started_at, result, budget } => {
            reads::read(engine, &account, &list, started_at, result, budget, env, &mut effects);
            watchdog::cover(engine);
        }
        Msg::Answered { op, step, attempt, answer, budget } => {
            steps::answered(engine, &op, step, attempt, answer, budget, env, &mut effects);
        }
        Msg::Kept { account, list, collection, read_at } => {
            reads::kept(engine, &account, list, collection, read_at);
            watchdog::cover(engine);
        }
        Msg::Ask(actions) => ask::ask(engine, actions, true, None, env, &mut effects),
        Msg::AskShown(actions) => {
            let known = engine.operations.len();
            ask::ask(engine, actions, true, None, env, &mut effects);
            // No read is too old for it that is not too old for any check.
            engine.operations.iter_mut().skip(known).for_each(|op| op.read_after = Monotonic(0));
        }
        Msg::AskMany { actions, together } => ask::ask(engine, actions, together, None, env, &mut effects),
        Msg::TakeBack(op) => ask::take_back(engine, &op, false, env, &mut effects),
        Msg::Leave(op) => ask::take_back(engine, &op, true, env, &mut effects),
        Msg::Decide(op, decision) => ask::decide(engine, &op, decision, env, &mut effects),
        Msg::Refresh(account) => reads::refresh(engine, &account, env, &mut effects),
        Msg::Watch(resource, wanted) => external_change::watch(engine, resource, wanted),
        Msg::Protect { resource, name, on } => protect::protect(engine, resource, name, on, &mut effects),
        Msg::CancelCountdowns => ask::cancel_countdowns(engine, env, &mut effects),
        Msg::OwnAddress(new) => engine.know_own(new),
        Msg::Journal(lines) => {
            journal_replay::read_journal(engine, &lines, env, &mut effects);
            engine.guards.remember();
        }
        Msg::Watchdogs(settings) => {
            engine.guards.configure(settings);
            watchdog::cover(engine);
        }
        Msg::Probed { of, probe, started_at, result } => {
            let ok = result.is_ok();
            if engine.probes.ended(&of, &probe, started_at, result) {
                effects.extend(watchdog::heard(engine, &of, &probe, started_at, ok).map(Effect::Tell));
            }
        }
        Msg::Offered(of, answer) => watchdog::answered(engine, &of, answer, env, &mut effects),
    }
    if moves {
        watchdog::look(engine, env, &mut effects);
        steps::advance_all(engine, env, &mut effects);
        // The end of one is the turn of the next.
        while turns::pass(engine, env, &mut effects) {
            steps::advance_all(engine, env, &mut effects);
        }
        durations::learn(engine, &effects);
    }
    schedule::schedule(engine, env, &mut effects);
    journal_replay::note_written(engine, &effects, env);
    effects
}

/// After a sleep a countdown begins again: nobody was there to take it back; and what would still be sent asks first. A
/// sleep shows by the wall clock, and where
/// both clocks went on without us, by a countdown whose end is long past.
fn notice_sleep(engine: &mut Engine, env: &Env) {
    let unseen = engine
        .last_seen
        .map_or(Duration::ZERO, |last| env.wall.since(last.wall).saturating_sub(env.tick.since(last.tick)));
    let grace = engine.safety.grace;
    let slept = unseen > ASLEEP;
    for op in engine.operations.iter_mut().filter(|o| !o.is_over()) {
        // A countdown begins again and is there to be taken back: that is its question.
        if slept && op.asks_since.is_none() && !matches!(op.state, OpState::Countdown { .. }) {
            op.asks_since = Some(env.wall - unseen);
        }
        if let OpState::Countdown { until } = &mut op.state
            && (slept || env.tick.since(*until) > ASLEEP)
        {
            *until = env.tick + grace;
            op.read_after = env.tick;
        }
    }
    if slept {
        engine.guards.forget();
    }
    engine.last_seen = Some(*env);
}

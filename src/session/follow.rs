//! The engine without a screen: follows operations until they end, and carries on what is left undone where that is
//! wanted. Nothing is printed here: each change of state is told to whoever called, and so is what asks first.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::time::Duration;

use crate::domain::{Account, AccountName, Fault, Halt, OpId, OpState, Operation, Phrase, text};
use crate::engine::{self, Decision, Effect, Engine, Interest, Priority};
use crate::runtime::document::Carrier;
use crate::runtime::driver::Driver;
use crate::runtime::event::Event;
use crate::runtime::journal::{self, Journal, JournalFile};
use crate::runtime::journal_watch::JournalWatch;
use crate::runtime::tasks::Tasks;
use crate::runtime::{clock, own_address};
use crate::session::error::Interruption;
use crate::session::prepared;
use crate::session::remaining::RemainingSteps;
use crate::session::report::{OperationReport, at_step, how, name, present_step};
use crate::session::target::{TargetName, candidate};
use crate::session::waits::Waits;
use crate::settings::{Environment, Settings};

/// So often it is looked whether those that carry something on still live, where nothing is sent from here.
const STILL_THERE: Duration = Duration::from_secs(2);

#[derive(Debug, Clone, Default)]
pub struct FollowOptions {
    /// Only the operations of this: `ACCOUNT/NAME`, `ACCOUNT/ID`, a name, an id, or an operation's id.
    pub target: Option<String>,
    /// Takes over what processes that are gone left, and sends what is still to be sent where a person says so.
    pub go_on: bool,
    /// Whether anybody can say so: else what would be asked is not looked into.
    pub can_ask: bool,
    /// Whether every account is read-only.
    pub read_only: bool,
}

#[derive(Debug)]
pub enum FollowEvent {
    /// Something is still to be sent: whether it is, [`Follower::answer`] says.
    Asks(Box<RemainingSteps>),
    Over(FollowSummary),
}

#[derive(Debug)]
pub struct FollowSummary {
    /// What was followed, as it stands now, oldest first.
    pub operations: Vec<OperationReport>,
    pub interrupted: bool,
    pub resting: Vec<(AccountName, Fault)>,
    /// Where the target means several: these.
    pub ambiguous: Vec<String>,
    pub is_known: bool,
}

pub struct Follower<'a> {
    engine: Engine,
    driver: Driver<Infallible>,
    env: &'a Environment,
    follow: FollowOptions,
    interrupted: bool,
    /// What was told last of each operation that is followed.
    told: BTreeMap<OpId, Phrase>,
    /// Those of which a person said that nothing more is sent now.
    refused: BTreeSet<OpId>,
    read: bool,
    waits: Waits,
}

impl<'a> Follower<'a> {
    /// Begins to follow. `waits` gets what is waited for, once that takes long.
    ///
    /// # Errors
    /// What stands in the way, for people.
    pub fn open(
        env: &'a Environment,
        settings: &Settings,
        follow: FollowOptions,
        waits: impl FnMut(&Phrase) + Send + 'static,
    ) -> Result<Self, Phrase> {
        let file = JournalFile::below(&env.state_dir);
        let mut tasks = Tasks::new(Journal::file(file.clone()), None);
        let mut accounts: Vec<Account> = Vec::new();
        for account in &settings.accounts {
            if follow.go_on {
                tasks.open(&account.name, account.open(env)?);
            }
            accounts.push(account.account(follow.read_only));
        }
        let writable = accounts.iter().filter(|a| !a.read_only).map(|a| a.name.clone()).collect();
        let journal_watch = JournalWatch::new(&env.state_dir, file, writable, !follow.go_on);
        if follow.go_on && !journal_watch.takes_over() {
            return Err(text::journal::no_take_over(env.state_dir.display().to_string()));
        }
        let engine = Engine::new(clock::process(), settings.safety.clone(), settings.poll);
        let mut this = Self {
            engine,
            driver: Driver::interruptible(tasks).map_err(|error| error.to_string())?,
            env,
            follow,
            interrupted: false,
            told: BTreeMap::new(),
            refused: BTreeSet::new(),
            read: false,
            waits: Waits::new(waits),
        };
        for account in accounts {
            this.take(engine::Msg::AccountAdded(account));
        }
        let own = own_address::from_environment(env);
        own.into_iter().for_each(|own| this.take(engine::Msg::OwnAddress(vec![own])));
        journal_watch.watch(this.driver.to.clone());
        Ok(this)
    }

    /// Follows until everything ended, something asks, or a person interrupts. `tell` gets what an operation is called
    /// and how it stands, each time that changes.
    pub async fn next(&mut self, tell: &mut (dyn FnMut(&str, &Phrase) + Send)) -> FollowEvent {
        loop {
            let look = self.waits.look(&self.engine, &clock::now()).unwrap_or(STILL_THERE).min(STILL_THERE);
            match self.driver.next(look).await {
                Event::Signal(_) => self.interrupted = true,
                Event::Engine(msg) => {
                    self.read |= matches!(*msg, engine::Msg::Journal(_));
                    self.take(*msg);
                }
                // The journal cannot be read, or not all of it.
                Event::Failed(what) => tell("vpsdeck", &what),
                Event::Own(never) => match never {},
            }
            self.tell_changes(tell);
            let ambiguous = self.ambiguous();
            let resting = self.resting();
            if self.interrupted || !ambiguous.is_empty() || !resting.is_empty() {
                return FollowEvent::Over(self.end(resting, ambiguous));
            }
            match self.asking() {
                Some(rest) => return FollowEvent::Asks(Box::new(rest)),
                None if self.read && self.is_over() => return FollowEvent::Over(self.end(resting, ambiguous)),
                None => {}
            }
        }
    }

    fn end(&mut self, resting: Vec<(AccountName, Fault)>, ambiguous: Vec<String>) -> FollowSummary {
        self.driver.tasks.flush();
        let is_known = self.follow.target.is_none() || self.engine.operations().iter().any(|op| self.is_meant(op));
        FollowSummary { operations: self.stand(), interrupted: self.interrupted, resting, ambiguous, is_known }
    }

    /// Asks a person, which blocks, and can be interrupted all the same.
    ///
    /// # Errors
    /// It was interrupted.
    pub async fn ask<T: Send + 'static>(
        &mut self,
        question: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Interruption> {
        let answer = self.driver.ask(question).await;
        self.interrupted |= answer.is_none();
        answer.ok_or(Interruption::Interrupted)
    }

    /// Whether what is left of an operation is sent.
    pub fn answer(&mut self, rest: &RemainingSteps, send: bool, tell: &mut (dyn FnMut(&str, &Phrase) + Send)) {
        let op = &rest.operation;
        if !send {
            self.refused.insert(op.id.clone());
            return;
        }
        tell(&name(op), &at_step(|at, of, what| text::watch::goes_on(at, of, what, rest.age), op));
        // The same step again, without the age, would be said twice.
        self.told.insert(op.id.clone(), present_step(op));
        self.take(engine::Msg::Decide(op.id.clone(), Decision::SendAgain));
    }

    /// Whether something waits for a word of whoever is followed for.
    fn asks(&self, op: &Operation) -> bool {
        let halted = matches!(op.state, OpState::Halted(Halt::StillWanted)) && self.engine.is_ours(op);
        halted && self.follow.go_on && self.is_meant(op) && !self.refused.contains(&op.id)
    }

    /// The oldest that waits for a word, once what tells how it is confirmed was read.
    fn asking(&mut self) -> Option<RemainingSteps> {
        let op = self.engine.operations().iter().find(|op| self.asks(op))?.clone();
        if self.follow.can_ask {
            let interest = |list| Interest { account: op.account.clone(), list, priority: Priority::Focus };
            let interests: Vec<Interest> =
                prepared::unread(&self.engine, &op.action).into_iter().map(interest).collect();
            let is_read = interests.is_empty();
            self.take(engine::Msg::Interests(interests));
            if !is_read {
                return None;
            }
        }
        Some(RemainingSteps::new(&self.engine, &op, &clock::now()))
    }

    fn take(&mut self, msg: engine::Msg) {
        for effect in engine::update(&mut self.engine, msg, &clock::now()) {
            match effect {
                Effect::Tell(_) => {}
                effect @ Effect::WakeAt(_) => self.driver.carry_out(effect),
                // Nothing leaves where it is only looked.
                effect if self.follow.go_on => self.driver.carry_out(effect),
                _ => {}
            }
        }
    }

    fn is_meant(&self, op: &Operation) -> bool {
        let Some(target) = self.follow.target.as_deref() else { return true };
        op.id.as_str() == target || !named(op, target).is_empty()
    }

    /// The operations that are followed: those under way when it began, or begun since.
    fn followed(&self) -> impl Iterator<Item = &Operation> {
        let told = &self.told;
        self.engine
            .operations()
            .iter()
            .filter(move |op| told.contains_key(&op.id) || (!op.is_over() && self.is_meant(op)))
    }

    /// Where a name alone stands in several accounts, or for several things, it is refused.
    fn ambiguous(&self) -> Vec<String> {
        let Some(target) = self.follow.target.as_deref().filter(|_| self.told.is_empty()) else { return Vec::new() };
        let mut meant: Vec<String> = self.followed().flat_map(|op| named(op, target)).collect();
        meant.sort();
        meant.dedup();
        if meant.len() > 1 { meant } else { Vec::new() }
    }

    fn tell_changes(&mut self, tell: &mut (dyn FnMut(&str, &Phrase) + Send)) {
        // What asks is told with its question.
        let asks = |op: &&Operation| op.state == OpState::Halted(Halt::StillWanted) && self.follow.go_on;
        let told = self.followed().filter(|op| !asks(op)).map(|op| (op.id.clone(), name(op), how(op)));
        let now: Vec<(OpId, String, Phrase)> = told.collect();
        for (id, name, how) in now {
            if self.told.get(&id) != Some(&how) {
                tell(&name, &how);
                self.told.insert(id, how);
            }
        }
    }

    fn by(&self, op: &Operation) -> Carrier {
        if self.engine.is_ours(op) {
            Carrier::Us
        } else if journal::lives(&self.env.state_dir, &op.owner) {
            Carrier::Another
        } else {
            Carrier::Nobody
        }
    }

    /// Whether nothing more will happen here.
    fn is_over(&self) -> bool {
        self.followed().all(|op| match op.state {
            OpState::Ended(_) => true,
            OpState::Halted(_) => self.by(op) != Carrier::Another && !self.asks(op),
            // What nobody carries on is taken over within seconds, where that is wanted and may be.
            _ => self.by(op) == Carrier::Nobody && !(self.follow.go_on && self.may_take_over(op)),
        })
    }

    fn may_take_over(&self, op: &Operation) -> bool {
        self.engine.account(&op.account).is_some_and(|a| !a.account.read_only)
    }

    /// Accounts that wait for a person while something of theirs is to go on.
    fn resting(&self) -> Vec<(AccountName, Fault)> {
        let rests = self.engine.accounts().iter().filter(|a| a.rests());
        let concerned = rests.filter(|a| self.followed().any(|op| op.account == a.account.name && !op.is_over()));
        concerned.filter_map(|a| Some((a.account.name.clone(), a.fault()?.clone()))).collect()
    }

    fn stand(&self) -> Vec<OperationReport> {
        self.followed().map(|op| OperationReport::new(op, self.by(op), &self.engine)).collect()
    }
}

/// The things of an operation that a target names, as `ACCOUNT/NAME (ID)`.
fn named(op: &Operation, target: &str) -> Vec<String> {
    let wanted = TargetName::new(target, |account| account == op.account.as_str());
    // What it is about; a snapshot's machine counts as well.
    op.action.targets().into_iter().filter(|t| wanted.is(t.id(), &t.name)).map(candidate).collect()
}

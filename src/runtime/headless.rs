//! The engine without a screen: follows operations until they end, and carries on what is left undone where that is
//! wanted. Nothing is printed here: each change of state is told to whoever called, and so is what asks first.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::document::document;
use super::journal::{self, Journal, JournalFile};
use super::journal_watch::JournalWatch;
use super::run::Happened;
use super::session::Broken;
use super::target::{Named, candidate};
use super::tasks::Tasks;
use super::waits::Waits;
use super::{clock, given, log, own_address};
use crate::app;
use crate::cli;
use crate::domain::{Account, AccountName, Fault, Halt, Monotonic, OpId, OpResult, OpState, Operation, Phrase};
use crate::engine::{self, Decision, Effect, Engine, Env, Interest, Priority};
use crate::proposal::confirmation::typed_from;
use crate::proposal::step_words::step_phrase;
use crate::settings::{Environment, Settings};

/// So often it is looked whether those that carry something on still live, where nothing is sent from here.
const STILL_THERE: Duration = Duration::from_secs(2);

#[derive(Debug, Clone, Default)]
pub struct Follow {
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
pub enum Next {
    /// Something is still to be sent: whether it is, [`Following::answer`] says.
    Asks(Box<Rest>),
    Over(Followed),
}

/// What is left of an operation, and how it is confirmed.
#[derive(Debug)]
pub struct Rest {
    pub operation: Operation,
    /// How long ago a person last said that it is to be sent.
    pub age: Duration,
    /// The requests that are still to be sent, each with the number of its step.
    pub calls: Vec<(usize, Phrase)>,
    /// What must be typed, one of these; `None` where a yes is enough.
    pub typed: Option<Vec<String>>,
}

impl Rest {
    /// The steps of an operation from this one on, from what is known now.
    pub(super) fn from(engine: &Engine, op: &Operation, step: usize, now: &Env) -> Self {
        let calls = op.calls_from(step).filter_map(|(n, _)| Some((n + 1, step_phrase(op.steps.get(n)?, &op.action))));
        Self {
            age: now.wall.since(op.wanted_at),
            calls: calls.collect(),
            typed: typed_from(engine, op, step, now),
            operation: op.clone(),
        }
    }
}

#[derive(Debug)]
pub struct Followed {
    /// What was followed, as it stands now, oldest first.
    pub operations: Vec<Stands>,
    pub interrupted: bool,
    pub resting: Vec<(AccountName, Fault)>,
    /// Where the target means several: these.
    pub ambiguous: Vec<String>,
    pub is_known: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Stands {
    pub operation: Operation,
    pub step: Phrase,
    pub by: By,
    /// The operation as JSON, without any secret.
    pub document: serde_json::Value,
}

impl Stands {
    pub(super) fn of(op: &Operation, by: By, engine: &Engine) -> Self {
        Self { operation: op.clone(), step: at_step("watch.step", op), by, document: document(op, by, engine) }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Us,
    Another,
    Nobody,
}

#[allow(missing_debug_implementations, reason = "it holds channels")]
pub struct Following<'a> {
    engine: Engine,
    tasks: Tasks,
    env: &'a Environment,
    follow: Follow,
    to: UnboundedSender<Happened>,
    happens: UnboundedReceiver<Happened>,
    interrupt: Signal,
    terminate: Signal,
    interrupted: bool,
    wake: Option<Monotonic>,
    /// What was told last of each operation that is followed.
    told: BTreeMap<OpId, Phrase>,
    /// Those of which a person said that nothing more is sent now.
    refused: BTreeSet<OpId>,
    read: bool,
    said: Vec<Phrase>,
    waits: Waits,
}

impl<'a> Following<'a> {
    /// Begins to follow. `waits` gets what is waited for, once that takes long.
    ///
    /// # Errors
    /// What stands in the way, for people.
    pub fn open(
        env: &'a Environment,
        settings: &Settings,
        follow: Follow,
        waits: impl FnMut(&Phrase) + Send + 'static,
    ) -> Result<Self, String> {
        log::start(env, |error| cli::warn(&log::not_written(error)));
        let said = |error: std::io::Error| error.to_string();
        let (to, happens) = unbounded_channel();
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
            return Err(format!("{} cannot be written, so nothing can be taken over", env.state_dir.display()));
        }
        let engine = Engine::new(clock::process(), settings.safety.clone(), settings.poll);
        let mut this = Self {
            engine,
            tasks,
            env,
            follow,
            to,
            happens,
            interrupt: signal(SignalKind::interrupt()).map_err(said)?,
            terminate: signal(SignalKind::terminate()).map_err(said)?,
            interrupted: false,
            wake: None,
            told: BTreeMap::new(),
            refused: BTreeSet::new(),
            read: false,
            said: Vec::new(),
            waits: Waits::new(waits),
        };
        for account in accounts {
            this.take(engine::Msg::AccountAdded(account));
        }
        let own = own_address::from_environment(env);
        own.into_iter().for_each(|own| this.take(engine::Msg::OwnAddress(vec![own])));
        journal_watch.watch(this.to.clone());
        Ok(this)
    }

    /// Follows until everything ended, something asks, or a person interrupts. `tell` gets what an operation is called
    /// and how it stands, each time that changes.
    pub async fn next(&mut self, tell: &mut (dyn FnMut(&str, &Phrase) + Send)) -> Next {
        loop {
            let look = self.waits.look(&self.engine, &clock::now()).unwrap_or(STILL_THERE).min(STILL_THERE);
            let until = self.wake.map_or(look, |at| clock::until(at).min(look));
            tokio::select! {
                biased;
                _ = self.interrupt.recv() => self.interrupted = true,
                _ = self.terminate.recv() => self.interrupted = true,
                Some(happened) = self.happens.recv() => self.happened(happened),
                () = tokio::time::sleep(until) => {
                    self.wake = None;
                    self.take(engine::Msg::Woke);
                }
            }
            self.said.drain(..).for_each(|what| tell("vpsdeck", &what));
            self.tell_changes(tell);
            let ambiguous = self.ambiguous();
            let resting = self.resting();
            if self.interrupted || !ambiguous.is_empty() || !resting.is_empty() {
                return Next::Over(self.end(resting, ambiguous));
            }
            match self.asking() {
                Some(rest) => return Next::Asks(Box::new(rest)),
                None if self.read && self.is_over() => return Next::Over(self.end(resting, ambiguous)),
                None => {}
            }
        }
    }

    fn end(&mut self, resting: Vec<(AccountName, Fault)>, ambiguous: Vec<String>) -> Followed {
        self.tasks.flush();
        let is_known = self.follow.target.is_none() || self.engine.operations().iter().any(|op| self.is_meant(op));
        Followed { operations: self.stand(), interrupted: self.interrupted, resting, ambiguous, is_known }
    }

    /// Asks a person, which blocks, and can be interrupted all the same.
    ///
    /// # Errors
    /// It was interrupted.
    pub async fn ask<T: Send + 'static>(&mut self, question: impl FnOnce() -> T + Send + 'static) -> Result<T, Broken> {
        let asked = tokio::task::spawn_blocking(question);
        let answer = tokio::select! {
            biased;
            _ = self.interrupt.recv() => None,
            _ = self.terminate.recv() => None,
            answer = asked => answer.ok(),
        };
        self.interrupted |= answer.is_none();
        answer.ok_or(Broken::Interrupted)
    }

    /// Whether what is left of an operation is sent.
    pub fn answer(&mut self, rest: &Rest, send: bool, tell: &mut (dyn FnMut(&str, &Phrase) + Send)) {
        let op = &rest.operation;
        if !send {
            self.refused.insert(op.id.clone());
            return;
        }
        tell(&name(op), &at_step("watch.goes-on", op).with("age", rest.age));
        // The same step again, without the age, would be said twice.
        self.told.insert(op.id.clone(), at_step("watch.step", op));
        self.take(engine::Msg::Decide(op.id.clone(), Decision::SendAgain));
    }

    /// Whether something waits for a word of whoever is followed for.
    fn asks(&self, op: &Operation) -> bool {
        let halted = matches!(op.state, OpState::Halted(Halt::StillWanted)) && self.engine.is_ours(op);
        halted && self.follow.go_on && self.is_meant(op) && !self.refused.contains(&op.id)
    }

    /// The oldest that waits for a word, once what tells how it is confirmed was read.
    fn asking(&mut self) -> Option<Rest> {
        let op = self.engine.operations().iter().find(|op| self.asks(op))?.clone();
        if self.follow.can_ask {
            let look = |list| Interest { account: op.account.clone(), list, priority: Priority::Focus };
            let interests: Vec<Interest> = given::unread(&self.engine, &op.action).into_iter().map(look).collect();
            let is_read = interests.is_empty();
            self.take(engine::Msg::Interests(interests));
            if !is_read {
                return None;
            }
        }
        Some(Rest::from(&self.engine, &op, op.at, &clock::now()))
    }

    fn happened(&mut self, happened: Happened) {
        match happened {
            Happened::App(app::Msg::Engine(msg)) => {
                self.read |= matches!(*msg, engine::Msg::Journal(_));
                self.take(*msg);
            }
            // The journal cannot be read, or not all of it.
            Happened::App(app::Msg::Tell { what, .. }) => self.said.push(what),
            _ => {}
        }
    }

    fn take(&mut self, msg: engine::Msg) {
        for effect in engine::update(&mut self.engine, msg, &clock::now()) {
            match effect {
                Effect::WakeAt(at) => self.wake = Some(at),
                Effect::Tell(_) => {}
                // Nothing leaves where it is only looked.
                effect if self.follow.go_on => self.tasks.carry_out(effect, &self.to),
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

    fn by(&self, op: &Operation) -> By {
        if self.engine.is_ours(op) {
            By::Us
        } else if journal::lives(&self.env.state_dir, &op.owner) {
            By::Another
        } else {
            By::Nobody
        }
    }

    /// Whether nothing more will happen here.
    fn is_over(&self) -> bool {
        self.followed().all(|op| match op.state {
            OpState::Ended(_) => true,
            OpState::Halted(_) => self.by(op) != By::Another && !self.asks(op),
            // What nobody carries on is taken over within seconds, where that is wanted and may be.
            _ => self.by(op) == By::Nobody && !(self.follow.go_on && self.may_take_over(op)),
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

    fn stand(&self) -> Vec<Stands> {
        self.followed().map(|op| Stands::of(op, self.by(op), &self.engine)).collect()
    }
}

/// The things of an operation that a target names, as `ACCOUNT/NAME (ID)`.
fn named(op: &Operation, target: &str) -> Vec<String> {
    let wanted = Named::new(target, |account| account == op.account.as_str());
    // What it is about; a snapshot's machine counts as well.
    op.action.targets().into_iter().filter(|t| wanted.is(t.id(), &t.name)).map(candidate).collect()
}

/// What an operation is called: `restore web-01`.
#[must_use]
pub fn name(op: &Operation) -> String {
    use crate::domain::Kind;
    let targets = op.action.targets();
    // Of what is about a machine and something else, the machine.
    let is_about = op.action.subject().resource.kind != Kind::Firewall;
    let instance = targets.iter().find(|t| is_about && t.resource.kind == Kind::Instance);
    let subject = instance.map_or_else(|| op.action.subject().name.as_str(), |t| t.name.as_str());
    format!("{} {subject}", op.action.verb().name())
}

pub(super) fn at_step(key: &'static str, op: &Operation) -> Phrase {
    let at = op.at.min(op.steps.len().saturating_sub(1));
    let what = op.steps.get(at).map_or_else(|| Phrase::new("watch.left-unknown"), |s| step_phrase(s, &op.action));
    Phrase::new(key).with("at", at + 1).with("of", op.steps.len()).with("what", what)
}

#[must_use]
pub fn how(op: &Operation) -> Phrase {
    match &op.state {
        OpState::Queued { why: Some(_), .. } => at_step("watch.refused-now", op),
        OpState::OutcomeUnknown => at_step("watch.unsure", op),
        OpState::Halted(Halt::StillWanted) => at_step("watch.left", op).with("age", clock::wall().since(op.wanted_at)),
        OpState::Halted(_) => at_step("watch.unknown", op),
        OpState::Ended(OpResult::Done) => Phrase::new("watch.done").with("took", op.took.unwrap_or_default()),
        OpState::Ended(OpResult::Failed { what, .. }) => Phrase::new("watch.failed").with("why", what.clone()),
        OpState::Ended(OpResult::Cancelled { why }) => Phrase::new("watch.cancelled").with("why", why.clone()),
        OpState::Ended(OpResult::Unknown) => Phrase::new("watch.left-unknown"),
        _ => at_step("watch.step", op),
    }
}

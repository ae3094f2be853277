//! The engine without a screen: follows operations until they end, and carries on what is left undone where that is
//! wanted. Nothing is printed here: each change of state is told to whoever called.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::document::document;
use super::journal::{self, Journal, JournalFile};
use super::memory::Memory;
use super::run::Happened;
use super::target::{Named, candidate};
use super::tasks::Tasks;
use super::{clock, log};
use crate::app;
use crate::app::step_words::step_phrase;
use crate::cli;
use crate::domain::{Account, AccountName, Fault, Halt, OpId, OpResult, OpState, Operation, Phrase, Tick};
use crate::engine::{self, Decision, Effect, Engine};
use crate::settings::{Environment, Settings};

/// So often it is looked whether those that carry something on still live, where nothing is sent from here.
const STILL_THERE: Duration = Duration::from_secs(2);

/// What is to be followed.
#[derive(Debug, Clone, Default)]
pub struct Follow {
    /// Only the operations of this: `ACCOUNT/NAME`, `ACCOUNT/ID`, a name, an id, or an operation's id.
    pub target: Option<String>,
    /// Takes over what processes that are gone left, and sends what is still to be sent.
    pub go_on: bool,
    /// Whether every account is read-only.
    pub read_only: bool,
}

/// How following ended.
#[derive(Debug)]
pub struct Followed {
    /// What was followed, as it stands now, oldest first.
    pub operations: Vec<Stands>,
    /// A person interrupted it.
    pub interrupted: bool,
    /// Accounts that wait for a person, and why.
    pub resting: Vec<(AccountName, Fault)>,
    /// Where the target means several: these.
    pub ambiguous: Vec<String>,
}

/// How one operation stands in the end.
#[derive(Debug)]
pub struct Stands {
    /// The operation.
    pub operation: Operation,
    /// The step it stands at, in words.
    pub step: Phrase,
    /// Who carries it on.
    pub by: By,
    /// The operation as JSON, without any secret.
    pub document: serde_json::Value,
}

impl Stands {
    pub(super) fn of(op: &Operation, by: By, engine: &Engine) -> Self {
        Self { operation: op.clone(), step: at_step("watch.step", op), by, document: document(op, engine) }
    }
}

/// Who carries an operation on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// This process.
    Us,
    /// Another one that lives.
    Another,
    /// Nobody.
    Nobody,
}

struct Following<'a> {
    engine: Engine,
    tasks: Tasks,
    env: &'a Environment,
    follow: &'a Follow,
    to: UnboundedSender<Happened>,
    wake: Option<Tick>,
    /// What was told last of each operation that is followed.
    told: BTreeMap<OpId, Phrase>,
    /// The journal was read.
    read: bool,
    tell: &'a mut dyn FnMut(&str, &Phrase),
}

/// Follows operations until they end, or until a person interrupts. `tell` gets what an operation is called and how it
/// stands, each time that changes.
///
/// # Errors
/// What stands in the way, for people.
pub async fn follow(
    env: &Environment,
    settings: &Settings,
    follow: &Follow,
    tell: &mut dyn FnMut(&str, &Phrase),
) -> Result<Followed, String> {
    log::start(env, |error| cli::warn(&log::not_written(error)));
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
    let memory = Memory::new(&env.state_dir, file, writable, !follow.go_on);
    if follow.go_on && !memory.takes_over() {
        return Err(format!("{} cannot be written, so nothing can be taken over", env.state_dir.display()));
    }
    let engine = Engine::new(clock::process(), settings.safety.clone(), settings.poll);
    let mut this = Following { engine, tasks, env, follow, to, wake: None, told: BTreeMap::new(), read: false, tell };
    for account in accounts {
        this.take(engine::Msg::AccountAdded(account));
    }
    memory.watch(this.to.clone());
    let followed = this.go(happens).await.map_err(|error| error.to_string());
    this.tasks.flush();
    followed
}

impl Following<'_> {
    async fn go(&mut self, mut happens: UnboundedReceiver<Happened>) -> std::io::Result<Followed> {
        let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        let mut interrupted = false;
        loop {
            let until = self.wake.map_or(STILL_THERE, |at| clock::until(at).min(STILL_THERE));
            tokio::select! {
                biased;
                _ = interrupt.recv() => interrupted = true,
                _ = terminate.recv() => interrupted = true,
                Some(happened) = happens.recv() => self.happened(happened),
                () = tokio::time::sleep(until) => {
                    self.wake = None;
                    self.take(engine::Msg::Woke);
                }
            }
            let ambiguous = self.ambiguous();
            self.confirm();
            self.tell_changes();
            let resting = self.resting();
            if interrupted || !ambiguous.is_empty() || !resting.is_empty() || (self.read && self.is_over()) {
                return Ok(Followed { operations: self.stand(), interrupted, resting, ambiguous });
            }
        }
    }

    fn happened(&mut self, happened: Happened) {
        match happened {
            Happened::App(app::Msg::Engine(msg)) => {
                self.read |= matches!(*msg, engine::Msg::Journal(_));
                self.take(*msg);
            }
            // The journal cannot be read, or not all of it.
            Happened::App(app::Msg::Tell { what, .. }) => (self.tell)("vpsdeck", &what),
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

    /// What is still to be sent is wanted: that is what `--continue` says. What is told of it is how long ago it was
    /// confirmed before.
    fn confirm(&mut self) {
        if !self.follow.go_on || !self.ambiguous().is_empty() {
            return;
        }
        let asks = |op: &&Operation| {
            self.engine.is_ours(op) && matches!(op.state, OpState::Halted(Halt::StillWanted)) && self.is_meant(op)
        };
        let waiting: Vec<Operation> = self.engine.operations().iter().filter(asks).cloned().collect();
        for op in waiting {
            let age = clock::wall().since(op.asks_since.unwrap_or(op.asked));
            let how = at_step("watch.goes-on", &op).with("age", age);
            (self.tell)(&name(&op), &how);
            // The same step again, without the age, would be said twice.
            self.told.insert(op.id.clone(), at_step("watch.step", &op));
            self.take(engine::Msg::Decide(op.id, Decision::SendAgain));
        }
    }

    fn tell_changes(&mut self) {
        let now: Vec<(OpId, String, Phrase)> = self.followed().map(|op| (op.id.clone(), name(op), how(op))).collect();
        for (id, name, how) in now {
            if self.told.get(&id) != Some(&how) {
                (self.tell)(&name, &how);
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
            OpState::Halted(_) => self.by(op) != By::Another,
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
        let stands = |op: &Operation| Stands::of(op, self.by(op), &self.engine);
        self.followed().map(stands).collect()
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

/// How an operation stands.
pub(super) fn how(op: &Operation) -> Phrase {
    match &op.state {
        OpState::Queued { why: Some(_), .. } => at_step("watch.refused-now", op),
        OpState::Unsure => at_step("watch.unsure", op),
        OpState::Halted(Halt::StillWanted) => {
            at_step("watch.left", op).with("age", clock::wall().since(op.asks_since.unwrap_or(op.asked)))
        }
        OpState::Halted(_) => at_step("watch.unknown", op),
        OpState::Ended(OpResult::Done) => Phrase::new("watch.done").with("took", op.took.unwrap_or_default()),
        OpState::Ended(OpResult::Failed { what, .. }) => Phrase::new("watch.failed").with("why", what.clone()),
        OpState::Ended(OpResult::Cancelled { why }) => Phrase::new("watch.cancelled").with("why", why.clone()),
        OpState::Ended(OpResult::Unknown) => Phrase::new("watch.left-unknown"),
        _ => at_step("watch.step", op),
    }
}

//! The engine for one command: reads what the command needs to know, once, and carries out what it asks for. Nothing is
//! printed here.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::cache::Cache;
use super::journal::{Journal, JournalFile, JournalReader, Lines, Owner};
use super::run::Happened;
use super::tasks::Tasks;
use super::waits::{WONDERS, Waits};
use super::{clock, log, own_address};
use crate::app;
use crate::cli;
use crate::domain::{
    AccountName, Fault, Hidden, JOURNAL_VERSION, Line, ListKey, Monotonic, OpId, Phrase, Record, SecretOf, Target,
};
use crate::engine::{self, AccountState, Effect, Engine, Env, HeldUp, Interest, Ledger, Login, Priority};
use crate::settings::{AddressSources, Environment, Settings};

/// So long it is waited, without anything coming in, for a provider that says that too much was asked, or for our own
/// budget: a whole minute of either, and what others spend of it.
const PATIENCE: Duration = Duration::from_secs(90);
/// So often a provider may say that too much was asked, without anything coming in. Where it names no moment, these take
/// more than the minute that most quotas are counted by.
const TRIES: u32 = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum May {
    /// Reads only: nothing is sent, and nothing is written to the journal.
    Read,
    /// Only writes down what a person decides: nothing leaves, and no secret is needed.
    Decide,
    Change,
}

/// Why there was no end to wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    Interrupted,
    TimedOut,
}

/// A secret that a provider told, to be shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub account: AccountName,
    pub of: SecretOf,
    pub name: String,
    /// The secret.
    pub value: Hidden,
}

/// The engine with its tasks, for as long as one command runs.
#[allow(missing_debug_implementations, reason = "it holds channels")]
pub struct Session {
    pub(super) engine: Engine,
    tasks: Tasks,
    to: UnboundedSender<Happened>,
    happens: UnboundedReceiver<Happened>,
    journal: JournalReader,
    pub(super) cache: Cache,
    wake: Option<Monotonic>,
    /// When anything came in last, of what is being read.
    started_at: Monotonic,
    /// How many lists each account still lacked when one of its came in last, and how often it had been refused by then.
    before: BTreeMap<AccountName, (usize, u32)>,
    until: Option<Monotonic>,
    /// Accounts that are waited for no more, and why.
    given_up: BTreeMap<AccountName, Fault>,
    /// Accounts of which something that is wanted was not read yet.
    open: BTreeSet<AccountName>,
    waits: Waits,
    interrupt: Signal,
    terminate: Signal,
    /// What the engine said last that was bad news.
    pub(super) refused: Option<Phrase>,
    /// Whether a person was asked, so that time passed since what is known was read.
    pub(super) was_asked: bool,
    /// Secrets that were told here and are nowhere else yet.
    pub(super) secrets: Vec<Told>,
    /// Held, not used: others see by it that what is under way here is carried on.
    _owner: Option<Owner>,
    /// Who is asked which address this machine has.
    pub(super) address: AddressSources,
}

impl Session {
    /// Opens the accounts of these settings. What countdown there is, is for the dashboard. `tell` gets what is waited
    /// for, once that takes long.
    ///
    /// # Errors
    /// What stands in the way, for people.
    pub fn open(
        env: &Environment,
        settings: &Settings,
        read_only: bool,
        may: May,
        mut tell: impl FnMut(&Phrase) + Send + 'static,
    ) -> Result<Self, String> {
        log::start(env, |error| cli::warn(&log::not_written(error)));
        let said = |error: std::io::Error| error.to_string();
        let (to, happens) = unbounded_channel();
        let file = JournalFile::below(&env.state_dir);
        let cache = Cache::below(&env.cache_dir);
        let mut journal = JournalReader::new(file.clone());
        let mut tasks = Tasks::new(Journal::file(file), Some(cache.clone()));
        let mut safety = settings.safety.clone();
        safety.grace = Duration::ZERO;
        let engine = Engine::new(clock::process(), safety, settings.poll);
        let (mut begin, mut writable) = (Vec::new(), Vec::new());
        for account in &settings.accounts {
            if may != May::Decide {
                tasks.open(&account.name, account.open(env)?);
            }
            let account = account.account(read_only);
            if !account.read_only {
                writable.push(account.name.clone());
            }
            begin.push(engine::Msg::AccountAdded(account));
        }
        // What a command that did not wait left to be looked at is looked at here; what is still to be sent is not sent.
        let (owner, read) = if may != May::Read && !writable.is_empty() {
            let folder = &env.state_dir;
            let owner = Owner::hold(folder, &clock::process()).map_err(|error| {
                format!(
                    "nothing can be changed: the journal's folder, {}, cannot be written ({error})",
                    folder.display()
                )
            })?;
            let read = owner.take_over(&mut journal, &mut Ledger::new(), &writable)?;
            (Some(owner), read)
        } else {
            // Who only looks needs no journal.
            let unreadable = |said: String| {
                tell(&Phrase::new("journal.unreadable").with("said", said));
                Lines::default()
            };
            (None, journal.read().unwrap_or_else(unreadable))
        };
        begin.push(engine::Msg::Journal(read.lines));
        begin.extend(own_address::from_environment(env).map(|own| engine::Msg::OwnAddress(vec![own])));
        let mut this = Self {
            engine,
            tasks,
            to,
            happens,
            journal,
            cache,
            wake: None,
            started_at: clock::now().tick,
            before: BTreeMap::new(),
            until: None,
            given_up: BTreeMap::new(),
            open: BTreeSet::new(),
            waits: Waits::new(tell),
            interrupt: signal(SignalKind::interrupt()).map_err(said)?,
            terminate: signal(SignalKind::terminate()).map_err(said)?,
            refused: None,
            was_asked: false,
            secrets: Vec::new(),
            _owner: owner,
            address: settings.address.clone(),
        };
        begin.into_iter().for_each(|msg| this.take(msg));
        Ok(this)
    }

    /// Takes in what others wrote to the journal meanwhile, so that nothing is begun that stands in their way.
    pub(super) fn look_round(&mut self) {
        if self.journal.file().has_news()
            && let Ok(read) = self.journal.read()
        {
            self.take(engine::Msg::Journal(read.lines));
        }
    }

    /// Ends all waiting after so long.
    pub fn give(&mut self, time: Option<Duration>) {
        self.until = time.map(|time| clock::now().tick + time);
    }

    #[must_use]
    pub const fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Env {
        clock::now()
    }

    /// Reads until each list that is wanted was read or could not be. What is wanted is asked again after each answer.
    ///
    /// # Errors
    /// It was interrupted, or took too long. What was read until then is there, and [`Self::fault`] says why the rest
    /// is not.
    pub async fn read(&mut self, wanted: &(dyn Fn(&AccountState) -> Vec<ListKey> + Sync)) -> Result<(), Broken> {
        self.reading(wanted, false).await.map(drop)
    }

    /// The same, but it comes back with `false` where it was said that an account is waited for, and another was read.
    ///
    /// # Errors
    /// As of [`Self::read`].
    pub async fn read_part(&mut self, wanted: &(dyn Fn(&AccountState) -> Vec<ListKey> + Sync)) -> Result<bool, Broken> {
        self.reading(wanted, true).await
    }

    /// Whether an account was still waited for when the last read came back.
    #[must_use]
    pub fn is_open(&self, account: &AccountName) -> bool {
        self.open.contains(account)
    }

    async fn reading(
        &mut self,
        wanted: &(dyn Fn(&AccountState) -> Vec<ListKey> + Sync),
        in_part: bool,
    ) -> Result<bool, Broken> {
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
            self.open = interests.iter().map(|look| look.account.clone()).collect();
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

    /// Patience begins anew: something came in, or something else is wanted.
    fn wait_anew(&mut self, interests: &[Interest]) {
        self.started_at = clock::now().tick;
        for account in self.engine.accounts() {
            let name = &account.account.name;
            let missing = interests.iter().filter(|look| look.account == *name).count();
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
            Login::Failed(fault, _) if self.given_up.contains_key(&account.account.name) => Some(fault),
            Login::Failed(fault, _) => final_fault(Some(fault)),
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

    /// Waits for what happens next and takes it in.
    pub(super) async fn turn(&mut self) -> Result<(), Broken> {
        const LONG: Duration = Duration::from_secs(60);
        let now = clock::now();
        if self.until.is_some_and(|until| until <= now.tick) {
            return Err(Broken::TimedOut);
        }
        let look = self.waits.look(&self.engine, &now).unwrap_or(LONG);
        let next = [self.wake, self.until].into_iter().flatten().min();
        let pause = next.map_or(look, |at| clock::until(at).min(look));
        tokio::select! {
            biased;
            _ = self.interrupt.recv() => return Err(Broken::Interrupted),
            _ = self.terminate.recv() => return Err(Broken::Interrupted),
            Some(happened) = self.happens.recv() => {
                if let Happened::App(app::Msg::Engine(msg)) = happened {
                    self.take(*msg);
                }
            }
            () = tokio::time::sleep(pause) => {
                self.wake = None;
                self.take(engine::Msg::Woke);
            }
        }
        Ok(())
    }

    pub(super) fn take(&mut self, msg: engine::Msg) {
        for effect in engine::update(&mut self.engine, msg, &clock::now()) {
            match effect {
                Effect::WakeAt(at) => self.wake = Some(at),
                Effect::Tell(notice) if notice.bad => self.refused = Some(notice.what),
                Effect::Tell(_) => {}
                Effect::Secret { account, of, name, value } => self.secrets.push(Told { account, of, name, value }),
                effect => self.tasks.carry_out(effect, &self.to),
            }
        }
    }

    /// Asks a person, which blocks, and can be interrupted all the same.
    ///
    /// # Errors
    /// It was interrupted.
    pub async fn ask<T: Send + 'static>(&mut self, question: impl FnOnce() -> T + Send + 'static) -> Result<T, Broken> {
        self.was_asked = true;
        let asked = tokio::task::spawn_blocking(question);
        tokio::select! {
            biased;
            _ = self.interrupt.recv() => Err(Broken::Interrupted),
            _ = self.terminate.recv() => Err(Broken::Interrupted),
            answer = asked => answer.map_err(|_| Broken::Interrupted),
        }
    }

    /// The secrets that were told: nobody else has them until they are written.
    #[must_use]
    pub fn secrets(&self) -> &[Told] {
        &self.secrets
    }

    /// Writes down that something is protected, or no more; whoever changes something finds it there.
    ///
    /// # Errors
    /// Which file, and what the system said.
    pub fn protect(&self, target: &Target, on: bool) -> Result<(), String> {
        let process = clock::process();
        let op = OpId::new(format!("{process}-protect"));
        let record = Record::Protected { resource: target.resource.clone(), name: target.name.clone(), on };
        let line = Line { v: JOURNAL_VERSION, at: clock::wall(), process, op, record };
        self.journal.file().append(&serde_json::to_string(&line).map_err(|error| error.to_string())?)
    }

    /// Waits for something that the engine has no part in, and can be interrupted all the same. Where it takes long it
    /// is said what that is called.
    ///
    /// # Errors
    /// It was interrupted.
    pub(super) async fn unless_interrupted<T>(
        &mut self,
        what: impl Future<Output = T>,
        called: &Phrase,
    ) -> Result<T, Broken> {
        let wonders = tokio::time::sleep(WONDERS);
        tokio::pin!(what, wonders);
        let mut is_said = false;
        loop {
            tokio::select! {
                biased;
                _ = self.interrupt.recv() => return Err(Broken::Interrupted),
                _ = self.terminate.recv() => return Err(Broken::Interrupted),
                done = &mut what => return Ok(done),
                () = &mut wonders, if !is_said => {
                    is_said = true;
                    self.waits.say(called);
                }
            }
        }
    }

    /// Does nothing for so long but what is under way; says why it ended.
    pub async fn rest(&mut self, time: Duration) -> Broken {
        self.take(engine::Msg::Interests(Vec::new()));
        self.give(Some(time));
        loop {
            if let Err(broken) = self.turn().await {
                return broken;
            }
        }
    }

    /// Reads a list that may have been read long ago, until it is read or could not be.
    ///
    /// # Errors
    /// It was interrupted, or took too long.
    pub(super) async fn read_anew(&mut self, account: &AccountName, list: &ListKey) -> Result<(), Broken> {
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
        let look = Interest { account: account.clone(), list: list.clone(), priority: Priority::Focus };
        self.take(engine::Msg::Interests(vec![look.clone()]));
        self.take(engine::Msg::Refresh(account.clone()));
        self.given_up.clear();
        self.before.clear();
        self.wait_anew(&[look]);
        self.open = BTreeSet::from([account.clone()]);
        while !is_new(self) {
            self.turn().await?;
            self.lose_patience();
        }
        self.take(engine::Msg::Interests(Vec::new()));
        Ok(())
    }

    /// Writes what is still to be written.
    pub fn flush(&self) {
        self.tasks.flush();
    }
}

/// A provider that only wants to be left alone for a moment is asked again.
fn final_fault(fault: Option<&Fault>) -> Option<&Fault> {
    fault.filter(|fault| !matches!(fault, Fault::Quota { .. } | Fault::OverBudget { .. }))
}

/// What was read is kept for the dashboard's next start, and for those who complete command lines.
impl Drop for Session {
    fn drop(&mut self) {
        self.flush();
    }
}

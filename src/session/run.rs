//! The engine for one command: reads what the command needs to know, once, and carries out what it asks for. Nothing is
//! printed here.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::path::Path;
use std::time::Duration;

use crate::domain::{
    AccountName, Fault, Hidden, JOURNAL_VERSION, JournalLine, JournalRecord, Monotonic, OpId, Phrase, SecretOf, Target,
    text,
};
use crate::engine::{self, Effect, Engine, Env, Ledger};
use crate::runtime::cache::Cache;
use crate::runtime::driver::Driver;
use crate::runtime::event::Event;
use crate::runtime::journal::{Journal, JournalFile, JournalLines, JournalReader, Owner};
use crate::runtime::tasks::Tasks;
use crate::runtime::{clock, own_address};
use crate::session::error::Interruption;
use crate::session::waits::{Waits, tell_if_long};
use crate::settings::{AddressSources, Environment, Settings};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum May {
    /// Reads only: nothing is sent, and nothing is written to the journal.
    Read,
    /// Only writes down what a person decides: nothing leaves, and no secret is needed.
    Decide,
    Change,
}

/// A secret that a provider told, to be shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderSecret {
    pub account: AccountName,
    pub of: SecretOf,
    pub name: String,
    /// The secret.
    pub value: Hidden,
}

/// The engine with its tasks, for as long as one command runs.
pub struct Session {
    pub(super) engine: Engine,
    pub(super) driver: Driver<Infallible>,
    journal: JournalReader,
    pub(super) cache: Cache,
    /// When anything came in last, of what is being read.
    pub(super) started_at: Monotonic,
    /// How many lists each account still lacked when one of its came in last, and how often it had been refused by then.
    pub(super) before: BTreeMap<AccountName, (usize, u32)>,
    until: Option<Monotonic>,
    /// Accounts that are waited for no more, and why.
    pub(super) given_up: BTreeMap<AccountName, Fault>,
    /// Accounts of which something that is wanted was not read yet.
    pub(super) open: BTreeSet<AccountName>,
    pub(super) waits: Waits,
    /// What the engine said last that was bad news.
    pub(super) refused: Option<Phrase>,
    /// Whether a person was asked, so that time passed since what is known was read.
    pub(super) was_asked: bool,
    /// Secrets that were told here and are nowhere else yet.
    pub(super) secrets: Vec<ProviderSecret>,
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
    ) -> Result<Self, Phrase> {
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
        let (owner, read) = if may == May::Read || writable.is_empty() {
            // Who only looks needs no journal.
            let unreadable = |said: Phrase| {
                tell(&text::journal::unreadable(said));
                JournalLines::default()
            };
            (None, journal.read().unwrap_or_else(unreadable))
        } else {
            let (owner, read) = take_over(&env.state_dir, &mut journal, &writable)?;
            (Some(owner), read)
        };
        begin.push(engine::Msg::Journal(read.lines));
        begin.extend(own_address::from_environment(env).map(|own| engine::Msg::OwnAddress(vec![own])));
        let mut this = Self {
            engine,
            driver: Driver::interruptible(tasks).map_err(|error| error.to_string())?,
            journal,
            cache,
            started_at: clock::now().tick,
            before: BTreeMap::new(),
            until: None,
            given_up: BTreeMap::new(),
            open: BTreeSet::new(),
            waits: Waits::new(tell),
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

    /// Waits for what happens next and takes it in.
    pub(super) async fn turn(&mut self) -> Result<(), Interruption> {
        const LONG: Duration = Duration::from_secs(60);
        let now = clock::now();
        if self.until.is_some_and(|until| until <= now.tick) {
            return Err(Interruption::TimedOut);
        }
        let look = self.waits.look(&self.engine, &now).unwrap_or(LONG);
        let longest = self.until.map_or(look, |until| clock::until(until).min(look));
        match self.driver.next(longest).await {
            Event::Signal(_) => return Err(Interruption::Interrupted),
            Event::Engine(msg) => self.take(*msg),
            Event::Failed(_) => {}
            Event::Own(never) => match never {},
        }
        Ok(())
    }

    pub(super) fn take(&mut self, msg: engine::Msg) {
        for effect in engine::update(&mut self.engine, msg, &clock::now()) {
            match effect {
                Effect::Tell(notice) if notice.bad => self.refused = Some(notice.what),
                Effect::Tell(_) => {}
                Effect::Secret { account, of, name, value } => {
                    self.secrets.push(ProviderSecret { account, of, name, value });
                }
                effect => self.driver.carry_out(effect),
            }
        }
    }

    /// Asks a person, which blocks, and can be interrupted all the same.
    ///
    /// # Errors
    /// It was interrupted.
    pub async fn ask<T: Send + 'static>(
        &mut self,
        question: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Interruption> {
        self.was_asked = true;
        self.driver.ask(question).await.ok_or(Interruption::Interrupted)
    }

    /// The secrets that were told: nobody else has them until they are written.
    #[must_use]
    pub fn secrets(&self) -> &[ProviderSecret] {
        &self.secrets
    }

    /// Writes down that something is protected, or no more; whoever changes something finds it there.
    ///
    /// # Errors
    /// Which file, and what the system said.
    pub fn protect(&self, target: &Target, on: bool) -> Result<(), Phrase> {
        let process = clock::process();
        let op = OpId::new(format!("{process}-protect"));
        let record = JournalRecord::Protected { resource: target.resource.clone(), name: target.name.clone(), on };
        let line = JournalLine { v: JOURNAL_VERSION, at: clock::wall(), process, op, record };
        self.journal.file().append_line(&line)
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
    ) -> Result<T, Interruption> {
        let waits = &mut self.waits;
        let done = self.driver.unless_interrupted(tell_if_long(what, || waits.say(called)));
        done.await.ok_or(Interruption::Interrupted)
    }

    /// Does nothing for so long but what is under way; says why it ended.
    pub async fn rest(&mut self, time: Duration) -> Interruption {
        self.take(engine::Msg::Interests(Vec::new()));
        self.give(Some(time));
        loop {
            if let Err(broken) = self.turn().await {
                return broken;
            }
        }
    }

    /// Writes what is still to be written.
    pub fn flush(&self) {
        self.driver.tasks.flush();
    }
}

/// The journal as this process's own. What a command that did not wait left to be looked at is looked at here; what is
/// still to be sent is not sent.
fn take_over(
    folder: &Path,
    journal: &mut JournalReader,
    accounts: &[AccountName],
) -> Result<(Owner, JournalLines), Phrase> {
    let owner = Owner::hold(folder, &clock::process())
        .map_err(|error| text::journal::no_lock(folder.display().to_string(), error.to_string()))?;
    let read = owner.take_over(journal, &mut Ledger::new(), accounts)?;
    Ok((owner, read))
}

/// What was read is kept for the dashboard's next start, and for those who complete command lines.
impl Drop for Session {
    fn drop(&mut self) {
        self.flush();
    }
}

//! Carries out what the engine wants done. No task waits for another, and none holds the screen.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use crate::domain::{AccountName, Answer, JournalRecord, OpId, OpResult, text};
use crate::engine::{Change, Effect, Msg};
use crate::provider::Api;
use crate::runtime::cache::Cache;
use crate::runtime::event::{Event, Events};
use crate::runtime::journal::Journal;
use crate::runtime::probe;
use crate::sim::Simulation;
use crate::words::english;

/// A secret that is had within this time was not waited for.
const UNASKED: Duration = Duration::from_secs(2);

pub(crate) struct Tasks {
    apis: HashMap<AccountName, Arc<dyn Api>>,
    journal: Journal,
    cache: Option<Cache>,
    /// In the demo, where probes are answered from.
    simulation: Option<Simulation>,
}

impl Tasks {
    pub(crate) fn new(journal: Journal, cache: Option<Cache>) -> Self {
        Self { apis: HashMap::new(), journal, cache, simulation: None }
    }

    /// Probes are answered by the simulator from now on, and none leaves.
    pub(crate) fn probe_within(&mut self, simulation: Simulation) {
        self.simulation = Some(simulation);
    }

    pub(crate) fn open(&mut self, account: &AccountName, api: Arc<dyn Api>) {
        self.apis.insert(account.clone(), api);
    }

    pub(crate) fn api(&self, account: &AccountName) -> Option<Arc<dyn Api>> {
        self.apis.get(account).cloned()
    }

    /// Writes what is to be kept, and waits until the journal has all that was handed in.
    pub(crate) fn flush(&self) {
        self.journal.flush();
        if let Some(cache) = &self.cache {
            cache.flush();
        }
    }

    /// Carries out an effect; what comes of it is sent as a message.
    pub(crate) fn carry_out<O: Send + 'static>(&self, effect: Effect, to: &Events<O>) {
        match effect {
            Effect::LogIn { account } => {
                let Some(api) = self.api(&account) else { return };
                spawn_asking(to, &account.clone(), &Arc::clone(&api), async move {
                    let result = api.log_in().await;
                    Msg::LoggedIn { account, result, budget: api.budget() }
                });
            }
            Effect::Read { account, list, started_at, former } => {
                let Some(api) = self.api(&account) else { return };
                spawn_asking(to, &account.clone(), &Arc::clone(&api), async move {
                    let result = api.read(&list, former).await;
                    Msg::Read { account, list, started_at, result, budget: api.budget() }
                });
            }
            Effect::Change(change) => self.change(*change, to),
            Effect::Record { op, record } => self.record(&op, record, to),
            Effect::Ended { op, result } => {
                let code = result.code().map(str::to_owned);
                let reason = result.reason(english);
                if let OpResult::Failed { what, .. } = &result {
                    tracing::warn!(%op, "failed: {}", english(what));
                }
                self.record(&op, JournalRecord::Ended { result: result.word().to_owned(), reason, code }, to);
            }
            Effect::CacheList { account, list, collection, read_at } => {
                if let Some(cache) = &self.cache {
                    cache.keep(&account, list, collection, read_at);
                }
            }
            Effect::Probe { of, probe, targets, started_at } => {
                let simulation = self.simulation.clone();
                spawn(to, async move {
                    let result = match &simulation {
                        Some(simulation) => probe::simulated(simulation, &of).await,
                        None => probe::network(&probe, targets).await,
                    };
                    Msg::Probed { of, probe, started_at, result }
                });
            }
            // The dashboard and the command line show it themselves; nothing is to be carried out.
            Effect::Secret { .. } => {}
            Effect::TryAgain { account } => {
                if let Some(api) = self.apis.get(&account) {
                    api.try_again();
                }
            }
            // The app keeps these to itself.
            Effect::WakeAt(_) | Effect::Tell(_) => {}
        }
    }

    /// Writes a line. That something is protected must be kept: where it is not, it is told.
    #[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
    fn record<O: Send + 'static>(&self, op: &OpId, record: JournalRecord, to: &Events<O>) {
        let told = matches!(record, JournalRecord::Protected { .. });
        let written = self.journal.append(op, record);
        if told {
            let to = to.clone();
            tokio::spawn(async move {
                if let Ok(Err(said)) = written.await {
                    let what = text::protect::not_kept(said);
                    let _ = to.send(Event::Failed(what));
                }
            });
        }
    }

    /// The one place where a change leaves: intent on disk, then the request, once, then the answer on disk. Where the
    /// intent cannot be written, nothing is sent.
    fn change<O: Send + 'static>(&self, change: Change, to: &Events<O>) {
        let Some(api) = self.api(&change.account) else { return };
        let Change { account, op, step, attempt, call, outputs, pre_state, guards } = change;
        let intent = JournalRecord::Intent { step, attempt, call: call.clone(), pre_state };
        let written = self.journal.append_unless(guards, &op, intent);
        let journal = self.journal.clone();
        spawn_asking(to, &account, &Arc::clone(&api), async move {
            let answer = match written.await {
                Ok(Ok(())) => api.change(&call, &outputs).await,
                Ok(Err(said)) => Answer::NotJournalled { said },
                Err(_) => Answer::NotJournalled { said: text::journal::ENDED.into() },
            };
            let record = JournalRecord::Answered { step, attempt, answer: answer.clone().worded(english) };
            // An answer that cannot be written is still an answer; the log has why.
            let _ = journal.append(&op, record).await;
            Msg::Answered { op, step, attempt, answer, budget: api.budget() }
        });
    }
}

/// The same for what may have to log in: where that waits for the secret, it is told.
fn spawn_asking<O: Send + 'static>(
    to: &Events<O>,
    account: &AccountName,
    api: &Arc<dyn Api>,
    work: impl Future<Output = Msg> + Send + 'static,
) {
    let (also, account, api) = (to.clone(), account.clone(), Arc::clone(api));
    spawn(to, async move {
        tokio::pin!(work);
        if let Ok(msg) = tokio::time::timeout(UNASKED, &mut work).await {
            return msg;
        }
        if let Some(from) = api.asks_for_secret() {
            let msg = Msg::SecretAwaited { account, from };
            let _ = also.send(Event::Engine(Box::new(msg)));
        }
        work.await
    });
}

#[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
fn spawn<O: Send + 'static>(to: &Events<O>, work: impl Future<Output = Msg> + Send + 'static) {
    let to = to.clone();
    tokio::spawn(async move {
        let msg = work.await;
        // The program may have ended meanwhile.
        let _ = to.send(Event::Engine(Box::new(msg)));
    });
}

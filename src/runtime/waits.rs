//! Says what a command waits for, once that takes so long that a person wonders.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::{AccountName, Phrase, Tick};
use crate::engine::{AccountState, Engine, Env, HeldUp};
use crate::settings::asks_at_terminal;

/// After so long without an answer it is said what is waited for.
pub(super) const WONDERS: Duration = Duration::from_secs(2);
/// What still holds is said again after this time.
const AGAIN: Duration = Duration::from_secs(30);
/// So often it is looked while something is waited for.
const LOOK: Duration = Duration::from_millis(500);

/// Whoever is told, and what was said so far.
pub(super) struct Waits {
    tell: Box<dyn FnMut(&Phrase) + Send>,
    /// What kind of thing holds an account up, and since when.
    since: BTreeMap<AccountName, (&'static str, Tick)>,
    /// When that of a kind was said last.
    said: BTreeMap<(AccountName, &'static str), Tick>,
    count: usize,
}

impl Waits {
    pub(super) fn new(tell: impl FnMut(&Phrase) + Send + 'static) -> Self {
        Self { tell: Box::new(tell), since: BTreeMap::new(), said: BTreeMap::new(), count: 0 }
    }

    /// How often something was said.
    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// Says something else that is waited for.
    pub(super) fn say(&mut self, what: &Phrase) {
        (self.tell)(what);
    }

    /// Says what is due to be said; when to look again, where anything is waited for.
    pub(super) fn look(&mut self, engine: &Engine, env: &Env) -> Option<Duration> {
        let mut any = false;
        for account in engine.accounts() {
            let name = &account.account.name;
            let held = if engine.works_for(name) { account.held_up(env) } else { None };
            let Some(held) = held else {
                self.since.remove(name);
                continue;
            };
            any = true;
            let (phrase, waited) = said(account, &held, env);
            let (kind, since) = self.since.entry(name.clone()).or_insert((phrase.key, env.tick));
            if *kind != phrase.key {
                (*kind, *since) = (phrase.key, env.tick);
            }
            let waited = waited.unwrap_or_else(|| env.tick.since(*since));
            let said = self.said.get(&(name.clone(), phrase.key));
            if waited >= WONDERS && !asks_at_terminal() && said.is_none_or(|said| env.tick.since(*said) >= AGAIN) {
                self.said.insert((name.clone(), phrase.key), env.tick);
                self.count += 1;
                (self.tell)(&phrase);
            }
        }
        any.then_some(LOOK)
    }
}

/// What is said, and how long it has been so, where that is known.
fn said(account: &AccountState, held: &HeldUp, env: &Env) -> (Phrase, Option<Duration>) {
    let of = |key| Phrase::new(key).with("account", account.account.name.as_str());
    match held {
        HeldUp::BySecret { from } => (of("wait.secret").with("from", from.as_str()), Some(WONDERS)),
        HeldUp::ByAnswer { since } => (of("wait.answer"), Some(env.wall.since(*since))),
        HeldUp::ByProvider { until } => (of("wait.provider").with("wait", until.since(env.wall)), None),
        HeldUp::ByBudget { until } => (of("wait.budget").with("wait", until.since(env.wall)), None),
    }
}

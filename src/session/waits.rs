//! Says what a command waits for, where that takes so long that a person wonders.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::{AccountName, Monotonic, Phrase, Text, Timestamp, text};
use crate::engine::{AccountState, Engine, Env, HeldUp};
use crate::settings::asks_at_terminal;

/// After so long without an answer it is said what is waited for.
pub const PATIENCE: Duration = Duration::from_secs(2);
/// What still holds is said again after this time.
const AGAIN: Duration = Duration::from_secs(30);
/// So often it is looked while something is waited for.
const LOOK: Duration = Duration::from_millis(500);

/// Waits for something, and says so once that takes long.
pub async fn tell_if_long<T>(work: impl Future<Output = T>, tell: impl FnOnce()) -> T {
    tokio::pin!(work);
    if let Ok(done) = tokio::time::timeout(PATIENCE, &mut work).await {
        return done;
    }
    tell();
    work.await
}

pub(super) struct Waits {
    tell: Box<dyn FnMut(&Phrase) + Send>,
    /// When that of a kind was said last.
    said: BTreeMap<(AccountName, Text), Monotonic>,
    count: usize,
}

impl Waits {
    pub(super) fn new(tell: impl FnMut(&Phrase) + Send + 'static) -> Self {
        Self { tell: Box::new(tell), said: BTreeMap::new(), count: 0 }
    }

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
            let Some(held) = held else { continue };
            any = true;
            let (phrase, lasts) = said(account, &held, env);
            let said = self.said.get(&(name.clone(), phrase.text));
            if lasts >= PATIENCE && !asks_at_terminal() && said.is_none_or(|said| env.tick.since(*said) >= AGAIN) {
                self.said.insert((name.clone(), phrase.text), env.tick);
                self.count += 1;
                (self.tell)(&phrase);
            }
        }
        any.then_some(LOOK)
    }
}

/// What is said, and how long it lasts: until now, or still where its end is known.
fn said(account: &AccountState, held: &HeldUp, env: &Env) -> (Phrase, Duration) {
    let name = account.account.name.as_str();
    let still = |text: fn(_, Duration) -> Phrase, until: &Timestamp| {
        let wait = until.since(env.wall);
        // Not shorter than it is.
        let seconds = wait.as_millis().div_ceil(1_000);
        (text(name, Duration::from_secs(u64::try_from(seconds).unwrap_or(u64::MAX))), wait)
    };
    match held {
        HeldUp::BySecret { from } => (text::wait::secret(name, from.as_str()), PATIENCE),
        HeldUp::ByAnswer { since } => (text::wait::answer(name), env.wall.since(*since)),
        HeldUp::ByProvider { until } => still(text::wait::provider, until),
        HeldUp::ByBudget { until } => still(text::wait::budget, until),
    }
}

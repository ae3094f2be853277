//! Why an account does not answer, in words, and how old what is shown of it is.

use std::time::Duration;

use crate::app::App;
use crate::app::panes::cells::stepped;
use crate::app::panes::row::{Row, What};
use crate::domain::{Fault, ListKey, Phrase, text};
use crate::engine::{AccountState, HeldUp};

/// Data older than this are told to be old, whatever the reason.
const OVERDUE: Duration = Duration::from_secs(120);

/// Requests are spaced out: a wait below this is over before it is read.
const WORTH_TELLING: Duration = Duration::from_secs(2);

impl App {
    /// How old an account's instances are, in steps, where the last attempt to read them failed or is overdue.
    #[must_use]
    pub fn age_of_instances(&self, account: &AccountState) -> Option<Duration> {
        let age = self.age(account, &ListKey::Instances)?;
        (account.fault().is_some() || age >= OVERDUE).then_some(age)
    }

    /// How old what a row shows is, in steps; `None` where it is as fresh as it is meant to be.
    #[must_use]
    pub fn age_of(&self, row: &Row) -> Option<Duration> {
        let account = self.engine.account(&row.account)?;
        let list = match &row.what {
            What::Instance(_) | What::Import(_) => return self.age_of_instances(account),
            What::Snapshot(snapshot, _) => match &snapshot.of {
                Some(of) => account.account.policy.snapshots_of(of),
                None => ListKey::Snapshots(None),
            },
            What::Firewall(_) => ListKey::Firewalls,
            What::Image(_) => ListKey::Images,
            What::Key(_) => ListKey::Keys,
            What::ApiKey(_) => ListKey::ApiKeys,
            What::Operation(_) | What::ExternalChange(_) => return None,
        };
        let fault = account.inventory.lists.get(&list).and_then(|remote| remote.fault.as_ref());
        let is_faulty = fault.or_else(|| account.fault()).is_some();
        // Of what stands still an old reading is as good as a new one.
        let moves = matches!(&row.what, What::Snapshot(snapshot, _) if snapshot.status.is_under_way());
        self.age(account, &list).filter(|age| is_faulty || (moves && *age >= OVERDUE))
    }

    fn age(&self, account: &AccountState, list: &ListKey) -> Option<Duration> {
        let at = account.inventory.lists.get(list)?.read_at?;
        Some(stepped(self.now.wall.since(at))).filter(|age| !age.is_zero())
    }
}

/// Why a list of an account could not be read, and when that is tried again, where it is by itself.
#[must_use]
pub fn fault_phrase(app: &App, account: &AccountState, list: &ListKey, fault: &Fault) -> Phrase {
    let next = account.next_try(list).filter(|at| *at > app.now.tick);
    match next {
        Some(at) => {
            let time = app.words.clock().time(app.now.wall + at.since(app.now.tick));
            text::fault::next_try(fault.phrase(), time)
        }
        None => fault.phrase(),
    }
}

/// Until when a list of an account that was never read waits, and why; `None` where it is about to be read.
#[must_use]
pub fn waits(app: &App, account: &AccountState, list: &ListKey) -> Option<Phrase> {
    let (text, until): (fn(_, String) -> Phrase, _) = match app.engine.read_held_up(account, list, &app.now)? {
        HeldUp::ByProvider { until } => (text::place::waits_provider, until),
        HeldUp::ByBudget { until } => (text::place::waits_budget, until),
        HeldUp::BySecret { .. } | HeldUp::ByAnswer { .. } => return None,
    };
    if until.since(app.now.wall) < WORTH_TELLING {
        return None;
    }
    let time = app.words.clock().time(until);
    Some(text(account.account.name.as_str(), time))
}

/// What is said in the place of firewalls that were not read; `None` where they were.
#[must_use]
pub fn no_firewalls(account: &AccountState) -> Option<Phrase> {
    if account.inventory.list(&ListKey::Firewalls).is_some() {
        return None;
    }
    let fault = account.inventory.not_to_be_had(&ListKey::Firewalls);
    Some(fault.map_or_else(|| Phrase::new(text::allow::READING_FIREWALLS), Fault::brief))
}

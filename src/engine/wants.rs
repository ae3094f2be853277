//! What is wanted how fresh: by the screen, by operations, by a person who asked.

use std::time::Duration;

use crate::domain::{ListKey, Listing, OpState, Tick, Wall};

use super::{AccountState, Attention, Engine, Env};

/// How long a list of the catalogue is good.
const CATALOGUE: Duration = Duration::from_secs(24 * 3600);
/// A spare list is read at most once in this time; see [`SPARE_EVERY`] for how often any is.
const SPARE: Duration = Duration::from_secs(6 * 3600);
/// Of all spare lists one is read in this time.
pub(super) const SPARE_EVERY: Duration = Duration::from_secs(60);
/// A read that a call is checked against, or that settled the step before it, is good for this long.
pub(super) const CHECK_GOOD_FOR: Duration = Duration::from_secs(15);

/// One list that somebody wants no older than this.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Want {
    pub(super) list: ListKey,
    /// How old it may be.
    pub(super) target: Duration,
    /// How much it counts.
    pub(super) weight: f64,
    /// Only a read begun at or after this moment will do.
    pub(super) begun_after: Option<Tick>,
    /// Whether a person waits for it, so that nothing is kept back from it.
    pub(super) person: bool,
    pub(super) spare: bool,
}

/// All wants for one account, each list once.
pub(super) fn wants(engine: &Engine, account: &AccountState, env: &Env) -> Vec<Want> {
    let mut wants: Vec<Want> = Vec::new();
    let name = &account.account.name;
    let pace = Pace::of(engine, account, env);
    for look in engine.looks.iter().filter(|l| l.account == *name) {
        let (target, weight) = match (&look.list, look.attention) {
            (ListKey::Images | ListKey::Plans(_), _) if account.account.rules.catalogue().contains(&look.list) => {
                (CATALOGUE, 1.0)
            }
            (ListKey::Instances, Attention::Focus) => (pace.looked, 2.0),
            (ListKey::Instances, Attention::Beside) => (pace.looked * 2, 1.5),
            (ListKey::Snapshots(_), _) if moves(account, &look.list) => (pace.looked, 2.0),
            (ListKey::Snapshots(_), Attention::Focus) => (pace.slow(4), 1.0),
            (ListKey::Snapshots(_), Attention::Beside) => (pace.slow(8), 0.7),
            (_, Attention::Focus) => (pace.slow(8), 1.0),
            (_, Attention::Beside) => (pace.slow(20), 0.5),
        };
        merge(
            &mut wants,
            Want { list: look.list.clone(), target, weight, begun_after: None, person: false, spare: false },
        );
    }
    let per_instance = account.account.rules.snapshots_per_instance();
    for op in engine.operations.iter().filter(|o| o.account == *name && !o.is_over()) {
        for (list, begun_after, target, person) in super::steps::lists_needed(op, per_instance, env) {
            let target = target.unwrap_or(pace.watched);
            merge(&mut wants, Want { list, target, weight: 4.0, begun_after, person, spare: false });
        }
    }
    if let Some(want) = spare(account, env) {
        merge(&mut wants, want);
    }
    for ((owner, list), asked) in &engine.wished {
        if owner == name {
            merge(
                &mut wants,
                Want {
                    list: list.clone(),
                    target: Duration::ZERO,
                    weight: 8.0,
                    begun_after: Some(*asked),
                    person: true,
                    spare: false,
                },
            );
        }
    }
    wants
}

/// Of the lists that nobody looks at, the one that is next: never read before read long ago.
fn spare(account: &AccountState, env: &Env) -> Option<Want> {
    if !account.account.rules.snapshots_per_instance()
        || account.last_spare.is_some_and(|last| env.tick.since(last) < SPARE_EVERY)
    {
        return None;
    }
    let list = account
        .picture
        .instances()
        .iter()
        .map(|i| ListKey::Snapshots(Some(i.id.clone())))
        .max_by_key(|list| age(account, list, env).unwrap_or(Duration::MAX))?;
    Some(Want { list, target: SPARE, weight: 0.1, begun_after: None, person: false, spare: true })
}

/// Two that want the same list are served by one read: the younger, the weightier.
fn merge(wants: &mut Vec<Want>, want: Want) {
    match wants.iter_mut().find(|w| w.list == want.list) {
        Some(known) => {
            known.target = known.target.min(want.target);
            known.weight = known.weight.max(want.weight);
            known.begun_after = known.begun_after.max(want.begun_after);
            known.person |= want.person;
            known.spare &= want.spare;
        }
        None => wants.push(want),
    }
}

/// Whether a record of the list is on its way to another state.
fn moves(account: &AccountState, list: &ListKey) -> bool {
    match account.picture.list(list).map(AsRef::as_ref) {
        Some(Listing::Snapshots(rows)) => rows.iter().any(|s| s.status.is_under_way()),
        _ => false,
    }
}

/// How fast an account is read.
struct Pace {
    looked: Duration,
    watched: Duration,
    limited: bool,
}

impl Pace {
    fn of(engine: &Engine, account: &AccountState, env: &Env) -> Self {
        let watched_lists = watched(engine, account, env).len().max(1);
        let k = u32::try_from(watched_lists).unwrap_or(u32::MAX);
        if let Some(per_minute) = account.budget.per_minute() {
            let spread = |kept: u32| Duration::from_secs(60) / per_minute.saturating_sub(kept).max(1);
            return Self { looked: spread(2), watched: spread(1) * k, limited: true };
        }
        let mut slow = account.slowest * 20;
        if account.slowed_at.is_some_and(|at| env.tick.since(at) < Duration::from_secs(600)) {
            slow = slow.max(engine.poll.fresh) * 2;
        }
        Self { looked: engine.poll.fresh.max(slow), watched: engine.poll.watch.max(slow) * k, limited: false }
    }

    fn slow(&self, times: u32) -> Duration {
        if self.limited { self.looked * times } else { self.looked * times.min(6) }
    }
}

/// The lists that operations of this account watch now.
pub(super) fn watched(engine: &Engine, account: &AccountState, env: &Env) -> Vec<ListKey> {
    let per_instance = account.account.rules.snapshots_per_instance();
    let mut lists = Vec::new();
    for op in engine.operations.iter().filter(|o| o.account == account.account.name && !o.is_over()) {
        if matches!(op.state, OpState::Countdown { .. }) {
            continue;
        }
        for (list, ..) in super::steps::lists_needed(op, per_instance, env) {
            if !lists.contains(&list) {
                lists.push(list);
            }
        }
    }
    lists
}

/// How long ago a list was read, for the purpose of a want; `None` where it never was.
pub(super) fn age(account: &AccountState, list: &ListKey, env: &Env) -> Option<Duration> {
    let remote = account.picture.lists.get(list)?;
    match (remote.begun, remote.as_of) {
        (Some(begun), _) => Some(env.tick.since(begun)),
        (None, Some(as_of)) => Some(age_on_wall(as_of, env.wall)),
        (None, None) => None,
    }
}

fn age_on_wall(as_of: Wall, now: Wall) -> Duration {
    now.since(as_of)
}

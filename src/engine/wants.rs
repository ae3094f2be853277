//! What is wanted how fresh: by the screen, by operations, by a person who asked.

use std::time::Duration;

use crate::domain::{AccountName, Collection, ListKey, Monotonic};
use crate::engine::pace::Pace;
use crate::engine::steps::{self, Needed};
use crate::engine::{AccountState, Engine, Env, Priority, transitions};

pub const CATALOGUE: Duration = Duration::from_secs(24 * 3600);
/// A spare list is read at most once in this time; see [`SPARE_EVERY`] for how often any is.
const SPARE: Duration = Duration::from_secs(6 * 3600);
/// Of all spare lists one is read in this time.
const SPARE_EVERY: Duration = Duration::from_secs(60);
/// The target of what is to be read but once: far longer than any operation checks.
const ONCE: Duration = Duration::from_secs(24 * 3600);

/// One list that somebody wants no older than this.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Want {
    pub(super) list: ListKey,
    pub(super) target: Duration,
    pub(super) weight: f64,
    /// Only a read begun at or after this moment will do.
    pub(super) started_after: Option<Monotonic>,
    /// How many requests it leaves for others.
    pub(super) keep: u32,
    /// Whether a person waits for it, so that an earlier failure does not hold it up.
    pub(super) person: bool,
    /// So many times overdue it is where it was never read.
    pub(super) never: f64,
    /// Whether it takes a request from a list that an operation watches.
    pub(super) aside: bool,
}

/// A list that was never read is this many times overdue.
pub(super) const NEVER_READ: f64 = 50.0;
/// One of many that are read in turn: as one that had its turn some minutes ago, lest all of them go before the instances.
const NEVER_IN_TURN: f64 = 5.0;

/// While an operation watches a list of an account with a limit, one of all others is read in this time, so that the
/// watched one comes at its pace in nineteen of twenty moments. What was never read does not wait for it.
const ASIDE_EVERY: Duration = Duration::from_secs(300);

/// How much each kind of want counts: a person first, then the steps of operations, then what they watch, then what is
/// looked at.
mod weight {
    pub(super) const PERSON: f64 = 40.0;
    pub(super) const WISH: f64 = 20.0;
    pub(super) const FORM: f64 = 8.0;
    pub(super) const STEP: f64 = 10.0;
    pub(super) const WATCHED: f64 = 40.0;
    pub(super) const UNDER_WAY: f64 = 2.0;
    /// What is looked at, when its turn comes beside a watched list, goes before that.
    pub(super) const ASIDE: f64 = 100.0;
}

/// All wants for one account. The same list may be wanted twice, with more or less left for others.
pub(super) fn wants(engine: &Engine, account: &AccountState, env: &Env) -> Vec<Want> {
    let name = &account.account.name;
    let pace = Pace::new(engine, account, env);
    let watching = !pace.watches.is_empty();
    let mut wants = interests(engine, account, &pace);
    for op in engine.ours().filter(|o| o.account == *name && !o.is_over()) {
        match steps::lists_needed(op, account, env) {
            Needed::Nothing => {}
            Needed::Check(lists, after) => {
                let served = |l: &ListKey| account.inventory.started_at(l).is_some_and(|b| b >= after);
                // A read that leaves nothing for the others and for the call itself would be spent in vain.
                let requests = |list| account.account.policy.requests(list);
                let unserved: u32 = lists.iter().filter(|l| !served(l)).map(requests).sum();
                let keep = steps::kept_from(op, watching, account).saturating_add(unserved);
                let person = steps::is_urgent(op);
                let weight = if person { weight::PERSON } else { weight::STEP };
                let want = |list| Want { weight, started_after: Some(after), keep, person, ..Want::plain(list, ONCE) };
                wants.extend(lists.into_iter().map(want));
            }
            Needed::Watch(lists) => {
                for list in lists {
                    let target = pace.watched(account, &list);
                    merge(&mut wants, Want { weight: weight::WATCHED, keep: 1, ..Want::plain(list, target) });
                }
            }
        }
    }
    if let Some(list) = &account.next_spare
        && !pace.crowded()
    {
        wants.push(Want { weight: 0.1, keep: pace.keep, never: 1.0, ..Want::plain(list.clone(), SPARE) });
    }
    for ((owner, list), asked) in &engine.wished {
        if owner == name {
            // Of many at once, those that are read in turn leave room for an action, and come last.
            let turn =
                |l: &crate::engine::Interest| l.account == *name && l.list == *list && l.priority == Priority::Turn;
            let (weight, keep) =
                if engine.interests.iter().any(turn) { (weight::WISH / 2.0, pace.keep) } else { (weight::WISH, 0) };
            let want = Want::plain(list.clone(), Duration::ZERO);
            wants.push(Want { weight, keep, started_after: Some(*asked), person: true, ..want });
        }
    }
    wants
}

impl Want {
    const fn plain(list: ListKey, target: Duration) -> Self {
        Self { list, target, weight: 1.0, started_after: None, keep: 0, person: false, never: NEVER_READ, aside: false }
    }
}

fn interests(engine: &Engine, account: &AccountState, pace: &Pace) -> Vec<Want> {
    let mut wants = Vec::new();
    let moving = under_way(account);
    // Where nothing is on its way, half the reads of a limited account are left to what a person turns to.
    let calm = if pace.is_limited() && !moving.contains(&ListKey::Instances) { 2 } else { 1 };
    for interest in engine.interests.iter().filter(|l| l.account == account.account.name) {
        let list = &interest.list;
        let (target, weight) = match (list, interest.priority) {
            (_, Priority::Form) if account.account.policy.is_catalogue(list) => (CATALOGUE, weight::FORM),
            (_, Priority::Form) => (pace.looked(account, list, 8), weight::FORM),
            _ if account.account.policy.is_catalogue(list) => (CATALOGUE, 1.0),
            (ListKey::Instances, Priority::Focus) => (pace.looked(account, list, calm), 2.0),
            (ListKey::Instances, Priority::Beside) => (pace.looked(account, list, calm * 2), 1.5),
            (ListKey::Snapshots(_), Priority::Focus) => (pace.looked(account, list, 4), 1.0),
            (ListKey::Snapshots(_), Priority::Beside | Priority::Turn) => (pace.looked(account, list, 8), 0.7),
            (_, Priority::Focus) => (pace.looked(account, list, 8), 1.0),
            (_, Priority::Beside | Priority::Turn) => (pace.looked(account, list, 20), 0.5),
        };
        // The first inventory is what a person waits for; what belongs to the selection leaves one request for an action.
        let remote = account.inventory.lists.get(list);
        let never = remote.is_none_or(|r| r.started_at.is_none());
        let failed = remote.is_some_and(|r| r.fault.is_some());
        let keep = match (list, interest.priority) {
            (ListKey::Instances, _) if never => 0,
            // Nor is a fault to stand on the screen for a minute because of what is kept back.
            (ListKey::Instances, _) if failed => pace.keep.min(1),
            (ListKey::Snapshots(_), Priority::Focus) if never => pace.keep.min(1),
            // Who fills in a form waits for it.
            (_, Priority::Form) if never => 0,
            (_, Priority::Form) => pace.keep.min(1),
            _ => pace.keep,
        };
        let never = if interest.priority == Priority::Turn { NEVER_IN_TURN } else { NEVER_READ };
        merge(&mut wants, Want { weight, keep, never, ..Want::plain(list.clone(), target) });
    }
    // What is under way in an account that somebody looks at is seen to end, whatever pane shows it.
    if engine.interests.iter().any(|l| l.account == account.account.name) {
        for list in moving {
            let target = pace.looked(account, &list, 1);
            merge(&mut wants, Want { weight: weight::UNDER_WAY, keep: pace.keep, ..Want::plain(list, target) });
        }
    }
    for list in transitions::watched_lists(engine, account) {
        let target = pace.looked(account, &list, calm);
        merge(&mut wants, Want { keep: pace.keep, ..Want::plain(list, target) });
    }
    if pace.crowded() {
        for want in &mut wants {
            want.weight *= weight::ASIDE;
            // Not before its turn: what is not as old as this is not yet due.
            if let Some(started_at) = account.inventory.lists.get(&want.list).and_then(|r| r.started_at) {
                want.aside = true;
                let turn = account.last_aside.map_or(started_at, |last| last + ASIDE_EVERY);
                want.target = want.target.max(turn.since(started_at));
            }
        }
        wants.retain(|w| !w.aside || !pace.watches.contains(&w.list));
    }
    wants
}

/// Finds the next of the lists that nobody looks at: never read before read long ago. Only while somebody looks at the
/// account at all, and one at a time. When to look again, where there is none now.
pub(super) fn find_spare(engine: &mut Engine, name: &AccountName, env: &Env) -> Option<Monotonic> {
    let looked = engine.interests.iter().any(|l| l.account == *name);
    let account = engine.account_mut(name)?;
    if !looked || !account.account.policy.snapshots_per_instance() {
        account.next_spare = None;
        return None;
    }
    if account.next_spare.is_some() || account.inventory.instances().is_empty() {
        return None;
    }
    if let Some(again) = account.last_spare.map(|last| last + SPARE_EVERY)
        && again > env.tick
    {
        return Some(again);
    }
    account.next_spare = account
        .inventory
        .instances()
        .iter()
        .map(|i| ListKey::Snapshots(Some(i.id.clone())))
        .max_by_key(|list| age(account, list, env).unwrap_or(Duration::MAX));
    None
}

/// Two that want the same list alike are served by one read: the younger, the weightier.
fn merge(wants: &mut Vec<Want>, want: Want) {
    match wants.iter_mut().find(|w| w.list == want.list && w.started_after.is_none()) {
        Some(known) => {
            known.target = known.target.min(want.target);
            known.weight = known.weight.max(want.weight);
            known.keep = known.keep.min(want.keep);
            known.never = known.never.max(want.never);
        }
        None => wants.push(want),
    }
}

/// The lists with a record that is on its way to another state.
pub(super) fn under_way(account: &AccountState) -> Vec<ListKey> {
    let moves = |collection: &Collection| match collection {
        Collection::Instances(rows) => rows.iter().any(|i| i.status.is_under_way()),
        Collection::Snapshots(rows) => rows.iter().any(|s| s.status.is_under_way()),
        Collection::Images(rows) => rows.iter().any(|i| i.status.is_under_way()),
        _ => false,
    };
    let whole = account.inventory.lists.iter().filter(|(list, _)| !list.is_single());
    whole.filter(|(_, remote)| remote.value.as_deref().is_some_and(moves)).map(|(list, _)| list.clone()).collect()
}

/// How long ago a list was read, for the purpose of a want; `None` where it never was, or on a day that is yet to come.
pub(super) fn age(account: &AccountState, list: &ListKey, env: &Env) -> Option<Duration> {
    match (account.inventory.started_at(list), account.inventory.lists.get(list).and_then(|r| r.read_at)) {
        (Some(started_at), _) => Some(env.tick.since(started_at)),
        (None, Some(read_at)) if read_at <= env.wall => Some(env.wall.since(read_at)),
        (None, _) => None,
    }
}

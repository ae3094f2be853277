//! What a login or a read brought.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::domain::{
    AccountName, Budget, Collection, Cut, Fault, Inventory, ListKey, Monotonic, Reading, ResourceId, Timestamp,
};
use crate::engine::wants::under_way;
use crate::engine::{AccountState, Effect, Engine, Env, LoginState, transitions};

pub(super) fn logged_in(engine: &mut Engine, name: &AccountName, result: Result<(), Fault>, budget: Budget, env: &Env) {
    let Some(account) = engine.account_mut(name) else { return };
    account.ended(1, budget, env.tick);
    match result {
        Ok(()) => {
            account.login = LoginState::Done;
            // The first minute belongs to what is looked at.
            account.last_spare.get_or_insert(env.tick);
            account.login_failures = 0;
        }
        Err(Fault::OverBudget { until }) => {
            account.held_back(until, env.wall);
            account.login = LoginState::Needed;
        }
        Err(fault) => {
            account.login = LoginState::Failed(fault, env.tick);
            account.login_failures = account.login_failures.saturating_add(1);
        }
    }
}

#[allow(clippy::too_many_arguments, reason = "the fields of one message")]
pub(super) fn read(
    engine: &mut Engine,
    name: &AccountName,
    list: &ListKey,
    started_at: Monotonic,
    result: Result<Reading, Fault>,
    budget: Budget,
    env: &Env,
    effects: &mut Vec<Effect>,
) {
    let before = engine.account(name).and_then(|account| transitions::whole(list, account));
    take_in(engine, name, list, started_at, result, budget, env, effects);
    if let Some(before) = before {
        transitions::compare(engine, name, list, &before, env, effects);
    }
}

#[allow(clippy::too_many_arguments, reason = "the fields of one message")]
fn take_in(
    engine: &mut Engine,
    name: &AccountName,
    list: &ListKey,
    started_at: Monotonic,
    result: Result<Reading, Fault>,
    budget: Budget,
    env: &Env,
    effects: &mut Vec<Effect>,
) {
    let Some(account) = engine.account_mut(name) else { return };
    account.ended(account.account.policy.requests(list), budget, env.tick);
    let remote = account.inventory.lists.entry(list.clone()).or_default();
    if remote.in_flight == Some(started_at) {
        remote.in_flight = None;
    }
    match result {
        Ok(reading) => {
            store(account, list, reading, started_at, env, effects);
            if *list == ListKey::Instances {
                account.next_spare = None;
            }
        }
        // Held back by our own rate limiter: another process spent it.
        Err(Fault::OverBudget { until }) => {
            account.held_back(until, env.wall);
            return;
        }
        Err(_) if remote.started_at.is_some_and(|last| last > started_at) => {}
        Err(fault) => {
            if fault.needs_a_person() {
                account.login = LoginState::Failed(fault.clone(), env.tick);
            }
            let remote = account.inventory.lists.entry(list.clone()).or_default();
            remote.fault = Some(fault);
            remote.failed = Some(env.tick);
            remote.failures = remote.failures.saturating_add(1);
        }
    }
    account.took.insert(list.clone(), env.tick.since(started_at));
    if let Some(asked) = engine.wished.get(&(name.clone(), list.clone()))
        && started_at >= *asked
    {
        engine.wished.remove(&(name.clone(), list.clone()));
    }
}

fn store(
    account: &mut AccountState,
    list: &ListKey,
    reading: Reading,
    started_at: Monotonic,
    env: &Env,
    effects: &mut Vec<Effect>,
) {
    let remote = account.inventory.lists.entry(list.clone()).or_default();
    // An answer that overtook another is never replaced by the older one.
    if remote.started_at.is_some_and(|last| started_at < last) {
        return;
    }
    let collection = Arc::new(reading.collection);
    // It is shown, and counts for nobody who needs to know: the list stays one that is yet to be read.
    if reading.cut == Some(Cut::Rest) {
        (remote.value, remote.cut, remote.malformed) = (Some(collection), reading.cut, reading.malformed);
        return;
    }
    let read_at = env.wall - env.tick.since(started_at);
    let changed = remote.started_at.is_none() || !remote.value.as_ref().is_some_and(|old| same(old, &collection));
    remote.value = Some(Arc::clone(&collection));
    remote.started_at = Some(started_at);
    remote.read_at = Some(read_at);
    remote.malformed = reading.malformed;
    remote.cut = reading.cut;
    remote.fault = None;
    remote.failed = None;
    remote.failures = 0;
    if changed {
        if *list == ListKey::Instances {
            forget_gone(&mut account.inventory);
        }
        // One record of a list, and what was drawn or written of late, are not worth a place on disk.
        let passes = matches!(list, ListKey::Graphs(_) | ListKey::Ports(_) | ListKey::ConsoleOutput(_));
        if !list.is_single() && !passes {
            effects.push(Effect::CacheList {
                account: account.account.name.clone(),
                list: list.clone(),
                collection,
                read_at,
            });
        }
    }
    account.inventory.take_over(list);
}

/// Whether two readings of a list are the same. What did not change is shared, so that the address tells; a reading
/// that does not share counts as changed, which does no harm.
fn same(old: &Collection, new: &Collection) -> bool {
    fn rows<T>(old: &[Arc<T>], new: &[Arc<T>]) -> bool {
        old.len() == new.len() && old.iter().zip(new).all(|(a, b)| Arc::ptr_eq(a, b))
    }
    match (old, new) {
        (Collection::Instances(a), Collection::Instances(b)) => rows(a, b),
        (Collection::Snapshots(a), Collection::Snapshots(b)) => rows(a, b),
        (Collection::Firewalls(a), Collection::Firewalls(b)) => rows(a, b),
        (Collection::Images(a), Collection::Images(b)) => rows(a, b),
        (Collection::Plans(a), Collection::Plans(b)) => rows(a, b),
        (Collection::Keys(a), Collection::Keys(b)) => rows(a, b),
        (Collection::Volumes(a), Collection::Volumes(b)) => rows(a, b),
        (a, b) => a == b,
    }
}

/// The snapshots of a machine that is gone are no longer shown: nothing would ever read them again.
fn forget_gone(inventory: &mut Inventory) {
    if !inventory.lists.keys().any(|list| matches!(list, ListKey::Snapshots(Some(_)))) {
        return;
    }
    let there: HashSet<ResourceId> = inventory.instances().iter().map(|i| i.id.clone()).collect();
    inventory.lists.retain(|list, remote| match list {
        ListKey::Snapshots(Some(of)) => remote.in_flight.is_some() || there.contains(of),
        _ => true,
    });
}

/// A list from the disk never replaces one that was read.
pub(super) fn kept(
    engine: &mut Engine,
    name: &AccountName,
    list: ListKey,
    collection: Arc<Collection>,
    read_at: Timestamp,
) {
    let Some(account) = engine.account_mut(name) else { return };
    let remote = account.inventory.lists.entry(list).or_default();
    if remote.value.is_none() {
        remote.value = Some(collection);
        remote.read_at = Some(read_at);
    }
}

/// Everything that is looked at or under way is wanted again; an account that rests tries again.
pub(super) fn refresh(engine: &mut Engine, name: &AccountName, env: &Env, effects: &mut Vec<Effect>) {
    let looked = engine.refreshed(name);
    let Some(account) = engine.account_mut(name) else { return };
    if matches!(account.login, LoginState::Failed(..)) {
        account.login = LoginState::Needed;
        effects.push(Effect::TryAgain { account: name.clone() });
    }
    account.forget_failures();
    for list in looked {
        engine.wished.insert((name.clone(), list), env.tick);
    }
}

impl Engine {
    /// The lists of an account that a refresh reads: what is looked at, and what is under way.
    #[must_use]
    pub fn refreshed(&self, name: &AccountName) -> BTreeSet<ListKey> {
        let looked = self.interests.iter().filter(|l| l.account == *name).map(|l| l.list.clone());
        let moving = self.account(name).map(under_way).unwrap_or_default();
        looked.chain(moving).chain([ListKey::Instances]).collect()
    }
}

//! What a login or a read brought.

use std::sync::Arc;

use crate::domain::{AccountName, Budget, Fault, ListKey, Listing, Reading, Tick, Wall};

use super::{Effect, Engine, Env, Login};

pub(super) fn logged_in(engine: &mut Engine, name: &AccountName, result: Result<(), Fault>, budget: Budget, env: &Env) {
    let Some(account) = engine.account_mut(name) else { return };
    account.ended(budget, env.tick);
    match result {
        Ok(()) => {
            account.login = Login::Done;
            account.login_failures = 0;
        }
        Err(Fault::OverBudget { .. }) => account.login = Login::Needed,
        Err(fault) => {
            account.login = Login::Failed(fault, env.tick);
            account.login_failures = account.login_failures.saturating_add(1);
        }
    }
}

#[allow(clippy::too_many_arguments, reason = "the fields of one message")]
pub(super) fn read(
    engine: &mut Engine,
    name: &AccountName,
    list: &ListKey,
    begun: Tick,
    result: Result<Reading, Fault>,
    budget: Budget,
    env: &Env,
    effects: &mut Vec<Effect>,
) {
    let Some(account) = engine.account_mut(name) else { return };
    account.ended(budget, env.tick);
    let remote = account.picture.lists.entry(list.clone()).or_default();
    if remote.in_flight == Some(begun) {
        remote.in_flight = None;
    }
    match result {
        Ok(reading) => {
            // An answer that overtook another is never replaced by the older one.
            if remote.begun.is_none_or(|last| begun >= last) {
                let listing = Arc::new(reading.listing);
                let as_of = env.wall - env.tick.since(begun);
                let changed = remote.value.as_ref() != Some(&listing) || remote.begun.is_none();
                remote.value = Some(Arc::clone(&listing));
                remote.begun = Some(begun);
                remote.as_of = Some(as_of);
                remote.odd = reading.odd;
                remote.fault = None;
                remote.failed = None;
                remote.failures = 0;
                if changed {
                    effects.push(Effect::Keep { account: name.clone(), list: list.clone(), listing, as_of });
                }
            }
            account.slowest = env.tick.since(begun);
        }
        // Held back by our own guard: another process spent it. The budget that came along says when.
        Err(Fault::OverBudget { .. }) => return,
        Err(fault) => {
            if matches!(fault, Fault::WrongCredentials { .. } | Fault::NoSecret { .. }) {
                account.login = Login::Failed(fault.clone(), env.tick);
            }
            let remote = account.picture.lists.entry(list.clone()).or_default();
            remote.fault = Some(fault);
            remote.failed = Some(env.tick);
            remote.failures = remote.failures.saturating_add(1);
        }
    }
    if let Some(asked) = engine.wished.get(&(name.clone(), list.clone()))
        && begun >= *asked
    {
        engine.wished.remove(&(name.clone(), list.clone()));
    }
}

/// A list from the disk never replaces one that was read.
pub(super) fn kept(engine: &mut Engine, name: &AccountName, list: ListKey, listing: Arc<Listing>, as_of: Wall) {
    let Some(account) = engine.account_mut(name) else { return };
    let remote = account.picture.lists.entry(list).or_default();
    if remote.value.is_none() {
        remote.value = Some(listing);
        remote.as_of = Some(as_of);
    }
}

/// Everything that is looked at is wanted anew; an account that rests tries again.
pub(super) fn refresh(engine: &mut Engine, name: &AccountName, env: &Env, effects: &mut Vec<Effect>) {
    let looked: Vec<ListKey> = engine.looks.iter().filter(|l| l.account == *name).map(|l| l.list.clone()).collect();
    let Some(account) = engine.account_mut(name) else { return };
    if matches!(account.login, Login::Failed(..)) {
        account.login = Login::Needed;
        effects.push(Effect::TryAgain { account: name.clone() });
    }
    for remote in account.picture.lists.values_mut() {
        remote.failures = 0;
        remote.failed = None;
    }
    for list in looked {
        engine.wished.insert((name.clone(), list), env.tick);
    }
    engine.wished.insert((name.clone(), ListKey::Instances), env.tick);
}

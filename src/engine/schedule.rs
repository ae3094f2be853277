//! Who may send next. The only place where requests are let out: a person's action first, then a step of a running
//! operation, then polls by how overdue they are and how much they count.

use std::time::Duration;

use crate::domain::{AccountName, Fault, ListKey, Monotonic, Permit};
use crate::engine::wants::{NEVER_READ, Want, age, find_spare, wants};
use crate::engine::{AccountState, Effect, Engine, Env, LoginState, probing, steps};

/// A provider that wants to be left alone for less than this says nothing.
const AT_ONCE: Duration = Duration::from_secs(1);
/// One that an operation needs to be read again is this many times overdue.
const NEEDED: f64 = 24.0;

pub(super) fn schedule(engine: &mut Engine, env: &Env, effects: &mut Vec<Effect>) {
    let names: Vec<AccountName> = engine.accounts.iter().map(|a| a.account.name.clone()).collect();
    let mut wake = earlier(steps::next_deadline(engine, env), probing::ask(engine, env, effects));
    for name in names {
        let next = schedule_account(engine, &name, env, effects);
        wake = earlier(wake, next);
    }
    if let Some(at) = wake {
        effects.push(Effect::WakeAt(at.max(Monotonic(env.tick.0 + 1))));
    }
}

fn earlier(a: Option<Monotonic>, b: Option<Monotonic>) -> Option<Monotonic> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Lets out what may go and returns when to look again.
fn schedule_account(
    engine: &mut Engine,
    name: &AccountName,
    env: &Env,
    effects: &mut Vec<Effect>,
) -> Option<Monotonic> {
    match log_in(engine, name, env, effects) {
        Gate::Open => {}
        Gate::Closed(next) => return next,
    }
    // Changes that are checked and ready.
    let mut next = None;
    while let Some((op, keep)) = steps::ready(engine, name, env) {
        let account = engine.account(name)?;
        match account.permit(env.wall, keep) {
            Permit::Now if steps::send(engine, &op, env, effects) => {}
            // What was read last says that it is not to be sent: it moves on with the next turn.
            Permit::Now => next = Some(env.tick),
            Permit::At(at) => {
                next = Some(env.tick_at(at));
                break;
            }
        }
    }
    next = earlier(next, find_spare(engine, name, env));
    // Reads.
    loop {
        let account = engine.account(name)?;
        let mut due_now: Vec<(f64, Want)> = Vec::new();
        for want in wants(engine, account, env) {
            match due(account, &want, env) {
                Due::Now(share) => due_now.push((share * want.weight, want)),
                Due::At(at) => next = earlier(next, Some(at)),
                Due::UnderWay => {}
            }
        }
        due_now.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        // One that must leave more for others lets one pass that need not.
        let mut free = None;
        for (_, want) in due_now {
            // One of several requests leaves room for all but its first.
            let rest = account.account.policy.requests(&want.list).saturating_sub(1);
            let most = account.per_minute().map_or(rest, |allowed| allowed.saturating_sub(want.keep + 1));
            match account.permit(env.wall, want.keep + rest.min(most)) {
                Permit::Now => {
                    free = Some(want);
                    break;
                }
                Permit::At(at) => next = earlier(next, Some(env.tick_at(at))),
            }
        }
        let Some(want) = free else { return next };
        let account = engine.account_mut(name)?;
        if want.aside {
            account.last_aside = Some(env.tick);
        }
        if account.next_spare.as_ref() == Some(&want.list) {
            account.last_spare = Some(env.tick);
            account.next_spare = None;
        }
        read(engine, name, &want.list, env, effects);
    }
}

enum Gate {
    Open,
    Closed(Option<Monotonic>),
}

fn log_in(engine: &mut Engine, name: &AccountName, env: &Env, effects: &mut Vec<Effect>) -> Gate {
    let wanted = engine.works_for(name);
    let Some(account) = engine.account_mut(name) else { return Gate::Closed(None) };
    match &account.login {
        LoginState::Done => Gate::Open,
        LoginState::UnderWay => Gate::Closed(None),
        LoginState::Failed(fault, _) if fault.needs_a_person() => Gate::Closed(None),
        LoginState::Failed(fault, at) => {
            let again = again(fault, *at, account.login_failures, env);
            if again <= env.tick {
                account.login = LoginState::Needed;
                return log_in(engine, name, env, effects);
            }
            Gate::Closed(Some(again))
        }
        LoginState::Needed if !wanted => Gate::Closed(None),
        LoginState::Needed => match account.permit(env.wall, 0) {
            Permit::Now => {
                account.login = LoginState::UnderWay;
                account.sent(1, env.wall);
                effects.push(Effect::LogIn { account: name.clone() });
                Gate::Closed(None)
            }
            Permit::At(at) => Gate::Closed(Some(env.tick_at(at))),
        },
    }
}

fn read(engine: &mut Engine, name: &AccountName, list: &ListKey, env: &Env, effects: &mut Vec<Effect>) {
    let Some(account) = engine.account_mut(name) else { return };
    account.sent(account.account.policy.requests(list), env.wall);
    let remote = account.inventory.lists.entry(list.clone()).or_default();
    remote.in_flight = Some(env.tick);
    effects.push(Effect::Read {
        account: name.clone(),
        list: list.clone(),
        started_at: env.tick,
        former: remote.value.clone(),
    });
}

enum Due {
    Now(f64),
    At(Monotonic),
    UnderWay,
}

fn due(account: &AccountState, want: &Want, env: &Env) -> Due {
    let remote = account.inventory.lists.get(&want.list);
    if remote.is_some_and(|r| r.in_flight.is_some()) {
        return Due::UnderWay;
    }
    let started_at = account.inventory.started_at(&want.list);
    let unserved = want.started_after.filter(|after| started_at.is_none_or(|started_at| started_at < *after));
    if let Some(after) = unserved.filter(|after| *after > env.tick) {
        return Due::At(after);
    }
    if let Some((fault, failed)) = remote.and_then(|r| Some((r.fault.as_ref()?, r.failed?))) {
        if fault.rests_alone() && !want.person {
            return Due::UnderWay;
        }
        let again = again(fault, failed, remote.map_or(0, |r| r.failures), env);
        // What failed before a person asked does not hold up what was asked.
        let asked_since = want.person && unserved.is_some_and(|after| failed < after);
        if again > env.tick && !asked_since {
            return Due::At(again);
        }
    }
    if unserved.is_some() {
        return Due::Now(NEEDED);
    }
    if want.target.is_zero() {
        return Due::UnderWay;
    }
    let Some(age) = age(account, &want.list, env) else { return Due::Now(want.never) };
    let target = want.target.max(Duration::from_millis(1));
    if age < target {
        return Due::At(env.tick + (target - age));
    }
    // What an earlier run left on disk counts as never read.
    match started_at {
        None => Due::Now(want.never),
        Some(_) => Due::Now((age.as_secs_f64() / target.as_secs_f64()).min(NEVER_READ)),
    }
}

/// When to try again what failed so often in a row. A provider that names a moment means it; what it names as good as
/// now is no moment.
fn again(fault: &Fault, failed: Monotonic, failures: u32, env: &Env) -> Monotonic {
    let told = match fault {
        Fault::Quota { until: Some(until) } => Some(env.tick_at(*until)),
        _ => None,
    };
    told.filter(|at| at.since(failed) >= AT_ONCE).unwrap_or_else(|| failed + backoff(failures))
}

/// How long to leave a list, or a login, alone after so many failures in a row: 5 s, 10 s, … two minutes.
fn backoff(failures: u32) -> Duration {
    Duration::from_secs(5 << failures.saturating_sub(1).min(5)).min(Duration::from_secs(120))
}

impl AccountState {
    /// When what could not be read is tried again by itself, as far as the budget lets it; `None` where it is not.
    #[must_use]
    pub fn next_try(&self, list: &ListKey) -> Option<Monotonic> {
        match &self.login {
            LoginState::Failed(fault, at) => (!fault.needs_a_person()).then(|| *at + backoff(self.login_failures)),
            _ => {
                let remote = self.inventory.lists.get(list)?;
                let goes_on = remote.fault.as_ref().is_none_or(|fault| !fault.rests_alone());
                remote.failed.filter(|_| goes_on).map(|failed| failed + backoff(remote.failures))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;

    /// A failure that happened at this moment for the third time in a row.
    #[rstest::rstest]
    #[case(Fault::Quota { until: Some(Timestamp(7_000)) }, 7)]
    #[case(Fault::Quota { until: Some(Timestamp(90_000)) }, 90)]
    // As good as now is no moment.
    #[case(Fault::Quota { until: Some(Timestamp(100)) }, 20)]
    #[case(Fault::Quota { until: None }, 20)]
    #[case(Fault::TimedOut { host: String::new() }, 20)]
    fn a_moment_that_a_provider_names_is_kept_to(#[case] fault: Fault, #[case] seconds: u64) {
        let env = Env { tick: Monotonic(50_000), wall: Timestamp(0) };
        assert_eq!(again(&fault, env.tick, 3, &env), env.tick + Duration::from_secs(seconds));
    }
}

//! Who may send next. The only place where requests are let out: a person's action first, then a step of a running
//! operation, then polls by how overdue they are and how much they count.

use std::time::Duration;

use crate::domain::{AccountName, ListKey, Permit, Tick, Wall};

use super::wants::{Want, age, wants, watched};
use super::{AccountState, Effect, Engine, Env, Login, steps};

/// A list that was never read is this many times overdue.
const NEVER_READ: f64 = 12.0;

pub(super) fn schedule(engine: &mut Engine, env: &Env, effects: &mut Vec<Effect>) {
    let names: Vec<AccountName> = engine.accounts.iter().map(|a| a.account.name.clone()).collect();
    let mut wake = steps::next_deadline(engine, env);
    for name in names {
        let next = schedule_account(engine, &name, env, effects);
        wake = earlier(wake, next);
    }
    if let Some(at) = wake {
        effects.push(Effect::WakeAt(at.max(Tick(env.tick.0 + 1))));
    }
}

fn earlier(a: Option<Tick>, b: Option<Tick>) -> Option<Tick> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Lets out what may go and returns when to look again.
fn schedule_account(engine: &mut Engine, name: &AccountName, env: &Env, effects: &mut Vec<Effect>) -> Option<Tick> {
    match log_in(engine, name, env, effects) {
        Gate::Open => {}
        Gate::Closed(next) => return next,
    }
    // Changes that are checked and ready.
    let mut next = None;
    while let Some((op, keep)) = steps::ready(engine, name, env) {
        let account = engine.account(name)?;
        match account.permit(env.wall, keep) {
            Permit::Now => steps::send(engine, &op, env, effects),
            Permit::At(at) => {
                next = Some(tick_of(at, env));
                break;
            }
        }
    }
    // Reads.
    loop {
        let account = engine.account(name)?;
        let watching = !watched(engine, account, env).is_empty();
        let keep = if watching { 1 } else { 2 };
        let mut best: Option<(f64, Want)> = None;
        for want in wants(engine, account, env) {
            match due(account, &want, env) {
                Due::Now(share) => {
                    let score = share * want.weight;
                    if best.as_ref().is_none_or(|(most, _)| score > *most) {
                        best = Some((score, want));
                    }
                }
                Due::At(at) => next = earlier(next, Some(at)),
                Due::UnderWay => {}
            }
        }
        let Some((_, want)) = best else { return next };
        match account.permit(env.wall, if want.person { 0 } else { keep }) {
            Permit::Now => {
                if want.spare
                    && let Some(account) = engine.account_mut(name)
                {
                    account.last_spare = Some(env.tick);
                }
                read(engine, name, &want.list, env, effects);
            }
            Permit::At(at) => return earlier(next, Some(tick_of(at, env))),
        }
    }
}

enum Gate {
    Open,
    Closed(Option<Tick>),
}

fn log_in(engine: &mut Engine, name: &AccountName, env: &Env, effects: &mut Vec<Effect>) -> Gate {
    let wanted = engine.looks.iter().any(|l| l.account == *name)
        || engine.operations.iter().any(|o| o.account == *name && !o.is_over())
        || engine.wished.keys().any(|(owner, _)| owner == name);
    let Some(account) = engine.account_mut(name) else { return Gate::Closed(None) };
    match &account.login {
        Login::Done => Gate::Open,
        Login::UnderWay => Gate::Closed(None),
        Login::Failed(fault, _) if fault.needs_a_person() => Gate::Closed(None),
        Login::Failed(_, at) => {
            let again = *at + backoff(account.login_failures);
            if again <= env.tick {
                account.login = Login::Needed;
                return log_in(engine, name, env, effects);
            }
            Gate::Closed(Some(again))
        }
        Login::Needed if !wanted => Gate::Closed(None),
        Login::Needed => match account.permit(env.wall, 0) {
            Permit::Now => {
                account.login = Login::UnderWay;
                account.sent(env.wall);
                effects.push(Effect::LogIn { account: name.clone() });
                Gate::Closed(None)
            }
            Permit::At(at) => Gate::Closed(Some(tick_of(at, env))),
        },
    }
}

fn read(engine: &mut Engine, name: &AccountName, list: &ListKey, env: &Env, effects: &mut Vec<Effect>) {
    let Some(account) = engine.account_mut(name) else { return };
    account.sent(env.wall);
    let remote = account.picture.lists.entry(list.clone()).or_default();
    remote.in_flight = Some(env.tick);
    effects.push(Effect::Read {
        account: name.clone(),
        list: list.clone(),
        begun: env.tick,
        former: remote.value.clone(),
    });
}

enum Due {
    Now(f64),
    At(Tick),
    UnderWay,
}

fn due(account: &AccountState, want: &Want, env: &Env) -> Due {
    let remote = account.picture.lists.get(&want.list);
    if remote.is_some_and(|r| r.in_flight.is_some()) {
        return Due::UnderWay;
    }
    if let Some((fault, failed)) = remote.and_then(|r| Some((r.fault.as_ref()?, r.failed?))) {
        if matches!(fault, crate::domain::Fault::Unauthorised { .. }) && !want.person {
            return Due::UnderWay;
        }
        let again = failed + backoff(remote.map_or(0, |r| r.failures));
        if again > env.tick {
            return Due::At(again);
        }
    }
    if let Some(after) = want.begun_after {
        let served = remote.and_then(|r| r.begun).is_some_and(|begun| begun >= after);
        if !served {
            return Due::Now(NEVER_READ * 2.0);
        }
        if want.target.is_zero() {
            return Due::UnderWay;
        }
    }
    let Some(age) = age(account, &want.list, env) else {
        return Due::Now(if want.spare { 1.0 } else { NEVER_READ });
    };
    let target = want.target.max(Duration::from_millis(1));
    if age >= target {
        return Due::Now((age.as_secs_f64() / target.as_secs_f64()).min(NEVER_READ * 2.0));
    }
    Due::At(env.tick + (target - age))
}

/// How long to leave a list, or a login, alone after so many failures in a row: 5 s, 10 s, … two minutes.
fn backoff(failures: u32) -> Duration {
    Duration::from_secs(5 << failures.saturating_sub(1).min(5)).min(Duration::from_secs(120))
}

pub(super) fn tick_of(at: Wall, env: &Env) -> Tick {
    env.tick + at.since(env.wall)
}

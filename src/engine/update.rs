//! Takes in what happened and says what is to be done: the only way anything changes here.

use std::time::Duration;

use crate::domain::{Fault, Monotonic, OpState};
use crate::engine::{
    AccountState, Effect, Engine, Env, Msg, ask, invariants, journal_replay, progress, protect, reads, schedule, steps,
    transitions, turns, watchdog,
};

/// More wall clock than this that passed unseen means that the machine slept.
const ASLEEP: Duration = Duration::from_secs(60);

/// Takes in what happened and says what is to be done.
pub fn update(engine: &mut Engine, msg: Msg, env: &Env) -> Vec<Effect> {
    let mut effects = Vec::new();
    notice_sleep(engine, env);
    // What is looked at moves no operation, and it changes with every key.
    let moves = !matches!(msg, Msg::Interests(_));
    if moves {
        progress::keep_reached(engine, env);
    }
    take_in(engine, msg, env, &mut effects);
    if moves {
        carry_on(engine, env, &mut effects);
    }
    schedule::schedule(engine, env, &mut effects);
    journal_replay::note_written(engine, &effects, env);
    debug_assert_eq!(invariants::broken(engine), None);
    effects
}

fn take_in(engine: &mut Engine, msg: Msg, env: &Env, effects: &mut Vec<Effect>) {
    match msg {
        Msg::Woke => {}
        Msg::AccountAdded(account) => match engine.account_mut(&account.name) {
            Some(known) => known.configure(account, env.wall),
            None => engine.accounts.push(AccountState::new(account)),
        },
        Msg::Interests(interests) => engine.interests = interests,
        Msg::SecretAwaited { account, from } => {
            if let Some(account) = engine.account_mut(&account).filter(|a| !a.under_way.is_empty()) {
                account.awaits = Some(Fault::SecretAwaited { from });
            }
        }
        Msg::LoggedIn { account, result, budget } => reads::logged_in(engine, &account, result, budget, env),
        Msg::Read { account, list, started_at, result, budget } => {
            reads::read(engine, &account, &list, started_at, result, budget, env, effects);
            watchdog::cover(engine);
        }
        Msg::Answered { op, step, attempt, answer, budget } => {
            steps::answered(engine, &op, step, attempt, answer, budget, env, effects);
        }
        Msg::Kept { account, list, collection, read_at } => {
            reads::kept(engine, &account, list, collection, read_at);
            watchdog::cover(engine);
        }
        Msg::Ask(actions) => ask::ask(engine, actions, true, None, env, effects),
        Msg::AskShown(actions) => {
            let known = engine.operations.len();
            ask::ask(engine, actions, true, None, env, effects);
            // No read is too old for it that is not too old for any check.
            engine.operations.iter_mut().skip(known).for_each(|op| op.read_after = Monotonic(0));
        }
        Msg::AskMany { actions, together } => ask::ask(engine, actions, together, None, env, effects),
        Msg::TakeBack(op) => ask::take_back(engine, &op, false, env, effects),
        Msg::Leave(op) => ask::take_back(engine, &op, true, env, effects),
        Msg::Decide(op, decision) => ask::decide(engine, &op, decision, env, effects),
        Msg::Refresh(account) => reads::refresh(engine, &account, env, effects),
        Msg::Watch(resource, wanted) => transitions::watch(engine, resource, wanted),
        Msg::Protect { resource, name, on } => protect::protect(engine, resource, name, on, effects),
        Msg::CancelCountdowns => ask::cancel_countdowns(engine, env, effects),
        Msg::OwnAddress(new) => engine.know_own(new),
        Msg::Journal(lines) => {
            journal_replay::read_journal(engine, &lines, env, effects);
            engine.guards.remember();
        }
        Msg::Watchdogs(settings) => {
            engine.guards.configure(settings);
            watchdog::cover(engine);
        }
        Msg::Probed { of, probe, started_at, result } => {
            let ok = result.is_ok();
            if engine.probes.ended(&of, &probe, started_at, result) {
                effects.extend(watchdog::heard(engine, &of, &probe, started_at, ok).map(Effect::Tell));
            }
        }
        Msg::Offered(of, answer) => watchdog::answered(engine, &of, answer, env, effects),
    }
}

/// Moves on whatever can go on.
fn carry_on(engine: &mut Engine, env: &Env, effects: &mut Vec<Effect>) {
    watchdog::look(engine, env, effects);
    steps::advance_all(engine, env, effects);
    // The end of one is the turn of the next.
    while turns::pass(engine, env, effects) {
        steps::advance_all(engine, env, effects);
    }
    progress::learn(engine, effects);
}

/// After a sleep a countdown begins again: nobody was there to take it back; and what would still be sent asks first. A
/// sleep shows by the wall clock, and where both clocks went on without us, by a countdown whose end is long past.
fn notice_sleep(engine: &mut Engine, env: &Env) {
    let unseen = engine
        .last_seen
        .map_or(Duration::ZERO, |last| env.wall.since(last.wall).saturating_sub(env.tick.since(last.tick)));
    let grace = engine.safety.grace;
    let slept = unseen > ASLEEP;
    for op in engine.operations.iter_mut().filter(|o| !o.is_over()) {
        // A countdown begins again and is there to be taken back: that is its question.
        if slept && op.asks_since.is_none() && !matches!(op.state, OpState::Countdown { .. }) {
            op.asks_since = Some(env.wall - unseen);
        }
        if let OpState::Countdown { until } = &mut op.state
            && (slept || env.tick.since(*until) > ASLEEP)
        {
            *until = env.tick + grace;
            op.read_after = env.tick;
        }
    }
    if slept {
        engine.guards.forget();
    }
    engine.last_seen = Some(*env);
}

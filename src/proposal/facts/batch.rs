//! What is said of many together: what becomes of their service, and how long the request budget makes them take.

use crate::domain::{Action, Phrase, StatusKind, Step, text};
use crate::engine::{Engine, Expected};
use crate::proposal::content::Proposal;
use crate::proposal::expected_time;

/// Those of the actions that take a running instance out of service.
pub(in crate::proposal) fn interrupting<'a>(engine: &Engine, actions: &'a [Action]) -> Vec<&'a Action> {
    actions.iter().filter(|a| engine.interrupts(a)).collect()
}

/// By effect: how many stay up, and how long each of the others is out of service.
pub(in crate::proposal) fn effects(proposal: &Proposal, engine: &Engine) -> Option<Phrase> {
    let several = proposal.actions.len() > 1;
    let stops = interrupting(engine, &proposal.actions);
    if !several || stops.is_empty() || !proposal.verb.pauses() {
        return None;
    }
    let each: Vec<Expected> = stops.iter().filter_map(|action| out_of_service(engine, action)).collect();
    // From the fastest of them to the slowest.
    let spread = each.iter().copied().reduce(|all, next| Expected {
        from: all.from.min(next.from),
        to: all.to.max(next.to),
        median: all.median.max(next.median),
        count: all.count.min(next.count),
        learnt: all.learnt && next.learnt,
    });
    let (up, off): (Vec<_>, Vec<_>) = proposal
        .actions
        .iter()
        .filter(|a| !engine.interrupts(a))
        .partition(|a| a.subject().status == StatusKind::Running);
    let stopped = match spread {
        Some(expected) => text::many::stopped_for(stops.len(), expected_time::roughly(&expected)),
        None => text::many::stopped(stops.len()),
    };
    let parts = [(up.len(), text::many::up(up.len())), (stops.len(), stopped), (off.len(), text::many::off(off.len()))];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, phrase)| phrase);
    parts.reduce(text::many::and)
}

/// How long the steps of an action are expected to take together.
fn out_of_service(engine: &Engine, action: &Action) -> Option<Expected> {
    let account = engine.account(action.subject().account())?;
    let steps = account.account.policy.plan(action, &account.inventory);
    expected_time::sum(steps.iter().filter_map(|step| match step {
        Step::Call { call, .. } => engine.expected_of(&account.account.name, call),
        Step::Wait(_) | Step::Settle { .. } => None,
    }))
}

/// What a request budget makes of several: `10 requests, about 2 min at 6 a minute`.
pub(in crate::proposal) fn forecast(proposal: &Proposal, engine: &Engine) -> Option<Phrase> {
    if proposal.actions.len() < 2 {
        return None;
    }
    let forecast = engine.forecast(&proposal.actions);
    let (lasts, per_minute) = (forecast.lasts?, forecast.per_minute?);
    Some(text::many::forecast(forecast.requests, lasts, u64::from(per_minute)))
}

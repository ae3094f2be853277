//! How a change is confirmed: with `y` or by typing, and what is accepted then.

use crate::domain::{Action, Operation, Risk, Verb, folded};
use crate::engine::{self, Engine, Env};
use crate::proposal::content::{Confirmation, Proposal};

/// By the verb, and by the facts that raise it.
pub(super) fn confirmation(proposal: &Proposal, engine: &Engine, env: &Env) -> Confirmation {
    let raised = proposal.actions.iter().any(|action| is_raised(engine, action, env));
    let lowered = proposal.verb.joins_stop() && proposal.actions.iter().all(|a| stop_is_late(engine, a, env));
    if (proposal.verb.risk() == Risk::Question && !raised) || lowered {
        return Confirmation::Question;
    }
    Confirmation::Typed(accepted(engine, proposal.verb, &proposal.actions))
}

/// What must be typed for the steps of an operation from this one on, one of these; `None` where a yes is enough. What is
/// lost already need not be typed once more.
#[must_use]
pub fn typed_from(engine: &Engine, op: &Operation, step: usize, env: &Env) -> Option<Vec<String>> {
    let (verb, action) = (op.action.verb(), &op.action);
    let raised = || verb.risk() == Risk::Question && is_raised(engine, action, env);
    let typed = op.calls_from(step).any(|(_, call)| call.loses()) || raised();
    typed.then(|| accepted(engine, verb, std::slice::from_ref(action)))
}

/// Whether a fact about an action raises its question to something that is typed.
fn is_raised(engine: &Engine, action: &Action, env: &Env) -> bool {
    let account = engine.account(action.subject().account());
    let risks = account.map(|a| a.account.policy.risks(action, &a.inventory, env.wall)).unwrap_or_default();
    risks.iter().chain(&engine::lock_out(engine, action)).any(|fact| fact.raises)
}

/// Whether an operation waits for a stop of the same instance that takes longer than usual.
fn stop_is_late(engine: &Engine, action: &Action, env: &Env) -> bool {
    let instance = &action.subject().resource;
    engine.operations().iter().any(|op| engine.offers_force_stop(op, env) && op.action.holds().contains(instance))
}

/// What is accepted when typed: the name where it is unique, the id, and its last six characters, more where those are
/// not unique. For several: the verb and the count.
fn accepted(engine: &Engine, verb: Verb, actions: &[Action]) -> Vec<String> {
    let [action] = actions else {
        return vec![format!("{} {}", verb.word(), actions.len())];
    };
    let target = action.subject();
    let mut others: Vec<(&str, &str)> = Vec::new();
    for account in engine.accounts() {
        let here = account.account.name == *target.account();
        let found = account.inventory.resources(target.resource.kind).into_iter();
        let not_it = found.filter(|other| !(here && other.id() == target.id().as_str()));
        others.extend(not_it.map(|other| (other.id(), other.name())));
    }
    let id = target.id().as_str();
    let mut accepted = Vec::new();
    let name = folded(&target.name);
    if !name.is_empty() && !others.iter().any(|(id, other)| folded(other) == name || *id == name) {
        accepted.push(target.name.clone());
    }
    // What is not there yet has no id.
    if id.is_empty() {
        return vec![target.name.clone()];
    }
    let chars: Vec<char> = id.chars().collect();
    let code = (6..=chars.len())
        .map(|n| chars[chars.len() - n..].iter().collect::<String>())
        .find(|code| !others.iter().any(|(id, name)| id.ends_with(code.as_str()) || name == code));
    accepted.push(code.unwrap_or_else(|| id.to_owned()));
    if !accepted.iter().any(|a| a == id) {
        accepted.push(id.to_owned());
    }
    accepted
}

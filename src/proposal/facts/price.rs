//! What is said of money: what is saved by a destruction, and what something new costs.

use crate::domain::{Action, Phrase, Price, text};
use crate::engine::Engine;
use crate::proposal::content::Proposal;

/// What all actions save or cost a month together, as far as prices are known.
pub(in crate::proposal) fn facts(proposal: &Proposal, engine: &Engine) -> Vec<Phrase> {
    let mut saved: Vec<Option<u64>> = Vec::new();
    let mut facts = Vec::new();
    for action in &proposal.actions {
        let Some(account) = engine.account(action.subject().account()) else { continue };
        match action {
            Action::Destroy { instance, .. } => {
                let instance = account.inventory.instance(instance.id());
                saved.push(instance.and_then(|i| account.price(i)).and_then(|price| price.yen_a_month()));
            }
            Action::RestoreAsNew { plan, .. } => {
                let offered = proposal.plans.0.iter().find(|p| p.id == *plan);
                facts.push(costs(offered.and_then(|p| account.plan_price(p))));
            }
            _ => {}
        }
    }
    let (sum, unknown) = (saved.iter().flatten().sum::<u64>(), saved.iter().filter(|yen| yen.is_none()).count());
    if unknown < saved.len() {
        let phrase = if unknown == 0 { text::confirm::saves(sum) } else { text::confirm::saves_some(sum, unknown) };
        facts.push(phrase);
    }
    facts
}

pub(super) fn costs(price: Option<Price>) -> Phrase {
    match price.and_then(|price| price.yen_a_month()) {
        Some(yen) => text::confirm::costs(yen),
        None => Phrase::new(text::confirm::COSTS_UNKNOWN),
    }
}

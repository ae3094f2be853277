//! What is said of money: what is saved by a destruction, and what something new costs.

use crate::domain::{Action, Phrase, Price, Spec, Target, text};
use crate::engine::{AccountState, Engine};
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
            Action::Resize { instance, plan } => facts.extend(resized(instance, plan, account)),
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

/// Its size and its price, now and then, as far as they are known.
fn resized(instance: &Target, plan: &Target, account: &AccountState) -> Vec<Phrase> {
    let (Some(instance), Some(plan)) = (account.inventory.instance(instance.id()), account.inventory.plan(plan.id()))
    else {
        return Vec::new();
    };
    let own = instance.plan.as_ref().and_then(|own| account.inventory.plan(own)).map(|own| own.spec);
    let said = |spec: Spec| spec.sizes().into_iter().flatten().reduce(text::unit::beside);
    let sizes = own.and_then(said).zip(said(plan.spec)).map(|(now, then)| text::confirm::resize_sizes(now, then));
    let yen = |price: Option<Price>| price.and_then(|price| price.yen_a_month());
    let prices = yen(account.price(instance)).zip(yen(account.plan_price(plan)));
    sizes.into_iter().chain(prices.map(|(now, then)| text::confirm::resize_costs(now, then))).collect()
}

pub(super) fn costs(price: Option<Price>) -> Phrase {
    match price.and_then(|price| price.yen_a_month()) {
        Some(yen) => text::confirm::costs(yen),
        None => Phrase::new(text::confirm::COSTS_UNKNOWN),
    }
}

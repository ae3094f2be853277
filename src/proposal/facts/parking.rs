//! What is said of parking an instance, and of making one again from what was saved.

use crate::domain::{Action, Arg, Phrase, text};
use crate::engine::{AccountState, Engine};

/// What parking remembers, and what it saves a month.
pub(in crate::proposal) fn parked(action: &Action, account: &AccountState) -> Vec<Phrase> {
    let Some(kept) = action.parked() else { return Vec::new() };
    let inventory = &account.inventory;
    let plan = kept.plan.as_ref().map(|id| inventory.plan(id).map_or_else(|| id.to_string(), |p| p.name.clone()));
    let none = || Arg::from(Phrase::new(text::park::NONE));
    let text = |found: Option<String>| found.filter(|t| !t.is_empty()).map_or_else(none, Arg::from);
    let remembers = text::park::remembers(
        text(plan),
        text(kept.key.as_ref().map(ToString::to_string)),
        text(Some(kept.firewalls.join(", "))),
    );
    let price =
        inventory.instance(action.subject().id()).and_then(|i| account.price(i)).and_then(|price| price.yen_a_month());
    let saves = price.map(text::park::saves);
    saves.into_iter().chain([remembers]).collect()
}

/// The firewalls of a new instance, and what was parked that comes back.
pub(in crate::proposal) fn anew(action: &Action, engine: &Engine) -> Vec<Phrase> {
    let Action::RestoreAsNew { snapshot, firewalls, .. } = action else { return Vec::new() };
    let behind = if firewalls.is_empty() {
        Phrase::new(text::confirm::BEHIND_NONE)
    } else {
        text::confirm::behind(firewalls.join(", "))
    };
    let parked = engine.parked(snapshot.account(), snapshot.id());
    let parked = parked.map(|kept| text::park::comes_back(kept.name.as_str()));
    parked.into_iter().chain([behind]).collect()
}

//! Letting one address in: which rule an earlier allow from here put there, as the operations tell, those of earlier
//! runs too; and the change that puts another in its place.

use ipnet::IpNet;

use crate::domain::{
    AccountName, Action, Kind, OpResult, OpState, Operation, OwnRule, Remembered, ResourceId, ResourceRef, Rule,
    Target, remembered, with_address,
};
use crate::engine::Engine;
use crate::engine::known_on::known_on;

/// The rule for the person's own address on this port that was set from here and still stands, where the rules were read.
#[must_use]
pub fn remembered_rule(engine: &Engine, account: &AccountName, firewall: &ResourceId, port: u16) -> Option<Remembered> {
    let rules = &engine.account(account)?.inventory.rules(firewall)?.rules;
    let resource = ResourceRef::new(account, Kind::Firewall, firewall);
    let took_effect =
        |op: &&Operation| !matches!(op.state, OpState::Ended(OpResult::Failed { .. } | OpResult::Cancelled { .. }));
    let changes = engine.operations().iter().filter(took_effect);
    remembered(changes.map(|op| &op.action), &resource, port, rules)
}

/// The change that lets a network in to a port, in the place of `replaced` or beside the others. `was`: the rules as
/// they were shown; `own`: who lets the person's own address in.
#[must_use]
pub fn allowing(
    engine: &Engine,
    firewall: &Target,
    was: &[Rule],
    port: u16,
    network: &IpNet,
    replaced: Option<&Rule>,
    own: Option<OwnRule>,
) -> Option<Action> {
    let provider = &engine.account(firewall.account())?.account.policy;
    let (mut rules, at) = with_address(was, port, network, replaced);
    // All others stay as they were sent; only what is new is put in the provider's words.
    if let Some(new) = rules.get_mut(at) {
        *new = provider.as_taken(new);
    }
    let instances =
        if provider.tells_firewalls() { Vec::new() } else { known_on(engine, firewall.account(), firewall.id()) };
    let (name, was) = (firewall.name.clone(), was.to_vec());
    Some(Action::UpdateFirewall { firewall: firewall.clone(), name, rules, was, instances, own })
}

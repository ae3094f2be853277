//! Which rule an earlier allow from here put there, as the operations tell, those of earlier runs too.

use crate::domain::{
    AccountName, Kind, OpResult, OpState, Operation, Remembered, ResourceId, ResourceRef, remembered,
};

use super::Engine;

/// The rule for one address on this port that was put there from here and still stands, where the rules were read.
#[must_use]
pub fn remembered_rule(engine: &Engine, account: &AccountName, firewall: &ResourceId, port: u16) -> Option<Remembered> {
    let rules = &engine.account(account)?.picture.rules(firewall)?.rules;
    let resource = ResourceRef::new(account, Kind::Firewall, firewall);
    let took_effect =
        |op: &&Operation| !matches!(op.state, OpState::Ended(OpResult::Failed { .. } | OpResult::Cancelled { .. }));
    let changes = engine.operations().iter().filter(took_effect);
    remembered(changes.map(|op| &op.action), &resource, port, rules)
}

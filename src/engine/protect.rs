//! What no changing action touches until it is unprotected: by name as the configuration says, and one by one as a person
//! said on this machine.

use crate::domain::{Action, JournalRecord, Kind, OpId, Phrase, ResourceRef, text};
use crate::engine::{AccountState, Effect, Engine};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProtectedBy {
    /// The configuration, by its name: only there it can be unprotected.
    Configuration,
    Person,
}

/// A person protects something, or does no more.
pub(super) fn protect(engine: &mut Engine, resource: ResourceRef, name: String, on: bool, effects: &mut Vec<Effect>) {
    if engine.ledger.protects(&resource).is_some() == on {
        return;
    }
    engine.asked += 1;
    let op = OpId::new(format!("{}-{}", engine.process, engine.asked));
    effects.push(Effect::Record { op, record: JournalRecord::Protected { resource, name, on } });
}

impl Engine {
    /// Who protects a resource of this name; `None` where nobody does.
    #[must_use]
    pub fn protected(&self, resource: &ResourceRef, name: &str) -> Option<ProtectedBy> {
        if self.safety.protects(name) {
            return Some(ProtectedBy::Configuration);
        }
        self.ledger.protects(resource).map(|_| ProtectedBy::Person)
    }
}

/// Why an action is refused that touches something protected. A snapshot of a protected machine is protected with it.
pub(super) fn refusal(
    engine: &Engine,
    account: &AccountState,
    named: &[(&ResourceRef, &str)],
    held: &[ResourceRef],
) -> Option<Phrase> {
    let refused = |resource: &ResourceRef, name: &str| {
        let phrase = match engine.protected(resource, name)? {
            ProtectedBy::Configuration => text::refused::protected(name),
            ProtectedBy::Person => text::refused::protected_here(name, resource.account.as_str()),
        };
        Some(phrase)
    };
    named.iter().find_map(|(resource, name)| refused(resource, name)).or_else(|| {
        held.iter().filter(|held| held.kind == Kind::Instance).find_map(|held| {
            let instance = account.inventory.instance(&held.id)?;
            refused(held, &instance.name)
        })
    })
}

/// Everything that must not be protected for an action to begin.
pub(super) fn guards(action: &Action) -> Vec<ResourceRef> {
    let mut all: Vec<ResourceRef> = action.targets().iter().map(|target| target.resource.clone()).collect();
    all.extend(action.holds());
    all.sort();
    all.dedup();
    all
}

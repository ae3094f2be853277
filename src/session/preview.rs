//! What a command would do, before it is confirmed: all that a person or a dry run sees of it.

use crate::domain::rule_edit::RuleChange;
use crate::domain::{Action, Phrase, RequestText};
use crate::proposal::{Confirmation, Proposal};

/// What would be done, and how it is confirmed.
#[derive(Debug)]
pub struct Preview {
    pub(super) proposal: Proposal,
}

impl Preview {
    pub(super) const fn new(proposal: Proposal) -> Self {
        Self { proposal }
    }

    /// The requests of an order, each with its step, as they will be sent; without any secret.
    #[must_use]
    pub fn requests(&self) -> &[(Phrase, RequestText)] {
        &self.proposal.requests
    }

    #[must_use]
    pub fn action(&self) -> Option<&Action> {
        self.proposal.actions.first()
    }

    /// What it does, costs, interrupts or destroys; the flag says whether it warns.
    #[must_use]
    pub fn facts(&self) -> &[(Phrase, bool)] {
        &self.proposal.facts
    }

    /// What becomes of each rule, where rules are changed.
    #[must_use]
    pub fn changes(&self) -> &[RuleChange] {
        &self.proposal.diff
    }

    pub fn steps(&self) -> impl Iterator<Item = &Phrase> {
        self.proposal.steps.iter().map(|(step, _)| step)
    }

    /// What must be typed, one of these; `None` where a yes is enough.
    #[must_use]
    pub fn typed(&self) -> Option<&[String]> {
        match &self.proposal.confirmation {
            Confirmation::Question => None,
            Confirmation::Typed(accepted) => Some(accepted),
        }
    }
}

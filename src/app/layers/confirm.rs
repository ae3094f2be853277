//! The dialog that asks before anything is changed: a proposal, and what of it is a matter of the screen.

use tui_input::Input;

use crate::domain::Phrase;
use crate::proposal::{OptionKind, Proposal};

#[derive(Debug, Clone)]
pub struct ConfirmDialog {
    pub proposal: Proposal,
    /// What is being typed to confirm it.
    pub typed: Input,
    /// The name of what is made, while it is edited.
    pub name: Option<Input>,
    pub focus: Focus,
    /// Whether it was painted: keys typed before that are dropped.
    pub drawn: bool,
    /// How many keys were dropped.
    pub ignored: usize,
    /// Why it can no longer be confirmed: it turned into a notice.
    pub overtaken: Option<Phrase>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    Field,
    Option(usize),
    Cancel,
    Go,
}

impl ConfirmDialog {
    #[must_use]
    pub fn new(proposal: Proposal) -> Self {
        let focus = if proposal.confirmation.is_typed() { Focus::Field } else { Focus::Cancel };
        Self { proposal, typed: Input::default(), name: None, focus, drawn: false, ignored: 0, overtaken: None }
    }

    /// Whether the focus is on the line that goes from plan to plan.
    #[must_use]
    pub fn plan_in_focus(&self) -> bool {
        let Focus::Option(at) = self.focus else { return false };
        self.proposal.options.get(at).is_some_and(|option| option.kind == OptionKind::Plan)
    }

    /// Whether what is typed is enough to confirm it.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        self.proposal.confirmation.accepts(self.typed.value())
    }
}

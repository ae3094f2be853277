//! What a proposal consists of. Nothing of a screen: where the focus is and what is being typed its dialog knows.

use std::sync::Arc;

use crate::domain::rule_edit::RuleChange;
use crate::domain::{Action, Phrase, Plan, RequestText, Target, Verb, is_one_of};
use crate::engine::Expected;

/// A change before it is confirmed. It is bound to what it shows: the actions carry their targets by value.
#[derive(Debug, Clone)]
pub struct Proposal {
    pub verb: Verb,
    /// What is sent if it is confirmed.
    pub actions: Vec<Action>,
    /// The actions themselves, where they were filled in or edited elsewhere.
    pub prepared: Vec<Action>,
    /// What it is bound to, however its options are switched.
    pub subjects: Vec<Subject>,
    /// The plans that a new instance can have, and the position of the selected one.
    pub plans: (Vec<Arc<Plan>>, usize),
    /// What cannot be part of it, by name, and why.
    pub cannot: Vec<(String, Phrase)>,
    /// How many marked rows are not shown and so left out.
    pub left_out: usize,
    /// What it does, costs, interrupts or destroys: a line each; the flag says whether it warns.
    pub facts: Vec<(Phrase, bool)>,
    /// What becomes of each rule, where rules are changed.
    pub diff: Vec<RuleChange>,
    /// The steps, with how long each is expected to take.
    pub steps: Vec<(Phrase, Option<Expected>)>,
    /// The requests of an order, each with its step, as they will be sent; without any secret.
    pub requests: Vec<(Phrase, RequestText)>,
    pub options: Vec<ProposalOption>,
    /// The name of what is made, where it can be edited; for several what is appended to each name.
    pub name: Option<String>,
    pub confirmation: Confirmation,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmation {
    /// With `y`.
    Question,
    /// By typing one of these.
    Typed(Vec<String>),
}

/// One of the targets of a verb.
#[derive(Debug, Clone)]
pub struct Subject {
    pub target: Target,
    /// For a snapshot: the instance it belongs to. For an instance: the firewall that is put on or taken off.
    pub other: Option<Target>,
}

/// What can be switched before it is confirmed.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposalOption {
    pub kind: OptionKind,
    pub text: Phrase,
    pub on: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionKind {
    /// Save the present disk before a restore.
    SaveFirst,
    /// Delete the snapshots before their instance.
    SnapshotsToo,
    /// Delete the volume that an instance boots from after it.
    VolumesToo,
    /// Delete the snapshots of volumes that an image names after it.
    NamedToo,
    /// Stop, wait and start instead of the provider's one call.
    CleanReboot,
    /// Cut the power instead of the provider's call in order.
    HardReboot,
    StopFirst,
    /// Start again after a snapshot for which it must be shut down.
    StartAgain,
    /// The plan of a new instance: not on or off, but one after the other.
    Plan,
    /// All at once, also what interrupts service.
    AllAtOnce,
}

impl OptionKind {
    /// The option that goes off when this one goes on.
    const fn excludes(self) -> Option<Self> {
        match self {
            Self::CleanReboot => Some(Self::HardReboot),
            Self::HardReboot => Some(Self::CleanReboot),
            _ => None,
        }
    }
}

impl Confirmation {
    #[must_use]
    pub const fn is_typed(&self) -> bool {
        matches!(self, Self::Typed(_))
    }

    /// Whether a text is enough to confirm it.
    #[must_use]
    pub fn accepts(&self, typed: &str) -> bool {
        match self {
            Self::Question => true,
            Self::Typed(accepted) => is_one_of(accepted, typed),
        }
    }
}

impl Proposal {
    /// A proposal about nothing yet.
    pub(super) const fn empty(verb: Verb, cannot: Vec<(String, Phrase)>) -> Self {
        Self {
            verb,
            actions: Vec::new(),
            prepared: Vec::new(),
            subjects: Vec::new(),
            plans: (Vec::new(), 0),
            cannot,
            left_out: 0,
            facts: Vec::new(),
            diff: Vec::new(),
            steps: Vec::new(),
            requests: Vec::new(),
            options: Vec::new(),
            name: None,
            confirmation: Confirmation::Question,
        }
    }

    #[must_use]
    pub fn is_on(&self, kind: OptionKind) -> bool {
        self.options.iter().any(|option| option.kind == kind && option.on)
    }

    /// Switches the option at this position. [`Self::rebuild`] says what it then does.
    pub fn switch(&mut self, at: usize) {
        let Some(option) = self.options.get_mut(at) else { return };
        if option.kind == OptionKind::Plan {
            return self.select_plan(true);
        }
        option.on = !option.on;
        let excluded = option.kind.excludes().filter(|_| option.on);
        for other in self.options.iter_mut().filter(|option| Some(option.kind) == excluded) {
            other.on = false;
        }
    }

    /// Selects the next plan or the one before.
    pub fn select_plan(&mut self, forward: bool) {
        let (plans, at) = &mut self.plans;
        let n = plans.len().max(1);
        *at = if forward { *at + 1 } else { *at + n - 1 } % n;
    }
}

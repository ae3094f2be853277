//! What can be switched in a dialog, and the names it proposes.

use crate::domain::{Phrase, ProviderPolicy, Reboot, StatusKind, Verb};
use crate::engine::Engine;

use crate::app::operations::batch::interrupting;
use crate::app::panes::details::spec_text;
use crate::proposal::build_actions::actions;
use crate::proposal::confirm::{Confirm, Subject};

#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub what: ChoiceKind,
    pub text: Phrase,
    pub on: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoiceKind {
    /// Save the present disk before a restore.
    SaveFirst,
    /// Delete the snapshots before their instance.
    SnapshotsToo,
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

impl ChoiceKind {
    /// The choice that goes off when this one goes on.
    #[must_use]
    pub const fn excludes(self) -> Option<Self> {
        match self {
            Self::CleanReboot => Some(Self::HardReboot),
            Self::HardReboot => Some(Self::CleanReboot),
            _ => None,
        }
    }
}

/// The names that a dialog proposes, from the local clock.
#[derive(Debug, Clone)]
pub struct Names {
    /// `20261121-1432`.
    pub minute: String,
    /// `20261121`.
    pub day: String,
}

impl Names {
    /// What to call that which a verb makes, where it makes something.
    pub(crate) fn proposed(&self, engine: &Engine, verb: Verb, subjects: &[Subject]) -> Option<String> {
        match (verb, subjects) {
            (Verb::TakeSnapshot | Verb::Park, [one]) => Some(format!("{}-{}", one.target.name, self.minute)),
            (Verb::TakeSnapshot | Verb::Park, _) => Some(format!("-{}", self.minute)),
            // A new instance bears the name of the one that was saved.
            (Verb::RestoreAsNew, [one, ..]) => {
                let inventory = &engine.account(one.target.account())?.inventory;
                let of = inventory.snapshot(one.target.id()).and_then(|s| inventory.instance(s.of.as_ref()?));
                let parked = engine.parked(one.target.account(), one.target.id()).map(|kept| kept.name.clone());
                Some(of.map(|i| i.name.clone()).or(parked).unwrap_or_else(|| one.target.name.clone()))
            }
            _ => None,
        }
    }
}

fn rules<'a>(engine: &'a Engine, subject: &Subject) -> Option<&'a dyn ProviderPolicy> {
    Some(engine.account(subject.target.account())?.account.policy.as_ref())
}

/// Whether an instance must be shut down to be saved.
pub(crate) fn must_stop(engine: &Engine, subject: &Subject) -> bool {
    subject.target.status == StatusKind::Running
        && rules(engine, subject).is_some_and(ProviderPolicy::saves_only_when_off)
}

pub(crate) fn choices(engine: &Engine, confirm: &Confirm, subjects: &[Subject], names: &Names) -> Vec<Choice> {
    let Some(first) = subjects.first() else { return Vec::new() };
    let mut all = own(engine, confirm, subjects, first, names);
    let actions = actions(confirm, subjects, engine, names);
    if interrupting(engine, &actions).len() > 1 {
        all.push(Choice { what: ChoiceKind::AllAtOnce, text: Phrase::new("choice.all-at-once"), on: false });
    }
    all
}

/// What can be switched by the nature of the verb.
fn own(engine: &Engine, confirm: &Confirm, subjects: &[Subject], first: &Subject, names: &Names) -> Vec<Choice> {
    let choice = |what, text: &'static str, on| Choice { what, text: Phrase::new(text), on };
    match confirm.verb {
        Verb::Restore => save_first(engine, first, names).into_iter().collect(),
        Verb::Destroy => snapshots_too(engine, subjects).into_iter().collect(),
        Verb::Reboot => {
            let all = |how: Reboot| {
                subjects.iter().all(|s| rules(engine, s).is_some_and(|r| r.reboots().iter().skip(1).any(|h| *h == how)))
            };
            let mut choices = Vec::new();
            if all(Reboot::StopAndStart) {
                choices.push(choice(ChoiceKind::CleanReboot, "choice.clean-reboot", false));
            }
            if all(Reboot::Hard) {
                choices.push(choice(ChoiceKind::HardReboot, "choice.hard-reboot", false));
            }
            choices
        }
        Verb::TakeSnapshot => {
            let mut choices = Vec::new();
            if subjects.iter().any(|s| s.target.status == StatusKind::Running && !must_stop(engine, s)) {
                choices.push(choice(ChoiceKind::StopFirst, "choice.stop-first", false));
            }
            if subjects.iter().any(|s| must_stop(engine, s)) {
                choices.push(choice(ChoiceKind::StartAgain, "choice.start-again", true));
            }
            choices
        }
        Verb::RestoreAsNew => plan(confirm).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn save_first(engine: &Engine, subject: &Subject, names: &Names) -> Option<Choice> {
    let of = subject.of.as_ref()?;
    let account = engine.account(subject.target.account())?;
    let taken = account.inventory.snapshots_of(of.id()).map(|s| s.len());
    let free = match (account.account.policy.snapshot_slots(), taken) {
        (Some(slots), Some(taken)) => taken < slots,
        (Some(_), None) => false,
        (None, _) => true,
    };
    let text = Phrase::new("choice.save-first").with("name", format!("before-restore-{}", names.day));
    free.then_some(Choice { what: ChoiceKind::SaveFirst, text, on: false })
}

fn snapshots_too(engine: &Engine, subjects: &[Subject]) -> Option<Choice> {
    let account = engine.account(subjects.first()?.target.account())?;
    // Where all stand in one list they are no part of their instance and outlive it.
    if !account.account.policy.snapshots_per_instance() {
        return None;
    }
    let of = |s: &Subject| account.inventory.snapshots_of(s.target.id()).map_or(0, |snapshots| snapshots.len());
    let count: usize = subjects.iter().map(of).sum();
    let text = Phrase::new("choice.snapshots-too").with("count", count);
    (count > 0).then_some(Choice { what: ChoiceKind::SnapshotsToo, text, on: false })
}

/// `g-c2m1d100  2 vCPU  1 GB  100 GB  (1 of 5)`.
fn plan(confirm: &Confirm) -> Option<Choice> {
    let (plans, at) = &confirm.plans;
    let plan = plans.get(*at)?;
    let text = Phrase::new("choice.plan")
        .with("name", plan.name.as_str())
        .with("spec", spec_text(&plan.spec))
        .with("n", at + 1)
        .with("of", plans.len());
    Some(Choice { what: ChoiceKind::Plan, text, on: true })
}

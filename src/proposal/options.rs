//! What can be switched in a proposal.

use crate::domain::{Phrase, ProviderPolicy, Reboot, StatusKind, Verb};
use crate::engine::Engine;
use crate::proposal::build_actions::{actions, must_stop};
use crate::proposal::content::{OptionKind, Proposal, ProposalOption, Subject};
use crate::proposal::default_names::DefaultNames;
use crate::proposal::facts::batch::interrupting;
use crate::words::spec_text;

fn rules<'a>(engine: &'a Engine, subject: &Subject) -> Option<&'a dyn ProviderPolicy> {
    Some(engine.account(subject.target.account())?.account.policy.as_ref())
}

pub(super) fn options(
    engine: &Engine,
    proposal: &Proposal,
    subjects: &[Subject],
    names: &DefaultNames,
) -> Vec<ProposalOption> {
    let Some(first) = subjects.first() else { return Vec::new() };
    let mut all = own(engine, proposal, subjects, first, names);
    let actions = actions(proposal, subjects, engine, names);
    if interrupting(engine, &actions).len() > 1 {
        all.push(ProposalOption { kind: OptionKind::AllAtOnce, text: Phrase::new("choice.all-at-once"), on: false });
    }
    all
}

/// What can be switched by the nature of the verb.
fn own(
    engine: &Engine,
    proposal: &Proposal,
    subjects: &[Subject],
    first: &Subject,
    names: &DefaultNames,
) -> Vec<ProposalOption> {
    let option = |kind, text: &'static str, on| ProposalOption { kind, text: Phrase::new(text), on };
    match proposal.verb {
        Verb::Restore => save_first(engine, first, names).into_iter().collect(),
        Verb::Destroy => snapshots_too(engine, subjects).into_iter().collect(),
        Verb::Reboot => {
            let all = |how: Reboot| {
                subjects.iter().all(|s| rules(engine, s).is_some_and(|r| r.reboots().iter().skip(1).any(|h| *h == how)))
            };
            let mut options = Vec::new();
            if all(Reboot::StopAndStart) {
                options.push(option(OptionKind::CleanReboot, "choice.clean-reboot", false));
            }
            if all(Reboot::Hard) {
                options.push(option(OptionKind::HardReboot, "choice.hard-reboot", false));
            }
            options
        }
        Verb::TakeSnapshot => {
            let mut options = Vec::new();
            if subjects.iter().any(|s| s.target.status == StatusKind::Running && !must_stop(engine, s)) {
                options.push(option(OptionKind::StopFirst, "choice.stop-first", false));
            }
            if subjects.iter().any(|s| must_stop(engine, s)) {
                options.push(option(OptionKind::StartAgain, "choice.start-again", true));
            }
            options
        }
        Verb::RestoreAsNew => plan(proposal).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn save_first(engine: &Engine, subject: &Subject, names: &DefaultNames) -> Option<ProposalOption> {
    let of = subject.other.as_ref()?;
    let account = engine.account(subject.target.account())?;
    let taken = account.inventory.snapshots_of(of.id()).map(|s| s.len());
    let free = match (account.account.policy.snapshot_slots(), taken) {
        (Some(slots), Some(taken)) => taken < slots,
        (Some(_), None) => false,
        (None, _) => true,
    };
    let text = Phrase::new("choice.save-first").with("name", format!("before-restore-{}", names.day));
    free.then_some(ProposalOption { kind: OptionKind::SaveFirst, text, on: false })
}

fn snapshots_too(engine: &Engine, subjects: &[Subject]) -> Option<ProposalOption> {
    let account = engine.account(subjects.first()?.target.account())?;
    // Where all stand in one list they are no part of their instance and outlive it.
    if !account.account.policy.snapshots_per_instance() {
        return None;
    }
    let of = |s: &Subject| account.inventory.snapshots_of(s.target.id()).map_or(0, |snapshots| snapshots.len());
    let count: usize = subjects.iter().map(of).sum();
    let text = Phrase::new("choice.snapshots-too").with("count", count);
    (count > 0).then_some(ProposalOption { kind: OptionKind::SnapshotsToo, text, on: false })
}

/// `g-c2m1d100  2 vCPU  1 GB  100 GB  (1 of 5)`.
fn plan(proposal: &Proposal) -> Option<ProposalOption> {
    let (plans, at) = &proposal.plans;
    let plan = plans.get(*at)?;
    let text = Phrase::new("choice.plan")
        .with("name", plan.name.as_str())
        .with("spec", spec_text(&plan.spec))
        .with("n", at + 1)
        .with("of", plans.len());
    Some(ProposalOption { kind: OptionKind::Plan, text, on: true })
}

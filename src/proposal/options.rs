//! What can be switched in a proposal.

use crate::domain::{Phrase, ProviderPolicy, Reboot, StatusKind, Verb, text};
use crate::engine::Engine;
use crate::proposal::build_actions::{actions, must_stop, named_by, volume_left};
use crate::proposal::content::{OptionKind, Proposal, ProposalOption, Subject};
use crate::proposal::default_names::DefaultNames;
use crate::proposal::facts::batch::interrupting;

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
        all.push(ProposalOption {
            kind: OptionKind::AllAtOnce,
            text: Phrase::new(text::choice::ALL_AT_ONCE),
            on: false,
        });
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
    let option = |kind, text, on| ProposalOption { kind, text: Phrase::new(text), on };
    match proposal.verb {
        Verb::Restore => save_first(engine, first, names).into_iter().collect(),
        Verb::Destroy => snapshots_too(engine, subjects).into_iter().chain(volumes_too(engine, subjects)).collect(),
        Verb::DeleteSnapshot => named_too(engine, subjects).into_iter().collect(),
        Verb::Reboot => {
            let all = |how: Reboot| {
                subjects.iter().all(|s| rules(engine, s).is_some_and(|r| r.reboots().iter().skip(1).any(|h| *h == how)))
            };
            let mut options = Vec::new();
            if all(Reboot::StopAndStart) {
                options.push(option(OptionKind::CleanReboot, text::choice::CLEAN_REBOOT, false));
            }
            if all(Reboot::Hard) {
                options.push(option(OptionKind::HardReboot, text::choice::HARD_REBOOT, false));
            }
            options
        }
        Verb::TakeSnapshot => {
            let mut options = Vec::new();
            if subjects.iter().any(|s| s.target.status == StatusKind::Running && !must_stop(engine, s)) {
                options.push(option(OptionKind::StopFirst, text::choice::STOP_FIRST, false));
            }
            if subjects.iter().any(|s| must_stop(engine, s)) {
                options.push(option(OptionKind::StartAgain, text::choice::START_AGAIN, true));
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
    let text = text::choice::save_first(format!("before-restore-{}", names.day));
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
    let text = text::choice::snapshots_too(count);
    (count > 0).then_some(ProposalOption { kind: OptionKind::SnapshotsToo, text, on: false })
}

fn volumes_too(engine: &Engine, subjects: &[Subject]) -> Option<ProposalOption> {
    let volumes: Vec<String> = subjects
        .iter()
        .filter_map(|subject| {
            let volume = volume_left(engine, &subject.target)?;
            Some(match volume.size_gb {
                Some(gb) => format!("{} ({gb} GB)", volume.name),
                None => volume.name.clone(),
            })
        })
        .collect();
    let text = text::choice::volumes_too(volumes.len(), volumes.join(", "));
    (!volumes.is_empty()).then_some(ProposalOption { kind: OptionKind::VolumesToo, text, on: false })
}

fn named_too(engine: &Engine, subjects: &[Subject]) -> Option<ProposalOption> {
    let count: usize = subjects.iter().map(|subject| named_by(engine, &subject.target).len()).sum();
    let text = text::choice::named_too(count);
    (count > 0).then_some(ProposalOption { kind: OptionKind::NamedToo, text, on: false })
}

/// `g-c2m1d100  2 vCPU  1 GB  100 GB  (1 of 5)`.
fn plan(proposal: &Proposal) -> Option<ProposalOption> {
    let (plans, at) = &proposal.plans;
    let plan = plans.get(*at)?;
    let sizes = plan.spec.sizes().into_iter().flatten().reduce(text::unit::beside).unwrap_or_else(|| "".into());
    let text = text::choice::plan(plan.name.as_str(), sizes, at + 1, plans.len());
    Some(ProposalOption { kind: OptionKind::Plan, text, on: true })
}

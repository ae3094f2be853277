//! From what a proposal is about and what is switched in it to the actions that it would send.

use std::sync::Arc;

use crate::domain::{
    Action, Instance, Kind, NewKey, Parked, Plan, Reboot, Resource, ResourceRef, StatusKind, Target, Verb, Volume,
};
use crate::engine::Engine;
use crate::proposal::content::{OptionKind, Proposal, Subject};
use crate::proposal::default_names::DefaultNames;

/// The plans that a new instance from a snapshot can have.
pub(super) fn plans(engine: &Engine, subject: &Subject) -> Vec<Arc<Plan>> {
    let Some(account) = engine.account(subject.target.account()) else { return Vec::new() };
    let Some(snapshot) = account.inventory.snapshot(subject.target.id()) else { return Vec::new() };
    let mut plans = account.account.policy.plans_for(snapshot, &account.inventory);
    // What was parked comes back as it was.
    let parked = engine.parked(subject.target.account(), subject.target.id()).and_then(|kept| kept.plan.as_ref());
    if let Some(at) = plans.iter().position(|p| Some(&p.id) == parked) {
        plans[..=at].rotate_right(1);
    }
    plans
}

pub(super) fn actions(proposal: &Proposal, subjects: &[Subject], engine: &Engine, names: &DefaultNames) -> Vec<Action> {
    if !proposal.prepared.is_empty() {
        let prepared = proposal.prepared.iter().cloned();
        return match &proposal.name {
            Some(name) => prepared.map(|action| renamed(action, name)).collect(),
            None => prepared.collect(),
        };
    }
    subjects
        .iter()
        .filter_map(|subject| {
            let target = subject.target.clone();
            Some(match proposal.verb {
                Verb::Reboot => Action::Reboot { how: reboot(proposal, engine, &target), instance: target },
                Verb::Destroy => {
                    let too = proposal.is_on(OptionKind::SnapshotsToo);
                    let snapshots = if too { snapshots_of(engine, &target) } else { Vec::new() };
                    let left = volume_left(engine, &target).filter(|_| proposal.is_on(OptionKind::VolumesToo));
                    let volumes = left.and_then(|v| Resource::Volume(v).target(target.account())).into_iter().collect();
                    Action::Destroy { instance: target, snapshots, volumes }
                }
                Verb::DeleteSnapshot => {
                    let too = proposal.is_on(OptionKind::NamedToo);
                    let named = if too { named_by(engine, &target) } else { Vec::new() };
                    let of = subject.other.as_ref().map(|of| of.id().clone());
                    Action::DeleteSnapshot { snapshot: target, of, named }
                }
                Verb::TakeSnapshot => {
                    let must = must_stop(engine, subject);
                    let runs = target.status == StatusKind::Running;
                    let stop_first = must || (runs && proposal.is_on(OptionKind::StopFirst));
                    let start_again = stop_first && (!must || proposal.is_on(OptionKind::StartAgain));
                    // For several, what stands in the field is appended to each name.
                    let typed = typed(proposal);
                    let name = if subjects.len() > 1 { format!("{}{typed}", target.name) } else { typed };
                    Action::TakeSnapshot { instance: target, name, stop_first, start_again }
                }
                Verb::Restore => Action::Restore {
                    snapshot: target,
                    instance: subject.other.clone()?,
                    save_first: proposal.is_on(OptionKind::SaveFirst).then(|| format!("before-restore-{}", names.day)),
                },
                Verb::RestoreAsNew => Action::RestoreAsNew {
                    name: typed(proposal),
                    plan: selected_plan(proposal, engine, subject)?.id.clone(),
                    firewalls: firewalls(engine, &target),
                    // Only what was parked comes back with the key it had.
                    key: engine.parked(target.account(), target.id()).and_then(|kept| kept.key.clone()),
                    snapshot: target,
                },
                Verb::Park => Action::Park { kept: kept(engine, &target)?, name: typed(proposal), instance: target },
                // What is filled in or edited comes as a whole action: see `Proposal::prepared`.
                verb => Action::plain(verb, target, subject.other.as_ref())?,
            })
        })
        .collect()
}

/// Whether an instance must be shut down to be saved.
pub(super) fn must_stop(engine: &Engine, subject: &Subject) -> bool {
    subject.target.status == StatusKind::Running
        && engine.account(subject.target.account()).is_some_and(|a| a.account.policy.saves_only_when_off())
}

/// The same change of a key with another name.
fn renamed(action: Action, name: &str) -> Action {
    match action {
        Action::ChangeKey { key, to, active } => {
            Action::ChangeKey { key, to: NewKey { name: name.trim().to_owned(), ..to }, active }
        }
        other => other,
    }
}

fn kept(engine: &Engine, instance: &Target) -> Option<Box<Parked>> {
    let instance = engine.account(instance.account())?.inventory.instance(instance.id())?;
    Some(Box::new(Parked::from(instance.as_ref())))
}

fn typed(proposal: &Proposal) -> String {
    proposal.name.as_deref().unwrap_or_default().trim().to_owned()
}

/// The way to restart that is chosen, where its provider has it, else the provider's first.
fn reboot(proposal: &Proposal, engine: &Engine, target: &Target) -> Reboot {
    let ways = engine.account(target.account()).map_or(&[][..], |a| a.account.policy.reboots());
    let wanted = [(OptionKind::HardReboot, Reboot::Hard), (OptionKind::CleanReboot, Reboot::StopAndStart)];
    let chosen = wanted.into_iter().find(|(what, how)| proposal.is_on(*what) && ways.contains(how)).map(|(_, how)| how);
    chosen.or_else(|| ways.first().copied()).unwrap_or(Reboot::Provider)
}

/// The selected plan; before any can be selected, the first.
fn selected_plan(proposal: &Proposal, engine: &Engine, subject: &Subject) -> Option<Arc<Plan>> {
    let (known, at) = &proposal.plans;
    known.get(*at).cloned().or_else(|| plans(engine, subject).into_iter().next())
}

/// The instance that a snapshot was taken of, where it is still there.
pub(super) fn source(engine: &Engine, snapshot: &Target) -> Option<Arc<Instance>> {
    let inventory = &engine.account(snapshot.account())?.inventory;
    inventory.instance(inventory.saved_of(inventory.snapshot(snapshot.id())?)?).cloned()
}

/// The firewalls of the instance that was saved, or parked.
fn firewalls(engine: &Engine, snapshot: &Target) -> Vec<String> {
    let there = source(engine, snapshot).and_then(|i| i.firewalls.clone());
    let parked = || engine.parked(snapshot.account(), snapshot.id()).map(|kept| kept.firewalls.clone());
    there.or_else(parked).unwrap_or_default()
}

/// The volume that an instance boots from, where it would stay and can be deleted: nothing else has it, and no snapshot
/// needs it.
pub(super) fn volume_left<'a>(engine: &'a Engine, instance: &Target) -> Option<&'a Volume> {
    let inventory = &engine.account(instance.account())?.inventory;
    let boot = inventory.boot_volume(inventory.instance(instance.id())?)?;
    let volume = inventory.volume(&boot.id).filter(|_| boot.goes_too != Some(true))?;
    let is_shared = volume.attached_to.iter().any(|at| at.instance != *instance.id());
    (!is_shared && inventory.snapshots_of_volume(&volume.id).next().is_none()).then_some(volume)
}

/// The snapshots of volumes that an image names, as they are there.
pub(super) fn named_by(engine: &Engine, image: &Target) -> Vec<Target> {
    let Some(account) = engine.account(image.account()) else { return Vec::new() };
    let inventory = &account.inventory;
    let named = inventory.snapshot(image.id()).map(|image| image.named()).unwrap_or_default();
    let there = named.iter().filter_map(|id| inventory.snapshot(id));
    there.filter_map(|snapshot| Resource::Snapshot(snapshot).target(image.account())).collect()
}

fn snapshots_of(engine: &Engine, instance: &Target) -> Vec<Target> {
    let Some(account) = engine.account(instance.account()) else { return Vec::new() };
    account
        .inventory
        .snapshots_of(instance.id())
        .unwrap_or_default()
        .into_iter()
        .map(|s| Target {
            resource: ResourceRef::new(instance.account(), Kind::Snapshot, &s.id),
            name: s.name.clone(),
            status: s.status.kind(),
        })
        .collect()
}

//! From what a dialog is about and what is chosen in it to the actions that it would send.

use std::sync::Arc;

use crate::domain::{Action, Arg, Instance, Kind, Parked, Phrase, Plan, Reboot, ResourceRef, StatusKind, Target, Verb};
use crate::engine::{AccountState, Engine};

use crate::app::layers::key_change;
use crate::app::panes::details::grouped;
use crate::proposal::confirm::{Confirm, Subject};
use crate::proposal::options::{ChoiceKind, Names, must_stop};

fn on(confirm: &Confirm, what: ChoiceKind) -> bool {
    confirm.choices.iter().any(|c| c.what == what && c.on)
}

/// The plans that a new instance from a snapshot can have.
pub(crate) fn plans(engine: &Engine, subject: &Subject) -> Vec<Arc<Plan>> {
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

pub(crate) fn actions(confirm: &Confirm, subjects: &[Subject], engine: &Engine, names: &Names) -> Vec<Action> {
    if !confirm.given.is_empty() {
        let given = confirm.given.iter().cloned();
        return match &confirm.name {
            Some((name, _)) => given.map(|action| key_change::renamed(action, name.value())).collect(),
            None => given.collect(),
        };
    }
    subjects
        .iter()
        .filter_map(|subject| {
            let target = subject.target.clone();
            Some(match confirm.verb {
                Verb::Start => Action::Start { instance: target },
                Verb::Stop => Action::Stop { instance: target },
                Verb::ForceStop => Action::ForceStop { instance: target },
                Verb::Reboot => Action::Reboot { how: reboot(confirm, engine, &target), instance: target },
                Verb::Destroy => {
                    let too = on(confirm, ChoiceKind::SnapshotsToo);
                    let snapshots = if too { snapshots_of(engine, &target) } else { Vec::new() };
                    Action::Destroy { instance: target, snapshots }
                }
                Verb::TakeSnapshot => {
                    let must = must_stop(engine, subject);
                    let runs = target.status == StatusKind::Running;
                    let stop_first = must || (runs && on(confirm, ChoiceKind::StopFirst));
                    let start_again = stop_first && (!must || on(confirm, ChoiceKind::StartAgain));
                    // For several, what stands in the field is appended to each name.
                    let typed = typed(confirm);
                    let name = if subjects.len() > 1 { format!("{}{typed}", target.name) } else { typed };
                    Action::TakeSnapshot { instance: target, name, stop_first, start_again }
                }
                Verb::Restore => Action::Restore {
                    snapshot: target,
                    instance: subject.of.clone()?,
                    save_first: on(confirm, ChoiceKind::SaveFirst).then(|| format!("before-restore-{}", names.day)),
                },
                Verb::RestoreAsNew => Action::RestoreAsNew {
                    name: typed(confirm),
                    plan: chosen_plan(confirm, engine, subject)?.id.clone(),
                    firewalls: firewalls(engine, &target),
                    // Only what was parked comes back with the key it had.
                    key: engine.parked(target.account(), target.id()).and_then(|kept| kept.key.clone()),
                    snapshot: target,
                },
                Verb::Park => Action::Park { kept: kept(engine, &target)?, name: typed(confirm), instance: target },
                Verb::DeleteSnapshot => {
                    Action::DeleteSnapshot { snapshot: target, of: subject.of.as_ref().map(|t| t.id().clone()) }
                }
                Verb::RetakeSnapshot => {
                    Action::RetakeSnapshot { snapshot: target, of: subject.of.as_ref()?.id().clone() }
                }
                Verb::AssignFirewall => Action::AssignFirewall { firewall: subject.of.clone()?, instance: target },
                Verb::DetachFirewall => Action::DetachFirewall { firewall: subject.of.clone()?, instance: target },
                Verb::DeleteFirewall => Action::DeleteFirewall { firewall: target },
                Verb::DeleteKey => Action::DeleteKey { key: target },
                Verb::DeleteApiKey => Action::DeleteApiKey { key: target },
                // What is filled in or edited comes as a whole action: see `confirm::of`.
                Verb::CreateInstance
                | Verb::CreateFirewall
                | Verb::UpdateFirewall
                | Verb::AddKey
                | Verb::ChangeKey
                | Verb::CreateApiKey => return None,
            })
        })
        .collect()
}

fn kept(engine: &Engine, instance: &Target) -> Option<Box<Parked>> {
    let instance = engine.account(instance.account())?.inventory.instance(instance.id())?;
    Some(Box::new(Parked::from(instance.as_ref())))
}

fn typed(confirm: &Confirm) -> String {
    confirm.name.as_ref().map_or("", |(input, _)| input.value().trim()).to_owned()
}

/// The way to restart that is chosen, where its provider has it, else the provider's first.
fn reboot(confirm: &Confirm, engine: &Engine, target: &Target) -> Reboot {
    let ways = engine.account(target.account()).map_or(&[][..], |a| a.account.policy.reboots());
    let wanted = [(ChoiceKind::HardReboot, Reboot::Hard), (ChoiceKind::CleanReboot, Reboot::StopAndStart)];
    let chosen = wanted.into_iter().find(|(what, how)| on(confirm, *what) && ways.contains(how)).map(|(_, how)| how);
    chosen.or_else(|| ways.first().copied()).unwrap_or(Reboot::Provider)
}

/// The plan that is chosen; before anything can be, the first.
fn chosen_plan(confirm: &Confirm, engine: &Engine, subject: &Subject) -> Option<Arc<Plan>> {
    let (known, at) = &confirm.plans;
    known.get(*at).cloned().or_else(|| plans(engine, subject).into_iter().next())
}

/// The instance that a snapshot was taken of, where it is still there.
fn source(engine: &Engine, snapshot: &Target) -> Option<Arc<Instance>> {
    let inventory = &engine.account(snapshot.account())?.inventory;
    inventory.instance(inventory.snapshot(snapshot.id())?.of.as_ref()?).cloned()
}

/// The firewalls of the instance that was saved, or parked.
fn firewalls(engine: &Engine, snapshot: &Target) -> Vec<String> {
    let there = source(engine, snapshot).and_then(|i| i.firewalls.clone());
    let parked = || engine.parked(snapshot.account(), snapshot.id()).map(|kept| kept.firewalls.clone());
    there.or_else(parked).unwrap_or_default()
}

/// What parking remembers, and what it saves a month.
pub(crate) fn facts_of_parking(action: &Action, account: &AccountState) -> Vec<Phrase> {
    let Action::Park { instance, kept, .. } = action else { return Vec::new() };
    let inventory = &account.inventory;
    let plan = kept.plan.as_ref().map(|id| inventory.plan(id).map_or_else(|| id.to_string(), |p| p.name.clone()));
    let none = || Arg::from(Phrase::new("park.none"));
    let text = |found: Option<String>| found.filter(|t| !t.is_empty()).map_or_else(none, Arg::from);
    let remembers = Phrase::new("park.remembers")
        .with("plan", text(plan))
        .with("key", text(kept.key.as_ref().map(ToString::to_string)))
        .with("firewalls", text(Some(kept.firewalls.join(", "))));
    let price = inventory.instance(instance.id()).and_then(|i| account.price(i)).and_then(|price| price.yen_a_month());
    let saves = price.map(|yen| Phrase::new("park.saves").with("yen", grouped(yen)));
    saves.into_iter().chain([remembers]).collect()
}

/// What a new instance stands behind, and what was parked comes back with.
pub(crate) fn facts_of_new(action: &Action, engine: &Engine) -> Vec<Phrase> {
    let Action::RestoreAsNew { snapshot, firewalls, .. } = action else { return Vec::new() };
    let behind = if firewalls.is_empty() {
        Phrase::new("confirm.behind-none")
    } else {
        Phrase::new("confirm.behind").with("names", firewalls.join(", "))
    };
    let parked = engine.parked(snapshot.account(), snapshot.id());
    let parked = parked.map(|kept| Phrase::new("park.comes-back").with("name", kept.name.as_str()));
    parked.into_iter().chain([behind]).collect()
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

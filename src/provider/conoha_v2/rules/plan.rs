//! The steps of each action. What runs cannot be saved; everything else is taken in any state.

use super::kind_of;
use crate::domain::{Action, Call, Condition, Picture, PowerCall, Reboot, ResourceId, StatusKind, Step, Target, Which};

pub(super) fn plan(action: &Action, picture: &Picture) -> Vec<Step> {
    let runs = |target: &Target| kind_of(target, picture) == StatusKind::Running;
    let mut steps = Vec::new();
    match action {
        Action::Start { instance } => start(&mut steps, instance.id()),
        Action::Stop { instance } => stop(&mut steps, instance.id()),
        Action::ForceStop { instance } => {
            steps.push(power(instance.id(), PowerCall::ForceStop, None));
            steps.push(wait(instance.id(), StatusKind::Stopped));
        }
        Action::Reboot { instance, how: Reboot::Provider } => reboot(&mut steps, instance.id(), PowerCall::Reboot),
        Action::Reboot { instance, how: Reboot::Hard } => reboot(&mut steps, instance.id(), PowerCall::HardReboot),
        Action::Reboot { instance, how: Reboot::StopAndStart } => {
            stop(&mut steps, instance.id());
            start(&mut steps, instance.id());
        }
        Action::Destroy { instance, snapshots } => {
            for snapshot in snapshots {
                delete(&mut steps, snapshot.id());
            }
            // Not stopped first: public clients of this version delete a machine that runs, and its disk goes anyway.
            // (Of a sister product it is told that it refuses; a refusal here does no harm.)
            steps.push(Step::Call { call: Call::Destroy { instance: instance.id().clone() }, needs: None });
            steps.push(Step::Wait(Condition::InstanceGone(instance.id().clone())));
        }
        Action::TakeSnapshot { instance, name, start_again, .. } => {
            save(&mut steps, instance.id(), name, runs(instance), *start_again);
        }
        Action::Restore { snapshot, instance, save_first } => {
            let ran = runs(instance);
            // It is started again in between, so that what the rebuild ends in is known: what runs runs again
            // afterwards. How a rebuild of what is off ends was recorded by nobody; upstream it stays off.
            if let Some(name) = save_first {
                save(&mut steps, instance.id(), name, ran, true);
            }
            let state = if ran { StatusKind::Running } else { StatusKind::Stopped };
            let call = Call::Restore { instance: instance.id().clone(), snapshot: Which::Known(snapshot.id().clone()) };
            steps.push(Step::Call { call, needs: save_first.is_some().then_some(state) });
            steps.push(wait(instance.id(), state));
        }
        Action::RestoreAsNew { snapshot, name, plan, firewalls, key } => {
            let call = Call::CreateInstance {
                image: Which::Known(snapshot.id().clone()),
                plan: plan.clone(),
                name: name.clone(),
                firewalls: firewalls.clone(),
                key: key.clone(),
            };
            steps.push(Step::Call { call, needs: None });
            steps.push(Step::Wait(Condition::NewInstanceIs(StatusKind::Running)));
        }
        // The one before the other: what was not saved is not destroyed.
        Action::Park { instance, name, .. } => {
            save(&mut steps, instance.id(), name, runs(instance), false);
            let call = Call::Destroy { instance: instance.id().clone() };
            steps.push(Step::Call { call, needs: Some(StatusKind::Stopped) });
            steps.push(Step::Wait(Condition::InstanceGone(instance.id().clone())));
        }
        Action::DeleteSnapshot { snapshot, .. } => delete(&mut steps, snapshot.id()),
        Action::AssignFirewall { firewall, instance } => {
            let (firewall, instance) = (firewall.id().clone(), instance.id().clone());
            let call = Call::AssignFirewall { firewall: firewall.clone(), instance: instance.clone() };
            steps.push(Step::Call { call, needs: None });
            steps.push(Step::Wait(Condition::FirewallOn { firewall, instance, on: true }));
        }
        Action::DetachFirewall { firewall, instance } => {
            let (firewall, instance) = (firewall.id().clone(), instance.id().clone());
            let call = Call::DetachFirewall { firewall: firewall.clone(), instance: instance.clone() };
            steps.push(Step::Call { call, needs: None });
            steps.push(Step::Wait(Condition::FirewallOn { firewall, instance, on: false }));
        }
        // Not offered: see `possible`.
        Action::RetakeSnapshot { .. } => {}
    }
    steps
}

fn power(instance: &ResourceId, what: PowerCall, needs: Option<StatusKind>) -> Step {
    Step::Call { call: Call::Power { instance: instance.clone(), what }, needs }
}

fn wait(instance: &ResourceId, status: StatusKind) -> Step {
    Step::Wait(Condition::InstanceIs(instance.clone(), status))
}

fn start(steps: &mut Vec<Step>, instance: &ResourceId) {
    steps.push(power(instance, PowerCall::Start, Some(StatusKind::Stopped)));
    steps.push(wait(instance, StatusKind::Running));
}

fn stop(steps: &mut Vec<Step>, instance: &ResourceId) {
    steps.push(power(instance, PowerCall::Stop, Some(StatusKind::Running)));
    steps.push(wait(instance, StatusKind::Stopped));
}

fn reboot(steps: &mut Vec<Step>, instance: &ResourceId, what: PowerCall) {
    steps.push(power(instance, what, Some(StatusKind::Running)));
    steps.push(wait(instance, StatusKind::Running));
}

/// Saves a disk: what runs is shut down for it, and started again where that is wanted.
fn save(steps: &mut Vec<Step>, instance: &ResourceId, name: &str, runs: bool, start_again: bool) {
    if runs {
        stop(steps, instance);
    }
    let call = Call::TakeSnapshot { instance: instance.clone(), name: name.to_owned() };
    steps.push(Step::Call { call, needs: Some(StatusKind::Stopped) });
    steps.push(Step::Wait(Condition::SnapshotAvailable { of: None, which: Which::LearntSnapshot }));
    if runs && start_again {
        start(steps, instance);
    }
}

/// Saved images belong to no list of an instance, and outlive it.
fn delete(steps: &mut Vec<Step>, snapshot: &ResourceId) {
    let which = Which::Known(snapshot.clone());
    steps.push(Step::Call { call: Call::DeleteSnapshot { snapshot: which.clone(), of: None }, needs: None });
    steps.push(Step::Wait(Condition::SnapshotGone { of: None, which }));
}

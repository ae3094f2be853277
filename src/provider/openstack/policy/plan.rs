//! The steps of each action. Where what runs cannot be saved, it is stopped first; everything else is taken in any state.

use crate::domain::{
    Action, Call, Condition, Inventory, Order, PowerCall, Reboot, Ref, ResourceId, StatusKind, Step, Target,
};
use crate::provider::openstack::policy::firewall_steps;
use crate::provider::policy::kind_of;
use crate::provider::policy::steps::{create, delete, destroy, plain, reboot, start, stop, take, wait};

pub(super) fn plan(action: &Action, inventory: &Inventory, saves_only_when_off: bool) -> Vec<Step> {
    let runs = |target: &Target| kind_of(target, inventory) == StatusKind::Running;
    let mut steps = Vec::new();
    match action {
        Action::Reboot { instance, how: Reboot::Provider } => reboot(&mut steps, instance.id(), PowerCall::Reboot),
        Action::Reboot { instance, how: Reboot::Hard } => reboot(&mut steps, instance.id(), PowerCall::HardReboot),
        Action::Destroy { instance, snapshots } => {
            // Saved images belong to no list of an instance, and outlive it.
            for snapshot in snapshots {
                delete(&mut steps, snapshot.id(), None);
            }
            // Not stopped first: public clients delete a machine that runs, and its disk goes anyway.
            // (Of a sister product it is told that it refuses; a refusal here does no harm.)
            destroy(&mut steps, instance.id(), None);
        }
        Action::TakeSnapshot { instance, name, start_again, stop_first } => {
            let stops = runs(instance) && (*stop_first || saves_only_when_off);
            let needs = (stops || saves_only_when_off).then_some(StatusKind::Stopped);
            save(&mut steps, instance.id(), name, stops, needs, *start_again);
        }
        Action::Restore { snapshot, instance, save_first } => {
            restore(&mut steps, snapshot.id(), instance.id(), save_first.as_deref(), runs(instance));
        }
        Action::RestoreAsNew { snapshot, name, plan, firewalls, key } => {
            let order = Order::from_snapshot(name, Ref::Known(snapshot.id().clone()), plan, firewalls, key.as_ref());
            steps.push(Step::Call { call: order.into(), needs: None });
            steps.push(Step::Wait(Condition::NewInstanceIs(StatusKind::Running)));
        }
        // The one before the other: what was not saved is not destroyed.
        Action::Park { instance, name, .. } => {
            save(&mut steps, instance.id(), name, runs(instance), Some(StatusKind::Stopped), false);
            destroy(&mut steps, instance.id(), Some(StatusKind::Stopped));
        }
        Action::DeleteSnapshot { snapshot, .. } => delete(&mut steps, snapshot.id(), None),
        Action::CreateFirewall { new, rules, instances } => {
            return firewall_steps::create(new, rules, instances, inventory);
        }
        Action::UpdateFirewall { firewall, name, rules, was, .. } => {
            return firewall_steps::update(firewall, name, was, rules, inventory);
        }
        // A machine runs when it is made.
        Action::CreateInstance { order, add_key, answers, .. } => {
            create(&mut steps, order, add_key.as_ref(), StatusKind::Running);
            steps.extend(answers.map(|port| Step::Wait(Condition::Answers { instance: None, port })));
        }
        other => match other.attachment() {
            Some((firewall, instance, on)) => return firewall_steps::place(firewall, instance, on, inventory),
            None => plain(&mut steps, other),
        },
    }
    steps
}

fn restore(steps: &mut Vec<Step>, snapshot: &ResourceId, instance: &ResourceId, save_first: Option<&str>, ran: bool) {
    // It is started again in between: what runs runs again after a rebuild. How a rebuild of what is off ends was
    // recorded by nobody, so that either is its end.
    if let Some(name) = save_first {
        save(steps, instance, name, ran, Some(StatusKind::Stopped), true);
    }
    let state = if ran { StatusKind::Running } else { StatusKind::Stopped };
    let call = Call::Restore { instance: instance.clone(), snapshot: Ref::Known(snapshot.clone()) };
    steps.push(Step::Call { call, needs: save_first.is_some().then_some(state) });
    steps.push(match ran {
        true => wait(instance, state),
        false => Step::Wait(Condition::InstanceRests(instance.clone())),
    });
}

/// Saves a disk, shut down for it where it `stops`, and started again where that is wanted. `needs`: what it must show.
fn save(
    steps: &mut Vec<Step>,
    instance: &ResourceId,
    name: &str,
    stops: bool,
    needs: Option<StatusKind>,
    start_again: bool,
) {
    if stops {
        stop(steps, instance);
    }
    take(steps, instance, name, needs, None);
    if stops && start_again {
        start(steps, instance);
    }
}

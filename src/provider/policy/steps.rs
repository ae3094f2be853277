//! Pieces of plans.

use crate::domain::{Action, Call, Condition, NewKey, Order, PowerCall, Reboot, Ref, ResourceId, StatusKind, Step};

pub(in crate::provider) fn power(instance: &ResourceId, what: PowerCall, needs: Option<StatusKind>) -> Step {
    Step::Call { call: Call::Power { instance: instance.clone(), what }, needs }
}

pub(in crate::provider) fn wait(instance: &ResourceId, status: StatusKind) -> Step {
    Step::Wait(Condition::InstanceIs(instance.clone(), status))
}

pub(in crate::provider) fn start(steps: &mut Vec<Step>, instance: &ResourceId) {
    steps.push(power(instance, PowerCall::Start, Some(StatusKind::Stopped)));
    steps.push(wait(instance, StatusKind::Running));
}

pub(in crate::provider) fn stop(steps: &mut Vec<Step>, instance: &ResourceId) {
    steps.push(power(instance, PowerCall::Stop, Some(StatusKind::Running)));
    steps.push(wait(instance, StatusKind::Stopped));
}

fn force_stop(steps: &mut Vec<Step>, instance: &ResourceId) {
    steps.push(power(instance, PowerCall::ForceStop, None));
    steps.push(wait(instance, StatusKind::Stopped));
}

pub(in crate::provider) fn reboot(steps: &mut Vec<Step>, instance: &ResourceId, what: PowerCall) {
    steps.push(power(instance, what, Some(StatusKind::Running)));
    steps.push(wait(instance, StatusKind::Running));
}

pub(in crate::provider) fn destroy(steps: &mut Vec<Step>, instance: &ResourceId, needs: Option<StatusKind>) {
    steps.push(Step::Call { call: Call::Destroy { instance: instance.clone() }, needs });
    steps.push(Step::Wait(Condition::InstanceGone(instance.clone())));
}

/// Saves a disk. `list`: the instance whose list shows the snapshot, where lists are per instance.
pub(in crate::provider) fn take(
    steps: &mut Vec<Step>,
    instance: &ResourceId,
    name: &str,
    needs: Option<StatusKind>,
    list: Option<&ResourceId>,
) {
    steps.push(Step::Call { call: Call::TakeSnapshot { instance: instance.clone(), name: name.to_owned() }, needs });
    let of = list.cloned();
    steps.push(Step::Wait(Condition::SnapshotAvailable { of, which: Ref::OutputSnapshot }));
}

/// Makes an instance that shows `ready` when it is; before that a key is added, where the order names a new one.
pub(in crate::provider) fn create(steps: &mut Vec<Step>, order: &Order, add_key: Option<&NewKey>, ready: StatusKind) {
    if let Some(key) = add_key {
        steps.push(Step::Call { call: Call::AddKey { key: key.clone() }, needs: None });
    }
    steps.push(Step::Call { call: Call::CreateInstance { order: Box::new(order.clone()) }, needs: None });
    steps.push(Step::Wait(Condition::NewInstanceIs(ready)));
}

/// The steps of an action that goes alike at all providers.
pub(in crate::provider) fn plain(steps: &mut Vec<Step>, action: &Action) {
    match action {
        Action::Start { instance } => start(steps, instance.id()),
        Action::Stop { instance } => stop(steps, instance.id()),
        Action::ForceStop { instance } => force_stop(steps, instance.id()),
        Action::Reboot { instance, how: Reboot::StopAndStart } => {
            stop(steps, instance.id());
            start(steps, instance.id());
        }
        action => at_once(steps, action),
    }
}

/// What is done with one call, whose answer says that it is done.
fn at_once(steps: &mut Vec<Step>, action: &Action) {
    let call = match action {
        Action::CreateFirewall { new, rules, instances } => Call::CreateFirewall {
            name: new.name.clone(),
            rules: rules.clone(),
            instances: instances.iter().map(|instance| instance.id().clone()).collect(),
        },
        Action::UpdateFirewall { firewall, name, rules, instances, .. } => Call::UpdateFirewall {
            firewall: firewall.id().clone(),
            name: name.clone(),
            rules: rules.clone(),
            instances: instances.clone(),
        },
        Action::DeleteFirewall { firewall } => Call::DeleteFirewall { firewall: firewall.id().clone() },
        Action::AddKey { key, .. } => Call::AddKey { key: key.clone() },
        Action::ChangeKey { key, to, active } => {
            Call::ChangeKey { id: key.id().clone(), key: to.clone(), active: *active }
        }
        Action::DeleteKey { key } => Call::DeleteKey { id: key.id().clone() },
        Action::CreateApiKey { .. } => Call::CreateApiKey {},
        Action::DeleteApiKey { key } => Call::DeleteApiKey { id: key.id().clone() },
        _ => return,
    };
    steps.push(Step::Call { call, needs: None });
}

/// Deletes a snapshot. `list`: the instance whose list shows it, where lists are per instance.
pub(in crate::provider) fn delete(steps: &mut Vec<Step>, snapshot: &ResourceId, list: Option<&ResourceId>) {
    let (which, of) = (Ref::Known(snapshot.clone()), list.cloned());
    steps.push(Step::Call { call: Call::DeleteSnapshot { snapshot: which.clone(), of: of.clone() }, needs: None });
    steps.push(Step::Wait(Condition::SnapshotGone { of, which }));
}

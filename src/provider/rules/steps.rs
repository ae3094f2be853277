//! Pieces of plans.

use crate::domain::{Call, Condition, PowerCall, ResourceId, StatusKind, Step, Which};

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

pub(in crate::provider) fn force_stop(steps: &mut Vec<Step>, instance: &ResourceId) {
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
    steps.push(Step::Wait(Condition::SnapshotAvailable { of, which: Which::LearntSnapshot }));
}

/// Deletes a snapshot. `list`: the instance whose list shows it, where lists are per instance.
pub(in crate::provider) fn delete(steps: &mut Vec<Step>, snapshot: &ResourceId, list: Option<&ResourceId>) {
    let (which, of) = (Which::Known(snapshot.clone()), list.cloned());
    steps.push(Step::Call { call: Call::DeleteSnapshot { snapshot: which.clone(), of: of.clone() }, needs: None });
    steps.push(Step::Wait(Condition::SnapshotGone { of, which }));
}

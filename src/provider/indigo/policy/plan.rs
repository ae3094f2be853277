//! The steps of each action. Indigo destroys and restores only what is stopped, and a restore shows nothing while it
//! goes on.

use std::time::Duration;

use crate::domain::{
    Action, Call, Condition, Inventory, MadeCall, PowerCall, Reboot, Ref, ResourceId, StatusKind, Step, Target,
};
use crate::provider::policy::kind_of;
use crate::provider::policy::steps::{create, delete, destroy, plain, reboot, start, stop, take};

/// So long a restore is left alone before the machine is started: the provider shows nothing of it. A start that comes
/// too early is refused and sent again.
const RESTORE: Duration = Duration::from_secs(60);

pub(super) fn plan(action: &Action, inventory: &Inventory) -> Vec<Step> {
    let runs = |target: &Target| kind_of(target, inventory) == StatusKind::Running;
    let mut steps = Vec::new();
    match action {
        Action::Reboot { instance, how: Reboot::Provider | Reboot::Hard } => {
            reboot(&mut steps, instance.id(), PowerCall::Reboot);
        }
        Action::Destroy { instance, snapshots, .. } => {
            for snapshot in snapshots {
                delete(&mut steps, snapshot.id(), Some(instance.id()));
            }
            if runs(instance) {
                stop(&mut steps, instance.id());
            }
            let failed = kind_of(instance, inventory) == StatusKind::Error;
            destroy(&mut steps, instance.id(), (!failed).then_some(StatusKind::Stopped));
        }
        Action::TakeSnapshot { instance, name, stop_first, start_again } => {
            let stops = *stop_first && runs(instance);
            if stops {
                stop(&mut steps, instance.id());
            }
            take(&mut steps, instance.id(), name, stops.then_some(StatusKind::Stopped), Some(instance.id()));
            if stops && *start_again {
                start(&mut steps, instance.id());
            }
        }
        Action::Restore { snapshot, instance, save_first } => {
            restore(&mut steps, snapshot.id(), instance.id(), save_first.as_deref(), runs(instance));
        }
        Action::DeleteSnapshot { snapshot, of, .. } => delete(&mut steps, snapshot.id(), of.as_ref()),
        Action::RetakeSnapshot { snapshot, of } => {
            let call = Call::RetakeSnapshot { instance: of.clone(), snapshot: snapshot.id().clone() };
            steps.push(Step::Call { call, needs: None });
            let which = Ref::Known(snapshot.id().clone());
            steps.push(Step::Wait(Condition::SnapshotAvailable { of: Some(of.clone()), which }));
        }
        // A machine ends up switched off when it is made (recorded): it boots once and is stopped by the service.
        Action::CreateInstance { order, add_key, start, firewalls, answers, .. } => {
            create(&mut steps, order, add_key.as_ref(), StatusKind::Stopped);
            for firewall in firewalls {
                let what = MadeCall::Assign { firewall: firewall.id().clone() };
                steps.push(Step::Call { call: Call::Made { what }, needs: None });
            }
            if *start {
                steps.push(Step::Call { call: Call::Made { what: MadeCall::Start }, needs: Some(StatusKind::Stopped) });
                steps.push(Step::Wait(Condition::NewInstanceIs(StatusKind::Running)));
                steps.extend(answers.map(|port| Step::Wait(Condition::Answers { instance: None, port })));
            }
        }
        // Nothing shows on which machines a firewall is: the answer is all there is. None is taken off: see `possible`.
        other => match other.attachment() {
            Some((firewall, instance, true)) => {
                let call = Call::AssignFirewall { firewall: firewall.id().clone(), instance: instance.id().clone() };
                steps.push(Step::Call { call, needs: None });
            }
            _ => plain(&mut steps, other),
        },
    }
    steps
}

fn restore(steps: &mut Vec<Step>, snapshot: &ResourceId, instance: &ResourceId, save_first: Option<&str>, ran: bool) {
    if ran {
        stop(steps, instance);
    }
    if let Some(name) = save_first {
        take(steps, instance, name, Some(StatusKind::Stopped), Some(instance));
    }
    let call = Call::Restore { instance: instance.clone(), snapshot: Ref::Known(snapshot.clone()) };
    steps.push(Step::Call { call, needs: Some(StatusKind::Stopped) });
    steps.push(Step::Settle { at_least: RESTORE });
    if ran {
        start(steps, instance);
    }
}

//! The steps of each action, told in short.

use super::fixtures::{Shows, copy, instance, machine};
use super::plan::plan;
use crate::domain::{Action, Call, Condition, InstanceStatus, Reboot, Ref, StatusKind, Step};

/// The steps in short: calls with the state they need, waits, settles.
fn told(action: &Action, status: InstanceStatus) -> String {
    let shows = Shows::instances(vec![instance("1", status)]);
    let step = |step: &Step| match step {
        Step::Call { call, needs } => {
            let which = match call {
                Call::DeleteSnapshot { snapshot: Ref::Known(id), .. } => format!(" {id}"),
                _ => String::new(),
            };
            let needs = needs.map(|n| format!("@{n:?}")).unwrap_or_default();
            format!("{}{which}{needs}", call.name())
        }
        Step::Wait(Condition::InstanceIs(_, kind)) => format!("{kind:?}"),
        Step::Wait(Condition::InstanceGone(_)) => "gone".into(),
        Step::Wait(Condition::SnapshotAvailable { which, .. }) => match which {
            Ref::Known(id) => format!("{id} saved"),
            _ => "saved".into(),
        },
        Step::Wait(Condition::SnapshotGone { which: Ref::Known(id), .. }) => format!("{id} gone"),
        Step::Wait(other) => format!("{other:?}"),
        Step::Settle { at_least } => format!("settle {}", at_least.as_secs()),
    };
    plan(action, &shows.0).iter().map(step).collect::<Vec<_>>().join(", ")
}

const RUNS: InstanceStatus = InstanceStatus::Running;
const OFF: InstanceStatus = InstanceStatus::Stopped;

fn one(status: StatusKind) -> crate::domain::Target {
    machine("1", status)
}

fn destroy() -> Action {
    Action::Destroy { instance: one(StatusKind::Running), snapshots: vec![copy("8"), copy("9")], volumes: Vec::new() }
}

fn take(stop_first: bool) -> Action {
    Action::TakeSnapshot { instance: one(StatusKind::Running), name: "n".into(), stop_first, start_again: true }
}

fn restore(save_first: bool) -> Action {
    let save_first = save_first.then(|| "n".to_owned());
    Action::Restore { snapshot: copy("9"), instance: one(StatusKind::Stopped), save_first }
}

fn reboot(how: Reboot) -> Action {
    Action::Reboot { instance: one(StatusKind::Running), how }
}

#[rstest::rstest]
#[case(Action::Start { instance: one(StatusKind::Stopped) }, OFF, "start@Stopped, Running")]
#[case(Action::Stop { instance: one(StatusKind::Running) }, RUNS, "stop@Running, Stopped")]
#[case(Action::ForceStop { instance: one(StatusKind::Running) }, RUNS, "force_stop, Stopped")]
#[case(reboot(Reboot::Provider), RUNS, "reboot@Running, Running")]
#[case(reboot(Reboot::StopAndStart), RUNS, "stop@Running, Stopped, start@Stopped, Running")]
#[case(
    destroy(),
    RUNS,
    "delete_snapshot 8, 8 gone, delete_snapshot 9, 9 gone, stop@Running, Stopped, destroy@Stopped, gone"
)]
#[case(destroy(), OFF, "delete_snapshot 8, 8 gone, delete_snapshot 9, 9 gone, destroy@Stopped, gone")]
#[case(
    Action::Destroy { instance: one(StatusKind::Error), snapshots: vec![], volumes: Vec::new() },
    InstanceStatus::Error,
    "destroy, gone"
)]
#[case(take(false), RUNS, "take_snapshot, saved")]
#[case(take(true), RUNS, "stop@Running, Stopped, take_snapshot@Stopped, saved, start@Stopped, Running")]
#[case(take(true), OFF, "take_snapshot, saved")]
#[case(restore(false), OFF, "restore@Stopped, settle 60")]
#[case(restore(false), RUNS, "stop@Running, Stopped, restore@Stopped, settle 60, start@Stopped, Running")]
#[case(
    restore(true),
    RUNS,
    "stop@Running, Stopped, take_snapshot@Stopped, saved, restore@Stopped, settle 60, start@Stopped, Running"
)]
#[case(Action::DeleteSnapshot { snapshot: copy("9"), of: Some("1".into()), named: Vec::new() }, OFF, "delete_snapshot 9, 9 gone")]
#[case(Action::RetakeSnapshot { snapshot: copy("9"), of: "1".into() }, OFF, "retake_snapshot, 9 saved")]
fn each_action_has_its_steps(#[case] action: Action, #[case] status: InstanceStatus, #[case] expected: &str) {
    assert_eq!(told(&action, status), expected);
}

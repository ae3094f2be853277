//! The steps of each action, told in short.

use super::fixtures::{Shows, copy, instance, machine, target};
use super::plan::plan;
use crate::domain::{
    Action, Call, Condition, InstanceStatus, Kind, Order, OrderSource, Parked, Reboot, Ref, StatusKind, Step, Target,
};

/// The steps in short: calls with the state they need, and waits.
fn told(action: &Action, status: InstanceStatus) -> String {
    let shows = Shows::instances(vec![instance("1", status)]);
    let step = |step: &Step| match step {
        Step::Call { call, needs } => {
            let which = match call {
                Call::DeleteSnapshot { snapshot: Ref::Known(id), of: None } => format!(" {id}"),
                Call::CreateInstance { order } => {
                    let Order { name, source, plan, key, firewalls, .. } = order.as_ref();
                    let OrderSource::Snapshot(Ref::Known(id)) = source else { panic!("{source:?}") };
                    let key = key.iter().filter_map(|key| key.known(&[])).map(|key| format!(" {key}"));
                    format!(" {id} {plan} {name} {}{}", firewalls.join("+"), key.collect::<String>())
                }
                _ => String::new(),
            };
            let needs = needs.map(|n| format!("@{n:?}")).unwrap_or_default();
            format!("{}{which}{needs}", call.name())
        }
        Step::Wait(Condition::InstanceIs(_, kind)) => format!("{kind:?}"),
        Step::Wait(Condition::NewInstanceIs(kind)) => format!("new {kind:?}"),
        Step::Wait(Condition::InstanceRests(_)) => "rests".into(),
        Step::Wait(Condition::InstanceGone(_)) => "gone".into(),
        Step::Wait(Condition::SnapshotAvailable { of: None, which: Ref::OutputSnapshot }) => "saved".into(),
        Step::Wait(Condition::SnapshotGone { of: None, which: Ref::Known(id) }) => format!("{id} gone"),
        Step::Wait(Condition::FirewallOn { on, .. }) => (if *on { "on" } else { "off" }).into(),
        other => format!("{other:?}"),
    };
    plan(action, &shows.0).iter().map(step).collect::<Vec<_>>().join(", ")
}

const RUNS: InstanceStatus = InstanceStatus::Running;
const OFF: InstanceStatus = InstanceStatus::Stopped;

fn one(status: StatusKind) -> Target {
    machine("1", status)
}

fn firewall() -> Target {
    target("3", Kind::Firewall, StatusKind::None)
}

fn destroy() -> Action {
    Action::Destroy { instance: one(StatusKind::Running), snapshots: vec![copy("8"), copy("9")] }
}

fn take(start_again: bool) -> Action {
    Action::TakeSnapshot { instance: one(StatusKind::Running), name: "n".into(), stop_first: true, start_again }
}

fn restore(save_first: bool) -> Action {
    let save_first = save_first.then(|| "n".to_owned());
    Action::Restore { snapshot: copy("9"), instance: one(StatusKind::Stopped), save_first }
}

fn anew() -> Action {
    let firewalls = vec!["web".to_owned(), "ssh".to_owned()];
    Action::RestoreAsNew { snapshot: copy("9"), name: "n".into(), plan: "p".into(), firewalls, key: Some("k".into()) }
}

fn park() -> Action {
    let kept = Box::new(Parked { name: "i1".into(), plan: None, key: None, firewalls: Vec::new() });
    Action::Park { instance: one(StatusKind::Running), name: "n".into(), kept }
}

fn reboot(how: Reboot) -> Action {
    Action::Reboot { instance: one(StatusKind::Running), how }
}

#[rstest::rstest]
#[case(Action::Start { instance: one(StatusKind::Stopped) }, OFF, "start@Stopped, Running")]
#[case(Action::Stop { instance: one(StatusKind::Running) }, RUNS, "stop@Running, Stopped")]
#[case(Action::ForceStop { instance: one(StatusKind::Running) }, RUNS, "force_stop, Stopped")]
#[case(reboot(Reboot::Provider), RUNS, "reboot@Running, Running")]
#[case(reboot(Reboot::Hard), RUNS, "hard_reboot@Running, Running")]
#[case(reboot(Reboot::StopAndStart), RUNS, "stop@Running, Stopped, start@Stopped, Running")]
#[case(destroy(), RUNS, "delete_snapshot 8, 8 gone, delete_snapshot 9, 9 gone, destroy, gone")]
#[case(
    Action::Destroy { instance: one(StatusKind::Error), snapshots: vec![] },
    InstanceStatus::Error,
    "destroy, gone"
)]
#[case(take(true), RUNS, "stop@Running, Stopped, take_snapshot@Stopped, saved, start@Stopped, Running")]
#[case(take(false), RUNS, "stop@Running, Stopped, take_snapshot@Stopped, saved")]
#[case(take(true), OFF, "take_snapshot@Stopped, saved")]
#[case(restore(false), OFF, "restore, rests")]
#[case(restore(false), RUNS, "restore, Running")]
#[case(restore(true), OFF, "take_snapshot@Stopped, saved, restore@Stopped, rests")]
#[case(
    restore(true),
    RUNS,
    "stop@Running, Stopped, take_snapshot@Stopped, saved, start@Stopped, Running, restore@Running, Running"
)]
#[case(anew(), OFF, "create_instance 9 p n web+ssh k, new Running")]
#[case(park(), RUNS, "stop@Running, Stopped, take_snapshot@Stopped, saved, destroy@Stopped, gone")]
#[case(park(), OFF, "take_snapshot@Stopped, saved, destroy@Stopped, gone")]
#[case(Action::DeleteSnapshot { snapshot: copy("9"), of: Some("1".into()) }, OFF, "delete_snapshot 9, 9 gone")]
#[case(Action::AssignFirewall { firewall: firewall(), instance: one(StatusKind::Running) }, RUNS, "assign_firewall, on")]
#[case(Action::DetachFirewall { firewall: firewall(), instance: one(StatusKind::Running) }, RUNS, "detach_firewall, off")]
fn each_action_has_its_steps(#[case] action: Action, #[case] status: InstanceStatus, #[case] expected: &str) {
    assert_eq!(told(&action, status), expected);
}

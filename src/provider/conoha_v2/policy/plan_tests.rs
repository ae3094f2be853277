//! The steps of each action, told in short.

use std::sync::Arc;

use crate::domain::{
    Action, Call, Collection, Condition, Direction, InstanceStatus, Inventory, Kind, ListKey, Order, OrderSource,
    Parked, Port, ProviderPolicy, Reboot, Ref, ResourceId, Rule, RuleSet, StatusKind, Step, Target,
};
use crate::provider::conoha_v2::POLICY;
use crate::provider::openstack::policy::fixtures::{Shows, copy, instance, machine, target};

fn plan(action: &Action, inventory: &Inventory) -> Vec<Step> {
    POLICY.plan(action, inventory)
}

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
    Action::Destroy { instance: one(StatusKind::Running), snapshots: vec![copy("8"), copy("9")], volumes: Vec::new() }
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
    Action::Destroy { instance: one(StatusKind::Error), snapshots: vec![], volumes: Vec::new() },
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
#[case(Action::DeleteSnapshot { snapshot: copy("9"), of: Some("1".into()), named: Vec::new() }, OFF, "delete_snapshot 9, 9 gone")]
#[case(Action::AssignFirewall { firewall: firewall(), instance: one(StatusKind::Running) }, RUNS, "set_port, on")]
#[case(Action::DetachFirewall { firewall: firewall(), instance: one(StatusKind::Running) }, RUNS, "set_port, off")]
fn each_action_has_its_steps(#[case] action: Action, #[case] status: InstanceStatus, #[case] expected: &str) {
    assert_eq!(told(&action, status), expected);
}

fn rule(ports: &str, source: &str) -> Rule {
    let [protocol, ports, source] = ["tcp", ports, source].map(str::to_owned);
    Rule { direction: Direction::In, preset: String::new(), protocol, ports, source }
}

/// The calls of a plan in short.
fn calls(action: &Action, shows: &Shows) -> Vec<String> {
    let call = |step: &Step| match step {
        Step::Call { call: Call::AddRule { rule, .. }, .. } => Some(format!("+{}", rule.ports)),
        Step::Call { call: Call::RemoveRule { rule, id: None, .. }, .. } => Some(format!("-{}", rule.ports)),
        Step::Call { call: Call::SetPort { port, .. }, .. } => {
            Some(format!("port {}", port.as_ref().map_or("?", |id| id.as_str())))
        }
        Step::Call { call, .. } => Some(call.name().to_owned()),
        _ => None,
    };
    plan(action, &shows.0).iter().filter_map(call).collect()
}

fn update(to: &str, was: &[(&str, &str)], rules: &[(&str, &str)]) -> Action {
    let all = |rules: &[(&str, &str)]| rules.iter().map(|(ports, source)| rule(ports, source)).collect();
    let (name, rules, was) = (to.to_owned(), all(rules), all(was));
    Action::UpdateFirewall { firewall: firewall(), name, rules, was, instances: Vec::new(), own: None }
}

#[rstest::rstest]
#[case(update("n3", &[("22", ""), ("80", "")], &[("80", "0.0.0.0/0"), ("443", "")]), &["+443", "-22"])]
#[case(update("new", &[("22", "")], &[("22", "")]), &["rename_firewall"])]
#[case(update("new", &[], &[("22", "")]), &["+22", "rename_firewall"])]
// There is always a step, which then finds that all is so already.
#[case(update("n3", &[("22", "")], &[("22-22", "")]), &["rename_firewall"])]
fn what_is_missing_is_added_before_what_is_too_much_goes(#[case] action: Action, #[case] expected: &[&str]) {
    assert_eq!(calls(&action, &Shows::default()), expected);
}

#[test]
fn what_goes_is_named_by_its_id_lest_what_means_the_same_goes() {
    let (rules, ids) =
        (vec![rule("22", ""), rule("22-22", ""), rule("22", "")], vec!["a".into(), "b".into(), "c".into()]);
    let set = RuleSet { rules, ids, ..RuleSet::default() };
    let shows = Shows::default().list(ListKey::Rules("3".into()), Collection::Rules(Arc::new(set)));
    let gone = |was: &[(&str, &str)]| -> Vec<Option<ResourceId>> {
        let id = |step: &Step| match step {
            Step::Call { call: Call::RemoveRule { id, .. }, .. } => Some(id.clone()),
            _ => None,
        };
        plan(&update("n3", was, &[("22-22", "")]), &shows.0).iter().filter_map(id).collect()
    };
    assert_eq!(gone(&[("22", ""), ("22-22", ""), ("22", "")]), [Some("a".into()), Some("c".into())]);
    assert_eq!(gone(&[("22", ""), ("22-22", "")]), [None], "they were shown otherwise");
}

#[test]
fn of_a_firewall_that_is_there_in_part_only_the_rest_is_made() {
    let create = |id: &str| {
        let mut new = firewall();
        new.resource.id = id.into();
        let rules = vec![rule("22", ""), rule("80", ""), rule("80", "0.0.0.0/0")];
        Action::CreateFirewall { new, rules, instances: vec![one(StatusKind::Running)] }
    };
    let ports = |ids: &[(&str, bool)]| {
        let port =
            |(id, takes): &(&str, bool)| Port { id: (*id).into(), firewalls: Vec::new(), takes_firewalls: *takes };
        Collection::Ports(ids.iter().map(|one| Arc::new(port(one))).collect())
    };
    let two = || Shows::default().list(ListKey::Ports("1".into()), ports(&[("a", true), ("b", false), ("c", true)]));
    assert_eq!(calls(&create(""), &two()), ["create_firewall", "+22", "+80", "port a", "port c"]);
    assert_eq!(calls(&create(""), &Shows::default()), ["create_firewall", "+22", "+80", "port ?"]);
    let set = RuleSet { rules: vec![rule("22", "0.0.0.0/0")], ..RuleSet::default() };
    let half = two().list(ListKey::Rules("3".into()), Collection::Rules(Arc::new(set)));
    assert_eq!(calls(&create("3"), &half), ["+80", "port a", "port c"]);
}

//! What the provider shows of a change whose answer was lost.

use std::sync::Arc;
use std::time::Duration;

use super::fixtures::{Shows, instance, snapshot};
use super::reconcile::reconcile;
use crate::domain::{
    Call, Collection, Direction, InstanceStatus, Inventory, ListKey, PowerCall, PreState, Reconciled, Ref, Rule,
    RuleSet, StoreStatus, Timestamp,
};

const T0: Timestamp = Timestamp(1_700_000_000_000);

fn after(seconds: u64) -> Timestamp {
    T0 + Duration::from_secs(seconds)
}

fn pre_state(ids: &[&str]) -> PreState {
    PreState { status: None, ids: ids.iter().map(|id| (*id).into()).collect(), at: T0, size_gb: None }
}

#[rstest::rstest]
#[case(PowerCall::Start, Some(InstanceStatus::Running), Reconciled::Yes)]
#[case(PowerCall::Start, Some(InstanceStatus::Stopped), Reconciled::NotYet)]
#[case(PowerCall::Stop, Some(InstanceStatus::Stopped), Reconciled::Yes)]
#[case(PowerCall::Stop, Some(InstanceStatus::Stopping), Reconciled::Yes)]
#[case(PowerCall::Stop, Some(InstanceStatus::Running), Reconciled::NotYet)]
#[case(PowerCall::ForceStop, Some(InstanceStatus::Stopped), Reconciled::Yes)]
#[case(PowerCall::Start, Some(InstanceStatus::Unknown("x".into())), Reconciled::NotYet)]
#[case(PowerCall::Stop, None, Reconciled::No)]
#[case(PowerCall::Reboot, Some(InstanceStatus::Running), Reconciled::Cannot)]
fn power_settles_by_the_state_shown(
    #[case] what: PowerCall,
    #[case] status: Option<InstanceStatus>,
    #[case] expected: Reconciled,
) {
    let shows = Shows::instances(status.into_iter().map(|s| instance("1", s)).collect());
    let call = Call::Power { instance: "1".into(), what };
    assert_eq!(reconcile(&call, &pre_state(&[]), &shows.0, after(600)), expected);
}

#[test]
fn a_destroyed_instance_is_gone_from_a_list_that_was_read() {
    let call = Call::Destroy { instance: "1".into() };
    let of = |inventory: &Inventory| reconcile(&call, &pre_state(&["1"]), inventory, after(10));
    assert_eq!(of(&Inventory::default()), Reconciled::NotYet, "no list, no knowledge");
    assert_eq!(of(&Shows::instances(vec![]).0), Reconciled::Yes);
    assert_eq!(of(&Shows::instances(vec![instance("1", InstanceStatus::Stopped)]).0), Reconciled::NotYet);
}

#[test]
fn a_snapshot_was_taken_where_one_of_its_name_is_new() {
    let call = Call::TakeSnapshot { instance: "1".into(), name: "s9".into() };
    let with = |ids: &[&str]| {
        let rows = ids.iter().map(|id| snapshot(id, "1", StoreStatus::Creating, None)).collect();
        reconcile(&call, &pre_state(&["8"]), &Shows::default().snapshots("1", rows).0, after(10))
    };
    assert_eq!(with(&["8"]), Reconciled::NotYet);
    assert_eq!(with(&["8", "9"]), Reconciled::Yes);
    assert_eq!(with(&["8", "7"]), Reconciled::NotYet, "another one's snapshot");
}

#[rstest::rstest]
#[case(&[], 5, Reconciled::Yes)]
#[case(&["9"], 5, Reconciled::NotYet)]
#[case(&["9"], 61, Reconciled::No)]
fn a_snapshot_that_is_still_there_after_a_minute_was_not_deleted(
    #[case] ids: &[&str],
    #[case] seconds: u64,
    #[case] expected: Reconciled,
) {
    let rows = ids.iter().map(|id| snapshot(id, "1", StoreStatus::Available, None)).collect();
    let shows = Shows::default().snapshots("1", rows);
    let call = Call::DeleteSnapshot { snapshot: Ref::Known("9".into()), of: Some("1".into()) };
    assert_eq!(reconcile(&call, &pre_state(&["9"]), &shows.0, after(seconds)), expected);
}

#[rstest::rstest]
#[case(&[], 5, Reconciled::NotYet)]
#[case(&[], 61, Reconciled::No)]
#[case(&[("8", Some("22"))], 61, Reconciled::No)]
#[case(&[("9", None)], 61, Reconciled::Cannot)]
#[case(&[("9", Some("80"))], 5, Reconciled::NotYet)]
#[case(&[("9", Some("80"))], 61, Reconciled::Cannot)]
#[case(&[("9", Some("80")), ("10", Some("22-22"))], 5, Reconciled::Yes)]
fn a_firewall_was_made_where_a_new_one_has_its_name_and_its_rules(
    #[case] shown: &[(&str, Option<&str>)],
    #[case] seconds: u64,
    #[case] expected: Reconciled,
) {
    let rule = |ports: &str| {
        let [preset, protocol, ports, source] = ["Custom", "TCP", ports, "0.0.0.0"].map(str::to_owned);
        Rule { direction: Direction::In, preset, protocol, ports, source }
    };
    let call = Call::CreateFirewall { name: "web".to_owned(), rules: vec![rule("22")], instances: Vec::new() };
    let shows = shown.iter().fold(
        Shows::default().firewalls(shown.iter().map(|(id, _)| (*id, "web"))),
        |shows, (id, ports)| {
            let Some(ports) = ports else { return shows };
            let set = RuleSet { rules: vec![rule(ports)], ..RuleSet::default() };
            shows.list(ListKey::Rules((*id).into()), Collection::Rules(Arc::new(set)))
        },
    );
    assert_eq!(reconcile(&call, &pre_state(&["8"]), &shows.0, after(seconds)), expected);
}

#[test]
fn a_restore_and_an_assignment_never_show() {
    let shows = Shows::instances(vec![instance("1", InstanceStatus::Stopped)]);
    let restore = Call::Restore { instance: "1".into(), snapshot: Ref::Known("9".into()) };
    let assign = Call::AssignFirewall { firewall: "3".into(), instance: "1".into() };
    for call in [restore, assign] {
        assert_eq!(reconcile(&call, &pre_state(&[]), &shows.0, after(600)), Reconciled::Cannot);
    }
}

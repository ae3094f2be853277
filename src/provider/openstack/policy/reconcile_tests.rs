//! What the provider shows of a change whose answer was lost.

use std::time::Duration;

use super::fixtures::{Shows, instance, sized, snapshot};
use super::reconcile::reconcile;
use crate::domain::{
    Call, InstanceStatus, Inventory, Order, PowerCall, PreState, Reconciled, Ref, ResourceId, Snapshot, StoreStatus,
    Timestamp,
};

const T0: Timestamp = Timestamp(1_700_000_000_000);

fn after(seconds: u64) -> Timestamp {
    T0 + Duration::from_secs(seconds)
}

fn pre_state(ids: &[&str]) -> PreState {
    PreState { status: None, ids: ids.iter().map(|id| (*id).into()).collect(), at: T0, size_gb: None }
}

fn shows(status: Option<InstanceStatus>) -> Shows {
    Shows::instances(status.into_iter().map(|s| instance("1", s)).collect())
}

#[rstest::rstest]
#[case(PowerCall::Start, Some(InstanceStatus::Running), Reconciled::Yes)]
#[case(PowerCall::Start, Some(InstanceStatus::Starting), Reconciled::Yes)]
#[case(PowerCall::Start, Some(InstanceStatus::Stopped), Reconciled::NotYet)]
#[case(PowerCall::Stop, Some(InstanceStatus::Stopping), Reconciled::Yes)]
#[case(PowerCall::Stop, Some(InstanceStatus::Running), Reconciled::NotYet)]
#[case(PowerCall::ForceStop, Some(InstanceStatus::Stopped), Reconciled::Yes)]
#[case(PowerCall::Stop, None, Reconciled::No)]
#[case(PowerCall::Reboot, Some(InstanceStatus::Rebooting), Reconciled::Yes)]
#[case(PowerCall::HardReboot, Some(InstanceStatus::Rebooting), Reconciled::Yes)]
#[case(PowerCall::Reboot, Some(InstanceStatus::Running), Reconciled::Cannot)]
fn power_settles_by_the_state_shown(
    #[case] what: PowerCall,
    #[case] status: Option<InstanceStatus>,
    #[case] expected: Reconciled,
) {
    let call = Call::Power { instance: "1".into(), what };
    assert_eq!(reconcile(&call, &pre_state(&[]), &shows(status).0, after(600)), expected);
}

#[test]
fn a_destroyed_instance_is_gone_or_says_that_it_goes() {
    let call = Call::Destroy { instance: "1".into() };
    let of = |inventory: &Inventory| reconcile(&call, &pre_state(&[]), inventory, after(10));
    assert_eq!(of(&Inventory::default()), Reconciled::NotYet, "no list, no knowledge");
    assert_eq!(of(&shows(None).0), Reconciled::Yes);
    assert_eq!(of(&shows(Some(InstanceStatus::Destroying)).0), Reconciled::Yes);
    assert_eq!(of(&shows(Some(InstanceStatus::Stopped)).0), Reconciled::NotYet);
}

#[test]
fn a_snapshot_was_taken_where_one_of_its_name_is_new() {
    let call = Call::TakeSnapshot { instance: "1".into(), name: "s9".into() };
    let with = |ids: &[(&str, &str)]| {
        let rows = ids.iter().map(|(id, of)| snapshot(id, of, StoreStatus::Saving, None)).collect();
        reconcile(&call, &pre_state(&["8"]), &Shows::default().saved(rows).0, after(10))
    };
    assert_eq!(with(&[("8", "1")]), Reconciled::NotYet);
    assert_eq!(with(&[("8", "1"), ("9", "1")]), Reconciled::Yes);
    assert_eq!(with(&[("7", "1")]), Reconciled::NotYet, "another name");
    assert_eq!(with(&[("9", "2")]), Reconciled::NotYet, "another instance's");
}

#[test]
fn the_image_of_a_volume_is_known_by_its_name_alone() {
    let save = Call::SaveVolume { instance: "1".into(), volume: "v".into(), name: "n".to_owned() };
    let image = |id: &str| Snapshot { name: "n".to_owned(), of: None, ..snapshot(id, "1", StoreStatus::Saving, None) };
    let settled = |shows: Shows| reconcile(&save, &pre_state(&["1"]), &shows.0, after(300));
    assert_eq!(settled(Shows::default().saved(vec![image("1"), image("2")])), Reconciled::Yes);
    assert_eq!(settled(Shows::default().saved(vec![image("1")])), Reconciled::NotYet, "that one was there before");
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
    let call = Call::DeleteSnapshot { snapshot: Ref::Known("9".into()), of: None };
    assert_eq!(reconcile(&call, &pre_state(&[]), &Shows::default().saved(rows).0, after(seconds)), expected);
}

#[rstest::rstest]
#[case(&["1", "2"], 5, Reconciled::Yes)]
#[case(&["1"], 5, Reconciled::NotYet)]
#[case(&["1"], 299, Reconciled::NotYet)]
#[case(&["1"], 301, Reconciled::Cannot)]
fn of_a_machine_that_was_ordered_it_is_never_said_that_there_is_none(
    #[case] ids: &[&str],
    #[case] seconds: u64,
    #[case] expected: Reconciled,
) {
    let rows = ids.iter().map(|id| instance(id, InstanceStatus::Creating)).collect();
    let image = Ref::Known("9".into());
    let call = Call::from(Order::from_snapshot("i2", image, &"p".into(), &[], None));
    assert_eq!(reconcile(&call, &pre_state(&["1"]), &Shows::instances(rows).0, after(seconds)), expected);
}

#[rstest::rstest]
#[case(InstanceStatus::Rebuilding, 5, Reconciled::Yes)]
#[case(InstanceStatus::Running, 5, Reconciled::NotYet)]
#[case(InstanceStatus::Running, 61, Reconciled::Cannot)]
fn a_rebuild_shows_only_while_it_lasts(
    #[case] status: InstanceStatus,
    #[case] seconds: u64,
    #[case] expected: Reconciled,
) {
    let call = Call::Restore { instance: "1".into(), snapshot: Ref::Known("9".into()) };
    assert_eq!(reconcile(&call, &pre_state(&[]), &shows(Some(status)).0, after(seconds)), expected);
}

#[rstest::rstest]
#[case(Some(&["1"][..]), true, 5, Reconciled::Yes)]
#[case(Some(&["2"][..]), true, 5, Reconciled::NotYet)]
#[case(Some(&["2"][..]), true, 61, Reconciled::No)]
#[case(Some(&["2"][..]), false, 5, Reconciled::Yes)]
#[case(Some(&["1"][..]), false, 61, Reconciled::No)]
#[case(None, false, 5, Reconciled::Cannot)]
fn a_firewall_tells_what_it_stands_on(
    #[case] on: Option<&[&str]>,
    #[case] assigned: bool,
    #[case] seconds: u64,
    #[case] expected: Reconciled,
) {
    let (firewall, instance) = ("3".into(), "1".into());
    let call = if assigned {
        Call::AssignFirewall { firewall, instance }
    } else {
        Call::DetachFirewall { firewall, instance }
    };
    assert_eq!(reconcile(&call, &pre_state(&[]), &Shows::default().firewall("3", on).0, after(seconds)), expected);
}

#[rstest::rstest]
#[case(InstanceStatus::Resizing, "old", 5, "Yes NotYet Yes")]
#[case(InstanceStatus::ConfirmResize, "new", 5, "Yes NotYet NotYet")]
#[case(InstanceStatus::ConfirmResize, "new", 61, "Yes No No")]
#[case(InstanceStatus::Running, "new", 61, "Yes Yes Cannot")]
#[case(InstanceStatus::Stopped, "old", 5, "NotYet Yes Yes")]
#[case(InstanceStatus::Running, "old", 61, "No Yes Yes")]
fn a_resize_its_confirmation_and_its_revert_settle_by_state_and_plan(
    #[case] status: InstanceStatus,
    #[case] has: &str,
    #[case] seconds: u64,
    #[case] expected: &str,
) {
    let shows = Shows::instances(vec![sized("1", status, has)]);
    let (instance, plan) = (ResourceId::new("1"), ResourceId::new("new"));
    let calls = [
        Call::Resize { instance: instance.clone(), plan: plan.clone() },
        Call::ConfirmResize { instance: instance.clone() },
        Call::RevertResize { instance, plan: Some(plan) },
    ];
    let of = |call: &Call| format!("{:?}", reconcile(call, &pre_state(&[]), &shows.0, after(seconds)));
    assert_eq!(calls.each_ref().map(of).join(" "), expected);
}

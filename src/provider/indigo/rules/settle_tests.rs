//! What the provider shows of a change whose answer was lost.

use std::time::Duration;

use super::fixtures::{Shows, instance, snapshot};
use super::settle::settle;
use crate::domain::{Before, Call, InstanceStatus, Picture, PowerCall, Settled, StoreStatus, Wall, Which};

const T0: Wall = Wall(1_700_000_000_000);

fn after(seconds: u64) -> Wall {
    T0 + Duration::from_secs(seconds)
}

fn before(ids: &[&str]) -> Before {
    Before { status: None, ids: ids.iter().map(|id| (*id).into()).collect(), at: T0, size_gb: None }
}

#[rstest::rstest]
#[case(PowerCall::Start, Some(InstanceStatus::Running), Settled::Yes)]
#[case(PowerCall::Start, Some(InstanceStatus::Stopped), Settled::NotYet)]
#[case(PowerCall::Stop, Some(InstanceStatus::Stopped), Settled::Yes)]
#[case(PowerCall::Stop, Some(InstanceStatus::Stopping), Settled::Yes)]
#[case(PowerCall::Stop, Some(InstanceStatus::Running), Settled::NotYet)]
#[case(PowerCall::ForceStop, Some(InstanceStatus::Stopped), Settled::Yes)]
#[case(PowerCall::Start, Some(InstanceStatus::Unknown("x".into())), Settled::NotYet)]
#[case(PowerCall::Stop, None, Settled::No)]
#[case(PowerCall::Reboot, Some(InstanceStatus::Running), Settled::Cannot)]
fn power_settles_by_the_state_shown(
    #[case] what: PowerCall,
    #[case] status: Option<InstanceStatus>,
    #[case] expected: Settled,
) {
    let shows = Shows::instances(status.into_iter().map(|s| instance("1", s)).collect());
    let call = Call::Power { instance: "1".into(), what };
    assert_eq!(settle(&call, &before(&[]), &shows.0, after(600)), expected);
}

#[test]
fn a_destroyed_instance_is_gone_from_a_list_that_was_read() {
    let call = Call::Destroy { instance: "1".into() };
    let of = |picture: &Picture| settle(&call, &before(&["1"]), picture, after(10));
    assert_eq!(of(&Picture::default()), Settled::NotYet, "no list, no knowledge");
    assert_eq!(of(&Shows::instances(vec![]).0), Settled::Yes);
    assert_eq!(of(&Shows::instances(vec![instance("1", InstanceStatus::Stopped)]).0), Settled::NotYet);
}

#[test]
fn a_snapshot_was_taken_where_one_of_its_name_is_new() {
    let call = Call::TakeSnapshot { instance: "1".into(), name: "s9".into() };
    let with = |ids: &[&str]| {
        let rows = ids.iter().map(|id| snapshot(id, "1", StoreStatus::Creating, None)).collect();
        settle(&call, &before(&["8"]), &Shows::default().snapshots("1", rows).0, after(10))
    };
    assert_eq!(with(&["8"]), Settled::NotYet);
    assert_eq!(with(&["8", "9"]), Settled::Yes);
    assert_eq!(with(&["8", "7"]), Settled::NotYet, "another one's snapshot");
}

#[rstest::rstest]
#[case(&[], 5, Settled::Yes)]
#[case(&["9"], 5, Settled::NotYet)]
#[case(&["9"], 61, Settled::No)]
fn a_snapshot_that_is_still_there_after_a_minute_was_not_deleted(
    #[case] ids: &[&str],
    #[case] seconds: u64,
    #[case] expected: Settled,
) {
    let rows = ids.iter().map(|id| snapshot(id, "1", StoreStatus::Available, None)).collect();
    let shows = Shows::default().snapshots("1", rows);
    let call = Call::DeleteSnapshot { snapshot: Which::Known("9".into()), of: Some("1".into()) };
    assert_eq!(settle(&call, &before(&["9"]), &shows.0, after(seconds)), expected);
}

#[test]
fn a_restore_and_an_assignment_never_show() {
    let shows = Shows::instances(vec![instance("1", InstanceStatus::Stopped)]);
    let restore = Call::Restore { instance: "1".into(), snapshot: Which::Known("9".into()) };
    let assign = Call::AssignFirewall { firewall: "3".into(), instance: "1".into() };
    for call in [restore, assign] {
        assert_eq!(settle(&call, &before(&[]), &shows.0, after(600)), Settled::Cannot);
    }
}

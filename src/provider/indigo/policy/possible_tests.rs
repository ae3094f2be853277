//! What can be done in which state, as a table.

use super::IndigoPolicy;
use super::fixtures::{Shows, instance, snapshot};
use super::possible::possible;
use crate::domain::{InstanceStatus, Inventory, ListKey, Possible, ProviderPolicy, Resource, StoreStatus, Verb};

fn told(possible: &Possible) -> String {
    match possible {
        Possible::Yes => "yes".into(),
        Possible::No(why) => why.text.short(),
        Possible::Never => "never".into(),
    }
}

#[rstest::rstest]
#[case(InstanceStatus::Running, "runs-already yes yes yes yes yes yes")]
#[case(InstanceStatus::Stopped, "yes off-already off-already only-running yes yes yes")]
#[case(InstanceStatus::Error, "never-made never-made never-made never-made yes never-made never-made")]
#[case(InstanceStatus::Creating, "being-made being-made being-made being-made being-made being-made being-made")]
#[case(
    InstanceStatus::Importing(Some(5)),
    "being-made being-made being-made being-made being-made being-made being-made"
)]
#[case(InstanceStatus::Unknown("x".into()), "unknown unknown unknown unknown unknown unknown unknown")]
#[case(InstanceStatus::Stopping, "only-stopped stops-already yes only-running under-way under-way under-way")]
fn on_an_instance(#[case] status: InstanceStatus, #[case] expected: &str) {
    let verbs =
        [Verb::Start, Verb::Stop, Verb::ForceStop, Verb::Reboot, Verb::Destroy, Verb::TakeSnapshot, Verb::Restore];
    let one = instance("1", status);
    let all: Vec<String> =
        verbs.iter().map(|verb| told(&possible(*verb, Resource::Instance(&one), &Inventory::default()))).collect();
    assert_eq!(all.join(" "), expected);
}

#[test]
fn nothing_is_parked_before_a_snapshot_is_shown_to_outlive_its_machine() {
    for status in [InstanceStatus::Running, InstanceStatus::Stopped, InstanceStatus::Error] {
        let one = instance("1", status);
        assert_eq!(told(&possible(Verb::Park, Resource::Instance(&one), &Inventory::default())), "park");
    }
}

#[rstest::rstest]
#[case(StoreStatus::Available, "yes yes only-failed")]
#[case(StoreStatus::Creating, "snapshot-not-available being-made only-failed")]
#[case(StoreStatus::Error, "snapshot-not-available yes yes")]
#[case(StoreStatus::Deleting, "snapshot-not-available snapshot-under-way only-failed")]
#[case(StoreStatus::Unknown("x".into()), "unknown unknown unknown")]
fn on_a_snapshot(#[case] status: StoreStatus, #[case] expected: &str) {
    let shows = Shows::instances(vec![instance("1", InstanceStatus::Stopped)]);
    let one = snapshot("9", "1", status, None);
    let all: Vec<String> = [Verb::Restore, Verb::DeleteSnapshot, Verb::RetakeSnapshot]
        .iter()
        .map(|verb| told(&possible(*verb, Resource::Snapshot(&one), &shows.0)))
        .collect();
    assert_eq!(all.join(" "), expected);
}

#[rstest::rstest]
#[case(vec![], "instance-gone")]
#[case(vec![InstanceStatus::Creating], "being-made")]
#[case(vec![InstanceStatus::Error], "instance-not-ready")]
#[case(vec![InstanceStatus::Running], "yes")]
fn a_restore_asks_for_the_instance_too(#[case] status: Vec<InstanceStatus>, #[case] expected: &str) {
    let shows = Shows::instances(status.into_iter().map(|s| instance("1", s)).collect());
    let one = snapshot("9", "1", StoreStatus::Available, None);
    assert_eq!(told(&possible(Verb::Restore, Resource::Snapshot(&one), &shows.0)), expected);
}

#[test]
fn a_sixth_snapshot_is_not_offered() {
    let rows = |n: u32| (0..n).map(|i| snapshot(&i.to_string(), "1", StoreStatus::Available, None)).collect();
    let one = instance("1", InstanceStatus::Running);
    let with =
        |n| told(&possible(Verb::TakeSnapshot, Resource::Instance(&one), &Shows::default().snapshots("1", rows(n)).0));
    assert_eq!((with(4).as_str(), with(5).as_str()), ("yes", "slots"));
}

#[test]
fn what_is_done_to_snapshots_is_never_offered_on_instances_and_the_other_way_round() {
    let (one, other) = (instance("1", InstanceStatus::Running), snapshot("9", "1", StoreStatus::Available, None));
    for verb in [Verb::DeleteSnapshot, Verb::RetakeSnapshot] {
        assert_eq!(possible(verb, Resource::Instance(&one), &Inventory::default()), Possible::Never);
    }
    for verb in [Verb::Start, Verb::Destroy, Verb::TakeSnapshot] {
        assert_eq!(possible(verb, Resource::Snapshot(&other), &Inventory::default()), Possible::Never);
    }
}

#[test]
fn what_no_call_lists_is_not_asked_for() {
    let one = || "1".into();
    let none = [ListKey::Instance(one()), ListKey::Snapshot(one()), ListKey::Graphs(one()), ListKey::Ports(one())];
    for list in [ListKey::Quota, ListKey::Backups].iter().chain(&none) {
        assert!(!IndigoPolicy.supports(list), "{list:?}");
    }
}

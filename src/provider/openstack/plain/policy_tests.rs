//! What is said of a server, where no provider's own terms are known.

use crate::domain::{
    Action, Field, Instance, InstanceStatus, Inventory, Possible, ProviderPolicy as _, Resource, StatusKind, Timestamp,
    Verb, text,
};
use crate::provider::openstack::plain::DIALECT;
use crate::provider::openstack::policy::OpenstackPolicy;
use crate::provider::policy::fixtures::{Shows, instance, machine};

#[rstest::rstest]
#[case(None, true, true)]
#[case(Some("i"), true, false)]
#[case(None, false, false)]
fn a_disk_on_a_volume_is_told_of(#[case] image: Option<&str>, #[case] volumes: bool, #[case] expected: bool) {
    let volume = Field { label: text::field::VOLUMES, value: "v".to_owned() };
    let fields = volumes.then_some(volume).into_iter().collect();
    let one = Instance { image: image.map(Into::into), fields, ..instance("1", InstanceStatus::Stopped) };
    let policy = OpenstackPolicy(&DIALECT);
    let possible = |verb| policy.possible(verb, Resource::Instance(&one), &Inventory::default());
    assert_eq!(possible(Verb::Restore) != Possible::Yes, expected);
    assert_eq!(possible(Verb::TakeSnapshot), Possible::Yes);
    let shows = Shows::instances(vec![one.clone()]);
    let target = || machine("1", StatusKind::Stopped);
    let said =
        |action: &Action, what| policy.risks(action, &shows.0, Timestamp(0)).iter().any(|f| f.phrase.text == what);
    let destroy = Action::Destroy { instance: target(), snapshots: Vec::new() };
    assert_eq!(said(&destroy, text::risk::BOOT_VOLUME_STAYS), expected);
    let take = Action::TakeSnapshot { instance: target(), name: "n".to_owned(), stop_first: false, start_again: false };
    assert_eq!(said(&take, text::risk::BOOT_VOLUME_SAVED), expected);
}

#[test]
fn what_a_stopped_server_costs_is_left_to_its_cloud() {
    let policy = OpenstackPolicy(&DIALECT);
    let shows = Shows::instances(vec![instance("1", InstanceStatus::Running)]);
    let stop = Action::Stop { instance: machine("1", StatusKind::Running) };
    assert_eq!(policy.risks(&stop, &shows.0, Timestamp(0)), []);
    assert!(!policy.bills_stopped());
}

//! What is said of a server, where no provider's own terms are known.

use crate::domain::{
    Action, Answer, Call, Instance, InstanceStatus, InstanceVolume, Inventory, Parked, Possible, ProviderPolicy as _,
    Ref, Resource, StatusKind, Text, Timestamp, Verb, Verdict, text,
};
use crate::provider::openstack::plain::DIALECT;
use crate::provider::openstack::policy::OpenstackPolicy;
use crate::provider::policy::fixtures::{Shows, instance, machine};

#[rstest::rstest]
#[case(None, true, true)]
#[case(Some("i"), true, false)]
#[case(None, false, false)]
fn a_disk_on_a_volume_is_told_of(#[case] image: Option<&str>, #[case] volumes: bool, #[case] expected: bool) {
    let volume = InstanceVolume { id: "v".into(), goes_too: None };
    let volumes = volumes.then_some(volume).into_iter().collect();
    let one = Instance { image: image.map(Into::into), volumes, ..instance("1", InstanceStatus::Stopped) };
    let policy = OpenstackPolicy(&DIALECT);
    let possible = |verb| policy.possible(verb, Resource::Instance(&one), &Inventory::default());
    assert_eq!(possible(Verb::Restore) != Possible::Yes, expected);
    assert_eq!(possible(Verb::TakeSnapshot), Possible::Yes);
    let shows = Shows::instances(vec![one.clone()]);
    let target = || machine("1", StatusKind::Stopped);
    let said =
        |action: &Action, what| policy.risks(action, &shows.0, Timestamp(0)).iter().any(|f| f.phrase.text == what);
    let destroy = Action::Destroy { instance: target(), snapshots: Vec::new(), volumes: Vec::new() };
    assert_eq!(said(&destroy, text::risk::BOOT_VOLUME_STAYS), expected);
    let kept = Parked { name: "i1".to_owned(), plan: None, key: None, firewalls: Vec::new() };
    let park = Action::Park { instance: target(), name: "n".to_owned(), kept: Box::new(kept) };
    assert_eq!(said(&park, text::risk::BOOT_VOLUME_SAVED), expected);
    assert_eq!(said(&park, text::risk::BOOT_VOLUME_STAYS), expected);
    let take = Action::TakeSnapshot { instance: target(), name: "n".to_owned(), stop_first: false, start_again: false };
    assert_eq!(said(&take, text::risk::BOOT_VOLUME_SAVED), expected);
}

#[test]
fn what_a_server_costs_is_left_to_its_cloud() {
    let policy = OpenstackPolicy(&DIALECT);
    let shows = Shows::instances(vec![instance("1", InstanceStatus::Running)]);
    let said = |action: &Action| -> Vec<Text> {
        policy.risks(action, &shows.0, Timestamp(0)).into_iter().map(|fact| fact.phrase.text).collect()
    };
    let server = || machine("1", StatusKind::Running);
    assert_eq!(said(&Action::Stop { instance: server() }), []);
    let kept = Parked { name: "i1".to_owned(), plan: None, key: None, firewalls: Vec::new() };
    let park = Action::Park { instance: server(), name: "n".to_owned(), kept: Box::new(kept) };
    assert_eq!(said(&park), [text::risk::PARK_STOPS, text::risk::PARK_ADDRESS]);
    assert!(!policy.bills_stopped());
}

#[test]
fn a_refusal_is_not_explained_by_the_ways_of_another_cloud() {
    let policy = OpenstackPolicy(&DIALECT);
    let answer = Answer::Replied {
        status: 400,
        code: Some("badRequest".to_owned()),
        said: None,
        request_id: None,
        body: String::new(),
        understood: true,
        outputs: Vec::new(),
        wait_until: None,
    };
    let take = Call::TakeSnapshot { instance: "1".into(), name: "n".to_owned() };
    let restore = Call::Restore { instance: "1".into(), snapshot: Ref::Known("2".into()) };
    for call in [take, restore] {
        let Verdict::Refused(explained) = policy.judge(&call, &answer) else { panic!("not refused") };
        assert_eq!(explained.meaning, None);
    }
}

#[rstest::rstest]
#[case(r#""image_type":"snapshot""#, true)]
#[case(r#""instance_uuid":"i","visibility":"private""#, true)]
#[case(r#""image_type":"snapshot","visibility":"shared""#, true)]
#[case(r#""image_type":"snapshot","visibility":"public""#, false)]
#[case(r#""instance_uuid":"i","visibility":"community""#, false)]
#[case(r#""visibility":"private""#, false)]
#[case(r#""block_device_mapping":"[{\"snapshot_id\": \"s\"}]","visibility":"private""#, true)]
#[case(r#""block_device_mapping":"[{\"snapshot_id\": \"s\"}]","visibility":"public""#, false)]
fn what_the_cloud_publishes_is_none_of_the_accounts_copies(#[case] told: &str, #[case] expected: bool) {
    let metadata: serde_json::Value = serde_json::from_str(&format!("{{{told}}}")).unwrap();
    let image = serde_json::from_value(serde_json::json!({"id": "1", "metadata": metadata})).unwrap();
    assert_eq!((DIALECT.is_saved)(&image), expected);
}

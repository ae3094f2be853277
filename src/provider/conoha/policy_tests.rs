//! What is done at Ver.3.0 in its own way.

use std::sync::Arc;

use crate::domain::{
    Action, Call, Collection, Condition, Hidden, Image, ImageKind, Instance, InstanceStatus, InstanceVolume, ListKey,
    MadeFrom, NewVolume, Order, OrderSource, Plan, Possible, ProviderPolicy as _, Raw, Ref, Resource, Snapshot,
    StatusKind, Step, StoreStatus, Target, Timestamp, Verb, VolumeSource, text,
};
use crate::provider::conoha::DIALECT;
use crate::provider::openstack::policy::OpenstackPolicy;
use crate::provider::openstack::policy::fixtures::{Shows, firewall, instance, machine, plan, snapshot};

const POLICY: OpenstackPolicy = OpenstackPolicy(&DIALECT);

const PLANS: [(&str, u64, Option<u64>); 6] = [
    ("g2l-t-c4m4", 4096, None),
    ("g2l-t-c2m1", 1024, None),
    ("g2l-t-c1m512", 512, None),
    ("g2l-p-c2m1", 1024, None),
    ("g2w-t-c2m1", 1024, None),
    ("g2d-t-c2m1d40", 1024, Some(40)),
];

fn shows() -> Shows {
    let plan = |(name, memory, disk): &(&str, u64, Option<u64>)| {
        let mut plan: Plan = plan(name, *memory, 0);
        plan.spec.disk_gb = *disk;
        Arc::new(plan)
    };
    Shows::default().list(ListKey::Plans(None), Collection::Plans(PLANS.iter().map(plan).collect()))
}

fn names(plans: &[Arc<Plan>]) -> String {
    plans.iter().map(|plan| plan.name.as_str()).collect::<Vec<_>>().join(" ")
}

#[rstest::rstest]
#[case(ImageKind::Linux, "g2l-t-c1m512 g2l-t-c2m1 g2d-t-c2m1d40 g2l-t-c4m4")]
#[case(ImageKind::Windows, "g2w-t-c2m1 g2d-t-c2m1d40")]
fn a_plan_that_is_paid_before_cannot_be_ordered_and_windows_has_its_own(
    #[case] kind: ImageKind,
    #[case] expected: &str,
) {
    let image = Image {
        id: "i".into(),
        name: "vmi-any".into(),
        family: None,
        kind,
        status: StoreStatus::Available,
        size: None,
        min_disk_gb: None,
        created: None,
        fields: Vec::new(),
        raw: Raw::default(),
    };
    assert_eq!(names(&POLICY.plans_to_order(MadeFrom::Image(&image), &shows().0)), expected);
}

#[rstest::rstest]
#[case(Some(30), "g2l-t-c1m512")]
#[case(Some(100), "g2l-t-c2m1 g2w-t-c2m1 g2l-t-c4m4")]
#[case(None, "g2l-t-c1m512 g2l-t-c2m1 g2w-t-c2m1 g2d-t-c2m1d40 g2l-t-c4m4")]
fn the_small_plan_takes_its_own_images_alone(#[case] min_disk_gb: Option<u64>, #[case] expected: &str) {
    let one = Snapshot { min_disk_gb, ..snapshot("9", "1", StoreStatus::Available, None) };
    assert_eq!(names(&POLICY.plans_for(&one, &shows().0)), expected);
}

#[rstest::rstest]
#[case("Abcdefg1_", None)]
#[case("Abcdefgh1", Some("order.PASSWORD_ALL"))]
#[case("Abcdefgh_", Some("order.PASSWORD_ALL"))]
#[case("Abcdef1_", Some("order.password_length"))]
#[case("Abcdefg1<", Some("order.password_odd"))]
fn a_password_has_all_four(#[case] given: &str, #[case] expected: Option<&str>) {
    assert_eq!(POLICY.password_mistake(given).map(|said| said.text.name()), expected);
}

#[test]
fn the_groups_of_the_panel_are_left_alone() {
    let shown = |name: &str| {
        let group = crate::domain::Firewall { fixed: (DIALECT.is_fixed)(name), ..firewall("g", name, None) };
        POLICY.possible(Verb::DeleteFirewall, Resource::Firewall(&group), &Shows::default().0)
    };
    assert!(matches!(shown("default"), Possible::No(_)) && matches!(shown("IPv4v6-Web"), Possible::No(_)));
    assert_eq!(shown("web"), Possible::Yes);
}

/// A server that boots from the volume `v`.
fn booted(status: InstanceStatus) -> Instance {
    let volumes = vec![InstanceVolume { id: "v".into(), goes_too: None }];
    Instance { image: None, volumes, ..instance("1", status) }
}

fn calls(steps: &[Step]) -> Vec<&Call> {
    steps.iter().filter_map(|step| if let Step::Call { call, .. } = step { Some(call) } else { None }).collect()
}

#[test]
fn the_volume_is_saved_in_the_place_of_its_server_which_is_off_for_it() {
    let shows = Shows::instances(vec![booted(InstanceStatus::Running)]);
    let take = Action::TakeSnapshot {
        instance: machine("1", StatusKind::Running),
        name: "n".to_owned(),
        stop_first: true,
        start_again: true,
    };
    let steps = POLICY.plan(&take, &shows.0);
    let names: Vec<&str> = calls(&steps).iter().map(|call| call.name()).collect();
    assert_eq!(names, ["stop", "save_volume", "start"]);
    let save = Call::SaveVolume { instance: "1".into(), volume: "v".into(), name: "n".to_owned() };
    assert_eq!(calls(&steps)[1], &save);
    assert!(steps.iter().any(|step| matches!(step, Step::Wait(Condition::SnapshotAvailable { of: None, .. }))));
}

#[test]
fn a_boot_volume_is_deleted_after_its_server_and_no_copy_is_denied() {
    let shows = Shows::instances(vec![booted(InstanceStatus::Stopped)]).saved(Vec::new());
    let volume = Target::stateless(&"c".into(), crate::domain::Kind::Volume, &"v".into(), "v");
    let destroy =
        Action::Destroy { instance: machine("1", StatusKind::Stopped), snapshots: Vec::new(), volumes: vec![volume] };
    let steps = POLICY.plan(&destroy, &shows.0);
    let names: Vec<&str> = calls(&steps).iter().map(|call| call.name()).collect();
    assert_eq!(names, ["destroy", "delete_volume"]);
    let kept =
        Action::Destroy { instance: machine("1", StatusKind::Stopped), snapshots: Vec::new(), volumes: Vec::new() };
    let said = POLICY.risks(&kept, &shows.0, Timestamp(0));
    assert!(said.iter().any(|fact| fact.phrase == text::risk::boot_volume_billed("v")));
    let said = POLICY.risks(&destroy, &shows.0, Timestamp(0));
    assert!(said.iter().any(|fact| fact.phrase.text == text::risk::COPIES_UNKNOWN_IMAGE));
    assert!(said.iter().all(|fact| fact.phrase.text != text::risk::ONLY_COPY_IMAGE));
}

#[rstest::rstest]
#[case("g2l-t-c1m512", Some((30, "c3j1-as01-boot")))]
#[case("g2l-t-c4m4", Some((100, "c3j1-ds02-boot")))]
#[case("g2d-t-c2m1d40", None)]
fn a_server_is_made_of_a_volume_of_the_size_of_its_plan(#[case] plan: &str, #[case] expected: Option<(u64, &str)>) {
    let order = |source| Order {
        name: "new".to_owned(),
        source,
        plan: plan.into(),
        region: None,
        network: None,
        key: None,
        firewalls: Vec::new(),
        password: Hidden::default(),
        had_password: false,
    };
    for source in [OrderSource::Image("i".into()), OrderSource::Snapshot(Ref::Known("i".into()))] {
        let create = Action::CreateInstance {
            new: Target::stateless(&"c".into(), crate::domain::Kind::Instance, &"".into(), "new"),
            order: Box::new(order(source)),
            add_key: None,
            start: false,
            firewalls: Vec::new(),
            answers: None,
        };
        let steps = POLICY.plan(&create, &shows().0);
        let made = calls(&steps);
        let Some((size_gb, storage)) = expected else {
            assert!(matches!(made[..], [Call::CreateInstance { .. }]), "{made:?}");
            continue;
        };
        let (name, storage) = ("new".to_owned(), Some(storage.to_owned()));
        let volume = NewVolume { name, size_gb, storage, source: VolumeSource::Image("i".into()) };
        assert_eq!(made[0], &Call::CreateVolume { volume });
        assert!(
            matches!(made[1], Call::CreateInstance { order } if order.source == OrderSource::Volume(Ref::OutputVolume))
        );
        assert_eq!(steps[1], Step::Wait(Condition::VolumeAvailable(Ref::OutputVolume)));
    }
}

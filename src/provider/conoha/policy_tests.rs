//! What is done at Ver.3.0 in its own way.

use std::sync::Arc;

use crate::domain::{
    Collection, Image, ImageKind, ListKey, MadeFrom, Plan, Possible, ProviderPolicy as _, Raw, Resource, Snapshot,
    StoreStatus, Verb,
};
use crate::provider::conoha::DIALECT;
use crate::provider::openstack::policy::OpenstackPolicy;
use crate::provider::openstack::policy::fixtures::{Shows, firewall, plan, snapshot};

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
    assert_eq!(POLICY.password_mistake(given).map(|said| said.text.name()).as_deref(), expected);
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

//! Which plans a saved image goes on, the best guess first.

use crate::domain::{InstanceStatus, ProviderPolicy as _, Snapshot, StoreStatus};
use crate::provider::conoha_v2::POLICY;
use crate::provider::openstack::policy::fixtures::{Shows, sized, snapshot};

fn told(needs: Option<u64>, saved_from: Option<&str>) -> String {
    let rows = saved_from.map(|plan| sized("1", InstanceStatus::Stopped, plan));
    let shows = Shows::instances(rows.into_iter().collect()).plans();
    let one = Snapshot { min_disk_gb: needs, ..snapshot("9", "1", StoreStatus::Available, None) };
    POLICY.plans_for(&one, &shows.0).iter().map(|plan| plan.name.clone()).collect::<Vec<_>>().join(" ")
}

#[rstest::rstest]
// Its instance is gone, as after "save, then destroy": the smallest of today's plans first, former ones last.
#[case(Some(30), None, "g-c1m512d30")]
#[case(Some(20), None, "g-c1m512d30 g-512mb")]
#[case(Some(50), None, "g-c2m1d100 g-c4m4d100 g-4gb")]
#[case(Some(100), None, "g-c2m1d100 g-c4m4d100")]
#[case(Some(500), None, "")]
// Its instance is there: its plan first.
#[case(Some(100), Some("g-c4m4d100"), "g-c4m4d100 g-c2m1d100")]
#[case(Some(50), Some("g-4gb"), "g-4gb g-c2m1d100 g-c4m4d100")]
#[case(Some(20), Some("g-512mb"), "g-512mb g-c1m512d30")]
// Nothing is told of its disk: its instance tells which side it is on, else the provider is asked.
#[case(Some(0), Some("g-512mb"), "g-512mb g-c1m512d30")]
#[case(None, Some("g-c2m1d100"), "g-c2m1d100 g-c4m4d100 g-4gb")]
#[case(None, None, "g-c1m512d30 g-c2m1d100 g-c4m4d100 g-512mb g-4gb")]
fn the_plan_it_had_comes_first_then_the_smallest(
    #[case] needs: Option<u64>,
    #[case] saved_from: Option<&str>,
    #[case] expected: &str,
) {
    assert_eq!(told(needs, saved_from), expected);
}

//! What can be done in which state, as a table.

use crate::domain::{
    Arg, Instance, InstanceStatus, Inventory, Possible, ProviderPolicy, Resource, Snapshot, StoreStatus, Verb,
};
use crate::provider::conoha_v2::POLICY;
use crate::provider::openstack::policy::fixtures::{Shows, instance, sized, snapshot};

fn possible(verb: Verb, on: Resource<'_>, inventory: &Inventory) -> Possible {
    POLICY.possible(verb, on, inventory)
}

fn told(possible: &Possible) -> String {
    match possible {
        Possible::Yes => "yes".into(),
        Possible::No(why) => match why.args.first() {
            Some(Arg::Phrase(inner)) => format!("{}:{}", why.text.short(), inner.text.short()),
            _ => why.text.short(),
        },
        Possible::Never => "never".into(),
    }
}

const VERBS: [Verb; 9] = [
    Verb::Start,
    Verb::Stop,
    Verb::ForceStop,
    Verb::Reboot,
    Verb::Destroy,
    Verb::TakeSnapshot,
    Verb::Restore,
    Verb::AssignFirewall,
    Verb::DetachFirewall,
];

/// What each verb is answered with; `all WORD` where all are answered alike.
fn row(one: &Instance) -> String {
    let all: Vec<String> =
        VERBS.iter().map(|verb| told(&possible(*verb, Resource::Instance(one), &Inventory::default()))).collect();
    match all.first() {
        Some(first) if all.iter().all(|word| word == first) => format!("all {first}"),
        _ => all.join(" "),
    }
}

#[test]
fn what_can_be_saved_and_destroyed_can_be_parked() {
    use InstanceStatus::{Error, Paused, Running, Stopped, Stopping};
    let told = |one: &Instance| told(&possible(Verb::Park, Resource::Instance(one), &Inventory::default()));
    let all = [Running, Stopped, Error, Stopping, Paused].map(|status| told(&instance("1", status)));
    assert_eq!(all, ["yes", "yes", "failed", "under-way", "not-ready"]);
    assert_eq!(told(&Instance { locked: true, ..instance("1", Running) }), "locked");
}

#[rstest::rstest]
#[case(InstanceStatus::Running, "runs-already yes yes yes yes yes yes yes yes")]
#[case(InstanceStatus::Stopped, "yes off-already off-already only-running yes yes yes yes yes")]
#[case(InstanceStatus::Error, "failed failed failed failed yes failed failed yes yes")]
#[case(
    InstanceStatus::Stopping,
    "under-way stops-already yes under-way under-way under-way under-way under-way under-way"
)]
#[case(InstanceStatus::Paused, "only-stopped only-running only-running only-running yes not-ready not-ready yes yes")]
#[case(
    InstanceStatus::ConfirmResize,
    "confirm-resize confirm-resize confirm-resize confirm-resize yes confirm-resize confirm-resize yes yes"
)]
#[case(InstanceStatus::Creating, "all being-made")]
#[case(InstanceStatus::Saving, "all under-way")]
#[case(InstanceStatus::Rebuilding, "all under-way")]
#[case(InstanceStatus::Destroying, "all under-way")]
#[case(InstanceStatus::Unknown("MIGRATING".into()), "all unknown")]
fn on_an_instance(#[case] status: InstanceStatus, #[case] expected: &str) {
    assert_eq!(row(&instance("1", status)), expected);
}

#[test]
fn what_the_panel_locks_is_not_destroyed() {
    let one = Instance { locked: true, ..instance("1", InstanceStatus::Stopped) };
    assert_eq!(row(&one), "yes off-already off-already only-running locked yes yes yes yes");
}

#[rstest::rstest]
#[case(StoreStatus::Available, "yes yes yes never")]
#[case(StoreStatus::Creating, "image-not-available image-not-available being-saved never")]
#[case(StoreStatus::Saving, "image-not-available image-not-available being-saved never")]
#[case(StoreStatus::Error, "image-not-available image-not-available yes never")]
#[case(StoreStatus::Deleting, "image-not-available image-not-available snapshot-under-way never")]
#[case(StoreStatus::Unknown("x".into()), "unknown unknown unknown never")]
fn on_a_snapshot(#[case] status: StoreStatus, #[case] expected: &str) {
    let shows = Shows::instances(vec![instance("1", InstanceStatus::Stopped)]).plans();
    let one = snapshot("9", "1", status, None);
    let all: Vec<String> = [Verb::Restore, Verb::RestoreAsNew, Verb::DeleteSnapshot, Verb::RetakeSnapshot]
        .iter()
        .map(|verb| told(&possible(*verb, Resource::Snapshot(&one), &shows.0)))
        .collect();
    assert_eq!(all.join(" "), expected);
}

#[rstest::rstest]
#[case(None, 100, "instance-gone-restore-as-new yes")]
#[case(Some((InstanceStatus::Creating, "g-c2m1d100")), 100, "its-instance:being-made yes")]
#[case(Some((InstanceStatus::Error, "g-c2m1d100")), 100, "its-instance:failed yes")]
#[case(Some((InstanceStatus::Running, "g-c2m1d100")), 100, "yes yes")]
#[case(Some((InstanceStatus::Stopped, "g-4gb")), 100, "disk-too-small yes")]
#[case(Some((InstanceStatus::Stopped, "g-c2m1d100")), 500, "disk-too-small plan")]
fn a_restore_asks_for_a_place_that_is_large_enough(
    #[case] saved_from: Option<(InstanceStatus, &str)>,
    #[case] needs: u64,
    #[case] expected: &str,
) {
    let rows = saved_from.map(|(status, plan)| sized("1", status, plan));
    let shows = Shows::instances(rows.into_iter().collect()).plans();
    let one = Snapshot { min_disk_gb: Some(needs), ..snapshot("9", "1", StoreStatus::Available, None) };
    let on = |verb| told(&possible(verb, Resource::Snapshot(&one), &shows.0));
    assert_eq!(format!("{} {}", on(Verb::Restore), on(Verb::RestoreAsNew)), expected);
}

#[test]
fn the_sizes_are_named() {
    let shows = Shows::instances(vec![sized("1", InstanceStatus::Stopped, "g-4gb")]).plans();
    let one = Snapshot { min_disk_gb: Some(100), ..snapshot("9", "1", StoreStatus::Available, None) };
    let Possible::No(why) = possible(Verb::Restore, Resource::Snapshot(&one), &shows.0) else { panic!("possible") };
    assert_eq!(why.args, [Arg::Count(100), Arg::Count(50)]);
}

#[test]
fn nothing_is_made_before_the_plans_are_known() {
    let one = snapshot("9", "1", StoreStatus::Available, None);
    let without = Inventory::default();
    assert_eq!(told(&possible(Verb::RestoreAsNew, Resource::Snapshot(&one), &without)), "plans-not-known");
}

#[test]
fn what_is_done_to_snapshots_is_never_offered_on_instances_and_the_other_way_round() {
    let (one, other) = (instance("1", InstanceStatus::Running), snapshot("9", "1", StoreStatus::Available, None));
    for verb in [Verb::DeleteSnapshot, Verb::RetakeSnapshot, Verb::RestoreAsNew] {
        assert_eq!(possible(verb, Resource::Instance(&one), &Inventory::default()), Possible::Never);
    }
    for verb in [Verb::Start, Verb::Destroy, Verb::TakeSnapshot, Verb::AssignFirewall] {
        assert_eq!(possible(verb, Resource::Snapshot(&other), &Inventory::default()), Possible::Never);
    }
}

#[rstest::rstest]
#[case(InstanceStatus::Running, "only-stopped no-resize no-resize")]
#[case(InstanceStatus::Stopped, "yes no-resize no-resize")]
#[case(InstanceStatus::ConfirmResize, "confirm-resize yes yes")]
#[case(InstanceStatus::Resizing, "under-way under-way under-way")]
#[case(InstanceStatus::Paused, "not-ready no-resize no-resize")]
#[case(InstanceStatus::Error, "failed failed failed")]
fn a_plan_is_changed_of_what_is_off_and_then_kept_or_not(#[case] status: InstanceStatus, #[case] expected: &str) {
    let shows = Shows::default().plans();
    let one = sized("1", status, "g-c2m1d100");
    let on = |verb| told(&possible(verb, Resource::Instance(&one), &shows.0));
    assert_eq!([Verb::Resize, Verb::ConfirmResize, Verb::RevertResize].map(on).join(" "), expected);
}

#[test]
fn no_plan_is_offered_that_would_shrink_the_disk_and_the_smallest_stands_apart() {
    let one = sized("1", InstanceStatus::Stopped, "g-c2m1d100");
    let shows = Shows::instances(vec![one.clone()]).plans();
    let plans = POLICY.plans_to_resize(&one, &shows.0);
    let told: Vec<(String, String)> = plans
        .iter()
        .map(|(p, why)| (p.name.clone(), why.as_ref().map_or("yes".to_owned(), |w| w.text.short())))
        .collect();
    let told: Vec<(&str, &str)> = told.iter().map(|(name, why)| (name.as_str(), why.as_str())).collect();
    assert_eq!(
        told,
        [
            ("g-512mb", "disk-shrinks"),
            ("g-c1m512d30", "disk-shrinks"),
            ("g-c2m1d100", "plan-same"),
            ("g-4gb", "disk-shrinks"),
            ("g-c4m4d100", "yes"),
        ]
    );
    let small = sized("2", InstanceStatus::Stopped, "g-c1m512d30");
    let plans = POLICY.plans_to_resize(&small, &shows.0);
    let large = plans.iter().find(|(plan, _)| plan.name == "g-c4m4d100").unwrap();
    assert_eq!(large.1.as_ref().map(|why| why.text.short()).as_deref(), Some("plan-apart"));
}

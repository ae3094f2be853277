//! The facts that dialogs name.

use std::time::Duration;

use crate::domain::{
    Action, Arg, InstanceStatus, Inventory, Kind, Parked, Phrase, ProviderPolicy, Reboot, RiskFact, Snapshot,
    StatusKind, StoreStatus, Timestamp,
};
use crate::provider::conoha_v2::POLICY;
use crate::provider::openstack::policy::fixtures::{Shows, copy, instance, machine, sized, snapshot, target};

fn risks(action: &Action, inventory: &Inventory, now: Timestamp) -> Vec<RiskFact> {
    POLICY.risks(action, inventory, now)
}

const NOW: Timestamp = Timestamp(1_700_000_000_000);

fn days_ago(days: u64) -> Option<Timestamp> {
    Some(NOW - Duration::from_secs(days * 86_400))
}

fn short(phrase: &Phrase) -> String {
    let word = phrase.text.short();
    phrase.args.iter().fold(word, |word, arg| match arg {
        Arg::Count(n) => format!("{word}/{n}"),
        _ => word,
    })
}

/// The facts in short; those that raise with a `!`.
fn told(action: &Action, shows: &Shows) -> String {
    let facts = risks(action, &shows.0, NOW);
    let facts: Vec<String> =
        facts.iter().map(|f| format!("{}{}", short(&f.phrase), if f.raises { "!" } else { "" })).collect();
    facts.join(" ")
}

fn running() -> Shows {
    Shows::instances(vec![instance("1", InstanceStatus::Running)])
}

fn stopped() -> Shows {
    Shows::instances(vec![instance("1", InstanceStatus::Stopped)])
}

fn kept(shows: Shows, days: &[u64]) -> Shows {
    let row = |(i, d): (usize, &u64)| snapshot(&i.to_string(), "1", StoreStatus::Available, days_ago(*d));
    shows.saved(days.iter().enumerate().map(row).collect())
}

#[test]
fn a_destruction_names_what_is_lost_for_good() {
    let alone = Action::Destroy { instance: machine("1", StatusKind::Running), snapshots: vec![], volumes: Vec::new() };
    assert_eq!(told(&alone, &running()), "running! copies-unknown-image!");
    assert_eq!(told(&alone, &kept(running(), &[])), "running! only-copy-image!");
    assert_eq!(told(&alone, &kept(stopped(), &[8, 30])), "old-copy-image! images-stay/2");
    assert_eq!(told(&alone, &kept(stopped(), &[1, 30])), "images-stay/2");
    let due = kept(stopped(), &[])
        .saved(vec![Snapshot { expires: Some(NOW), ..snapshot("0", "1", StoreStatus::Available, days_ago(1)) }]);
    assert_eq!(told(&alone, &due), "only-copy-image! images-stay/1", "one whose day is past may be gone tomorrow");
    let with = Action::Destroy {
        instance: machine("1", StatusKind::Stopped),
        snapshots: vec![copy("0"), copy("1")],
        volumes: Vec::new(),
    };
    assert_eq!(told(&with, &kept(stopped(), &[1, 30])), "only-copy-image!", "they go with it");
}

#[test]
fn a_restore_over_the_disk_is_never_harmless() {
    let restore = |save_first: Option<&str>, status| Action::Restore {
        snapshot: copy("0"),
        instance: machine("1", status),
        save_first: save_first.map(str::to_owned),
    };
    assert_eq!(
        told(&restore(None, StatusKind::Running), &kept(running(), &[3])),
        "running-is-rebuilt! overwrites-since! rebuild-not-recorded! not-saved-first"
    );
    assert_eq!(
        told(&restore(Some("n"), StatusKind::Stopped), &kept(stopped(), &[3])),
        "overwrites-since! rebuild-not-recorded! room-billed"
    );
}

#[test]
fn parking_says_what_is_given_up_and_what_it_saves() {
    let kept_of = |status| {
        let parked = Parked { name: "i1".into(), plan: None, key: None, firewalls: Vec::new() };
        Action::Park { instance: machine("1", status), name: "n".into(), kept: Box::new(parked) }
    };
    let said = "park-address park-frees room-billed";
    assert_eq!(told(&kept_of(StatusKind::Stopped), &kept(stopped(), &[3])), said);
    assert_eq!(told(&kept_of(StatusKind::Running), &kept(running(), &[3])), format!("park-stops! {said}"));
}

#[test]
fn a_restore_as_new_says_what_changes_and_what_it_costs() {
    let plan = "g-c2m1d100";
    let action = Action::RestoreAsNew {
        snapshot: copy("0"),
        name: "n".into(),
        plan: plan.into(),
        firewalls: Vec::new(),
        key: None,
    };
    assert_eq!(told(&action, &kept(stopped(), &[3]).plans()), "new-address new-billed");
}

#[rstest::rstest]
// The recorded image took 20 026 818 560 bytes.
#[case(Some(20_026_818_560), 61, "room/20/40")]
#[case(Some(20_026_818_560), 30, "no-room/20/9 room-billed")]
#[case(None, 61, "room-at-most/30/61")]
#[case(None, 20, "room-may-lack/30/20 room-billed")]
fn what_an_image_will_take_is_said_from_the_newest_one_or_the_disk(
    #[case] last: Option<u64>,
    #[case] quota: u64,
    #[case] expected: &str,
) {
    let shows = Shows::instances(vec![sized("1", InstanceStatus::Stopped, "g-c1m512d30")]).plans().quota(quota);
    let row = |id: &str, size, days| Snapshot {
        size: Some(size),
        ..snapshot(id, "1", StoreStatus::Available, days_ago(days))
    };
    let shows = shows.saved(last.map(|size| row("9", size, 1)).into_iter().collect());
    let take = Action::TakeSnapshot {
        instance: machine("1", StatusKind::Stopped),
        name: "n".into(),
        stop_first: false,
        start_again: false,
    };
    assert_eq!(told(&take, &shows), expected);
}

#[test]
fn without_a_quota_only_the_price_of_room_is_said() {
    let take = |start_again| Action::TakeSnapshot {
        instance: machine("1", StatusKind::Running),
        name: "n".into(),
        stop_first: true,
        start_again,
    };
    assert_eq!(told(&take(true), &running()), "stopped-for-save room-billed");
    assert_eq!(told(&take(false), &running()), "stays-off room-billed");
    let shows = running().saved(vec![]).quota(50);
    assert_eq!(told(&take(true), &shows), "stopped-for-save room-left/50 room-billed", "nothing tells its size");
}

#[test]
fn harmless_facts_do_not_raise_and_a_cut_of_power_does() {
    let one = || machine("1", StatusKind::Running);
    let firewall = || target("3", Kind::Firewall, StatusKind::None);
    let reboot = |how| Action::Reboot { instance: one(), how };
    assert_eq!(told(&Action::Stop { instance: one() }, &running()), "billed-while-stopped");
    assert_eq!(told(&Action::ForceStop { instance: one() }, &running()), "cuts-power");
    assert_eq!(told(&reboot(Reboot::Provider), &running()), "");
    assert_eq!(told(&reboot(Reboot::Hard), &running()), "cuts-power!");
    assert_eq!(told(&reboot(Reboot::StopAndStart), &running()), "");
    assert_eq!(told(&Action::AssignFirewall { firewall: firewall(), instance: one() }, &running()), "");
    assert_eq!(told(&Action::DetachFirewall { firewall: firewall(), instance: one() }, &running()), "closes");
}

#[test]
fn deleting_the_last_copy_of_what_is_gone_raises() {
    let action = Action::DeleteSnapshot { snapshot: copy("0"), of: Some("1".into()), named: Vec::new() };
    let gone = || Shows::instances(vec![]);
    assert_eq!(told(&action, &kept(gone(), &[1])), "last-copy!");
    assert_eq!(told(&action, &kept(gone(), &[1, 2])), "others-of-gone/1");
    assert_eq!(told(&action, &kept(stopped(), &[1, 2])), "");
    assert_eq!(told(&action, &kept(stopped(), &[1])), "only-copy-image!");
    let unknown = Snapshot { of: None, ..snapshot("0", "1", StoreStatus::Available, days_ago(1)) };
    assert_eq!(told(&action, &stopped().saved(vec![unknown])), "origin-unknown!");
}

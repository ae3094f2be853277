//! The facts that dialogs name.

use std::time::Duration;

use super::fixtures::{Shows, copy, instance, machine, snapshot};
use super::risks::risks;
use crate::domain::{Action, InstanceStatus, Reboot, StatusKind, StoreStatus, Timestamp};

const NOW: Timestamp = Timestamp(1_700_000_000_000);

fn days_ago(days: u64) -> Option<Timestamp> {
    Some(NOW - Duration::from_secs(days * 86_400))
}

/// The facts in short; those that raise with a `!`.
fn told(action: &Action, shows: &Shows) -> String {
    let facts = risks(action, &shows.0, NOW);
    let facts: Vec<String> =
        facts.iter().map(|f| format!("{}{}", f.phrase.text.short(), if f.raises { "!" } else { "" })).collect();
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
    shows.snapshots("1", days.iter().enumerate().map(row).collect())
}

#[test]
fn a_destruction_names_what_is_lost_for_good() {
    let alone = Action::Destroy { instance: machine("1", StatusKind::Running), snapshots: vec![], volumes: Vec::new() };
    assert_eq!(told(&alone, &running()), "running! copies-unknown!");
    assert_eq!(told(&alone, &kept(running(), &[])), "running! only-copy!");
    assert_eq!(told(&alone, &kept(stopped(), &[8, 30])), "old-copy! snapshots-stay");
    assert_eq!(told(&alone, &kept(stopped(), &[1, 30])), "snapshots-stay");
    let with = Action::Destroy {
        instance: machine("1", StatusKind::Stopped),
        snapshots: vec![copy("0"), copy("1")],
        volumes: Vec::new(),
    };
    assert_eq!(told(&with, &kept(stopped(), &[1, 30])), "only-copy!", "they go with it");
}

#[test]
fn a_snapshot_that_is_being_made_is_no_copy_yet() {
    let shows = stopped().snapshots("1", vec![snapshot("0", "1", StoreStatus::Creating, None)]);
    let action =
        Action::Destroy { instance: machine("1", StatusKind::Stopped), snapshots: vec![], volumes: Vec::new() };
    assert_eq!(told(&action, &shows), "only-copy! snapshots-stay");
}

#[test]
fn a_restore_says_since_when_all_is_lost() {
    let action = Action::Restore { snapshot: copy("0"), instance: machine("1", StatusKind::Running), save_first: None };
    assert_eq!(told(&action, &kept(running(), &[3])), "running-is-stopped! overwrites-since! not-saved-first");
}

#[test]
fn harmless_facts_do_not_raise() {
    let one = || machine("1", StatusKind::Running);
    assert_eq!(told(&Action::Stop { instance: one() }, &running()), "billed-while-stopped");
    assert_eq!(told(&Action::Reboot { instance: one(), how: Reboot::Provider }, &running()), "reboot-may-cut");
    assert_eq!(told(&Action::Reboot { instance: one(), how: Reboot::StopAndStart }, &running()), "");
    let take = Action::TakeSnapshot { instance: one(), name: "n".into(), stop_first: false, start_again: false };
    assert_eq!(told(&take, &running()), "taken-running snapshot-billed");
}

#[test]
fn deleting_the_last_copy_of_what_is_gone_raises() {
    let action = Action::DeleteSnapshot { snapshot: copy("0"), of: Some("1".into()), named: Vec::new() };
    assert_eq!(told(&action, &kept(Shows::instances(vec![]), &[1])), "maybe-last-copy!");
    assert_eq!(told(&action, &kept(stopped(), &[1, 2])), "");
    assert_eq!(told(&action, &kept(stopped(), &[1])), "only-copy!");
}

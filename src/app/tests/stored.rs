//! Snapshots in one list, saved images, and the details of what a provider that has all of it tells.

use std::sync::Arc;

use crate::app::panes::details::{lines, wrapped};
use crate::app::tables::pane::Pane;
use crate::app::tests::desk::{Desk, instance, snapshot};
use crate::app::tests::full::{Full, firewall};
use crate::domain::{
    Backup, BackupRun, Collection, Fault, Graph, GraphUnit, Image, ImageKind, InstanceStatus, ListKey, Raw,
    StoreStatus, Timestamp, Verb, text,
};

fn image(id: &str, name: &str, family: &str, kind: ImageKind) -> Arc<Image> {
    let family = (!family.is_empty()).then(|| family.to_owned());
    let (fields, raw) = (Vec::new(), Raw::default());
    let status = StoreStatus::Available;
    Arc::new(Image {
        id: id.into(),
        name: name.into(),
        family,
        kind,
        status,
        size: None,
        min_disk_gb: None,
        created: None,
        fields,
        raw,
    })
}

/// In Images, with one saved image that is a snapshot and three of the provider.
fn images() -> Desk {
    let mut desk = Desk::full();
    let all = vec![
        image("u2", "ubuntu-24", "Ubuntu", ImageKind::Linux),
        image("w1", "windows-2025", "Windows", ImageKind::Windows),
        image("u10", "ubuntu-22", "Ubuntu", ImageKind::Linux),
        image("d1", "debian-12", "Debian", ImageKind::Linux),
        image("s1", "before", "", ImageKind::Saved),
    ];
    desk.collection("cloud", ListKey::Images, Collection::Images(all));
    desk.keys("4");
    desk
}

fn value(desk: &Desk, label: &str) -> Option<String> {
    lines(&desk.app).into_iter().find(|l| l.label == label).map(|l| l.value)
}

fn asked(desk: &Desk) -> Vec<ListKey> {
    desk.app.interests.iter().map(|l| l.list.clone()).collect()
}

#[test]
fn saved_images_come_first_and_the_others_by_family_and_name() {
    let desk = images();
    assert_eq!(desk.shown(), "before debian-12 ubuntu-22 ubuntu-24 windows-2025");
}

#[test]
fn a_filter_finds_images_by_family_and_by_name() {
    let mut desk = images();
    desk.keys("/ubuntu 22<enter>");
    assert_eq!(desk.shown(), "ubuntu-22");
    desk.keys("/windows<enter>");
    assert_eq!(desk.shown(), "windows-2025");
}

#[test]
fn a_saved_image_is_deleted_and_restored_as_the_snapshot_that_it_is() {
    let mut desk = images();
    desk.keys("D");
    assert_eq!(desk.proposal().verb, Verb::DeleteSnapshot);
    assert_eq!(desk.proposal().actions[0].subject().id().as_str(), "s1");
    desk.keys("<esc>R1");
    assert_eq!(desk.proposal().verb, Verb::RestoreAsNew);
}

#[test]
fn an_image_of_the_providers_is_not_deleted_and_it_says_why() {
    let mut desk = images();
    desk.keys("jD");
    assert!(!desk.has_dialog());
    assert!(desk.told().contains("only saved ones can be deleted"), "{}", desk.told());
    desk.keys("R");
    assert!(desk.app.layers.is_empty(), "nor is there anything to restore");
}

#[test]
fn all_snapshots_are_shown_those_of_a_machine_that_is_gone_too() {
    let mut desk = Desk::full();
    desk.keys("j2");
    assert_eq!(desk.shown(), "big before");
    desk.keys(".");
    assert_eq!(desk.shown(), "big last-of-old before");
    desk.keys("j");
    assert_eq!(value(&desk, "Of").as_deref(), Some("id-old, which is gone; no other copy exists"));
    let two = vec![snapshot("s2", "last-of-old", "id-old", 20), snapshot("s9", "older", "id-old", 5)];
    desk.collection("cloud", ListKey::Snapshots(None), Collection::Snapshots(two.into_iter().map(Arc::new).collect()));
    assert_eq!(value(&desk, "Of").as_deref(), Some("id-old, which is gone"));
}

#[test]
fn details_name_the_firewalls_and_fill_in_the_plan() {
    let mut desk = Desk::full();
    desk.keys("j");
    assert_eq!(value(&desk, "Firewalls").as_deref(), Some("default, web-in"));
    assert_eq!(value(&desk, "Plan").as_deref(), Some("2 vCPU  1 GB  100 GB    JPY 678/mo"));
    // Where the machine does not tell, the firewalls do.
    desk.keys("k");
    assert_eq!(value(&desk, "Firewalls").as_deref(), Some("default"));
    let none = vec![Arc::new(firewall("f1", "web-in", None))];
    desk.collection("cloud", ListKey::Firewalls, Collection::Firewalls(none));
    assert_eq!(value(&desk, "Firewalls"), None, "nobody tells");
}

#[test]
fn details_say_which_plan_and_image_are_gone() {
    let mut desk = Desk::full();
    let mut db = instance("id-db", "db", InstanceStatus::Running);
    (db.plan, db.image) = (Some("p-old".into()), Some("d1".into()));
    desk.instances("cloud", vec![db.clone()]);
    assert_eq!(value(&desk, "Image"), None, "no images were read");
    assert!(value(&desk, "Plan").unwrap().starts_with("p-old, which is gone"), "{:?}", value(&desk, "Plan"));
    let all = vec![image("d1", "debian-12", "Debian", ImageKind::Linux)];
    desk.collection("cloud", ListKey::Images, Collection::Images(all));
    assert_eq!(value(&desk, "Image").as_deref(), Some("debian-12"));
    db.image = Some("d0".into());
    desk.instances("cloud", vec![db]);
    assert_eq!(value(&desk, "Image").as_deref(), Some("d0, which is gone"));
}

#[test]
fn details_say_that_a_machine_is_locked() {
    let mut desk = Desk::full();
    let mut db = instance("id-db", "db", InstanceStatus::Running);
    assert_eq!(value(&desk, "Locked"), None);
    db.locked = true;
    desk.instances("cloud", vec![db]);
    assert_eq!(value(&desk, "Locked").as_deref(), Some("in the provider's panel: cannot be destroyed here"));
}

#[test]
fn a_firewall_says_where_it_stands_and_whose_it_is() {
    let mut desk = Desk::full();
    desk.keys("3");
    assert_eq!((desk.at(), value(&desk, "On").as_deref()), ("db-in", Some("no instance")));
    desk.keys("j");
    assert_eq!((desk.at(), value(&desk, "On").as_deref()), ("default", Some("web, db")));
    assert!(value(&desk, "Fixed").is_some());
}

#[test]
fn backups_are_counted_and_listed() {
    let mut desk = Desk::full();
    desk.keys("j");
    assert_eq!(value(&desk, "Backups").as_deref(), Some("not read yet"));
    let run = |days: i64| BackupRun {
        id: "r".into(),
        taken: Some(Timestamp(desk.now.wall.0 - days * 86_400_000)),
        raw_status: "available".into(),
    };
    let backup = Backup { id: "b".into(), of: "id-web".into(), runs: vec![run(2), run(9)], raw: Raw::default() };
    desk.collection("cloud", ListKey::Backups, Collection::Backups(vec![Arc::new(backup)]));
    assert_eq!(value(&desk, "Backups").as_deref(), Some("newest 2 d ago, 2 kept"));
    assert_eq!(lines(&desk.app).iter().filter(|l| l.value.ends_with("available")).count(), 2);
    desk.keys("k");
    assert_eq!(value(&desk, "Backups").as_deref(), Some("none by the provider"));
}

#[test]
fn graphs_take_one_line_each_with_the_newest_value_and_the_time_they_span() {
    let mut desk = Desk::full();
    desk.keys("j");
    let points = (0..288).map(|n| (Timestamp(n * 300_000), 12.5)).collect();
    let graph = Graph { label: text::graph::CPU, unit: GraphUnit::Percent, points };
    desk.collection("cloud", ListKey::Graphs("id-web".into()), Collection::Graphs(vec![graph]));
    for (width, span) in [(60, "last 24 h"), (44, "24 h"), (31, "")] {
        let all = wrapped(&desk.app, width);
        let line = all.iter().find(|l| l.label == "CPU").unwrap();
        assert_eq!(line.value.trim(), "12.5 %");
        let after = |text: &str| if text.is_empty() { 0 } else { text.len() + 2 };
        let takes = line.spark.as_ref().map_or(0, |s| s.shares.len() + 2 + after(&s.after.0));
        assert!(11 + line.value.len() + takes <= width, "{width}: {line:?}");
        assert_eq!(line.spark.as_ref().map_or("", |s| s.after.0.as_str()), span);
    }
}

#[test]
fn what_the_details_show_is_asked_for_while_they_are_in_sight_and_only_where_it_exists() {
    let mut desk = Desk::full();
    desk.keys("j");
    desk.wait(400);
    let all = asked(&desk);
    for list in [ListKey::Graphs("id-web".into()), ListKey::Backups, ListKey::Plans(None), ListKey::Snapshots(None)] {
        assert_eq!(all.iter().filter(|l| **l == list).count(), 1, "{list:?} in {all:?}");
    }
    assert!(!all.contains(&ListKey::Firewalls), "the machine tells by itself");
    assert!(!all.contains(&ListKey::Keys), "there is no such list");
    assert!(!all.contains(&ListKey::Quota));
    desk.keys("3");
    desk.wait(400);
    assert!(!asked(&desk).iter().any(|l| matches!(l, ListKey::Graphs(_))), "its details are not in sight");
    let mut desk = Desk::new();
    desk.wait(400);
    assert!(!asked(&desk).iter().any(|l| matches!(l, ListKey::Graphs(_) | ListKey::Backups | ListKey::Quota)));
}

#[test]
fn the_quota_is_asked_for_where_snapshots_are_looked_at_or_taken() {
    for keys in ["2", "t"] {
        let mut desk = Desk::full();
        desk.keys(keys);
        desk.wait(400);
        assert!(asked(&desk).contains(&ListKey::Quota), "{keys}");
    }
}

#[test]
fn names_that_repeat_in_another_account_are_told_apart() {
    let mut desk = Desk::new();
    desk.add("cloud", Arc::new(Full));
    desk.instances("cloud", vec![instance("c-1", "web-1", InstanceStatus::Stopped)]);
    let told = |desk: &Desk, name: &str| desk.app.distinct_name(name, &"cloud".into());
    assert_eq!((told(&desk, "web-1").as_str(), told(&desk, "web-2").as_str()), ("web-1 (cloud)", "web-2"));
    assert_eq!((desk.app.totals.count, desk.app.totals.up), (7, 6));
    desk.keys("A");
    let said: Vec<String> = desk.menu().entries.iter().map(|e| desk.app.words.say(&e.text)).collect();
    assert!(said[0].contains("6 of 6 up") && said[1].contains("0 of 1 up"), "{said:?}");
    // The other account is hidden: its names repeat nothing any more.
    desk.keys("1<esc>");
    assert_eq!(told(&desk, "web-1"), "web-1");
    assert_eq!(desk.names(Pane::Instances), ["web-1"]);
}

#[test]
fn an_address_is_allowed_in_no_firewall_where_none_are_offered() {
    let mut desk = Desk::full();
    desk.read("cloud", ListKey::Firewalls, Err(Fault::NotOffered { said: "no network service".into() }));
    desk.keys("jm");
    assert!(
        desk.app.layers.is_empty() && desk.told().contains("not offered here: no network service"),
        "{}",
        desk.told()
    );
}

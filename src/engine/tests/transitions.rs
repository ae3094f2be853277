//! What somebody else began is seen, and what is watched is told of.

use std::sync::Arc;

use crate::domain::{Action, Arg, InstanceStatus, Kind, Phrase, ResourceRef, StatusKind, StoreStatus, text};
use crate::engine::tests::driver::{World, secs, snapshots_of};
use crate::engine::tests::provider::{instance, snapshot};
use crate::engine::{Msg, Priority, transitions};

fn world() -> World {
    let mut world = World::new(None, 3).looked_at();
    world.run(secs(30));
    world
}

fn machine(world: &World, id: &str) -> ResourceRef {
    ResourceRef::new(&world.name, Kind::Instance, &id.into())
}

fn all(world: &World) -> Vec<(String, StatusKind, StatusKind, bool)> {
    world.engine.external_changes().iter().map(|s| (s.name.clone(), s.from, s.to, s.ended.is_some())).collect()
}

#[test]
fn a_transition_begun_elsewhere_is_seen_to_begin_and_to_end() {
    let mut world = world();
    world.show(&"i1".into(), InstanceStatus::Stopping);
    let started_at = world.env.wall;
    world.run(secs(20));
    assert_eq!(all(&world), [("web-1".into(), StatusKind::Running, StatusKind::Stopping, false)]);
    assert!(world.engine.external_changes()[0].at.since(started_at) < secs(20));
    world.show(&"i1".into(), InstanceStatus::Stopped);
    world.run(secs(20));
    assert_eq!(all(&world), [("web-1".into(), StatusKind::Running, StatusKind::Stopping, true)]);
    assert!(world.notices.is_empty(), "nobody asked to be told");
}

#[test]
fn one_that_is_made_and_one_that_goes_are_seen_too() {
    let mut world = world();
    world.instances.insert(0, instance("new", "fresh", InstanceStatus::Creating));
    world.run(secs(20));
    world.instances.remove(1);
    world.show(&"new".into(), InstanceStatus::Importing(Some(3)));
    world.run(secs(20));
    let fresh = ("fresh".to_owned(), StatusKind::None, StatusKind::Importing, false);
    assert_eq!(all(&world), [fresh]);
    world.instances.remove(0);
    world.run(secs(20));
    assert!(world.engine.external_changes()[0].ended.is_some(), "it is gone");
}

#[test]
fn a_snapshot_that_somebody_takes_is_seen() {
    let mut world = world();
    world.look(&[(snapshots_of("i0"), Priority::Focus)]);
    world.run(secs(30));
    let mut taken = snapshot("s9", "panel", "i0");
    taken.status = StoreStatus::Creating;
    world.snapshots.insert("i0".into(), vec![taken]);
    world.run(secs(60));
    assert_eq!(all(&world), [("panel".into(), StatusKind::None, StatusKind::Creating, false)]);
}

#[test]
fn what_an_operation_does_is_not_seen_as_somebody_elses() {
    let mut world = world();
    world.stop("i0");
    world.snapshots.insert("i1".into(), vec![snapshot("s0", "daily", "i1")]);
    world.look(&[(crate::domain::ListKey::Instances, Priority::Focus), (snapshots_of("i1"), Priority::Focus)]);
    world.run(secs(60));
    let target = world.target("i1");
    world.ask(Action::TakeSnapshot { instance: target, name: "new".into(), stop_first: false, start_again: false });
    world.run(secs(60));
    let snapshot = world.snapshot_target("s0");
    let action =
        Action::RestoreAsNew { snapshot, name: "fresh".into(), plan: "p".into(), firewalls: Vec::new(), key: None };
    world.ask(action);
    world.run(secs(120));
    assert_eq!(world.effective, ["stop", "take_snapshot", "create_instance"]);
    assert_eq!(all(&world), []);
}

#[test]
fn only_so_many_are_remembered() {
    let mut world = world();
    for _ in 0..120 {
        world.show(&"i0".into(), InstanceStatus::Stopping);
        world.run(secs(20));
        world.show(&"i0".into(), InstanceStatus::Stopped);
        world.run(secs(20));
    }
    assert_eq!(world.engine.external_changes().len(), 100);
}

#[test]
fn what_is_watched_is_told_of_whoever_changed_it() {
    let mut world = world();
    let resource = machine(&world, "i2");
    world.tell(Msg::Watch(resource.clone(), true));
    assert!(world.engine.is_watched(&resource));
    world.show(&"i1".into(), InstanceStatus::Stopped);
    world.show(&"i2".into(), InstanceStatus::Error);
    world.run(secs(30));
    let told: Vec<_> = world.notices.iter().map(|n| (n.what.text.name(), n.bad, n.alert)).collect();
    assert_eq!(told, [("watch.changed", true, true)]);
    let from = Arg::Phrase(Box::new(Phrase::new(text::status::RUNNING)));
    assert_eq!(world.notices[0].what.arg("from"), Some(&from));
    world.instances.pop();
    world.run(secs(30));
    assert!(world.told("watch.gone"));
    assert!(!world.engine.is_watched(&resource), "there is nothing left to watch");
}

#[test]
fn what_is_watched_is_read_although_nobody_looks() {
    let mut world = world();
    world.look(&[]);
    let resource = machine(&world, "i0");
    world.tell(Msg::Watch(resource.clone(), true));
    world.show(&"i0".into(), InstanceStatus::Stopped);
    world.run(secs(60));
    assert!(world.told("watch.changed"));
    world.tell(Msg::Watch(resource, false));
    let reads = world.reads.len();
    world.show(&"i0".into(), InstanceStatus::Running);
    world.run(secs(600));
    assert_eq!((world.reads.len() - reads, world.notices.len()), (0, 1), "nobody wants to know any more");
}

#[test]
fn only_what_calls_a_person_back_is_an_alert() {
    let mut world = world();
    world.takes = secs(200);
    let op = world.stop("i0");
    world.run(secs(400));
    let told: Vec<_> = world.notices.iter().map(|n| (n.what.text.name(), n.alert)).collect();
    assert_eq!(told, [("op.stop_hangs", false), ("op.done", true)]);
    assert!(world.op(&op).is_over());
}

#[test]
fn records_that_did_not_change_are_not_even_compared() {
    let row = |n: usize| Arc::new(instance(&format!("i{n}"), "web", InstanceStatus::Running));
    let old: Vec<_> = (0..10_000).map(row).collect();
    let mut new = old.clone();
    new[7] = row(7);
    new.remove(5_000);
    new.insert(0, row(20_000));
    let ids: Vec<_> = transitions::changed(&old, &new, |i| &i.id)
        .into_iter()
        .map(|(a, b)| (a.map(|i| i.id.to_string()), b.map(|i| i.id.to_string())))
        .collect();
    let id = |n: usize| Some(format!("i{n}"));
    assert_eq!(ids, [(None, id(20_000)), (id(7), id(7)), (id(5_000), None)]);
}

//! What a person protects is refused whatever is asked, until it is unprotected.

use crate::domain::{Action, JournalLine, JournalRecord, Kind, OpId, OpResult, OpState, ResourceRef, Timestamp};
use crate::engine::tests::driver::{World, secs};
use crate::engine::{Msg, Priority, ProtectedBy};

fn world() -> World {
    let mut world = World::new(None, 2);
    world.look(&[(crate::domain::ListKey::Instances, Priority::Focus)]);
    world.run(secs(10));
    world
}

fn protect(world: &mut World, on: bool) -> ResourceRef {
    let resource = ResourceRef::new(&world.name.clone(), Kind::Instance, &"i0".into());
    world.tell(Msg::Protect { resource: resource.clone(), name: "web-0".into(), on });
    resource
}

#[test]
fn nothing_is_asked_of_what_is_protected_and_it_is_written_down_once() {
    let mut world = world();
    let resource = protect(&mut world, true);
    protect(&mut world, true);
    assert_eq!(world.engine.protected(&resource, "web-0"), Some(ProtectedBy::Person));
    let instance = world.target("i0");
    world.tell(Msg::Ask(vec![Action::Stop { instance }]));
    world.run(secs(30));
    assert!(world.engine.operations().is_empty() && world.sent().is_empty());
    let written = world.records.iter().filter(|(_, r)| matches!(r, JournalRecord::Protected { on: true, .. })).count();
    assert_eq!(written, 1);
    protect(&mut world, false);
    let op = world.stop("i0");
    world.run(secs(120));
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
}

#[test]
fn what_was_said_here_counts_until_the_journal_has_it_and_others_count_by_the_journal() {
    let mut world = world();
    let resource = protect(&mut world, true);
    // The journal was read just before the line was in it.
    world.tell(Msg::Journal(Vec::new()));
    assert_eq!(world.engine.protected(&resource, "web-0"), Some(ProtectedBy::Person));
    let id = world.records.iter().find(|(_, r)| matches!(r, JournalRecord::Protected { .. })).unwrap().0.clone();
    let line = |op: &OpId, on| JournalLine {
        v: 1,
        at: Timestamp(0),
        process: "p".into(),
        op: op.clone(),
        record: JournalRecord::Protected { resource: resource.clone(), name: "web-0".into(), on },
    };
    world.tell(Msg::Journal(vec![line(&id, true), line(&"q-1".into(), false)]));
    assert_eq!(world.engine.protected(&resource, "web-0"), None, "another process unprotected it");
}

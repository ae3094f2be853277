//! A wait is met only by what was read after the answer, and by nothing that was overtaken.

use std::sync::Arc;

use crate::domain::{Budget, Collection, Fault, InstanceStatus, ListKey, Monotonic, OpResult, OpState, Reading};
use crate::engine::tests::driver::{World, secs};
use crate::engine::tests::provider::{instance, replied, snapshot};
use crate::engine::{Msg, update};

fn read(world: &mut World, started_at: Monotonic, status: InstanceStatus) {
    let collection = Collection::Instances(vec![Arc::new(instance("i0", "web-0", status))]);
    let msg = Msg::Read {
        account: world.name.clone(),
        list: ListKey::Instances,
        started_at,
        result: Ok(Reading::whole(collection)),
        budget: Budget::new(None),
    };
    let env = world.env;
    update(&mut world.engine, msg, &env);
}

#[test]
fn a_read_begun_before_the_answer_does_not_meet_a_wait() {
    let mut world = World::new(None, 1).looked_at();
    world.run(secs(10));
    let op = world.stop("i0");
    while !matches!(world.op(&op).state, OpState::Watching) {
        world.run(std::time::Duration::from_millis(10));
    }
    let answered = world.op(&op).read_after;
    read(&mut world, Monotonic(answered.0 - 1), InstanceStatus::Stopped);
    assert_eq!(world.op(&op).state, OpState::Watching);
    read(&mut world, Monotonic(answered.0 + 1), InstanceStatus::Stopped);
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
}

#[test]
fn an_older_read_never_replaces_a_younger_one_nor_does_its_failure() {
    let mut world = World::new(None, 1);
    world.pass(secs(100));
    let now = world.env.tick;
    read(&mut world, Monotonic(now.0 - 100), InstanceStatus::Stopped);
    read(&mut world, Monotonic(now.0 - 200), InstanceStatus::Running);
    let msg = Msg::Read {
        account: world.name.clone(),
        list: ListKey::Instances,
        started_at: Monotonic(now.0 - 300),
        result: Err(Fault::TimedOut { host: "h".into() }),
        budget: Budget::new(None),
    };
    let env = world.env;
    update(&mut world.engine, msg, &env);
    let account = &world.engine.accounts()[0];
    assert_eq!(account.inventory.instances()[0].status, InstanceStatus::Stopped);
    assert_eq!(account.fault(), None);
}

#[test]
fn an_error_keeps_the_last_picture_and_says_why() {
    let mut world = World::new(None, 3).looked_at();
    world.run(secs(10));
    world.faults.extend(vec![Fault::BrokenOff { said: "x".into() }; 4]);
    world.run(secs(6));
    let account = &world.engine.accounts()[0];
    assert_eq!(account.inventory.instances().len(), 3);
    assert!(account.fault().is_some());
    world.run(secs(60));
    assert_eq!(world.engine.accounts()[0].fault(), None);
}

#[test]
fn a_wait_fails_where_the_machine_shows_an_error_or_is_gone() {
    for gone in [false, true] {
        let mut world = World::new(None, 1).looked_at();
        world.run(secs(10));
        let op = world.stop("i0");
        world.run(secs(5));
        if gone {
            world.instances.clear();
        } else {
            world.show(&"i0".into(), InstanceStatus::Error);
        }
        world.run(secs(5));
        assert!(matches!(world.op(&op).state, OpState::Ended(OpResult::Failed { .. })));
    }
}

#[test]
fn what_is_not_there_any_more_counts_as_destroyed_once_the_list_agrees() {
    let mut world = World::new(None, 1).looked_at();
    world.show(&"i0".into(), InstanceStatus::Stopped);
    world.run(secs(10));
    world.answers.push_back((replied(404), false));
    let op = world.destroy("i0");
    world.run(secs(30));
    assert_eq!(world.op(&op).state, OpState::Watching, "still in the list");
    world.instances.clear();
    world.run(secs(10));
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
}

#[test]
fn a_list_from_disk_never_replaces_one_that_was_read() {
    let mut world = World::new(None, 2).looked_at();
    let kept = |status| Arc::new(Collection::Instances(vec![Arc::new(instance("old", "old", status))]));
    let (account, read_at) = (world.name.clone(), world.env.wall - secs(7_200));
    let msg = |collection| Msg::Kept { account: account.clone(), list: ListKey::Instances, collection, read_at };
    let mut early = World::new(None, 2);
    early.tell(msg(kept(InstanceStatus::Running)));
    assert_eq!(early.engine.accounts()[0].inventory.instances().len(), 1);
    world.run(secs(5));
    world.tell(msg(kept(InstanceStatus::Running)));
    assert_eq!(world.engine.accounts()[0].inventory.instances().len(), 2);
}

#[test]
fn the_snapshots_of_a_machine_that_is_gone_are_not_shown_any_more() {
    let mut world = World::new(None, 2).looked_at();
    world.snapshots.insert("i0".into(), vec![snapshot("s1", "daily", "i0")]);
    world.run(secs(60));
    assert_eq!(world.engine.accounts()[0].inventory.snapshots().count(), 1);
    world.look(&[(ListKey::Instances, crate::engine::Priority::Focus)]);
    world.instances.remove(0);
    world.run(secs(10));
    assert_eq!(world.engine.accounts()[0].inventory.snapshots().count(), 0);
}

#[test]
fn a_list_of_many_that_is_not_found_says_nothing_of_one() {
    let mut world = World::new(None, 1).looked_at();
    world.run(secs(10));
    let not_found = Fault::Refused { status: 404, code: None, said: "".into(), request_id: None };
    world.faults.extend([not_found.clone(), not_found]);
    let op = world.stop("i0");
    world.run(secs(300));
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
}

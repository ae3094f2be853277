//! Where single records have addresses of their own, operations watch those; what they show stands in the lists.

use std::sync::Arc;

use crate::domain::{
    Action, Answer, Budget, Collection, InstanceStatus, ListKey, Monotonic, OpResult, OpState, Output, Reading,
    StoreStatus,
};
use crate::engine::tests::driver::{World, secs};
use crate::engine::tests::provider::{instance, lost, replied, snapshot};
use crate::engine::{Msg, Priority, update};

fn world() -> World {
    let mut world = World::singles(3);
    world.look(&[(ListKey::Instances, Priority::Focus), (ListKey::Snapshots(None), Priority::Beside)]);
    world.run(secs(10));
    world
}

fn reads_of(world: &World, list: &ListKey) -> usize {
    world.reads.iter().filter(|(_, read)| read == list).count()
}

fn told(world: &mut World, list: ListKey, started_at: u64, status: Option<InstanceStatus>) {
    let rows: Vec<_> = status.into_iter().map(|s| Arc::new(instance("i0", "web-0", s))).collect();
    let reading = Reading::whole(Collection::Instances(rows));
    let (account, budget) = (world.name.clone(), Budget::new(None));
    let env = world.env;
    let msg = Msg::Read { account, list, started_at: Monotonic(started_at), result: Ok(reading), budget };
    update(&mut world.engine, msg, &env);
}

fn shown(world: &World) -> Option<InstanceStatus> {
    world.engine.accounts()[0].inventory.instance(&"i0".into()).map(|i| i.status.clone())
}

#[test]
fn a_stop_watches_its_own_instance_at_the_pace_of_a_watch() {
    let mut world = world();
    let before = reads_of(&world, &ListKey::Instance("i0".into()));
    let op = world.stop("i0");
    world.run(secs(60));
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
    let watched = reads_of(&world, &ListKey::Instance("i0".into())) - before;
    assert!((5..=14).contains(&watched), "{watched} reads in the twenty seconds that it took");
    assert_eq!(shown(&world), Some(InstanceStatus::Stopped));
}

#[test]
fn a_destroyed_instance_is_gone_once_its_address_says_so() {
    let mut world = world();
    let op = world.destroy("i0");
    world.run(secs(120));
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
    assert_eq!(shown(&world), None);
    assert_eq!(world.sent(), ["stop", "destroy"]);
}

#[test]
fn of_a_record_and_its_list_the_one_read_later_counts_whatever_arrives_last() {
    let one = || ListKey::Instance("i0".into());
    let cases = [
        ([(one(), 300, Some(InstanceStatus::Stopped)), (ListKey::Instances, 200, Some(InstanceStatus::Running))], true),
        ([(ListKey::Instances, 200, Some(InstanceStatus::Running)), (one(), 300, Some(InstanceStatus::Stopped))], true),
        ([(one(), 200, Some(InstanceStatus::Running)), (ListKey::Instances, 300, Some(InstanceStatus::Stopped))], true),
        ([(ListKey::Instances, 300, Some(InstanceStatus::Stopped)), (one(), 200, Some(InstanceStatus::Running))], true),
        ([(ListKey::Instances, 200, Some(InstanceStatus::Running)), (one(), 300, None)], false),
        ([(one(), 300, None), (ListKey::Instances, 200, Some(InstanceStatus::Running))], false),
    ];
    for (n, (reads, there)) in cases.into_iter().enumerate() {
        let mut world = World::singles(1);
        for (list, started_at, status) in reads {
            told(&mut world, list, started_at, status);
        }
        assert_eq!(shown(&world), there.then_some(InstanceStatus::Stopped), "case {n}");
    }
}

#[test]
fn a_saved_image_is_watched_by_the_id_that_the_answer_taught() {
    let mut world = world();
    let mut answer = replied(202);
    if let Answer::Replied { outputs, .. } = &mut answer {
        outputs.push(Output::Snapshot("i0-s0".into()));
    }
    world.answers.push_back((answer, true));
    let instance = world.target("i0");
    let take = Action::TakeSnapshot { instance, name: "new".into(), stop_first: false, start_again: false };
    let op = world.ask(take).unwrap();
    world.run(secs(10));
    let shown = world.engine.accounts()[0].inventory.snapshot(&"i0-s0".into()).map(|s| s.status.clone());
    assert_eq!(shown, Some(StoreStatus::Creating), "it stands in the list before that was read again");
    world.run(secs(60));
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
    assert!(reads_of(&world, &ListKey::Snapshot("i0-s0".into())) >= 5);
}

#[test]
fn without_an_id_the_new_image_is_found_by_the_difference_of_two_lists() {
    for answer in [replied(202), lost()] {
        let mut world = World::singles(1);
        world.snapshots.insert("i0".into(), vec![snapshot("old", "new", "i0")]);
        world.look(&[(ListKey::Instances, Priority::Focus)]);
        world.run(secs(10));
        world.answers.push_back((answer, true));
        let instance = world.target("i0");
        let take = Action::TakeSnapshot { instance, name: "new".into(), stop_first: false, start_again: false };
        let op = world.ask(take).unwrap();
        world.run(secs(90));
        assert_eq!(world.op(&op).outputs, [Output::Snapshot("i0-s1".into())]);
        assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
    }
}

#[test]
fn a_new_instance_is_waited_for_by_the_id_it_got_or_by_its_name() {
    let mut taught = replied(202);
    if let Answer::Replied { outputs, .. } = &mut taught {
        outputs.push(Output::Instance("new-3".into()));
    }
    for answer in [taught, replied(202), lost()] {
        let mut world = world();
        world.snapshots.insert("i0".into(), vec![snapshot("s0", "daily", "i0")]);
        world.run(secs(60));
        world.answers.push_back((answer, true));
        let (snapshot, plan) = (world.snapshot_target("s0"), "p1".into());
        // It bears the name of one that is there already.
        let action = Action::RestoreAsNew { snapshot, name: "web-0".into(), plan, firewalls: Vec::new(), key: None };
        let op = world.ask(action).unwrap();
        world.run(secs(120));
        assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
        assert_eq!(world.op(&op).outputs, [Output::Instance("new-3".into())]);
        assert_eq!(world.sent(), ["create_instance"], "never twice");
    }
}

#[test]
fn a_firewall_is_put_on_and_taken_off_when_the_list_shows_it() {
    let mut world = world();
    let (firewall, instance) = (world.firewall_target(), world.target("i0"));
    let on = world.ask(Action::AssignFirewall { firewall: firewall.clone(), instance: instance.clone() }).unwrap();
    world.run(secs(10));
    assert_eq!(world.op(&on).state, OpState::Watching);
    world.run(secs(30));
    assert_eq!(world.op(&on).state, OpState::Ended(OpResult::Done));
    let off = world.ask(Action::DetachFirewall { firewall, instance }).unwrap();
    world.run(secs(60));
    assert_eq!(world.op(&off).state, OpState::Ended(OpResult::Done));
    assert_eq!(world.behind_firewall.len(), 0);
}

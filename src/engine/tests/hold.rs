//! What refuses an action before anybody is asked.

use crate::domain::{Action, OpResult, OpState, Safety};
use crate::engine::tests::driver::{World, secs};
use crate::engine::tests::provider::snapshot;
use crate::engine::{Msg, refusal};

fn key(world: &World, action: &Action) -> Option<&'static str> {
    refusal(&world.engine, action).map(|p| p.text.name())
}

#[test]
fn a_busy_machine_refuses_everything_but_a_force_stop_that_joins_a_stop() {
    let mut world = World::new(None, 2).looked_at();
    world.takes = secs(120);
    world.run(secs(10));
    let target = world.target("i0");
    let force = Action::ForceStop { instance: target.clone() };
    let stop = world.stop("i0");
    assert_eq!(key(&world, &force), Some("refused.busy"), "the stop is not sent yet");
    world.run(secs(5));
    assert_eq!(world.op(&stop).state, OpState::Watching);
    for action in [
        Action::Stop { instance: target.clone() },
        Action::Start { instance: target.clone() },
        Action::Destroy { instance: target, snapshots: Vec::new(), volumes: Vec::new() },
    ] {
        assert_eq!(key(&world, &action), Some("refused.busy"));
        assert!(world.ask(action).is_none());
    }
    assert_eq!(key(&world, &force), None);
    let instance = world.target("i0");
    let force = Action::ForceStop { instance };
    let joined = world.ask(force.clone()).unwrap();
    assert_eq!(key(&world, &force), Some("refused.busy"), "it joins once");
    world.run(secs(300));
    assert_eq!(world.sent(), ["stop", "force_stop"]);
    for op in [stop, joined] {
        assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
    }
    assert_eq!(key(&world, &force), None);
}

#[test]
fn a_force_stop_does_not_join_a_start() {
    let mut world = World::new(None, 1).looked_at();
    world.show(&"i0".into(), crate::domain::InstanceStatus::Stopped);
    world.run(secs(10));
    let instance = world.target("i0");
    world.ask(Action::Start { instance: instance.clone() }).unwrap();
    world.run(secs(5));
    assert_eq!(key(&world, &Action::ForceStop { instance }), Some("refused.busy"));
}

#[test]
fn a_snapshot_being_deleted_holds_its_machine() {
    let mut world = World::new(None, 1).looked_at();
    world.snapshots.insert("i0".into(), vec![snapshot("s1", "daily", "i0")]);
    world.run(secs(10));
    let delete =
        Action::DeleteSnapshot { snapshot: world.snapshot_target("s1"), of: Some("i0".into()), named: Vec::new() };
    world.ask(delete).unwrap();
    assert_eq!(key(&world, &Action::Stop { instance: world.target("i0") }), Some("refused.busy"));
    world.run(secs(60));
    assert_eq!(world.sent(), ["delete_snapshot"]);
    assert_eq!(key(&world, &Action::Stop { instance: world.target("i0") }), None);
}

#[test]
fn protected_machines_and_their_snapshots_are_not_touched() {
    let safety = Safety { protect: vec!["web-*".into()], ..Safety::default() };
    let mut world = World::with(None, 1, safety, false).looked_at();
    world.snapshots.insert("i0".into(), vec![snapshot("s1", "daily", "i0")]);
    world.run(secs(10));
    let delete =
        Action::DeleteSnapshot { snapshot: world.snapshot_target("s1"), of: Some("i0".into()), named: Vec::new() };
    for action in [Action::Stop { instance: world.target("i0") }, delete] {
        assert_eq!(key(&world, &action), Some("refused.protected"));
        assert!(world.ask(action).is_none());
    }
    world.run(secs(60));
    assert!(world.changes.is_empty() && world.records.is_empty());
}

#[test]
fn a_read_only_account_refuses_everything() {
    let mut world = World::with(None, 1, Safety::default(), true).looked_at();
    world.run(secs(10));
    let action = Action::Start { instance: world.target("i0") };
    assert_eq!(key(&world, &action), Some("refused.read_only"));
    assert!(world.ask(action).is_none());
    assert!(world.told("refused.read_only"));
    world.run(secs(60));
    assert!(world.changes.is_empty());
}

#[test]
fn one_refused_of_several_does_not_hold_up_the_others() {
    let safety = Safety { protect: vec!["web-0".into()], ..Safety::default() };
    let mut world = World::with(None, 3, safety, false).looked_at();
    world.run(secs(10));
    let actions = (0..3).map(|i| Action::Stop { instance: world.target(&format!("i{i}")) }).collect();
    world.tell(Msg::Ask(actions));
    assert!(world.engine.operations()[0].alone, "the first that was not refused goes first");
    world.run(secs(60));
    assert_eq!(world.sent(), ["stop", "stop"]);
}

#[test]
fn operations_that_ended_do_not_pile_up_for_ever() {
    let mut world = World::new(None, 2).looked_at();
    world.run(secs(10));
    let open = world.destroy("i1");
    for _ in 0..700 {
        let env = world.env;
        let action = Action::Stop { instance: world.target("i0") };
        crate::engine::update(&mut world.engine, Msg::Ask(vec![action]), &env);
        let id = world.engine.operations().last().unwrap().id.clone();
        crate::engine::update(&mut world.engine, Msg::TakeBack(id), &env);
    }
    assert!(world.engine.operations().len() <= 520, "{}", world.engine.operations().len());
    assert!(world.engine.operation(&open).is_some());
}

#[test]
fn what_has_no_steps_says_so() {
    let mut world = World::new(None, 1).looked_at();
    world.snapshots.insert("i0".into(), vec![snapshot("s1", "daily", "i0")]);
    world.run(secs(10));
    let action = Action::RetakeSnapshot { snapshot: world.snapshot_target("s1"), of: "i0".into() };
    assert!(world.ask(action).is_none());
    assert!(world.told("refused.nothing_to_do"));
}

//! The id of a snapshot that was made is learnt from the answer, or from the difference of two lists; never guessed.

use crate::domain::{Action, Answer, JournalRecord, OpId, OpResult, OpState, Output};
use crate::engine::tests::driver::{World, secs};
use crate::engine::tests::provider::{lost, replied, snapshot};

fn take(world: &mut World) -> OpId {
    world.snapshots.insert("i0".into(), vec![snapshot("old", "daily", "i0")]);
    world.run(secs(10));
    let action = Action::TakeSnapshot {
        instance: world.target("i0"),
        name: "daily".into(),
        stop_first: false,
        start_again: false,
    };
    world.ask(action).unwrap()
}

fn outputs(world: &World, op: &OpId) -> Vec<Output> {
    world.op(op).outputs.clone()
}

#[test]
fn it_is_learnt_by_the_difference_of_lists_although_another_bears_the_name() {
    for answer in [replied(200), lost()] {
        let mut world = World::new(None, 1).looked_at();
        world.answers.push_back((answer, true));
        let op = take(&mut world);
        world.run(secs(60));
        assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
        assert_eq!(outputs(&world, &op), [Output::Snapshot("i0-s1".into())]);
        assert!(world.has_record(|r| matches!(r, JournalRecord::Output { .. })));
        assert_eq!(world.sent(), ["take_snapshot"]);
    }
}

#[test]
fn two_new_ones_of_one_name_are_not_guessed() {
    let mut world = World::new(None, 1).looked_at();
    world.takes = secs(5);
    let op = take(&mut world);
    world.run(std::time::Duration::from_millis(700));
    assert_eq!(world.sent(), ["take_snapshot"]);
    world.snapshots.get_mut(&"i0".into()).unwrap().push(snapshot("theirs", "daily", "i0"));
    world.run(secs(120));
    assert_eq!(outputs(&world, &op), []);
    assert_eq!(world.op(&op).state, OpState::Watching);
}

#[test]
fn what_the_answer_taught_may_take_a_while_to_be_listed() {
    let mut world = World::new(None, 1).looked_at();
    let mut answer = replied(200);
    if let Answer::Replied { outputs, .. } = &mut answer {
        outputs.push(Output::Snapshot("slow".into()));
    }
    world.answers.push_back((answer, false));
    let op = take(&mut world);
    world.run(secs(20));
    assert_eq!(world.op(&op).state, OpState::Watching);
    world.snapshots.get_mut(&"i0".into()).unwrap().push(snapshot("slow", "daily", "i0"));
    world.run(secs(10));
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
}

#[test]
fn what_was_listed_and_is_gone_fails_the_wait() {
    let mut world = World::new(None, 1).looked_at();
    world.takes = secs(600);
    let op = take(&mut world);
    world.run(secs(20));
    world.snapshots.clear();
    world.run(secs(120));
    assert!(matches!(world.op(&op).state, OpState::Ended(OpResult::Failed { .. })));
}

//! Nothing is sent without its own confirmation, and each thing once.

use crate::domain::{Action, Call, JournalRecord, OpResult, OpState, Step};
use crate::engine::tests::driver::{World, secs, snapshots_of};
use crate::engine::tests::provider::lost;

#[test]
fn nothing_is_sent_unasked() {
    let mut world = World::new(None, 3).looked_at();
    world.run(secs(600));
    assert!(world.changes.is_empty());
    assert!(world.records.is_empty());
}

#[test]
fn a_stop_is_checked_sent_once_waited_for_and_done() {
    let mut world = World::new(None, 3).looked_at();
    world.run(secs(30));
    let op = world.stop("i1");
    let asked = world.env.tick;
    world.run(secs(60));
    assert_eq!(world.sent(), ["stop"]);
    let (at, change) = &world.changes[0];
    let read = world.reads.iter().rev().find(|(started_at, _)| started_at < at).unwrap().0;
    assert!(read >= asked, "checked against a read begun after the confirmation");
    assert_eq!(change.pre_state.status, Some(crate::domain::StatusKind::Running));
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
    assert!(world.told("op.done"));
    assert!(matches!(world.records.first(), Some((_, JournalRecord::Asked { .. }))));
    assert!(matches!(world.records.last(), Some((_, JournalRecord::Ended { result, .. })) if result == "done"));
}

#[test]
fn all_steps_of_a_restore_run_in_order_each_once() {
    let mut world = World::new(None, 1).looked_at();
    world.snapshots.insert("i0".into(), vec![crate::engine::tests::provider::snapshot("s1", "before", "i0")]);
    world.run(secs(30));
    let action =
        Action::Restore { snapshot: world.snapshot_target("s1"), instance: world.target("i0"), save_first: None };
    let op = world.ask(action).unwrap();
    world.run(secs(300));
    assert_eq!(world.sent(), ["stop", "restore", "start"]);
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
    let gap = world.changes[2].0.since(world.changes[1].0);
    assert!(gap >= secs(30), "the settling time passed: {gap:?}");
}

#[test]
fn a_restore_gets_through_six_requests_a_minute_although_it_is_checked_against_two_lists() {
    let mut world = World::new(Some(crate::engine::tests::rules::SIX), 1).looked_at();
    world.snapshots.insert("i0".into(), vec![crate::engine::tests::provider::snapshot("s1", "before", "i0")]);
    world.run(secs(300));
    let action =
        Action::Restore { snapshot: world.snapshot_target("s1"), instance: world.target("i0"), save_first: None };
    let op = world.ask(action).unwrap();
    world.run(secs(60));
    assert_eq!(world.sent().first(), Some(&"stop"));
    world.run(secs(400));
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
    assert_eq!(world.too_many, 0);
}

#[test]
fn what_was_confirmed_twice_is_done_once() {
    let mut world = World::new(None, 1).looked_at();
    world.run(secs(10));
    let instance = world.target("i0");
    let action = Action::Stop { instance };
    world.tell(crate::engine::Msg::Ask(vec![action.clone(), action.clone()]));
    assert!(world.ask(action).is_none());
    world.run(secs(60));
    assert_eq!(world.sent(), ["stop"]);
}

#[test]
fn an_answer_to_another_attempt_step_or_operation_changes_nothing() {
    let mut world = World::new(None, 1).looked_at();
    world.run(secs(10));
    world.held = Some(Vec::new());
    let op = world.stop("i0");
    world.run(secs(5));
    world.deliver();
    world.held = Some(Vec::new());
    world.run(secs(5));
    assert_eq!(world.op(&op).state, OpState::Sending);
    for (step, attempt) in [(0, 2), (1, 1), (0, 0), (7, 1)] {
        let budget = crate::domain::Budget::new(None);
        let msg = crate::engine::Msg::Answered { op: op.clone(), step, attempt, answer: lost(), budget };
        let env = world.env;
        crate::engine::update(&mut world.engine, msg, &env);
        assert_eq!(world.op(&op).state, OpState::Sending, "step {step}, attempt {attempt}");
    }
    world.deliver();
    assert_eq!(world.op(&op).state, OpState::Watching);
    world.run(secs(60));
    assert_eq!(world.sent(), ["stop"]);
}

#[test]
fn a_snapshot_taken_carries_the_ids_that_were_there() {
    let mut world = World::new(None, 1).looked_at();
    world.snapshots.insert("i0".into(), vec![crate::engine::tests::provider::snapshot("s1", "old", "i0")]);
    world.look(&[]);
    world.run(secs(10));
    let action = Action::TakeSnapshot {
        instance: world.target("i0"),
        name: "new".into(),
        stop_first: false,
        start_again: false,
    };
    world.ask(action).unwrap();
    world.run(secs(5));
    assert_eq!(world.changes[0].1.pre_state.ids, vec!["s1".into()]);
    assert!(world.reads.iter().any(|(_, l)| *l == snapshots_of("i0")));
}

#[test]
fn what_still_settles_is_waited_for_and_not_taken_for_somebody_elses_change() {
    let mut world = World::new(None, 1).looked_at();
    world.snapshots.insert("i0".into(), vec![crate::engine::tests::provider::snapshot("s1", "before", "i0")]);
    world.run(secs(30));
    let restore =
        Action::Restore { snapshot: world.snapshot_target("s1"), instance: world.target("i0"), save_first: None };
    let op = world.ask(restore).unwrap();
    while world.sent().last() != Some(&"restore") {
        world.run(secs(1));
    }
    world.run(secs(10));
    world.show(&"i0".into(), crate::domain::InstanceStatus::Unknown("Restoring disk".into()));
    world.run(secs(100));
    assert!(!world.op(&op).is_over(), "{:?}", world.op(&op).state);
    assert_eq!(world.sent(), ["stop", "restore"]);
    world.show(&"i0".into(), crate::domain::InstanceStatus::Stopped);
    world.run(secs(60));
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
    assert_eq!(world.sent(), ["stop", "restore", "start"]);
}

#[test]
fn a_change_that_breaks_a_rule_of_our_own_does_not_leave() {
    let mut world = World::new(None, 2).looked_at();
    world.run(secs(10));
    let op = world.stop("i0");
    let steps = &mut world.engine.operations.iter_mut().find(|o| o.id == op).unwrap().steps;
    if let Some(Step::Call { call: Call::Power { instance, .. }, .. }) = steps.first_mut() {
        *instance = "i1".into();
    }
    world.run(secs(30));
    let OpState::Ended(OpResult::Failed { what, .. }) = &world.op(&op).state else { panic!("{:?}", world.op(&op)) };
    assert_eq!(what.text.name(), "failed.own_rule");
    assert!(world.changes.is_empty());
}

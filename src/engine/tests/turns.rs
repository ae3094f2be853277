//! Many at once: what interrupts service goes one after the other and ends at the first failure.

use crate::domain::{Action, Halt, InstanceStatus, JournalRecord, OpId, OpResult, OpState, Operation, Phrase, text};
use crate::engine::tests::driver::{World, secs};
use crate::engine::tests::provider::{lost, replied, snapshot};
use crate::engine::tests::rules::SIX;
use crate::engine::{Decision, Forecast, Msg};

fn world(instances: usize) -> World {
    let mut world = World::new(None, instances).looked_at();
    world.run(secs(10));
    world
}

fn stops(world: &World) -> Vec<Action> {
    let ids: Vec<String> = world.instances.iter().map(|i| i.id.to_string()).collect();
    ids.iter().map(|id| Action::Stop { instance: world.target(id) }).collect()
}

fn ask(world: &mut World, actions: Vec<Action>, together: bool) -> Vec<OpId> {
    world.tell(Msg::AskMany { actions, together });
    world.engine.operations().iter().map(|o| o.id.clone()).collect()
}

/// How many machines are out of service, or on their way.
fn down(world: &World) -> usize {
    world.instances.iter().filter(|i| i.status != InstanceStatus::Running).count()
}

fn reboots(world: &World) -> Vec<Action> {
    let how = crate::domain::Reboot::Provider;
    let ids: Vec<String> = world.instances.iter().map(|i| i.id.to_string()).collect();
    ids.iter().map(|id| Action::Reboot { instance: world.target(id), how }).collect()
}

fn one_failed() -> OpState {
    OpState::Ended(OpResult::Cancelled { why: Phrase::new(text::cancelled::ONE_FAILED) })
}

#[test]
fn never_is_more_than_one_out_of_service() {
    let mut world = world(4);
    let actions = reboots(&world);
    let ops = ask(&mut world, actions, false);
    for _ in 0..400 {
        world.run(std::time::Duration::from_millis(500));
        assert!(down(&world) <= 1);
    }
    assert!(ops.iter().all(|op| world.op(op).state == OpState::Ended(OpResult::Done)));
    assert_eq!(world.effective, ["reboot"; 4]);
}

#[test]
fn they_wait_for_their_turn_in_the_order_in_which_they_were_asked_for() {
    let mut world = world(3);
    let actions = stops(&world);
    let ops = ask(&mut world, actions, false);
    world.run(secs(5));
    let second = world.op(&ops[1]);
    assert_eq!(second.state, OpState::Turn);
    assert_eq!(second.after.as_ref(), Some(&ops[0]));
    assert_eq!(world.sent(), ["stop"]);
    world.run(secs(200));
    let order: Vec<_> = world.changes.iter().map(|(_, c)| c.op.clone()).collect();
    assert_eq!(order, ops);
}

#[test]
fn the_next_begins_although_nobody_looks() {
    let mut world = world(3);
    world.look(&[]);
    let actions = stops(&world);
    let ops = ask(&mut world, actions, false);
    world.run(secs(300));
    assert!(ops.iter().all(|op| world.op(op).state == OpState::Ended(OpResult::Done)));
}

#[test]
fn all_at_once_is_all_at_once() {
    let mut world = world(3);
    let actions = stops(&world);
    ask(&mut world, actions, true);
    world.run(secs(5));
    assert_eq!(down(&world), 3);
}

#[test]
fn what_interrupts_nothing_runs_side_by_side() {
    let mut world = world(3);
    let ids = ["i0", "i1", "i2"];
    let take = |world: &World, id: &str, stop_first| Action::TakeSnapshot {
        instance: world.target(id),
        name: "n".into(),
        stop_first,
        start_again: false,
    };
    let actions = ids.iter().map(|id| take(&world, id, false)).collect();
    ask(&mut world, actions, false);
    world.run(secs(5));
    assert_eq!(world.sent(), ["take_snapshot"; 3]);
    world.run(secs(60));
    assert!(world.engine.interrupts(&take(&world, "i0", true)), "it is stopped for it");
    world.show(&"i0".into(), InstanceStatus::Stopped);
    world.run(secs(10));
    assert!(!world.engine.interrupts(&take(&world, "i0", true)), "it is off");
}

#[test]
fn after_a_failure_nothing_more_is_begun() {
    for (answer, why) in [(replied(400), "refused"), (lost(), "left with its outcome unknown")] {
        let mut world = world(4);
        let actions = reboots(&world);
        world.answers.push_back((replied(200), true));
        world.answers.push_back((answer, false));
        let ops = ask(&mut world, actions, false);
        world.run(secs(300));
        if let OpState::Halted(_) = world.op(&ops[1]).state {
            assert_eq!(world.op(&ops[2]).state, OpState::Turn, "a person decides first");
            world.tell(Msg::Decide(ops[1].clone(), Decision::LeaveIt));
        }
        let states: Vec<_> = ops.iter().map(|op| world.op(op).state.clone()).collect();
        assert_eq!(states[0], OpState::Ended(OpResult::Done), "{why}");
        assert_eq!(states[2..], [one_failed(), one_failed()], "{why}");
        assert_eq!(world.sent(), ["reboot", "reboot"], "{why}");
        world.run(secs(300));
        assert_eq!(world.sent().len(), 2, "{why}");
    }
}

#[test]
fn one_that_is_taken_back_in_time_is_passed_over_and_the_next_waits_all_the_same() {
    let mut world = world(3);
    let actions = stops(&world);
    let ops = ask(&mut world, actions, false);
    world.run(secs(3));
    world.tell(Msg::TakeBack(ops[1].clone()));
    assert!(
        matches!(&world.op(&ops[1]).state, OpState::Ended(OpResult::Cancelled { why }) if why.text.name() == "cancelled.TAKEN_BACK")
    );
    world.run(secs(3));
    assert_eq!(world.op(&ops[2]).state, OpState::Turn, "the first is not done");
    world.run(secs(100));
    assert_eq!(world.op(&ops[2]).state, OpState::Ended(OpResult::Done));
    assert_eq!(world.sent(), ["stop", "stop"]);
}

#[test]
fn what_counts_down_waits_for_its_turn_after_it() {
    let mut world = world(2);
    world.snapshots.insert("i0".into(), vec![snapshot("s0", "daily", "i0")]);
    world.snapshots.insert("i1".into(), vec![snapshot("s1", "daily", "i1")]);
    world.look(&[
        (crate::domain::ListKey::Instances, crate::engine::Priority::Focus),
        (crate::engine::tests::driver::snapshots_of("i0"), crate::engine::Priority::Focus),
        (crate::engine::tests::driver::snapshots_of("i1"), crate::engine::Priority::Focus),
    ]);
    world.run(secs(60));
    let restore = |world: &World, n: usize| Action::Restore {
        snapshot: world.snapshot_target(&format!("s{n}")),
        instance: world.target(&format!("i{n}")),
        save_first: None,
    };
    let actions = vec![restore(&world, 0), restore(&world, 1)];
    let ops = ask(&mut world, actions, false);
    assert!(ops.iter().all(|op| matches!(world.op(op).state, OpState::Countdown { .. })));
    world.run(secs(15));
    assert_eq!(world.op(&ops[1]).state, OpState::Turn);
    for _ in 0..400 {
        world.run(secs(1));
        assert!(down(&world) <= 1);
    }
    assert_eq!(world.op(&ops[1]).state, OpState::Ended(OpResult::Done));
}

#[test]
fn after_a_kill_in_the_middle_they_ask_again_and_still_go_one_by_one() {
    let mut world = world(4);
    let actions = reboots(&world);
    let ops = ask(&mut world, actions, false);
    world.run(secs(30));
    assert_eq!(world.sent().len(), 2);
    assert!(
        world
            .journal
            .iter()
            .any(|l| matches!(&l.record, JournalRecord::Asked { after: Some(op), .. } if *op == ops[1]))
    );
    world.restart(secs(600));
    world.run(secs(60));
    let halted = |o: &Operation| o.state == OpState::Halted(Halt::StillWanted);
    assert!(ops[2..].iter().all(|op| halted(world.op(op))), "nothing more without a word");
    assert_eq!(world.sent().len(), 2);
    for op in &ops[2..] {
        world.tell(Msg::Decide(op.clone(), Decision::SendAgain));
    }
    for _ in 0..200 {
        world.run(secs(1));
        assert!(down(&world) <= 1);
    }
    assert!(ops.iter().all(|op| world.op(op).state == OpState::Ended(OpResult::Done)));
    assert_eq!(world.effective, ["reboot"; 4]);
}

#[test]
fn killed_at_any_moment_they_go_one_by_one_and_each_takes_effect_once() {
    for at in (0..90).map(|n| std::time::Duration::from_millis(n * 793)) {
        let mut world = world(2);
        let actions = stops(&world);
        let ops = ask(&mut world, actions, false);
        world.run(at);
        world.restart(secs(1));
        for _ in 0..60 {
            for op in &ops {
                if world.op(op).state == OpState::Halted(Halt::StillWanted) {
                    world.tell(Msg::Decide(op.clone(), Decision::SendAgain));
                }
            }
            world.run(secs(3));
            let on_the_way = world.instances.iter().filter(|i| i.status == InstanceStatus::Stopping).count();
            assert!(on_the_way <= 1, "killed after {at:?}");
        }
        assert_eq!(world.effective, ["stop", "stop"], "killed after {at:?}");
        assert!(ops.iter().all(|op| world.op(op).state == OpState::Ended(OpResult::Done)), "killed after {at:?}");
    }
}

#[test]
fn after_a_kill_a_failure_of_the_one_before_still_ends_them() {
    let mut world = world(3);
    let actions = reboots(&world);
    let ops = ask(&mut world, actions, false);
    world.run(secs(5));
    world.restart(secs(1));
    world.show(&"i0".into(), InstanceStatus::Error);
    world.run(secs(120));
    assert!(matches!(world.op(&ops[0]).state, OpState::Ended(OpResult::Failed { .. })));
    for op in &ops[1..] {
        assert_eq!(world.op(op).state, one_failed());
    }
    assert_eq!(world.sent().len(), 1);
}

#[test]
fn a_journal_of_before_is_read_as_it_was_written() {
    let line = r#"{"v":1,"at":"2026-11-21T00:00:00.000Z","process":"p","op":"o","record":"asked","account":"lab",
        "action":{"verb":"stop","instance":{"resource":{"account":"lab","kind":"instance","id":"i0"},"name":"web-0",
        "status":"running"}},"steps":[]}"#;
    let line: crate::domain::JournalLine = serde_json::from_str(line).unwrap();
    assert!(matches!(&line.record, JournalRecord::Asked { after: None, .. }));
    assert!(!serde_json::to_string(&line).unwrap().contains("after"));
}

#[test]
fn the_forecast_counts_requests_and_what_the_budget_makes_of_them() {
    let mut world = World::new(Some(SIX), 9).looked_at();
    world.run(secs(120));
    // One read of the list, and one request each.
    let forecast = world.engine.forecast(&stops(&world));
    assert_eq!(forecast, Forecast { requests: 10, lasts: Some(secs(120)), per_minute: Some(6) });
    let instance = world.target("i0");
    let destroy = [Action::Destroy { instance, snapshots: Vec::new(), volumes: Vec::new() }];
    assert_eq!(world.engine.forecast(&destroy).requests, 4, "check, stop, check, destroy");
    let free = self::world(2);
    let forecast = free.engine.forecast(&stops(&free));
    assert_eq!(forecast, Forecast { requests: 3, lasts: None, per_minute: None });
}

//! A destruction can be taken back while it counts down.

use crate::domain::{Halt, OpResult, OpState, Safety, Timestamp};
use crate::engine::Msg;
use crate::engine::tests::driver::{World, secs};

fn ready() -> World {
    let mut world = World::new(None, 2).looked_at();
    world.show(&"i0".into(), crate::domain::InstanceStatus::Stopped);
    world.run(secs(10));
    world
}

#[test]
fn nothing_is_sent_while_it_counts_down_and_at_once_after() {
    let mut world = ready();
    let op = world.destroy("i0");
    world.run(secs(4));
    assert!(world.changes.is_empty());
    assert!(matches!(world.op(&op).state, OpState::Countdown { .. }));
    assert_eq!(world.engine.newest_countdown().map(|o| &o.id), Some(&op));
    world.run(std::time::Duration::from_millis(1_100));
    assert_eq!(world.sent(), ["destroy"]);
}

#[test]
fn it_can_be_taken_back_until_it_is_sent() {
    let mut world = ready();
    let op = world.destroy("i0");
    world.run(secs(4));
    world.tell(Msg::TakeBack(op.clone()));
    assert!(matches!(world.op(&op).state, OpState::Ended(OpResult::Cancelled { .. })));
    world.run(secs(60));
    assert!(world.changes.is_empty());
    // The machine is free again.
    let op = world.destroy("i0");
    world.run(secs(6));
    assert_eq!(world.sent(), ["destroy"]);
    world.tell(Msg::TakeBack(op.clone()));
    assert!(!world.op(&op).is_over(), "what was sent cannot be taken back");
}

#[test]
fn what_the_guard_held_back_or_was_refused_for_now_can_be_taken_back() {
    for answer in [
        crate::domain::Answer::OverBudget { until: Timestamp(i64::MAX / 2) },
        crate::engine::tests::provider::replied(409),
    ] {
        let mut world = ready();
        world.answers.push_back((answer, false));
        let op = world.destroy("i0");
        world.run(secs(7));
        assert_eq!(world.sent(), ["destroy"]);
        assert!(matches!(world.op(&op).state, OpState::Queued { .. }));
        world.tell(Msg::TakeBack(op.clone()));
        assert!(matches!(world.op(&op).state, OpState::Ended(OpResult::Cancelled { .. })));
        world.run(secs(60));
        assert_eq!(world.sent(), ["destroy"]);
    }
}

#[test]
fn after_a_sleep_it_begins_again() {
    let mut world = ready();
    let op = world.destroy("i0");
    world.run(secs(4));
    world.env.wall = world.env.wall + secs(3_000);
    world.run(secs(4));
    assert!(world.changes.is_empty());
    assert!(matches!(world.op(&op).state, OpState::Countdown { .. }));
    let reads = world.reads.len();
    world.run(secs(2));
    assert_eq!(world.sent(), ["destroy"]);
    assert!(reads > 0);
}

#[test]
fn after_a_sleep_of_more_than_an_hour_it_asks_before_anything_is_sent() {
    let mut world = ready();
    let op = world.destroy("i0");
    world.run(secs(4));
    world.env.wall = world.env.wall + secs(3_600);
    world.run(secs(600));
    assert_eq!(world.op(&op).state, OpState::Halted(Halt::StillWanted));
    assert!(world.changes.is_empty());
}

#[test]
fn a_stop_of_the_process_is_a_sleep_too() {
    let mut world = ready();
    let op = world.destroy("i0");
    world.run(secs(2));
    // Both clocks went on, nobody was there.
    world.pass(secs(600));
    world.tell(Msg::Woke);
    world.run(secs(4));
    assert!(world.changes.is_empty());
    assert!(matches!(world.op(&op).state, OpState::Countdown { .. }));
}

#[test]
fn leaving_cancels_what_counts_down_and_nothing_else() {
    let mut world = ready();
    let stop = world.stop("i1");
    world.run(secs(3));
    let op = world.destroy("i0");
    world.run(secs(1));
    world.tell(Msg::CancelCountdowns);
    assert!(matches!(world.op(&op).state, OpState::Ended(OpResult::Cancelled { .. })));
    world.run(secs(60));
    assert_eq!(world.sent(), ["stop"]);
    assert_eq!(world.op(&stop).state, OpState::Ended(OpResult::Done));
}

#[test]
fn without_grace_it_is_sent_after_its_check() {
    let safety = Safety { grace: secs(0), protect: Vec::new() };
    let mut world = World::with(None, 1, safety, false).looked_at();
    world.show(&"i0".into(), crate::domain::InstanceStatus::Stopped);
    world.run(secs(10));
    world.destroy("i0");
    world.run(secs(1));
    assert_eq!(world.sent(), ["destroy"]);
}

#[test]
fn what_destroys_nothing_does_not_count_down() {
    let mut world = ready();
    let op = world.stop("i1");
    assert_eq!(world.op(&op).state, OpState::Checking);
}

#[test]
fn steps_that_are_not_yet_begun_can_be_taken_back() {
    let mut world = ready();
    let op = world.destroy("i1");
    world.run(secs(10));
    assert_eq!(world.sent(), ["stop"]);
    assert_eq!(world.op(&op).state, OpState::Watching);
    world.tell(Msg::TakeBack(op.clone()));
    match &world.op(&op).state {
        OpState::Ended(OpResult::Cancelled { why }) => assert_eq!(why.text.name(), "cancelled.REST"),
        other => panic!("{other:?}"),
    }
    world.run(secs(120));
    assert_eq!(world.sent(), ["stop"]);
}

#[test]
fn a_wait_with_nothing_to_send_after_it_cannot_be_taken_back() {
    let mut world = ready();
    let op = world.stop("i1");
    world.run(secs(5));
    world.tell(Msg::TakeBack(op.clone()));
    assert_eq!(world.op(&op).state, OpState::Watching);
}

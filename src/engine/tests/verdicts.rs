//! What an answer to a change leads to.

use crate::domain::{
    Action, Answer, Halt, InstanceStatus, JournalRecord, Monotonic, OpId, OpResult, OpState, Reboot, Why,
};
use crate::engine::tests::driver::{World, secs};
use crate::engine::tests::provider::{lost, replied};
use crate::engine::{Decision, Msg};

fn world(answers: &[(Answer, bool)]) -> World {
    let mut world = World::new(None, 2).looked_at();
    world.run(secs(10));
    world.answers.extend(answers.iter().cloned());
    world
}

fn reboot(world: &mut World) -> OpId {
    let instance = world.target("i0");
    world.ask(Action::Reboot { instance, how: Reboot::Provider }).unwrap()
}

fn ended(world: &World, op: &OpId) -> String {
    match &world.op(op).state {
        OpState::Ended(OpResult::Failed { what, .. }) => what.text.name().to_owned(),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_refusal_ends_it_with_the_providers_words() {
    let mut world = world(&[(replied(400), false)]);
    let op = world.stop("i0");
    world.run(secs(60));
    assert_eq!(world.sent(), ["stop"]);
    assert_eq!(ended(&world, &op), "failed.refused");
    assert!(world.has_record(
        |r| matches!(r, JournalRecord::Ended { reason: Some(said), code: Some(code), .. } if said == "said" && code == "E400")
    ));
}

#[test]
fn what_had_no_effect_is_sent_again_ten_times_at_most_with_growing_pauses() {
    let mut world = world(&vec![(replied(409), false); 30]);
    let op = world.stop("i0");
    world.run(secs(3_600));
    assert_eq!(ended(&world, &op), "failed.attempts");
    let at: Vec<Monotonic> = world.changes.iter().map(|(at, _)| *at).collect();
    assert_eq!(at.len(), 10);
    assert!(at[9].since(at[0]) <= secs(600));
    let pauses: Vec<_> = at.windows(2).map(|w| w[1].since(w[0])).collect();
    assert!(pauses[0] >= secs(4) && pauses[8] > pauses[0] * 3, "{pauses:?}");
    assert_eq!(world.changes.iter().map(|(_, c)| c.attempt).collect::<Vec<_>>(), (1..=10).collect::<Vec<_>>());
}

#[test]
fn what_had_no_effect_is_not_tried_for_longer_than_ten_minutes() {
    let mut world = world(&[]);
    for i in 1..=12 {
        let mut busy = replied(409);
        if let Answer::Replied { wait_until, .. } = &mut busy {
            *wait_until = Some(world.env.wall + secs(150 * i));
        }
        world.answers.push_back((busy, false));
    }
    let op = world.stop("i0");
    world.run(secs(1_800));
    assert_eq!(ended(&world, &op), "failed.attempts");
    let (first, last) = (world.changes[0].0, world.changes.last().unwrap().0);
    assert!(last.since(first) <= secs(600));
}

#[test]
fn a_moment_in_the_past_does_not_make_it_hammer() {
    let mut busy = replied(429);
    if let Answer::Replied { wait_until, .. } = &mut busy {
        *wait_until = Some(crate::engine::tests::driver::START);
    }
    let mut world = world(&vec![(busy, false); 30]);
    world.stop("i0");
    world.run(secs(10));
    assert!(world.changes.len() < 5, "{} in ten seconds", world.changes.len());
}

#[test]
fn what_the_guard_held_back_is_no_attempt_and_does_not_spin() {
    let until = crate::engine::tests::driver::START;
    let mut world = world(&vec![(Answer::OverBudget { until }, false); 30]);
    let op = world.stop("i0");
    world.run(secs(3));
    assert!(world.changes.len() < 16, "{} in three seconds", world.changes.len());
    world.run(secs(120));
    assert!(world.changes.iter().all(|(_, c)| c.attempt == 1));
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
}

#[test]
fn what_could_not_be_journalled_fails() {
    let mut world = world(&[(Answer::NotJournalled { said: "disk full".into() }, false)]);
    let op = world.stop("i0");
    world.run(secs(60));
    assert_eq!(world.sent(), ["stop"]);
    assert_eq!(ended(&world, &op), "plain.said");
}

#[test]
fn a_lost_answer_is_settled_by_what_is_shown() {
    let mut world = world(&[(lost(), true)]);
    let op = world.stop("i0");
    world.run(secs(5));
    assert_eq!(world.op(&op).state, OpState::OutcomeUnknown);
    world.run(secs(60));
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
    assert_eq!(world.sent(), ["stop"]);
    assert!(world.has_record(|r| matches!(r, JournalRecord::OutcomeUnknown { step: 0 })));
    assert!(world.has_record(|r| matches!(r, JournalRecord::Reconciled { took_effect: true, by: Why::Shown, .. })));
}

#[test]
fn a_lost_request_is_never_sent_again_by_itself() {
    let mut world = world(&[(lost(), false)]);
    let op = world.stop("i0");
    world.run(secs(50));
    assert_eq!(world.op(&op).state, OpState::OutcomeUnknown);
    world.run(secs(3_600));
    assert_eq!(world.sent(), ["stop"]);
    assert_eq!(ended(&world, &op), "failed.NO_EFFECT");
}

#[test]
fn what_the_list_still_shows_as_it_was_is_asked_about_after_three_times_the_usual_time() {
    let mut world = world(&[(lost(), false)]);
    // The list shows neither the old state nor the new.
    let op = world.stop("i0");
    world.run(secs(2));
    world.show(&"i0".into(), InstanceStatus::Unknown("odd".into()));
    world.run(secs(80));
    assert_eq!(world.op(&op).state, OpState::OutcomeUnknown);
    world.run(secs(30));
    assert_eq!(world.op(&op).state, OpState::Halted(Halt::OutcomeUnknown));
    assert_eq!(world.notices.iter().filter(|n| n.what.text.name() == "op.halted").count(), 1);
    // What is shown later settles it all the same, where somebody looks.
    world.show(&"i0".into(), InstanceStatus::Stopped);
    world.run(secs(60));
    assert_eq!((world.op(&op).state.clone(), world.sent()), (OpState::Ended(OpResult::Done), vec!["stop"]));
}

#[test]
fn what_nothing_can_settle_waits_for_a_person() {
    for (decision, sent, record) in
        [(Decision::ItHappened, 1, Some(true)), (Decision::SendAgain, 2, Some(false)), (Decision::LeaveIt, 1, None)]
    {
        let mut world = world(&[(lost(), false)]);
        let op = reboot(&mut world);
        world.run(secs(600));
        assert!(matches!(world.op(&op).state, OpState::Halted(_)));
        assert_eq!(world.notices.iter().filter(|n| n.what.text.name() == "op.halted").count(), 1);
        world.tell(Msg::Decide(op.clone(), decision));
        world.run(secs(60));
        assert_eq!(world.changes.len(), sent);
        let result = if decision == Decision::LeaveIt { OpResult::Unknown } else { OpResult::Done };
        assert_eq!(world.op(&op).state, OpState::Ended(result));
        let settled = world.records.iter().find_map(|(_, r)| match r {
            JournalRecord::Reconciled { took_effect, by: Why::Person, .. } => Some(*took_effect),
            _ => None,
        });
        assert_eq!(settled, record);
        if sent == 2 {
            assert_eq!(world.changes[1].1.attempt, 2, "a new attempt has a new number");
            assert!(world.reads.iter().any(|(at, _)| *at > world.changes[0].0 && *at < world.changes[1].0));
        }
    }
}

#[test]
fn a_decision_about_what_is_not_in_doubt_changes_nothing() {
    let mut world = world(&[]);
    let op = world.stop("i0");
    world.run(secs(5));
    for decision in [Decision::ItHappened, Decision::SendAgain, Decision::LeaveIt] {
        world.tell(Msg::Decide(op.clone(), decision));
        assert_eq!(world.op(&op).state, OpState::Watching);
    }
}

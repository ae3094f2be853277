//! Operations are found again after a kill at any moment: no change takes effect twice, waits go on by themselves, and
//! what would still be sent asks first.

use crate::domain::{
    Action, Halt, InstanceStatus, JournalLine, JournalRecord, OpId, OpResult, OpState, Parked, StepMark, StoreStatus,
};
use crate::engine::tests::driver::{World, secs};
use crate::engine::tests::provider::{lost, replied, snapshot};
use crate::engine::{Decision, Msg};

/// The kinds of operation that last, each begun in a world of its own.
#[derive(Debug, Clone, Copy)]
enum Job {
    Restore,
    Take,
    Destroy,
    Create,
    Park,
}

fn park(world: &World) -> Action {
    let kept = Parked {
        name: "web-0".into(),
        plan: Some("g-1gb".into()),
        key: Some("laptop".into()),
        firewalls: vec!["web".into()],
    };
    Action::Park { instance: world.target("i0"), name: "parked".into(), kept: Box::new(kept) }
}

fn begin(job: Job) -> (World, OpId) {
    let mut world = World::singles(2);
    world.look(&[(crate::domain::ListKey::Instances, crate::engine::Priority::Focus)]);
    world.snapshots.insert("i0".into(), vec![snapshot("s0", "daily", "i0")]);
    world.run(secs(10));
    let instance = world.target("i0");
    let action = match job {
        Job::Restore => Action::Restore { snapshot: world.snapshot_target("s0"), instance, save_first: None },
        Job::Take => Action::TakeSnapshot { instance, name: "new".into(), stop_first: false, start_again: false },
        Job::Destroy => Action::Destroy { instance, snapshots: Vec::new(), volumes: Vec::new() },
        Job::Create => Action::RestoreAsNew {
            snapshot: world.snapshot_target("s0"),
            name: "fresh".into(),
            plan: "p1".into(),
            firewalls: Vec::new(),
            key: None,
        },
        Job::Park => park(&world),
    };
    let op = world.ask(action).unwrap();
    (world, op)
}

/// Says yes to what is asked again, and "it happened" where nothing shows whether it did.
fn carry_on(world: &mut World, op: &OpId) -> usize {
    let mut asked = 0;
    for _ in 0..40 {
        match &world.op(op).state {
            OpState::Halted(Halt::StillWanted) => {
                asked += 1;
                world.tell(Msg::Decide(op.clone(), Decision::SendAgain));
            }
            OpState::Halted(Halt::OutcomeUnknown) => world.tell(Msg::Decide(op.clone(), Decision::ItHappened)),
            OpState::Ended(_) => break,
            _ => world.run(secs(10)),
        }
    }
    asked
}

#[rstest::rstest]
fn killed_at_any_moment_it_comes_to_its_end_and_nothing_takes_effect_twice(
    #[values(Job::Restore, Job::Take, Job::Destroy, Job::Create, Job::Park)] job: Job,
    #[values(1, 40, 3600 * 9)] away: u64,
) {
    let (mut world, op) = begin(job);
    world.run(secs(300));
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done), "undisturbed");
    let undisturbed = world.effective.clone();
    for at in (0..1200).map(|n| std::time::Duration::from_millis(n * 103)) {
        let (mut world, op) = begin(job);
        world.run(at);
        let sent_before = world.changes.len();
        let over = world.op(&op).is_over();
        world.restart(secs(away));
        assert_eq!(world.engine.operations().len(), 1, "killed after {at:?}");
        world.run(secs(5));
        let sent = world.changes.len() - sent_before;
        assert_eq!(sent, 0, "killed after {at:?}: something was sent before anybody was asked");
        carry_on(&mut world, &op);
        assert_eq!(world.effective, undisturbed, "killed after {at:?}");
        assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done), "killed after {at:?}");
        if over {
            break;
        }
    }
}

#[test]
fn killed_again_and_again_it_still_comes_to_its_end() {
    for every in [700, 2_900, 11_000] {
        let (mut world, op) = begin(Job::Restore);
        for _ in 0..200 {
            world.run(std::time::Duration::from_millis(every));
            if world.op(&op).is_over() {
                break;
            }
            world.restart(secs(3));
            world.run(secs(4));
            match &world.op(&op).state {
                OpState::Halted(Halt::StillWanted) => world.tell(Msg::Decide(op.clone(), Decision::SendAgain)),
                OpState::Halted(_) => world.tell(Msg::Decide(op.clone(), Decision::ItHappened)),
                _ => {}
            }
        }
        assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done), "every {every} ms");
        assert_eq!(world.effective, ["stop", "restore", "start"], "every {every} ms");
    }
}

#[test]
fn an_intent_without_an_answer_is_an_unknown_outcome_that_what_is_shown_settles() {
    for effective in [true, false] {
        let (mut world, op) = begin(Job::Take);
        world.latency = secs(30);
        world.answers.push_back((lost(), effective));
        while world.changes.is_empty() {
            world.run(secs(1));
        }
        world.latency = secs(0);
        world.restart(secs(10));
        assert_eq!(world.op(&op).state, OpState::OutcomeUnknown);
        assert_eq!(world.op(&op).pre_state.ids.len(), 1, "what was there before is remembered");
        world.run(secs(300));
        let done = world.op(&op).state == OpState::Ended(OpResult::Done);
        assert_eq!(done, effective, "{:?}", world.op(&op).state);
        assert_eq!(world.sent(), ["take_snapshot"]);
    }
}

#[test]
fn a_wait_goes_on_by_itself_and_the_call_after_it_asks_and_says_since_when() {
    let (mut world, op) = begin(Job::Restore);
    world.run(secs(10));
    assert_eq!(world.sent(), ["stop"]);
    let asked = world.op(&op).asked;
    world.restart(secs(3600));
    world.run(secs(30));
    let now = world.op(&op);
    assert_eq!((&now.state, now.at), (&OpState::Halted(Halt::StillWanted), 2));
    assert_eq!(now.asks_since, Some(asked));
    assert!(matches!(now.marks[1], StepMark::Done(_)));
    world.run(secs(3600));
    assert_eq!(world.sent(), ["stop"], "nothing without a word");
    world.tell(Msg::Decide(op.clone(), Decision::LeaveIt));
    assert!(matches!(world.op(&op).state, OpState::Ended(OpResult::Cancelled { .. })));
    assert!(world.has_record(|r| matches!(r, JournalRecord::Ended { result, .. } if result == "cancelled")));
}

#[test]
fn once_said_it_asks_no_more_until_the_next_sleep() {
    let (mut world, op) = begin(Job::Restore);
    world.run(secs(10));
    world.restart(secs(60));
    let asked = carry_on(&mut world, &op);
    assert_eq!(asked, 1);
    assert!(world.has_record(|r| matches!(r, JournalRecord::Confirmed {})));
}

#[test]
fn after_a_nights_sleep_the_next_call_asks_first() {
    let (mut world, op) = begin(Job::Restore);
    world.run(secs(10));
    world.env.wall = world.env.wall + secs(9 * 3600);
    world.run(secs(60));
    assert_eq!(world.op(&op).state, OpState::Halted(Halt::StillWanted));
    assert_eq!(world.sent(), ["stop"]);
}

#[test]
fn a_clock_set_back_is_no_sleep() {
    let (mut world, op) = begin(Job::Restore);
    world.run(secs(10));
    world.env.wall = world.env.wall - secs(3600);
    world.run(secs(300));
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
}

#[test]
fn what_another_process_carries_on_is_seen_and_left_alone() {
    let (mut first, op) = begin(Job::Restore);
    first.run(secs(8));
    let mut second = World::singles(2);
    second.look(&[(crate::domain::ListKey::Instances, crate::engine::Priority::Focus)]);
    let theirs = |lines: &[JournalLine]| -> Vec<JournalLine> {
        lines.iter().cloned().map(|l| JournalLine { process: "elsewhere".into(), ..l }).collect()
    };
    second.tell(Msg::Journal(theirs(&first.journal)));
    second.show(&"i0".into(), InstanceStatus::Stopped);
    second.run(secs(600));
    assert!(second.sent().is_empty() && second.records.is_empty(), "nothing is sent or written for it");
    assert!(!second.op(&op).is_over());
    // It holds what it is about, for us too.
    let instance = second.target("i0");
    assert_eq!(second.ask(Action::Start { instance }), None);
    first.run(secs(300));
    second.tell(Msg::Journal(theirs(&first.journal)));
    assert_eq!(second.op(&op).state, OpState::Ended(OpResult::Done));
}

#[test]
fn a_second_engine_of_the_same_process_knows_what_the_first_wrote() {
    for passed in [1, 10, 300] {
        let (mut world, op) = begin(Job::Restore);
        world.run(secs(passed));
        let mut second = World::singles(2);
        second.tell(Msg::Journal(world.journal.clone()));
        let (first, second) = (world.op(&op), second.op(&op));
        assert_eq!((second.at, second.is_over()), (first.at, first.is_over()), "after {passed} s");
        assert_eq!(second.attempts.len(), first.attempts.len(), "after {passed} s");
    }
}

#[test]
fn what_ended_is_remembered_as_it_ended() {
    let (mut world, op) = begin(Job::Take);
    world.answers.push_back((replied(400), false));
    world.run(secs(60));
    let before = world.op(&op).clone();
    world.restart(secs(60));
    let after = world.op(&op);
    assert_eq!((after.asked, after.ended), (before.asked, before.ended));
    let OpState::Ended(OpResult::Failed { said: Some(said), .. }) = &after.state else { panic!("{:?}", after.state) };
    assert_eq!((&said.said, said.code.as_deref()), (&"said".into(), Some("E400")));
}

#[test]
fn a_refusal_whose_end_was_not_written_is_found_and_written() {
    let (mut world, op) = begin(Job::Take);
    world.answers.push_back((replied(400), false));
    world.run(secs(60));
    let cut = world.journal.iter().position(|l| matches!(l.record, JournalRecord::Answered { .. })).unwrap();
    world.journal.truncate(cut + 1);
    let process = "p2".to_owned();
    let last = world.journal[cut].clone();
    world.journal.push(JournalLine { process, record: JournalRecord::TakenOver {}, ..last });
    let writes = world.records.len();
    world.restart(secs(1));
    assert!(matches!(world.op(&op).state, OpState::Ended(OpResult::Failed { .. })));
    assert!(world.records[writes..].iter().any(|(_, r)| matches!(r, JournalRecord::Ended { .. })));
}

/// How far a park is when its disk is saved and the machine not yet destroyed.
fn saved_not_destroyed() -> (World, OpId) {
    let (mut world, op) = begin(Job::Park);
    while !world.effective.contains(&"take_snapshot") {
        world.run(secs(1));
    }
    (world, op)
}

#[test]
fn what_was_not_saved_is_not_destroyed() {
    let (mut world, op) = saved_not_destroyed();
    world.run(secs(5));
    for s in world.snapshots.values_mut().flatten().filter(|s| s.name == "parked") {
        s.status = StoreStatus::Error;
    }
    world.run(secs(600));
    assert!(matches!(world.op(&op).state, OpState::Ended(OpResult::Failed { .. })));
    assert_eq!(world.effective, ["stop", "take_snapshot"]);
    assert!(world.instances.iter().any(|i| i.id.as_str() == "i0"), "the machine stays");
}

#[test]
fn what_was_saved_and_is_gone_when_it_counts_keeps_the_machine() {
    for gone in [true, false] {
        let (mut world, op) = saved_not_destroyed();
        world.run(secs(3));
        world.restart(secs(600));
        world.run(secs(30));
        assert_eq!(world.op(&op).state, OpState::Halted(Halt::StillWanted), "it was saved meanwhile");
        // Somebody else makes room before the word is given.
        for all in world.snapshots.values_mut() {
            match gone {
                true => all.retain(|s| s.name != "parked"),
                false => all.iter_mut().for_each(|s| s.status = StoreStatus::Deleting),
            }
        }
        world.tell(Msg::Decide(op.clone(), Decision::SendAgain));
        world.run(secs(300));
        assert!(matches!(world.op(&op).state, OpState::Ended(OpResult::Failed { .. })));
        assert!(world.told("overtaken.no_copy"));
        assert_eq!(world.effective, ["stop", "take_snapshot"]);
    }
}

#[test]
fn what_is_parked_is_remembered_with_what_it_takes_to_make_it_anew() {
    let (mut world, op) = begin(Job::Park);
    world.run(secs(300));
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
    let saved = world.snapshots.values().flatten().find(|s| s.name == "parked").unwrap().id.clone();
    let Action::Park { kept, .. } = park_of(&world, &op) else { panic!("parked") };
    assert_eq!(world.engine.parked(&world.name, &saved), Some(kept.as_ref()));
    world.restart(secs(30 * 86_400));
    assert_eq!(world.engine.parked(&world.name, &saved), Some(kept.as_ref()), "a month later");
    assert_eq!(world.engine.parked(&world.name, &"s0".into()), None);
    assert_eq!(world.engine.parked(&"other".into(), &saved), None);
}

fn park_of(world: &World, op: &OpId) -> Action {
    world.op(op).action.clone()
}

#[test]
fn what_was_confirmed_more_than_an_hour_ago_asks_before_the_next_request_and_holds_for_an_hour_again() {
    for (takes, asks) in [(3_000, false), (4_000, true)] {
        let (mut world, op) = {
            let mut world = World::singles(2).looked_at();
            world.snapshots.insert("i0".into(), vec![snapshot("s0", "daily", "i0")]);
            world.takes = secs(takes);
            world.run(secs(10));
            let (snapshot, instance) = (world.snapshot_target("s0"), world.target("i0"));
            let op = world.ask(Action::Restore { snapshot, instance, save_first: None }).unwrap();
            (world, op)
        };
        let asked = world.env.wall;
        world.run(secs(takes + 60));
        assert_eq!(world.op(&op).state == OpState::Halted(Halt::StillWanted), asks, "{takes}");
        if asks {
            assert_eq!((world.sent(), world.op(&op).asks_since), (vec!["stop"], Some(asked)));
            world.takes = secs(30);
            world.tell(Msg::Decide(op.clone(), Decision::SendAgain));
            world.run(secs(600));
            assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done), "one word is enough");
        }
    }
}

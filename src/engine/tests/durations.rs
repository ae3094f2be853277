//! How long things take is learnt from what they took, and no bar jumps back.

use std::time::Duration;

use crate::domain::{
    Action, Call, InstanceStatus, JOURNAL_VERSION, JournalLine, JournalRecord, OpId, OpState, PowerCall, PreState,
    Step, Timestamp, Why,
};
use crate::engine::tests::driver::{START, World, secs};
use crate::engine::tests::provider::{replied, snapshot};
use crate::engine::{Expected, Msg};

/// What keeps one of a history from being known.
type Spoil = fn(&mut History);

struct History {
    lines: Vec<JournalLine>,
    asked: usize,
    now: Timestamp,
    action: Action,
    steps: Vec<Step>,
}

impl History {
    /// Of stops of `i0`.
    fn of_stops(world: &World) -> Self {
        Self::of(world, Action::Stop { instance: world.target("i0") })
    }

    fn of(world: &World, action: Action) -> Self {
        let account = world.engine.accounts()[0].clone();
        let steps = account.account.policy.plan(&action, &account.inventory);
        Self { lines: Vec::new(), asked: 0, now: START - secs(1_000_000), action, steps }
    }

    fn line(&mut self, record: JournalRecord) {
        let op = OpId::new(format!("old-{}", self.asked));
        self.lines.push(JournalLine { v: JOURNAL_VERSION, at: self.now, process: "old".into(), op, record });
    }

    fn begin(&mut self, size_gb: Option<u64>) {
        self.asked += 1;
        self.now = self.now + secs(3600);
        let (action, steps) = (self.action.clone(), self.steps.clone());
        self.line(JournalRecord::Asked {
            account: action.subject().account().clone(),
            action,
            steps: steps.clone(),
            after: None,
            by: None,
        });
        let Step::Call { call, .. } = steps[0].clone() else { panic!("a call first") };
        // What it waited for before it was sent is not its time.
        self.now = self.now + secs(50);
        let pre_state = PreState { at: self.now, size_gb, ..PreState::default() };
        self.line(JournalRecord::Intent { step: 0, attempt: 1, call, pre_state });
    }

    fn answered(&mut self, status: u16) {
        self.line(JournalRecord::Answered { step: 0, attempt: 1, answer: replied(status) });
        self.line(JournalRecord::StepDone { step: 0 });
    }

    fn ended(&mut self, result: &str) {
        self.line(JournalRecord::Ended { result: result.into(), reason: None, code: None });
    }

    /// Each took so many seconds from its request to its end.
    fn took(mut self, all: &[u64]) -> Self {
        for seconds in all {
            self.one(None, *seconds);
        }
        self
    }

    fn one(&mut self, size_gb: Option<u64>, seconds: u64) {
        self.begin(size_gb);
        self.answered(200);
        self.now = self.now + secs(seconds);
        self.line(JournalRecord::StepDone { step: 1 });
        self.ended("done");
    }
}

fn world() -> World {
    let mut world = World::new(None, 2).looked_at();
    world.run(secs(10));
    world
}

fn stop(world: &World) -> Option<Expected> {
    let call = Call::Power { instance: "i1".into(), what: PowerCall::Stop };
    world.engine.expected_of(&world.name, &call)
}

fn learnt(history: impl FnOnce(&World) -> History) -> Expected {
    let mut world = world();
    let history = history(&world);
    world.tell(Msg::Journal(history.lines));
    stop(&world).unwrap()
}

fn says(expected: Expected) -> (u64, u64, u64, usize) {
    assert!(expected.learnt);
    (expected.from.as_secs(), expected.median.as_secs(), expected.to.as_secs(), expected.count)
}

#[test]
fn without_a_history_the_rules_suppose() {
    let expected = stop(&world()).unwrap();
    assert_eq!((expected.median, expected.learnt, expected.count), (secs(30), false, 0));
}

#[rstest::rstest]
#[case::one(&[100], (60, 120, 180, 1))]
#[case::few(&[62, 130, 250], (60, 120, 300, 3))]
#[case::many(&[180, 190, 200, 210, 220, 230, 240, 250, 260, 270, 280, 290], (180, 240, 300, 12))]
#[case::one_slept_through_among_many(&[60, 62, 61, 63, 9 * 3600, 60, 61, 60], (60, 60, 120, 7))]
#[case::two_far_off_among_many(&[20, 21, 22, 20, 23, 1, 3000, 21, 22, 24], (20, 20, 30, 10))]
#[case::a_provider_that_became_faster(
    &[600, 600, 600, 600, 600, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10],
    (10, 10, 15, 20)
)]
#[case::quick(&[2, 3, 2, 3, 2], (2, 2, 3, 5))]
fn it_is_said_as_median_and_quartiles(#[case] took: &[u64], #[case] said: (u64, u64, u64, usize)) {
    assert_eq!(says(learnt(|w| History::of_stops(w).took(took))), said);
}

#[test]
fn what_failed_or_was_not_followed_to_its_end_does_not_count() {
    let unknown = |spoil: Spoil| {
        learnt(|world| {
            let mut history = History::of_stops(world).took(&[40, 40, 40, 40]);
            for _ in 0..10 {
                history.begin(None);
                spoil(&mut history);
            }
            history
        })
    };
    let undisturbed = learnt(|w| History::of_stops(w).took(&[40, 40, 40, 40]));
    let spoilt: [(&str, Spoil); 6] = [
        ("the wait failed", |h| {
            h.answered(200);
            h.now = h.now + secs(5);
            h.ended("failed");
        }),
        ("it was so already", |h| {
            h.answered(404);
            h.now = h.now + secs(1);
            h.line(JournalRecord::StepDone { step: 1 });
            h.ended("done");
        }),
        ("a person settled it", |h| {
            h.line(JournalRecord::OutcomeUnknown { step: 0 });
            h.now = h.now + secs(900);
            h.line(JournalRecord::Reconciled { step: 0, took_effect: true, by: Why::Person });
            h.line(JournalRecord::StepDone { step: 0 });
            h.line(JournalRecord::StepDone { step: 1 });
        }),
        ("another took it over", |h| {
            h.answered(200);
            h.now = h.now + secs(9_000);
            h.line(JournalRecord::TakenOver {});
            h.line(JournalRecord::StepDone { step: 1 });
        }),
        ("the clock was set back", |h| {
            h.answered(200);
            h.now = h.now - secs(3600);
            h.line(JournalRecord::StepDone { step: 1 });
            h.now = h.now + secs(3600);
        }),
        ("its beginning was torn", |h| {
            h.lines.pop();
            h.now = h.now + secs(300);
            h.line(JournalRecord::StepDone { step: 0 });
            h.line(JournalRecord::StepDone { step: 1 });
        }),
    ];
    for (why, spoil) in spoilt {
        assert_eq!(unknown(spoil), undisturbed, "{why}");
    }
}

#[test]
fn saves_are_told_apart_by_size_and_stops_are_not() {
    let mut world = world();
    world.instances[0].spec.disk_gb = Some(20);
    world.instances[1].spec.disk_gb = Some(400);
    world.run(secs(20));
    let save = |world: &World, id: &str| {
        let call = Call::TakeSnapshot { instance: id.into(), name: "n".into() };
        world.engine.expected_of(&world.name, &call).unwrap()
    };
    let instance = world.target("i0");
    let action = Action::TakeSnapshot { instance, name: "n".into(), stop_first: false, start_again: false };
    let mut history = History::of(&world, action);
    for _ in 0..5 {
        history.one(Some(20), 180);
        history.one(Some(30), 190);
        history.one(Some(500), 3_000);
    }
    world.tell(Msg::Journal(history.lines));
    assert_eq!(says(save(&world, "i0")), (180, 180, 240, 10));
    assert_eq!(says(save(&world, "i1")), (3_000, 3_000, 4_500, 5));
    world.instances[1].spec.disk_gb = Some(3);
    world.run(secs(20));
    assert!(!save(&world, "i1").learnt, "nothing of that size was ever saved");
}

#[test]
fn this_run_teaches_too_and_remembers_it_in_the_next() {
    let mut world = world();
    world.takes = secs(45);
    for id in ["i0", "i1"] {
        world.stop(id);
        world.run(secs(60));
    }
    let expected = stop(&world).unwrap();
    assert_eq!((expected.learnt, expected.count), (true, 2));
    assert!((45..=50).contains(&expected.median.as_secs()), "{expected:?}");
    world.restart(secs(60));
    assert_eq!(stop(&world), Some(expected));
}

#[test]
fn what_waits_for_its_turn_is_not_learnt_as_slow() {
    let mut world = world();
    world.takes = secs(20);
    // Refused for now a few times before it took effect.
    for _ in 0..3 {
        world.answers.push_back((replied(409), false));
    }
    world.stop("i0");
    world.run(secs(120));
    assert!(stop(&world).unwrap().to <= secs(30), "{:?}", stop(&world));
}

#[test]
fn what_was_slept_through_is_not_learnt() {
    let mut world = world();
    world.takes = secs(20);
    world.stop("i0");
    world.run(secs(5));
    world.env.wall = world.env.wall + secs(9 * 3600);
    world.run(secs(60));
    assert!(!stop(&world).unwrap().learnt);
}

/// Watches a bar at many moments while `meanwhile` happens in between.
fn watched(world: &mut World, op: &OpId, mut meanwhile: impl FnMut(&mut World, u32)) -> Vec<f32> {
    let mut seen = Vec::new();
    let mut step = usize::MAX;
    let (mut last, mut last_all) = (0.0, 0.0);
    for n in 0..400 {
        world.run(Duration::from_millis(700));
        meanwhile(world, n);
        let now = world.op(op);
        if now.is_over() {
            break;
        }
        let call = now.steps[..=now.at].iter().filter(|s| !matches!(s, Step::Wait(_))).count();
        if call != step {
            (step, last) = (call, 0.0);
        }
        let all = world.engine.overall(now, &world.env).unwrap();
        assert!(all >= last_all && all < 1.0, "the whole went from {last_all} to {all}");
        last_all = all;
        if let Some(progress) = world.engine.progress(now, &world.env) {
            assert!(progress >= last && progress < 1.0, "from {last} to {progress} at {n}");
            last = progress;
            seen.push(progress);
        }
    }
    seen
}

#[test]
fn a_bar_never_jumps_back_while_what_is_expected_changes() {
    let mut world = world();
    world.takes = secs(100);
    let op = world.stop("i0");
    // Another process goes on writing: first slow ones, then quick ones.
    let short = History::of_stops(&world).took(&[20; 10]);
    let long = History::of_stops(&world).took(&[20; 10]).took(&[3_000; 30]);
    let short_again = History::of_stops(&world).took(&[20; 10]).took(&[3_000; 30]).took(&[20; 30]);
    let seen = watched(&mut world, &op, |w, n| match n {
        20 => w.tell(Msg::Journal(short.lines.clone())),
        60 => w.tell(Msg::Journal(long.lines.clone())),
        90 => w.tell(Msg::Journal(short_again.lines.clone())),
        _ => {}
    });
    assert!(seen.len() > 100 && *seen.last().unwrap() > 0.9, "{seen:?}");
}

#[test]
fn a_bar_never_jumps_back_over_all_steps_and_attempts() {
    let mut world = world();
    world.snapshots.insert("i0".into(), vec![snapshot("s0", "daily", "i0")]);
    world.run(secs(60));
    let (snapshot, instance) = (world.snapshot_target("s0"), world.target("i0"));
    let op = world.ask(Action::Restore { snapshot, instance, save_first: None }).unwrap();
    world.answers.push_back((replied(409), false));
    world.answers.push_back((replied(409), false));
    world.answers.push_back((replied(409), false));
    let seen = watched(&mut world, &op, |_, _| {});
    assert!(seen.len() > 100, "{}", seen.len());
    assert!(world.op(&op).is_over());
}

#[test]
fn the_providers_percentage_counts_where_there_is_one_and_does_not_go_back() {
    let mut world = world();
    world.snapshots.insert("i0".into(), vec![snapshot("s0", "daily", "i0")]);
    world.run(secs(60));
    world.takes = secs(600);
    let snapshot = world.snapshot_target("s0");
    let action =
        Action::RestoreAsNew { snapshot, name: "fresh".into(), plan: "p".into(), firewalls: Vec::new(), key: None };
    let op = world.ask(action).unwrap();
    world.run(secs(3));
    let seen = watched(&mut world, &op, |w, n| {
        let percent = [Some(10), Some(41), Some(40), None, Some(60), Some(100)][(n as usize / 30).min(5)];
        w.show(&"new-2".into(), InstanceStatus::Importing(percent));
    });
    assert!(seen.iter().any(|p| (p - 0.41).abs() < 0.001), "{seen:?}");
}

#[test]
fn a_stop_that_hangs_is_said_once_and_nothing_is_done_by_itself() {
    let mut world = world();
    let history = History::of_stops(&world).took(&[20, 21, 22, 23, 24]);
    world.tell(Msg::Journal(history.lines));
    world.takes = secs(3_000);
    let op = world.stop("i0");
    world.run(secs(20));
    assert!(!world.engine.is_overdue(world.op(&op), &world.env) && !world.told("op.stop_hangs"));
    world.run(secs(900));
    let said = world.notices.iter().filter(|n| n.what.text.name() == "op.stop_hangs").count();
    assert_eq!(said, 1);
    assert!(world.engine.is_overdue(world.op(&op), &world.env));
    assert!(world.engine.offers_force_stop(world.op(&op), &world.env));
    assert_eq!(world.sent(), ["stop"]);
    let instance = world.target("i0");
    let instance = crate::domain::Target { status: crate::domain::StatusKind::Stopping, ..instance };
    world.takes = secs(5);
    world.ask(Action::ForceStop { instance }).unwrap();
    assert!(!world.engine.offers_force_stop(world.op(&op), &world.env), "it is done already");
}

#[test]
fn what_is_only_supposed_has_three_times_as_long_before_it_hangs() {
    let mut world = world();
    world.takes = secs(3_000);
    let op = world.stop("i0");
    world.run(secs(85));
    assert!(!world.engine.is_overdue(world.op(&op), &world.env) && !world.told("op.stop_hangs"));
    world.run(secs(10));
    assert!(world.engine.is_overdue(world.op(&op), &world.env) && world.told("op.stop_hangs"));
}

#[test]
fn only_a_stop_offers_to_cut_the_power() {
    let mut world = world();
    world.show(&"i0".into(), InstanceStatus::Stopped);
    world.run(secs(10));
    world.takes = secs(3_000);
    let instance = world.target("i0");
    let op = world.ask(Action::Start { instance }).unwrap();
    world.run(secs(600));
    assert!(world.engine.is_overdue(world.op(&op), &world.env));
    assert!(!world.engine.offers_force_stop(world.op(&op), &world.env) && !world.told("op.stop_hangs"));
}

#[test]
fn a_done_restore_says_that_running_is_only_what_the_provider_says() {
    let mut world = world();
    world.snapshots.insert("i0".into(), vec![snapshot("s0", "daily", "i0")]);
    world.run(secs(60));
    let (snapshot, instance) = (world.snapshot_target("s0"), world.target("i0"));
    let op = world.ask(Action::Restore { snapshot, instance, save_first: None }).unwrap();
    world.run(secs(10));
    for _ in 0..100 {
        // The restore shows nothing at this provider; the machine stays off.
        world.run(secs(3));
    }
    assert!(matches!(world.op(&op).state, OpState::Ended(_)));
    assert!(world.told("op.done_restore") && !world.told("op.done"));
}

#[test]
fn the_bar_of_what_another_process_carries_on_does_not_jump_back_either() {
    let mut first = World::singles(2);
    first.look(&[(crate::domain::ListKey::Instances, crate::engine::Priority::Focus)]);
    first.run(secs(10));
    first.takes = secs(60);
    let op = first.stop("i0");
    first.run(secs(5));
    let mut second = World::singles(2);
    second.run(secs(15));
    let theirs = |world: &World| -> Vec<JournalLine> {
        world.journal.iter().cloned().map(|l| JournalLine { process: "elsewhere".into(), ..l }).collect()
    };
    second.tell(Msg::Journal(theirs(&first)));
    let mut last = 0.0;
    for n in 0..30 {
        if n == 15 {
            // Something slow ended meanwhile.
            let slow = History::of_stops(&second).took(&[3_000; 30]).lines;
            second.tell(Msg::Journal([slow, theirs(&first)].concat()));
        }
        second.run(secs(2));
        let progress = second.engine.progress(second.op(&op), &second.env).unwrap();
        assert!(progress >= last && progress > 0.0, "from {last} to {progress}");
        last = progress;
    }
}

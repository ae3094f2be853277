//! Six requests a minute: a person's action goes first, what an operation watches stays in sight, and nothing is ever
//! refused for too much traffic.

use std::time::Duration;

use crate::domain::{Action, InstanceStatus, ListKey, OpResult, OpState, ResourceId, StoreStatus};
use crate::engine::tests::driver::{World, secs, snapshots_of};
use crate::engine::tests::provider::snapshot;
use crate::engine::tests::rules::SIX;
use crate::engine::{Msg, Priority};

fn p95(mut all: Vec<Duration>) -> Duration {
    all.sort_unstable();
    all[(all.len() * 95).div_ceil(100) - 1]
}

/// Numbers without order, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

#[rstest::rstest]
fn an_hour_of_looking_and_acting_is_never_refused(#[values(false, true)] headers: bool) {
    let mut world = World::new(Some(SIX), 30).looked_at();
    world.headers = headers;
    let mut dice = Dice(7);
    let end = world.env.tick + secs(3_600);
    while world.env.tick < end {
        world.run(Duration::from_millis(dice.below(40_000)));
        let id = ResourceId::new(format!("i{}", dice.below(30)));
        let instance = world.target(id.as_str());
        match instance.status {
            crate::domain::StatusKind::Running => _ = world.ask(Action::Stop { instance }),
            crate::domain::StatusKind::Stopped => _ = world.ask(Action::Start { instance }),
            _ => {}
        }
    }
    assert_eq!(world.too_many, 0);
    assert!(world.changes.len() > 30, "{}", world.changes.len());
}

#[rstest::rstest]
fn a_confirmed_action_leaves_within_three_seconds_while_polls_go_on(#[values(false, true)] headers: bool) {
    let mut dice = Dice(3);
    let mut waited = Vec::new();
    for _ in 0..200 {
        let mut world = World::new(Some(SIX), 12).looked_at();
        world.headers = headers;
        world.run(secs(70) + Duration::from_millis(dice.below(240_000)));
        let asked = world.env.tick;
        world.stop("i3");
        world.run(secs(60));
        let (sent, _) = world.changes.first().expect("it leaves within a minute at the latest");
        waited.push(sent.since(asked));
        assert_eq!(world.too_many, 0);
    }
    let p95 = p95(waited);
    assert!(p95 <= secs(3), "{p95:?}");
}

#[test]
fn what_is_kept_back_is_there_at_any_moment() {
    let mut world = World::new(Some(SIX), 12).looked_at();
    world.run(secs(10));
    for _ in 0..3_000 {
        world.run(Duration::from_millis(100));
        let left = world.engine.meter(&world.name, &world.env).unwrap().left;
        assert!(left >= 2, "{left} left");
    }
}

/// The list is known from when it was looked at; now another is.
#[rstest::rstest]
#[case(None, 6)]
#[case(Some(SIX), 45)]
fn what_is_under_way_is_seen_to_end_wherever_somebody_looks(
    #[case] limit: Option<crate::domain::Limit>,
    #[case] most: u64,
) {
    let mut world = World::new(limit, 12);
    let mut saving = snapshot("s3", "weekly", "i3");
    saving.status = StoreStatus::Creating;
    world.snapshots.insert("i3".into(), vec![saving]);
    world.look(&[(ListKey::Instances, Priority::Focus), (snapshots_of("i3"), Priority::Focus)]);
    world.run(secs(30));
    let mut world = world.looked_at();
    let reads = |world: &World, from: usize| -> Vec<_> {
        world.reads[from..].iter().filter(|(_, l)| *l == snapshots_of("i3")).map(|(at, _)| *at).collect()
    };
    let from = world.reads.len();
    world.run(secs(600));
    let at = reads(&world, from);
    assert!(at.windows(2).all(|w| w[1].since(w[0]) <= secs(most)), "{at:?}");
    assert!(at.len() as u64 >= 600 / most - 1, "{}", at.len());
    world.snapshots.insert("i3".into(), vec![snapshot("s3", "weekly", "i3")]);
    world.run(secs(60));
    let from = world.reads.len();
    world.run(secs(300));
    assert!(reads(&world, from).len() <= 1, "it is at rest: only in its turn");
    world.look(&[]);
    assert_eq!(world.too_many, 0);
}

fn all_in_turn(world: &mut World, instances: usize) {
    let mut interests = vec![(ListKey::Instances, Priority::Beside)];
    interests.extend((0..instances).map(|n| (snapshots_of(&format!("i{n}")), Priority::Turn)));
    world.look(&interests);
}

#[test]
fn many_lists_that_are_read_in_turn_leave_the_instances_their_share() {
    let mut world = World::new(Some(SIX), 30);
    all_in_turn(&mut world, 30);
    world.run(secs(1_800));
    let widest = |list: &ListKey| {
        let at: Vec<_> = world.reads.iter().filter(|(_, l)| l == list).map(|(at, _)| *at).collect();
        at.windows(2).map(|w| w[1].since(w[0])).max().unwrap_or(Duration::MAX)
    };
    assert!(widest(&ListKey::Instances) <= secs(200), "{:?}", widest(&ListKey::Instances));
    for n in 0..30 {
        assert!(widest(&snapshots_of(&format!("i{n}"))) <= secs(900), "i{n}");
    }
    assert_eq!(world.too_many, 0);
}

#[test]
fn a_refresh_of_many_lists_leaves_room_for_an_action() {
    let mut world = World::new(Some(SIX), 30);
    all_in_turn(&mut world, 30);
    world.run(secs(300));
    world.tell(Msg::Refresh(world.name.clone()));
    world.run(secs(2));
    let asked = world.env.tick;
    world.stop("i3");
    world.run(secs(60));
    assert!(world.changes[0].0.since(asked) <= secs(3), "{:?}", world.changes[0].0.since(asked));
    assert_eq!(world.too_many, 0);
}

/// How long a change on the list that one operation watches stays unseen, at moments without order.
fn unseen(headers: bool, watched: &ListKey, begin: impl Fn(&mut World)) -> Vec<Duration> {
    let mut dice = Dice(5);
    let mut world = World::new(Some(SIX), 12).looked_at();
    world.headers = headers;
    world.takes = secs(100_000);
    world.snapshots.insert("i0".into(), vec![snapshot("s0", "old", "i0")]);
    world.run(secs(300));
    begin(&mut world);
    world.run(secs(120));
    let from = world.env.tick;
    world.run(secs(3_600));
    assert_eq!(world.too_many, 0);
    let reads: Vec<_> = world.reads.iter().filter(|(_, l)| l == watched).map(|(at, _)| *at).collect();
    (0..2_000)
        .filter_map(|_| {
            let changed = from + Duration::from_millis(dice.below(3_500_000));
            Some(reads.iter().find(|at| **at >= changed)?.since(changed))
        })
        .collect()
}

#[rstest::rstest]
fn a_change_of_the_watched_list_is_seen_in_a_fifth_of_a_minute(#[values(false, true)] headers: bool) {
    let seen = p95(unseen(headers, &ListKey::Instances, |w| _ = w.stop("i3")));
    assert!(seen <= secs(12), "instances: {seen:?}");
    let seen = p95(unseen(headers, &snapshots_of("i3"), |w| {
        let instance = w.target("i3");
        w.ask(Action::TakeSnapshot { instance, name: "new".into(), stop_first: false, start_again: false }).unwrap();
    }));
    assert!(seen <= secs(12), "snapshots: {seen:?}");
}

#[rstest::rstest]
fn two_watched_lists_take_twice_as_long(#[values(false, true)] headers: bool) {
    let take = |w: &mut World, id: &str| {
        let instance = w.target(id);
        w.ask(Action::TakeSnapshot { instance, name: "new".into(), stop_first: false, start_again: false }).unwrap();
    };
    let seen = p95(unseen(headers, &snapshots_of("i3"), |w| {
        take(w, "i3");
        w.run(secs(30));
        take(w, "i4");
    }));
    assert!(seen <= secs(24), "{seen:?}");
}

#[test]
fn the_picture_does_not_go_blind_beside_a_watched_list() {
    let mut world = World::new(Some(SIX), 12).looked_at();
    world.takes = secs(100_000);
    world.run(secs(120));
    let instance = world.target("i3");
    world.ask(Action::TakeSnapshot { instance, name: "new".into(), stop_first: false, start_again: false }).unwrap();
    world.run(secs(120));
    let from = world.reads.len();
    world.run(secs(3_600));
    let instances = world.reads[from..].iter().filter(|(_, l)| *l == ListKey::Instances).count();
    assert!(instances >= 10, "{instances} in an hour");
    // What is looked at for the first time does not wait for its turn.
    world.look(&[
        (ListKey::Instances, crate::engine::Priority::Beside),
        (snapshots_of("i7"), crate::engine::Priority::Focus),
    ]);
    world.run(secs(30));
    assert!(world.reads.iter().any(|(_, l)| *l == snapshots_of("i7")));
}

#[test]
fn twenty_marked_machines_do_not_blind_the_watched_list_and_all_get_their_turn() {
    let mut world = World::new(Some(SIX), 20).looked_at();
    world.takes = secs(45);
    world.run(secs(120));
    let actions = (0..20).map(|i| Action::Stop { instance: world.target(&format!("i{i}")) }).collect();
    let from = world.env.tick;
    world.tell(Msg::Ask(actions));
    world.run(secs(15 * 60));
    assert_eq!(world.sent(), vec!["stop"; 20]);
    assert!(world.changes[0].0.since(from) <= secs(3));
    let last = world.changes[19].0;
    let reads: Vec<_> = world
        .reads
        .iter()
        .filter(|(at, l)| *l == ListKey::Instances && *at >= from && *at <= last)
        .map(|(at, _)| *at)
        .collect();
    let longest = reads.windows(2).map(|w| w[1].since(w[0])).max().unwrap();
    assert!(longest <= secs(40), "{longest:?}");
    assert!(last.since(from) <= secs(11 * 60), "all sent after {:?}", last.since(from));
    world.run(secs(120));
    assert!(world.engine.operations().iter().all(|o| o.state == OpState::Ended(OpResult::Done)));
    assert_eq!(world.too_many, 0);
}

#[test]
fn a_person_acts_although_twenty_others_wait() {
    let mut world = World::new(Some(SIX), 22).looked_at();
    world.takes = secs(45);
    world.run(secs(120));
    let actions = (0..20).map(|i| Action::Stop { instance: world.target(&format!("i{i}")) }).collect();
    world.tell(Msg::Ask(actions));
    world.run(secs(123));
    let asked = world.env.tick;
    let op = world.stop("i21");
    world.run(secs(60));
    let (sent, _) = world.changes.iter().find(|(_, c)| c.op == op).expect("within a minute");
    assert!(sent.since(asked) <= secs(30), "{:?}", sent.since(asked));
}

#[test]
fn an_exhausted_budget_does_not_starve_a_persons_action_of_its_change() {
    for spare in 0..12 {
        let mut world = World::new(Some(SIX), 3).looked_at();
        world.run(secs(90 + spare * 5));
        // Somebody leans on the key.
        for _ in 0..6 {
            world.tell(Msg::Refresh(world.name.clone()));
            world.run(secs(2));
        }
        world.show(&"i1".into(), InstanceStatus::Running);
        world.stop("i1");
        world.run(secs(75));
        assert_eq!(world.sent(), ["stop"]);
        assert_eq!(world.too_many, 0);
    }
}

#[test]
fn marked_machines_get_their_turn_under_small_allowances_too() {
    for per_minute in 2..6 {
        let limit = crate::domain::Limit { per_minute, spacing_ms: 500 };
        let mut world = World::new(Some(limit), 4).looked_at();
        world.takes = secs(100_000);
        world.run(secs(120));
        let actions = (0..4).map(|i| Action::Stop { instance: world.target(&format!("i{i}")) }).collect();
        world.tell(Msg::Ask(actions));
        world.run(secs(20 * 60));
        assert_eq!(world.sent(), vec!["stop"; 4], "{per_minute} a minute");
        assert_eq!(world.too_many, 0);
    }
}

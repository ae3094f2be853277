//! What is read when, where no limit is known, and in which order at the start.

use std::time::Duration;

use crate::domain::{Fault, ListKey};
use crate::engine::tests::driver::{World, secs, snapshots_of};
use crate::engine::{Msg, Priority};

fn gaps(world: &World, list: &ListKey, from: usize) -> Vec<Duration> {
    let at: Vec<_> = world.reads[from..].iter().filter(|(_, l)| l == list).map(|(at, _)| *at).collect();
    at.windows(2).map(|w| w[1].since(w[0])).collect()
}

#[test]
fn at_the_start_the_login_then_instances_then_the_snapshots_of_the_selection() {
    for limit in [None, Some(crate::engine::tests::rules::SIX)] {
        let mut world = World::new(limit, 5);
        world.look(&[
            (ListKey::Firewalls, Priority::Beside),
            (snapshots_of("i3"), Priority::Beside),
            (ListKey::Instances, Priority::Focus),
        ]);
        assert_eq!(world.logins.len(), 1);
        assert!(world.reads.is_empty(), "nothing before the login");
        world.run(secs(10));
        let order: Vec<_> = world.reads.iter().take(2).map(|(_, l)| l.clone()).collect();
        assert_eq!(order, [ListKey::Instances, snapshots_of("i3")]);
        assert_eq!(world.logins.len(), 1);
    }
}

#[test]
fn without_a_limit_what_is_looked_at_is_five_seconds_old_and_what_is_watched_two() {
    let mut world = World::new(None, 2).looked_at();
    world.takes = secs(300);
    world.latency = Duration::from_millis(100);
    world.run(secs(60));
    for gap in gaps(&world, &ListKey::Instances, 2) {
        assert_eq!(gap, secs(5));
    }
    world.stop("i0");
    world.run(secs(20));
    let from = world.reads.len();
    world.run(secs(60));
    for gap in gaps(&world, &ListKey::Instances, from) {
        assert_eq!(gap, secs(2));
    }
}

#[test]
fn never_more_than_a_twentieth_of_the_time_fetches_one_list() {
    let mut world = World::new(None, 2);
    world.look(&[(ListKey::Instances, Priority::Focus), (snapshots_of("i0"), Priority::Focus)]);
    world.latency = secs(1);
    world.run(secs(300));
    for gap in gaps(&world, &ListKey::Instances, 4) {
        assert!(gap >= secs(20), "{gap:?}");
    }
}

#[test]
fn a_fast_list_does_not_make_a_slow_one_be_read_more_often() {
    let mut world = World::new(None, 1);
    let account = world.name.clone();
    let budget = || crate::domain::Budget::new(None);
    let read = |world: &mut World, list: ListKey, took: Duration| {
        let started_at = world.env.tick;
        world.pass(took);
        let result = world.shown(&list);
        let msg = Msg::Read { account: account.clone(), list, started_at, result, budget: budget() };
        let env = world.env;
        crate::engine::update(&mut world.engine, msg, &env);
    };
    read(&mut world, ListKey::Instances, secs(2));
    read(&mut world, snapshots_of("i0"), Duration::from_millis(10));
    world.look(&[(ListKey::Instances, Priority::Focus)]);
    world.run(secs(35));
    assert!(world.reads.is_empty(), "{:?}", world.reads);
    world.run(secs(5));
    assert_eq!(world.reads.len(), 1);
}

#[test]
fn too_much_traffic_doubles_the_pace_for_ten_minutes() {
    let mut world = World::new(None, 1);
    world.latency = Duration::from_millis(100);
    world.look(&[(ListKey::Instances, Priority::Focus)]);
    world.run(secs(30));
    let mut refused = crate::domain::Budget::new(None);
    refused.refused(world.env.wall, None);
    let msg = Msg::Read {
        account: world.name.clone(),
        list: ListKey::Keys,
        started_at: world.env.tick,
        result: Err(Fault::Quota { until: None }),
        budget: refused,
    };
    world.tell(msg);
    world.run(secs(30));
    let from = world.reads.len();
    world.run(secs(300));
    for gap in gaps(&world, &ListKey::Instances, from) {
        assert_eq!(gap, secs(10));
    }
    world.run(secs(300));
    let from = world.reads.len();
    world.run(secs(60));
    for gap in gaps(&world, &ListKey::Instances, from) {
        assert_eq!(gap, secs(5));
    }
}

#[test]
fn a_catalogue_is_good_for_a_day() {
    let mut world = World::new(None, 1);
    world.look(&[(ListKey::Images, Priority::Focus)]);
    world.run(secs(12 * 3_600));
    assert_eq!(world.reads.len(), 1);
    world.run(secs(13 * 3_600));
    assert_eq!(world.reads.len(), 2);
}

#[test]
fn a_refresh_reads_everything_that_is_looked_at_at_once_and_only_once() {
    let mut world = World::new(None, 1).looked_at();
    world.run(secs(61));
    let from = world.reads.len();
    world.tell(Msg::Refresh(world.name.clone()));
    world.run(Duration::from_millis(700));
    let mut read: Vec<_> = world.reads[from..].iter().map(|(_, l)| l.clone()).collect();
    read.sort();
    assert_eq!(read, [ListKey::Instances, snapshots_of("i0")]);
}

#[test]
fn the_engine_is_woken_no_more_often_than_something_happens() {
    for limit in [None, Some(crate::engine::tests::rules::SIX)] {
        let mut world = World::new(limit, 50).looked_at();
        world.run(secs(120));
        let (updates, reads) = (world.updates, world.reads.len());
        world.run(secs(600));
        let (updates, reads) = (world.updates - updates, world.reads.len() - reads);
        assert!(updates <= reads * 3 + 20, "{updates} updates for {reads} reads");
    }
}

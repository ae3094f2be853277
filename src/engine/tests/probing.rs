//! Waits for an answer, and watchdogs.

use std::time::Duration;

use rstest::rstest;

use crate::domain::{
    Action, Address, InstanceStatus, JournalRecord, OpResult, OpState, Order, OrderSource, Probe, ResourceRef, Safety,
    Target, Then, Watchdog,
};
use crate::engine::tests::driver::{World, secs};
use crate::engine::{Msg, OfferAnswer, refusal};

const HOUR: Duration = Duration::from_secs(3600);

fn order(world: &World, port: u16) -> Action {
    let source = OrderSource::Image("img".into());
    let order =
        Order { source, ..Order::from_snapshot("new", crate::domain::Ref::OutputSnapshot, &"p".into(), &[], None) };
    Action::CreateInstance {
        new: Target::new(&world.name, crate::domain::Kind::Instance, "new"),
        order: Box::new(order),
        add_key: None,
        start: false,
        firewalls: Vec::new(),
        answers: Some(port),
    }
}

/// A world in which the new machine runs and its port does not answer yet; its operation.
fn listening() -> (World, crate::domain::OpId) {
    let mut world = World::new(None, 1).looked_at();
    world.run(secs(10));
    let action = order(&world, 22);
    let op = world.ask(action).unwrap();
    world.silent.insert("new-1".into());
    world.run(secs(2));
    world.address("new-1");
    world.run(secs(40));
    assert!(world.op(&op).only_listens(), "{:?}", world.op(&op).state);
    (world, op)
}

#[test]
fn a_wait_for_a_port_tries_every_five_seconds_and_ends_with_the_first_success() {
    let (mut world, op) = listening();
    let before = world.probed.len();
    world.run(secs(60));
    assert!((11..=13).contains(&(world.probed.len() - before)), "{}", world.probed.len() - before);
    assert!(world.op(&op).only_listens(), "it never fails by itself");
    world.silent.clear();
    world.run(secs(10));
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
    let after = world.probed.len();
    world.run(secs(60));
    assert_eq!(world.probed.len(), after, "nobody wants to know any more");
}

#[test]
fn what_only_waits_for_an_answer_holds_nothing_up_and_can_be_left() {
    let (mut world, op) = listening();
    let instance = world.target("new-1");
    assert_eq!(refusal(&world.engine, &Action::Stop { instance }), None);
    world.tell(Msg::TakeBack(op.clone()));
    let state = &world.op(&op).state;
    assert!(
        matches!(state, OpState::Ended(OpResult::Cancelled { why }) if why.text.name() == "cancelled.NOT_AWAITED"),
        "{state:?}"
    );
}

#[test]
fn a_wait_for_an_answer_is_found_again_and_ends_where_the_machine_is_gone() {
    let (mut world, op) = listening();
    world.restart(secs(5));
    world.run(secs(20));
    assert!(world.op(&op).only_listens());
    world.instances.retain(|i| i.id.as_str() != "new-1");
    world.run(secs(30));
    assert!(matches!(world.op(&op).state, OpState::Ended(OpResult::Failed { .. })));
}

pub(super) fn dog(then: Then) -> Watchdog {
    Watchdog { instance: "lab/web-*".to_owned(), probe: Probe::Tcp(22), every: secs(10), failures: 3, then }
}

fn of(world: &World, id: &str) -> ResourceRef {
    world.target(id).resource
}

/// So many machines that run and are watched over for a while.
fn watched(count: usize, then: Then) -> World {
    guarded(World::new(None, count), count, then)
}

fn guarded(world: World, count: usize, then: Then) -> World {
    let mut world = world.looked_at();
    for n in 0..count {
        world.address(&format!("i{n}"));
    }
    world.guard(vec![dog(then)]);
    world.tell(Msg::Journal(Vec::new()));
    world.run(secs(60));
    world
}

fn reboots(world: &World) -> usize {
    let asked = |record: &JournalRecord| matches!(record, JournalRecord::Asked { action: Action::Reboot { .. }, .. });
    world.journal.iter().filter(|line| asked(&line.record)).count()
}

#[test]
fn one_that_stays_silent_is_rebooted_once_an_hour_and_the_journal_says_who_asked() {
    let mut world = watched(2, Then::Reboot);
    assert_eq!(reboots(&world), 0);
    world.silent.insert("i0".into());
    world.run(secs(15));
    assert_eq!(reboots(&world), 0, "three in a row");
    world.run(secs(60));
    assert_eq!(reboots(&world), 1);
    assert!(world.has_record(|r| matches!(r, JournalRecord::Asked { by: Some(by), .. } if by == "watchdog")));
    assert!(world.told("watchdog.reboots"));
    world.run(secs(3000));
    assert_eq!(reboots(&world), 1);
    assert!(world.told("watchdog.not_again"));
    world.run(secs(700));
    assert_eq!(reboots(&world), 2, "an hour later again");
    assert_eq!(world.sent(), ["reboot", "reboot"]);
}

#[test]
fn a_restart_remembers_when_it_was_rebooted() {
    let mut world = watched(1, Then::Reboot);
    world.silent.insert("i0".into());
    world.run(secs(120));
    assert_eq!(reboots(&world), 1);
    world.restart(secs(60));
    world.run(secs(1800));
    assert_eq!(reboots(&world), 1);
    world.run(HOUR);
    assert_eq!(reboots(&world), 2);
}

#[test]
fn failures_count_only_in_a_row() {
    let mut world = watched(1, Then::Reboot);
    for _ in 0..10 {
        world.silent.insert("i0".into());
        world.run(secs(20));
        world.silent.clear();
        world.run(secs(10));
    }
    assert_eq!(reboots(&world), 0);
    assert_eq!(world.engine.guarded(&of(&world, "i0")).unwrap().failures, 0);
}

#[test]
fn where_nothing_at_all_answers_it_says_so_once_and_does_nothing() {
    let mut world = watched(3, Then::Reboot);
    world.silent.extend(["i0".into(), "i1".into(), "i2".into()]);
    world.run(secs(600));
    assert_eq!(reboots(&world), 0);
    let told = world.notices.iter().filter(|n| n.what.text.name() == "watchdog.all_silent").count();
    assert_eq!(told, 1);
    // The network is back, and one of them really is silent.
    world.silent.remove(&"i1".into());
    world.silent.remove(&"i2".into());
    world.run(secs(60));
    assert_eq!(reboots(&world), 1);
}

#[test]
fn an_offer_is_made_once_and_a_person_takes_it_up_or_not() {
    let mut world = watched(2, Then::Offer);
    world.silent.insert("i0".into());
    world.run(secs(60));
    let i0 = of(&world, "i0");
    assert_eq!(world.engine.offers().map(|(of, _)| of.clone()).collect::<Vec<_>>(), std::slice::from_ref(&i0));
    assert_eq!(world.engine.silent().count(), 1);
    world.tell(Msg::Offered(i0.clone(), OfferAnswer::NotNow));
    assert_eq!(world.engine.offers().count(), 0);
    world.run(secs(1800));
    assert_eq!(world.engine.offers().count(), 0, "not within the hour");
    world.run(secs(2000));
    assert_eq!(world.engine.offers().count(), 1);
    world.tell(Msg::Offered(i0.clone(), OfferAnswer::Reboot));
    world.run(secs(30));
    assert!(world.has_record(|r| matches!(r, JournalRecord::Asked { by: Some(by), .. } if by == "offer")));
    assert_eq!(world.sent(), ["reboot"]);
    world.run(HOUR);
    world.run(secs(120));
    assert_eq!(world.engine.offers().count(), 1);
    world.tell(Msg::Offered(i0, OfferAnswer::NotAgain));
    world.run(HOUR * 3);
    assert_eq!(world.engine.offers().count(), 0);
}

#[test]
fn an_offer_is_over_when_the_machine_answers_again() {
    let mut world = watched(1, Then::Offer);
    world.silent.insert("i0".into());
    world.run(secs(60));
    world.silent.clear();
    world.run(secs(15));
    assert_eq!(world.engine.offers().count(), 0);
    assert!(world.told("watchdog.answers_again"));
    let i0 = of(&world, "i0");
    world.tell(Msg::Offered(i0, OfferAnswer::Reboot));
    assert_eq!(reboots(&world), 0);
}

#[test]
fn what_an_operation_is_busy_with_is_left_alone() {
    let mut world = watched(1, Then::Reboot);
    world.takes = secs(600);
    let instance = world.target("i0");
    world.ask(Action::TakeSnapshot { instance, name: "s".into(), stop_first: false, start_again: false }).unwrap();
    world.silent.insert("i0".into());
    let before = world.probed.len();
    world.run(secs(500));
    assert_eq!((reboots(&world), world.probed.len()), (0, before));
    assert!(world.engine.guarded(&of(&world, "i0")).unwrap().rests.is_some());
    world.run(secs(300));
    assert_eq!(reboots(&world), 1, "afterwards it is watched over again");
}

#[test]
fn what_a_person_stopped_is_left_alone_until_a_person_starts_it() {
    let mut world = watched(1, Then::Reboot);
    world.stop("i0");
    world.silent.insert("i0".into());
    world.run(secs(300));
    // Somebody starts it elsewhere.
    world.show(&"i0".into(), InstanceStatus::Running);
    world.run(secs(300));
    world.restart(secs(5));
    world.run(secs(300));
    assert_eq!(reboots(&world), 0);
    world.show(&"i0".into(), InstanceStatus::Stopped);
    world.run(secs(30));
    let instance = world.target("i0");
    world.ask(Action::Start { instance }).unwrap();
    world.run(secs(300));
    assert_eq!(reboots(&world), 1);
}

#[rstest]
#[case(true, Safety::default())]
#[case(false, Safety { protect: vec!["web-*".to_owned()], ..Safety::default() })]
fn what_must_not_be_changed_is_only_told_of(#[case] read_only: bool, #[case] safety: Safety) {
    for then in [Then::Reboot, Then::Offer] {
        let mut world = guarded(World::with(None, 1, safety.clone(), read_only), 1, then);
        world.silent.insert("i0".into());
        world.run(secs(120));
        assert_eq!((reboots(&world), world.engine.offers().count()), (0, 0));
        assert!(world.told("watchdog.silent"));
    }
}

#[test]
fn nothing_is_done_before_the_journal_was_read() {
    let mut world = World::new(None, 1).looked_at();
    world.address("i0");
    world.guard(vec![dog(Then::Reboot)]);
    world.silent.insert("i0".into());
    world.run(secs(300));
    assert_eq!(reboots(&world), 0);
    world.tell(Msg::Journal(Vec::new()));
    world.run(secs(30));
    assert_eq!(reboots(&world), 1);
}

#[test]
fn of_several_entries_the_last_counts_and_what_is_covered_by_none_is_left_alone() {
    let mut world = World::new(None, 2).looked_at();
    world.address("i0");
    world.address("i1");
    let other = Watchdog { instance: "*/web-0".to_owned(), probe: Probe::Tcp(443), ..dog(Then::Offer) };
    world.guard(vec![Watchdog { instance: "lab/web-0".to_owned(), ..dog(Then::Reboot) }, other]);
    world.run(secs(60));
    assert_eq!(world.engine.guarded(&of(&world, "i0")).unwrap().watchdog.probe, Probe::Tcp(443));
    assert_eq!(world.engine.guarded(&of(&world, "i1")), None);
    assert!(world.probed.iter().all(|(_, of, probe)| of.id.as_str() == "i0" && *probe == Probe::Tcp(443)));
}

impl World {
    pub(super) fn address(&mut self, id: &str) {
        for i in self.instances.iter_mut().filter(|i| i.id.as_str() == id) {
            i.addresses = vec![Address { text: "203.0.113.7".to_owned(), network: None }];
        }
    }

    /// What is watched over, also after a restart.
    pub(super) fn guard(&mut self, watchdogs: Vec<Watchdog>) {
        self.watchdogs.clone_from(&watchdogs);
        self.tell(Msg::Watchdogs(watchdogs));
    }
}

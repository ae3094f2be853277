//! Any sequence of messages: the driver's own assertions hold (no change without its confirmation, no attempt sent
//! twice, one fetch in flight per list, what ended stays ended), and nothing panics.

use std::time::Duration;

use proptest::prelude::*;

use crate::domain::{
    Action, Answer, Budget, Fault, InstanceStatus, Kind, ListKey, Monotonic, OpId, Reboot, ResourceId, ResourceRef,
    Target, Then, Timestamp, Watchdog,
};
use crate::engine::tests::driver::{World, secs, snapshots_of};
use crate::engine::tests::probing::dog;
use crate::engine::tests::provider::{lost, replied, snapshot};
use crate::engine::tests::rules::SIX;
use crate::engine::{Decision, Msg, OfferAnswer, Priority};

#[derive(Debug, Clone)]
enum Event {
    Pass(u64),
    Sleep(u64),
    ClockBack(u64),
    Ask(Vec<(usize, u8)>, bool),
    Watch(usize, bool),
    Silent(usize, bool),
    Offered(usize, u8),
    TakeBack(usize),
    Decide(usize, u8),
    Refresh,
    Leave,
    Interest(Vec<(usize, bool)>),
    NextAnswer(u8, bool),
    NextFault(u8),
    Become(usize, u8),
    Rename(usize),
    Vanish(usize),
    StrayRead(u8, i64, bool),
    StrayAnswer(usize, usize, u32, u8),
    Configure,
    Latency(u64),
    Restart(u64),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        8 => (1..40_000_u64).prop_map(Event::Pass),
        1 => (61..100_000_u64).prop_map(Event::Sleep),
        1 => (1..100_000_u64).prop_map(Event::ClockBack),
        4 => (prop::collection::vec((0..4_usize, any::<u8>()), 1..4), any::<bool>())
            .prop_map(|(all, together)| Event::Ask(all, together)),
        1 => (0..4_usize, any::<bool>()).prop_map(|(i, on)| Event::Watch(i, on)),
        3 => (0..4_usize, any::<bool>()).prop_map(|(i, on)| Event::Silent(i, on)),
        1 => (0..4_usize, 0..3_u8).prop_map(|(i, a)| Event::Offered(i, a)),
        2 => (0..8_usize).prop_map(Event::TakeBack),
        2 => (0..8_usize, 0..3_u8).prop_map(|(o, d)| Event::Decide(o, d)),
        1 => Just(Event::Refresh),
        1 => Just(Event::Leave),
        2 => prop::collection::vec((0..6_usize, any::<bool>()), 0..4).prop_map(Event::Interest),
        4 => (any::<u8>(), any::<bool>()).prop_map(|(a, e)| Event::NextAnswer(a, e)),
        3 => any::<u8>().prop_map(Event::NextFault),
        2 => (0..4_usize, any::<u8>()).prop_map(|(i, s)| Event::Become(i, s)),
        1 => (0..4_usize).prop_map(Event::Rename),
        1 => (0..4_usize).prop_map(Event::Vanish),
        2 => (0..6_u8, -50_000..1_i64, any::<bool>()).prop_map(|(l, b, ok)| Event::StrayRead(l, b, ok)),
        2 => (0..8_usize, 0..6_usize, 0..4_u32, any::<u8>()).prop_map(|(o, s, a, r)| Event::StrayAnswer(o, s, a, r)),
        1 => Just(Event::Configure),
        1 => (0..30_000_u64).prop_map(Event::Latency),
        1 => (0..40_000_u64).prop_map(Event::Restart),
    ]
}

fn answer(n: u8, now: Timestamp) -> Answer {
    match n % 10 {
        0 => replied(200),
        1 => replied(400),
        2 => replied(404),
        3 => replied(409),
        4 => replied(500),
        5 => lost(),
        6 => Answer::NotConnected { said: "".into() },
        7 => Answer::OverBudget { until: Timestamp(now.0 + i64::from(n) * 300 - 20_000) },
        8 => Answer::NotJournalled { said: "".into() },
        _ => Answer::NotAuthorised { said: "".into() },
    }
}

fn fault(n: u8, now: Timestamp) -> Fault {
    match n % 7 {
        0 => Fault::TimedOut { host: "h".into() },
        1 => Fault::OverBudget { until: Timestamp(now.0 + i64::from(n) * 300 - 20_000) },
        2 => Fault::WrongCredentials { said: None },
        3 => Fault::Unauthorised { service: "s".into() },
        4 => Fault::Refused { status: 404, code: None, said: "".into(), request_id: None },
        5 => Fault::NotOffered { said: "".into() },
        _ => Fault::Quota { until: None },
    }
}

fn list(n: usize) -> ListKey {
    match n {
        0 => ListKey::Instances,
        1 => ListKey::Firewalls,
        n => snapshots_of(&format!("i{}", n - 2)),
    }
}

fn id(n: usize) -> ResourceId {
    ResourceId::new(format!("i{n}"))
}

fn status(n: u8) -> InstanceStatus {
    [InstanceStatus::Running, InstanceStatus::Stopped, InstanceStatus::Error, InstanceStatus::Saving]
        [usize::from(n % 4)]
    .clone()
}

fn action(world: &World, instance: Target, what: u8) -> Action {
    let snapshot = world.snapshots.get(instance.id()).and_then(|all| all.first()).map(|s| s.id.clone());
    match (what % 8, snapshot) {
        (0, _) => Action::Start { instance },
        (1, _) => Action::Stop { instance },
        (2, _) => Action::ForceStop { instance },
        (3, _) => Action::Reboot { instance, how: Reboot::Provider },
        (4, _) => Action::Destroy { instance, snapshots: Vec::new(), volumes: Vec::new() },
        (5, Some(s)) => Action::Restore { snapshot: world.snapshot_target(s.as_str()), instance, save_first: None },
        (6, Some(s)) => Action::DeleteSnapshot {
            snapshot: world.snapshot_target(s.as_str()),
            of: Some(instance.id().clone()),
            named: Vec::new(),
        },
        _ => Action::TakeSnapshot { instance, name: "new".into(), stop_first: false, start_again: false },
    }
}

fn op(world: &World, n: usize) -> OpId {
    world.engine.operations().get(n).map_or_else(|| "none".into(), |o| o.id.clone())
}

fn happen(world: &mut World, event: Event) {
    let now = world.env;
    match event {
        Event::Pass(ms) => world.run(Duration::from_millis(ms)),
        Event::Sleep(s) => world.env.wall = now.wall + secs(s),
        Event::ClockBack(s) => world.env.wall = now.wall - secs(s),
        Event::Watch(n, on) => {
            let resource = ResourceRef::new(&world.name, Kind::Instance, &id(n));
            world.tell(Msg::Watch(resource, on));
        }
        Event::Silent(n, true) => _ = world.silent.insert(id(n)),
        Event::Silent(n, false) => _ = world.silent.remove(&id(n)),
        Event::Offered(n, answer) => {
            let of = ResourceRef::new(&world.name, Kind::Instance, &id(n));
            let answer = [OfferAnswer::Reboot, OfferAnswer::NotNow, OfferAnswer::NotAgain][usize::from(answer)];
            world.tell(Msg::Offered(of, answer));
        }
        Event::Ask(all, together) => {
            let actions: Vec<_> = all
                .into_iter()
                .filter(|(i, _)| world.instances.iter().any(|known| known.id == id(*i)))
                .map(|(i, what)| action(world, world.target(id(i).as_str()), what))
                .collect();
            world.tell(Msg::AskMany { actions, together });
        }
        Event::TakeBack(n) => world.tell(Msg::TakeBack(op(world, n))),
        Event::Decide(n, what) => {
            let decision = [Decision::ItHappened, Decision::SendAgain, Decision::LeaveIt][usize::from(what)];
            world.tell(Msg::Decide(op(world, n), decision));
        }
        Event::Refresh => world.tell(Msg::Refresh(world.name.clone())),
        Event::Leave => world.tell(Msg::CancelCountdowns),
        Event::Interest(interests) => {
            let priority = |focus| if focus { Priority::Focus } else { Priority::Beside };
            world.look(&interests.iter().map(|(l, f)| (list(*l), priority(*f))).collect::<Vec<_>>());
        }
        Event::NextAnswer(n, effective) => world.answers.push_back((answer(n, now.wall), effective)),
        Event::NextFault(n) => world.faults.push_back(fault(n, now.wall)),
        Event::Become(i, s) => world.show(&id(i), status(s)),
        Event::Rename(i) => world.instances.iter_mut().filter(|x| x.id == id(i)).for_each(|x| x.name.push('x')),
        Event::Vanish(i) => world.instances.retain(|x| x.id != id(i)),
        Event::StrayRead(l, ago, ok) => {
            let list = list(usize::from(l));
            let started_at = Monotonic(now.tick.0.saturating_sub(ago.unsigned_abs()));
            // Nobody answers a read that is under way twice; anything else may come late.
            let known = world.engine.accounts()[0].inventory.lists.get(&list);
            if known.is_some_and(|r| r.in_flight.is_some()) {
                return;
            }
            let result = if ok { world.shown(&list) } else { Err(fault(l, now.wall)) };
            world.tell(Msg::Read {
                account: world.name.clone(),
                list,
                started_at,
                result,
                budget: Budget::new(Some(SIX)),
            });
        }
        Event::StrayAnswer(n, step, attempt, what) => {
            let op = op(world, n);
            // Not the very answer that is waited for: that one the world gives itself.
            let waits = world.engine.operation(&op).is_some_and(|o| o.at == step && o.attempt == attempt);
            if !waits {
                let answer = answer(what, now.wall);
                world.tell(Msg::Answered { op, step, attempt, answer, budget: Budget::new(Some(SIX)) });
            }
        }
        Event::Configure => world.tell(Msg::AccountAdded(world.engine.accounts()[0].account.clone())),
        Event::Restart(s) => world.restart(secs(s)),
        Event::Latency(ms) => world.latency = Duration::from_millis(ms),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_sequence_of_messages_keeps_the_promises(
        kind in 0..3_u8,
        events in prop::collection::vec(event(), 1..80),
    ) {
        let mut world = if kind == 0 { World::singles(4) } else { World::new((kind == 1).then_some(SIX), 4) }.looked_at();
        let dog = |name: &str, then| Watchdog { instance: format!("lab/{name}"), failures: 2, ..dog(then) };
        world.guard(vec![dog("web-*", Then::Offer), dog("web-0*", Then::Reboot)]);
        (0..4).for_each(|n| world.address(&format!("i{n}")));
        world.snapshots.insert("i0".into(), vec![snapshot("s0", "daily", "i0")]);
        world.snapshots.insert("i1".into(), vec![snapshot("s1", "daily", "i1")]);
        for event in events {
            let updates = world.updates;
            let time = world.env.tick;
            happen(&mut world, event);
            // At most so often a second, whatever happens: nothing spins.
            let passed = world.env.tick.since(time).as_millis() / 100 + 60;
            prop_assert!(((world.updates - updates) as u128) < passed, "{} updates in {passed}", world.updates - updates);
        }
        // Every change has its own confirmation: an operation asked for, at a step that is this very call.
        for (_, change) in &world.changes {
            let op = world.op(&change.op);
            let planned = matches!(op.steps.get(change.step), Some(crate::domain::Step::Call { call, .. }) if *call == change.call);
            prop_assert!(planned, "{change:?}");
        }
    }
}

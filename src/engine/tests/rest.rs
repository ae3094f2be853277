//! When nothing is to be done nothing is done; what fails is left alone for longer and longer.

use std::time::Duration;

use crate::domain::{Fault, InstanceStatus, ListKey, Timestamp};
use crate::engine::tests::driver::{World, secs, snapshots_of};
use crate::engine::tests::provider::instance;
use crate::engine::{Effect, LoginState, Msg, Priority, update};

fn wrong() -> Fault {
    Fault::WrongCredentials { said: Some("no".into()) }
}

#[test]
fn nothing_is_sent_nor_planned_when_nobody_looks() {
    let mut world = World::new(Some(crate::engine::tests::rules::SIX), 20);
    world.run(secs(3_600));
    assert!(world.logins.is_empty() && world.reads.is_empty());
    assert_eq!(world.wake, None);
    let mut world = World::new(Some(crate::engine::tests::rules::SIX), 20).looked_at();
    world.run(secs(60));
    world.look(&[]);
    let (reads, updates) = (world.reads.len(), world.updates);
    world.run(secs(3_600));
    assert_eq!(world.reads.len(), reads);
    assert!(world.updates < updates + 5);
    assert_eq!(world.wake, None);
}

#[test]
fn wrong_credentials_rest_until_asked_again() {
    let mut world = World::new(None, 1);
    world.login = Err(wrong());
    world.look(&[(ListKey::Instances, Priority::Focus)]);
    world.run(secs(3_600));
    assert_eq!(world.logins.len(), 1);
    assert!(world.reads.is_empty());
    assert!(world.engine.accounts()[0].rests());
    assert!(world.updates < 10);
    world.login = Ok(());
    world.tell(Msg::Refresh(world.name.clone()));
    world.run(secs(10));
    assert_eq!(world.logins.len(), 2);
    assert!(!world.reads.is_empty());
}

#[test]
fn credentials_that_a_read_finds_wrong_rest_the_account_too() {
    let mut world = World::new(None, 1).looked_at();
    world.run(secs(20));
    world.faults.extend([wrong(), wrong()]);
    world.run(secs(20));
    let reads = world.reads.len();
    world.run(secs(600));
    assert_eq!(world.reads.len(), reads);
    assert!(matches!(world.engine.accounts()[0].login, LoginState::Failed(Fault::WrongCredentials { .. }, _)));
}

#[test]
fn one_failing_account_never_hides_another() {
    let mut world = World::new(None, 1).looked_at();
    world.run(secs(10));
    let mut other = world.engine.accounts()[0].account.clone();
    other.name = "other".into();
    let env = world.env;
    update(&mut world.engine, Msg::AccountAdded(other), &env);
    let msg = Msg::LoggedIn { account: "other".into(), result: Err(wrong()), budget: crate::domain::Budget::new(None) };
    update(&mut world.engine, msg, &env);
    let reads = world.reads.len();
    world.run(secs(60));
    assert!(world.reads.len() > reads + 8);
}

#[test]
fn a_login_or_a_list_that_fails_is_left_alone_for_longer_each_time() {
    let mut world = World::new(None, 1);
    world.login = Err(Fault::TimedOut { host: "h".into() });
    world.look(&[(ListKey::Instances, Priority::Focus)]);
    world.run(secs(3_600));
    assert!((25..60).contains(&world.logins.len()), "{} logins in an hour", world.logins.len());

    let mut world = World::new(None, 1);
    world.faults.extend(vec![Fault::TimedOut { host: "h".into() }; 1_000]);
    world.look(&[(ListKey::Instances, Priority::Focus)]);
    world.run(secs(3_600));
    assert!((25..60).contains(&world.reads.len()), "{} reads in an hour", world.reads.len());
    // A person's refresh does not wait for it.
    let reads = world.reads.len();
    world.tell(Msg::Refresh(world.name.clone()));
    world.run(secs(1));
    assert_eq!(world.reads.len(), reads + 1);
}

#[test]
fn a_confirmed_action_does_not_wait_for_a_list_that_failed_before() {
    let mut world = World::new(None, 1).looked_at();
    world.run(secs(10));
    world.faults.extend(vec![Fault::TimedOut { host: "h".into() }; 12]);
    world.run(secs(300));
    world.faults.clear();
    world.stop("i0");
    world.run(secs(2));
    assert_eq!(world.sent(), ["stop"]);
}

#[rstest::rstest]
#[case(Fault::Unauthorised { service: "network".into() })]
#[case(Fault::NotOffered { said: "network".into() })]
fn a_service_that_accepts_no_token_or_is_not_there_rests_alone(#[case] fault: Fault) {
    let mut world = World::new(None, 1);
    world.run(secs(1));
    world.look(&[(ListKey::Firewalls, Priority::Focus)]);
    world.faults.push_back(fault);
    world.run(secs(60));
    world.look(&[(ListKey::Firewalls, Priority::Focus), (ListKey::Instances, Priority::Beside)]);
    world.run(secs(600));
    assert_eq!(world.reads.iter().filter(|(_, l)| *l == ListKey::Firewalls).count(), 1);
    assert!(world.reads.len() > 50);
}

#[test]
fn a_guard_that_holds_back_makes_nothing_spin() {
    let mut world = World::new(None, 1);
    let until = world.env.wall - secs(5);
    world.faults.extend(vec![Fault::OverBudget { until }; 10_000]);
    world.latency = Duration::from_millis(1);
    world.look(&[(ListKey::Instances, Priority::Focus)]);
    world.run(secs(60));
    assert!(world.updates < 700, "{} updates in a minute", world.updates);
}

#[test]
fn a_list_kept_with_a_moment_that_lies_ahead_is_read_all_the_same() {
    let mut world = World::new(None, 1);
    let collection =
        crate::domain::Collection::Instances(vec![std::sync::Arc::new(instance("x", "x", InstanceStatus::Running))]);
    world.tell(Msg::Kept {
        account: world.name.clone(),
        list: ListKey::Instances,
        collection: std::sync::Arc::new(collection),
        read_at: Timestamp(world.env.wall.0 + 86_400_000),
    });
    world.look(&[(ListKey::Instances, Priority::Focus)]);
    world.run(secs(5));
    assert_eq!(world.engine.accounts()[0].inventory.instances()[0].id.as_str(), "i0");
}

#[test]
fn an_unchanged_list_is_not_kept_again() {
    let mut world = World::new(None, 1);
    let env = world.env;
    let former = match world.shown(&ListKey::Instances) {
        Ok(reading) => reading,
        Err(fault) => panic!("{fault:?}"),
    };
    let mut kept = 0;
    for i in 0..3 {
        let msg = Msg::Read {
            account: world.name.clone(),
            list: ListKey::Instances,
            started_at: crate::domain::Monotonic(env.tick.0 - 10 + i),
            result: Ok(former.clone()),
            budget: crate::domain::Budget::new(None),
        };
        let effects = update(&mut world.engine, msg, &env);
        kept += effects.iter().filter(|e| matches!(e, Effect::CacheList { .. })).count();
    }
    assert_eq!(kept, 1);
}

#[test]
fn a_spare_list_is_read_once_a_minute_while_somebody_looks() {
    let mut world = World::new(Some(crate::engine::tests::rules::SIX), 10).looked_at();
    world.run(secs(3_600));
    for i in 0..10 {
        let list = snapshots_of(&format!("i{i}"));
        assert!(world.reads.iter().any(|(_, l)| *l == list), "{list:?} never read");
    }
}

#[test]
fn new_settings_try_again_what_failed() {
    let mut world = World::new(None, 1);
    world.login = Err(wrong());
    world.look(&[(ListKey::Instances, Priority::Focus)]);
    world.run(secs(60));
    world.login = Ok(());
    let account = world.engine.accounts()[0].account.clone();
    world.tell(Msg::AccountAdded(account));
    world.run(secs(5));
    assert!(!world.reads.is_empty());
}

//! A dialog is bound to what it showed.

use rstest::rstest;

use crate::domain::{Action, InstanceStatus, OpResult, OpState, Phrase, text};
use crate::engine::tests::driver::{World, secs};
use crate::engine::tests::provider::{lost, replied};
use crate::engine::{Decision, Msg};

fn failed(world: &World, op: &crate::domain::OpId, why: &str) {
    match &world.op(op).state {
        OpState::Ended(OpResult::Failed { what, .. }) => assert_eq!(what.text.name(), why),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_it_is_now_is_told_in_the_dialogs_words_with_the_providers_behind_them() {
    let mut world = World::new(None, 1).looked_at();
    world.run(secs(10));
    let target = world.target("i0");
    let name = target.name.clone();
    world.show(&"i0".into(), InstanceStatus::Stopped);
    world.instances[0].raw_status = "OPEN, Stopped".to_owned();
    let op = world.ask(Action::Stop { instance: target }).unwrap();
    world.run(secs(30));
    let OpState::Ended(OpResult::Failed { what, .. }) = &world.op(&op).state else { panic!("{:?}", world.op(&op)) };
    assert_eq!(
        *what,
        text::overtaken::status(
            name,
            Phrase::new(text::status::RUNNING),
            Phrase::new(text::status::STOPPED),
            "OPEN, Stopped"
        )
    );
}

/// What may have happened to `i0` since the dialog was drawn, and how that is called.
type Meanwhile = fn(&mut World);

#[rstest]
#[case::renamed(|w: &mut World| w.instances[0].name = "other".into(), "overtaken.renamed")]
#[case::stopped(|w: &mut World| w.show(&"i0".into(), InstanceStatus::Stopped), "overtaken.status")]
#[case::gone(|w: &mut World| _ = w.instances.remove(0), "overtaken.gone")]
fn what_changed_since_the_dialog_is_refused_and_nothing_is_sent(#[case] change: Meanwhile, #[case] why: &str) {
    let mut world = World::new(None, 2).looked_at();
    world.run(secs(10));
    let target = world.target("i0");
    change(&mut world);
    let op = world.ask(Action::Stop { instance: target }).unwrap();
    world.run(secs(30));
    assert!(world.changes.is_empty());
    failed(&world, &op, why);
}

#[test]
fn percent_that_rises_is_the_same_state() {
    let mut world = World::new(None, 1).looked_at();
    world.show(&"i0".into(), InstanceStatus::Importing(Some(5)));
    world.run(secs(10));
    let target = world.target("i0");
    world.show(&"i0".into(), InstanceStatus::Importing(Some(41)));
    world.ask(Action::ForceStop { instance: target }).unwrap();
    world.run(secs(5));
    assert_eq!(world.sent(), ["force_stop"]);
}

#[test]
fn a_read_begun_before_the_confirmation_does_not_serve_the_check() {
    let mut world = World::new(None, 1).looked_at();
    world.run(secs(10));
    // A read is under way when the confirmation comes, begun in the very same millisecond.
    while world.engine.accounts()[0].inventory.lists[&crate::domain::ListKey::Instances].in_flight
        != Some(world.env.tick)
    {
        world.run(std::time::Duration::from_millis(1));
    }
    let asked = world.env.tick;
    let reads = world.reads.len();
    world.stop("i0");
    world.run(secs(5));
    let later = &world.reads[reads..];
    let (sent, _) = world.changes[0];
    assert!(
        later.iter().any(|(at, l)| *l == crate::domain::ListKey::Instances && *at > asked && *at < sent),
        "{later:?}, sent at {sent:?}"
    );
}

#[test]
fn a_check_that_grew_old_while_held_back_is_made_again() {
    let mut world = World::new(None, 1).looked_at();
    world.run(secs(10));
    world.look(&[]);
    let until = world.env.wall + secs(40);
    world.answers.push_back((crate::domain::Answer::OverBudget { until }, false));
    let op = world.stop("i0");
    world.after(secs(20), |w| w.instances[0].name = "other".into());
    world.run(secs(60));
    assert_eq!(world.sent(), ["stop"], "only the one that was held back");
    failed(&world, &op, "overtaken.renamed");
}

#[test]
fn what_was_refused_for_now_is_checked_again_before_it_is_repeated() {
    let mut world = World::new(None, 1).looked_at();
    world.run(secs(10));
    world.look(&[]);
    for _ in 0..10 {
        world.answers.push_back((replied(409), false));
    }
    let op = world.stop("i0");
    world.after(secs(20), |w| w.instances[0].name = "other".into());
    world.run(secs(200));
    assert!(world.changes.len() < 5, "{}", world.changes.len());
    failed(&world, &op, "overtaken.renamed");
}

#[test]
fn no_change_leaves_on_a_check_older_than_fifteen_seconds() {
    let mut world = World::new(Some(crate::engine::tests::rules::SIX), 20).looked_at();
    world.run(secs(120));
    let actions = (0..20).map(|i| Action::Stop { instance: world.target(&format!("i{i}")) }).collect();
    world.tell(Msg::Ask(actions));
    world.run(secs(1_800));
    for (at, change) in &world.changes {
        let checked = world.reads.iter().rev().any(|(started_at, list)| {
            *list == crate::domain::ListKey::Instances && started_at < at && at.since(*started_at) <= secs(15)
        });
        assert!(checked, "{:?} at {at:?}", change.call);
    }
}

#[test]
fn a_later_step_needs_its_own_state_and_the_name() {
    for (change, why) in [
        ((|w| w.instances[0].name = "other".into()) as Meanwhile, "overtaken.renamed"),
        (|w| w.show(&"i0".into(), InstanceStatus::Starting), "overtaken.step"),
    ] {
        let mut world = World::new(None, 1).looked_at();
        world.run(secs(10));
        let op = world.destroy("i0");
        // Between the wait for the stop and the destruction it changes: the answer to the destruction is late.
        while !matches!(world.op(&op).state, OpState::Watching) {
            world.run(secs(1));
        }
        world.answers.push_back((replied(409), false));
        while world.changes.len() < 2 {
            world.run(secs(1));
        }
        world.pass(secs(20));
        change(&mut world);
        world.run(secs(60));
        assert_eq!(world.sent(), ["stop", "destroy"]);
        failed(&world, &op, why);
    }
}

#[test]
fn sending_again_needs_the_check_again() {
    let mut world = World::new(None, 1).looked_at();
    world.run(secs(10));
    world.answers.push_back((lost(), false));
    let instance = world.target("i0");
    let op = world.ask(Action::Reboot { instance, how: crate::domain::Reboot::Provider }).unwrap();
    world.run(secs(20));
    assert!(matches!(world.op(&op).state, OpState::Halted(_)));
    world.show(&"i0".into(), InstanceStatus::Stopped);
    world.tell(Msg::Decide(op.clone(), Decision::SendAgain));
    world.run(secs(20));
    assert_eq!(world.sent(), ["reboot"]);
    failed(&world, &op, "overtaken.status");
}

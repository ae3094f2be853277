//! Changes of a firewall's rules: one read serves many, and each rule is the one that was meant.

use crate::domain::{
    Action, Answer, Call, Direction, Kind, ListKey, Monotonic, OpId, OpResult, OpState, Output, Phrase, Rule, Target,
};
use crate::engine::Priority;
use crate::engine::tests::driver::{World, secs};
use crate::engine::tests::provider::replied;

fn rule(ports: &str) -> Rule {
    let [preset, protocol, ports, source] = ["", "tcp", ports, "0.0.0.0/0"].map(str::to_owned);
    Rule { direction: Direction::In, preset, protocol, ports, source }
}

/// A firewall with rules for these ports, called `a`, `b` and so on.
fn world(ports: &[&str]) -> World {
    let mut world = World::singles(1);
    world.rules =
        ports.iter().zip("abcdefgh".chars()).map(|(p, id)| (id.to_string().as_str().into(), rule(p))).collect();
    world.look(&[(ListKey::Instances, Priority::Focus)]);
    world.run(secs(30));
    world
}

fn replace(world: &mut World, ports: &[&str]) -> OpId {
    let (firewall, was) = (world.firewall_target(), world.rules.iter().map(|(_, rule)| rule.clone()).collect());
    let (name, rules) = (firewall.name.clone(), ports.iter().map(|p| rule(p)).collect());
    let op =
        world.ask(Action::UpdateFirewall { firewall, name, rules, was, instances: Vec::new(), own: None }).unwrap();
    world.run(secs(60));
    op
}

fn create(world: &mut World, rules: &[&str], instances: Vec<Target>) -> OpId {
    let mut made = replied(201);
    if let Answer::Replied { outputs, .. } = &mut made {
        outputs.push(Output::Firewall("fw".into()));
    }
    world.answers.push_back((made, true));
    let new = Target::new(&world.name, Kind::Firewall, "web");
    let op =
        world.ask(Action::CreateFirewall { new, rules: rules.iter().map(|p| rule(p)).collect(), instances }).unwrap();
    world.run(secs(60));
    op
}

fn removed(world: &World) -> Vec<String> {
    let id = |call: &Call| match call {
        Call::RemoveRule { id, .. } => id.as_ref().map(ToString::to_string),
        _ => None,
    };
    world.changes.iter().filter_map(|(_, change)| id(&change.call)).collect()
}

/// When a list was read after the first change was sent.
fn read_since_first(world: &World, list: &ListKey) -> Vec<Monotonic> {
    let first = world.changes[0].0;
    world.reads.iter().filter(|(at, read)| *at > first && read == list).map(|(at, _)| *at).collect()
}

#[test]
fn one_read_serves_all_rules_that_differ() {
    let mut world = world(&["22", "80", "443"]);
    let op = replace(&mut world, &["81"]);
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
    assert_eq!(removed(&world), ["a", "b", "c"]);
    let last = world.changes.last().unwrap().0;
    assert!(read_since_first(&world, &ListKey::Rules("fw".into())).iter().all(|at| *at > last));
}

#[test]
fn of_two_equal_rules_each_is_removed_by_its_own_id() {
    let mut world = world(&["22", "80", "22"]);
    let op = replace(&mut world, &[]);
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
    assert_eq!(removed(&world), ["a", "b", "c"]);
    assert!(world.rules.is_empty());
}

#[test]
fn a_rule_that_cannot_be_sent_fails_before_the_first_request() {
    let mut world = world(&["22"]);
    let op = replace(&mut world, &["80", "odd"]);
    let what = Phrase::verbatim("cannot.odd");
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Failed { what, said: None }));
    assert!(world.changes.is_empty());
}

#[test]
fn the_firewalls_are_read_again_once_a_new_one_is_named() {
    let mut world = world(&[]);
    let op = create(&mut world, &["22"], Vec::new());
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
    assert_eq!(world.sent(), ["create_firewall", "add_rule"]);
    assert_eq!(read_since_first(&world, &ListKey::Firewalls).len(), 1);
}

#[test]
fn what_is_so_already_tells_nothing_of_how_long_it_takes() {
    let mut world = world(&[]);
    world.behind_firewall.push("i0".into());
    let instance = world.target("i0");
    world.run(secs(30));
    let op = create(&mut world, &["22"], vec![instance]);
    assert_eq!(world.op(&op).state, OpState::Ended(OpResult::Done));
    assert_eq!(world.sent(), ["create_firewall", "add_rule"], "it stands there already");
    assert_eq!(world.op(&op).lasted, []);
}

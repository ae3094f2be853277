//! What a change of firewalls closes, on which machines: at a provider that tells where firewalls are, and at one that
//! does not.

use std::sync::Arc;

use rstest::rstest;

use crate::domain::{
    Account, AccountName, Action, Arg, Budget, Collection, Direction, Firewall, InstanceStatus, Kind, ListKey,
    Monotonic, Origin, OwnAddress, Phrase, Poll, Raw, Reading, ResourceId, RiskFact, Rule, RuleSet, Safety, Target,
    Timestamp,
};
use crate::engine::tests::provider::instance;
use crate::engine::tests::rules::Fake;
use crate::engine::{Engine, Env, Msg, known_on, lock_out, lock_out_lists, update};

const ME: &str = "203.0.113.9";

/// A firewall: its name, the machines that it is on, and the sources that it lets in to port 22.
type Guard = (&'static str, Vec<&'static str>, Vec<&'static str>);

fn guard(name: &'static str, on: &[&'static str], lets_in: &[&'static str]) -> Guard {
    (name, on.to_vec(), lets_in.to_vec())
}

fn ssh(source: &str) -> Rule {
    let [preset, protocol, ports, source] = ["", "TCP", "22", source].map(str::to_owned);
    Rule { direction: Direction::In, preset, protocol, ports, source }
}

/// `tells`: whether the provider tells on which machines firewalls are.
fn engine(tells: bool, firewalls: &[Guard], own: &[Origin]) -> Engine {
    let env = Env { tick: Monotonic(1000), wall: Timestamp(1_800_000_000_000) };
    let mut engine = Engine::new("p".into(), Safety::default(), Poll::default());
    let account = AccountName::new("lab");
    let rules = Arc::new(Fake { singles: tells });
    let new = Account::new(account.clone(), rules);
    update(&mut engine, Msg::AccountAdded(new), &env);
    let mut read = |list: ListKey, collection: Collection| {
        let (started_at, budget) = (env.tick, Budget::new(None));
        let result = Ok(Reading::whole(collection));
        update(&mut engine, Msg::Read { account: account.clone(), list, started_at, result, budget }, &env);
    };
    let machines = ["a", "b"].map(|name| Arc::new(instance(name, name, InstanceStatus::Running)));
    read(ListKey::Instances, Collection::Instances(machines.to_vec()));
    let firewall = |(name, on, _): &Guard| {
        let (fields, raw) = (Vec::new(), Raw::default());
        let on = tells.then(|| on.iter().map(ResourceId::new).collect());
        let name = (*name).to_owned();
        Arc::new(Firewall {
            id: ResourceId::new(&name),
            name,
            on,
            fixed: false,
            created: None,
            updated: None,
            fields,
            raw,
        })
    };
    read(ListKey::Firewalls, Collection::Firewalls(firewalls.iter().map(firewall).collect()));
    for (name, _, sources) in firewalls {
        let rules = sources.iter().map(|source| ssh(source)).collect();
        read(ListKey::Rules((*name).into()), Collection::Rules(Arc::new(RuleSet { rules, ..RuleSet::default() })));
    }
    for from in own {
        let own = OwnAddress { address: ME.parse().unwrap(), from: *from };
        update(&mut engine, Msg::OwnAddress(vec![own]), &env);
    }
    engine
}

fn target(kind: Kind, name: &str) -> Target {
    Target::stateless(&"lab".into(), kind, &name.into(), name)
}

fn rules_become(engine: &Engine, firewall: &str, sources: &[&str]) -> Action {
    let was = engine.accounts()[0].inventory.rules(&firewall.into()).unwrap().rules.clone();
    let rules = sources.iter().map(|source| ssh(source)).collect();
    let firewall = target(Kind::Firewall, firewall);
    Action::UpdateFirewall { name: firewall.name.clone(), firewall, rules, was, instances: Vec::new(), own: None }
}

fn stands(firewall: &str, instance: &str, on: bool) -> Action {
    let (firewall, instance) = (target(Kind::Firewall, firewall), target(Kind::Instance, instance));
    if on { Action::AssignFirewall { firewall, instance } } else { Action::DetachFirewall { firewall, instance } }
}

/// What is said, as its key and what is filled in, with `!` before what raises.
fn said(engine: &Engine, action: &Action) -> String {
    let facts = lock_out(engine, action);
    let line = |fact: &RiskFact| format!("{}{}", if fact.raises { "!" } else { "" }, text(&fact.phrase));
    facts.iter().map(line).collect::<Vec<_>>().join(" ")
}

fn text(phrase: &Phrase) -> String {
    let arg = |(name, arg): (&&str, &Arg)| match arg {
        Arg::Text(text) => text.clone(),
        Arg::Phrase(inner) => text(inner),
        other => panic!("{name}: {other:?}"),
    };
    let args = phrase.text.args().iter().zip(&phrase.args).filter(|(name, _)| **name != "n");
    let mut args: Vec<String> = args.map(arg).collect();
    // The machines come last.
    args.rotate_left(usize::from(phrase.arg("names").is_some()));
    let args = args.join(" ");
    match phrase.text.name() {
        "plain.said" | "source.and" => args,
        _ => format!("{} {args}", phrase.text.short()).trim().to_owned(),
    }
}

const THIS: Origin = Origin::ThisMachine { agreed: 2 };

#[test]
fn machines_that_lose_the_same_are_named_together_and_what_another_firewall_lets_in_stays() {
    let firewalls = [guard("web", &["a", "b"], &[ME]), guard("more", &["b"], &["198.51.100.1"])];
    let known = engine(true, &firewalls, &[THIS]);
    let action = rules_become(&known, "web", &["198.51.100.1"]);
    assert_eq!(said(&known, &action), "!own 203.0.113.9 this-machine a b");
    let firewalls = [guard("web", &["a", "b"], &[ME]), guard("more", &["b"], &["203.0.113.0/24"])];
    let known = engine(true, &firewalls, &[THIS]);
    assert_eq!(said(&known, &action), "!own 203.0.113.9 this-machine a");
    assert_eq!(said(&known, &rules_become(&known, "web", &[ME, "198.51.100.1"])), "");
    assert_eq!(said(&known, &rules_become(&known, "more", &[])), "");
    let lists = lock_out_lists(&known, &action);
    assert!(lists.contains(&ListKey::Rules("more".into())), "{lists:?}");
    assert_eq!(known_on::known_on(&known, &"lab".into(), &"more".into()), ["b".into()]);
}

#[rstest]
// Taken off, or deleted, where nothing else lets me in.
#[case(vec![guard("web", &["a"], &[ME])], stands("web", "a", false), "!own 203.0.113.9 logged-in-from a")]
#[case(vec![guard("web", &["a"], &[ME]), guard("more", &["a"], &["0.0.0.0"])], stands("web", "a", false), "")]
#[case(vec![guard("web", &["a"], &[ME])], Action::DeleteFirewall { firewall: target(Kind::Firewall, "web") }, "!own 203.0.113.9 logged-in-from a")]
#[case(vec![guard("web", &[], &[ME])], Action::DeleteFirewall { firewall: target(Kind::Firewall, "web") }, "")]
#[case(vec![guard("web", &["a"], &["198.51.100.1"])], stands("web", "a", false), "!everybody a")]
// Nothing got in before: nothing is closed.
#[case(vec![guard("web", &[], &["198.51.100.1"])], stands("web", "a", true), "")]
fn at_a_provider_that_tells(#[case] firewalls: Vec<Guard>, #[case] action: Action, #[case] expected: &str) {
    assert_eq!(said(&engine(true, &firewalls, &[Origin::LoggedInFrom]), &action), expected);
}

#[rstest]
#[case(stands("web", "a", true), &["198.51.100.1"], &[THIS], "!own 203.0.113.9 this-machine a")]
#[case(stands("web", "a", true), &["198.51.100.1"], &[], "!others anybody a")]
#[case(stands("web", "a", true), &[], &[], "!everybody a")]
#[case(stands("web", "a", true), &[ME], &[THIS], "")]
// It cannot be deleted while it stands anywhere, and without it nothing is closed.
#[case(Action::DeleteFirewall { firewall: target(Kind::Firewall, "web") }, &[ME], &[THIS], "")]
fn where_a_first_firewall_closes_what_stood_open(
    #[case] action: Action,
    #[case] sources: &[&'static str],
    #[case] own: &[Origin],
    #[case] expected: &str,
) {
    assert_eq!(said(&engine(false, &[guard("web", &[], sources)], own), &action), expected);
}

#[test]
fn a_new_firewall_closes_too_and_what_was_never_read_is_not_known() {
    let known = engine(false, &[guard("web", &[], &[ME])], &[THIS]);
    let new = |sources: &[&str]| Action::CreateFirewall {
        new: Target::new(&"lab".into(), Kind::Firewall, "new"),
        rules: sources.iter().map(|source| ssh(source)).collect(),
        instances: vec![target(Kind::Instance, "a"), target(Kind::Instance, "b")],
    };
    assert_eq!(said(&known, &new(&["198.51.100.1"])), "!own 203.0.113.9 this-machine a b");
    assert_eq!(said(&known, &new(&[ME])), "");
    assert_eq!(said(&known, &stands("other", "a", true)), "not-read other");
}

#[test]
fn whichever_machines_are_behind_it_where_nobody_tells() {
    let known = engine(false, &[guard("web", &[], &[ME, "198.51.100.1"])], &[]);
    assert_eq!(said(&known, &rules_become(&known, "web", &["198.51.100.1"])), "!others 203.0.113.9 behind web");
    assert_eq!(said(&known, &rules_become(&known, "web", &[ME, "198.51.100.1", "192.0.2.1"])), "");
    let known = engine(false, &[guard("web", &[], &[ME, "198.51.100.1"])], &[Origin::LoggedInFrom]);
    assert_eq!(said(&known, &rules_become(&known, "web", &[ME])), "narrows 198.51.100.1 behind web");
}

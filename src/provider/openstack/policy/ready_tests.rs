//! What a read just before a call says of it.

use std::sync::Arc;

use super::fixtures::Shows;
use super::ready::ready;
use super::reconcile::reconcile;
use crate::domain::{
    Call, Collection, Direction, ListKey, Port, PreState, Ready, Reconciled, Ref, ResourceId, Rule, RuleSet, Timestamp,
};

fn rule(ports: &str) -> Rule {
    let [protocol, ports, source] = ["tcp", ports, "0.0.0.0/0"].map(str::to_owned);
    Rule { direction: Direction::In, preset: String::new(), protocol, ports, source }
}

fn shows_rules(rules: &[(&str, &str)]) -> Shows {
    let ids = rules.iter().map(|(id, _)| (*id).into()).collect();
    let set = RuleSet { rules: rules.iter().map(|(_, ports)| rule(ports)).collect(), ids, ..RuleSet::default() };
    Shows::default().list(ListKey::Rules("g".into()), Collection::Rules(Arc::new(set)))
}

fn shows_ports(ports: &[(&str, &[&str], bool)]) -> Shows {
    let port = |(id, on, takes_firewalls): &(&str, &[&str], bool)| {
        let firewalls = on.iter().map(|id| ResourceId::from(*id)).collect();
        Arc::new(Port { id: (*id).into(), firewalls, takes_firewalls: *takes_firewalls })
    };
    Shows::default().list(ListKey::Ports("i".into()), Collection::Ports(ports.iter().map(port).collect()))
}

fn add(ports: &str) -> Call {
    Call::AddRule { firewall: Ref::Known("g".into()), rule: rule(ports) }
}

fn remove(ports: &str, id: Option<&str>) -> Call {
    Call::RemoveRule { firewall: Ref::Known("g".into()), rule: rule(ports), id: id.map(ResourceId::from) }
}

fn set(port: Option<&str>, on: bool, firewalls: &[&str]) -> Call {
    Call::SetPort {
        instance: "i".into(),
        port: port.map(ResourceId::from),
        firewall: Ref::Known("g".into()),
        on,
        firewalls: firewalls.iter().map(|id| ResourceId::from(*id)).collect(),
    }
}

#[test]
fn a_rule_that_is_there_is_not_added_and_one_that_is_gone_is_not_removed() {
    let shows = shows_rules(&[("a", "22-22"), ("b", "22"), ("c", "80")]);
    assert_eq!(ready(&add("80-80"), &shows.0), Ready::AlreadySo);
    assert_eq!(ready(&add("81"), &shows.0), Ready::Send(add("81")));
    assert_eq!(ready(&remove("81", None), &shows.0), Ready::AlreadySo);
    assert_eq!(ready(&remove("22", None), &shows.0), Ready::Send(remove("22", Some("b"))), "written alike goes first");
    assert_eq!(ready(&remove("80-80", None), &shows.0), Ready::Send(remove("80-80", Some("c"))));
    assert_eq!(ready(&remove("22", Some("x")), &shows.0), Ready::AlreadySo, "no other one in its place");
}

#[test]
fn a_rule_that_cannot_be_sent_is_refused_wherever_it_is_to_go() {
    let odd = Call::AddRule { firewall: Ref::OutputFirewall, rule: rule("http") };
    assert!(matches!(ready(&odd, &shows_rules(&[]).0), Ready::Cannot(_)));
}

#[test]
fn the_list_of_a_port_is_written_as_it_was_read_last() {
    let ports = [("p", &["a", "b"][..], true), ("q", &["g"], false)];
    assert_eq!(
        ready(&set(Some("p"), true, &[]), &shows_ports(&ports).0),
        Ready::Send(set(Some("p"), true, &["a", "b", "g"]))
    );
    assert_eq!(
        ready(&set(None, true, &[]), &shows_ports(&ports).0),
        Ready::Send(set(Some("p"), true, &["a", "b", "g"]))
    );
    assert_eq!(ready(&set(None, false, &["old"]), &shows_ports(&ports).0), Ready::AlreadySo);
    assert_eq!(ready(&set(Some("q"), false, &[]), &shows_ports(&ports).0), Ready::Send(set(Some("q"), false, &[])));
    let two = [("p", &[][..], true), ("q", &[], true)];
    assert!(matches!(ready(&set(None, true, &[]), &shows_ports(&two).0), Ready::Cannot(_)), "one alone would not do");
    assert!(matches!(ready(&set(None, true, &[]), &shows_ports(&[]).0), Ready::Cannot(_)));
    assert!(matches!(ready(&set(Some("r"), true, &[]), &shows_ports(&two).0), Ready::Cannot(_)));
}

#[rstest::rstest]
#[case(add("80"), shows_rules(&[("a", "80-80")]), 5, Reconciled::Yes)]
#[case(add("80"), shows_rules(&[]), 5, Reconciled::NotYet)]
#[case(add("80"), shows_rules(&[]), 61, Reconciled::No)]
#[case(add("80"), Shows::default(), 61, Reconciled::NotYet)]
#[case(remove("80", Some("a")), shows_rules(&[("b", "80")]), 5, Reconciled::Yes)]
#[case(remove("80", Some("a")), shows_rules(&[("a", "80")]), 61, Reconciled::No)]
#[case(set(Some("p"), true, &[]), shows_ports(&[("p", &["g"], true)]), 5, Reconciled::Yes)]
#[case(set(Some("p"), true, &[]), shows_ports(&[("p", &[], true), ("q", &["g"], true)]), 61, Reconciled::No)]
#[case(set(Some("p"), false, &[]), shows_ports(&[("p", &[], true)]), 5, Reconciled::Yes)]
fn a_lost_answer_shows_in_the_rules_and_ports(
    #[case] call: Call,
    #[case] shows: Shows,
    #[case] seconds: u64,
    #[case] expected: Reconciled,
) {
    let now = Timestamp(0) + std::time::Duration::from_secs(seconds);
    assert_eq!(reconcile(&call, &PreState::default(), &shows.0, now), expected);
}

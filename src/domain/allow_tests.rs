//! Rules for one address: which there are, what replaces them, and which was ours.

use rstest::rstest;

use super::*;
use crate::domain::{Kind, Target};

fn rule(ports: &str, source: &str) -> Rule {
    let [preset, protocol, ports, source] = ["Custom", "TCP", ports, source].map(str::to_owned);
    Rule { direction: Direction::In, preset, protocol, ports, source }
}

#[rstest]
#[case(rule("22", "203.0.113.9"), Some("203.0.113.9/32"))]
#[case(rule("22", "203.0.113.9/32"), Some("203.0.113.9/32"))]
#[case(rule("22-22", "2001:db8::7"), Some("2001:db8::7/128"))]
#[case(rule("22", "2001:db8::/64"), Some("2001:db8::/64"))]
#[case(rule("22", "203.0.113.0/24"), None)]
#[case(rule("22", "0.0.0.0"), None)]
#[case(rule("22", ""), None)]
#[case(rule("22", "group:7"), None)]
#[case(rule("20-25", "203.0.113.9"), None)]
#[case(rule("", "203.0.113.9"), None)]
#[case(rule("80", "203.0.113.9"), None)]
#[case(Rule { direction: Direction::Out, ..rule("22", "203.0.113.9") }, None)]
fn a_rule_for_one_address(#[case] rule: Rule, #[case] expected: Option<&str>) {
    assert_eq!(of_one_address(&rule, 22), expected.map(|text| text.parse().unwrap()));
}

#[test]
fn a_replaced_rule_keeps_its_place_and_its_way_of_writing_and_all_others_stay() {
    let rules = [rule("80", "0.0.0.0"), rule("22", "198.51.100.7/32"), rule("22", "192.0.2.1")];
    let network = "203.0.113.9/32".parse().unwrap();
    let (new, at) = with_address(&rules, 22, &network, Some(&rules[1]));
    assert_eq!((new[at].source.as_str(), at), ("203.0.113.9/32", 1));
    assert_eq!((&new[0], &new[2], new.len()), (&rules[0], &rules[2], 3));
    let (new, at) = with_address(&rules, 22, &network, Some(&rules[2]));
    assert_eq!((new[at].source.as_str(), at), ("203.0.113.9", 2));
    let (new, at) = with_address(&rules, 22, &network, None);
    assert_eq!((new[at].source.as_str(), new[at].ports.as_str(), new.len()), ("203.0.113.9", "22", 4));
    let (new, at) = with_address(&[], 2222, &"2001:db8::/64".parse().unwrap(), None);
    assert_eq!((new[at].source.as_str(), new[at].ports.as_str()), ("2001:db8::/64", "2222"));
}

fn change(was: &[&Rule], rules: &[&Rule]) -> Action {
    let owned = |rules: &[&Rule]| rules.iter().map(|rule| (*rule).clone()).collect();
    let firewall = Target::stateless(&"lab".into(), Kind::Firewall, &"7".into(), "web");
    Action::UpdateFirewall {
        name: firewall.name.clone(),
        firewall,
        rules: owned(rules),
        was: owned(was),
        instances: Vec::new(),
    }
}

fn found(changes: &[&Action], rules: &[&Rule]) -> Option<(String, bool)> {
    let firewall = ResourceRef::new(&"lab".into(), Kind::Firewall, &"7".into());
    let rules: Vec<Rule> = rules.iter().map(|rule| (*rule).clone()).collect();
    remembered(changes.iter().copied(), &firewall, 22, &rules).map(|found| (found.rule.source, found.sure))
}

#[test]
fn what_was_allowed_before_is_remembered_as_long_as_it_stands() {
    let [web, one, two, three] =
        [rule("80", "0.0.0.0"), rule("22", "192.0.2.1"), rule("22", "192.0.2.2"), rule("22", "192.0.2.3")];
    let added = change(&[&web], &[&web, &one]);
    let moved = change(&[&web, &one], &[&web, &two]);
    assert_eq!(found(&[], &[&one]), None);
    assert_eq!(found(&[&added], &[&web, &one]), Some(("192.0.2.1".into(), true)));
    // Written with its length by the provider, it is the same.
    assert_eq!(found(&[&added], &[&rule("22", "192.0.2.1/32")]), Some(("192.0.2.1/32".into(), true)));
    assert_eq!(found(&[&added, &moved], &[&two]), Some(("192.0.2.2".into(), true)));
    assert_eq!(found(&[&added, &moved], &[&web]), None);
    // Of another's that was only added since, the one that took a place is meant.
    let friend = change(&[&web, &two], &[&web, &two, &three]);
    let all = [&web, &two, &three];
    assert_eq!(found(&[&added, &moved, &friend], &all), Some(("192.0.2.2".into(), true)));
    // Of two that were only added the newest is proposed, and it is not sure.
    let all = [&web, &one, &three];
    assert_eq!(found(&[&added, &friend], &all), Some(("192.0.2.3".into(), false)));
}

#[test]
fn other_changes_are_no_allowing() {
    let [web, one, two] = [rule("80", "0.0.0.0"), rule("22", "192.0.2.1"), rule("22", "192.0.2.2")];
    let both = change(&[], &[&one, &web]);
    let network = change(&[&rule("22", "10.0.0.0/8")], &[&one]);
    let elsewhere = change(&[], &[&rule("2222", "192.0.2.1")]);
    let emptied = change(&[&web, &two], &[&one]);
    assert_eq!(found(&[&both, &network, &elsewhere, &emptied], &[&one, &web]), None);
}

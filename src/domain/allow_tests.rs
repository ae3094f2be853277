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

fn change(own: Option<OwnRule>, was: &[&Rule], rules: &[&Rule]) -> Action {
    let owned = |rules: &[&Rule]| rules.iter().map(|rule| (*rule).clone()).collect();
    let firewall = Target::stateless(&"lab".into(), Kind::Firewall, &"7".into(), "web");
    Action::UpdateFirewall {
        name: firewall.name.clone(),
        firewall,
        rules: owned(rules),
        was: owned(was),
        instances: Vec::new(),
        own,
    }
}

fn found(changes: &[&Action], rules: &[&Rule]) -> Option<(String, bool)> {
    let firewall = ResourceRef::new(&"lab".into(), Kind::Firewall, &"7".into());
    let rules: Vec<Rule> = rules.iter().map(|rule| (*rule).clone()).collect();
    remembered(changes.iter().copied(), &firewall, 22, &rules).map(|found| (found.rule.source, found.sure))
}

const FOLLOW: Option<OwnRule> = Some(OwnRule::Follow);
const PERSON: Option<OwnRule> = Some(OwnRule::AllowMyAddress);

#[rstest]
fn what_was_let_in_for_oneself_is_remembered_as_long_as_it_stands(#[values(FOLLOW, PERSON)] own: Option<OwnRule>) {
    let [web, one, two] = [rule("80", "0.0.0.0"), rule("22", "192.0.2.1"), rule("22", "192.0.2.2")];
    let added = change(own, &[&web], &[&web, &one]);
    let moved = change(own, &[&web, &one], &[&web, &two]);
    assert_eq!(found(&[], &[&one]), None);
    assert_eq!(found(&[&added], &[&web, &one]), Some(("192.0.2.1".into(), true)));
    // Written with its length by the provider, it is the same.
    assert_eq!(found(&[&added], &[&rule("22", "192.0.2.1/32")]), Some(("192.0.2.1/32".into(), true)));
    assert_eq!(found(&[&added, &moved], &[&two]), Some(("192.0.2.2".into(), true)));
    assert_eq!(found(&[&added, &moved], &[&web]), None);
}

#[test]
fn what_was_set_for_somebody_else_is_never_taken_for_ones_own() {
    let [web, one, two, three] =
        [rule("80", "0.0.0.0"), rule("22", "192.0.2.1"), rule("22", "192.0.2.2"), rule("22", "192.0.2.3")];
    let friend = change(None, &[&web], &[&web, &three]);
    let in_place = change(None, &[&web, &one], &[&web, &three]);
    assert_eq!(found(&[&friend], &[&web, &three]), None);
    assert_eq!(found(&[&in_place], &[&web, &three]), None);
    let added = change(FOLLOW, &[&web, &three], &[&web, &three, &one]);
    assert_eq!(found(&[&friend, &added], &[&web, &three, &one]), Some(("192.0.2.1".into(), true)));
    // The address that was one's own is another's since.
    let moved = change(FOLLOW, &[&web, &one], &[&web, &two]);
    let theirs = change(None, &[&web, &two], &[&web, &two, &one]);
    let own = change(FOLLOW, &[&web], &[&web, &one]);
    assert_eq!(found(&[&own, &moved, &theirs], &[&web, &two, &one]), Some(("192.0.2.2".into(), true)));
    assert_eq!(found(&[&own, &moved, &theirs], &[&web, &one]), None);
    // One that was taken away elsewhere and stands again was set by somebody else, as a later change tells.
    let without = change(None, &[&web], &[&web, &two]);
    assert_eq!(found(&[&own, &without], &[&web, &two, &one]), None);
}

#[test]
fn what_follows_moves_its_own_rule_and_of_several_that_a_person_set_none_is_sure() {
    let [one, two, three] = [rule("22", "192.0.2.1"), rule("22", "192.0.2.2"), rule("22", "192.0.2.3")];
    let home = change(PERSON, &[], &[&one]);
    let follows = change(FOLLOW, &[&one], &[&one, &two]);
    let office = change(PERSON, &[&one, &two], &[&one, &two, &three]);
    let all = [&one, &two, &three];
    assert_eq!(found(&[&home, &follows, &office], &all), Some(("192.0.2.2".into(), true)));
    let office = change(PERSON, &[&one], &[&one, &three]);
    assert_eq!(found(&[&home, &office], &[&one, &three]), Some(("192.0.2.3".into(), false)));
}

#[test]
fn a_change_of_an_earlier_version_says_of_no_rule_whose_it_is() {
    let old = serde_json::to_value(change(None, &[], &[&rule("22", "192.0.2.1")])).unwrap();
    assert!(old.get("own").is_none());
    let read: Action = serde_json::from_value(old).unwrap();
    assert_eq!(found(&[&read], &[&rule("22", "192.0.2.1")]), None);
}

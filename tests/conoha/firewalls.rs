//! Firewalls on servers: the whole list of a port is written, so nothing else in it may be lost.

use serde_json::{Value, json};
use vpsdeck::domain::{
    Action, Answer, Call, Collection, Direction, Kind, ListKey, Output, Ref, ResourceId, Rule, Target, Verdict,
};
use vpsdeck::sim::{Change, Fault, FaultKind, Op};
use vpsdeck::words::english;

use super::account::{Account, account};

#[tokio::test]
async fn a_firewall_goes_on_and_off_and_the_others_stay() {
    let account = account().await;
    let db = account.id("db").await;
    let before = account.instance("db").await.firewalls.clone().unwrap();
    account.carry_out(&account.place("web", "db", true).await).await.unwrap();
    let with = [before.as_slice(), &["web".to_owned()]].concat();
    assert_eq!(account.instance("db").await.firewalls.as_ref(), Some(&with));
    assert!(account.firewall("web").await.on.as_ref().unwrap().contains(&db));
    account.carry_out(&account.place("web", "db", false).await).await.unwrap();
    assert_eq!(account.instance("db").await.firewalls.as_ref(), Some(&before));
    assert_eq!(account.requests("PUT", "/ports/"), 2);
}

#[tokio::test]
async fn where_it_is_already_nothing_is_written() {
    let account = account().await;
    account.carry_out(&account.place("web", "web-01", true).await).await.unwrap();
    assert_eq!((account.requests("PUT", "/"), account.effects().len()), (0, 0));
}

#[tokio::test]
async fn a_refusal_is_told_and_what_takes_several_requests_is_not_sent() {
    let account = account().await;
    let mut unknown = account.place("web", "db", true).await;
    if let Action::AssignFirewall { firewall, .. } = &mut unknown {
        firewall.resource.id = "nowhere".into();
    }
    let (_, verdict) = account.carry_out(&unknown).await.unwrap_err();
    assert!(matches!(verdict, Verdict::Refused(_)), "{verdict:?}");
    let sent = account.requests("PUT", "/");
    let (firewall, instance) = (account.firewall("web").await.id.clone(), account.id("db").await);
    let Verdict::Refused(said) = account.judged(&Call::AssignFirewall { firewall, instance }).await else { panic!() };
    assert!(said.unsent && account.requests("PUT", "/") == sent, "{said:?}");
    assert!(account.effects().is_empty());
}

#[tokio::test]
async fn a_lost_write_is_unknown() {
    let account = account().await;
    account.sim.add_fault(Fault::new(FaultKind::LostAnswer).on("PUT", "/ports").times(1));
    let lost = account.carry_out(&account.place("web", "db", true).await).await;
    assert_eq!(lost, Err((0, Verdict::Unknown)));
    assert_eq!(account.effects().len(), 1);
}

fn rule(protocol: &str, ports: &str, source: &str) -> Rule {
    let [protocol, ports, source] = [protocol, ports, source].map(str::to_owned);
    Rule { direction: Direction::In, preset: String::new(), protocol, ports, source }
}

async fn told(account: &Account, id: &ResourceId) -> Vec<String> {
    let Collection::Rules(set) = account.read(ListKey::Rules(id.clone())).await.unwrap().collection else { panic!() };
    let mut told: Vec<String> =
        set.rules.iter().map(|r| format!("{:?} {} {} {}", r.direction, r.protocol, r.ports, r.source)).collect();
    told.sort();
    told
}

fn create(name: &str, rules: Vec<Rule>, instances: Vec<Target>) -> Action {
    Action::CreateFirewall { new: Target::new(&crate::ACCOUNT.into(), Kind::Firewall, name), rules, instances }
}

/// Gives a firewall these rules, from those that it has.
async fn update(account: &Account, name: &str, to: &str, rules: Vec<Rule>) -> Action {
    let firewall = account.target(name).await;
    let was = rules_of(account, firewall.id()).await;
    Action::UpdateFirewall { firewall, name: to.to_owned(), rules, was, instances: Vec::new(), own: None }
}

async fn rules_of(account: &Account, id: &ResourceId) -> Vec<Rule> {
    let Collection::Rules(set) = account.read(ListKey::Rules(id.clone())).await.unwrap().collection else { panic!() };
    set.rules.clone()
}

#[tokio::test]
async fn a_firewall_is_made_changed_and_deleted() {
    let account = account().await;
    let db = Target::stateless(&crate::ACCOUNT.into(), Kind::Instance, &account.id("db").await, "db");
    let rules = vec![rule("TCP", "25", "0.0.0.0"), rule("tcp", "993-995", "198.51.100.0/24")];
    let outputs = account.carry_out(&create("mail", rules, vec![db])).await.unwrap();
    let [Output::Firewall(id)] = &outputs[..] else { panic!("{outputs:?}") };
    let outward = ["Out   0.0.0.0/0", "Out   ::/0"];
    let inward = ["In tcp 25 0.0.0.0/0", "In tcp 993-995 198.51.100.0/24"];
    assert_eq!(told(&account, id).await, [&inward[..], &outward[..]].concat());
    assert!(account.instance("db").await.firewalls.as_ref().unwrap().contains(&"mail".to_owned()));
    let mut rules: Vec<Rule> = rules_of(&account, id).await.into_iter().filter(|r| r.ports != "25").collect();
    rules.push(rule("icmp", "", "2001:db8::/32"));
    let change = update(&account, "mail", "post", rules.clone()).await;
    account.carry_out(&change).await.unwrap();
    let changed = ["In icmpv6  2001:db8::/32", "In tcp 993-995 198.51.100.0/24", "Out   0.0.0.0/0", "Out   ::/0"];
    assert_eq!(told(&account, id).await, changed);
    assert_eq!(account.firewall("post").await.id, *id);
    let sent = account.effects().len();
    account.carry_out(&change).await.unwrap();
    account.carry_out(&update(&account, "post", "post", rules).await).await.unwrap();
    assert_eq!(account.effects().len(), sent, "a second time there is nothing to do");
    let delete = Call::DeleteFirewall { firewall: id.clone() };
    assert!(matches!(account.judged(&delete).await, Verdict::Refused(_)), "it is in use");
    account.carry_out(&account.place("post", "db", false).await).await.unwrap();
    assert_eq!(account.judged(&delete).await, Verdict::TookEffect);
    assert_eq!(account.judged(&delete).await, Verdict::TookEffectIfGone);
}

#[tokio::test]
async fn an_outward_rule_takes_the_place_of_all_traffic_outward() {
    let account = account().await;
    let out = Rule { direction: Direction::Out, ..rule("udp", "53", "198.51.100.53") };
    let outputs = account.carry_out(&create("dns", vec![out], Vec::new())).await.unwrap();
    let [Output::Firewall(id)] = &outputs[..] else { panic!("{outputs:?}") };
    assert_eq!(told(&account, id).await, ["Out udp 53 198.51.100.53"]);
}

#[tokio::test]
async fn what_breaks_off_says_at_which_step_and_only_what_is_missing_is_made_then() {
    let account = account().await;
    let rules = vec![rule("tcp", "22", "198.51.100.7"), rule("tcp", "80", ""), rule("tcp", "443", "")];
    let fault = Fault::new(FaultKind::ServerError { status: 503 }).on("POST", "/security-group-rules");
    account.sim.add_fault(fault.after_passing(1).times(1));
    let broken = account.carry_out(&create("half", rules.clone(), Vec::new())).await;
    assert_eq!(broken, Err((2, Verdict::Unknown)));
    let new = account.target("half").await;
    assert_eq!(told(&account, new.id()).await.iter().filter(|line| line.starts_with("In")).count(), 1);
    let go_on = Action::CreateFirewall { new: new.clone(), rules, instances: Vec::new() };
    account.carry_out(&go_on).await.unwrap();
    let inward = ["In tcp 22 198.51.100.7", "In tcp 443 0.0.0.0/0", "In tcp 80 0.0.0.0/0"];
    assert_eq!(told(&account, new.id()).await[..3], inward);
    assert_eq!((account.requests("POST", "/security-groups"), account.effects().len()), (1, 4));
}

#[tokio::test]
async fn an_equal_rule_took_effect_and_a_quota_did_not() {
    let account = account().await;
    let web = account.firewall("web").await.id.clone();
    let add = |ports: &str| Call::AddRule { firewall: Ref::Known(web.clone()), rule: rule("tcp", ports, "0.0.0.0/0") };
    assert_eq!(account.judged(&add("80")).await, Verdict::TookEffect, "it is there");
    let fault = Fault::new(FaultKind::Refusal { status: 409 }).saying("Quota exceeded for resources: ['rule'].");
    account.sim.add_fault(fault.on("POST", "/security-group-rules").times(1));
    let Verdict::Refused(said) = account.judged(&add("2222")).await else { panic!() };
    assert!(english(&said.said).contains("Quota exceeded"), "{said:?}");
    let odd = Call::AddRule { firewall: Ref::Known(web.clone()), rule: rule("tcp", "http", "") };
    let answer = account.judged_knowing(&odd, &[]).await.1;
    assert!(matches!(answer, Answer::NotSent { .. }), "{answer:?}");
    let gone = Call::RemoveRule { firewall: Ref::Known(web), rule: rule("tcp", "1", ""), id: Some("nowhere".into()) };
    assert_eq!(account.judged(&gone).await, Verdict::TookEffectIfGone);
}

#[tokio::test]
async fn what_somebody_else_wrote_to_a_port_meanwhile_stays() {
    let account = account().await;
    let before = account.instance("db").await.firewalls.clone();
    account.carry_out(&account.place("web", "db", true).await).await.unwrap();
    let (on, off) = (account.place("web", "batch", true).await, account.place("web", "db", false).await);
    account.carry_out(&on).await.unwrap();
    account.carry_out(&off).await.unwrap();
    assert_eq!(account.instance("db").await.firewalls, before);
}

/// Rules that no client of today makes, in the firewall `web`.
fn odd_rules(account: &Account) {
    let put = |json: Value| {
        let json = json.as_object().unwrap().clone();
        let op = Op::AddRule { firewall: "web".to_owned(), json };
        account.sim.make(&Change { account: crate::ACCOUNT.to_owned(), op }).unwrap();
    };
    put(json!({"protocol": "icmp", "port_range_min": -1, "port_range_max": -1}));
    put(json!({"protocol": "tcp", "port_range_min": -1, "port_range_max": -1, "remote_ip_prefix": "198.51.100.0/24"}));
    put(json!({"protocol": "tcp", "port_range_min": 8000}));
    put(json!({"protocol": "47", "ethertype": "IPv6"}));
    put(json!({"protocol": "tcp", "port_range_min": 22, "port_range_max": 22, "remote_address_group_id": "ag1"}));
    put(json!({"direction": "egress", "protocol": "132", "port_range_min": 5000, "port_range_max": 5010}));
}

const ODD: [&str; 6] = [
    "In 47  ::/0",
    "In icmp -1/-1 0.0.0.0/0",
    "In tcp -1 198.51.100.0/24",
    "In tcp 22 address-group:ag1",
    "In tcp 8000- 0.0.0.0/0",
    "Out 132 5000-5010 0.0.0.0/0",
];

#[tokio::test]
async fn rules_of_other_kinds_are_shown_as_they_are_and_stay_where_others_change() {
    let account = account().await;
    let web = account.firewall("web").await.id.clone();
    odd_rules(&account);
    let shown = told(&account, &web).await;
    assert_eq!(shown.iter().filter(|line| ODD.contains(&line.as_str())).count(), ODD.len(), "{shown:?}");
    let mut rules = rules_of(&account, &web).await;
    rules.retain(|rule| rule.ports != "80");
    rules.push(rule("tcp", "2222", "198.51.100.7"));
    account.carry_out(&update(&account, "web", "web", rules.clone()).await).await.unwrap();
    assert_eq!((account.requests("POST", "/security-group-rules"), account.requests("DELETE", "/")), (1, 1));
    let after = told(&account, &web).await;
    assert!(ODD.iter().all(|line| after.contains(&(*line).to_owned())), "{after:?}");
    assert!(after.contains(&"In tcp 2222 198.51.100.7".to_owned()) && !after.iter().any(|l| l.contains(" 80 ")));
    // One of them goes where it is not wanted, and it alone.
    rules.retain(|rule| rule.source != "address-group:ag1");
    account.carry_out(&update(&account, "web", "web", rules).await).await.unwrap();
    let left: Vec<String> = after.into_iter().filter(|line| !line.contains("address-group")).collect();
    assert_eq!(told(&account, &web).await, left);
}

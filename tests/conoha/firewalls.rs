//! Firewalls on servers: the whole list of a port is written, so nothing else in it may be lost.

use serde_json::{Value, json};
use vpsdeck::domain::{Answer, Call, Collection, Direction, ListKey, Output, ResourceId, Rule, Verdict};
use vpsdeck::sim::{Change, Fault, FaultKind, Op};

use super::account::{Account, account};

#[tokio::test]
async fn a_firewall_goes_on_and_off_and_the_others_stay() {
    let account = account().await;
    let (db, web) = (account.id("db").await, account.firewall("web").await.id.clone());
    let on = Call::AssignFirewall { firewall: web.clone(), instance: db.clone() };
    assert_eq!(account.judged(&on).await, Verdict::TookEffect);
    assert_eq!(account.instance("db").await.firewalls.as_ref().unwrap(), &["default", "gncs-ipv4-ssh", "web"]);
    assert!(account.firewall("web").await.on.as_ref().unwrap().contains(&db));
    let off = Call::DetachFirewall { firewall: web, instance: db.clone() };
    assert_eq!(account.judged(&off).await, Verdict::TookEffect);
    assert_eq!(account.instance("db").await.firewalls.as_ref().unwrap(), &["default", "gncs-ipv4-ssh"]);
    assert_eq!(account.requests("PUT", "/ports/"), 2);
}

#[tokio::test]
async fn where_it_is_already_nothing_is_written() {
    let account = account().await;
    let call = Call::AssignFirewall {
        firewall: account.firewall("web").await.id.clone(),
        instance: account.id("web-01").await,
    };
    let (verdict, answer) = account.judged_knowing(&call, &[]).await;
    assert_eq!(verdict, Verdict::TookEffect);
    assert!(matches!(answer, Answer::Replied { status: 200, said: Some(said), .. } if said == "already so"));
    assert_eq!((account.requests("PUT", "/"), account.effects().len()), (0, 0));
}

#[tokio::test]
async fn a_refusal_is_told_and_a_server_without_a_port_is_left_alone() {
    let account = account().await;
    let unknown = Call::AssignFirewall { firewall: "nowhere".into(), instance: account.id("db").await };
    let verdict = account.judged(&unknown).await;
    assert!(matches!(verdict, Verdict::Refused(_)), "{verdict:?}");
    let firewall = account.firewall("web").await.id.clone();
    let gone = Call::AssignFirewall { firewall, instance: "nobody".into() };
    assert!(matches!(account.judged(&gone).await, Verdict::Refused(_)));
    assert!(account.effects().is_empty());
}

#[tokio::test]
async fn a_lost_read_is_no_effect_and_a_lost_write_is_unknown() {
    let account = account().await;
    let (db, web) = (account.id("db").await, account.firewall("web").await.id.clone());
    let on = Call::AssignFirewall { firewall: web, instance: db };
    account.sim.add_fault(Fault::new(FaultKind::LostAnswer).on("GET", "/ports").times(1));
    let verdict = account.judged(&on).await;
    assert!(matches!(verdict, Verdict::NoEffect { .. }), "{verdict:?}");
    account.sim.clear_faults();
    account.sim.add_fault(Fault::new(FaultKind::LostAnswer).on("PUT", "/ports").times(1));
    assert_eq!(account.judged(&on).await, Verdict::Unknown);
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

#[tokio::test]
async fn a_firewall_is_made_changed_and_deleted() {
    let account = account().await;
    let db = account.id("db").await;
    let make = Call::CreateFirewall {
        name: "mail".to_owned(),
        rules: vec![rule("TCP", "25", "0.0.0.0"), rule("tcp", "993-995", "198.51.100.0/24")],
        instances: vec![db.clone()],
    };
    let (verdict, answer) = account.judged_knowing(&make, &[]).await;
    assert_eq!(verdict, Verdict::TookEffect);
    let Answer::Replied { outputs, .. } = answer else { panic!() };
    let [Output::Firewall(id)] = &outputs[..] else { panic!("{outputs:?}") };
    let outward = ["Out   0.0.0.0/0", "Out   ::/0"];
    let inward = ["In tcp 25 0.0.0.0/0", "In tcp 993-995 198.51.100.0/24"];
    assert_eq!(told(&account, id).await, [&inward[..], &outward[..]].concat());
    assert!(account.instance("db").await.firewalls.as_ref().unwrap().contains(&"mail".to_owned()));
    let Collection::Rules(set) = account.read(ListKey::Rules(id.clone())).await.unwrap().collection else { panic!() };
    let mut rules: Vec<Rule> = set.rules.iter().filter(|r| r.ports != "25").cloned().collect();
    rules.push(rule("icmp", "", "2001:db8::/32"));
    let change =
        Call::UpdateFirewall { firewall: id.clone(), name: "post".to_owned(), rules, instances: vec![db.clone()] };
    assert_eq!(account.judged(&change).await, Verdict::TookEffect);
    assert_eq!(
        told(&account, id).await,
        ["In icmpv6  2001:db8::/32", "In tcp 993-995 198.51.100.0/24", "Out   0.0.0.0/0", "Out   ::/0"]
    );
    assert_eq!(account.firewall("post").await.id, *id);
    let sent = account.requests("POST", "/security-group-rules");
    assert_eq!(account.judged(&change).await, Verdict::TookEffect, "a second time there is nothing to do");
    assert_eq!(account.requests("POST", "/security-group-rules"), sent);
    let delete = Call::DeleteFirewall { firewall: id.clone() };
    assert!(matches!(account.judged(&delete).await, Verdict::Refused(_)), "it is in use");
    let off = Call::DetachFirewall { firewall: id.clone(), instance: db };
    assert_eq!(account.judged(&off).await, Verdict::TookEffect);
    assert_eq!(account.judged(&delete).await, Verdict::TookEffect);
    assert_eq!(account.judged(&delete).await, Verdict::TookEffectIfGone);
}

#[tokio::test]
async fn a_firewall_that_is_half_made_is_never_made_twice() {
    let account = account().await;
    let make = |name: &str, ports: &str| Call::CreateFirewall {
        name: name.to_owned(),
        rules: vec![rule("tcp", ports, "")],
        instances: Vec::new(),
    };
    account.sim.add_fault(Fault::new(FaultKind::LostRequest).on("POST", "/security-group-rules").times(1));
    assert_eq!(account.judged(&make("lost", "1")).await, Verdict::Unknown);
    assert!(matches!(account.judged(&make("odd", "http")).await, Verdict::Refused(_)));
    let names: Vec<String> = account.firewalls().await.iter().map(|f| f.name.clone()).collect();
    assert!(names.contains(&"lost".to_owned()) && !names.contains(&"odd".to_owned()), "{names:?}");
    account.sim.add_fault(Fault::new(FaultKind::Quota).on("POST", "/security-group-rules").times(1));
    assert_eq!(account.judged(&make("spent", "1")).await, Verdict::Unknown, "not taken for one without effect");
}

#[tokio::test]
async fn a_change_that_is_refused_half_way_says_so_and_goes_on_from_there_the_next_time() {
    let account = account().await;
    let web = account.firewall("web").await.id.clone();
    let Collection::Rules(set) = account.read(ListKey::Rules(web.clone())).await.unwrap().collection else { panic!() };
    let change = |rules: &[Rule]| {
        let rules = [&set.rules[..], rules].concat();
        Call::UpdateFirewall { firewall: web.clone(), name: "web".to_owned(), rules, instances: Vec::new() }
    };
    let half = change(&[rule("tcp", "8081", "0.0.0.0/0"), rule("tcp", "8082", "group:nowhere")]);
    let Verdict::Refused(said) = account.judged(&half).await else { panic!() };
    assert!(said.said.contains("1 rules were changed before"), "{}", said.said);
    let sent = account.requests("POST", "/security-group-rules");
    assert_eq!(account.judged(&change(&[rule("tcp", "8081", "")])).await, Verdict::TookEffect);
    assert_eq!(account.requests("POST", "/security-group-rules"), sent, "it is there already, however it is written");
}

/// Rules that no client of today makes, in the firewall `web`.
fn odd_rules(account: &Account) {
    let put = |json: Value| {
        let json = json.as_object().unwrap().clone();
        let op = Op::AddRule { firewall: "web".to_owned(), json };
        account.sim.make(&Change { account: "conoha".to_owned(), op }).unwrap();
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
    let Collection::Rules(set) = account.read(ListKey::Rules(web.clone())).await.unwrap().collection else { panic!() };
    let change = |rules: Vec<Rule>| Call::UpdateFirewall {
        firewall: web.clone(),
        name: "web".to_owned(),
        rules,
        instances: Vec::new(),
    };
    let mut rules: Vec<Rule> = set.rules.iter().filter(|rule| rule.ports != "80").cloned().collect();
    rules.push(rule("tcp", "2222", "198.51.100.7"));
    assert_eq!(account.judged(&change(rules.clone())).await, Verdict::TookEffect);
    assert_eq!((account.requests("POST", "/security-group-rules"), account.requests("DELETE", "/")), (1, 1));
    let after = told(&account, &web).await;
    assert!(ODD.iter().all(|line| after.contains(&(*line).to_owned())), "{after:?}");
    assert!(after.contains(&"In tcp 2222 198.51.100.7".to_owned()) && !after.iter().any(|l| l.contains(" 80 ")));
    // One of them goes where it is not wanted, and it alone.
    rules.retain(|rule| rule.source != "address-group:ag1");
    assert_eq!(account.judged(&change(rules)).await, Verdict::TookEffect);
    let left: Vec<String> = after.into_iter().filter(|line| !line.contains("address-group")).collect();
    assert_eq!(told(&account, &web).await, left);
}

#[tokio::test]
async fn a_conflict_that_is_no_equal_rule_is_a_refusal() {
    let account = account().await;
    let web = account.firewall("web").await.id.clone();
    let fault = Fault::new(FaultKind::Refusal { status: 409 }).saying("Quota exceeded for resources: ['rule'].");
    account.sim.add_fault(fault.on("POST", "/security-group-rules").times(1));
    let rules = vec![rule("tcp", "2222", "198.51.100.7")];
    let change = Call::UpdateFirewall { firewall: web, name: "web".to_owned(), rules, instances: Vec::new() };
    let Verdict::Refused(said) = account.judged(&change).await else { panic!() };
    assert!(said.said.contains("Quota exceeded"), "{}", said.said);
    assert_eq!(account.requests("DELETE", "/security-group-rules"), 0, "nothing is taken away after it");
}

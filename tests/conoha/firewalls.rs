//! Firewalls on servers: the whole list of a port is written, so nothing else in it may be lost.

use vpsdeck::domain::{Answer, Call, Verdict};
use vpsdeck::sim::{Fault, FaultKind};

use super::account::account;

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

//! Every change, and what its answer is judged to mean.

use vpsdeck::domain::{
    Call, Collection, Direction, InstanceStatus, Inventory, ListKey, Output, PowerCall, PreState, ProviderPolicy,
    Reconciled, Ref, Remote, Rule, StoreStatus, Timestamp, Verdict,
};
use vpsdeck::provider::indigo::IndigoPolicy;
use vpsdeck::sim::{Change, Op};

use super::account::{Account, WORLD, account, of, power, refusal};

const WEB: &str = "700001";
const OFF: &str = "700002";

fn take(of: &str, name: &str) -> Call {
    Call::TakeSnapshot { instance: of.into(), name: name.into() }
}

fn restore(of: &str, snapshot: Ref) -> Call {
    Call::Restore { instance: of.into(), snapshot }
}

fn delete(snapshot: Ref) -> Call {
    Call::DeleteSnapshot { snapshot, of: Some(WEB.into()) }
}

#[tokio::test]
async fn power_goes_off_and_on_and_saying_it_twice_does_no_harm() {
    let account = account().await;
    assert_eq!(account.judged(&power(WEB, PowerCall::Start)).await, Verdict::TookEffect, "it runs already");
    assert_eq!(account.judged(&power(WEB, PowerCall::Stop)).await, Verdict::TookEffect);
    account.pass(80);
    assert_eq!(account.status(WEB).await, Some(InstanceStatus::Stopped));
    assert_eq!(account.judged(&power(WEB, PowerCall::Stop)).await, Verdict::TookEffect, "it is off already");
    assert_eq!(account.judged(&power(WEB, PowerCall::Start)).await, Verdict::TookEffect);
    account.pass(30);
    assert_eq!(account.status(WEB).await, Some(InstanceStatus::Running));
    assert_eq!(account.judged(&power(WEB, PowerCall::Reboot)).await, Verdict::TookEffect);
    account.pass(30);
    assert_eq!(account.judged(&power(WEB, PowerCall::ForceStop)).await, Verdict::TookEffect);
    account.pass(10);
    assert_eq!(account.status(WEB).await, Some(InstanceStatus::Stopped));
    assert_eq!(account.effects(), ["stop", "start", "reset", "forcestop"]);
}

#[tokio::test]
async fn both_ways_to_answer_a_stop_are_understood() {
    let account = of(&WORLD.replace("[quirks]", "[quirks]\nstop_answer = \"at_once\"")).await;
    assert_eq!(account.judged(&power(WEB, PowerCall::Stop)).await, Verdict::TookEffect);
}

#[tokio::test]
async fn only_what_is_off_is_destroyed_and_then_it_leaves_the_list() {
    let account = account().await;
    let call = Call::Destroy { instance: WEB.into() };
    assert_eq!(refusal(&account.judged(&call).await), "still-runs");
    account.judged(&power(WEB, PowerCall::ForceStop)).await;
    account.pass(10);
    assert_eq!(account.judged(&call).await, Verdict::TookEffect);
    assert_eq!(account.judged(&call).await, Verdict::TookEffectIfGone, "it lingers");
    account.pass(60);
    assert_eq!(account.status(WEB).await, None);
    assert_eq!(account.judged(&call).await, Verdict::TookEffectIfGone);
    assert_eq!(account.judged(&Call::Destroy { instance: "700004".into() }).await, Verdict::TookEffect);
    assert_eq!(account.effects(), ["forcestop", "destroy", "destroy"]);
}

#[tokio::test]
async fn a_snapshot_from_its_taking_to_its_deletion() {
    let account = account().await;
    let before: Vec<_> = account.snapshots(WEB).await.iter().map(|s| s.id.clone()).collect();
    assert_eq!(account.judged(&take(WEB, "now")).await, Verdict::TookEffect);
    let rows = account.snapshots(WEB).await;
    let made = rows.iter().find(|s| !before.contains(&s.id)).unwrap();
    assert_eq!((made.name.as_str(), &made.status), ("now", &StoreStatus::Creating));
    account.pass(100);
    let outputs = [Output::Snapshot(made.id.clone())];
    assert_eq!(account.snapshots(WEB).await.iter().find(|s| s.id == made.id).unwrap().status, StoreStatus::Available);
    let (verdict, _) = account.judged_knowing(&restore(WEB, Ref::OutputSnapshot), &outputs).await;
    assert_eq!(refusal(&verdict), "restore-while-running");
    account.judged(&power(WEB, PowerCall::Stop)).await;
    account.pass(80);
    let (verdict, _) = account.judged_knowing(&restore(WEB, Ref::OutputSnapshot), &outputs).await;
    assert_eq!(verdict, Verdict::TookEffect);
    let early = account.judged(&power(WEB, PowerCall::Start)).await;
    assert!(matches!(early, Verdict::NoEffect { .. }), "the restore still goes on: {early:?}");
    account.pass(70);
    assert_eq!(account.judged(&power(WEB, PowerCall::Start)).await, Verdict::TookEffect);
    let (verdict, _) = account.judged_knowing(&delete(Ref::OutputSnapshot), &outputs).await;
    assert_eq!(verdict, Verdict::TookEffect);
    assert_eq!(account.snapshots(WEB).await.len(), before.len());
    let again = account.judged(&delete(Ref::Known(made.id.clone()))).await;
    assert_eq!(again, Verdict::TookEffectIfGone);
}

#[tokio::test]
async fn a_step_that_should_know_the_snapshot_and_does_not_sends_nothing() {
    let account = account().await;
    let (verdict, _) = account.judged_knowing(&restore(OFF, Ref::OutputSnapshot), &[]).await;
    assert_eq!(refusal(&verdict), "not-sent");
    assert!(account.sim.requests().is_empty());
}

#[tokio::test]
async fn a_failed_snapshot_is_tried_again() {
    let account = of(&WORLD.replace("id = 700001", "id = 700001\nodd = { snapshots_fail = true }")).await;
    account.judged(&take(WEB, "now")).await;
    account.pass(100);
    let rows = account.snapshots(WEB).await;
    let failed = rows.iter().find(|s| s.name == "now").unwrap();
    assert_eq!(failed.status, StoreStatus::Error);
    let op = Op::SetOdd { instance: WEB.into(), odd: Default::default() };
    account.sim.make(&Change { account: "indigo".into(), op }).unwrap();
    let call = Call::RetakeSnapshot { instance: WEB.into(), snapshot: failed.id.clone() };
    assert_eq!(account.judged(&call).await, Verdict::TookEffect);
    account.pass(100);
    let rows = account.snapshots(WEB).await;
    assert_eq!(rows.iter().find(|s| s.id == failed.id).unwrap().status, StoreStatus::Available);
}

#[tokio::test]
async fn a_firewall_from_its_making_to_its_deletion() {
    let account = account().await;
    let rule = |ports: &str, direction| Rule {
        direction,
        preset: "Custom".into(),
        protocol: "TCP".into(),
        ports: ports.into(),
        source: "203.0.113.9".into(),
    };
    let create = Call::CreateFirewall { name: "ssh".into(), rules: vec![rule("22", Direction::In)], instances: vec![] };
    let (verdict, answer) = account.judged_knowing(&create, &[]).await;
    assert_eq!(verdict, Verdict::TookEffect);
    let vpsdeck::domain::Answer::Replied { outputs, .. } = answer else { panic!() };
    let [Output::Firewall(id)] = outputs.as_slice() else { panic!("{outputs:?}") };
    let rules = vec![rule("22", Direction::In), rule("443", Direction::Out)];
    let instances = vec![OFF.into()];
    let update = Call::UpdateFirewall { firewall: id.clone(), name: "ssh".into(), rules: rules.clone(), instances };
    assert_eq!(account.judged(&update).await, Verdict::TookEffect);
    let Collection::Rules(set) = account.read(ListKey::Rules(id.clone())).await.unwrap().collection else { panic!() };
    assert_eq!(set.rules, rules);
    let assign = Call::AssignFirewall { firewall: id.clone(), instance: WEB.into() };
    assert_eq!(account.judged(&assign).await, Verdict::TookEffect);
    let delete = Call::DeleteFirewall { firewall: id.clone() };
    assert_eq!(refusal(&account.judged(&delete).await), "firewall-on-machine");
    let Collection::Firewalls(rows) = account.read(ListKey::Firewalls).await.unwrap().collection else { panic!() };
    let free = rows.iter().find(|f| f.id != *id).unwrap();
    let delete = Call::DeleteFirewall { firewall: free.id.clone() };
    assert_eq!(account.judged(&delete).await, Verdict::TookEffect, "the assignment took the other one's place");
}

#[tokio::test]
async fn a_start_before_it_is_ready_had_no_effect() {
    let account = account().await;
    let verdict = account.judged(&power("700003", PowerCall::Start)).await;
    assert!(matches!(verdict, Verdict::NoEffect { .. }), "{verdict:?}");
    assert!(account.effects().is_empty());
}

async fn inventory(account: &Account) -> Inventory {
    let mut inventory = Inventory::default();
    for key in [ListKey::Instances, ListKey::Snapshots(Some(WEB.into()))] {
        let collection = account.read(key.clone()).await.unwrap().collection;
        inventory.lists.insert(key, Remote { value: Some(collection.into()), ..Remote::default() });
    }
    inventory
}

#[tokio::test]
async fn what_was_lost_settles_by_what_is_shown() {
    let account = account().await;
    let ids = account.snapshots(WEB).await.iter().map(|s| s.id.clone()).collect();
    let before = PreState { status: None, ids, at: Timestamp(0), size_gb: None };
    let (take, stop) = (take(WEB, "now"), power(WEB, PowerCall::Stop));
    let shown = inventory(&account).await;
    assert_eq!(IndigoPolicy.reconcile(&take, &before, &shown, Timestamp(0)), Reconciled::NotYet);
    assert_eq!(IndigoPolicy.reconcile(&stop, &before, &shown, Timestamp(0)), Reconciled::NotYet);
    account.judged(&take).await;
    account.judged(&stop).await;
    account.pass(80);
    let shown = inventory(&account).await;
    assert_eq!(IndigoPolicy.reconcile(&take, &before, &shown, Timestamp(0)), Reconciled::Yes);
    assert_eq!(IndigoPolicy.reconcile(&stop, &before, &shown, Timestamp(0)), Reconciled::Yes);
}

//! Orders for new instances, in all four forms.

use vpsdeck::domain::{
    Answer, Call, Collection, Hidden, InstanceStatus, ListKey, NewKey, Order, OrderSource, Output, ProviderPolicy as _,
    Ref, ResourceId, Verdict,
};
use vpsdeck::provider::indigo::IndigoPolicy;
use vpsdeck::sim::{Change, Op};

use super::account::{Account, account, refusal};

fn order(name: &str, source: OrderSource, plan: &str) -> Order {
    Order {
        network: None,
        name: name.to_owned(),
        source,
        plan: plan.into(),
        region: Some("1".into()),
        key: None,
        firewalls: Vec::new(),
        password: Hidden::default(),
        had_password: false,
    }
}

async fn laptop(account: &Account) -> ResourceId {
    let Collection::Keys(keys) = account.read(ListKey::Keys).await.unwrap().collection else { panic!() };
    keys.iter().find(|key| key.name == "laptop").unwrap().id.clone()
}

/// Sends an order; the id that its answer taught.
async fn made(account: &Account, order: Order, outputs: &[Output]) -> ResourceId {
    let (verdict, answer) = account.judged_knowing(&order.into(), outputs).await;
    assert_eq!(verdict, Verdict::TookEffect, "{answer:?}");
    let Answer::Replied { outputs, body, .. } = answer else { panic!() };
    assert!(!body.contains("Sup3r"), "{body}");
    let [Output::Instance(id)] = &outputs[..] else { panic!("{outputs:?}") };
    id.clone()
}

#[tokio::test]
async fn a_linux_a_windows_and_a_copy_are_made_and_end_up_switched_off() {
    let account = account().await;
    let key = Some(Ref::Known(laptop(&account).await));
    let linux = Order { key: key.clone(), ..order("linux", OrderSource::Image("22".into()), "13") };
    let windows = Order {
        password: Hidden::new("Sup3r#Secret"),
        had_password: true,
        ..order("windows", OrderSource::Image("11".into()), "7")
    };
    let saved = account.snapshots("700001").await[0].id.clone();
    let copy = Order { key, region: None, ..order("copy", OrderSource::Snapshot(Ref::Known(saved)), "1") };
    for order in [linux, windows, copy] {
        let name = order.name.clone();
        let id = made(&account, order, &[]).await;
        assert_eq!(account.status(id.as_str()).await, Some(InstanceStatus::Creating), "{name}");
        let start = Call::Power { instance: id.clone(), what: vpsdeck::domain::PowerCall::Start };
        let early = account.judged(&start).await;
        assert!(matches!(early, Verdict::NoEffect { .. }), "{name}: {early:?}");
        account.pass(90);
        assert_eq!(account.status(id.as_str()).await, Some(InstanceStatus::Stopped), "{name}");
    }
    assert_eq!(account.effects(), ["create_instance", "create_instance", "create_instance"]);
}

#[tokio::test]
async fn a_key_that_is_added_first_is_named_by_the_order_after_it() {
    let account = account().await;
    let key = NewKey { name: "fresh".into(), public: "ssh-rsa AAAAB3NzaFRESH".into() };
    let (verdict, answer) = account.judged_knowing(&Call::AddKey { key }, &[]).await;
    assert_eq!(verdict, Verdict::TookEffect);
    let Answer::Replied { outputs, .. } = answer else { panic!() };
    let linux = Order { key: Some(Ref::OutputKey), ..order("linux", OrderSource::Image("22".into()), "1") };
    let unknown = account.judged(&linux.clone().into()).await;
    assert_eq!(refusal(&unknown), "not-sent", "which key was added is not known");
    made(&account, linux, &outputs).await;
}

#[tokio::test]
async fn an_import_tells_how_far_it_is_and_a_wrong_address_only_later() {
    let account = account().await;
    let import =
        |name: &str, url: &str| order(name, OrderSource::Import { image: "3".into(), url: url.to_owned() }, "1");
    let good = made(&account, import("good", "https://images.example.com/d.qcow2"), &[]).await;
    let bad = made(&account, import("bad", "https://images.invalid/d.qcow2"), &[]).await;
    account.pass(40);
    assert!(matches!(account.status(good.as_str()).await, Some(InstanceStatus::Importing(Some(1..)))));
    account.pass(600);
    assert_eq!(account.status(bad.as_str()).await, Some(InstanceStatus::Error));
    let failed = account.instances().await.into_iter().find(|i| i.id == bad).unwrap();
    assert!(failed.trouble.as_ref().is_some_and(|t| t.said.contains("The URL entered is invalid")), "{failed:?}");
}

#[tokio::test]
async fn what_is_out_of_stock_is_refused_and_an_order_without_its_password_is_not_sent() {
    let account = account().await;
    account.sim.make(&Change { account: "indigo".into(), op: Op::OutOfStock { plans: vec![1] } }).unwrap();
    let linux =
        Order { key: Some(Ref::Known(laptop(&account).await)), ..order("linux", OrderSource::Image("22".into()), "1") };
    assert_eq!(refusal(&account.judged(&linux.into()).await), "out-of-stock");
    let lost = Order { had_password: true, ..order("windows", OrderSource::Image("11".into()), "7") };
    assert_eq!(refusal(&account.judged(&lost.into()).await), "not-sent");
    assert!(account.effects().iter().all(|effect| effect != "create_instance"));
}

#[tokio::test]
async fn the_request_that_is_shown_is_the_one_that_is_sent() {
    let account = account().await;
    let linux = Order {
        key: Some(Ref::Known(laptop(&account).await)),
        ..order("linux", OrderSource::Image("22".into()), "13")
    };
    let call: Call = linux.into();
    let shown = IndigoPolicy.request_of(&call).unwrap();
    account.judged(&call).await;
    let requests = account.sim.requests();
    let sent = requests.iter().find(|r| r.path.ends_with("createinstance")).unwrap();
    assert_eq!((shown.method.as_str(), shown.path.as_str()), (sent.method.as_str(), sent.path.as_str()));
}

//! Orders for new servers: with a key pair, groups and a password, or with one that the provider makes up.

use vpsdeck::domain::{
    Answer, Collection, Hidden, InstanceStatus, ListKey, NewKey, Order, OrderSource, Output, Ref, ResourceId, SecretOf,
    Verdict,
};

use super::account::{Account, account};

async fn ids(account: &Account, image: &str, plan: &str) -> (ResourceId, ResourceId) {
    let Collection::Images(images) = account.read(ListKey::Images).await.unwrap().collection else { panic!() };
    let Collection::Plans(plans) = account.read(ListKey::Plans(None)).await.unwrap().collection else { panic!() };
    let image = images.iter().find(|i| i.name == image).unwrap().id.clone();
    (image, plans.iter().find(|p| p.name == plan).unwrap().id.clone())
}

fn order(name: &str, (image, plan): &(ResourceId, ResourceId)) -> Order {
    Order {
        name: name.to_owned(),
        source: OrderSource::Image(image.clone()),
        plan: plan.clone(),
        region: None,
        network: None,
        key: None,
        firewalls: Vec::new(),
        password: Hidden::default(),
        had_password: false,
    }
}

#[tokio::test]
async fn a_server_is_made_with_a_key_pair_that_is_added_first_and_behind_its_groups() {
    let account = account().await;
    let what = ids(&account, "vmi-ubuntu-20.04-amd64-30gb", "g-c1m512d30").await;
    let key = NewKey { name: "fresh".into(), public: "ssh-ed25519 AAAAC3NzaFRESH".into() };
    let (verdict, answer) = account.judged_knowing(&vpsdeck::domain::Call::AddKey { key }, &[]).await;
    assert_eq!(verdict, Verdict::TookEffect, "{answer:?}");
    let Answer::Replied { outputs, .. } = answer else { panic!() };
    let order = Order {
        key: Some(Ref::OutputKey),
        firewalls: vec!["web".into(), "gncs-ipv4-ssh".into()],
        password: Hidden::new("Sup3r#Secret"),
        had_password: true,
        ..order("made", &what)
    };
    let (verdict, answer) = account.judged_knowing(&order.into(), &outputs).await;
    assert_eq!(verdict, Verdict::TookEffect, "{answer:?}");
    assert!(!format!("{answer:?}").contains("Sup3r"), "the answer echoes the password: {answer:?}");
    account.pass(300);
    let made = account.instance("made").await;
    assert_eq!((&made.status, made.key.as_ref().map(ResourceId::as_str)), (&InstanceStatus::Running, Some("fresh")));
    let mut behind = made.firewalls.clone().unwrap();
    behind.sort();
    assert_eq!(behind, ["gncs-ipv4-ssh", "web"]);
}

#[tokio::test]
async fn a_password_that_the_provider_makes_up_is_told_once() {
    let account = account().await;
    let what = ids(&account, "vmi-ubuntu-20.04-amd64-30gb", "g-c1m512d30").await;
    let (_, answer) = account.judged_knowing(&order("made", &what).into(), &[]).await;
    let Answer::Replied { outputs, .. } = &answer else { panic!() };
    let [Output::Instance(_), Output::Secret { of: SecretOf::Password, name, value }] = &outputs[..] else {
        panic!("{outputs:?}")
    };
    assert!(name == "made" && !value.is_empty());
    assert!(!format!("{answer:?}").contains(value.reveal()));
}

#[tokio::test]
async fn an_image_that_does_not_fit_the_plan_and_a_weak_password_are_refused() {
    let account = account().await;
    let what = ids(&account, "vmi-ubuntu-20.04-amd64-100gb", "g-c1m512d30").await;
    assert!(matches!(account.judged(&order("made", &what).into()).await, Verdict::Refused(_)));
    let what = ids(&account, "vmi-ubuntu-20.04-amd64-30gb", "g-c1m512d30").await;
    let weak = Order { password: Hidden::new("weak"), had_password: true, ..order("made", &what) };
    assert!(matches!(account.judged(&weak.into()).await, Verdict::Refused(_)));
    assert!(account.effects().is_empty());
}

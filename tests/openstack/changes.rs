//! Every change, and which there are none of.

use vpsdeck::domain::{
    Answer, Call, Collection, Hidden, InstanceStatus, Inventory, ListKey, Order, OrderSource, Output, Possible,
    PowerCall, Ref, Resource, StoreStatus, Verb, Verdict,
};

use super::account::{account, policy, power};

/// Upstream cuts the power by itself when a stop takes too long, and has no call for it.
#[tokio::test]
async fn a_forced_stop_is_not_offered_and_not_sent() {
    let account = account().await;
    let web = account.instance("web-01").await;
    let possible = |verb| policy().possible(verb, Resource::Instance(&web), &Inventory::default());
    assert_eq!(possible(Verb::ForceStop), Possible::Never);
    assert_eq!(possible(Verb::Stop), Possible::Yes);
    let Verdict::Refused(said) = account.judged(&power(&web.id, PowerCall::ForceStop)).await else { panic!() };
    assert!(said.unsent && account.effects().is_empty(), "{said:?}");
}

#[tokio::test]
async fn a_running_server_is_saved_restored_and_its_image_deleted() {
    let account = account().await;
    let web = account.id("web-01").await;
    let call = Call::TakeSnapshot { instance: web.clone(), name: "fresh".to_owned() };
    let (verdict, answer) = account.judged_knowing(&call, &[]).await;
    assert_eq!(verdict, Verdict::TookEffect);
    let Answer::Replied { outputs, .. } = answer else { panic!() };
    let [Output::Snapshot(id)] = &outputs[..] else { panic!("{outputs:?}") };
    let one = || async {
        let Collection::Snapshots(rows) = account.read(ListKey::Snapshot(id.clone())).await.unwrap().collection else {
            panic!()
        };
        rows.first().cloned()
    };
    let saving = one().await.unwrap();
    assert_eq!((&saving.status, saving.size, saving.of.as_ref()), (&StoreStatus::Saving, None, Some(&web)));
    account.pass(900);
    assert_eq!(one().await.unwrap().status, StoreStatus::Available);
    let restore = Call::Restore { instance: web.clone(), snapshot: Ref::Known(id.clone()) };
    assert_eq!(account.judged(&restore).await, Verdict::TookEffect);
    assert_eq!(account.status(&web).await, Some(InstanceStatus::Rebuilding));
    account.pass(900);
    assert_eq!(account.instance("web-01").await.image.as_ref(), Some(id));
    let delete = Call::DeleteSnapshot { snapshot: Ref::Known(id.clone()), of: None };
    assert_eq!(account.judged(&delete).await, Verdict::TookEffect);
    assert!(one().await.is_none());
    assert_eq!(account.judged(&delete).await, Verdict::TookEffectIfGone);
}

/// Twice the states in between: once it is kept, once it is given back.
#[tokio::test]
async fn a_server_gets_another_plan_which_is_kept_or_given_back() {
    let account = account().await;
    let Collection::Plans(plans) = account.read(ListKey::Plans(None)).await.unwrap().collection else { panic!() };
    let plan = |name: &str| plans.iter().find(|p| p.name == name).unwrap().id.clone();
    let web = account.id("web-01").await;
    let confirm = Call::ConfirmResize { instance: web.clone() };
    assert!(matches!(account.judged(&confirm).await, Verdict::NoEffect { .. }), "nothing waits to be confirmed");
    let resize = |to: &str| Call::Resize { instance: web.clone(), plan: plan(to) };
    for (to, why) in [("m1.small", "must change flavor"), ("m1.tiny", "smaller")] {
        let Verdict::Refused(told) = account.judged(&resize(to)).await else { panic!("{to}") };
        assert!(format!("{told:?}").contains(why), "{told:?}");
    }
    let revert = Call::RevertResize { instance: web.clone(), plan: Some(plan("m1.medium")) };
    for (end, kept) in [(&revert, "m1.small"), (&confirm, "m1.medium")] {
        assert_eq!(account.judged(&resize("m1.medium")).await, Verdict::TookEffect);
        assert_eq!(account.status(&web).await, Some(InstanceStatus::Resizing));
        assert!(matches!(account.judged(&resize("m1.large")).await, Verdict::NoEffect { .. }), "it is under way");
        account.pass(600);
        assert_eq!(account.status(&web).await, Some(InstanceStatus::ConfirmResize));
        assert_eq!(account.instance("web-01").await.plan, Some(plan("m1.medium")));
        assert_eq!(account.judged(end).await, Verdict::TookEffect);
        account.pass(600);
        assert_eq!(account.status(&web).await, Some(InstanceStatus::Running));
        assert_eq!(account.instance("web-01").await.plan, Some(plan(kept)));
    }
}

#[tokio::test]
async fn a_server_is_made_by_its_name_and_deleted() {
    let account = account().await;
    let Collection::Images(images) = account.read(ListKey::Images).await.unwrap().collection else { panic!() };
    let Collection::Plans(plans) = account.read(ListKey::Plans(None)).await.unwrap().collection else { panic!() };
    let order = Order {
        name: "made".to_owned(),
        source: OrderSource::Image(images.iter().find(|i| i.name == "debian-12").unwrap().id.clone()),
        plan: plans.iter().find(|p| p.name == "m1.small").unwrap().id.clone(),
        region: None,
        network: None,
        key: Some(Ref::Known("laptop".into())),
        firewalls: vec!["web".to_owned()],
        password: Hidden::default(),
        had_password: false,
    };
    let (verdict, answer) = account.judged_knowing(&order.into(), &[]).await;
    assert_eq!(verdict, Verdict::TookEffect);
    let Answer::Replied { outputs, .. } = answer else { panic!() };
    assert!(matches!(&outputs[..], [Output::Instance(_), Output::Secret { .. }]), "{outputs:?}");
    account.pass(600);
    let made = account.instance("made").await;
    assert_eq!((&made.status, made.firewalls.as_ref().unwrap()), (&InstanceStatus::Running, &vec!["web".to_owned()]));
    let destroy = Call::Destroy { instance: made.id.clone() };
    assert_eq!(account.judged(&destroy).await, Verdict::TookEffect);
    assert_eq!(account.status(&made.id).await, Some(InstanceStatus::Destroying));
    account.pass(600);
    assert_eq!(account.status(&made.id).await, None);
    assert_eq!(account.judged(&destroy).await, Verdict::TookEffectIfGone);
}

#[tokio::test]
async fn the_group_that_every_project_has_takes_rules_and_cannot_be_deleted() {
    let account = account().await;
    let default = account.firewall("default").await;
    let possible = |verb| policy().possible(verb, Resource::Firewall(&default), &Inventory::default());
    assert_eq!(possible(Verb::UpdateFirewall), Possible::Yes);
    let Possible::No(why) = possible(Verb::DeleteFirewall) else { panic!() };
    assert_eq!(why.text.name(), "cannot.FIREWALL_DEFAULT");
    let delete = Call::DeleteFirewall { firewall: default.id.clone() };
    assert!(matches!(account.judged(&delete).await, Verdict::Refused(_)));
}

//! Every change.

use vpsdeck::domain::{
    Answer, Call, Collection, InstanceStatus, ListKey, Order, Output, Ref, Stage, StoreStatus, Verdict,
};
use vpsdeck::words::english;

use super::account::{account, quirky};

#[tokio::test]
async fn a_disk_is_saved_and_its_image_learnt_from_the_header() {
    let account = account().await;
    let db = account.id("db").await;
    let (verdict, answer) =
        account.judged_knowing(&Call::TakeSnapshot { instance: db.clone(), name: "fresh".to_owned() }, &[]).await;
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
    assert_eq!((&saving.status, saving.size, saving.stage), (&StoreStatus::Saving, None, Some(Stage { at: 1, of: 3 })));
    assert_eq!(account.status(&db).await, Some(InstanceStatus::Saving));
    account.pass(900);
    let saved = one().await.unwrap();
    assert_eq!((&saved.status, saved.of.as_ref(), saved.stage), (&StoreStatus::Available, Some(&db), None));
    let delete = Call::DeleteSnapshot { snapshot: Ref::OutputSnapshot, of: None };
    assert_eq!(account.judged_knowing(&delete, &outputs).await.0, Verdict::TookEffect);
    assert!(one().await.is_none());
    assert_eq!(account.judged_knowing(&delete, &outputs).await.0, Verdict::TookEffectIfGone);
    assert!(matches!(account.judged(&delete).await, Verdict::Refused(_)), "nothing was learnt, nothing is sent");
}

#[tokio::test]
async fn without_a_location_the_save_is_known_and_its_image_is_not() {
    let account = quirky(|quirks| quirks.image_location = false).await;
    let call = Call::TakeSnapshot { instance: account.id("db").await, name: "fresh".to_owned() };
    let (verdict, answer) = account.judged_knowing(&call, &[]).await;
    assert_eq!(verdict, Verdict::TookEffect);
    assert!(matches!(answer, Answer::Replied { outputs, .. } if outputs.is_empty()));
    assert!(account.snapshots().await.iter().any(|s| s.name == "fresh"));
}

#[tokio::test]
async fn a_running_server_is_not_saved_and_the_flat_error_is_read() {
    let account = account().await;
    let call = Call::TakeSnapshot { instance: account.id("web-01").await, name: "x".to_owned() };
    let (verdict, answer) = account.judged_knowing(&call, &[]).await;
    let Verdict::Refused(why) = verdict else { panic!("{verdict:?}") };
    assert!(english(&why.said).contains("createImage") && why.code.is_none(), "{why:?}");
    assert!(matches!(answer, Answer::Replied { status: 400, understood: true, .. }));
}

#[tokio::test]
async fn a_snapshot_is_restored_in_place_and_no_password_is_kept() {
    let account = account().await;
    let db = account.id("db").await;
    let saved = account.snapshots().await.into_iter().find(|s| s.name == "nightly").unwrap();
    let call = Call::Restore { instance: db.clone(), snapshot: Ref::Known(saved.id.clone()) };
    let (verdict, answer) = account.judged_knowing(&call, &[]).await;
    assert_eq!(verdict, Verdict::TookEffect);
    let Answer::Replied { body, .. } = answer else { panic!() };
    assert!(!body.contains("\"adminPass\":\"p"), "{body}");
    assert_eq!(account.status(&db).await, Some(InstanceStatus::Rebuilding));
    account.pass(900);
    assert_eq!(account.instance("db").await.image.as_ref(), Some(&saved.id));
}

#[tokio::test]
async fn a_new_server_is_made_from_a_snapshot_and_learnt() {
    let account = account().await;
    let plan = account.instance("db").await.plan.clone().unwrap();
    let saved = account.snapshots().await.into_iter().find(|s| s.name == "nightly").unwrap();
    let behind = ["default".to_owned(), "web".to_owned()];
    let order = Order::from_snapshot("db-2", Ref::Known(saved.id.clone()), &plan, &behind, None);
    let call = Call::from(order);
    let (verdict, answer) = account.judged_knowing(&call, &[]).await;
    assert_eq!(verdict, Verdict::TookEffect, "{answer:?}");
    let Answer::Replied { outputs, .. } = answer else { panic!() };
    let [Output::Instance(id)] = &outputs[..] else { panic!("{outputs:?}") };
    assert_eq!(account.status(id).await, Some(InstanceStatus::Creating));
    account.pass(900);
    let made = account.instance("db-2").await;
    assert_eq!((&made.id, &made.status), (id, &InstanceStatus::Running));
    assert!(made.firewalls.as_ref().unwrap().contains(&"web".to_owned()));
}

#[tokio::test]
async fn a_public_image_is_not_deleted() {
    let account = account().await;
    let Collection::Images(images) = account.read(ListKey::Images).await.unwrap().collection else { panic!() };
    let public = images.iter().find(|i| i.name.starts_with("vmi-")).unwrap();
    let call = Call::DeleteSnapshot { snapshot: Ref::Known(public.id.clone()), of: None };
    let (verdict, answer) = account.judged_knowing(&call, &[]).await;
    assert!(matches!(verdict, Verdict::Refused(_)), "{verdict:?}");
    assert!(matches!(answer, Answer::Replied { status: 403, understood: true, .. }), "{answer:?}");
}

#[tokio::test]
async fn what_there_is_not_is_never_sent() {
    let account = account().await;
    let call = Call::RetakeSnapshot { instance: "s".into(), snapshot: "i".into() };
    assert!(matches!(account.judged(&call).await, Verdict::Refused(_)));
    assert!(account.sim.requests().is_empty());
}

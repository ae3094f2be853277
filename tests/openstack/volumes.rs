//! Servers that boot from volumes, what is saved of them, and what outlives them.

use std::sync::Arc;

use vpsdeck::domain::{
    Action, Answer, Call, Collection, InstanceStatus, Inventory, Kind, ListKey, NewVolume, Order, OrderSource, Output,
    Ref, Remote, ResourceId, Snapshot, SnapshotKind, StatusKind, Step, Target, Verdict, Volume, VolumeSource,
    VolumeStatus,
};

use super::account::{Account, account, policy};

async fn volumes(account: &Account) -> Vec<Arc<Volume>> {
    let Collection::Volumes(rows) = account.read(ListKey::Volumes).await.unwrap().collection else { panic!() };
    rows
}

async fn made(account: &Account, call: &Call, outputs: &[Output], kind: Kind) -> ResourceId {
    let (verdict, answer) = account.judged_knowing(call, outputs).await;
    assert_eq!(verdict, Verdict::TookEffect, "{answer:?}");
    let Answer::Replied { outputs, .. } = answer else { panic!() };
    outputs.iter().find_map(|output| output.id(kind)).expect("told").clone()
}

/// A volume of an image, and a server that boots from it.
async fn booted(account: &Account, name: &str) -> (ResourceId, ResourceId) {
    let Collection::Images(images) = account.read(ListKey::Images).await.unwrap().collection else { panic!() };
    let image = images.iter().find(|i| i.name == "debian-12").unwrap();
    let source = VolumeSource::Image(image.id.clone());
    let volume = NewVolume { name: name.to_owned(), size_gb: 20, storage: None, source };
    let volume = made(account, &Call::CreateVolume { volume }, &[], Kind::Volume).await;
    account.pass(600);
    (volume.clone(), served(account, name, volume).await)
}

async fn served(account: &Account, name: &str, volume: ResourceId) -> ResourceId {
    let Collection::Plans(plans) = account.read(ListKey::Plans(None)).await.unwrap().collection else { panic!() };
    let plan = plans.iter().find(|p| p.name == "m1.small").unwrap();
    let order = Order {
        source: OrderSource::Volume(Ref::OutputVolume),
        ..Order::from_snapshot(name, Ref::OutputSnapshot, &plan.id, &[], None)
    };
    let server = made(account, &order.into(), &[Output::Volume(volume)], Kind::Instance).await;
    account.pass(600);
    server
}

async fn known(account: &Account) -> Inventory {
    let mut inventory = Inventory::default();
    for list in [ListKey::Instances, ListKey::Volumes, ListKey::Snapshots(None)] {
        let value = Some(Arc::new(account.read(list.clone()).await.unwrap().collection));
        inventory.lists.insert(list, Remote { value, ..Remote::default() });
    }
    inventory
}

#[tokio::test]
async fn a_server_boots_from_a_volume_that_outlives_it() {
    let account = account().await;
    let (volume, server) = booted(&account, "disk").await;
    let web = account.instance("disk").await;
    assert!(web.boots_from_volume() && web.status == InstanceStatus::Running, "{web:?}");
    assert_eq!(web.volumes.iter().map(|v| &v.id).collect::<Vec<_>>(), [&volume]);
    let shown = volumes(&account).await.into_iter().find(|v| v.id == volume).unwrap();
    assert_eq!((&shown.status, shown.size_gb, shown.bootable), (&VolumeStatus::InUse, Some(20), true));
    assert_eq!((&shown.attached_to[0].instance, shown.image_name.as_deref()), (&server, Some("debian-12")));
    let delete = Call::DeleteVolume { volume: Ref::Known(volume.clone()) };
    assert!(matches!(account.judged(&delete).await, Verdict::Refused(_)), "a server has it");
    assert_eq!(account.judged(&Call::Destroy { instance: server }).await, Verdict::TookEffect);
    account.pass(600);
    let Collection::Volumes(one) = account.read(ListKey::Volume(volume.clone())).await.unwrap().collection else {
        panic!()
    };
    assert!(one[0].belongs_to_nothing() && one[0].status == VolumeStatus::Available, "{one:?}");
    assert_eq!(account.judged(&delete).await, Verdict::TookEffect);
    account.pass(600);
    assert!(account.read(ListKey::Volume(volume)).await.unwrap().collection.is_empty());
    assert_eq!(account.judged(&delete).await, Verdict::TookEffectIfGone);
}

#[tokio::test]
async fn what_is_saved_of_it_is_an_image_without_data_and_a_snapshot_of_its_volume() {
    let account = account().await;
    let (volume, server) = booted(&account, "disk").await;
    let take = Call::TakeSnapshot { instance: server.clone(), name: "nightly-disk".to_owned() };
    let image = made(&account, &take, &[], Kind::Snapshot).await;
    let inventory = known(&account).await;
    let image = inventory.snapshot(&image).expect("among what is saved").clone();
    let [behind] = image.named() else { panic!("{image:?}") };
    let snapshot = inventory.snapshot(behind).expect("told apart, and there").clone();
    assert_eq!(snapshot.kind, SnapshotKind::OfVolume(volume.clone()));
    for one in [&image, &snapshot] {
        assert_eq!(inventory.saved_of(one), Some(&server), "{}", one.name);
        let read = account.read(ListKey::Snapshot(one.id.clone())).await.unwrap().collection;
        assert_eq!(read, Collection::Snapshots(vec![one.clone()]), "by its own address");
    }
    // The image goes alone; what stands behind it is deleted by a step of its own.
    let target = |s: &Snapshot| Target {
        status: StatusKind::Available,
        ..Target::stateless(&"lab".into(), Kind::Snapshot, &s.id, &s.name)
    };
    let action = Action::DeleteSnapshot { snapshot: target(&image), of: None, named: vec![target(&snapshot)] };
    for step in policy().plan(&action, &inventory) {
        if let Step::Call { call, .. } = step {
            assert_eq!(account.judged(&call).await, Verdict::TookEffect, "{call:?}");
        }
    }
    let left = account.snapshots().await;
    assert!(left.iter().all(|s| s.id != image.id && s.id != snapshot.id), "{left:?}");
}

#[tokio::test]
async fn a_volume_with_a_snapshot_stays_and_a_new_server_is_made_of_that() {
    let account = account().await;
    let (volume, server) = booted(&account, "disk").await;
    let take = Call::TakeSnapshot { instance: server.clone(), name: "s".to_owned() };
    let image = made(&account, &take, &[], Kind::Snapshot).await;
    assert_eq!(account.judged(&Call::Destroy { instance: server }).await, Verdict::TookEffect);
    account.pass(600);
    let delete = Call::DeleteVolume { volume: Ref::Known(volume) };
    assert!(matches!(account.judged(&delete).await, Verdict::Refused(_)), "it has a snapshot");
    let inventory = known(&account).await;
    let plan = ResourceId::new("p");
    let order = Order::from_snapshot("again", Ref::Known(image.clone()), &plan, &[], None);
    let new = Target::new(&"lab".into(), Kind::Instance, "again");
    let order = Box::new(order);
    let action =
        Action::CreateInstance { new, order, add_key: None, start: true, firewalls: Vec::new(), answers: None };
    let steps = policy().plan(&action, &inventory);
    let Some(Call::CreateVolume { volume }) = steps.first().and_then(Step::call) else { panic!("{steps:?}") };
    let behind = inventory.snapshot(&image).unwrap().named()[0].clone();
    assert_eq!((&volume.source, volume.size_gb), (&VolumeSource::Snapshot(behind), 20));
    let volume = made(&account, &Call::CreateVolume { volume: volume.clone() }, &[], Kind::Volume).await;
    account.pass(600);
    served(&account, "again", volume).await;
    assert!(account.instance("again").await.boots_from_volume());
}

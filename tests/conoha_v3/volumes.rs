//! The disk of a server is a volume: it is made first, saved in the server's place, and deleted after it.

use rstest::rstest;
use vpsdeck::domain::{
    Answer, Call, Collection, Hidden, InstanceStatus, ListKey, NewVolume, Order, OrderSource, Output, Ref, ResourceId,
    StoreStatus, Verdict, Volume, VolumeSource,
};

use super::account::{Account, account, quirky};

async fn volumes(account: &Account) -> Vec<std::sync::Arc<Volume>> {
    let Collection::Volumes(rows) = account.read(ListKey::Volumes).await.unwrap().collection else { panic!() };
    rows
}

async fn volume(account: &Account, name: &str) -> std::sync::Arc<Volume> {
    volumes(account).await.into_iter().find(|volume| volume.name == name).unwrap()
}

#[rstest]
#[case(true)]
#[case(false)]
#[tokio::test]
async fn a_server_boots_from_a_volume_and_one_that_none_has_belongs_to_nothing(#[case] image_text: bool) {
    let account = quirky(|quirks| quirks.image_text = image_text).await;
    let db = account.instance("db").await;
    let boot = volume(&account, "db-boot").await;
    assert!(db.boots_from_volume() && db.volumes[0].id == boot.id);
    assert_eq!((boot.size_gb, boot.bootable, boot.storage.as_deref()), (Some(30), true, Some("c3j1-as01-boot")));
    assert_eq!((&boot.attached_to[0].instance, boot.image_name.as_deref()), (&db.id, Some("vmi-debian-12.0-amd64")));
    let free: Vec<String> =
        volumes(&account).await.iter().filter(|v| v.belongs_to_nothing()).map(|v| v.name.clone()).collect();
    assert_eq!(free, ["old-blog-boot"]);
}

#[tokio::test]
async fn a_volume_is_saved_as_an_image_while_its_server_is_off() {
    let account = account().await;
    let save = async |name: &str| {
        let (instance, volume) = (account.id(name).await, volume(&account, &format!("{name}-boot")).await.id.clone());
        account.judged_knowing(&Call::SaveVolume { instance, volume, name: "fresh".to_owned() }, &[]).await
    };
    assert!(matches!(save("web-01").await.0, Verdict::Refused(_)));
    let (verdict, answer) = save("db").await;
    assert_eq!(verdict, Verdict::TookEffect, "{answer:?}");
    let Answer::Replied { outputs, .. } = answer else { panic!() };
    let [Output::Snapshot(id)] = &outputs[..] else { panic!("{outputs:?}") };
    let one = async || {
        let Collection::Snapshots(rows) = account.read(ListKey::Snapshot(id.clone())).await.unwrap().collection else {
            panic!()
        };
        rows[0].clone()
    };
    assert_eq!(one().await.status, StoreStatus::Saving);
    account.pass(900);
    assert_eq!((&one().await.status, one().await.min_disk_gb), (&StoreStatus::Available, Some(30)));
}

/// Makes a volume of an image; its id.
async fn make(account: &Account, image: ResourceId) -> ResourceId {
    let volume = NewVolume {
        name: "made".to_owned(),
        size_gb: 100,
        storage: Some("c3j1-ds02-boot".to_owned()),
        source: VolumeSource::Image(image),
    };
    let (verdict, answer) = account.judged_knowing(&Call::CreateVolume { volume }, &[]).await;
    assert_eq!(verdict, Verdict::TookEffect, "{answer:?}");
    let Answer::Replied { outputs, .. } = answer else { panic!() };
    let [Output::Volume(id)] = &outputs[..] else { panic!("{outputs:?}") };
    account.pass(60);
    id.clone()
}

#[tokio::test]
async fn a_server_is_made_of_a_volume_which_stays_when_it_goes() {
    let account = account().await;
    let Collection::Images(images) = account.read(ListKey::Images).await.unwrap().collection else { panic!() };
    let Collection::Plans(plans) = account.read(ListKey::Plans(None)).await.unwrap().collection else { panic!() };
    let id = make(&account, images.iter().find(|i| i.name == "vmi-ubuntu-24.04-amd64").unwrap().id.clone()).await;
    let order = Order {
        name: "made".to_owned(),
        source: OrderSource::Volume(Ref::OutputVolume),
        plan: plans.iter().find(|p| p.name == "g2l-t-c2m1").unwrap().id.clone(),
        region: None,
        network: None,
        key: Some(Ref::Known("laptop".into())),
        firewalls: vec!["default".to_owned(), "web".to_owned()],
        password: Hidden::default(),
        had_password: false,
    };
    let (verdict, answer) = account.judged_knowing(&order.into(), &[Output::Volume(id.clone())]).await;
    assert_eq!(verdict, Verdict::TookEffect, "{answer:?}");
    account.pass(600);
    let made = account.instance("made").await;
    assert_eq!((&made.status, &made.volumes[0].id), (&InstanceStatus::Running, &id));
    let delete = Call::DeleteVolume { volume: Ref::Known(id.clone()) };
    assert!(matches!(account.judged(&delete).await, Verdict::Refused(_)), "a server has it");
    assert_eq!(account.judged(&Call::Destroy { instance: made.id.clone() }).await, Verdict::TookEffect);
    account.pass(600);
    assert_eq!(account.judged(&delete).await, Verdict::TookEffect);
    assert!(volumes(&account).await.iter().all(|volume| volume.id != id));
    assert_eq!(account.judged(&delete).await, Verdict::TookEffectIfGone);
}

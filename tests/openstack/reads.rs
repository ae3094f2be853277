//! Every list.

use std::sync::Arc;

use vpsdeck::domain::{Collection, Fault, ImageKind, InstanceStatus, ListKey, QuotaShare, StoreStatus};
use vpsdeck::sim::world::instance::State;

use super::account::{account, policy};

#[tokio::test]
async fn servers_have_their_own_names_and_public_addresses_first() {
    let account = account().await;
    let web = account.instance("web-01").await;
    assert_eq!((&web.status, web.address()), (&InstanceStatus::Running, Some("203.0.113.10")));
    assert_eq!((web.region.as_deref(), web.key.as_ref().map(|k| k.as_str())), (Some("RegionOne"), Some("laptop")));
    assert_eq!(web.firewalls.as_ref().unwrap(), &["default", "web"]);
    assert_eq!(account.instance("db").await.status, InstanceStatus::Stopped);
    let batch = account.instance("batch").await;
    let private = batch.addresses.last().unwrap();
    assert!(private.text == "10.0.0.12" && private.network.is_some(), "{:?}", batch.addresses);
    let Collection::Plans(plans) = account.read(ListKey::Plans(None)).await.unwrap().collection else { panic!() };
    let plan = plans.iter().find(|p| Some(&p.id) == web.plan.as_ref()).unwrap();
    assert_eq!((plan.name.as_str(), plan.spec.disk_gb), ("m1.small", Some(20)));
}

#[tokio::test]
async fn one_server_and_one_image_are_read_by_their_own_address() {
    let account = account().await;
    let db = account.instance("db").await;
    let one = account.read(ListKey::Instance(db.id.clone())).await.unwrap().collection;
    assert_eq!(one, Collection::Instances(vec![db]));
    let saved = account.snapshots().await.into_iter().find(|s| s.name == "nightly").unwrap();
    let one = account.read(ListKey::Snapshot(saved.id.clone())).await.unwrap().collection;
    assert_eq!(one, Collection::Snapshots(vec![saved]));
    for gone in [ListKey::Instance("x".into()), ListKey::Snapshot("x".into())] {
        assert!(account.read(gone).await.unwrap().collection.is_empty());
    }
}

#[tokio::test]
async fn why_a_server_failed_is_told_by_the_list_and_asked_for_once() {
    let account = account().await;
    account.sim.change(|world| world.accounts[0].instances[0].state = State::ImportFailed { reason: String::new() });
    let of_one = || {
        account.sim.requests().iter().filter(|r| r.path.contains("/servers/") && !r.path.ends_with("/detail")).count()
    };
    for _ in 0..2 {
        let web = account.instance("web-01").await;
        assert_eq!(web.status, InstanceStatus::Error);
        assert_eq!(web.trouble.as_ref().unwrap().said, "No valid host was found.");
    }
    assert_eq!(of_one(), 1);
    account.sim.change(|world| world.accounts[0].instances[0].state = State::Running);
    assert_eq!((account.instance("web-01").await.trouble.clone(), of_one()), (None, 1));
}

#[tokio::test]
async fn saved_images_are_told_from_public_ones() {
    let account = account().await;
    let saved = account.snapshots().await;
    let mut names: Vec<&str> = saved.iter().map(|s| s.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["golden", "golden", "nightly", "old-blog"]);
    let nightly = saved.iter().find(|s| s.name == "nightly").unwrap();
    assert_eq!((nightly.size, nightly.min_disk_gb), (Some(1_026_818_560), Some(40)));
    assert_eq!((&nightly.status, nightly.of.clone()), (&StoreStatus::Available, Some(account.id("db").await)));
    assert_eq!(nightly.expires, None);
    let reading = account.read(ListKey::Images).await.unwrap();
    let Collection::Images(images) = reading.collection else { panic!() };
    let count = |kind| images.iter().filter(|i| i.kind == kind).count();
    assert_eq!((count(ImageKind::Saved), count(ImageKind::Linux), count(ImageKind::Windows)), (4, 5, 1));
    let family = |name: &str| images.iter().find(|i| i.name == name).and_then(|i| i.family.clone());
    assert_eq!(
        (family("rocky-9").as_deref(), family("cirros-0.6.2").as_deref()),
        (Some("Rocky Linux"), Some("Cirros"))
    );
}

#[tokio::test]
async fn a_limit_of_minus_one_is_none_and_what_exceeds_another_is_said_of_an_order() {
    let account = account().await;
    let Collection::Quota(quota) = account.read(ListKey::Quota).await.unwrap().collection else { panic!() };
    assert_eq!((quota.instances, quota.memory_mb), (Some(QuotaShare { used: 3, most: 10 }), None));
    assert_eq!(quota.vcpus, Some(QuotaShare { used: 7, most: 20 }));
    assert_eq!(policy().order_lists(), [ListKey::Quota]);
}

#[tokio::test]
async fn lists_that_there_are_none_of_are_refused_unsent_and_never_asked_for() {
    let account = account().await;
    for list in [ListKey::Backups, ListKey::Graphs("s".into()), ListKey::ApiKeys, ListKey::Regions] {
        assert!(!policy().supports(&list), "{list:?}");
        assert!(account.read(list).await.is_err());
    }
    assert!(account.sim.requests().is_empty());
}

#[tokio::test]
async fn what_did_not_change_is_the_same_allocation() {
    let account = account().await;
    let former = account.read(ListKey::Images).await.unwrap().collection;
    let again = account.api.read(&ListKey::Images, Some(Arc::new(former.clone()))).await.unwrap().collection;
    let (Collection::Images(former), Collection::Images(again)) = (former, again) else { panic!() };
    assert!(former.iter().zip(&again).all(|(a, b)| Arc::ptr_eq(a, b)));
}

#[tokio::test]
async fn a_check_reads_each_service() {
    let account = account().await;
    for list in [ListKey::Instances, ListKey::Images, ListKey::Firewalls] {
        account.api.probe(&list).await.unwrap();
    }
    assert_eq!((account.requests("GET", "/servers"), account.requests("GET", "/servers/detail")), (1, 0));
}

/// The newest line is the last, and nothing of it drives a terminal.
#[tokio::test]
async fn what_a_server_writes_to_its_console_is_read_and_grows() {
    let account = account().await;
    let list = ListKey::ConsoleOutput(account.id("web-01").await);
    assert!(policy().supports(&list));
    let lines = || async {
        let Collection::ConsoleOutput(lines) = account.read(list.clone()).await.unwrap().collection else { panic!() };
        lines
    };
    let first = lines().await;
    account.pass(60);
    let later = lines().await;
    assert!(first.last() != later.last(), "{:?} {:?}", first.last(), later.last());
    assert!(later.iter().any(|line| line.contains("[  OK  ]")), "{:?}", later.first());
    assert!(later.iter().all(|line| !line.chars().any(char::is_control)));
    let gone = account.read(ListKey::ConsoleOutput("5d3e5b4b-0000-4000-8000-000000000000".into())).await;
    assert!(matches!(gone, Err(Fault::Refused { status: 404, .. })), "{gone:?}");
}

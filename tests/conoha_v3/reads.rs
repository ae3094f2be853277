//! Every list, where it is not as at all others.

use rstest::rstest;
use vpsdeck::domain::{Collection, Fault as Why, ImageKind, InstanceStatus, ListKey};

use super::account::{account, policy, quirky};

#[tokio::test]
async fn servers_have_their_tags_for_names_and_public_addresses_first() {
    let account = account().await;
    let web = account.instance("web-01").await;
    assert_eq!((&web.status, web.address()), (&InstanceStatus::Running, Some("203.0.113.10")));
    assert_eq!((web.region.as_deref(), web.key.as_ref().map(|k| k.as_str())), (Some("c3j1"), Some("laptop")));
    assert_eq!(web.firewalls.as_ref().unwrap(), &["default", "IPv4v6-SSH", "web"]);
    assert_eq!(account.instance("db").await.status, InstanceStatus::Stopped);
    let batch = account.instance("batch").await;
    let private = batch.addresses.last().unwrap();
    assert!(private.text == "192.168.0.12" && private.network.is_some(), "{:?}", batch.addresses);
}

#[rstest]
#[case(true)]
#[case(false)]
#[tokio::test]
async fn plans_have_no_disk_of_their_own(#[case] swap_text: bool) {
    let account = quirky(|quirks| quirks.swap_text = swap_text).await;
    let web = account.instance("web-01").await;
    let Collection::Plans(plans) = account.read(ListKey::Plans(None)).await.unwrap().collection else { panic!() };
    let plan = plans.iter().find(|p| Some(&p.id) == web.plan.as_ref()).unwrap();
    assert_eq!((plan.name.as_str(), plan.spec.memory_mb, plan.spec.disk_gb), ("g2l-t-c2m1", Some(1_024), None));
}

#[rstest]
#[case("private")]
#[case("shared")]
#[tokio::test]
async fn saved_images_are_told_from_public_ones(#[case] visibility: &str) {
    let account = quirky(|quirks| quirks.saved_visibility = visibility.to_owned()).await;
    let saved = account.snapshots().await;
    let mut names: Vec<&str> = saved.iter().map(|s| s.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["golden", "golden", "nightly", "old-blog"]);
    let nightly = saved.iter().find(|s| s.name == "nightly").unwrap();
    assert_eq!((nightly.size, nightly.min_disk_gb), (Some(20_026_818_560), Some(30)));
    assert_eq!(nightly.expires, None);
    let Collection::Images(images) = account.read(ListKey::Images).await.unwrap().collection else { panic!() };
    let count = |kind| images.iter().filter(|i| i.kind == kind).count();
    assert_eq!((count(ImageKind::Saved), count(ImageKind::Linux), count(ImageKind::Windows)), (4, 16, 2));
}

#[tokio::test]
async fn graphs_and_the_room_for_images_are_read_and_backups_are_never_asked_for() {
    let account = account().await;
    let web = account.id("web-01").await;
    let Collection::Graphs(lines) = account.read(ListKey::Graphs(web)).await.unwrap().collection else { panic!() };
    assert_eq!(lines.len(), 5);
    let Collection::Quota(quota) = account.read(ListKey::Quota).await.unwrap().collection else { panic!() };
    assert_eq!(quota.images, Some(50_000_000_000));
    let before = account.sim.requests().len();
    for list in [ListKey::Backups, ListKey::ApiKeys, ListKey::Regions] {
        assert!(!policy().supports(&list), "{list:?}");
        assert!(matches!(account.read(list).await, Err(Why::NotUnderstood { .. })));
    }
    assert_eq!(account.sim.requests().len(), before);
}

#[tokio::test]
async fn a_check_reads_each_service() {
    let account = account().await;
    for list in [ListKey::Instances, ListKey::Images, ListKey::Firewalls, ListKey::Volumes] {
        account.api.probe(&list).await.unwrap();
    }
    assert_eq!((account.requests("GET", "/servers"), account.requests("GET", "/servers/detail")), (1, 0));
}

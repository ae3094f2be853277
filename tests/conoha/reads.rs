//! Every list.

use std::sync::Arc;

use vpsdeck::domain::{Collection, Fault, GraphUnit, ImageKind, InstanceStatus, Limit, ListKey, StoreStatus};
use vpsdeck::provider::http::now;
use vpsdeck::provider::{self, SecretAtHand};

use super::account::{Account, account, open, quirky, setup};

#[tokio::test]
async fn servers_have_what_the_panel_shows() {
    let account = account().await;
    let web = account.instance("web-01").await;
    assert_eq!(
        (&web.status, web.raw_status.as_str(), web.address()),
        (&InstanceStatus::Running, "ACTIVE", Some("203.0.113.10"))
    );
    assert_eq!((web.region.as_deref(), web.key.as_ref().map(|k| k.as_str())), (Some("tyo1"), Some("laptop")));
    assert_eq!(web.firewalls.as_ref().unwrap().len(), 3);
    assert!(web.created.is_some() && web.image.is_some() && !web.locked);
    assert!(web.fields.iter().any(|f| f.label.name() == "field.NAME" && f.value == "203-0-113-10"));
    assert_eq!(account.instance("db").await.status, InstanceStatus::Stopped);
    assert!(account.instance("batch").await.locked);
    let Collection::Plans(plans) = account.read(ListKey::Plans(None)).await.unwrap().collection else { panic!() };
    let plan = plans.iter().find(|p| Some(&p.id) == web.plan.as_ref()).unwrap();
    assert_eq!((plan.name.as_str(), plan.spec.disk_gb), ("g-c2m1d100", Some(100)));
    let Collection::Keys(keys) = account.read(ListKey::Keys).await.unwrap().collection else { panic!() };
    assert_eq!((keys.len(), keys[0].name.as_str()), (1, "laptop"));
}

#[tokio::test]
async fn one_server_and_one_image_are_read_by_their_own_address() {
    let account = account().await;
    let db = account.instance("db").await;
    let Collection::Instances(one) = account.read(ListKey::Instance(db.id.clone())).await.unwrap().collection else {
        panic!()
    };
    assert_eq!(*one[0], *db);
    let saved = account.snapshots().await.into_iter().find(|s| s.name == "nightly").unwrap();
    let Collection::Snapshots(one) = account.read(ListKey::Snapshot(saved.id.clone())).await.unwrap().collection else {
        panic!()
    };
    assert_eq!(*one[0], *saved);
    for gone in [ListKey::Instance("x".into()), ListKey::Snapshot("x".into())] {
        assert!(account.read(gone).await.unwrap().collection.is_empty());
    }
}

async fn saved_images(account: &Account) {
    let saved = account.snapshots().await;
    let mut names: Vec<&str> = saved.iter().map(|s| s.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["golden", "golden", "nightly", "old-blog"]);
    let nightly = saved.iter().find(|s| s.name == "nightly").unwrap();
    assert_eq!((nightly.size, nightly.min_disk_gb), (Some(20_026_818_560), Some(30)));
    assert_eq!((&nightly.status, nightly.of.clone()), (&StoreStatus::Available, Some(account.id("db").await)));
    assert!(nightly.expires > nightly.taken);
    let reading = account.read(ListKey::Images).await.unwrap();
    let Collection::Images(images) = reading.collection else { panic!() };
    let count = |kind| images.iter().filter(|i| i.kind == kind).count();
    assert_eq!((count(ImageKind::Saved), reading.malformed), (4, None));
    assert!(count(ImageKind::Linux) > 150 && count(ImageKind::Windows) > 0, "{}", images.len());
    assert!(images.iter().any(|i| i.family.as_deref() == Some("Ubuntu")));
}

#[tokio::test]
async fn saved_images_are_told_from_public_ones() {
    saved_images(&account().await).await;
    saved_images(&quirky(|quirks| quirks.image_type = true).await).await;
}

#[tokio::test]
async fn firewalls_know_their_servers_and_the_panels_are_fixed() {
    let account = account().await;
    let web = account.firewall("web").await;
    assert_eq!(web.on.as_deref(), Some(&[account.id("web-01").await][..]));
    let all = account.firewalls().await;
    assert_eq!(all.iter().filter(|f| f.fixed).count(), 7);
    assert_eq!(all.iter().find(|f| f.name == "default").unwrap().on.as_ref().unwrap().len(), 3);
    let Collection::Rules(set) = account.read(ListKey::Rules(web.id.clone())).await.unwrap().collection else {
        panic!()
    };
    let ports: Vec<&str> = set.rules.iter().map(|r| r.ports.as_str()).collect();
    assert!(ports.contains(&"80") && ports.contains(&"443") && set.rules.len() == 4, "{:?}", set.rules);
}

#[tokio::test]
async fn quota_backups_and_graphs_are_read() {
    let account = account().await;
    let Collection::Quota(quota) = account.read(ListKey::Quota).await.unwrap().collection else { panic!() };
    assert!(quota.images.is_some_and(|bytes| bytes % 50_000_000_000 == 0), "{quota:?}");
    assert!(account.read(ListKey::Backups).await.unwrap().collection.is_empty());
    let id = account.id("web-01").await;
    let Collection::Graphs(lines) = account.read(ListKey::Graphs(id)).await.unwrap().collection else { panic!() };
    let labels: Vec<&str> = lines.iter().map(|l| l.label.name()).collect();
    assert_eq!(labels, ["graph.CPU", "graph.DISK_READ", "graph.DISK_WRITE", "graph.NET_IN", "graph.NET_OUT"]);
    assert!(
        lines.iter().all(|l| l.points.len() > 100 && (l.unit == GraphUnit::Percent) == (l.label.name() == "graph.CPU"))
    );
}

#[tokio::test]
async fn lists_that_there_are_none_of_are_refused_unsent() {
    let account = account().await;
    for list in [ListKey::Snapshots(Some("s".into())), ListKey::Plans(Some("i".into()))] {
        assert!(account.read(list).await.is_err());
    }
    assert!(account.sim.requests().is_empty());
}

#[tokio::test]
async fn what_did_not_change_is_the_same_allocation() {
    let account = account().await;
    let former = account.read(ListKey::Instances).await.unwrap().collection;
    let again =
        account.api.read(&ListKey::Instances, Some(std::sync::Arc::new(former.clone()))).await.unwrap().collection;
    let (Collection::Instances(former), Collection::Instances(again)) = (former, again) else { panic!() };
    assert!(former.iter().zip(&again).all(|(a, b)| std::sync::Arc::ptr_eq(a, b)));
}

#[tokio::test]
async fn services_are_found_without_a_version_and_by_the_catalogue() {
    let mut account = quirky(|quirks| quirks.catalogue_filled = true).await;
    let info = account.sim.accounts()[0].conoha.clone().unwrap();
    let base = info.identity.trim_end_matches("/v2.0").to_owned();
    let image = format!("{}/v2", info.image);
    account.api = open(&account.sim, &[("identity", &base), ("image", &image), ("compute", ""), ("network", "")], None);
    assert_eq!(account.instances().await.len(), 3);
    assert_eq!(account.firewalls().await.len(), 10);
    assert!(account.read(ListKey::Quota).await.is_ok());
}

#[tokio::test]
async fn a_list_of_two_requests_comes_through_a_budget_that_lets_out_one_at_a_time() {
    let account = account().await;
    let mut setup = setup(&account.sim, &[]);
    setup.limit = Some(Limit { per_minute: 100, spacing_ms: 50 });
    let secret = SecretAtHand(account.sim.accounts()[0].secret.clone().into());
    let api = provider::open(setup, Arc::new(secret)).unwrap();
    for _ in 0..8 {
        match api.read(&ListKey::Firewalls, None).await {
            Ok(_) => break,
            Err(Fault::OverBudget { until }) => tokio::time::sleep(until.since(now())).await,
            Err(other) => panic!("{other:?}"),
        }
    }
    let requests = account.sim.requests().into_iter().map(|request| request.path).collect::<Vec<_>>();
    let asked = |path: &str| requests.iter().filter(|asked| asked.ends_with(path)).count();
    // Behind each page it is asked once whether there is more.
    assert_eq!((asked("/tokens"), asked("/security-groups"), asked("/ports")), (1, 2, 2), "{requests:?}");
}

//! Every list.

use std::sync::Arc;

use rstest::rstest;
use vpsdeck::domain::{Collection, Direction, ImageKind, InstanceStatus, ListKey, StoreStatus};

use super::account::{WORLD, account, of};

#[tokio::test]
async fn instances_of_every_kind_of_state() {
    let account = account().await;
    let rows = account.instances().await;
    let status = |name: &str| rows.iter().find(|i| i.name == name).unwrap().status.clone();
    assert_eq!(status("web-01"), InstanceStatus::Running);
    assert_eq!(status("off"), InstanceStatus::Stopped);
    assert_eq!(status("coming"), InstanceStatus::Importing(Some(41)));
    assert_eq!(status("failed"), InstanceStatus::Error);
    let failed = rows.iter().find(|i| i.name == "failed").unwrap();
    assert_eq!(failed.trouble.as_ref().unwrap().hint.map(|hint| hint.name()), Some("trouble.IMPORT_URL"));
    account.pass(3 * 20);
    assert_eq!(account.status("700003").await, Some(InstanceStatus::Importing(Some(61))));
}

#[tokio::test]
async fn no_secret_stands_in_what_was_read() {
    let account = account().await;
    let rows = account.instances().await;
    for row in &rows {
        assert!(row.raw.text().unwrap().contains(r#""vnc_passwd":"***""#), "{:?}", row.raw);
    }
    let kept = serde_json::to_string(&rows).unwrap();
    assert!(!kept.contains("Demo Taro"), "the owner's name is kept on disk");
}

#[tokio::test]
async fn a_second_reading_shares_what_did_not_change() {
    let account = account().await;
    let first = account.read(ListKey::Instances).await.unwrap().collection;
    account.pass(30);
    let former = Arc::new(first.clone());
    let second = account.api.read(&ListKey::Instances, Some(former)).await.unwrap().collection;
    let (Collection::Instances(first), Collection::Instances(second)) = (first, second) else { panic!() };
    let shared: Vec<bool> = first.iter().zip(&second).map(|(a, b)| Arc::ptr_eq(a, b)).collect();
    let unchanged: Vec<bool> = first.iter().map(|i| i.name != "coming").collect();
    assert_eq!(shared, unchanged, "only the import has moved on");
}

#[tokio::test]
async fn snapshots_firewalls_rules_and_keys() {
    let account = account().await;
    let snapshots = account.snapshots("700001").await;
    assert_eq!((snapshots[0].name.as_str(), &snapshots[0].status), ("weekly", &StoreStatus::Available));
    assert!(snapshots[0].taken.is_some() && snapshots[0].size.is_some());
    let Collection::Firewalls(firewalls) = account.read(ListKey::Firewalls).await.unwrap().collection else { panic!() };
    assert_eq!(firewalls[0].name, "web");
    let list = ListKey::Rules(firewalls[0].id.clone());
    let Collection::Rules(set) = account.read(list).await.unwrap().collection else { panic!() };
    assert_eq!((set.rules.len(), set.rules[0].direction, set.rules[0].ports.as_str()), (1, Direction::In, "80"));
    let Collection::Keys(keys) = account.read(ListKey::Keys).await.unwrap().collection else { panic!() };
    assert_eq!((keys[0].name.as_str(), keys[0].active), ("laptop", true));
}

#[tokio::test]
async fn the_catalogue() {
    let account = account().await;
    let Collection::Images(images) = account.read(ListKey::Images).await.unwrap().collection else { panic!() };
    assert!(images.iter().any(|i| i.kind == ImageKind::Import));
    let windows = images.iter().find(|i| i.kind == ImageKind::Windows).unwrap();
    let list = ListKey::Plans(Some(windows.id.clone()));
    let Collection::Plans(plans) = account.read(list).await.unwrap().collection else { panic!() };
    assert_eq!(plans.len(), 6);
    let Collection::Regions(regions) = account.read(ListKey::Regions).await.unwrap().collection else { panic!() };
    assert_eq!(regions[0].name, "Tokyo");
    let Collection::Types(types) = account.read(ListKey::Types).await.unwrap().collection else { panic!() };
    assert_eq!(types.len(), 2);
}

#[rstest]
#[case("ids_as_strings = true")]
#[case("template_shape = \"nested\"")]
#[case("template_shape = \"bracketless\"")]
#[case("dual_addresses = \"v4_only\"")]
#[case("dual_addresses = \"v6_primary\"")]
#[case("import_os_null = false")]
#[case("php_escapes = false")]
#[tokio::test]
async fn wherever_the_record_is_silent_either_way_is_understood(#[case] quirk: &str) {
    let account = of(&WORLD.replace("[quirks]", &format!("[quirks]\n{quirk}"))).await;
    let reading = account.read(ListKey::Instances).await.unwrap();
    assert_eq!(reading.malformed, None);
    let Collection::Instances(rows) = &reading.collection else { panic!() };
    let web = rows.iter().find(|i| i.name == "web-01").unwrap();
    assert_eq!((web.id.as_str(), &web.status), ("700001", &InstanceStatus::Running));
    assert!(web.address().is_some_and(|a| a.parse::<std::net::IpAddr>().is_ok()));
    assert_eq!(account.snapshots("700001").await.len(), 1);
    let Collection::Firewalls(firewalls) = account.read(ListKey::Firewalls).await.unwrap().collection else { panic!() };
    let list = ListKey::Rules(firewalls[0].id.clone());
    let Collection::Rules(set) = account.read(list).await.unwrap().collection else { panic!() };
    assert_eq!(set.rules.len(), 1, "{quirk}");
}

//! Nothing of Ver.3.0 was recorded: forms that the provider's reference and public clients know, decoded.

use crate::domain::{Collection, ImageKind, InstanceStatus, ListKey, Spec, StoreStatus};
use crate::provider::conoha::{DIALECT, quota};
use crate::provider::http::one;
use crate::provider::openstack::lists::{ListBody, decode, key};
use crate::provider::openstack::pages::Page;

fn read(list: &ListKey, body: &str) -> Collection {
    let sent = ListBody::Rows(Page::read(key(list).unwrap(), body).unwrap().rows);
    let reading = decode(list, Some("c3j1"), &sent, &DIALECT).unwrap();
    assert_eq!(reading.malformed, None);
    reading.collection
}

#[test]
fn a_server_that_boots_from_a_volume_has_an_empty_text_for_an_image() {
    let body = r#"{"servers":[{"id":"s","name":"vm-0123abcd-45","status":"SHUTOFF","OS-EXT-STS:task_state":null,
        "image":"","key_name":null,"addresses":{"ext-203-0-113-0-100":[{"addr":"203.0.113.10","version":4},
        {"addr":"2001:db8::10","version":6}],"local-1":[{"addr":"192.168.0.2","version":4}]},
        "flavor":{"id":"f","links":[]},"metadata":{"instance_name_tag":"web"},"security_groups":[{"name":"IPv4v6-SSH"}],
        "os-extended-volumes:volumes_attached":[{"id":"v"}],"OS-SRV-USG:launched_at":"2024-05-07T09:23:03.000000"}]}"#;
    let Collection::Instances(rows) = read(&ListKey::Instances, body) else { panic!() };
    let one = &rows[0];
    assert_eq!((one.name.as_str(), &one.status, one.image.as_ref()), ("web", &InstanceStatus::Stopped, None));
    let addresses: Vec<&str> = one.addresses.iter().map(|address| address.text.as_str()).collect();
    assert_eq!(addresses, ["203.0.113.10", "2001:db8::10", "192.168.0.2"]);
}

#[test]
fn a_saved_image_is_private_or_shared_and_no_disc() {
    let image = |id: &str, more: &str| format!(r#"{{"id":"{id}","name":"{id}","status":"active"{more}}}"#);
    let body = [
        image("private", r#","visibility":"private","size":20026818560,"min_disk":30,"os_type":"linux""#),
        image("shared", r#","visibility":"shared","size":null,"checksum":null"#),
        image("disc", r#","visibility":"shared","disk_format":"iso""#),
        image("vmi-ubuntu-24.04-amd64", r#","visibility":"public","os_type":"linux""#),
        image("vmi-win-2022dce-amd64", r#","visibility":"public","os_type":"windows""#),
    ];
    let body = format!(r#"{{"images":[{}]}}"#, body.join(","));
    let Collection::Snapshots(rows) = read(&ListKey::Snapshots(None), &body) else { panic!() };
    let told: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.size, row.min_disk_gb)).collect();
    assert_eq!(told, [("private", Some(20_026_818_560), Some(30)), ("shared", None, None)]);
    assert!(rows.iter().all(|row| row.status == StoreStatus::Available && row.expires.is_none()));
    let Collection::Images(rows) = read(&ListKey::Images, &body) else { panic!() };
    let kinds: Vec<_> = rows.iter().map(|row| (row.kind, row.family.as_deref())).collect();
    assert_eq!(kinds[0].0, ImageKind::Saved);
    assert_eq!(kinds[3..], [(ImageKind::Linux, Some("Ubuntu")), (ImageKind::Windows, Some("Windows"))]);
}

#[test]
fn a_plan_without_a_disk_has_none_and_the_quota_names_no_region() {
    let body = r#"{"flavors":[{"id":"f","name":"g2l-t-c2m1","ram":1024,"vcpus":2,"disk":0,"swap":""}]}"#;
    let Collection::Plans(rows) = read(&ListKey::Plans(None), body) else { panic!() };
    assert_eq!(rows[0].spec, Spec { vcpus: Some(2), memory_mb: Some(1_024), disk_gb: None, mbps: None });
    let quota = quota::quota(&one(r#"{"quota":{"image_size":"50GB"}}"#).unwrap(), "c3j1");
    assert_eq!(quota.images, Some(50_000_000_000));
}

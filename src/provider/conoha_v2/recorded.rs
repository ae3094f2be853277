//! What was recorded in November 2021, decoded; and forms that the provider's reference and public clients know.

use crate::domain::{
    Collection, Cut, Fault, ImageKind, InstanceStatus, ListKey, Reading, ResourceId, Spec, Stage, StoreStatus,
    Timestamp,
};

use crate::provider::conoha::quota::quota;
use crate::provider::conoha_v2::{DIALECT, backup};
use crate::provider::decode_failures::DecodeFailures;
use crate::provider::http::one;
use crate::provider::openstack::lists::{ListBody, Rows, decode, firewalls, key};
use crate::provider::openstack::pages::Page;

macro_rules! recorded {
    ($name:literal) => {
        include_str!(concat!("../../../tests/recorded/conoha/", $name, ".json"))
    };
}

fn read(list: &ListKey, body: &str) -> Reading {
    of(list, body).unwrap()
}

fn of(list: &ListKey, body: &str) -> Result<Reading, Fault> {
    let sent = match key(list) {
        Some(key) => ListBody::Rows(Page::read(key, body)?.rows),
        None => ListBody::Body(body.to_owned()),
    };
    decode(list, Some("tyo1"), &sent, &DIALECT)
}

macro_rules! rows {
    ($reading:expr, $kind:ident) => {{
        let Collection::$kind(rows) = $reading.collection else { panic!("another list") };
        rows
    }};
}

fn id(text: &str) -> ResourceId {
    text.into()
}

/// A server as the provider's reference has it, with what a test wants to be otherwise.
fn server(more: &str) -> String {
    format!(
        r#"{{"id":"s1","name":"203-0-113-10","status":"SHUTOFF","OS-EXT-STS:task_state":null,
        "OS-EXT-STS:vm_state":"stopped","OS-EXT-STS:power_state":4,"config_drive":"True","key_name":null,
        "addresses":{{"local-abc":[{{"addr":"192.168.0.2","version":4}}],"ext-203-0-113-0-100":[
            {{"addr":"2001:db8::10","version":6,"OS-EXT-IPS-MAC:mac_addr":"fa:16:3e:00:00:01"}},
            {{"addr":"203.0.113.10","version":4,"OS-EXT-IPS-MAC:mac_addr":"fa:16:3e:00:00:01"}}]}},
        "flavor":{{"id":"f1","links":[]}},"image":{{"id":"i1","links":[]}},
        "metadata":{{"instance_name_tag":"web","backup_set":"0","backup_id":"","properties":"{{\"vnc_keymap\":\"ja\"}}"}},
        "security_groups":[{{"name":"default"}},{{"name":"default"}},{{"name":"web"}}],
        "created":"2021-11-20T15:00:00Z","OS-SRV-USG:launched_at":"2021-11-20T15:01:00.000000"{more}}}"#
    )
}

#[test]
fn a_flavour_is_a_plan_whatever_its_swap() {
    let plans = rows!(read(&ListKey::Plans(None), recorded!("flavors_detail")), Plans);
    assert_eq!(plans[0].name, "g-c1m512d30");
    let spec = Spec { vcpus: Some(1), memory_mb: Some(512), disk_gb: Some(30), mbps: None };
    assert_eq!((plans.len(), plans[0].spec), (2, spec));
    let odd = r#"{"flavors":[{"id":"f","name":"x","ram":"1024","vcpus":2,"disk":0,"swap":512,"rxtx_factor":1.0}]}"#;
    let plans = rows!(read(&ListKey::Plans(None), odd), Plans);
    assert_eq!((plans[0].spec.memory_mb, plans[0].spec.disk_gb), (Some(1_024), None));
}

#[test]
fn the_recorded_image_is_a_snapshot_of_its_server() {
    let key = ListKey::Snapshot(id("x"));
    let rows = rows!(read(&key, recorded!("image")), Snapshots);
    let one = &rows[0];
    assert_eq!(
        (one.name.as_str(), &one.status, one.raw_status.as_str()),
        ("Temporary", &StoreStatus::Available, "ACTIVE")
    );
    assert_eq!(one.of, Some(id("00000000-0000-4000-8000-000000000501")));
    assert_eq!((one.size, one.min_disk_gb, one.stage), (Some(20_026_818_560), Some(30), None));
    assert_eq!(one.taken, Some(Timestamp(1_637_453_775_000)));
    assert_eq!(one.expires, Some(Timestamp(1_637_453_969_000 + 90 * 86_400_000)));
}

#[test]
fn an_image_that_is_being_saved_is_at_a_stage_and_has_no_size() {
    let body = r#"{"images":[{"id":"a","name":"x","status":"SAVING","progress":50,"OS-EXT-IMG-SIZE:size":0,
        "server":{"id":"s1"},"metadata":{},"updated":"2021-11-21T00:19:29Z"}]}"#;
    let rows = rows!(read(&ListKey::Snapshots(None), body), Snapshots);
    assert_eq!((rows[0].stage, rows[0].size, rows[0].expires), (Some(Stage { at: 2, of: 3 }), None, None));
    assert_eq!((&rows[0].status, rows[0].of.as_ref()), (&StoreStatus::Saving, Some(&id("s1"))));
}

#[test]
fn a_saved_image_is_told_from_one_of_the_provider_and_an_id_stands_once() {
    let body = r#"{"images":[
        {"id":"a","name":"vmi-mine","status":"ACTIVE","metadata":{"image_type":"snapshot"}},
        {"id":"b","name":"vmi-ubuntu-20.04-amd64-30gb","status":"ACTIVE","minDisk":30,
         "metadata":{"dst":"Ubuntu-20.04-64bit","os_type":"lin","app":"lamp","display_order":"210"}},
        {"id":"c","name":"plain","status":"ACTIVE","metadata":{}},
        {"id":"c","name":"again","status":"ACTIVE","metadata":{}},
        {"id":"d","name":"vmi-win2019","status":"ACTIVE","metadata":{"os_type":"win"}},
        {"id":"e","name":"plain","status":"ACTIVE","metadata":{"instance_uuid":"s1"}},
        {"id":"f","name":"of no name","status":"ACTIVE","metadata":{"display_order":"1"}},
        {"id":"g","name":"broken","minDisk":[]}]}"#;
    let reading = read(&ListKey::Snapshots(None), body);
    assert_eq!(reading.malformed, Some((2, "minDisk".to_owned())));
    let ids: Vec<String> = rows!(reading, Snapshots).iter().map(|s| s.id.to_string()).collect();
    assert_eq!(ids, ["a", "c", "e", "g"]);
    let images = rows!(read(&ListKey::Images, body), Images);
    let told: Vec<_> = images.iter().map(|i| (i.id.as_str(), i.kind, i.family.as_deref())).collect();
    assert_eq!(
        told[..3],
        [("a", ImageKind::Saved, None), ("b", ImageKind::Linux, Some("Ubuntu")), ("c", ImageKind::Saved, None),]
    );
    assert_eq!((images.len(), told[3]), (7, ("d", ImageKind::Windows, Some("Windows"))));
}

#[test]
fn a_server_has_its_tag_for_a_name_and_its_public_address_first() {
    let body = format!(r#"{{"servers":[{}]}}"#, server(""));
    let rows = rows!(read(&ListKey::Instances, &body), Instances);
    let one = &rows[0];
    assert_eq!((one.name.as_str(), &one.status, one.raw_status.as_str()), ("web", &InstanceStatus::Stopped, "SHUTOFF"));
    let texts: Vec<_> = one.addresses.iter().map(|a| (a.text.as_str(), a.network.as_deref())).collect();
    assert_eq!(texts, [("203.0.113.10", None), ("2001:db8::10", None), ("192.168.0.2", Some("local-abc"))]);
    assert_eq!(one.firewalls.as_deref(), Some(&["default".to_owned(), "web".to_owned()][..]));
    assert_eq!(
        (one.plan.as_ref(), one.image.as_ref(), one.region.as_deref()),
        (Some(&id("f1")), Some(&id("i1")), Some("tyo1"))
    );
    let told = |key: &str| one.fields.iter().find(|f| f.label.name() == key).map(|f| f.value.as_str());
    assert_eq!((told("field.NAME"), told("field.POWER")), (Some("203-0-113-10"), Some("off")));
    assert_eq!((told("field.LAUNCHED"), told("field.BACKUP")), (Some("2021-11-20 15:01:00 UTC"), None));
}

#[test]
fn a_server_that_is_built_locked_or_broken_is_read_as_well() {
    let one = |text: String| {
        let rows = rows!(read(&ListKey::Instance(id("s")), &format!(r#"{{"server":{text}}}"#)), Instances);
        std::sync::Arc::clone(&rows[0])
    };
    let built = one(r#"{"id":"s","status":"BUILD","OS-EXT-STS:task_state":"spawning","addresses":{},"image":"",
        "flavor":null,"metadata":null}"#
        .to_owned());
    assert_eq!(
        (&built.status, built.raw_status.as_str(), built.name.as_str()),
        (&InstanceStatus::Creating, "BUILD, spawning", "#s")
    );
    assert_eq!((built.firewalls.as_ref(), built.image.as_ref(), built.addresses.len()), (None, None, 0));
    let locked = one(server("").replace(r#""backup_set":"0""#, r#""IsDeleteLocked":"true","backup_set":"1""#));
    assert!(locked.locked && locked.fields.iter().any(|f| f.label.name() == "field.LOCK"));
    let failed =
        one(server(r#","fault":{"message":"No valid host was found.","code":500}"#).replace("SHUTOFF", "ERROR"));
    assert_eq!(failed.trouble.as_ref().map(|t| t.said.as_str()), Some("No valid host was found."));
    let stopping =
        one(server("").replace("SHUTOFF", "ACTIVE").replace("task_state\":null", "task_state\":\"powering-off\""));
    assert_eq!((&stopping.status, stopping.raw_status.as_str()), (&InstanceStatus::Stopping, "ACTIVE, powering-off"));
    let odd = one(r#"{"id":"s","name":"x","addresses":[],"adminPass":"p"}"#.to_owned());
    assert!(matches!(&odd.status, InstanceStatus::Unknown(said) if said.contains("addresses")), "{:?}", odd.status);
    assert!(!odd.raw.text().unwrap().contains("\"p\""));
}

#[test]
fn the_short_list_of_servers_that_was_recorded_is_read_without_a_state() {
    let rows = rows!(read(&ListKey::Instances, recorded!("servers")), Instances);
    assert_eq!((rows[0].name.as_str(), &rows[0].status), ("203-0-113-10", &InstanceStatus::Unknown(String::new())));
    let images = rows!(read(&ListKey::Images, recorded!("images")), Images);
    assert_eq!(images.iter().filter(|i| i.family.as_deref() == Some("LAMP")).count(), 4);
}

#[test]
fn a_firewall_is_on_those_servers_whose_ports_are_behind_it() {
    let groups = r#"{"security_groups":[{"id":"g1","name":"web","description":"sites","security_group_rules":[]},
        {"id":"g2","name":"gncs-ipv4-ssh"},{"id":"g3","name":"default"}]}"#;
    let ports = r#"{"ports":[
        {"id":"p1","device_id":"s2","device_owner":"compute:nova","security_groups":["g1","g3"]},
        {"id":"p2","device_id":"s1","device_owner":"compute:None","security_groups":["g1"]},
        {"id":"p3","device_id":"s1","device_owner":"","security_groups":["g1"]},
        {"id":"p4","device_id":"dhcp","device_owner":"network:dhcp","security_groups":["g1"]},
        {"id":"p5","device_id":"","security_groups":null}]}"#;
    let rows = |key: &str, body: &str| Rows { rows: Page::read(key, body).unwrap().rows, cut: None };
    let (groups, ports) = (rows("security_groups", groups), rows("ports", ports));
    let cut = Rows { rows: rows("ports", r#"{"ports":[]}"#).rows, cut: Some(Cut::Circle) };
    let unknown = firewalls(&groups, &cut, &DIALECT).unwrap();
    assert_eq!(unknown.cut, Some(Cut::Circle));
    assert!(rows!(unknown, Firewalls).iter().all(|group| group.on.is_none()), "there may be more");
    let rows = rows!(firewalls(&groups, &ports, &DIALECT).unwrap(), Firewalls);
    assert_eq!(rows[0].on.as_deref(), Some(&[id("s1"), id("s2")][..]));
    let fixed: Vec<bool> = rows.iter().map(|f| f.fixed).collect();
    assert_eq!((fixed, rows[1].on.as_deref()), (vec![false, true, true], Some(&[][..])));
}

#[test]
fn rules_keys_quota_and_backups_are_read() {
    let body = r#"{"security_group":{"id":"g","name":"web","security_group_rules":[
        {"id":"r","direction":"egress","ethertype":"IPv4","protocol":null,"port_range_min":null,"port_range_max":null,
         "remote_ip_prefix":null,"remote_group_id":null},
        {"id":"r","direction":"ingress","ethertype":"IPv4","protocol":"tcp","port_range_min":22,"port_range_max":"22"}]}}"#;
    let Collection::Rules(set) = read(&ListKey::Rules(id("g")), body).collection else { panic!() };
    assert!(set.rules.len() == 2 && set.rules[1].ports == "22" && set.rules[0].is_from_anywhere());
    let strange = body.replace("ingress", "sideways");
    assert!(matches!(of(&ListKey::Rules(id("g")), &strange), Err(Fault::NotUnderstood { .. })));
    let keys = r#"{"keypairs":[{"keypair":{"name":"laptop","public_key":"ssh-rsa AAAA laptop\n","fingerprint":"x"}}]}"#;
    let keys = rows!(read(&ListKey::Keys, keys), Keys);
    assert_eq!((keys[0].id.as_str(), keys[0].public.as_str(), keys[0].active), ("laptop", "ssh-rsa AAAA laptop", true));
    let quota = quota(&one(r#"{"quota":{"tyo1_image_size":"50GB"}}"#).unwrap(), "tyo1");
    assert_eq!(quota.images, Some(50_000_000_000));
    let body = r#"{"backup":[{"id":"b","instance_id":"s1","backupruns":[
        {"backuprun_id":"r1","status":"available","created_at":"2015-05-07T09:23:03.000000","type":"instance"},
        {"backuprun_id":"r2","status":"available","created_at":"2015-05-08T09:17:07.00000000","type":"instance"}]}]}"#;
    let backups = DecodeFailures::default().rows(&Page::read("backup", body).unwrap().rows, backup::backup);
    assert_eq!((backups[0].of.as_str(), backups[0].runs[0].id.as_str()), ("s1", "r2"));
}

#[test]
fn what_is_no_list_is_not_understood() {
    for body in ["", "<html>down</html>", r#"{"servers":{}}"#, r#"{"server":[]}"#, "[]"] {
        assert!(matches!(of(&ListKey::Instances, body), Err(Fault::NotUnderstood { .. })), "{body}");
    }
}

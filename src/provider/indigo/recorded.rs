//! The recorded bodies of October 2024, decoded as the program does it.

use super::lists::decode;
use super::wire;
use crate::domain::{
    Collection, Direction, Fault, ImageKind, InstanceStatus, ListKey, Reading, ResourceId, Spec, StoreStatus, Timestamp,
};

macro_rules! recorded {
    ($name:literal) => {
        include_str!(concat!("../../../tests/recorded/indigo/", $name, ".json"))
    };
}

fn read(list: &ListKey, body: &str) -> Reading {
    let reading = decode(list, "", body).unwrap();
    assert_eq!(reading.malformed, None);
    reading
}

fn id(text: &str) -> ResourceId {
    ResourceId::new(text)
}

#[test]
fn the_instance_list_gives_an_instance_with_all_it_tells() {
    let Collection::Instances(rows) = read(&ListKey::Instances, recorded!("getinstancelist")).collection else {
        panic!()
    };
    let one = &rows[0];
    assert_eq!((rows.len(), one.id.as_str(), one.name.as_str()), (1, "616513", "APItest"));
    assert_eq!((&one.status, one.raw_status.as_str()), (&InstanceStatus::Stopped, "OPEN, Stopped"));
    assert_eq!(one.address(), Some("2001:db8:0:1::616:513"));
    assert_eq!(one.addresses.len(), 1, "ip and ipaddress are the same");
    let spec = Spec { vcpus: Some(1), memory_mb: Some(768), disk_gb: Some(20), mbps: Some(100) };
    assert_eq!((one.spec, one.plan.as_ref()), (spec, Some(&id("13"))));
    assert_eq!((one.os.as_deref(), one.image.as_ref()), (Some("Debian 12"), Some(&id("22"))));
    assert_eq!((one.region.as_deref(), one.key.as_ref()), (Some("Tokyo"), Some(&id("21633"))));
    assert_eq!(one.created, Some(Timestamp(1_728_505_566_000)));
    let set_up = one.fields.iter().find(|f| f.label.name() == "field.SET_UP").unwrap();
    assert_eq!(set_up.value, "2024-10-09 20:27:10 UTC");
}

#[test]
fn the_console_password_is_nowhere_and_the_owners_name_only_in_the_raw_text() {
    let Collection::Instances(rows) = read(&ListKey::Instances, recorded!("getinstancelist")).collection else {
        panic!()
    };
    assert!(!format!("{rows:?}").contains("FAKE-VNC"));
    assert!(rows[0].raw.text().unwrap().contains(r#""vnc_passwd": "***""#));
    let kept = serde_json::to_string(&rows).unwrap();
    assert!(!kept.contains("____"), "the owner's name is kept on disk: {kept}");
}

#[rstest::rstest]
#[case(recorded!("createinstance"), "616513", "1CR768MB", 0)]
#[case(recorded!("createinstance_import"), "618126", "1CR1GB", 1)]
fn an_instance_just_made_is_being_made(
    #[case] body: &str,
    #[case] of: &str,
    #[case] plan: &str,
    #[case] imported: u64,
) {
    let made: wire::CreatedInstance = serde_json::from_str(body).unwrap();
    assert_eq!((made.vms.id.as_str(), made.vms.plan.as_str()), (of, plan));
    assert_eq!(made.vms.import_instance, Some(imported));
    assert!(made.vms.created_at.is_some() && made.vms.started_at.is_none() && made.vms.ipaddress.is_empty());
    let list = format!("[{}]", serde_json::from_str::<serde_json::Value>(body).unwrap()["vms"]);
    let Collection::Instances(rows) = read(&ListKey::Instances, &list).collection else { panic!() };
    assert_eq!(rows[0].status, InstanceStatus::Creating);
}

#[test]
fn snapshots_belong_to_the_instance_they_were_asked_for_with() {
    let key = ListKey::Snapshots(Some(id("616516")));
    let of = |body: &str| {
        let Collection::Snapshots(rows) = read(&key, body).collection else { panic!() };
        rows
    };
    assert!(of(recorded!("snapshotlist_empty")).is_empty());
    let running = &of(recorded!("snapshotlist_running"))[0];
    assert_eq!((&running.status, running.size, running.taken), (&StoreStatus::Creating, None, None));
    let created = &of(recorded!("snapshotlist_created"))[0];
    assert_eq!((created.id.as_str(), created.of.as_ref()), ("12089", Some(&id("616516"))));
    assert_eq!((&created.status, created.size), (&StoreStatus::Available, Some(1_071_529_984)));
    assert_eq!(created.taken, Some(Timestamp(1_728_514_132_000)));
}

#[test]
fn rules_are_read_in_all_three_shapes() {
    let flat = recorded!("gettemplate");
    let bracketless = flat.trim().trim_start_matches('[').trim_end_matches(']').trim().to_owned();
    for body in [flat.to_owned(), format!("[{flat}]"), bracketless] {
        let Collection::Rules(set) = read(&ListKey::Rules(id("12836")), &body).collection else { panic!() };
        assert_eq!(set.rules.len(), 3, "{body}");
        let last = &set.rules[2];
        assert_eq!((last.direction, last.preset.as_str(), last.ports.as_str()), (Direction::In, "Custom", "22"));
        assert_eq!(last.source, "203.0.113.235");
    }
    let Collection::Rules(set) = read(&ListKey::Rules(id("1")), recorded!("gettemplate_two_rules")).collection else {
        panic!()
    };
    assert!(set.rules.iter().all(crate::domain::Rule::is_from_anywhere));
}

#[test]
fn a_rule_that_is_not_understood_fails_the_set_since_a_change_would_lose_it() {
    let body = r#"[{"id":1,"direction":"in","port":"80"},{"id":1,"direction":"sideways"}]"#;
    let Err(Fault::NotUnderstood { field, .. }) = decode(&ListKey::Rules(id("1")), "", body) else { panic!() };
    assert_eq!(field, "[1].direction");
}

#[test]
fn images_have_every_system_and_the_way_to_bring_one() {
    let Collection::Images(rows) = read(&ListKey::Images, recorded!("oslist")).collection else { panic!() };
    let count = |kind| rows.iter().filter(|i| i.kind == kind).count();
    assert_eq!((count(ImageKind::Linux), count(ImageKind::Windows), count(ImageKind::Import)), (19, 2, 1));
    let import = rows.iter().find(|i| i.kind == ImageKind::Import).unwrap();
    assert_eq!((import.id.as_str(), import.name.as_str()), ("3", "Import VM"));
    let debian = rows.iter().find(|i| i.id.as_str() == "22").unwrap();
    assert_eq!((debian.name.as_str(), debian.family.as_deref()), ("Debian 12", Some("Debian")));
    let Collection::Images(rows) = read(&ListKey::Images, recorded!("oslist_microvps")).collection else { panic!() };
    assert_eq!(rows.len(), 1, "only the way to bring one");
}

#[test]
fn plans_have_sizes_out_of_codes_and_html() {
    let of = |body: &str| {
        let Collection::Plans(rows) = read(&ListKey::Plans(Some(id("22"))), body).collection else { panic!() };
        rows
    };
    let linux = of(recorded!("getinstancespec_linux"));
    assert_eq!(linux.len(), 7);
    assert!(linux.iter().all(|p| p.spec.vcpus.is_some() && p.spec.memory_mb.is_some() && p.spec.disk_gb.is_some()));
    let smallest = linux.iter().find(|p| p.id.as_str() == "13").unwrap();
    let spec = Spec { vcpus: Some(1), memory_mb: Some(768), disk_gb: Some(20), mbps: Some(100) };
    assert_eq!((smallest.spec, smallest.addresses.as_deref()), (spec, Some("ipv6")));
    assert_eq!(of(recorded!("getinstancespec_windows"))[5].spec.disk_gb, Some(1_600));
    assert!(of(recorded!("getinstancespec_microvps")).is_empty());
}

#[test]
fn the_disk_of_an_instance_is_that_of_its_plan() {
    for body in [recorded!("getinstancespec_linux"), recorded!("getinstancespec_windows")] {
        let Collection::Plans(plans) = read(&ListKey::Plans(None), body).collection else { panic!() };
        for plan in plans {
            let list = format!(r#"[{{"id":1,"plan_id":{}}}]"#, plan.id);
            let Collection::Instances(rows) = read(&ListKey::Instances, &list).collection else { panic!() };
            assert_eq!((rows[0].spec.disk_gb, rows[0].spec.mbps), (plan.spec.disk_gb, plan.spec.mbps), "{}", plan.name);
        }
    }
}

#[test]
fn keys_tell_whether_new_machines_can_have_them() {
    let of = |body: &str| {
        let Collection::Keys(rows) = read(&ListKey::Keys, body).collection else { panic!() };
        rows
    };
    assert!(of(recorded!("sshkey_list"))[0].active);
    let off = &of(recorded!("sshkey_deactivated"))[0];
    assert_eq!((off.id.as_str(), off.active), ("40277", false));
}

#[test]
fn types_and_regions_are_read() {
    let types: wire::InstanceTypes = serde_json::from_str(recorded!("instancetypes")).unwrap();
    assert_eq!(types.types[1].display_name, "MicroVPS");
    let regions: wire::Regions = serde_json::from_str(recorded!("getregion")).unwrap();
    assert_eq!((regions.regionlist[0].id.as_str(), regions.regionlist[0].name.as_str()), ("1", "Tokyo"));
    let none: wire::Regions = serde_json::from_str(recorded!("getregion_microvps")).unwrap();
    assert!(none.regionlist.is_empty());
}

#[rstest::rstest]
#[case(recorded!("statusupdate_start"), Some("I20008"), false)]
#[case(recorded!("statusupdate_stop"), Some("I10025"), false)]
#[case(recorded!("statusupdate_destroy"), Some("I20010"), false)]
#[case(recorded!("statusupdate_destroy_running"), Some("I10055"), true)]
#[case(recorded!("createinstance_out_of_stock"), Some("I10059"), true)]
#[case(recorded!("createfirewall"), Some("F60002"), false)]
#[case(recorded!("updatefirewall"), Some("F6004"), false)]
#[case(recorded!("assign"), Some("F60003"), false)]
#[case(recorded!("deletefirewall"), Some("F6005"), false)]
#[case(recorded!("deletefirewall_in_use"), Some("F60009"), true)]
#[case(recorded!("takesnapshot"), None, false)]
#[case(recorded!("restoresnapshot"), None, false)]
#[case(recorded!("restoresnapshot_running"), Some("S10002"), true)]
#[case(recorded!("deletesnapshot"), None, false)]
#[case(recorded!("sshkey_update"), None, false)]
#[case(recorded!("sshkey_delete"), None, false)]
#[case(recorded!("quota_429"), Some("429"), true)]
fn every_recorded_answer_tells_its_code(#[case] body: &str, #[case] code: Option<&str>, #[case] refuses: bool) {
    let ack = wire::Ack::parse(body).unwrap();
    assert_eq!((ack.code().as_deref(), ack.is_refusal()), (code, refuses));
    assert!(ack.said().is_some_and(|said| !said.contains("  ") && said.trim() == said));
}

#[test]
fn the_id_of_a_firewall_is_a_number_or_a_string() {
    for body in [recorded!("createfirewall"), recorded!("updatefirewall")] {
        assert_eq!(wire::Ack::parse(body).unwrap().firewall_id, Some(id("12836")));
    }
}

#[test]
fn one_odd_record_is_shown_with_its_raw_text_and_the_rest_as_ever() {
    let body = r#"[{"id":"7","instance_name":"web","status":"OPEN","instancestatus":"Running"},
        {"id":8,"instance_name":"db","memsize":"lots"},{"instance_name":"no id"},"what?"]"#;
    let reading = decode(&ListKey::Instances, "", body).unwrap();
    assert_eq!(reading.malformed, Some((3, "memsize".to_owned())));
    let Collection::Instances(rows) = reading.collection else { panic!() };
    assert_eq!(rows[0].status, InstanceStatus::Running);
    assert_eq!((rows[1].id.as_str(), rows[1].name.as_str()), ("8", "db"));
    assert_eq!(rows[1].status, InstanceStatus::Unknown("not understood: memsize".into()));
    assert!(rows[1].raw.text().unwrap().contains("lots"));
    assert_eq!((rows[2].id.as_str(), rows[2].name.as_str()), ("?3", "no id"));
    assert_eq!(rows[3].id.as_str(), "?4");
}

#[rstest::rstest]
#[case("<html>down</html>")]
#[case("")]
#[case(r#"{"instances":[]}"#)]
#[case("[{\"id\":1}")]
fn what_is_no_list_is_not_understood(#[case] body: &str) {
    assert!(matches!(decode(&ListKey::Instances, "", body), Err(Fault::NotUnderstood { .. })));
}

#[test]
fn a_refusal_that_comes_with_200_is_a_refusal() {
    let body = r#"{"success":false,"errorMessage":"No such  instance. ","errorCode":"S10001"}"#;
    let key = ListKey::Snapshots(Some(id("1")));
    let Err(Fault::Refused { code, said, .. }) = decode(&key, "", body) else { panic!() };
    assert_eq!((code.as_deref(), said), (Some("S10001"), "No such instance.".into()));
}

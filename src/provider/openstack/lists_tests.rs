//! Records in which null stands, and images of other projects.

use serde_json::Value;

use super::*;
use crate::provider::openstack::pages::Page;
use crate::provider::openstack::plain::DIALECT;

/// As the services of Zed send them (2026), cut.
const SERVER: &str = r#"{"id": "s", "name": "n", "status": "ACTIVE", "metadata": {"a": "b"}, "hostId": "h",
    "image": {"id": "i", "links": [{"rel": "bookmark", "href": "http://h/i"}]}, "flavor": {"id": "f", "links": []},
    "created": "2026-11-28T01:19:04Z", "updated": "2026-11-28T01:19:10Z",
    "addresses": {"ext": [{"version": 4, "addr": "198.51.100.1", "OS-EXT-IPS:type": "fixed",
    "OS-EXT-IPS-MAC:mac_addr": "fa:16:3e:cf:e1:aa"}]}, "accessIPv4": "", "OS-EXT-AZ:availability_zone": "nova",
    "config_drive": "", "key_name": "k", "OS-SRV-USG:launched_at": "2026-11-28T01:19:09.000000",
    "OS-EXT-STS:task_state": "t", "OS-EXT-STS:vm_state": "active", "OS-EXT-STS:power_state": 1,
    "os-extended-volumes:volumes_attached": [{"id": "v"}], "security_groups": [{"name": "default"}],
    "fault": {"code": 500, "message": "m", "created": "2026-11-28T01:19:04Z"}}"#;
const IMAGE: &str = r#"{"id": "i", "name": "n", "status": "active", "visibility": "private", "owner": "p", "size": 7,
    "virtual_size": 7, "min_ram": 0, "min_disk": 30, "tags": ["x"], "instance_uuid": "s", "image_type": "snapshot",
    "created_at": "2026-11-28T01:18:36Z", "updated_at": "2026-11-28T01:18:44Z", "protected": false}"#;
const FLAVOR: &str = r#"{"id": "f", "name": "n", "vcpus": 2, "ram": 1024, "disk": 100, "swap": "", "links": []}"#;
const PAIR: &str = r#"{"keypair": {"name": "k", "public_key": "ssh-ed25519 A", "fingerprint": "f:4"}}"#;
const PORT: &str = r#"{"id": "p", "device_id": "s", "device_owner": "compute:nova", "security_groups": ["g"],
    "port_security_enabled": true, "fixed_ips": [{"subnet_id": "n", "ip_address": "198.51.100.1"}]}"#;
const GROUP: &str = r#"{"id": "g", "name": "n", "description": "d", "security_group_rules": [{"id": "r",
    "direction": "ingress", "ethertype": "IPv4", "protocol": "tcp", "port_range_min": 22, "port_range_max": 22}]}"#;

/// The same with null in one place: each place once, with its path.
fn nulled(value: &Value, path: &str) -> Vec<(String, Value)> {
    let mut all = vec![(path.to_owned(), Value::Null)];
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields {
                for (at, with) in nulled(inner, &format!("{path}/{key}")) {
                    let mut whole = value.clone();
                    whole[key] = with;
                    all.push((at, whole));
                }
            }
        }
        Value::Array(items) => {
            for (n, inner) in items.iter().enumerate() {
                for (at, with) in nulled(inner, &format!("{path}/{n}")) {
                    let mut whole = value.clone();
                    whole[n] = with;
                    all.push((at, whole));
                }
            }
        }
        _ => {}
    }
    all
}

fn rows_of(key: &str, records: &[Value]) -> Raws {
    Page::read(key, &serde_json::json!({ key: records }).to_string()).unwrap().rows
}

#[test]
fn null_in_any_place_but_the_id_loses_nothing() {
    let lists = [
        (ListKey::Instances, SERVER),
        (ListKey::Images, IMAGE),
        (ListKey::Snapshots(None), IMAGE),
        (ListKey::Plans(None), FLAVOR),
        (ListKey::Keys, PAIR),
        (ListKey::Ports("s".into()), PORT),
    ];
    for (list, record) in lists {
        let record: Value = serde_json::from_str(record).unwrap();
        for (at, with) in nulled(&record, "") {
            if matches!(at.as_str(), "/id" | "/keypair/name") {
                continue;
            }
            let sent = ListBody::Rows(rows_of(key(&list).unwrap(), &[record.clone(), with]));
            let reading =
                decode(&list, None, &sent, &DIALECT).unwrap_or_else(|fault| panic!("{list:?} {at}: {fault:?}"));
            let twice = at.is_empty() || at == "/keypair" || reading.malformed.as_ref().is_some_and(|(_, f)| f == "id");
            assert!(reading.malformed.is_none() || twice, "{list:?} {at}: {:?}", reading.malformed);
        }
    }
    let (group, port): (Value, Value) = (serde_json::from_str(GROUP).unwrap(), serde_json::from_str(PORT).unwrap());
    for (at, with) in nulled(&group, "").into_iter().filter(|(at, _)| at != "/id") {
        let all = |rows| Rows { rows, cut: None };
        let groups = all(rows_of("security_groups", &[with]));
        let reading = firewalls(&groups, &all(rows_of("ports", std::slice::from_ref(&port))), &DIALECT).unwrap();
        assert_eq!(reading.malformed, None, "{at}");
    }
}

#[test]
fn an_administrator_is_shown_the_images_of_the_project_alone() {
    let image = |id: &str, owner: Value, visibility: Value| serde_json::json!({"id": id, "owner": owner, "visibility": visibility});
    let all = [
        image("own", "p".into(), "private".into()),
        image("own-shared", "p".into(), "shared".into()),
        image("public", "q".into(), "public".into()),
        image("foreign", "q".into(), "private".into()),
        image("foreign-shared", "q".into(), "shared".into()),
        image("silent", Value::Null, Value::Null),
    ];
    let shown = |is_admin| {
        let scope = Scope { project: "p".to_owned(), is_admin };
        let rows = usable(rows_of("images", &all), &scope);
        let id = |row: &RawValue| serde_json::from_str::<Value>(row.get()).unwrap()["id"].as_str().unwrap().to_owned();
        rows.iter().map(|row| id(row)).collect::<Vec<_>>()
    };
    assert_eq!(shown(true), ["own", "own-shared", "public", "silent"]);
    assert_eq!(shown(false), ["own", "own-shared", "public", "foreign-shared", "silent"]);
}

//! Resources as JSON: the fields of the shared vocabulary, sizes in bytes, and the provider's own record under `raw`.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::domain::{
    AccountName, ApiKey, Firewall, Image, Instance, Key, Kind, Plan, PublicKey, Raw, ResourceRef, Snapshot,
    SnapshotKind, Spec, StatusKind, Volume,
};
use crate::engine::Engine;

const MB: u64 = 1 << 20;
const GB: u64 = 1 << 30;

pub(super) fn instance(account: &AccountName, of: &Instance) -> Value {
    let mut map = plain(account, of, &of.raw);
    map.insert("status".to_owned(), status(of.status.kind()));
    map.insert("spec".to_owned(), spec(&of.spec));
    Value::Object(map)
}

pub(super) fn snapshot(account: &AccountName, of: &Snapshot) -> Value {
    let mut map = plain(account, of, &of.raw);
    map.insert("status".to_owned(), status(of.status.kind()));
    map.remove("min_disk_gb");
    map.insert("min_disk".to_owned(), json!(of.min_disk_gb.map(|gb| gb * GB)));
    let (kind, volume) = match &of.kind {
        SnapshotKind::Disk => ("disk", None),
        SnapshotKind::OfVolume(volume) => ("of_volume", Some(volume)),
        SnapshotKind::NamesOthers(_) => ("names_others", None),
    };
    map.insert("kind".to_owned(), json!(kind));
    map.insert("volume".to_owned(), json!(volume));
    map.insert("names".to_owned(), json!(of.named()));
    Value::Object(map)
}

pub(super) fn volume(account: &AccountName, of: &Volume) -> Value {
    let mut map = plain(account, of, &of.raw);
    map.insert("status".to_owned(), status(of.status.kind()));
    map.remove("size_gb");
    map.insert("size".to_owned(), json!(of.size_gb.map(|gb| gb * GB)));
    Value::Object(map)
}

pub(super) fn firewall(account: &AccountName, of: &Firewall) -> Value {
    Value::Object(plain(account, of, &of.raw))
}

pub(super) fn image(account: &AccountName, of: &Image) -> Value {
    let mut map = plain(account, of, &of.raw);
    map.insert("status".to_owned(), status(of.status.kind()));
    Value::Object(map)
}

pub(super) fn key(account: &AccountName, of: &Key) -> Value {
    let mut map = plain(account, of, &of.raw);
    let fingerprint = PublicKey::parse(&of.public).ok().map(|key| key.fingerprint());
    map.insert("fingerprint".to_owned(), json!(fingerprint));
    Value::Object(map)
}

pub(super) fn api_key(account: &AccountName, of: &ApiKey) -> Value {
    Value::Object(plain(account, of, &of.raw))
}

pub(super) fn plan(account: &AccountName, of: &Plan) -> Value {
    let mut map = plain(account, of, &of.raw);
    map.insert("spec".to_owned(), spec(&of.spec));
    Value::Object(map)
}

/// The record's own fields without those that only have a meaning on a screen.
fn plain(account: &AccountName, of: &impl Serialize, raw: &Raw) -> Map<String, Value> {
    let mut map = match serde_json::to_value(of) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    };
    map.remove("fields");
    map.insert("account".to_owned(), json!(account));
    map.insert("raw".to_owned(), raw.text().and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null));
    map
}

/// Whether it is protected, by the configuration or by a person. What is a size or a part of a catalogue cannot be.
pub(super) fn protected(record: &mut Value, engine: &Engine, resource: &ResourceRef, name: &str) {
    if resource.kind != Kind::Plan
        && let Some(map) = record.as_object_mut()
    {
        // A saved image and the snapshot of that id are the same.
        let as_snapshot = ResourceRef { kind: Kind::Snapshot, ..resource.clone() };
        let saved = resource.kind == Kind::Image && engine.protected(&as_snapshot, name).is_some();
        map.insert("protected".to_owned(), json!(saved || engine.protected(resource, name).is_some()));
    }
}

fn status(kind: StatusKind) -> Value {
    serde_json::to_value(kind).unwrap_or(Value::Null)
}

fn spec(of: &Spec) -> Value {
    json!({
        "vcpus": of.vcpus,
        "memory": of.memory_mb.map(|mb| mb * MB),
        "disk": of.disk_gb.map(|gb| gb * GB),
        "mbps": of.mbps,
    })
}

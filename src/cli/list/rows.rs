//! A row of each resource: its cells, its name, its record.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::cli::record;
use crate::domain::{AccountName, Kind, PublicKey, ResourceId, ResourceRef, Spec, Timestamp};
use crate::engine::{AccountState, Engine};
use crate::words::Words;

/// How many columns every list has.
pub(super) const COLUMNS: usize = 7;

pub(super) struct Row {
    pub(super) account: AccountName,
    pub(super) id: ResourceId,
    pub(super) name: String,
    pub(super) cells: [String; COLUMNS],
    pub(super) record: Value,
}

/// The head of a list. Lists with fewer columns leave the last ones empty.
pub(super) fn head(kind: Kind, words: &Words) -> [String; COLUMNS] {
    let middle = match kind {
        Kind::Instance => ["cli.head.status", "cli.head.address", "cli.head.os", "cli.head.id"].as_slice(),
        Kind::Snapshot => &["cli.head.status", "cli.head.of", "cli.head.size", "cli.head.taken", "cli.head.id"],
        Kind::Firewall => &["cli.head.on", "cli.head.id"],
        Kind::Image => &["cli.head.status", "cli.head.family", "cli.head.size", "cli.head.id"],
        Kind::Key => &["cli.head.active", "cli.head.kind", "cli.head.id"],
        Kind::ApiKey => &["cli.head.in-use", "cli.head.created", "cli.head.id"],
        Kind::Plan => &["cli.head.vcpus", "cli.head.memory", "cli.head.disk", "cli.head.id"],
    };
    let texts = ["cli.head.account", "cli.head.name"].iter().chain(middle).map(|key| words.get(key).to_owned());
    filled(texts)
}

fn filled(texts: impl Iterator<Item = String>) -> [String; COLUMNS] {
    let mut cells: [String; COLUMNS] = std::array::from_fn(|_| String::new());
    cells.iter_mut().zip(texts).for_each(|(cell, text)| *cell = text);
    cells
}

pub(super) fn rows(kind: Kind, state: &AccountState, engine: &Engine, words: &Words) -> Vec<Row> {
    let (account, inventory) = (&state.account.name, &state.inventory);
    let unknown = || words.get("cli.value.unknown").to_owned();
    let bytes = |size: Option<u64>| size.map_or_else(unknown, crate::words::bytes);
    let at = |at: Option<Timestamp>| at.map_or_else(unknown, |at| words.date_time(at));
    let row = |id: &ResourceId, name: &str, middle: Vec<String>, mut record: Value| {
        record::protected(&mut record, engine, &ResourceRef::new(account, kind, id), name);
        let texts = [account.to_string(), name.to_owned()].into_iter().chain(middle).chain([id.to_string()]);
        Row { account: account.clone(), id: id.clone(), name: name.to_owned(), cells: filled(texts), record }
    };
    match kind {
        Kind::Instance => inventory
            .instances()
            .iter()
            .map(|i| {
                let address = i.address().map_or_else(unknown, str::to_owned);
                let middle = vec![words.instance_status(&i.status), address, i.os.clone().unwrap_or_else(unknown)];
                row(&i.id, &i.name, middle, record::instance(account, i))
            })
            .collect(),
        Kind::Snapshot => inventory
            .snapshots()
            .map(|s| {
                let of = s.of.as_ref().map_or_else(unknown, |id| {
                    inventory.instance(id).map_or_else(|| id.to_string(), |i| i.name.clone())
                });
                let middle = vec![words.store_status(&s.status), of, bytes(s.size), at(s.taken)];
                row(&s.id, &s.name, middle, record::snapshot(account, s))
            })
            .collect(),
        Kind::Firewall => inventory
            .firewalls()
            .iter()
            .map(|f| {
                let on = f.on.as_ref().map_or_else(unknown, |on| on.len().to_string());
                row(&f.id, &f.name, vec![on], record::firewall(account, f))
            })
            .collect(),
        Kind::Image => inventory
            .images()
            .iter()
            .map(|i| {
                let family = i.family.clone().unwrap_or_else(unknown);
                let middle = vec![words.store_status(&i.status), family, bytes(i.size)];
                row(&i.id, &i.name, middle, record::image(account, i))
            })
            .collect(),
        Kind::Key => inventory
            .keys()
            .iter()
            .map(|k| {
                let active = words.get(if k.active { "cli.value.yes" } else { "cli.value.no" }).to_owned();
                let kind = PublicKey::parse(&k.public).map_or_else(|_| unknown(), |key| key.short());
                row(&k.id, &k.name, vec![active, kind], record::key(account, k))
            })
            .collect(),
        Kind::ApiKey => inventory
            .api_keys()
            .iter()
            .map(|k| {
                let in_use = words.get(if k.in_use { "cli.value.yes" } else { "cli.value.no" }).to_owned();
                row(&k.id, &k.key, vec![in_use, at(k.created)], record::api_key(account, k))
            })
            .collect(),
        Kind::Plan => {
            // One that stands in the lists of several systems is listed once.
            let mut seen = BTreeSet::new();
            inventory
                .plans()
                .filter(|p| seen.insert(p.id.clone()))
                .map(|p| row(&p.id, &p.name, sizes(&p.spec, words), record::plan(account, p)))
                .collect()
        }
    }
}

/// Processors, memory and disk. 1 GB of memory is 1024 MB.
fn sizes(spec: &Spec, words: &Words) -> Vec<String> {
    let or_unknown = |text: Option<String>| text.unwrap_or_else(|| words.get("cli.value.unknown").to_owned());
    let memory = |mb: u64| if mb.is_multiple_of(1024) { format!("{} GB", mb / 1024) } else { format!("{mb} MB") };
    vec![
        or_unknown(spec.vcpus.map(|n| n.to_string())),
        or_unknown(spec.memory_mb.map(memory)),
        or_unknown(spec.disk_gb.map(|gb| format!("{gb} GB"))),
    ]
}

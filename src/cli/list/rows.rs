//! A row of each resource: its cells, its name, its record.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::cli::record;
use crate::domain::{
    AccountName, ApiKey, Firewall, Image, Instance, Inventory, Key, Kind, PublicKey, ResourceId, ResourceRef, Snapshot,
    Spec, Timestamp, Volume, text,
};
use crate::engine::{AccountState, Engine};
use crate::words::Words;

/// How many columns every list has.
pub(super) const COLUMNS: usize = 7;

pub(super) struct ListRow {
    pub(super) account: AccountName,
    pub(super) id: ResourceId,
    pub(super) name: String,
    pub(super) cells: [String; COLUMNS],
    pub(super) record: Value,
}

/// The head of a list. Lists with fewer columns leave the last ones empty.
pub(super) fn head(kind: Kind, words: &Words) -> [String; COLUMNS] {
    let middle = match kind {
        Kind::Instance => {
            [text::cli_head::STATUS, text::cli_head::ADDRESS, text::cli_head::OS, text::cli_head::ID].as_slice()
        }
        Kind::Snapshot => &[
            text::cli_head::STATUS,
            text::cli_head::OF,
            text::cli_head::SIZE,
            text::cli_head::TAKEN,
            text::cli_head::ID,
        ],
        Kind::Firewall => &[text::cli_head::ON, text::cli_head::ID],
        Kind::Image => &[text::cli_head::STATUS, text::cli_head::FAMILY, text::cli_head::SIZE, text::cli_head::ID],
        Kind::Key => &[text::cli_head::ACTIVE, text::cli_head::KIND, text::cli_head::ID],
        Kind::ApiKey => &[text::cli_head::IN_USE, text::cli_head::CREATED, text::cli_head::ID],
        Kind::Volume => &[
            text::cli_head::STATUS,
            text::cli_head::OF,
            text::cli_head::SIZE,
            text::cli_head::CREATED,
            text::cli_head::ID,
        ],
        Kind::Plan => &[text::cli_head::VCPUS, text::cli_head::MEMORY, text::cli_head::DISK, text::cli_head::ID],
    };
    let texts =
        [text::cli_head::ACCOUNT, text::cli_head::NAME].iter().chain(middle).map(|key| words.get(*key).to_owned());
    filled(texts)
}

fn filled(texts: impl Iterator<Item = String>) -> [String; COLUMNS] {
    let mut cells: [String; COLUMNS] = std::array::from_fn(|_| String::new());
    cells.iter_mut().zip(texts).for_each(|(cell, text)| *cell = text);
    cells
}

pub(super) fn rows(kind: Kind, state: &AccountState, engine: &Engine, words: &Words) -> Vec<ListRow> {
    let (account, inventory) = (&state.account.name, &state.inventory);
    let values = RowValues(words);
    let row = |id: &ResourceId, name: &str, middle: Vec<String>, mut record: Value| {
        record::protected(&mut record, engine, &ResourceRef::new(account, kind, id), name);
        let texts = [account.to_string(), name.to_owned()].into_iter().chain(middle).chain([id.to_string()]);
        ListRow { account: account.clone(), id: id.clone(), name: name.to_owned(), cells: filled(texts), record }
    };
    match kind {
        Kind::Instance => {
            let all = inventory.instances().iter();
            all.map(|i| row(&i.id, &i.name, values.instance(i), record::instance(account, i))).collect()
        }
        Kind::Snapshot => {
            let all = inventory.snapshots();
            all.map(|s| row(&s.id, &s.name, values.snapshot(s, inventory), record::snapshot(account, s))).collect()
        }
        Kind::Firewall => {
            let on = |f: &Firewall| f.on.as_ref().map_or_else(|| values.unknown(), |on| on.len().to_string());
            let all = inventory.firewalls().iter();
            all.map(|f| row(&f.id, &f.name, vec![on(f)], record::firewall(account, f))).collect()
        }
        Kind::Image => {
            let all = inventory.images().iter();
            all.map(|i| row(&i.id, &i.name, values.image(i), record::image(account, i))).collect()
        }
        Kind::Key => {
            let all = inventory.keys().iter();
            all.map(|k| row(&k.id, &k.name, values.key(k), record::key(account, k))).collect()
        }
        Kind::ApiKey => {
            let all = inventory.api_keys().iter();
            let middle = |k: &ApiKey| vec![values.yes_or_no(k.in_use), values.at(k.created)];
            all.map(|k| row(&k.id, &k.key, middle(k), record::api_key(account, k))).collect()
        }
        Kind::Volume => {
            let all = inventory.volumes().iter();
            all.map(|v| row(&v.id, &v.name, values.volume(v, inventory), record::volume(account, v))).collect()
        }
        Kind::Plan => {
            // One that stands in the lists of several systems is listed once.
            let mut seen = BTreeSet::new();
            let all = inventory.plans().filter(|p| seen.insert(p.id.clone()));
            all.map(|p| row(&p.id, &p.name, values.sizes(&p.spec), record::plan(account, p))).collect()
        }
    }
}

/// The values of a row between its name and its id.
struct RowValues<'a>(&'a Words);

impl RowValues<'_> {
    fn unknown(&self) -> String {
        self.0.get(text::cli_value::UNKNOWN).to_owned()
    }

    fn yes_or_no(&self, yes: bool) -> String {
        self.0.get(if yes { text::cli_value::YES } else { text::cli_value::NO }).to_owned()
    }

    fn bytes(&self, size: Option<u64>) -> String {
        size.map_or_else(|| self.unknown(), |size| self.0.bytes(size))
    }

    fn at(&self, at: Option<Timestamp>) -> String {
        at.map_or_else(|| self.unknown(), |at| self.0.date_time(at))
    }

    fn instance(&self, i: &Instance) -> Vec<String> {
        let address = i.address().map_or_else(|| self.unknown(), str::to_owned);
        vec![self.0.instance_status(&i.status), address, i.os.clone().unwrap_or_else(|| self.unknown())]
    }

    fn snapshot(&self, s: &Snapshot, inventory: &Inventory) -> Vec<String> {
        let of = inventory.saved_of(s).map_or_else(|| self.unknown(), |id| inventory.instance_name(id));
        vec![self.0.store_status(&s.status), of, self.bytes(s.size), self.at(s.taken)]
    }

    fn volume(&self, v: &Volume, inventory: &Inventory) -> Vec<String> {
        let of: Vec<String> = v.attached_to.iter().map(|at| inventory.instance_name(&at.instance)).collect();
        let of = if of.is_empty() { self.unknown() } else { of.join(", ") };
        let size = v.size_gb.map_or_else(|| self.unknown(), |gb| self.0.say(&text::unit::gigabytes(gb.to_string())));
        vec![self.0.volume_status(&v.status), of, size, self.at(v.created)]
    }

    fn image(&self, i: &Image) -> Vec<String> {
        let family = i.family.clone().unwrap_or_else(|| self.unknown());
        vec![self.0.store_status(&i.status), family, self.bytes(i.size)]
    }

    fn key(&self, k: &Key) -> Vec<String> {
        let kind = PublicKey::parse(&k.public).map_or_else(|_| self.unknown(), |key| key.short());
        vec![self.yes_or_no(k.active), kind]
    }

    /// Processors, memory and disk.
    fn sizes(&self, spec: &Spec) -> Vec<String> {
        let [_, memory, disk, _] = spec.sizes().map(|size| size.map(|size| self.0.say(&size)));
        let vcpus = spec.vcpus.map(|n| n.to_string());
        [vcpus, memory, disk].map(|text| text.unwrap_or_else(|| self.unknown())).into()
    }
}

//! The details of SSH keys and keys of the API.

use crate::domain::{ApiKey, Key, Kind, ResourceRef};
use crate::engine::AccountState;

use super::details::{Lines, Tone};

impl Lines<'_> {
    pub(super) fn key(&mut self, account: &AccountState, key: &Key) {
        let (word, tone) = if key.active { ("key.active", Tone::Good) } else { ("key.inactive", Tone::Dim) };
        self.add_toned("details.status", self.get(word), tone);
        self.add("details.public", key.public.clone());
        let of = account.picture.instances().iter().filter(|i| i.key.as_ref() == Some(&key.id));
        let names: Vec<&str> = of.map(|i| i.name.as_str()).collect();
        self.add("details.on", if names.is_empty() { self.get("details.on-none") } else { names.join(", ") });
        self.time("details.created", key.created);
        self.add("details.id", key.id.to_string());
        self.operations(&ResourceRef::new(&account.account.name, Kind::Key, &key.id));
    }

    pub(super) fn api_key(&mut self, key: &ApiKey) {
        if key.in_use {
            self.add_toned("details.status", self.get("key.in-use"), Tone::Good);
        }
        self.add("details.public", key.key.clone());
        self.time("details.created", key.created);
        self.add("details.id", key.id.to_string());
    }
}

//! Inventories for the tests of the policy, as this provider lists things.

use std::sync::Arc;

pub(super) use crate::provider::policy::fixtures::*;

use crate::domain::{Collection, ListKey, Snapshot};

impl Shows {
    pub(super) fn firewalls<'a>(self, all: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let all = all.map(|(id, name)| Arc::new(firewall(id, name, None))).collect();
        self.list(ListKey::Firewalls, Collection::Firewalls(all))
    }

    pub(super) fn snapshots(self, of: &str, rows: Vec<Snapshot>) -> Self {
        let rows = rows.into_iter().map(Arc::new).collect();
        self.list(ListKey::Snapshots(Some(of.into())), Collection::Snapshots(rows))
    }
}

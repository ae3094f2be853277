//! What is known of an account: its lists, each with its age and what went wrong with it last.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fault::Fault;
use super::firewall::{Firewall, RuleSet};
use super::ids::ResourceId;
use super::image::Image;
use super::instance::Instance;
use super::key::Key;
use super::list::{ListKey, Listing};
use super::plan::Plan;
use super::snapshot::Snapshot;
use super::time::{Tick, Wall};

/// Something that lives elsewhere and was read from there, perhaps, at some time.
#[derive(Debug, Clone, PartialEq)]
pub struct Remote<T> {
    /// The last value that was read, however old.
    pub value: Option<T>,
    /// When the read of that value began. `None` for a value from disk of an earlier run.
    pub begun: Option<Tick>,
    /// The same moment on the wall clock, for showing its age.
    pub as_of: Option<Wall>,
    /// When the read under way began, where one is.
    pub in_flight: Option<Tick>,
    /// Why the last attempt failed, where it did.
    pub fault: Option<Fault>,
    /// When it failed.
    pub failed: Option<Tick>,
    /// How many attempts failed in a row.
    pub failures: u32,
    /// Records of the value that were not understood, and the field of the first.
    pub odd: Option<(usize, String)>,
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Self {
            value: None,
            begun: None,
            as_of: None,
            in_flight: None,
            fault: None,
            failed: None,
            failures: 0,
            odd: None,
        }
    }
}

/// What is known of one account.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picture {
    /// Its lists, those that were ever asked for.
    pub lists: BTreeMap<ListKey, Remote<Arc<Listing>>>,
}

impl Picture {
    /// A list as it was read last.
    #[must_use]
    pub fn list(&self, key: &ListKey) -> Option<&Arc<Listing>> {
        self.lists.get(key)?.value.as_ref()
    }

    /// All instances; none where they were never read.
    #[must_use]
    pub fn instances(&self) -> &[Arc<Instance>] {
        match self.list(&ListKey::Instances).map(AsRef::as_ref) {
            Some(Listing::Instances(rows)) => rows,
            _ => &[],
        }
    }

    /// One instance.
    #[must_use]
    pub fn instance(&self, id: &ResourceId) -> Option<&Arc<Instance>> {
        self.instances().iter().find(|i| i.id == *id)
    }

    /// The snapshots of one instance, where that list was read.
    #[must_use]
    pub fn snapshots_of(&self, instance: &ResourceId) -> Option<Vec<&Arc<Snapshot>>> {
        if let Some(Listing::Snapshots(rows)) =
            self.list(&ListKey::Snapshots(Some(instance.clone()))).map(AsRef::as_ref)
        {
            return Some(rows.iter().collect());
        }
        match self.list(&ListKey::Snapshots(None)).map(AsRef::as_ref) {
            Some(Listing::Snapshots(rows)) => Some(rows.iter().filter(|s| s.of.as_ref() == Some(instance)).collect()),
            _ => None,
        }
    }

    /// All snapshots that are known, from whatever lists were read.
    pub fn snapshots(&self) -> impl Iterator<Item = &Arc<Snapshot>> {
        self.lists.values().filter_map(|r| r.value.as_deref()).flat_map(|listing| match listing {
            Listing::Snapshots(rows) => rows.as_slice(),
            _ => &[],
        })
    }

    /// One snapshot.
    #[must_use]
    pub fn snapshot(&self, id: &ResourceId) -> Option<&Arc<Snapshot>> {
        self.snapshots().find(|s| s.id == *id)
    }

    /// All firewalls.
    #[must_use]
    pub fn firewalls(&self) -> &[Arc<Firewall>] {
        match self.list(&ListKey::Firewalls).map(AsRef::as_ref) {
            Some(Listing::Firewalls(rows)) => rows,
            _ => &[],
        }
    }

    /// The rules of one firewall, where they were read.
    #[must_use]
    pub fn rules(&self, firewall: &ResourceId) -> Option<&Arc<RuleSet>> {
        match self.list(&ListKey::Rules(firewall.clone())).map(AsRef::as_ref) {
            Some(Listing::Rules(set)) => Some(set),
            _ => None,
        }
    }

    /// All images.
    #[must_use]
    pub fn images(&self) -> &[Arc<Image>] {
        match self.list(&ListKey::Images).map(AsRef::as_ref) {
            Some(Listing::Images(rows)) => rows,
            _ => &[],
        }
    }

    /// One plan, from whatever plan lists were read.
    #[must_use]
    pub fn plan(&self, id: &ResourceId) -> Option<&Arc<Plan>> {
        self.lists.values().filter_map(|r| r.value.as_deref()).find_map(|listing| match listing {
            Listing::Plans(rows) => rows.iter().find(|p| p.id == *id),
            _ => None,
        })
    }

    /// All keys.
    #[must_use]
    pub fn keys(&self) -> &[Arc<Key>] {
        match self.list(&ListKey::Keys).map(AsRef::as_ref) {
            Some(Listing::Keys(rows)) => rows,
            _ => &[],
        }
    }
}

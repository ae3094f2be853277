//! What is known of an account: its lists, each with its age and what went wrong with it last.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::api_key::ApiKey;
use crate::domain::backup::Backup;
use crate::domain::fault::Fault;
use crate::domain::firewall::{Firewall, Port, RuleSet};
use crate::domain::graph::Graph;
use crate::domain::ids::ResourceId;
use crate::domain::image::Image;
use crate::domain::instance::Instance;
use crate::domain::key::Key;
use crate::domain::list::{Collection, Cut, ListKey};
use crate::domain::network::Network;
use crate::domain::plan::Plan;
use crate::domain::quota::Quota;
use crate::domain::region::{InstanceType, Region};
use crate::domain::snapshot::{Snapshot, SnapshotKind};
use crate::domain::time::{Monotonic, Timestamp};
use crate::domain::volume::{InstanceVolume, Volume};

/// Something that lives elsewhere and was read from there, perhaps, at some time.
#[derive(Debug, Clone, PartialEq)]
pub struct Remote<T> {
    /// The last value that was read, however old.
    pub value: Option<T>,
    /// When the read of that value began. `None` for a value from disk of an earlier run.
    pub started_at: Option<Monotonic>,
    /// The same moment on the wall clock, for showing its age.
    pub read_at: Option<Timestamp>,
    /// When the read under way began, where one is.
    pub in_flight: Option<Monotonic>,
    /// Why the last attempt failed, where it did.
    pub fault: Option<Fault>,
    pub failed: Option<Monotonic>,
    /// How many attempts failed in a row.
    pub failures: u32,
    /// Records of the value that were not understood, and the field of the first.
    pub malformed: Option<(usize, String)>,
    /// Why there may be more than the value holds, where there may be.
    pub cut: Option<Cut>,
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Self {
            value: None,
            started_at: None,
            read_at: None,
            in_flight: None,
            fault: None,
            failed: None,
            failures: 0,
            malformed: None,
            cut: None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inventory {
    pub lists: BTreeMap<ListKey, Remote<Arc<Collection>>>,
}

impl Inventory {
    /// A list as it was read last.
    #[must_use]
    pub fn list(&self, key: &ListKey) -> Option<&Arc<Collection>> {
        self.lists.get(key)?.value.as_ref()
    }

    /// Whether a list was read to its end, so that what is not in it is not there.
    #[must_use]
    pub fn is_whole(&self, key: &ListKey) -> bool {
        self.lists.get(key).is_some_and(|list| list.value.is_some() && list.cut.is_none())
    }

    /// Takes what was read of single records over into the whole list: after `read`, a single record or a whole list,
    /// was read. What was read later counts.
    pub fn take_over(&mut self, read: &ListKey) {
        let singles: Vec<ListKey> = match read.is_single() {
            true => vec![read.clone()],
            false => self.lists.keys().filter(|key| key.whole().is_some_and(|(of, _)| of == *read)).cloned().collect(),
        };
        for single in singles {
            let Some((whole, id)) = single.whole() else { continue };
            let Some(one) = self.lists.get(&single).filter(|one| one.started_at.is_some()) else { continue };
            let (started_at, value) = (one.started_at, one.value.clone());
            let Some(list) = self.lists.get_mut(&whole).filter(|list| list.started_at <= started_at) else { continue };
            if let (Some(value), Some(collection)) = (value, &list.value)
                && let Some(new) = collection.with(id, &value)
            {
                list.value = Some(Arc::new(new));
            }
        }
        // Singles that are older than the whole list have told what they had to tell.
        if !read.is_single() {
            let started_at = self.lists.get(read).and_then(|r| r.started_at);
            self.lists.retain(|key, one| {
                let of_this = key.whole().is_some_and(|(of, _)| of == *read);
                !of_this || one.in_flight.is_some() || one.started_at > started_at
            });
        }
    }

    /// When the read began that shows the latest of a list: of a single record also the whole list tells.
    #[must_use]
    pub fn started_at(&self, list: &ListKey) -> Option<Monotonic> {
        let whole = list.whole().and_then(|(whole, _)| self.lists.get(&whole));
        let own = self.lists.get(list).and_then(|r| r.started_at);
        own.max(whole.and_then(|r| r.started_at))
    }

    /// All instances; none where they were never read.
    #[must_use]
    pub fn instances(&self) -> &[Arc<Instance>] {
        match self.list(&ListKey::Instances).map(AsRef::as_ref) {
            Some(Collection::Instances(rows)) => rows,
            _ => &[],
        }
    }

    #[must_use]
    pub fn instance(&self, id: &ResourceId) -> Option<&Arc<Instance>> {
        self.instances().iter().find(|i| i.id == *id)
    }

    /// Its name; its id where it is not known.
    #[must_use]
    pub fn instance_name(&self, id: &ResourceId) -> String {
        self.instance(id).map_or_else(|| id.to_string(), |i| i.name.clone())
    }

    /// The snapshots of one instance, where that list was read.
    #[must_use]
    pub fn snapshots_of(&self, instance: &ResourceId) -> Option<Vec<&Arc<Snapshot>>> {
        if let Some(Collection::Snapshots(rows)) =
            self.list(&ListKey::Snapshots(Some(instance.clone()))).map(AsRef::as_ref)
        {
            return Some(rows.iter().collect());
        }
        match self.list(&ListKey::Snapshots(None)).map(AsRef::as_ref) {
            Some(Collection::Snapshots(rows)) => {
                Some(rows.iter().filter(|s| self.saved_of(s) == Some(instance)).collect())
            }
            _ => None,
        }
    }

    /// The instance whose disk a snapshot holds: as it tells itself, else the one that has the volume which it is of.
    #[must_use]
    pub fn saved_of<'a>(&'a self, snapshot: &'a Snapshot) -> Option<&'a ResourceId> {
        let has = |volume: &ResourceId| Some(&self.volume(volume)?.attached_to.first()?.instance);
        let volume_of = |snapshot: &'a Snapshot| match &snapshot.kind {
            SnapshotKind::OfVolume(volume) => Some(volume),
            _ => None,
        };
        snapshot.of.as_ref().or_else(|| match &snapshot.kind {
            SnapshotKind::OfVolume(volume) => has(volume),
            SnapshotKind::NamesOthers(named) => has(volume_of(self.snapshot(named.first()?)?)?),
            SnapshotKind::Disk => None,
        })
    }

    /// The snapshots that were taken of a volume.
    pub fn snapshots_of_volume<'a>(&'a self, volume: &'a ResourceId) -> impl Iterator<Item = &'a Arc<Snapshot>> {
        self.snapshots().filter(move |s| matches!(&s.kind, SnapshotKind::OfVolume(of) if of == volume))
    }

    /// All volumes; none where they were never read.
    #[must_use]
    pub fn volumes(&self) -> &[Arc<Volume>] {
        match self.list(&ListKey::Volumes).map(AsRef::as_ref) {
            Some(Collection::Volumes(rows)) => rows,
            _ => &[],
        }
    }

    #[must_use]
    pub fn volume(&self, id: &ResourceId) -> Option<&Arc<Volume>> {
        self.volumes().iter().find(|v| v.id == *id)
    }

    /// The volume that an instance boots from. Of several it is the one at the first device, as far as that is told.
    #[must_use]
    pub fn boot_volume<'a>(&self, instance: &'a Instance) -> Option<&'a InstanceVolume> {
        if !instance.boots_from_volume() {
            return None;
        }
        let is_first = |volume: &&InstanceVolume| {
            let attached = self.volume(&volume.id).map(|v| v.attached_to.as_slice()).unwrap_or_default();
            attached.iter().any(|at| at.instance == instance.id && at.device.ends_with("da"))
        };
        match instance.volumes.as_slice() {
            [only] => Some(only),
            several => several.iter().find(is_first),
        }
    }

    /// All snapshots that are known, from whatever lists were read.
    pub fn snapshots(&self) -> impl Iterator<Item = &Arc<Snapshot>> {
        let whole = self.lists.iter().filter(|(key, _)| !key.is_single());
        whole.filter_map(|(_, r)| r.value.as_deref()).flat_map(|collection| match collection {
            Collection::Snapshots(rows) => rows.as_slice(),
            _ => &[],
        })
    }

    #[must_use]
    pub fn snapshot(&self, id: &ResourceId) -> Option<&Arc<Snapshot>> {
        self.snapshots().find(|s| s.id == *id)
    }

    #[must_use]
    pub fn firewalls(&self) -> &[Arc<Firewall>] {
        match self.list(&ListKey::Firewalls).map(AsRef::as_ref) {
            Some(Collection::Firewalls(rows)) => rows,
            _ => &[],
        }
    }

    /// The rules of one firewall, where they were read.
    #[must_use]
    pub fn rules(&self, firewall: &ResourceId) -> Option<&Arc<RuleSet>> {
        match self.list(&ListKey::Rules(firewall.clone())).map(AsRef::as_ref) {
            Some(Collection::Rules(set)) => Some(set),
            _ => None,
        }
    }

    /// The ports of an instance, where they were read.
    #[must_use]
    pub fn ports(&self, instance: &ResourceId) -> Option<&[Arc<Port>]> {
        match self.list(&ListKey::Ports(instance.clone())).map(AsRef::as_ref) {
            Some(Collection::Ports(ports)) => Some(ports),
            _ => None,
        }
    }

    /// Whether a firewall stands on an instance: by its ports where they were read, else as the firewall tells. `None`
    /// where neither does, and where it stands on some ports only.
    #[must_use]
    pub fn stands_on(&self, firewall: &ResourceId, instance: &ResourceId) -> Option<bool> {
        let Some(ports) = self.ports(instance) else {
            return Some(self.firewall(firewall)?.on.as_ref()?.contains(instance));
        };
        let mut on = ports.iter().filter(|port| port.takes_firewalls).map(|port| port.firewalls.contains(firewall));
        let first = on.next().unwrap_or(false);
        on.all(|other| other == first).then_some(first)
    }

    #[must_use]
    pub fn images(&self) -> &[Arc<Image>] {
        match self.list(&ListKey::Images).map(AsRef::as_ref) {
            Some(Collection::Images(rows)) => rows,
            _ => &[],
        }
    }

    /// Why a list is not to be had, where that stays so until a person asks.
    #[must_use]
    pub fn not_to_be_had(&self, list: &ListKey) -> Option<&Fault> {
        self.lists.get(list)?.fault.as_ref().filter(|fault| fault.rests_alone())
    }

    /// One plan, from whatever plan lists were read.
    #[must_use]
    pub fn plan(&self, id: &ResourceId) -> Option<&Arc<Plan>> {
        self.lists.values().filter_map(|r| r.value.as_deref()).find_map(|collection| match collection {
            Collection::Plans(rows) => rows.iter().find(|p| p.id == *id),
            _ => None,
        })
    }

    pub fn plans(&self) -> impl Iterator<Item = &Arc<Plan>> {
        self.lists.values().filter_map(|r| r.value.as_deref()).flat_map(|collection| match collection {
            Collection::Plans(rows) => rows.as_slice(),
            _ => &[],
        })
    }

    /// How much may be stored, where it was read.
    #[must_use]
    pub fn quota(&self) -> Option<Quota> {
        match self.list(&ListKey::Quota).map(AsRef::as_ref) {
            Some(Collection::Quota(quota)) => Some(*quota),
            _ => None,
        }
    }

    /// The automatic backup of an instance, where it has one and that is known.
    #[must_use]
    pub fn backup_of(&self, instance: &ResourceId) -> Option<&Arc<Backup>> {
        match self.list(&ListKey::Backups).map(AsRef::as_ref) {
            Some(Collection::Backups(rows)) => rows.iter().find(|b| b.of == *instance),
            _ => None,
        }
    }

    /// What an instance did lately, where it was read.
    #[must_use]
    pub fn graphs_of(&self, instance: &ResourceId) -> &[Graph] {
        match self.list(&ListKey::Graphs(instance.clone())).map(AsRef::as_ref) {
            Some(Collection::Graphs(graphs)) => graphs,
            _ => &[],
        }
    }

    /// What an instance wrote to its console last, where it was read.
    #[must_use]
    pub fn console_output_of(&self, instance: &ResourceId) -> Option<&[String]> {
        match self.list(&ListKey::ConsoleOutput(instance.clone())).map(AsRef::as_ref) {
            Some(Collection::ConsoleOutput(lines)) => Some(lines),
            _ => None,
        }
    }

    #[must_use]
    pub fn firewall(&self, id: &ResourceId) -> Option<&Arc<Firewall>> {
        self.firewalls().iter().find(|f| f.id == *id)
    }

    #[must_use]
    pub fn image(&self, id: &ResourceId) -> Option<&Arc<Image>> {
        self.images().iter().find(|i| i.id == *id)
    }

    #[must_use]
    pub fn key(&self, id: &ResourceId) -> Option<&Arc<Key>> {
        self.keys().iter().find(|k| k.id == *id)
    }

    #[must_use]
    pub fn api_keys(&self) -> &[Arc<ApiKey>] {
        match self.list(&ListKey::ApiKeys).map(AsRef::as_ref) {
            Some(Collection::ApiKeys(rows)) => rows,
            _ => &[],
        }
    }

    #[must_use]
    pub fn api_key(&self, id: &ResourceId) -> Option<&Arc<ApiKey>> {
        self.api_keys().iter().find(|k| k.id == *id)
    }

    #[must_use]
    pub fn regions(&self) -> &[Arc<Region>] {
        match self.list(&ListKey::Regions).map(AsRef::as_ref) {
            Some(Collection::Regions(rows)) => rows,
            _ => &[],
        }
    }

    /// The types of instance that can be ordered.
    #[must_use]
    pub fn types(&self) -> &[Arc<InstanceType>] {
        match self.list(&ListKey::Types).map(AsRef::as_ref) {
            Some(Collection::Types(rows)) => rows,
            _ => &[],
        }
    }

    /// The networks that an instance can be put on.
    #[must_use]
    pub fn networks(&self) -> &[Arc<Network>] {
        match self.list(&ListKey::Networks).map(AsRef::as_ref) {
            Some(Collection::Networks(rows)) => rows,
            _ => &[],
        }
    }

    /// Those of which one is named in an order, by name: where there are several, the provider takes none by itself.
    #[must_use]
    pub fn networks_to_choose(&self) -> Vec<&Arc<Network>> {
        let all = self.networks();
        let mut usable: Vec<&Arc<Network>> = all.iter().filter(|network| network.gives_addresses).collect();
        usable.sort_by_key(|network| network.name.to_lowercase());
        if all.len() > 1 { usable } else { Vec::new() }
    }

    #[must_use]
    pub fn plans_of(&self, list: &ListKey) -> &[Arc<Plan>] {
        match self.list(list).map(AsRef::as_ref) {
            Some(Collection::Plans(rows)) => rows,
            _ => &[],
        }
    }

    #[must_use]
    pub fn keys(&self) -> &[Arc<Key>] {
        match self.list(&ListKey::Keys).map(AsRef::as_ref) {
            Some(Collection::Keys(rows)) => rows,
            _ => &[],
        }
    }
}

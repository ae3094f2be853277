//! Pictures for the tests of the rules.

use std::sync::Arc;

use crate::domain::{
    Firewall, Instance, InstanceStatus, Kind, ListKey, Listing, Picture, Plan, Quota, Remote, ResourceId, ResourceRef,
    Snapshot, Spec, StatusKind, StoreStatus, Target, Wall,
};

pub(super) fn instance(id: &str, status: InstanceStatus) -> Instance {
    Instance {
        id: id.into(),
        name: format!("i{id}"),
        status,
        words: String::new(),
        trouble: None,
        addresses: Vec::new(),
        plan: None,
        spec: Spec::default(),
        os: None,
        image: None,
        region: None,
        key: None,
        firewalls: None,
        locked: false,
        created: None,
        fields: Vec::new(),
        raw: Default::default(),
    }
}

pub(super) fn snapshot(id: &str, of: &str, status: StoreStatus, taken: Option<Wall>) -> Snapshot {
    Snapshot {
        id: id.into(),
        name: format!("s{id}"),
        of: Some(of.into()),
        status,
        words: String::new(),
        trouble: None,
        stage: None,
        size: None,
        taken,
        expires: None,
        min_disk_gb: None,
        fields: Vec::new(),
        raw: Default::default(),
    }
}

/// A plan; its id is its name.
pub(super) fn plan(name: &str, memory_mb: u64, disk_gb: u64) -> Plan {
    let spec = Spec { memory_mb: Some(memory_mb), disk_gb: Some(disk_gb), ..Spec::default() };
    Plan { id: name.into(), name: name.into(), spec, addresses: None, raw: Default::default() }
}

/// An instance of a plan.
pub(super) fn sized(id: &str, status: InstanceStatus, plan: &str) -> Instance {
    Instance { plan: Some(plan.into()), ..instance(id, status) }
}

const GB: u64 = 1_000_000_000;

/// A picture in which these lists were read.
#[derive(Default)]
pub(super) struct Shows(pub(super) Picture);

impl Shows {
    pub(super) fn instances(rows: Vec<Instance>) -> Self {
        Self::default().list(ListKey::Instances, Listing::Instances(rows.into_iter().map(Arc::new).collect()))
    }

    pub(super) fn snapshots(self, rows: Vec<Snapshot>) -> Self {
        self.list(ListKey::Snapshots(None), Listing::Snapshots(rows.into_iter().map(Arc::new).collect()))
    }

    pub(super) fn firewall(self, id: &str, on: Option<&[&str]>) -> Self {
        let one = Firewall {
            id: id.into(),
            name: format!("f{id}"),
            on: on.map(|on| on.iter().map(|id| (*id).into()).collect()),
            fixed: false,
            created: None,
            updated: None,
            fields: Vec::new(),
            raw: Default::default(),
        };
        self.list(ListKey::Firewalls, Listing::Firewalls(vec![Arc::new(one)]))
    }

    /// The plans recorded in 2020 and 2021, two former ones among them.
    pub(super) fn plans(self) -> Self {
        let plans = [
            plan("g-4gb", 4096, 50),
            plan("g-c4m4d100", 4096, 100),
            plan("g-512mb", 512, 20),
            plan("g-c1m512d30", 512, 30),
            plan("g-c2m1d100", 1024, 100),
        ];
        self.list(ListKey::Plans(None), Listing::Plans(plans.into_iter().map(Arc::new).collect()))
    }

    pub(super) fn quota(self, gb: u64) -> Self {
        self.list(ListKey::Quota, Listing::Quota(Quota { images: Some(gb * GB) }))
    }

    pub(super) fn list(mut self, key: ListKey, listing: Listing) -> Self {
        self.0.lists.insert(key, Remote { value: Some(Arc::new(listing)), ..Remote::default() });
        self
    }
}

pub(super) fn target(id: &str, kind: Kind, status: StatusKind) -> Target {
    let resource = ResourceRef::new(&"a".into(), kind, &ResourceId::new(id));
    Target { resource, name: format!("n{id}"), status }
}

pub(super) fn machine(id: &str, status: StatusKind) -> Target {
    target(id, Kind::Instance, status)
}

pub(super) fn copy(id: &str) -> Target {
    target(id, Kind::Snapshot, StatusKind::Available)
}

//! Inventories for the tests of all policies.

use std::sync::Arc;

use crate::domain::{
    Collection, Firewall, Instance, InstanceStatus, Inventory, Kind, ListKey, Remote, ResourceId, ResourceRef,
    Snapshot, SnapshotKind, Spec, StatusKind, StoreStatus, Target, Timestamp,
};

pub(in crate::provider) fn instance(id: &str, status: InstanceStatus) -> Instance {
    Instance {
        id: id.into(),
        name: format!("i{id}"),
        status,
        raw_status: String::new(),
        trouble: None,
        addresses: Vec::new(),
        plan: None,
        spec: Spec::default(),
        os: None,
        image: None,
        volumes: Vec::new(),
        region: None,
        key: None,
        firewalls: None,
        locked: false,
        created: None,
        fields: Vec::new(),
        raw: Default::default(),
    }
}

pub(in crate::provider) fn snapshot(id: &str, of: &str, status: StoreStatus, taken: Option<Timestamp>) -> Snapshot {
    Snapshot {
        id: id.into(),
        name: format!("s{id}"),
        of: Some(of.into()),
        status,
        raw_status: String::new(),
        trouble: None,
        stage: None,
        size: None,
        taken,
        kind: SnapshotKind::Disk,
        expires: None,
        min_disk_gb: None,
        fields: Vec::new(),
        raw: Default::default(),
    }
}

pub(in crate::provider) fn firewall(id: &str, name: &str, on: Option<&[&str]>) -> Firewall {
    Firewall {
        id: id.into(),
        name: name.to_owned(),
        on: on.map(|on| on.iter().map(|id| (*id).into()).collect()),
        fixed: false,
        created: None,
        updated: None,
        fields: Vec::new(),
        raw: Default::default(),
    }
}

#[derive(Default)]
pub(in crate::provider) struct Shows(pub(in crate::provider) Inventory);

impl Shows {
    pub(in crate::provider) fn instances(rows: Vec<Instance>) -> Self {
        Self::default().list(ListKey::Instances, Collection::Instances(rows.into_iter().map(Arc::new).collect()))
    }

    pub(in crate::provider) fn list(mut self, key: ListKey, collection: Collection) -> Self {
        self.0.lists.insert(key, Remote { value: Some(Arc::new(collection)), ..Remote::default() });
        self
    }
}

pub(in crate::provider) fn target(id: &str, kind: Kind, status: StatusKind) -> Target {
    let resource = ResourceRef::new(&"a".into(), kind, &ResourceId::new(id));
    Target { resource, name: format!("n{id}"), status }
}

pub(in crate::provider) fn machine(id: &str, status: StatusKind) -> Target {
    target(id, Kind::Instance, status)
}

pub(in crate::provider) fn copy(id: &str) -> Target {
    target(id, Kind::Snapshot, StatusKind::Available)
}

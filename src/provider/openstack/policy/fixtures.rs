//! Inventories for the tests of the policy, as this provider lists things.

use std::sync::Arc;

pub(in crate::provider) use crate::provider::policy::fixtures::*;

use crate::domain::{Collection, Instance, InstanceStatus, ListKey, Plan, Quota, Snapshot, Spec};

pub(in crate::provider) fn plan(name: &str, memory_mb: u64, disk_gb: u64) -> Plan {
    let spec = Spec { memory_mb: Some(memory_mb), disk_gb: Some(disk_gb), ..Spec::default() };
    Plan { id: name.into(), name: name.into(), spec, addresses: None, raw: Default::default() }
}

pub(in crate::provider) fn sized(id: &str, status: InstanceStatus, plan: &str) -> Instance {
    Instance { plan: Some(plan.into()), ..instance(id, status) }
}

const GB: u64 = 1_000_000_000;

impl Shows {
    pub(in crate::provider) fn saved(self, rows: Vec<Snapshot>) -> Self {
        self.list(ListKey::Snapshots(None), Collection::Snapshots(rows.into_iter().map(Arc::new).collect()))
    }

    pub(in crate::provider) fn firewall(self, id: &str, on: Option<&[&str]>) -> Self {
        let one = firewall(id, &format!("f{id}"), on);
        self.list(ListKey::Firewalls, Collection::Firewalls(vec![Arc::new(one)]))
    }

    /// The plans recorded in 2020 and 2021, two former ones among them.
    pub(in crate::provider) fn plans(self) -> Self {
        let plans = [
            plan("g-4gb", 4096, 50),
            plan("g-c4m4d100", 4096, 100),
            plan("g-512mb", 512, 20),
            plan("g-c1m512d30", 512, 30),
            plan("g-c2m1d100", 1024, 100),
        ];
        self.list(ListKey::Plans(None), Collection::Plans(plans.into_iter().map(Arc::new).collect()))
    }

    pub(in crate::provider) fn quota(self, gb: u64) -> Self {
        self.list(ListKey::Quota, Collection::Quota(Quota { images: Some(gb * GB), ..Quota::default() }))
    }
}

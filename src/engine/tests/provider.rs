//! The provider's side of the world: what it shows, what it takes in, and the quota that it enforces.

use std::sync::Arc;
use std::time::Duration;

use crate::domain::{
    Answer, Call, Collection, Fault, Firewall, Instance, InstanceStatus, Kind, ListKey, Permit, PowerCall,
    QuotaReading, Raw, Reading, Ref, ResourceId, ResourceRef, RuleSet, Snapshot, SnapshotKind, Spec, StatusKind,
    StoreStatus, Target, Timestamp,
};
use crate::engine::tests::driver::World;

pub(super) fn replied(status: u16) -> Answer {
    Answer::Replied {
        status,
        code: Some(format!("E{status}")),
        said: Some("said".into()),
        request_id: None,
        body: String::new(),
        understood: true,
        outputs: Vec::new(),
        wait_until: None,
    }
}

pub(super) fn lost() -> Answer {
    Answer::Lost { said: "reset by peer".into() }
}

pub(super) fn instance(id: &str, name: &str, status: InstanceStatus) -> Instance {
    Instance {
        id: id.into(),
        name: name.into(),
        raw_status: format!("{status:?}"),
        status,
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
        raw: Raw::default(),
    }
}

pub(super) fn snapshot(id: &str, name: &str, of: &str) -> Snapshot {
    Snapshot {
        id: id.into(),
        name: name.into(),
        of: Some(of.into()),
        status: StoreStatus::Available,
        raw_status: "available".into(),
        trouble: None,
        stage: None,
        size: None,
        taken: None,
        kind: SnapshotKind::Disk,
        expires: None,
        min_disk_gb: None,
        fields: Vec::new(),
        raw: Raw::default(),
    }
}

impl World {
    /// One request at our own guard and then at the provider: whether it is let through there.
    pub(super) fn door(&mut self) -> Result<bool, Timestamp> {
        if let Permit::At(until) = self.guard.permit(self.env.wall, 0) {
            return Err(until);
        }
        self.guard.spent(self.env.wall);
        self.noise = self.noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let arrives = self.env.wall + Duration::from_millis((self.noise >> 33) % 50);
        let Some(limit) = self.limit else { return Ok(true) };
        let minute = arrives.0 / 60_000;
        let within = self.arrived.iter().filter(|t| t.0 / 60_000 == minute).count();
        let close = self.arrived.last().is_some_and(|t| (arrives.0 - t.0).unsigned_abs() < limit.spacing_ms);
        if within >= limit.per_minute as usize || close {
            self.too_many += 1;
            return Ok(false);
        }
        self.arrived.push(arrives);
        if self.headers {
            self.guard.heard(QuotaReading {
                sent: self.env.wall,
                allowed: limit.per_minute,
                available: limit.per_minute - u32::try_from(within).unwrap_or(u32::MAX) - 1,
                reset: Timestamp((minute + 1) * 60_000),
                on_success: true,
            });
        }
        Ok(true)
    }

    pub(super) fn shown(&self, list: &ListKey) -> Result<Reading, Fault> {
        let collection = match list {
            ListKey::Instances => Collection::Instances(self.instances.iter().cloned().map(Arc::new).collect()),
            ListKey::Snapshots(Some(of)) => {
                Collection::Snapshots(self.snapshots.get(of).into_iter().flatten().cloned().map(Arc::new).collect())
            }
            ListKey::Snapshots(None) => {
                Collection::Snapshots(self.snapshots.values().flatten().cloned().map(Arc::new).collect())
            }
            ListKey::Instance(id) => Collection::Instances(
                self.instances.iter().filter(|i| i.id == *id).take(1).cloned().map(Arc::new).collect(),
            ),
            ListKey::Snapshot(id) => Collection::Snapshots(
                self.snapshots.values().flatten().filter(|s| s.id == *id).take(1).cloned().map(Arc::new).collect(),
            ),
            ListKey::Firewalls => Collection::Firewalls(vec![Arc::new(self.firewall())]),
            ListKey::Rules(_) => {
                let (ids, rules) = self.rules.iter().cloned().unzip();
                Collection::Rules(Arc::new(RuleSet { rules, ids, ..RuleSet::default() }))
            }
            _ => Collection::Keys(Vec::new()),
        };
        Ok(Reading::whole(collection))
    }

    pub(super) fn take_effect(&mut self, call: &Call) {
        let at = self.env.tick + self.takes;
        match call.clone() {
            Call::Power { instance, what } => {
                let (now, then) = match what {
                    PowerCall::Start => (InstanceStatus::Starting, InstanceStatus::Running),
                    PowerCall::Reboot | PowerCall::HardReboot => (InstanceStatus::Rebooting, InstanceStatus::Running),
                    PowerCall::Stop | PowerCall::ForceStop => (InstanceStatus::Stopping, InstanceStatus::Stopped),
                };
                self.show(&instance, now);
                self.later.push((at, Box::new(move |w| w.show(&instance, then))));
            }
            Call::Destroy { instance } => {
                self.show(&instance, InstanceStatus::Destroying);
                self.later.push((at, Box::new(move |w| w.instances.retain(|i| i.id != instance))));
            }
            Call::TakeSnapshot { instance, name } => {
                let all = self.snapshots.entry(instance.clone()).or_default();
                let id = ResourceId::new(format!("{instance}-s{}", all.len()));
                let mut new = snapshot(id.as_str(), &name, instance.as_str());
                new.status = StoreStatus::Creating;
                all.push(new);
                self.later.push((
                    at,
                    Box::new(move |w| {
                        for s in w.snapshots.values_mut().flatten().filter(|s| s.id == id) {
                            s.status = StoreStatus::Available;
                        }
                    }),
                ));
            }
            Call::CreateInstance { order } => {
                let name = order.name;
                let id = format!("new-{}", self.instances.len());
                self.instances.push(instance(&id, &name, InstanceStatus::Creating));
                self.later.push((at, Box::new(move |w| w.show(&ResourceId::new(&id), InstanceStatus::Running))));
            }
            Call::AssignFirewall { instance, .. } => {
                self.later.push((at, Box::new(move |w| w.behind_firewall.push(instance))));
            }
            Call::DetachFirewall { instance, .. } => {
                self.later.push((at, Box::new(move |w| w.behind_firewall.retain(|i| *i != instance))));
            }
            Call::RemoveRule { id, .. } => self.rules.retain(|(rule, _)| Some(rule) != id.as_ref()),
            Call::AddRule { rule, .. } => self.rules.push((ResourceId::new(format!("r{}", self.rules.len())), rule)),
            Call::DeleteSnapshot { snapshot: Ref::Known(id), .. } => {
                self.later
                    .push((at, Box::new(move |w| w.snapshots.values_mut().for_each(|all| all.retain(|s| s.id != id)))));
            }
            _ => {}
        }
    }

    #[allow(clippy::needless_pass_by_value, reason = "tests read best without a reference")]
    pub(super) fn show(&mut self, id: &ResourceId, status: InstanceStatus) {
        for i in self.instances.iter_mut().filter(|i| i.id == *id) {
            i.raw_status = format!("{status:?}");
            i.status = status.clone();
        }
    }

    fn firewall(&self) -> Firewall {
        Firewall {
            id: "fw".into(),
            name: "web".into(),
            on: Some(self.behind_firewall.clone()),
            fixed: false,
            created: None,
            updated: None,
            fields: Vec::new(),
            raw: Raw::default(),
        }
    }

    pub(super) fn firewall_target(&self) -> Target {
        Target {
            resource: ResourceRef::new(&self.name, Kind::Firewall, &"fw".into()),
            name: "web".into(),
            status: StatusKind::None,
        }
    }

    pub(super) fn target(&self, id: &str) -> Target {
        let found = self.instances.iter().find(|i| i.id.as_str() == id).expect("an instance of this world");
        Target {
            resource: ResourceRef::new(&self.name, Kind::Instance, &found.id),
            name: found.name.clone(),
            status: found.status.kind(),
        }
    }

    pub(super) fn snapshot_target(&self, id: &str) -> Target {
        let found = self.snapshots.values().flatten().find(|s| s.id.as_str() == id).expect("a snapshot of this world");
        Target {
            resource: ResourceRef::new(&self.name, Kind::Snapshot, &found.id),
            name: found.name.clone(),
            status: found.status.kind(),
        }
    }
}

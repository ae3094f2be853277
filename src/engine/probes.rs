//! What was tried from here, and what came of it.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::{Inventory, Monotonic, Operation, Phrase, Probe, Ref, ResourceId, ResourceRef};

#[derive(Debug, Clone)]
pub(super) struct Probes {
    pub(super) tried: BTreeMap<(ResourceRef, Probe), Tried>,
}

/// One thing that is tried, and what came of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Tried {
    pub(super) in_flight: Option<Monotonic>,
    /// When the last try began, ended or not.
    pub(super) started_at: Option<Monotonic>,
    /// When the last try that succeeded began.
    answered: Option<Monotonic>,
    /// When the last try that ended began, and what came of it.
    pub(super) last: Option<(Monotonic, Result<(), Phrase>)>,
}

pub(super) struct Wanted {
    pub(super) of: ResourceRef,
    pub(super) probe: Probe,
    pub(super) every: Duration,
    /// A try must begin at this moment or later, whatever the pace.
    pub(super) after: Option<Monotonic>,
    pub(super) targets: Vec<String>,
}

impl Probes {
    pub(super) const fn new() -> Self {
        Self { tried: BTreeMap::new() }
    }

    pub(super) fn get(&self, of: &ResourceRef, probe: &Probe) -> Option<&Tried> {
        self.tried.get(&(of.clone(), probe.clone()))
    }

    /// Whether a try succeeded that began at this moment or later.
    pub(super) fn answered_since(&self, of: &ResourceRef, probe: &Probe, since: Monotonic) -> bool {
        self.get(of, probe).and_then(|tried| tried.answered).is_some_and(|started_at| started_at >= since)
    }

    /// A try ended; whether it was the one that was waited for.
    pub(super) fn ended(
        &mut self,
        of: &ResourceRef,
        probe: &Probe,
        started_at: Monotonic,
        result: Result<(), Phrase>,
    ) -> bool {
        let Some(tried) = self.tried.get_mut(&(of.clone(), probe.clone())) else { return false };
        if tried.in_flight != Some(started_at) {
            return false;
        }
        tried.in_flight = None;
        if result.is_ok() {
            tried.answered = Some(started_at);
        }
        tried.last = Some((started_at, result));
        true
    }
}

/// The instance that a wait for an answer is about, once it is known.
pub(super) fn listened_to(op: &Operation, instance: Option<&ResourceId>) -> Option<ResourceId> {
    instance.cloned().or_else(|| Ref::OutputInstance.known(&op.outputs).cloned())
}

/// What a wait tries; empty where the inventory shows no address.
pub(super) fn targets(inventory: &Inventory, instance: Option<&ResourceId>, probe: &Probe) -> Vec<String> {
    instance.and_then(|id| inventory.instance(id)).map(|i| probe.targets(&i.addresses)).unwrap_or_default()
}

//! What is tried from here: the ports that waits wait for, and what watchdogs watch over. Each is tried again and again
//! for as long as somebody wants to know; at most one try of each is under way.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::{
    Condition, Inventory, Kind, Monotonic, OpState, Operation, Probe, Ref, ResourceId, ResourceRef, Step,
};

use super::lists::resolved;
use super::{Effect, Engine, Env, watchdog};

const WAIT_EVERY: Duration = Duration::from_secs(5);
/// So many tries at once.
const MOST_AT_ONCE: usize = 64;
/// A try that nobody answered for so long is lost.
const LOST: Duration = Duration::from_secs(60);

#[derive(Debug, Clone)]
pub(super) struct Probes {
    tried: BTreeMap<(ResourceRef, Probe), Tried>,
}

/// One thing that is tried, and what came of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Tried {
    in_flight: Option<Monotonic>,
    /// When the last try began, ended or not.
    started_at: Option<Monotonic>,
    /// When the last try that succeeded began.
    answered: Option<Monotonic>,
    /// When the last try that ended began, and what came of it.
    pub(super) last: Option<(Monotonic, Result<(), String>)>,
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
        result: Result<(), String>,
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
    instance.cloned().or_else(|| resolved(op, &Ref::OutputInstance))
}

/// What a wait tries; empty where the inventory shows no address.
pub(super) fn targets(inventory: &Inventory, instance: Option<&ResourceId>, probe: &Probe) -> Vec<String> {
    instance.and_then(|id| inventory.instance(id)).map(|i| probe.targets(&i.addresses)).unwrap_or_default()
}

fn wanted(engine: &Engine) -> Vec<Wanted> {
    let mut wanted = watchdog::wanted(engine);
    for op in engine.ours().filter(|op| op.state == OpState::Watching) {
        let Some(Step::Wait(Condition::Answers { instance, port })) = op.step() else { continue };
        let Some(account) = engine.account(&op.account) else { continue };
        let Some(id) = listened_to(op, instance.as_ref()) else { continue };
        let probe = Probe::Tcp(*port);
        let targets = targets(&account.inventory, Some(&id), &probe);
        let of = ResourceRef::new(&op.account, Kind::Instance, &id);
        match wanted.iter_mut().find(|w| w.of == of && w.probe == probe) {
            Some(same) => same.every = same.every.min(WAIT_EVERY),
            None => wanted.push(Wanted { of, probe, every: WAIT_EVERY, after: None, targets }),
        }
    }
    wanted.retain(|w| !w.targets.is_empty());
    wanted
}

pub(super) fn ask(engine: &mut Engine, env: &Env, effects: &mut Vec<Effect>) -> Option<Monotonic> {
    let wanted = wanted(engine);
    let tried = &mut engine.probes.tried;
    if wanted.is_empty() {
        tried.clear();
        return None;
    }
    tried.retain(|(of, probe), _| wanted.iter().any(|w| w.of == *of && w.probe == *probe));
    let under_way = |t: &Tried| t.in_flight.is_some_and(|since| env.tick.since(since) < LOST);
    let mut free = MOST_AT_ONCE.saturating_sub(tried.values().filter(|t| under_way(t)).count());
    let mut next: Option<Monotonic> = None;
    for want in wanted {
        let tried = tried.entry((want.of.clone(), want.probe.clone())).or_default();
        if under_way(tried) {
            // An answer brings us back; where none comes, this does.
            let lost = tried.in_flight.map(|since| since + LOST);
            next = [next, lost].into_iter().flatten().min();
            continue;
        }
        let hurried = want.after.is_some_and(|after| tried.started_at.is_none_or(|started_at| started_at < after));
        let due =
            if hurried { env.tick } else { tried.started_at.map_or(env.tick, |started_at| started_at + want.every) };
        if due > env.tick {
            next = Some(next.map_or(due, |next| next.min(due)));
        } else if free > 0 {
            free -= 1;
            tried.in_flight = Some(env.tick);
            tried.started_at = Some(env.tick);
            let Wanted { of, probe, targets, .. } = want;
            effects.push(Effect::Probe { of, probe, targets, started_at: env.tick });
        }
    }
    next
}

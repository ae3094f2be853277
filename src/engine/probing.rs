//! What is tried from here: the ports that waits wait for, and what watchdogs watch over. Each is tried again and again
//! for as long as somebody wants to know; at most one try of each is under way.

use std::time::Duration;

use crate::domain::{Condition, Kind, Monotonic, OpState, Probe, ResourceRef, Step};
use crate::engine::probes::{Tried, Wanted, listened_to, targets};
use crate::engine::{Effect, Engine, Env, watchdog};

const WAIT_EVERY: Duration = Duration::from_secs(5);
/// So many tries at once.
const MOST_AT_ONCE: usize = 64;
/// A try that nobody answered for so long is lost.
const LOST: Duration = Duration::from_secs(60);

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

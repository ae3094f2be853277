//! Watchdogs: what is watched over from here, when it counts as silent, and what is done then. Nothing is done to a
//! machine that is not known to run, that an operation is busy with, or that a person stopped; nor where nothing at all
//! answers, since the fault may then be here.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use crate::domain::{
    Action, Kind, ListKey, Monotonic, Operation, Phrase, Possible, Probe, Resource, ResourceRef, StatusKind, Target,
    Then, Timestamp, Verb, text,
};
use crate::engine::probes::Wanted;
use crate::engine::watchers::{Covered, Guarded, Watchers};
use crate::engine::{Effect, Engine, Env, Notice, OfferAnswer, ask};

/// Within this time an instance is rebooted, or offered to be, at most once.
const AT_MOST_EVERY: Duration = Duration::from_secs(3600);
/// Who asked, as the journal has it: the watchdog itself, or a person who took up its offer.
const BY_ITSELF: &str = "watchdog";
const BY_OFFER: &str = "offer";

/// Finds again which instances are watched over: after a read.
pub(super) fn cover(engine: &mut Engine) {
    let Engine { accounts, guards, .. } = engine;
    guards.covered.clear();
    for account in accounts.iter().filter(|_| !guards.settings.is_empty()) {
        let name = &account.account.name;
        for instance in account.inventory.instances() {
            if let Some(by) = guards.settings.iter().rposition(|s| s.covers(name, &instance.name)) {
                let of = ResourceRef::new(name, Kind::Instance, &instance.id);
                guards.covered.push(Covered { of, by, instance: Arc::clone(instance), rests: None });
            }
        }
    }
    let Watchers { covered, dogs, .. } = guards;
    dogs.retain(|of, _| covered.iter().any(|c| c.of == *of));
}

pub(super) fn wanted(engine: &Engine) -> Vec<Wanted> {
    let guards = &engine.guards;
    // Others are tried at once where one is suspect, so that its fault is told from ours.
    let after = guards.dogs.values().filter_map(|dog| dog.suspect).max();
    let awake = guards.covered.iter().filter(|c| c.rests.is_none());
    let wanted = awake.filter_map(|c| {
        let settings = guards.settings.get(c.by)?;
        let targets = settings.probe.targets(&c.instance.addresses);
        Some(Wanted { of: c.of.clone(), probe: settings.probe.clone(), every: settings.every, after, targets })
    });
    wanted.collect()
}

pub(super) fn heard(
    engine: &mut Engine,
    of: &ResourceRef,
    probe: &Probe,
    started_at: Monotonic,
    ok: bool,
) -> Option<Notice> {
    let Watchers { settings, covered, dogs, all_silent, .. } = &mut engine.guards;
    let found = covered.iter().find(|c| c.of == *of && c.rests.is_none())?;
    let settings = settings.get(found.by).filter(|s| s.probe == *probe)?;
    let dog = dogs.entry(of.clone()).or_default();
    if ok {
        *all_silent = false;
        let told = dog.told;
        dog.forget();
        return told.then(|| {
            let what = text::watchdog::answers_again(found.instance.name.as_str());
            Notice { what, bad: false, op: None, alert: true }
        });
    }
    dog.failures = dog.failures.saturating_add(1);
    if dog.failures >= settings.failures {
        dog.suspect.get_or_insert(started_at);
    }
    None
}

/// Does what is to be done about those that are silent.
pub(super) fn look(engine: &mut Engine, env: &Env, effects: &mut Vec<Effect>) {
    if engine.guards.settings.is_empty() {
        return;
    }
    rest(engine);
    let guards = &engine.guards;
    let suspects = guards.dogs.iter().filter_map(|(of, dog)| Some((of.clone(), dog.suspect?)));
    let judged: Vec<(ResourceRef, SilenceVerdict)> =
        suspects.map(|(of, since)| (of.clone(), verdict(engine, &of, since))).collect();
    for (of, verdict) in judged {
        match verdict {
            SilenceVerdict::NotYet => {}
            SilenceVerdict::ItAlone => act(engine, &of, env, effects),
            SilenceVerdict::AllSilent(count) => {
                engine.guards.forget();
                if !std::mem::replace(&mut engine.guards.all_silent, true) {
                    let what = text::watchdog::all_silent(count);
                    effects.push(Effect::Tell(Notice { what, bad: true, op: None, alert: true }));
                }
                return;
            }
        }
    }
}

enum SilenceVerdict {
    /// Not all were tried since.
    NotYet,
    /// So many are watched over, and none answers: the fault may be here.
    AllSilent(usize),
    /// Others answer, or there are none.
    ItAlone,
}

fn verdict(engine: &Engine, of: &ResourceRef, since: Monotonic) -> SilenceVerdict {
    let (guards, probes) = (&engine.guards, &engine.probes);
    let (mut others, mut answer) = (0, 0);
    for other in guards.covered.iter().filter(|c| c.rests.is_none() && c.of != *of) {
        let tried = guards.settings.get(other.by).and_then(|s| probes.get(&other.of, &s.probe));
        let last = tried.and_then(|tried| tried.last.as_ref()).filter(|(started_at, _)| *started_at >= since);
        let Some((_, result)) = last else { return SilenceVerdict::NotYet };
        others += 1;
        answer += usize::from(result.is_ok());
    }
    if others > 0 && answer == 0 { SilenceVerdict::AllSilent(others + 1) } else { SilenceVerdict::ItAlone }
}

/// Finds out which are not tried now, and forgets what was counted of them.
fn rest(engine: &mut Engine) {
    let Engine { accounts, operations, guards, .. } = engine;
    let mut busy: BTreeSet<ResourceRef> = BTreeSet::new();
    let mut stopped: BTreeSet<ResourceRef> = BTreeSet::new();
    // Oldest first: the last word of a person counts.
    for op in operations.iter() {
        let held = || op.action.holds().into_iter().filter(|h| h.kind == Kind::Instance);
        if !op.is_over() && !op.only_listens() {
            busy.extend(held());
        }
        match wants_it_off(op) {
            Some(true) => stopped.extend(held()),
            Some(false) => stopped.retain(|of| !held().any(|h| h == *of)),
            None => {}
        }
    }
    for c in &mut guards.covered {
        let account = accounts.iter().find(|a| a.account.name == c.of.account);
        let read = account.is_some_and(|a| a.inventory.started_at(&ListKey::Instances).is_some());
        c.rests = if !read {
            Some(text::watchdog::NOT_READ)
        } else if busy.contains(&c.of) {
            Some(text::watchdog::BUSY)
        } else if c.instance.status.kind() != StatusKind::Running {
            Some(text::watchdog::OFF)
        } else if stopped.contains(&c.of) {
            Some(text::watchdog::STOPPED)
        } else if c.instance.addresses.is_empty() {
            Some(text::watchdog::NO_ADDRESS)
        } else {
            None
        };
        if c.rests.is_some()
            && let Some(dog) = guards.dogs.get_mut(&c.of)
        {
            dog.forget();
        }
    }
}

/// Whether an operation says that a person wants the machine to be off, or on.
fn wants_it_off(op: &Operation) -> Option<bool> {
    if !op.sent_any && op.is_over() {
        return None;
    }
    // What it did by itself is no person's wish.
    op.action.wants_off().filter(|_| op.by.as_deref() != Some(BY_ITSELF))
}

/// An instance is silent and others are not: says so, and offers or does what its entry says.
fn act(engine: &mut Engine, of: &ResourceRef, env: &Env, effects: &mut Vec<Effect>) {
    let Some(action) = reboot(engine, of) else { return };
    let within = |at: Timestamp| env.wall.since(at) < AT_MOST_EVERY;
    let asked = engine.operations.iter().any(|op| {
        let by_us = matches!(op.by.as_deref(), Some(BY_ITSELF | BY_OFFER));
        by_us && within(op.asked) && op.action.holds().contains(of)
    });
    let account = engine.account(&of.account);
    // A provider that does not answer either may be out of our own reach.
    let reached = account.is_some_and(|a| a.fault().is_none());
    let possible = account.is_some_and(|a| {
        let instance = a.inventory.instance(&of.id);
        instance.is_some_and(|i| {
            a.account.policy.possible(Verb::Reboot, Resource::Instance(i), &a.inventory) == Possible::Yes
        })
    });
    let may = reached && possible && engine.guards.remembers && ask::refusal(engine, &action).is_none();
    let guards = &mut engine.guards;
    let Some(covered) = guards.covered.iter().find(|c| c.of == *of) else { return };
    let Some(settings) = guards.settings.get(covered.by) else { return };
    let Some(dog) = guards.dogs.get_mut(of) else { return };
    dog.suspect = None;
    let recent = asked || dog.offered.is_some_and(within);
    let acts = may && !recent && !dog.muted && !dog.offers;
    let rebooted = acts && settings.then == Then::Reboot;
    if !dog.told || rebooted {
        let what = match (rebooted, asked) {
            (true, _) => text::watchdog::reboots(
                covered.instance.name.as_str(),
                settings.probe.to_string(),
                u64::from(dog.failures),
            ),
            (false, true) => text::watchdog::not_again(covered.instance.name.as_str()),
            (false, false) => text::watchdog::silent(
                covered.instance.name.as_str(),
                settings.probe.to_string(),
                u64::from(dog.failures),
            ),
        };
        effects.push(Effect::Tell(Notice { what, bad: true, op: None, alert: true }));
    }
    dog.told = true;
    if acts && settings.then == Then::Offer {
        dog.offers = true;
        dog.offered = Some(env.wall);
    }
    if rebooted {
        ask::ask(engine, vec![action], true, Some(BY_ITSELF), env, effects);
    }
}

/// The ordinary reboot of an instance, in the way its provider prefers.
fn reboot(engine: &Engine, of: &ResourceRef) -> Option<Action> {
    let account = engine.account(&of.account)?;
    let instance = account.inventory.instance(&of.id)?;
    let how = *account.account.policy.reboots().first()?;
    let instance = Target { resource: of.clone(), name: instance.name.clone(), status: instance.status.kind() };
    Some(Action::Reboot { instance, how })
}

/// A person answers an offer. One that is over since the machine answers again does nothing.
pub(super) fn answered(
    engine: &mut Engine,
    of: &ResourceRef,
    answer: OfferAnswer,
    env: &Env,
    effects: &mut Vec<Effect>,
) {
    let Some(dog) = engine.guards.dogs.get_mut(of) else { return };
    let stood = std::mem::replace(&mut dog.offers, false);
    dog.muted |= answer == OfferAnswer::NotAgain;
    if answer != OfferAnswer::Reboot {
        return;
    }
    match reboot(engine, of).filter(|_| stood) {
        Some(action) => ask::ask(engine, vec![action], true, Some(BY_OFFER), env, effects),
        None => {
            let what = Phrase::new(text::watchdog::OFFER_OVER);
            effects.push(Effect::Tell(Notice { what, bad: true, op: None, alert: false }));
        }
    }
}

impl Engine {
    /// How an instance stands that is watched over; `None` where it is not.
    #[must_use]
    pub fn guarded(&self, of: &ResourceRef) -> Option<Guarded<'_>> {
        let covered = self.guards.covered.iter().find(|c| c.of == *of)?;
        let watchdog = self.guards.settings.get(covered.by)?;
        let last = self.probes.get(of, &watchdog.probe).and_then(|tried| tried.last.as_ref());
        let failures = self.guards.dogs.get(of).map_or(0, |dog| dog.failures);
        let last = last.map(|(_, result)| result.as_ref().copied());
        Some(Guarded { watchdog, failures, last, rests: covered.rests.map(Phrase::new) })
    }

    /// The instances that do not answer their watchdogs.
    pub fn silent(&self) -> impl Iterator<Item = &ResourceRef> {
        let guards = &self.guards;
        let silent = |c: &&Covered| {
            let most = guards.settings.get(c.by).map_or(u32::MAX, |s| s.failures);
            guards.dogs.get(&c.of).is_some_and(|dog| dog.failures >= most)
        };
        guards.covered.iter().filter(silent).map(|c| &c.of)
    }

    /// The instances whose reboot a watchdog offers, with their names.
    pub fn offers(&self) -> impl Iterator<Item = (&ResourceRef, &str)> {
        let guards = &self.guards;
        let offers = |c: &&Covered| guards.dogs.get(&c.of).is_some_and(|dog| dog.offers);
        guards.covered.iter().filter(offers).map(|c| (&c.of, c.instance.name.as_str()))
    }
}

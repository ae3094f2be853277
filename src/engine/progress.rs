//! How far operations are, how long what they wait for takes, and what is late.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::{
    AccountName, Call, Condition, InstanceStatus, Inventory, JournalRecord, Lasted, Monotonic, OpState, Operation,
    OrderSource, PowerCall, Ref, ResourceId, Snapshot, Step, StepMark, text,
};
use crate::engine::durations::{Durations, Expected};
use crate::engine::{AccountState, Effect, Engine, Env, Notice};

/// What is usually done faster is given so long all the same before its outcome is doubted.
const SHORTEST: Duration = Duration::from_secs(30);
const GB: u64 = 1_000_000_000;

/// How much a call moves, in GB, where the inventory tells.
pub(super) fn size_of(call: &Call, inventory: &Inventory) -> Option<u64> {
    let of_disk = |id: &ResourceId| {
        let instance = inventory.instance(id)?;
        let plan = || inventory.plan(instance.plan.as_ref()?)?.spec.disk_gb;
        instance.spec.disk_gb.or_else(plan)
    };
    let of_copy = |s: &Snapshot| s.size.filter(|size| *size > 0).map(|size| size.div_ceil(GB)).or(s.min_disk_gb);
    match call {
        Call::TakeSnapshot { instance, .. } | Call::RetakeSnapshot { instance, .. } => of_disk(instance),
        Call::SaveVolume { volume, .. } => inventory.volume(volume)?.size_gb,
        Call::CreateVolume { volume } => Some(volume.size_gb),
        Call::Restore { snapshot: Ref::Known(id), .. } => of_copy(inventory.snapshot(id)?),
        Call::CreateInstance { order } => match &order.source {
            OrderSource::Snapshot(Ref::Known(id)) => of_copy(inventory.snapshot(id)?),
            _ => None,
        },
        _ => None,
    }
}

/// The present step is done: notes how long its call took, where it is the wait for one and was followed all the way.
pub(super) fn note(op: &mut Operation, env: &Env) {
    let (Some(sent), Some(Step::Wait(_)), Some(call)) = (op.sent, op.step(), op.at.checked_sub(1)) else { return };
    if matches!(op.steps.get(call), Some(Step::Call { .. })) && op.asks_since.is_none() {
        op.lasted.push(Lasted { step: call, size_gb: op.pre_state.size_gb, took: env.tick.since(sent) });
    }
    op.sent = None;
}

/// Takes in what the steps took that were done just now.
pub(super) fn learn(engine: &mut Engine, effects: &[Effect]) {
    let Engine { operations, ledger, .. } = engine;
    for effect in effects {
        let Effect::Record { op, record: JournalRecord::StepDone { step } } = effect else { continue };
        let Some(op) = operations.iter().find(|o| o.id == *op) else { continue };
        if let Some(lasted) = op.lasted.iter().find(|l| l.step + 1 == *step) {
            ledger.durations.add(&op.account, &op.steps, lasted);
        }
    }
}

/// Before anything changes, keeps how far each operation was shown to be.
pub(super) fn keep_reached(engine: &mut Engine, env: &Env) {
    let shown: Vec<(usize, f32, f32)> = engine
        .operations
        .iter()
        .enumerate()
        .filter(|(_, op)| !op.is_over())
        .map(|(at, op)| (at, engine.progress(op, env).unwrap_or(0.0), engine.overall(op, env).unwrap_or(0.0)))
        .collect();
    for (at, step, all) in shown {
        if let Some(op) = engine.operations.get_mut(at) {
            op.reached = op.reached.max(step);
            op.reached_all = op.reached_all.max(all);
        }
    }
}

/// The call that the present step is about: the one to be sent, or whose effect is waited for.
fn present_call(op: &Operation) -> Option<&Call> {
    let upto = op.steps.get(..=op.at)?;
    upto.iter().rev().find_map(Step::call)
}

fn expected(op: &Operation, accounts: &[AccountState], durations: &Durations) -> Option<Expected> {
    let account = accounts.iter().find(|a| a.account.name == op.account)?;
    if let Some(Step::Settle { at_least }) = op.step() {
        return Some(Expected::supposed(account.account.lasts(*at_least)));
    }
    let call = present_call(op)?;
    let size = if op.sent.is_some() { op.pre_state.size_gb } else { size_of(call, &account.inventory) };
    Some(durations.expected(accounts, &op.account, call, size)).filter(|e| !e.median.is_zero())
}

/// When the wait of an operation is past its time.
fn overdue_at(op: &Operation, accounts: &[AccountState], durations: &Durations) -> Option<Monotonic> {
    if !matches!((&op.state, op.step()), (OpState::Watching, Some(Step::Wait(_)))) {
        return None;
    }
    Some(op.sent.unwrap_or(op.step_since) + expected(op, accounts, durations)?.late_after())
}

/// When an unknown outcome that nothing shows is past three times what its call usually takes.
pub(super) fn doubtful_after(op: &Operation, accounts: &[AccountState], durations: &Durations, env: &Env) -> Monotonic {
    let usual = expected(op, accounts, durations).map_or(SHORTEST, |e| e.median.max(SHORTEST));
    env.tick_of(op.pre_state.at) + usual * 3
}

/// When it is to be said that a stop takes longer than usual.
pub(super) fn late_at(op: &Operation, accounts: &[AccountState], durations: &Durations) -> Option<Monotonic> {
    if op.told_late || !waits_for_stop(op) {
        return None;
    }
    // Just past it, not at it.
    overdue_at(op, accounts, durations).map(|at| Monotonic(at.0 + 1))
}

/// Says once that a stop takes longer than usual, and what could be done. Nothing is done by itself.
pub(super) fn tell_late(
    op: &mut Operation,
    accounts: &[AccountState],
    durations: &Durations,
    env: &Env,
    effects: &mut Vec<Effect>,
) {
    if late_at(op, accounts, durations).is_none_or(|at| at > env.tick) {
        return;
    }
    op.told_late = true;
    let what = text::op::stop_hangs(op.action.subject().name.as_str());
    effects.push(Effect::Tell(Notice { what, bad: true, op: Some(op.id.clone()), alert: false }));
}

impl Engine {
    /// How long the present step is expected to take, from its request to its end; `None` where nobody can tell.
    #[must_use]
    pub fn expected(&self, op: &Operation) -> Option<Expected> {
        expected(op, &self.accounts, &self.ledger.durations)
    }

    /// How long a call would take, with the wait after it.
    #[must_use]
    pub fn expected_of(&self, account: &AccountName, call: &Call) -> Option<Expected> {
        let size = size_of(call, &self.account(account)?.inventory);
        Some(self.ledger.durations.expected(&self.accounts, account, call, size)).filter(|e| !e.median.is_zero())
    }

    /// How long the present step usually takes, where that is known.
    #[must_use]
    pub fn usual(&self, op: &Operation) -> Option<Duration> {
        self.expected(op).map(|e| e.median)
    }

    /// Whether the wait of an operation takes longer than usual.
    #[must_use]
    pub fn is_overdue(&self, op: &Operation, env: &Env) -> bool {
        overdue_at(op, &self.accounts, &self.ledger.durations).is_some_and(|at| env.tick > at)
    }

    /// Whether an operation waits for a stop that takes longer than usual, so that cutting the power is to be offered.
    #[must_use]
    pub fn offers_force_stop(&self, op: &Operation, env: &Env) -> bool {
        let held = op.action.holds();
        let cut =
            |o: &Operation| !o.is_over() && o.action.verb().joins_stop() && held.contains(&o.action.subject().resource);
        waits_for_stop(op)
            && self.is_ours(op)
            && !op.action.verb().joins_stop()
            && self.is_overdue(op, env)
            && !self.operations.iter().any(cut)
    }

    /// How far the present step is, from 0 to less than 1; `None` where nothing tells. It never goes back within a
    /// step: the provider's percentage where there is one, else the time that passed of that expected.
    #[must_use]
    pub fn progress(&self, op: &Operation, env: &Env) -> Option<f32> {
        let told = self.told_percent(op).map(|percent| f32::from(percent.min(99)) / 100.0);
        let passed = match (&op.state, op.step()) {
            (OpState::Settling { until }, Some(Step::Settle { at_least })) => {
                let left = until.since(env.tick);
                let all = self.account(&op.account)?.account.lasts(*at_least);
                Some(share(all.saturating_sub(left), all))
            }
            (OpState::Sending | OpState::Watching | OpState::OutcomeUnknown, Some(_)) => {
                let since = op.sent.unwrap_or(op.step_since);
                self.expected(op).map(|e| share(env.tick.since(since), e.median))
            }
            _ => None,
        };
        let known = told.or(passed).or_else(|| (op.reached > 0.0).then_some(op.reached))?;
        Some(known.max(op.reached))
    }

    /// How far an operation is as a whole, by what its steps are expected to take. It never goes back.
    #[must_use]
    pub fn overall(&self, op: &Operation, env: &Env) -> Option<f32> {
        if op.is_over() {
            return Some(1.0);
        }
        let account = self.account(&op.account)?;
        let (mut done, mut all) = (Duration::ZERO, Duration::ZERO);
        // Of many alike, such as the rules of a firewall, each is expected to take the same.
        let mut medians: BTreeMap<(&str, Option<u64>), Duration> = BTreeMap::new();
        for (at, step) in op.steps.iter().enumerate() {
            // A call's time is that of its effect, which the wait after it waits for.
            let (takes, ends) = match step {
                Step::Settle { at_least } => (account.account.lasts(*at_least), at),
                Step::Call { call, .. } => {
                    let size = size_of(call, &account.inventory);
                    let learnt = || self.ledger.durations.expected(&self.accounts, &op.account, call, size).median;
                    let takes = *medians.entry((call.name(), size)).or_insert_with(learnt);
                    let waits = matches!(op.steps.get(at + 1), Some(Step::Wait(_)));
                    (takes, if waits { at + 1 } else { at })
                }
                Step::Wait(_) => continue,
            };
            all += takes;
            if matches!(op.marks.get(ends), Some(StepMark::Done(_))) {
                done += takes;
            } else if (at..=ends).contains(&op.at) {
                done += takes.mul_f32(self.progress(op, env).unwrap_or(0.0));
            }
        }
        if all.is_zero() {
            return None;
        }
        Some((done.as_secs_f32() / all.as_secs_f32()).min(0.99).max(op.reached_all))
    }

    /// The percentage that the provider tells of what an operation waits for.
    fn told_percent(&self, op: &Operation) -> Option<u8> {
        if !matches!(op.state, OpState::Watching) {
            return None;
        }
        let id = match op.step()? {
            Step::Wait(Condition::InstanceIs(id, _)) => id.clone(),
            Step::Wait(Condition::NewInstanceIs(_)) => Ref::OutputInstance.known(&op.outputs).cloned()?,
            _ => return None,
        };
        match self.account(&op.account)?.inventory.instance(&id)?.status {
            InstanceStatus::Importing(percent) => percent,
            _ => None,
        }
    }
}

/// The share of the expected time that passed: straight up to four fifths, then ever more slowly, since nobody knows
/// when it ends.
fn share(passed: Duration, expected: Duration) -> f32 {
    const STRAIGHT: f32 = 0.8;
    const REST: f32 = 0.19;
    let share = passed.as_secs_f32() / expected.as_secs_f32().max(0.001);
    if share <= STRAIGHT { share } else { STRAIGHT + REST * (1.0 - (-(share - STRAIGHT) / REST).exp()) }
}

pub(super) fn waits_for_stop(op: &Operation) -> bool {
    matches!(op.state, OpState::Watching)
        && matches!(
            op.steps.get(op.at.wrapping_sub(1)),
            Some(Step::Call { call: Call::Power { what: PowerCall::Stop, .. }, .. })
        )
}

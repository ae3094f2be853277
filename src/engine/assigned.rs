//! On which machines a firewall was put from here, where the provider does not tell.
//!
//! Folded from the journal: each call that took effect and names both. What was done elsewhere, in the provider's panel
//! or by another program, is not known and never guessed.

use std::collections::{BTreeMap, HashMap};

use crate::domain::{
    AccountName, Action, Call, Kind, Line, ListKey, MadeCall, OpId, OpResult, OpState, Operation, Output, Record, Ref,
    ResourceId, Step, StepMark, Timestamp,
};

use super::{Effect, Engine, Env};

/// What was done last with each pair of firewall and machine: when, and whether it stands there since.
#[derive(Debug, Clone, Default)]
pub(super) struct Assigned(BTreeMap<(AccountName, ResourceId, ResourceId), (Timestamp, bool)>);

impl Assigned {
    pub(super) const fn new() -> Self {
        Self(BTreeMap::new())
    }

    fn note(&mut self, account: &AccountName, firewall: &ResourceId, instance: &ResourceId, at: Timestamp, on: bool) {
        let pair = (account.clone(), firewall.clone(), instance.clone());
        let known = self.0.entry(pair).or_insert((at, on));
        if known.0 <= at {
            *known = (at, on);
        }
    }

    fn took_effect(&mut self, account: &AccountName, call: &Call, outputs: &[Output], at: Timestamp) {
        match call {
            Call::AssignFirewall { firewall, instance } => self.note(account, firewall, instance, at, true),
            Call::DetachFirewall { firewall, instance } => self.note(account, firewall, instance, at, false),
            Call::Made { what: what @ MadeCall::Assign { .. } } => {
                if let Some(id) = Ref::OutputInstance.known(outputs) {
                    self.took_effect(account, &what.of(id), outputs, at);
                }
            }
            Call::CreateFirewall { instances, .. } => {
                let made = outputs.iter().rev().find_map(|output| output.id(Kind::Firewall));
                for instance in instances {
                    made.iter().for_each(|firewall| self.note(account, firewall, instance, at, true));
                }
            }
            Call::UpdateFirewall { firewall, instances, .. } if !instances.is_empty() => {
                // Whether those that are not named any more lose it was recorded by nobody: it is not known of them.
                let here = |(a, f, _): &(AccountName, ResourceId, ResourceId)| a == account && f == firewall;
                let left: Vec<ResourceId> = self
                    .0
                    .keys()
                    .filter(|key| here(key) && !instances.contains(&key.2))
                    .map(|key| key.2.clone())
                    .collect();
                left.iter().for_each(|instance| self.note(account, firewall, instance, at, false));
                instances.iter().for_each(|instance| self.note(account, firewall, instance, at, true));
            }
            Call::DeleteFirewall { firewall } => self.0.retain(|(a, f, _), _| a != account || f != firewall),
            Call::Destroy { instance } => self.0.retain(|(a, _, i), _| a != account || i != instance),
            _ => {}
        }
    }

    fn of_steps(&mut self, op: &Operation, at: Timestamp) {
        for (step, mark) in op.steps.iter().zip(&op.marks) {
            if let (Step::Call { call, .. }, StepMark::Done(_)) = (step, mark) {
                self.took_effect(&op.account, call, &op.outputs, at);
            }
        }
    }
}

/// Takes in what the effects of one turn say took effect.
pub(super) fn learn(engine: &mut Engine, effects: &[Effect], env: &Env) {
    for effect in effects {
        let Effect::Record { op, record: Record::StepDone { step } } = effect else { continue };
        let Some(op) = engine.operations.iter().find(|o| o.id == *op) else { continue };
        if let Some(Step::Call { call, .. }) = op.steps.get(*step) {
            engine.assigned.took_effect(&op.account, call, &op.outputs, env.wall);
        }
    }
}

/// What the lines of a journal tell, and what this process did that may not stand there yet.
pub(super) fn remember(engine: &mut Engine, lines: &[Line]) {
    struct Told<'a> {
        account: &'a AccountName,
        steps: &'a [Step],
        outputs: Vec<Output>,
        done: Vec<usize>,
    }
    let mut assigned = Assigned::new();
    let mut all: HashMap<&OpId, Told<'_>> = HashMap::new();
    for line in lines {
        if let Record::Asked { account, action, steps, .. } = &line.record {
            if touches(action) {
                all.entry(&line.op).or_insert(Told { account, steps, outputs: Vec::new(), done: Vec::new() });
            }
            continue;
        }
        let Some(told) = all.get_mut(&line.op) else { continue };
        let done: Vec<usize> = match &line.record {
            Record::Output { output } => {
                told.outputs.push(output.clone());
                continue;
            }
            Record::StepDone { step } => vec![*step],
            // A process that ended between an answer and the end of its step leaves only the end of the whole.
            Record::Ended { result, .. } if result == "done" => {
                (0..told.steps.len()).filter(|n| !told.done.contains(n)).collect()
            }
            _ => continue,
        };
        for n in done {
            if let Some(Step::Call { call, .. }) = told.steps.get(n) {
                assigned.took_effect(told.account, call, &told.outputs, line.at);
            }
            told.done.push(n);
        }
    }
    for op in engine.operations.iter().filter(|op| op.owner == engine.process) {
        let at = op.attempts.last().map_or(op.asked, |last| last.answered.unwrap_or(last.at));
        if !matches!(op.state, OpState::Ended(OpResult::Cancelled { .. })) && touches(&op.action) {
            assigned.of_steps(op, at);
        }
    }
    engine.assigned = assigned;
}

/// Whether an action may put a firewall on a machine, or take it off.
const fn touches(action: &Action) -> bool {
    matches!(
        action,
        Action::AssignFirewall { .. }
            | Action::DetachFirewall { .. }
            | Action::CreateFirewall { .. }
            | Action::UpdateFirewall { .. }
            | Action::DeleteFirewall { .. }
            | Action::CreateInstance { .. }
            | Action::RestoreAsNew { .. }
            | Action::Destroy { .. }
            | Action::Park { .. }
    )
}

impl Engine {
    /// The machines that a firewall was put on from here, with when; where the provider does not tell that is all that
    /// is known. Machines that are gone are left out.
    #[must_use]
    pub fn assigned(&self, account: &AccountName, firewall: &ResourceId) -> Vec<(ResourceId, Timestamp)> {
        self.pairs(account).filter(|(f, ..)| *f == firewall).map(|(_, i, at)| (i.clone(), at)).collect()
    }

    /// The firewalls that were put on a machine from here, with when.
    #[must_use]
    pub fn assigned_to(&self, account: &AccountName, instance: &ResourceId) -> Vec<(ResourceId, Timestamp)> {
        self.pairs(account).filter(|(_, i, _)| *i == instance).map(|(f, _, at)| (f.clone(), at)).collect()
    }

    fn pairs(&self, account: &AccountName) -> impl Iterator<Item = (&ResourceId, &ResourceId, Timestamp)> {
        let inventory = self.account(account).map(|a| &a.inventory);
        let gone = move |id: &ResourceId| {
            inventory.is_some_and(|p| p.is_whole(&ListKey::Instances) && p.instance(id).is_none())
        };
        let dead = move |id: &ResourceId| {
            inventory.is_some_and(|p| p.is_whole(&ListKey::Firewalls) && p.firewall(id).is_none())
        };
        let of = account.clone();
        self.assigned
            .0
            .iter()
            .filter(move |((a, f, i), (_, on))| *a == of && *on && !gone(i) && !dead(f))
            .map(|((_, f, i), (at, _))| (f, i, *at))
    }
}

//! What the engine can tell the screen beyond the plain inventory.

use std::time::Duration;

use crate::domain::{
    AccountName, Action, Call, Halt, Instance, InstanceStatus, Kind, ListKey, OpState, Operation, Phrase, PowerCall,
    Ref, ResourceRef, Snapshot, Step, StoreStatus, Verb, text,
};
use crate::engine::progress::waits_for_stop;
use crate::engine::wants::wants;
use crate::engine::{AccountState, Engine, Env, HeldUp, LoginState};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meter {
    pub left: u32,
    /// Of how many; 0 where no limit is known and the provider wants to be left alone.
    pub of: u32,
    /// Whether it is only our own count.
    pub estimated: bool,
    pub renewed_in: Duration,
}

impl Meter {
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match (self.of, self.estimated) {
            (0, _) => Phrase::new(text::header::LEFT_ALONE),
            (_, true) => text::header::left_own(u64::from(self.left), u64::from(self.of)),
            (_, false) => text::header::left(u64::from(self.left), u64::from(self.of)),
        }
    }
}

impl Engine {
    /// The open operation that makes resources refuse a verb.
    #[must_use]
    pub(super) fn holder(&self, verb: Verb, wanted: &[ResourceRef]) -> Option<&Operation> {
        // What only waits for a machine to answer stands in nobody's way.
        self.operations.iter().filter(|o| !o.is_over() && !o.only_listens()).find(|open| {
            let joins = verb.joins_stop() && waits_for_stop(open) && !open.action.verb().joins_stop();
            !joins && open.action.holds().iter().any(|held| wanted.contains(held))
        })
    }

    /// The operation that makes the same, where it is not known whether it did.
    #[must_use]
    pub fn in_doubt(&self, action: &Action) -> Option<&Operation> {
        let (verb, new) = (action.verb(), action.subject());
        let same = |open: &Operation| {
            let other = open.action.subject();
            open.action.verb() == verb && other.account() == new.account() && other.name.trim() == new.name.trim()
        };
        self.operations.iter().find(|open| verb.makes() && open.is_in_doubt() && !open.has_made() && same(open))
    }

    /// The state to show for an instance: our step's word while an operation waits, else the provider's.
    #[must_use]
    pub fn shown_instance(&self, account: &AccountName, instance: &Instance) -> InstanceStatus {
        let resource = ResourceRef::new(account, Kind::Instance, &instance.id);
        let ours = self
            .operations
            .iter()
            .rev()
            .filter(|o| !o.is_over() && o.sent_any && o.action.holds().contains(&resource))
            .find_map(|op| word_of(op, &instance.id));
        match ours {
            Some(word) if !matches!(instance.status, InstanceStatus::Error) => word,
            _ => instance.status.clone(),
        }
    }

    #[must_use]
    pub fn shown_snapshot(&self, account: &AccountName, snapshot: &Snapshot) -> StoreStatus {
        let resource = ResourceRef::new(account, Kind::Snapshot, &snapshot.id);
        let ours = self
            .operations
            .iter()
            .rev()
            .filter(|o| !o.is_over() && o.sent_any && o.action.holds().contains(&resource))
            .find_map(|op| match last_call(op)? {
                Call::DeleteSnapshot { snapshot: Ref::Known(id), .. } if *id == snapshot.id => {
                    Some(StoreStatus::Deleting)
                }
                Call::Restore { snapshot: Ref::Known(id), .. } if *id == snapshot.id => Some(StoreStatus::Restoring),
                _ => None,
            });
        ours.unwrap_or_else(|| snapshot.status.clone())
    }

    /// What is left of an account's budget; `None` where no limit is known.
    #[must_use]
    pub fn meter(&self, account: &AccountName, env: &Env) -> Option<Meter> {
        let budget = self.account(account)?.budget();
        let (left, of, estimated) = budget.left(env.wall)?;
        let renewed_in = budget.renewed(env.wall).map_or(Duration::ZERO, |at| at.since(env.wall));
        Some(Meter { left, of, estimated, renewed_in })
    }

    /// Who holds up the reading of a list that is due: the provider, or our own budget.
    #[must_use]
    pub fn read_held_up(&self, account: &AccountState, list: &ListKey, env: &Env) -> Option<HeldUp> {
        if account.inventory.lists.get(list).is_some_and(|remote| remote.in_flight.is_some()) {
            return None;
        }
        let keep = match account.login {
            LoginState::Done => {
                let wanted = wants(self, account, env).into_iter().filter(|want| want.list == *list);
                wanted.map(|want| want.keep).min()?
            }
            LoginState::Needed if self.works_for(&account.account.name) => 0,
            _ => return None,
        };
        account.held_up_by_quota(env, keep)
    }

    /// The operation that counts down and was begun last.
    #[must_use]
    pub fn newest_countdown(&self) -> Option<&Operation> {
        self.operations.iter().rev().find(|o| matches!(o.state, OpState::Countdown { .. }))
    }
}

/// The call that was sent last, whose effect is waited for.
fn last_call(op: &Operation) -> Option<&Call> {
    let upto = match op.state {
        OpState::Sending | OpState::OutcomeUnknown | OpState::Halted(Halt::OutcomeUnknown) => op.at + 1,
        _ => op.at,
    };
    op.steps[..upto.min(op.steps.len())].iter().rev().find_map(Step::call)
}

fn word_of(op: &Operation, instance: &crate::domain::ResourceId) -> Option<InstanceStatus> {
    let call = last_call(op)?;
    if call.instance() != Some(instance) {
        return None;
    }
    // Once its wait is met, the step's word is over.
    let waits = !matches!(op.state, OpState::Checking | OpState::Queued { .. } | OpState::Halted(Halt::StillWanted))
        || matches!(op.step(), Some(Step::Wait(_) | Step::Settle { .. }));
    if !waits && !matches!(call, Call::Restore { .. }) {
        return None;
    }
    match call {
        Call::Power { what: PowerCall::Start, .. } => Some(InstanceStatus::Starting),
        Call::Power { what: PowerCall::Stop | PowerCall::ForceStop, .. } => Some(InstanceStatus::Stopping),
        Call::Power { what: PowerCall::Reboot | PowerCall::HardReboot, .. } => Some(InstanceStatus::Rebooting),
        Call::Destroy { .. } => Some(InstanceStatus::Destroying),
        Call::Restore { .. } => Some(InstanceStatus::Restoring),
        Call::Resize { .. } | Call::ConfirmResize { .. } | Call::RevertResize { .. } => Some(InstanceStatus::Resizing),
        _ => None,
    }
}

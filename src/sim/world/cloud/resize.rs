//! Another plan for a server, which is then confirmed or reverted.

use crate::sim::world::account::Account;
use crate::sim::world::catalogue::Plan;
use crate::sim::world::instance::State;
use crate::sim::world::refusal::Refusal;
use crate::sim::world::turn::Turn;

impl Account {
    /// Begins to give a server another plan.
    ///
    /// # Errors
    /// A refusal, after which nothing has changed.
    pub fn resize(&mut self, turn: &Turn<'_>, id: u64, plan: u64) -> Result<(), Refusal> {
        let instance = self.instance(id)?;
        let (now, then) = (turn.catalogue.plan(instance.plan), turn.catalogue.plan(plan).ok_or(Refusal::BadPlan)?);
        let ran = match &instance.state {
            State::Running if !self.provider.ways().resizes_running => return Err(Refusal::StillRunning),
            State::Running => true,
            State::Stopped if !self.is_saving(id) => false,
            State::Destroyed { .. } => return Err(Refusal::AlreadyDestroyed),
            _ => return Err(Refusal::Busy),
        };
        if instance.plan == plan {
            return Err(Refusal::SamePlan);
        }
        let small = |plan: &Plan| self.provider.ways().small_plan && plan.memory < 1.0;
        if now.is_some_and(|now| small(now) != small(then)) {
            return Err(Refusal::BadPlan);
        }
        if now.is_some_and(|now| then.disk < now.disk) {
            return Err(Refusal::DiskTooSmall);
        }
        if self.out_of_stock.contains(&plan) {
            return Err(Refusal::OutOfStock);
        }
        let (until, was) = (turn.now.plus(turn.durations.resize), (instance.plan, ran));
        let instance = self.instance_mut(id)?;
        instance.state = State::Resizing { until, plan, was };
        instance.cloud.since = turn.now;
        self.note(turn, "resize", format!("instance {id}"));
        Ok(())
    }

    /// Keeps the plan that a resize gave a server, or begins to take it away again.
    ///
    /// # Errors
    /// [`Refusal::Busy`] where none waits to be confirmed; nothing has changed then.
    pub fn end_resize(&mut self, turn: &Turn<'_>, id: u64, keep: bool) -> Result<(), Refusal> {
        let instance = self.instance_mut(id)?;
        let State::Resized { was, confirmed: None } = instance.state else { return Err(Refusal::Busy) };
        instance.state = if keep {
            State::Resized { was, confirmed: Some(turn.now.plus(turn.durations.confirm)) }
        } else {
            instance.cloud.since = turn.now;
            State::Reverting { until: turn.now.plus(turn.durations.resize / 2.0), was }
        };
        self.note(turn, if keep { "confirm_resize" } else { "revert_resize" }, format!("instance {id}"));
        Ok(())
    }
}

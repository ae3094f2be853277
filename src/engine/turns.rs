//! Many at once: what interrupts service goes one after the other, and what a request budget makes of them all.

use std::time::Duration;

use crate::domain::{AccountName, Action, ListKey, OpId, OpResult, OpState, Operation, Phrase, Step, text};
use crate::engine::{Effect, Engine, Env, lists, steps};

/// What is to be expected of several actions together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// How many requests they take at least: the changes, and the reads that each is checked against.
    pub requests: usize,
    /// How long the request budget alone makes them last; `None` where no limit is known.
    pub lasts: Option<Duration>,
    /// How many requests a minute may be sent, where a limit is known: of several accounts, the one that takes longest.
    pub per_minute: Option<u32>,
}

enum Turn {
    Come,
    /// The one before is not over.
    NotYet,
    /// One before it did not end well.
    Never,
}

/// Lets those go whose turn came, and ends those before which one failed; whether there were any.
pub(super) fn pass(engine: &mut Engine, env: &Env, effects: &mut Vec<Effect>) -> bool {
    let mut any = false;
    let waiting: Vec<OpId> =
        engine.ours().filter(|o| !o.is_over() && !o.sent_any && o.after.is_some()).map(|o| o.id.clone()).collect();
    // In the order in which they were asked for, so that one failure ends them all in one pass.
    for id in waiting {
        let turn = engine.operation(&id).map_or(Turn::NotYet, |op| turn(engine, op));
        let Some(op) = engine.operations.iter_mut().find(|o| o.id == id) else { continue };
        match turn {
            Turn::NotYet => continue,
            Turn::Come => op.after = None,
            Turn::Never => {
                steps::end(op, OpResult::Cancelled { why: Phrase::new(text::cancelled::ONE_FAILED) }, env, effects);
            }
        }
        any = true;
    }
    any
}

/// What was taken back before anything of it was sent is passed over.
fn turn(engine: &Engine, op: &Operation) -> Turn {
    let mut before = op.after.as_ref();
    // None waits for a younger one; a journal that says so is not followed for ever.
    for _ in 0..=engine.operations.len() {
        let Some(one) = before.and_then(|id| engine.operation(id)) else { return Turn::Come };
        match &one.state {
            OpState::Ended(OpResult::Done) => return Turn::Come,
            OpState::Ended(OpResult::Cancelled { .. }) if !one.sent_any => before = one.after.as_ref(),
            OpState::Ended(_) => return Turn::Never,
            _ => return Turn::NotYet,
        }
    }
    Turn::Never
}

impl Engine {
    /// Whether an action takes a machine that runs out of service, so that of several one goes after the other.
    #[must_use]
    pub fn interrupts(&self, action: &Action) -> bool {
        let account = self.account(action.subject().account());
        account.is_some_and(|a| a.account.policy.interrupts(action, &a.inventory))
    }

    /// How many requests these actions take together, and how long the budget makes them last.
    #[must_use]
    pub fn forecast(&self, actions: &[Action]) -> Forecast {
        let mut names: Vec<&AccountName> = actions.iter().map(|a| a.subject().account()).collect();
        names.sort_unstable();
        names.dedup();
        let mut whole = Forecast { requests: 0, lasts: None, per_minute: None };
        for account in names.into_iter().filter_map(|name| self.account(name)) {
            let policy = &account.account.policy;
            // One read of a list serves the checks of all that were confirmed together.
            let mut checks: Vec<ListKey> = Vec::new();
            let mut requests = 0;
            for action in actions.iter().filter(|a| *a.subject().account() == account.account.name) {
                for list in lists::of_targets(action, account) {
                    if !checks.contains(&list) {
                        checks.push(list);
                    }
                }
                let steps = policy.plan(action, &account.inventory);
                let calls = steps.iter().filter(|s| matches!(s, Step::Call { .. })).count();
                // Each later call is checked against a read of its own, but for rules, which one read serves.
                let is_rule = |step: &Step| step.call().is_some_and(|call| call.rule().is_some());
                let rules_after = |pair: &&[Step]| pair.iter().all(is_rule);
                let served = steps.windows(2).filter(rules_after).count();
                requests += calls + calls.saturating_sub(1 + served);
            }
            requests += checks.iter().map(|list| policy.requests(list) as usize).sum::<usize>();
            whole.requests += requests;
            let Some(per_minute) = account.per_minute().filter(|n| *n > 0) else { continue };
            let minutes = u64::try_from(requests).unwrap_or(u64::MAX).div_ceil(u64::from(per_minute));
            let lasts = Duration::from_secs(minutes.saturating_mul(60));
            if whole.lasts.is_none_or(|known| lasts > known) {
                (whole.lasts, whole.per_minute) = (Some(lasts), Some(per_minute));
            }
        }
        whole
    }
}

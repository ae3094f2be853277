//! Operations and their steps: check, send, judge, wait. Longer than most files here because one state machine reads
//! best in one place.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::{
    AccountName, Action, Answer, Attempt, Budget, Call, Condition, Explained, Fault, Halt, Inventory, JournalRecord,
    Kind, ListKey, Monotonic, OpId, OpResult, OpState, Operation, Output, Phrase, PreState, Probe, Ready, Reconciled,
    Ref, Resource, ResourceId, ResourceRef, StatusKind, Step, StepMark, StoreStatus, Target, Timestamp, Verdict, Why,
    rule_edit, text,
};
use crate::engine::lists::{changed_by, checked_by, reconciled_by, resolved, watched_by};
use crate::engine::probes::{self, Probes};
use crate::engine::{AccountState, Change, Effect, Engine, Env, Notice, durations, invariants, progress, undo};

/// A read that a call is checked against, or that settled the step before it, is good for this long.
pub(super) const CHECK_GOOD_FOR: Duration = Duration::from_secs(15);
/// A call proven to have had no effect is sent again at most so often …
const MOST_ATTEMPTS: u32 = 10;
const LONGEST_TRY: Duration = Duration::from_secs(600);
/// Kept back for the list that is watched from all but the first of many calls.
pub(super) const KEPT_FOR_WATCHED: u32 = 2;
/// So long before the end of a countdown its check is read.
const CHECK_AHEAD: Duration = Duration::from_secs(3);
/// What was made may be missing from its list for so long.
const LISTED_WITHIN: Duration = Duration::from_secs(60);

pub(super) enum Needed {
    Nothing,
    /// One read of each, begun not before this moment, before its call may leave.
    Check(Vec<ListKey>, Monotonic),
    /// Reads without end, until they show what is waited for.
    Watch(Vec<ListKey>),
}

pub(super) fn lists_needed(op: &Operation, account: &AccountState, env: &Env) -> Needed {
    match (&op.state, op.step()) {
        // Read once towards its end, so that nothing waits when it is over.
        (OpState::Countdown { until }, Some(_)) if op.after.is_none() && until.since(env.tick) <= CHECK_AHEAD => {
            Needed::Check(checked_by(op, account), op.read_after)
        }
        (OpState::Checking, Some(Step::Call { .. })) => {
            let after = op.read_after.max(env.tick - CHECK_GOOD_FOR);
            Needed::Check(checked_by(op, account), after)
        }
        // No list shows it; one is read only as long as none shows where to try.
        (OpState::Watching, Some(Step::Wait(Condition::Answers { instance, port })))
            if !probes::targets(
                &account.inventory,
                probes::listened_to(op, instance.as_ref()).as_ref(),
                &Probe::Tcp(*port),
            )
            .is_empty() =>
        {
            Needed::Nothing
        }
        (OpState::Watching, Some(Step::Wait(condition))) => Needed::Watch(vec![watched_by(op, condition, account)]),
        (OpState::OutcomeUnknown, Some(Step::Call { call, .. })) => {
            Needed::Watch(reconciled_by(call, &op.pre_state, account))
        }
        _ => Needed::Nothing,
    }
}

/// Whether nothing was sent for an earlier step, so that its next call is still bound to what the dialog showed.
pub(super) fn is_first_call(op: &Operation) -> bool {
    !op.attempts.iter().any(|attempt| attempt.step < op.at)
}

/// Whether a person waits for the call: the first of what was confirmed. All others leave requests for the list that
/// is watched.
pub(super) fn is_urgent(op: &Operation) -> bool {
    op.alone && is_first_call(op)
}

/// How many requests the call of an operation leaves for others. An allowance so small that its check, the call and a
/// person's two would not fit beside them leaves none: the check would be spent again and again and the call never go.
pub(super) fn kept_from(op: &Operation, watching: bool, account: &AccountState) -> u32 {
    if !watching || is_urgent(op) {
        return 0;
    }
    account.per_minute().map_or(KEPT_FOR_WATCHED, |allowed| KEPT_FOR_WATCHED.min(allowed.saturating_sub(4)))
}

/// Whether the budget alone holds calls back that are not urgent.
pub(super) fn pending(op: &Operation, env: &Env) -> bool {
    !is_urgent(op)
        && match &op.state {
            OpState::Checking => true,
            OpState::Queued { not_before, .. } => not_before.is_none_or(|at| at <= env.wall),
            _ => false,
        }
}

/// Moves every operation on as far as what is known allows.
pub(super) fn advance_all(engine: &mut Engine, env: &Env, effects: &mut Vec<Effect>) {
    let Engine { accounts, operations, process, ledger, probes, .. } = engine;
    let durations = &ledger.durations;
    for op in operations.iter_mut().filter(|o| !o.is_over() && o.owner == *process) {
        if let Some(account) = accounts.iter().find(|a| a.account.name == op.account) {
            // A step that is done makes room for the next; each pass ends one.
            let mut left = op.steps.len() * 3 + 3;
            while left > 0 && advance(op, account, probes, env, effects) {
                left -= 1;
            }
            progress::tell_late(op, accounts, durations, env, effects);
            if op.state == OpState::OutcomeUnknown
                && shows_nothing(op, account, progress::doubtful_after(op, accounts, durations, env))
            {
                halt(op, effects);
            }
        }
    }
}

/// Moves one operation on by one transition; whether it did.
fn advance(op: &mut Operation, account: &AccountState, probes: &Probes, env: &Env, effects: &mut Vec<Effect>) -> bool {
    if crate::engine::journal_replay::ask_again(op, env) {
        return true;
    }
    match (&op.state, op.step().cloned()) {
        (OpState::Countdown { until }, _) if *until <= env.tick => {
            op.state = if op.after.is_some() { OpState::Turn } else { OpState::Checking };
            true
        }
        // Its turn came.
        (OpState::Turn, _) if op.after.is_none() => {
            op.state = OpState::Checking;
            op.step_since = env.tick;
            true
        }
        (OpState::Checking, Some(Step::Call { needs, .. })) => compare(op, needs, account, env, effects),
        (OpState::Checking | OpState::Queued { .. }, Some(Step::Wait(_))) => {
            op.state = OpState::Watching;
            true
        }
        (OpState::Checking | OpState::Queued { .. }, Some(Step::Settle { at_least })) => {
            op.state = OpState::Settling { until: env.tick + account.account.lasts(at_least) };
            true
        }
        // A check that has grown old while the budget held the call back is made again.
        (OpState::Queued { not_before, .. }, Some(Step::Call { .. })) => {
            let held = not_before.is_some_and(|at| at > env.wall);
            let old = checked_by(op, account).iter().any(|list| {
                let started_at = account.inventory.started_at(list);
                started_at.is_none_or(|b| env.tick.since(b) > CHECK_GOOD_FOR)
            });
            if old && !held {
                op.state = OpState::Checking;
            }
            old && !held
        }
        // The next call looked, found it not done yet, and looks again.
        (OpState::Settling { until }, Some(Step::Call { .. })) if *until <= env.tick => {
            op.state = OpState::Checking;
            op.read_after = env.tick;
            true
        }
        (OpState::Settling { until }, _) if *until <= env.tick => {
            step_done(op, env, effects);
            true
        }
        (OpState::Watching, Some(Step::Wait(Condition::Answers { instance, port }))) => {
            listen(op, instance.as_ref(), port, (account, probes), env, effects)
        }
        (OpState::Watching, Some(Step::Wait(condition))) => watch(op, &condition, account, env, effects),
        (OpState::OutcomeUnknown | OpState::Halted(Halt::OutcomeUnknown), Some(Step::Call { call, .. })) => {
            reconcile(op, &call, account, env, effects)
        }
        (OpState::Ended(_), _) | (_, Some(_)) => false,
        (_, None) => {
            finish(op, env, effects);
            false
        }
    }
}

/// Compares what a fresh read shows with what was confirmed, once there is one; whether there was.
fn compare(
    op: &mut Operation,
    needs: Option<StatusKind>,
    account: &AccountState,
    env: &Env,
    effects: &mut Vec<Effect>,
) -> bool {
    let lists = checked_by(op, account);
    let fresh = |list: &ListKey| {
        let started_at = account.inventory.started_at(list);
        started_at.is_some_and(|b| b >= op.read_after && env.tick.since(b) <= CHECK_GOOD_FOR)
    };
    if !lists.iter().all(fresh) {
        // What it is about went while the operation was under way.
        let is_gone = lists.iter().any(|list| is_not_found(list, op, account));
        if is_gone {
            let name = op.action.subject().name.as_str();
            fail(op, text::overtaken::gone(name), env, effects);
        }
        return is_gone;
    }
    if still_settles(op, needs, &account.inventory, env) {
        op.state = OpState::Settling { until: env.tick + CHECK_GOOD_FOR };
    } else if let Some(overtaken) = overtaken(op, needs, &account.inventory) {
        fail(op, overtaken, env, effects);
    } else {
        check(op, account, env, effects);
    }
    true
}

fn finish(op: &mut Operation, env: &Env, effects: &mut Vec<Effect>) {
    if let Some(what) = op.undoes.clone() {
        let what = text::failed::undone(what);
        tell_failed(op, &what, effects);
        return end(op, OpResult::Failed { what, said: None }, env, effects);
    }
    end(op, OpResult::Done, env, effects);
    let (verb, name) = (op.action.verb(), op.action.subject().name.as_str());
    let phrase = match op.steps.last() {
        Some(Step::Wait(Condition::Resized { .. })) => text::op::done_resize(name),
        _ if starts_last(op) => text::op::done_restore(verb, name),
        _ => text::op::done(verb, name),
    };
    effects.push(Effect::Tell(Notice { what: phrase, bad: false, op: Some(op.id.clone()), alert: true }));
}

/// What a fresh read says of the next call: it is ready to be sent, all is so already, or it makes no sense any more.
fn check(op: &mut Operation, account: &AccountState, env: &Env, effects: &mut Vec<Effect>) {
    let Some(Step::Call { call, .. }) = op.step() else { return };
    if call.firewall() == Some(&Ref::OutputFirewall) {
        if find_made(op, &Ref::OutputFirewall, account, effects).is_none() {
            fail(op, Phrase::new(text::failed::MADE_UNKNOWN), env, effects);
        }
        return;
    }
    // A rule that cannot be sent is refused before the first request.
    let policy = &account.account.policy;
    let rules = op.calls_from(op.at + 1).filter(|(_, later)| !op.sent_any && later.rule().is_some());
    let cannot = rules.map(|(_, later)| policy.ready(later, &account.inventory)).find_map(|ready| match ready {
        Ready::Cannot(why) => Some(why),
        _ => None,
    });
    if let Some(why) = cannot {
        fail(op, why, env, effects);
        return;
    }
    match policy.ready(call, &account.inventory) {
        Ready::Send(completed) => {
            if let Some(Step::Call { call, .. }) = op.steps.get_mut(op.at) {
                *call = completed;
            }
            op.state = OpState::Queued { not_before: None, why: None };
        }
        Ready::AlreadySo => {
            let record = JournalRecord::Reconciled { step: op.at, took_effect: true, by: Why::Shown };
            effects.push(Effect::Record { op: op.id.clone(), record });
            // Nothing was sent for it, so that its wait tells nothing of how long it takes.
            op.sent = None;
            step_done(op, env, effects);
        }
        Ready::Cannot(why) => fail(op, why, env, effects),
    }
}

/// Whether it wrote a disk again and ended with the machine on: that it runs is then all that the provider tells.
fn starts_last(op: &Operation) -> bool {
    let last = op.steps.last();
    op.action.verb().overwrites() && matches!(last, Some(Step::Wait(Condition::InstanceIs(_, StatusKind::Running))))
}

/// Whether a provider that was to be left alone for a while still shows a state that passes by itself: then the next
/// call waits for it instead of giving up.
fn still_settles(op: &Operation, needs: Option<StatusKind>, inventory: &Inventory, env: &Env) -> bool {
    let settled = op.at.checked_sub(1).and_then(|i| op.steps.get(i));
    let (Some(Step::Settle { .. }), Some(needed)) = (settled, needs) else { return false };
    let Some(Step::Call { call, .. }) = op.step() else { return false };
    let Some(instance) = call.instance().and_then(|id| inventory.instance(id)) else { return false };
    let passes = instance.status.is_under_way() || instance.status.kind() == StatusKind::Unknown;
    instance.status.kind() != needed && passes && env.tick.since(op.step_since) < LONGEST_TRY
}

/// What the dialog showed, or the step needs, against what a fresh read shows; `None` where it is the same.
fn overtaken(op: &Operation, needs: Option<StatusKind>, inventory: &Inventory) -> Option<Phrase> {
    if is_first_call(op) {
        let differs = op.action.targets().into_iter().find_map(|target| differs(target, target.status, inventory));
        return differs.or_else(|| rules_differ(&op.action, inventory));
    }
    let Some(Step::Call { call, .. }) = op.step() else { return None };
    let id = call.instance()?;
    let target = op.action.targets().into_iter().find(|t| t.id() == id);
    let Some(instance) = inventory.instance(id) else {
        return Some(text::overtaken::gone(target.map_or(id.as_str(), |t| t.name.as_str())));
    };
    if let Some(target) = target
        && target.name != instance.name
    {
        return Some(renamed(target, &instance.name));
    }
    if op.action.verb().saves() && matches!(call, Call::Destroy { .. }) {
        let saved = resolved(op, &Ref::OutputSnapshot).and_then(|id| inventory.snapshot(&id));
        if saved.is_none_or(|s| s.status != StoreStatus::Available) {
            return Some(text::overtaken::no_copy(instance.name.as_str()));
        }
    }
    match needs {
        Some(needed) if instance.status.kind() != needed => {
            Some(text::overtaken::step(instance.name.as_str(), instance.raw_status.as_str(), kind_phrase(needed)))
        }
        _ => None,
    }
}

fn differs(target: &Target, shown: StatusKind, inventory: &Inventory) -> Option<Phrase> {
    let Some(found) = inventory.find(target.resource.kind, target.id()) else {
        return Some(text::overtaken::gone(target.name.as_str()));
    };
    if found.name() != target.name {
        return Some(renamed(target, found.name()));
    }
    if found.status() != shown {
        return Some(text::overtaken::status(
            target.name.as_str(),
            kind_phrase(shown),
            kind_phrase(found.status()),
            found.raw_status(),
        ));
    }
    None
}

/// Whether somebody else changed the rules that are to be replaced.
pub(super) fn rules_differ(action: &Action, inventory: &Inventory) -> Option<Phrase> {
    let (firewall, was) = action.replaced_rules()?;
    let now = inventory.rules(firewall.id())?;
    let changed = || rule_edit::told(was, &now.rules);
    // What the provider writes otherwise was not changed by anybody.
    (!rule_edit::same_set(&now.rules, was)).then(|| text::overtaken::rules(firewall.name.as_str(), changed()))
}

fn renamed(target: &Target, now: &str) -> Phrase {
    text::overtaken::renamed(target.name.as_str(), now)
}

#[must_use]
pub fn kind_phrase(kind: StatusKind) -> Phrase {
    Phrase::new(match kind {
        StatusKind::Creating => text::status::CREATING,
        StatusKind::Importing => text::status::IMPORTING,
        StatusKind::Stopped => text::status::STOPPED,
        StatusKind::Starting => text::status::STARTING,
        StatusKind::Running => text::status::RUNNING,
        StatusKind::Stopping => text::status::STOPPING,
        StatusKind::Available => text::status::AVAILABLE,
        StatusKind::InUse => text::status::IN_USE,
        StatusKind::Error => text::status::ERROR,
        StatusKind::Saving => text::status::SAVING,
        StatusKind::Restoring => text::status::RESTORING,
        StatusKind::Destroying => text::status::DESTROYING,
        StatusKind::Deleting => text::status::DELETING,
        StatusKind::Rebooting => text::status::REBOOTING,
        StatusKind::Rebuilding => text::status::REBUILDING,
        StatusKind::Resizing => text::status::RESIZING,
        StatusKind::ConfirmResize => text::status::CONFIRM_RESIZE,
        StatusKind::Paused => text::status::PAUSED,
        StatusKind::Suspended => text::status::SUSPENDED,
        StatusKind::Shelved => text::status::SHELVED,
        StatusKind::Rescue => text::status::RESCUE,
        StatusKind::Unknown | StatusKind::None => text::status::OTHER,
    })
}

/// The operation whose call may go next in an account, and how many requests it leaves for others.
pub(super) fn ready(engine: &Engine, account: &AccountName, env: &Env) -> Option<(OpId, u32)> {
    let ours = || engine.ours().filter(|o| o.account == *account);
    // A person's action before a step of what already runs, older before younger.
    let op = ours()
        .filter(|o| match &o.state {
            OpState::Queued { not_before, .. } => not_before.is_none_or(|at| at <= env.wall),
            _ => false,
        })
        .min_by_key(|o| (!is_urgent(o), o.confirmed))?;
    let watching = ours().any(|o| matches!(o.state, OpState::Watching | OpState::OutcomeUnknown));
    Some((op.id.clone(), kept_from(op, watching, engine.account(account)?)))
}

/// Sends the call of an operation that is ready, unless what was read last says otherwise; whether it did. The engine's
/// only way to a change.
pub(super) fn send(engine: &mut Engine, id: &OpId, env: &Env, effects: &mut Vec<Effect>) -> bool {
    let Engine { accounts, operations, .. } = engine;
    let Some(op) = operations.iter_mut().find(|o| o.id == *id) else { return false };
    let Some(account) = accounts.iter_mut().find(|a| a.account.name == op.account) else { return false };
    // What was read since then is the last word.
    check(op, account, env, effects);
    let Some(Step::Call { call, .. }) = op.step().cloned().filter(|_| matches!(op.state, OpState::Queued { .. }))
    else {
        return false;
    };
    let is_first = is_first_call(op);
    op.pre_state = pre_state(&call, &account.inventory, env.wall);
    if op.attempt == 0 {
        op.reached = 0.0;
    }
    op.attempt += 1;
    op.attempts.push(Attempt::new(op.at, op.attempt, env.wall));
    op.sent = Some(env.tick);
    op.first_sent.get_or_insert(env.tick);
    op.state = OpState::Sending;
    op.sent_any = true;
    if let Some(rule) = invariants::broken_by(op) {
        op.attempts.pop();
        fail(op, text::failed::own_rule(rule), env, effects);
        return false;
    }
    account.sent(1, env.wall);
    effects.push(Effect::Change(Box::new(Change {
        account: op.account.clone(),
        op: op.id.clone(),
        step: op.at,
        attempt: op.attempt,
        call,
        outputs: op.outputs.clone(),
        pre_state: op.pre_state.clone(),
        guards: if is_first { crate::engine::protect::guards(&op.action) } else { Vec::new() },
    })));
    true
}

fn pre_state(call: &Call, inventory: &Inventory, now: Timestamp) -> PreState {
    let status = call.instance().and_then(|id| inventory.instance(id)).map(|i| i.status.kind());
    let ids: Vec<ResourceId> = match call {
        Call::SaveVolume { .. } => inventory.snapshots().map(|s| s.id.clone()).collect(),
        Call::TakeSnapshot { .. } | Call::RetakeSnapshot { .. } | Call::DeleteSnapshot { .. } => {
            let all = call.instance().and_then(|of| inventory.snapshots_of(of)).unwrap_or_default();
            all.iter().map(|s| s.id.clone()).collect()
        }
        Call::CreateInstance { .. } => inventory.instances().iter().map(|i| i.id.clone()).collect(),
        Call::CreateVolume { .. } => inventory.volumes().iter().map(|v| v.id.clone()).collect(),
        Call::CreateFirewall { .. } | Call::DeleteFirewall { .. } => {
            inventory.firewalls().iter().map(|f| f.id.clone()).collect()
        }
        Call::AddKey { .. } | Call::DeleteKey { .. } => inventory.keys().iter().map(|k| k.id.clone()).collect(),
        Call::CreateApiKey {} | Call::DeleteApiKey { .. } => {
            inventory.api_keys().iter().map(|k| k.id.clone()).collect()
        }
        _ => Vec::new(),
    };
    PreState { status, ids, at: now, size_gb: progress::size_of(call, inventory) }
}

/// An answer came. It counts only for the very attempt that waits for it.
#[allow(clippy::too_many_arguments, reason = "the fields of one message")]
pub(super) fn answered(
    engine: &mut Engine,
    id: &OpId,
    step: usize,
    attempt: u32,
    answer: Answer,
    budget: Budget,
    env: &Env,
    effects: &mut Vec<Effect>,
) {
    let Engine { accounts, operations, wished, .. } = engine;
    let Some(op) = operations.iter_mut().find(|o| o.id == *id) else { return };
    let Some(account) = accounts.iter_mut().find(|a| a.account.name == op.account) else { return };
    account.ended(1, budget, env.tick);
    if op.state != OpState::Sending || op.at != step || op.attempt != attempt {
        return;
    }
    let Some(Step::Call { call, .. }) = op.step().cloned() else { return };
    if !answer.is_attempt() {
        op.attempts.pop();
    } else if let Some(sent) = op.attempts.last_mut() {
        sent.take(&answer, env.wall);
    }
    if let Answer::NotJournalled { said } = &answer {
        fail(op, said.clone(), env, effects);
        return;
    }
    // Our own rate limiter held it back.
    if let Answer::OverBudget { until } = answer {
        let until = account.held_back(until, env.wall);
        hold_back(op, until);
        return;
    }
    let verdict = account.account.policy.judge(&call, &answer);
    let is_done = matches!(verdict, Verdict::TookEffect | Verdict::TookEffectIfGone);
    let holds = matches!(verdict, Verdict::NoEffect { .. }) || (is_done && stays_true(op, &call));
    if !holds {
        op.read_after = account.reads_from(env.tick);
    }
    if !durations::tells(&answer) {
        op.sent = None;
    }
    match verdict {
        Verdict::TookEffect | Verdict::TookEffectIfGone => {
            if let Answer::Replied { outputs, .. } = answer {
                for output in outputs {
                    learn(op, output, effects);
                }
            }
            step_done(op, env, effects);
            reread(op, &call, account, wished, env);
        }
        Verdict::NoEffect { why, not_before } => try_again(op, why, not_before, env, effects),
        Verdict::Refused(explained) => fail_with(op, explained.told(), Some(explained), env, effects),
        Verdict::Unknown => {
            op.state = OpState::OutcomeUnknown;
            op.step_since = env.tick;
            effects.push(Effect::Record { op: op.id.clone(), record: JournalRecord::OutcomeUnknown { step: op.at } });
        }
    }
}

/// Whether the read that a rule's change was checked against still holds for the step after it: that changes another
/// rule, and no later one is about an equal rule.
fn stays_true(op: &Operation, call: &Call) -> bool {
    let Some(rule) = call.rule() else { return false };
    let next = op.steps.get(op.at + 1).and_then(Step::call);
    let is_equal = |later: &Call| later.rule().is_some_and(|other| rule_edit::means_same(rule, other));
    next.is_some_and(|next| next.rule().is_some()) && !op.calls_from(op.at + 1).any(|(_, later)| is_equal(later))
}

/// Nothing was sent: the call waits again, as before this attempt.
fn hold_back(op: &mut Operation, until: Timestamp) {
    op.attempt -= 1;
    op.sent_any = op.attempt > 0 || !is_first_call(op);
    if op.attempt == 0 {
        op.first_sent = None;
    }
    op.state = OpState::Queued { not_before: Some(until), why: None };
}

/// Where no wait looks what became of a call, the list that it changed is read once more, after the last of those that
/// change it.
fn reread(
    op: &Operation,
    call: &Call,
    account: &AccountState,
    wished: &mut BTreeMap<(AccountName, ListKey), Monotonic>,
    env: &Env,
) {
    let read_later = match op.step() {
        Some(Step::Wait(condition)) => vec![watched_by(op, condition, account)],
        next => next.and_then(Step::call).map(|next| changed_by(next, account)).unwrap_or_default(),
    };
    for list in changed_by(call, account).into_iter().filter(|list| !read_later.contains(list)) {
        wished.insert((op.account.clone(), list), env.tick);
    }
}

/// The same request once more after a pause, unless it was tried long enough.
fn try_again(op: &mut Operation, why: Phrase, not_before: Option<Timestamp>, env: &Env, effects: &mut Vec<Effect>) {
    let pause = Duration::from_secs(u64::from(op.attempt) * 5).min(Duration::from_secs(30));
    // The provider's own moment counts, unless it is past: then it would be asked again and again.
    let soonest = env.wall + Duration::from_secs(u64::from(op.attempt));
    let next = not_before.map_or(env.wall + pause, |at| at.max(soonest));
    let tried_for = op.first_sent.map_or(Duration::ZERO, |at| env.tick.since(at));
    if op.attempt >= MOST_ATTEMPTS || tried_for + next.since(env.wall) > LONGEST_TRY {
        fail(op, text::failed::attempts(u64::from(op.attempt), why), env, effects);
    } else {
        op.state = OpState::Queued { not_before: Some(next), why: Some(why) };
    }
}

fn learn(op: &mut Operation, output: Output, effects: &mut Vec<Effect>) {
    effects.push(Effect::Record { op: op.id.clone(), record: JournalRecord::Output { output: output.clone() } });
    // A secret is handed on and not kept.
    if let Output::Secret { of, name, value } = output {
        if !value.is_empty() {
            effects.push(Effect::Secret { account: op.account.clone(), of, name, value });
        }
        return;
    }
    op.learn(output);
}

/// Ends the present step well and begins the next.
pub(super) fn step_done(op: &mut Operation, env: &Env, effects: &mut Vec<Effect>) {
    effects.push(Effect::Record { op: op.id.clone(), record: JournalRecord::StepDone { step: op.at } });
    if let Some(mark) = op.marks.get_mut(op.at) {
        *mark = StepMark::Done(env.tick.since(op.step_since));
    }
    progress::note(op, env);
    op.at += 1;
    if !matches!(op.step(), Some(Step::Wait(_))) {
        op.reached = 0.0;
    }
    if let Some(mark) = op.marks.get_mut(op.at) {
        *mark = StepMark::Now;
    }
    op.step_since = env.tick;
    op.attempt = 0;
    op.first_sent = None;
    // What settled a wait, begun just now, also serves the check of the call after it.
    op.state = OpState::Checking;
}

fn watch(
    op: &mut Operation,
    condition: &Condition,
    account: &AccountState,
    env: &Env,
    effects: &mut Vec<Effect>,
) -> bool {
    let list = watched_by(op, condition, account);
    // A list of a machine that is gone may itself be gone.
    let not_found = is_not_found(&list, op, account);
    let Some(started_at) = account.inventory.started_at(&list).filter(|b| *b >= op.read_after) else {
        if not_found && matches!(condition, Condition::SnapshotGone { .. }) {
            step_done(op, env, effects);
            return true;
        }
        return false;
    };
    match evaluate(op, condition, account, env, effects) {
        Met::Yes => {
            step_done(op, env, effects);
            // The read that met the wait is fresh enough for the next check.
            op.read_after = started_at;
            true
        }
        Met::NotYet => false,
        Met::Never(why) => {
            fail(op, why, env, effects);
            true
        }
    }
}

/// Whether the lists show what is waited for.
fn evaluate(
    op: &mut Operation,
    condition: &Condition,
    account: &AccountState,
    env: &Env,
    effects: &mut Vec<Effect>,
) -> Met {
    match condition {
        Condition::InstanceIs(id, wanted) => compare_status(op, id, account, |kind| kind == *wanted),
        Condition::InstanceRests(id) => {
            compare_status(op, id, account, |kind| matches!(kind, StatusKind::Running | StatusKind::Stopped))
        }
        Condition::Resized { instance, plan } => compare_plan(op, instance, plan, account, env),
        Condition::InstanceGone(id) => yes_if(account.inventory.instance(id).is_none()),
        Condition::NewInstanceIs(wanted) => match find_made(op, &Ref::OutputInstance, account, effects) {
            None => Met::NotYet,
            Some(id) => match account.inventory.instance(&id) {
                Some(instance) if instance.status.kind() == *wanted => Met::Yes,
                // It is there and costs money all the same.
                Some(instance) if instance.status.kind() == StatusKind::Error => {
                    let said = instance.trouble.as_ref().map_or(instance.raw_status.as_str(), |trouble| &trouble.said);
                    Met::Never(text::failed::made(instance.name.as_str(), said))
                }
                None if env.tick.since(op.step_since) >= LISTED_WITHIN => {
                    Met::Never(text::overtaken::gone(id.as_str()))
                }
                _ => Met::NotYet,
            },
        },
        // No list shows it: see `listen`.
        Condition::Answers { .. } => Met::NotYet,
        Condition::FirewallOn { firewall, instance, on } => {
            let shown = resolved(op, firewall).and_then(|id| account.inventory.stands_on(&id, instance));
            match shown == Some(*on) {
                true => Met::Yes,
                // It was written, and somebody else wrote it otherwise.
                false if env.tick.since(op.step_since) >= LISTED_WITHIN => {
                    Met::Never(Phrase::new(text::failed::NOT_STAYED))
                }
                false => Met::NotYet,
            }
        }
        Condition::SnapshotAvailable { which, .. } => available(op, (which, Kind::Snapshot), account, env, effects),
        Condition::VolumeAvailable(which) => available(op, (which, Kind::Volume), account, env, effects),
        Condition::VolumeGone(which) => volume_gone(op, which, account),
        Condition::SnapshotGone { which, .. } => match resolved(op, which) {
            Some(id) => yes_if(account.inventory.snapshot(&id).is_none()),
            None => Met::NotYet,
        },
    }
}

/// Whether a snapshot or volume is there and of use.
fn available(
    op: &mut Operation,
    (which, kind): (&Ref, Kind),
    account: &AccountState,
    env: &Env,
    effects: &mut Vec<Effect>,
) -> Met {
    let Some(id) = find_made(op, which, account, effects) else { return Met::NotYet };
    match account.inventory.find(kind, &id) {
        None if env.tick.since(op.step_since) < LISTED_WITHIN => Met::NotYet,
        None => Met::Never(text::overtaken::gone(id.as_str())),
        Some(found) if found.status() == StatusKind::Available => Met::Yes,
        Some(found) => not_unless_failed(found),
    }
}

fn volume_gone(op: &Operation, which: &Ref, account: &AccountState) -> Met {
    let Some(id) = resolved(op, which) else { return Met::NotYet };
    account.inventory.find(Kind::Volume, &id).map_or(Met::Yes, not_unless_failed)
}

fn not_unless_failed(found: Resource<'_>) -> Met {
    match found.status() {
        StatusKind::Error => Met::Never(text::failed::error_state(found.name(), found.raw_status())),
        _ => Met::NotYet,
    }
}

fn compare_status(
    op: &Operation,
    id: &ResourceId,
    account: &AccountState,
    is_wanted: impl Fn(StatusKind) -> bool,
) -> Met {
    match account.inventory.instance(id) {
        Some(instance) if is_wanted(instance.status.kind()) => Met::Yes,
        Some(instance) if instance.status.kind() == StatusKind::Error => {
            Met::Never(text::failed::error_state(instance.name.as_str(), instance.raw_status.as_str()))
        }
        Some(_) => Met::NotYet,
        None => Met::Never(text::overtaken::gone(op.action.subject().name.as_str())),
    }
}

/// Whether a resize is done. A provider that cannot do it takes the request all the same, and shows the machine with the
/// plan that it had.
fn compare_plan(op: &Operation, id: &ResourceId, plan: &ResourceId, account: &AccountState, env: &Env) -> Met {
    let has_it = account.inventory.instance(id).is_some_and(|instance| instance.plan.as_ref() == Some(plan));
    let rests = |kind: StatusKind| matches!(kind, StatusKind::Running | StatusKind::Stopped);
    match compare_status(op, id, account, |kind| kind == StatusKind::ConfirmResize || rests(kind)) {
        Met::Yes if has_it => Met::Yes,
        Met::Yes if env.tick.since(op.step_since) >= LISTED_WITHIN => {
            Met::Never(Phrase::new(text::failed::NOT_RESIZED))
        }
        Met::Yes => Met::NotYet,
        other => other,
    }
}

/// Whether a list that an operation needs is gone, since the one thing it is of is.
fn is_not_found(list: &ListKey, op: &Operation, account: &AccountState) -> bool {
    let is_of_one = matches!(list, ListKey::Rules(_) | ListKey::Snapshots(Some(_)));
    is_of_one
        && account.inventory.lists.get(list).is_some_and(|remote| {
            matches!(&remote.fault, Some(Fault::Refused { status: 404, .. }))
                && remote.failed.is_some_and(|at| at >= op.read_after)
        })
}

/// Waits for a machine to answer: without end, unless it is gone.
fn listen(
    op: &mut Operation,
    instance: Option<&ResourceId>,
    port: u16,
    (account, probes): (&AccountState, &Probes),
    env: &Env,
    effects: &mut Vec<Effect>,
) -> bool {
    let Some(id) = probes::listened_to(op, instance) else { return false };
    let of = ResourceRef::new(&op.account, Kind::Instance, &id);
    if probes.answered_since(&of, &Probe::Tcp(port), op.step_since) {
        step_done(op, env, effects);
        return true;
    }
    let read = account.inventory.started_at(&ListKey::Instances).is_some_and(|started_at| started_at > op.step_since);
    if read && account.inventory.instance(&id).is_none() {
        fail(op, text::overtaken::gone(op.action.subject().name.as_str()), env, effects);
        return true;
    }
    false
}

enum Met {
    Yes,
    NotYet,
    Never(Phrase),
}

const fn yes_if(met: bool) -> Met {
    if met { Met::Yes } else { Met::NotYet }
}

/// The id of what an earlier step made: learnt from its answer, else the one of its name that was not there before.
fn find_made(op: &mut Operation, which: &Ref, account: &AccountState, effects: &mut Vec<Effect>) -> Option<ResourceId> {
    if resolved(op, which).is_none() {
        let call = op.steps[..op.at].iter().rev().find_map(Step::call)?.clone();
        learn_made(op, &call, account, effects);
    }
    resolved(op, which)
}

/// Learns from the lists what a call made of which no answer told.
pub(super) fn learn_made(op: &mut Operation, call: &Call, account: &AccountState, effects: &mut Vec<Effect>) {
    made(call, &account.inventory, &op.pre_state).into_iter().for_each(|made| learn(op, made, effects));
}

/// What a call made: the one thing that was not there before and bears the name that was asked for.
fn made(call: &Call, inventory: &Inventory, pre_state: &PreState) -> Option<Output> {
    let new = |all: Vec<(&ResourceId, &String)>, name: &str| {
        let mut new = all.into_iter().filter(|(id, called)| pre_state.made(name, (id, called)));
        let found = new.next().map(|(id, _)| id.clone());
        if new.next().is_some() { None } else { found }
    };
    match call {
        // The image of a volume names no instance.
        Call::SaveVolume { name, .. } => {
            new(inventory.snapshots().map(|s| (&s.id, &s.name)).collect(), name).map(Output::Snapshot)
        }
        Call::TakeSnapshot { instance, name } => {
            let all = inventory.snapshots_of(instance)?;
            new(all.iter().map(|s| (&s.id, &s.name)).collect(), name).map(Output::Snapshot)
        }
        Call::CreateInstance { order } => {
            new(inventory.instances().iter().map(|i| (&i.id, &i.name)).collect(), &order.name).map(Output::Instance)
        }
        Call::CreateVolume { volume } => {
            new(inventory.volumes().iter().map(|v| (&v.id, &v.name)).collect(), &volume.name).map(Output::Volume)
        }
        Call::CreateFirewall { name, .. } => {
            new(inventory.firewalls().iter().map(|f| (&f.id, &f.name)).collect(), name).map(Output::Firewall)
        }
        Call::AddKey { key } => {
            new(inventory.keys().iter().map(|k| (&k.id, &k.name)).collect(), &key.name).map(Output::Key)
        }
        _ => None,
    }
}

/// What the provider shows settles an unknown outcome. Where a person is asked already, only a yes does.
fn reconcile(op: &mut Operation, call: &Call, account: &AccountState, env: &Env, effects: &mut Vec<Effect>) -> bool {
    if !read_since(op, call, account, op.read_after) {
        return false;
    }
    let asked = op.state != OpState::OutcomeUnknown;
    let settled = match account.account.policy.reconcile(call, &op.pre_state, &account.inventory, env.wall) {
        Reconciled::Yes => true,
        _ if asked => return false,
        Reconciled::NotYet => return false,
        Reconciled::Cannot => {
            halt(op, effects);
            return true;
        }
        Reconciled::No => false,
    };
    if settled {
        learn_made(op, call, account, effects);
    }
    effects.push(Effect::Record {
        op: op.id.clone(),
        record: JournalRecord::Reconciled { step: op.at, took_effect: settled, by: Why::Shown },
    });
    if settled {
        step_done(op, env, effects);
    } else {
        fail(op, Phrase::new(text::failed::NO_EFFECT), env, effects);
    }
    true
}

/// Whether everything that settles a call was read since.
fn read_since(op: &Operation, call: &Call, account: &AccountState, since: Monotonic) -> bool {
    reconciled_by(call, &op.pre_state, account)
        .iter()
        .all(|list| account.inventory.started_at(list).is_some_and(|started_at| started_at >= since))
}

/// Whether what was read after that moment still does not show what became of a request.
fn shows_nothing(op: &Operation, account: &AccountState, after: Monotonic) -> bool {
    let Some(Step::Call { call, .. }) = op.step() else { return false };
    read_since(op, call, account, after.max(op.read_after))
}

/// Nothing shows what became of its request: a person decides.
fn halt(op: &mut Operation, effects: &mut Vec<Effect>) {
    op.state = OpState::Halted(Halt::OutcomeUnknown);
    effects.push(Effect::Tell(Notice {
        what: text::op::halted(op.action.verb(), op.action.subject().name.as_str()),
        bad: true,
        op: Some(op.id.clone()),
        alert: true,
    }));
}

fn fail(op: &mut Operation, what: Phrase, env: &Env, effects: &mut Vec<Effect>) {
    fail_with(op, what, None, env, effects);
}

/// What was made for it is taken away again first, where there is such a thing. `said`: the provider's refusal.
fn fail_with(op: &mut Operation, what: Phrase, said: Option<Explained>, env: &Env, effects: &mut Vec<Effect>) {
    let (what, said) = match op.undoes.take() {
        Some(first) => (text::failed::not_undone(first, what), None),
        None if undo::begin(op, &what, env, effects) => return,
        None => (what, said),
    };
    tell_failed(op, &what, effects);
    end(op, OpResult::Failed { what, said }, env, effects);
}

fn tell_failed(op: &Operation, what: &Phrase, effects: &mut Vec<Effect>) {
    effects.push(Effect::Tell(Notice {
        what: text::op::failed(op.action.verb(), op.action.subject().name.as_str(), what.clone()),
        bad: true,
        op: Some(op.id.clone()),
        alert: true,
    }));
}

pub(super) fn end(op: &mut Operation, result: OpResult, env: &Env, effects: &mut Vec<Effect>) {
    effects.push(Effect::Ended { op: op.id.clone(), result: result.clone() });
    if let Some(mark) = op.marks.get_mut(op.at)
        && *mark == StepMark::Now
    {
        *mark = StepMark::Ended;
    }
    op.ended = Some(env.wall);
    op.took = Some(env.tick.since(op.confirmed));
    op.state = OpState::Ended(result);
}

/// The next moment at which an operation moves on by itself.
pub(super) fn next_deadline(engine: &Engine, env: &Env) -> Option<Monotonic> {
    engine
        .ours()
        .filter_map(|op| match &op.state {
            OpState::Countdown { until } => {
                let early = *until - CHECK_AHEAD;
                Some(if early > env.tick { early } else { *until })
            }
            OpState::Settling { until } => Some(*until),
            OpState::Queued { not_before: Some(at), .. } if *at > env.wall => Some(env.tick_at(*at)),
            OpState::Watching => {
                progress::late_at(op, &engine.accounts, &engine.ledger.durations).filter(|at| *at > env.tick)
            }
            _ => None,
        })
        .min()
}

//! What holds between any two messages, each rule by its name. All are looked at after every message in debug builds, and
//! so in every test; those of one operation also in what people run, before a change leaves.

use std::collections::HashSet;

use crate::domain::{Call, Halt, Kind, OpState, Operation, Ref, ResourceId, Step, StepMark};
use crate::engine::Engine;

struct Invariant<T> {
    name: &'static str,
    holds: fn(&T) -> bool,
}

/// Of an operation that this process carries on and that is not over.
const OPERATION: [Invariant<Operation>; 8] = [
    Invariant { name: "a-mark-for-each-step", holds: marks_follow_steps },
    Invariant { name: "its-state-fits-its-step", holds: state_fits_step },
    Invariant { name: "what-counts-down-has-sent-nothing", holds: nothing_sent_before_its_turn },
    Invariant { name: "what-is-sent-is-counted", holds: sent_is_counted },
    Invariant { name: "each-attempt-once", holds: attempts_once },
    Invariant { name: "what-is-sent-once-has-no-open-attempt-before", holds: sent_once },
    Invariant { name: "only-what-was-confirmed-is-changed", holds: changes_what_was_confirmed },
    Invariant { name: "what-is-in-doubt-was-sent", holds: doubt_was_sent },
];

const ENGINE: [Invariant<Engine>; 5] = [
    Invariant { name: "what-is-over-has-an-end", holds: ends_are_known },
    Invariant { name: "each-operation-once", holds: operations_once },
    Invariant { name: "one-open-operation-a-resource", holds: one_a_resource },
    Invariant { name: "each-waits-for-an-older-one", holds: waits_for_older },
    Invariant { name: "nothing-of-what-may-not-be-changed-is-sent", holds: read_only_sends_nothing },
];

/// The rule that an operation breaks.
#[must_use]
pub(super) fn broken_by(op: &Operation) -> Option<&'static str> {
    first_broken(&OPERATION, op)
}

/// A rule that does not hold, with the operation that breaks it where it is of one.
#[must_use]
pub(super) fn broken(engine: &Engine) -> Option<String> {
    let open = || engine.ours().filter(|op| !op.is_over());
    let of_one = open().find_map(|op| Some(format!("{}: {}", op.id, broken_by(op)?)));
    of_one.or_else(|| first_broken(&ENGINE, engine).map(str::to_owned))
}

fn first_broken<T>(rules: &[Invariant<T>], of: &T) -> Option<&'static str> {
    rules.iter().find(|rule| !(rule.holds)(of)).map(|rule| rule.name)
}

fn marks_follow_steps(op: &Operation) -> bool {
    let fits = |(n, mark): (usize, &StepMark)| match n.cmp(&op.at) {
        std::cmp::Ordering::Less if op.undoes.is_some() => matches!(mark, StepMark::Done(_) | StepMark::Ended),
        std::cmp::Ordering::Less => matches!(mark, StepMark::Done(_)),
        std::cmp::Ordering::Equal => *mark == StepMark::Now,
        std::cmp::Ordering::Greater => *mark == StepMark::Ahead,
    };
    op.marks.len() == op.steps.len() && op.at <= op.steps.len() && op.marks.iter().enumerate().all(fits)
}

fn state_fits_step(op: &Operation) -> bool {
    let step = op.step();
    match &op.state {
        OpState::Sending | OpState::OutcomeUnknown | OpState::Halted(_) | OpState::Queued { .. } => {
            matches!(step, Some(Step::Call { .. }))
        }
        OpState::Watching => matches!(step, Some(Step::Wait(_))),
        // The call after it looks, and may let more time pass.
        OpState::Settling { .. } => matches!(step, Some(Step::Settle { .. } | Step::Call { .. })),
        OpState::Countdown { .. } | OpState::Turn | OpState::Checking => step.is_some(),
        OpState::Ended(_) => false,
    }
}

fn nothing_sent_before_its_turn(op: &Operation) -> bool {
    let waits = matches!(op.state, OpState::Countdown { .. } | OpState::Turn);
    !waits || (!op.sent_any && op.at == 0 && op.attempts.is_empty())
}

fn sent_is_counted(op: &Operation) -> bool {
    let last = op.attempts.last().map(|last| (last.step, last.attempt, last.answered));
    op.state != OpState::Sending || (op.sent_any && last == Some((op.at, op.attempt, None)))
}

fn attempts_once(op: &Operation) -> bool {
    op.attempts.is_sorted_by(|a, b| (a.step, a.attempt) < (b.step, b.attempt))
}

/// Of an attempt that was answered it was judged whether it had an effect; of one that was not nobody can tell.
fn sent_once(op: &Operation) -> bool {
    let is_once = op.step().and_then(Step::call).is_some_and(Call::is_sent_once);
    let mut before = op.attempts.iter().rev().skip(1).take_while(|a| a.step == op.at);
    op.state != OpState::Sending || !is_once || before.all(|a| a.answered.is_some())
}

fn changes_what_was_confirmed(op: &Operation) -> bool {
    let call = op.step().and_then(Step::call);
    if let Some(Call::DeleteVolume { volume: Ref::Known(volume) }) = call {
        return op.action.targets().iter().any(|target| target.id() == volume)
            || op.outputs.iter().any(|output| output.id(Kind::Volume) == Some(volume));
    }
    let Some(instance) = call.and_then(Call::instance) else { return true };
    let is_it = |id: &ResourceId| id == instance;
    op.action.targets().iter().any(|target| is_it(target.id()))
        || op.action.holds().iter().any(|held| is_it(&held.id))
        || op.outputs.iter().any(|output| output.id(Kind::Instance).is_some_and(is_it))
}

fn doubt_was_sent(op: &Operation) -> bool {
    let in_doubt = matches!(op.state, OpState::OutcomeUnknown | OpState::Halted(Halt::OutcomeUnknown));
    !in_doubt || op.sent_any
}

fn ends_are_known(engine: &Engine) -> bool {
    engine.operations.iter().all(|op| op.is_over() == op.ended.is_some())
}

fn operations_once(engine: &Engine) -> bool {
    let mut seen = HashSet::new();
    engine.operations.iter().all(|op| seen.insert(&op.id))
}

/// Of those that were asked for here: what two processes are asked for at the same moment, their journal settles.
fn one_a_resource(engine: &Engine) -> bool {
    let here = format!("{}-", engine.process);
    let mut open = engine
        .ours()
        .filter(|op| !op.is_over() && !op.only_listens() && op.id.as_str().starts_with(&here))
        .filter(|op| !op.action.verb().joins_stop());
    let mut held = HashSet::new();
    open.all(|op| {
        let holds: HashSet<_> = op.action.holds().into_iter().collect();
        holds.into_iter().all(|resource| held.insert(resource))
    })
}

fn waits_for_older(engine: &Engine) -> bool {
    engine.operations.iter().all(|op| {
        let before = op.after.as_ref().and_then(|id| engine.operation(id));
        before.is_none_or(|before| before.id != op.id && before.asked <= op.asked)
    })
}

fn read_only_sends_nothing(engine: &Engine) -> bool {
    engine.ours().filter(|op| op.state == OpState::Sending).all(|op| {
        let account = engine.account(&op.account);
        account.is_some_and(|account| !account.account.read_only)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Action, Attempt, Kind, Monotonic, OpId, OpResult, PowerCall, StatusKind, Target, Timestamp};

    fn stop() -> Operation {
        let instance = Target::stateless(&"lab".into(), Kind::Instance, &"i".into(), "web");
        let steps = vec![call("i"), Step::Wait(crate::domain::Condition::InstanceIs("i".into(), StatusKind::Stopped))];
        let action = Action::Stop { instance };
        Operation::new(OpId::new("p-1"), "p".to_owned(), action, steps, Timestamp(0), Monotonic(0))
    }

    fn call(instance: &str) -> Step {
        Step::Call { call: Call::Power { instance: instance.into(), what: PowerCall::Stop }, needs: None }
    }

    fn create() -> Step {
        Step::Call { call: Call::CreateApiKey {}, needs: None }
    }

    fn sending(mut op: Operation, attempts: &[(u32, bool)]) -> Operation {
        let one = |(n, answered): &(u32, bool)| Attempt {
            answered: answered.then_some(Timestamp(1)),
            ..Attempt::new(0, *n, Timestamp(0))
        };
        op.attempts = attempts.iter().map(one).collect();
        op.attempt = attempts.last().map_or(0, |last| last.0);
        Operation { state: OpState::Sending, sent_any: true, ..op }
    }

    #[rstest::rstest]
    #[case(stop(), None)]
    #[case(sending(stop(), &[(1, false), (2, false)]), None)]
    #[case(Operation { at: 1, ..stop() }, Some("a-mark-for-each-step"))]
    #[case(Operation { state: OpState::Watching, ..stop() }, Some("its-state-fits-its-step"))]
    #[case(
        Operation { state: OpState::Turn, sent_any: true, ..stop() },
        Some("what-counts-down-has-sent-nothing")
    )]
    #[case(Operation { state: OpState::Sending, ..stop() }, Some("what-is-sent-is-counted"))]
    #[case(sending(stop(), &[(1, true), (1, false)]), Some("each-attempt-once"))]
    #[case(
        sending(Operation { steps: vec![create(), create()], ..stop() }, &[(1, false), (2, false)]),
        Some("what-is-sent-once-has-no-open-attempt-before")
    )]
    #[case(sending(Operation { steps: vec![create(), create()], ..stop() }, &[(1, true), (2, false)]), None)]
    #[case(
        Operation { steps: vec![call("another"), call("i")], ..stop() },
        Some("only-what-was-confirmed-is-changed")
    )]
    #[case(Operation { state: OpState::OutcomeUnknown, ..stop() }, Some("what-is-in-doubt-was-sent"))]
    fn each_rule_is_broken_by_what_it_forbids(#[case] op: Operation, #[case] rule: Option<&str>) {
        assert_eq!(broken_by(&op), rule);
    }

    fn engine(operations: Vec<Operation>) -> Engine {
        let mut engine = Engine::new("p".to_owned(), crate::domain::Safety::default(), crate::domain::Poll::default());
        engine.operations = operations;
        engine
    }

    #[rstest::rstest]
    #[case(vec![stop()], None)]
    #[case(vec![stop(), stop()], Some("each-operation-once"))]
    #[case(vec![stop(), Operation { id: OpId::new("p-2"), ..stop() }], Some("one-open-operation-a-resource"))]
    #[case(vec![Operation { after: Some(OpId::new("p-1")), ..stop() }], Some("each-waits-for-an-older-one"))]
    #[case(vec![Operation { ended: Some(Timestamp(0)), ..stop() }], Some("what-is-over-has-an-end"))]
    #[case(vec![sending(stop(), &[(1, false)])], Some("nothing-of-what-may-not-be-changed-is-sent"))]
    #[case(
        vec![Operation { state: OpState::Ended(OpResult::Done), ..stop() }],
        Some("what-is-over-has-an-end")
    )]
    fn so_is_each_of_the_whole(#[case] operations: Vec<Operation>, #[case] rule: Option<&str>) {
        assert_eq!(broken(&engine(operations)).as_deref(), rule);
    }
}

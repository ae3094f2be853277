//! What an operation made for something that then failed is taken away again, by steps of its own.

use crate::domain::{Call, Condition, JournalRecord, Kind, OpState, Operation, Phrase, Ref, Step, StepMark};
use crate::engine::{Effect, Env};

/// Puts what takes it away in the place of all that was to follow; false where nothing was made that is not needed any
/// more. Only what failed before the instance was asked for, or by its refusal, is known to need it no more.
pub(super) fn begin(op: &mut Operation, what: &Phrase, env: &Env, effects: &mut Vec<Effect>) -> bool {
    let asked = |step: &Step| matches!(step.call(), Some(Call::CreateInstance { .. }));
    let is_made = op.steps.iter().take(op.at).any(asked) || op.outputs.iter().any(|o| o.id(Kind::Instance).is_some());
    let volume = op.outputs.iter().rev().find_map(|output| output.id(Kind::Volume)).cloned();
    let Some(volume) = volume.filter(|_| op.undoes.is_none() && !is_made) else { return false };
    let volume = Ref::Known(volume);
    let steps = vec![
        Step::Call { call: Call::DeleteVolume { volume: volume.clone() }, needs: None },
        Step::Wait(Condition::VolumeGone(volume)),
    ];
    let record = JournalRecord::Undoing { step: op.at, steps: steps.clone() };
    effects.push(Effect::Record { op: op.id.clone(), record });
    op.steps.truncate(op.at + 1);
    op.marks.truncate(op.at);
    op.marks.extend([StepMark::Ended, StepMark::Now, StepMark::Ahead]);
    op.steps.extend(steps);
    op.at += 1;
    op.undoes = Some(what.clone());
    op.state = OpState::Checking;
    op.step_since = env.tick;
    (op.attempt, op.first_sent, op.sent) = (0, None, None);
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Action, Monotonic, NewVolume, OpId, Order, OrderSource, Output, ResourceId, StatusKind, Target, Timestamp,
        VolumeSource, text,
    };
    use crate::engine::invariants;

    const NOW: Env = Env { tick: Monotonic(1), wall: Timestamp(1) };

    /// Of three: the volume, the server, and that it runs. It is at the step with this number.
    fn restoring(at: usize, outputs: &[Output]) -> Operation {
        let snapshot = Target::stateless(&"lab".into(), Kind::Snapshot, &"s".into(), "nightly");
        let plan = ResourceId::new("p");
        let order = Order {
            source: OrderSource::Volume(Ref::OutputVolume),
            ..Order::from_snapshot("web", Ref::OutputSnapshot, &plan, &[], None)
        };
        let source = VolumeSource::Snapshot("s".into());
        let volume = NewVolume { name: "web".to_owned(), size_gb: 1, storage: None, source };
        let action = Action::RestoreAsNew { snapshot, name: "web".to_owned(), plan, firewalls: Vec::new(), key: None };
        let steps = vec![
            Step::Call { call: Call::CreateVolume { volume }, needs: None },
            Step::Wait(Condition::VolumeAvailable(Ref::OutputVolume)),
            Step::Call { call: order.into(), needs: None },
            Step::Wait(Condition::NewInstanceIs(StatusKind::Running)),
        ];
        let mut op =
            Operation::new(OpId::new("p-1"), "p".to_owned(), action, steps, Timestamp(0), Monotonic::default());
        outputs.iter().for_each(|output| op.learn(output.clone()));
        let done = StepMark::Done(std::time::Duration::ZERO);
        op.marks.iter_mut().take(at).for_each(|mark| *mark = done);
        op.marks[at] = StepMark::Now;
        op.at = at;
        op
    }

    #[test]
    fn the_volume_of_a_server_that_could_not_be_made_is_taken_away_again() {
        for at in [1, 2] {
            let mut op = restoring(at, &[Output::Volume("v".into())]);
            let mut effects = Vec::new();
            assert!(begin(&mut op, &Phrase::new(text::failed::NO_EFFECT), &NOW, &mut effects));
            assert_eq!(op.at, at + 1);
            let delete = Call::DeleteVolume { volume: Ref::Known("v".into()) };
            assert_eq!(op.step().and_then(Step::call), Some(&delete));
            assert_eq!(op.steps.len(), at + 3, "nothing else follows");
            assert_eq!(invariants::broken_by(&op), None);
            assert!(
                matches!(&effects[..], [Effect::Record { record: JournalRecord::Undoing { step, .. }, .. }] if *step == at)
            );
            assert!(!begin(&mut op, &Phrase::new(text::failed::NO_EFFECT), &NOW, &mut effects), "once");
        }
    }

    #[test]
    fn what_a_server_may_need_is_never_taken_away() {
        let (volume, server) = (Output::Volume("v".into()), Output::Instance("i".into()));
        for (at, outputs) in [(0, &[][..]), (3, std::slice::from_ref(&volume)), (3, &[volume.clone(), server])] {
            let mut op = restoring(at, outputs);
            let before = op.clone();
            assert!(!begin(&mut op, &Phrase::new(text::failed::NO_EFFECT), &NOW, &mut Vec::new()));
            assert_eq!(op, before);
        }
    }
}

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

//! `POST /vm/instance/statusupdate`. Start, stop and destroy recorded 2024-10; the answers of the others are guesses.

use crate::sim::indigo::answer::{Answer, done};
use crate::sim::indigo::body::Body;
use crate::sim::indigo::record::Record;
use crate::sim::quirks::StopAnswer;
use crate::sim::request_context::RequestContext;
use crate::sim::world::power::PowerVerb;
use crate::sim::world::refusal::Refusal;

pub(super) fn update(context: &mut RequestContext<'_>, body: &Body) -> Answer {
    let verb = body.text("status").and_then(PowerVerb::of_word);
    let (Some(id), Some(verb)) = (body.number("instanceId"), verb) else {
        return context.refuse(Refusal::BadRequest);
    };
    if let Err(refusal) = context.account.power(&mut context.turn, id, verb) {
        return context.refuse(refusal);
    }
    Answer::backend(200, reply(context, verb).end())
}

/// The reply's `instanceStatus` has a vocabulary of its own, and messages end in blanks.
fn reply(context: &RequestContext<'_>, verb: PowerVerb) -> Record {
    match verb {
        PowerVerb::Start => done("Instance has started successfully ", "I20008").with("instanceStatus", "running"),
        PowerVerb::Stop if context.turn.quirks.stop_answer == StopAnswer::Initiated => Record::new()
            .with("success", false)
            .with(
                "message",
                "Shutdown of the instance is initiated. It will take few minutes to complete the shutdown process",
            )
            .with("sucessCode", "I10025"),
        PowerVerb::Stop | PowerVerb::ForceStop => {
            done("Instance has stopped successfully ", "I20009").with("instanceStatus", "shutoff")
        }
        PowerVerb::Reset => done("Instance has been reset successfully ", "I20011").with("instanceStatus", "running"),
        PowerVerb::Destroy => {
            done("Instance has been destroyed successfully", "I20010").with("instanceStatus", "shutoff")
        }
    }
}

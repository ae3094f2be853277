//! Snapshots: bare arrays, `{"STATUS":0}`, no number of what was made. Recorded 2024-10.

use crate::sim::indigo::answer::Answer;
use crate::sim::indigo::body::Body;
use crate::sim::indigo::record::{Record, list as joined};
use crate::sim::request_context::RequestContext;
use crate::sim::world::refusal::Refusal;
use crate::sim::world::snapshot::{Saving, Snapshot};

const NEVER: &str = "0000-00-00 00:00:00";

pub(super) fn list(context: &RequestContext<'_>, instance: u64) -> Answer {
    match context.account.snapshots_of(instance) {
        Ok(found) => {
            let rows: Vec<String> = found
                .into_iter()
                .map(|snapshot| snapshot.raw.clone().unwrap_or_else(|| row(context, snapshot)))
                .collect();
            Answer::backend(200, joined(&rows))
        }
        Err(refusal) => context.refuse(refusal),
    }
}

fn row(context: &RequestContext<'_>, snapshot: &Snapshot) -> String {
    let (status, size, completed) = match snapshot.saving {
        Saving::Running { .. } => ("running", String::new(), NEVER.to_owned()),
        Saving::Created { at } => ("created", snapshot.size.to_string(), context.time(at)),
        Saving::Failed => ("failed", String::new(), NEVER.to_owned()),
    };
    Record::new()
        .with_id("id", snapshot.id, context.turn.quirks.ids_as_strings)
        .with("name", &snapshot.name)
        .with("service_id", &context.account.service)
        .with("user_id", context.account.user.to_string())
        .with("disk_id", snapshot.disk)
        .with("volume", snapshot.volume)
        .with("slot_number", snapshot.slot)
        .with("status", status)
        .with("size", size)
        .with("deleted", 0)
        .with("completed_timestamp", completed)
        .with("deleted_timestamp", NEVER)
        .end()
}

fn status_zero(context: &RequestContext<'_>, outcome: Result<(), Refusal>) -> Answer {
    match outcome {
        Ok(()) => Answer::backend(200, Record::new().with("STATUS", 0).end()),
        Err(refusal) => context.refuse(refusal),
    }
}

pub(super) fn take(context: &mut RequestContext<'_>, body: &Body) -> Answer {
    let (Some(name), Some(instance)) = (body.text("name"), body.number("instanceid")) else {
        return context.refuse(Refusal::BadRequest);
    };
    let slot = body.number("slotnum").unwrap_or(0);
    let taken = context.account.take_snapshot(&mut context.turn, instance, name, slot);
    status_zero(context, taken.map(|_| ()))
}

pub(super) fn retake(context: &mut RequestContext<'_>, body: &Body) -> Answer {
    let (Some(instance), Some(id)) = (body.number("instanceid"), body.number("snapshotid")) else {
        return context.refuse(Refusal::BadRequest);
    };
    let taken = context.account.retake_snapshot(&mut context.turn, instance, id);
    status_zero(context, taken)
}

pub(super) fn restore(context: &mut RequestContext<'_>, body: &Body) -> Answer {
    let (Some(instance), Some(id)) = (body.number("instanceid"), body.number("snapshotid")) else {
        return context.refuse(Refusal::BadRequest);
    };
    let restored = context.account.restore_snapshot(&mut context.turn, instance, id);
    status_zero(context, restored)
}

pub(super) fn delete(context: &mut RequestContext<'_>, id: u64) -> Answer {
    let deleted = context.account.delete_snapshot(&mut context.turn, id);
    status_zero(context, deleted)
}

//! Snapshots: bare arrays, `{"STATUS":0}`, no number of what was made. Recorded 2024-10.

use super::super::world::refusal::Refusal;
use super::super::world::snapshot::{Saving, Snapshot};
use super::Desk;
use super::answer::Answer;
use super::body::Body;
use super::record::{Record, list as joined};

const NEVER: &str = "0000-00-00 00:00:00";

pub(super) fn list(desk: &Desk<'_>, instance: u64) -> Answer {
    match desk.account.snapshots_of(instance) {
        Ok(found) => {
            let rows: Vec<String> =
                found.into_iter().map(|snapshot| snapshot.raw.clone().unwrap_or_else(|| row(desk, snapshot))).collect();
            Answer::backend(200, joined(&rows))
        }
        Err(refusal) => desk.refuse(refusal),
    }
}

fn row(desk: &Desk<'_>, snapshot: &Snapshot) -> String {
    let (status, size, completed) = match snapshot.saving {
        Saving::Running { .. } => ("running", String::new(), NEVER.to_owned()),
        Saving::Created { at } => ("created", snapshot.size.to_string(), desk.time(at)),
        Saving::Failed => ("failed", String::new(), NEVER.to_owned()),
    };
    Record::new()
        .with_id("id", snapshot.id, desk.turn.quirks.ids_as_strings)
        .with("name", &snapshot.name)
        .with("service_id", &desk.account.service)
        .with("user_id", desk.account.user.to_string())
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

fn status_zero(desk: &Desk<'_>, outcome: Result<(), Refusal>) -> Answer {
    match outcome {
        Ok(()) => Answer::backend(200, Record::new().with("STATUS", 0).end()),
        Err(refusal) => desk.refuse(refusal),
    }
}

pub(super) fn take(desk: &mut Desk<'_>, body: &Body) -> Answer {
    let (Some(name), Some(instance)) = (body.text("name"), body.number("instanceid")) else {
        return desk.refuse(Refusal::BadRequest);
    };
    let slot = body.number("slotnum").unwrap_or(0);
    let taken = desk.account.take_snapshot(&mut desk.turn, instance, name, slot);
    status_zero(desk, taken.map(|_| ()))
}

pub(super) fn retake(desk: &mut Desk<'_>, body: &Body) -> Answer {
    let (Some(instance), Some(id)) = (body.number("instanceid"), body.number("snapshotid")) else {
        return desk.refuse(Refusal::BadRequest);
    };
    let taken = desk.account.retake_snapshot(&mut desk.turn, instance, id);
    status_zero(desk, taken)
}

pub(super) fn restore(desk: &mut Desk<'_>, body: &Body) -> Answer {
    let (Some(instance), Some(id)) = (body.number("instanceid"), body.number("snapshotid")) else {
        return desk.refuse(Refusal::BadRequest);
    };
    let restored = desk.account.restore_snapshot(&mut desk.turn, instance, id);
    status_zero(desk, restored)
}

pub(super) fn delete(desk: &mut Desk<'_>, id: u64) -> Answer {
    let deleted = desk.account.delete_snapshot(&mut desk.turn, id);
    status_zero(desk, deleted)
}

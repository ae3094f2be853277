//! SSH keys. The single one comes as an array of one, the added one as an object in another order. Recorded 2024-10.

use crate::sim::indigo::answer::Answer;
use crate::sim::indigo::body::Body;
use crate::sim::indigo::record::{Record, list as joined};
use crate::sim::request_context::RequestContext;
use crate::sim::world::key::SshKey;
use crate::sim::world::refusal::Refusal;

fn status(key: &SshKey) -> &'static str {
    if key.active { "ACTIVE" } else { "DEACTIVE" }
}

fn row(context: &RequestContext<'_>, key: &SshKey) -> String {
    Record::new()
        .with_id("id", key.id, context.turn.quirks.ids_as_strings)
        .with("service_id", &context.account.service)
        .with("user_id", context.account.user)
        .with("name", &key.name)
        .with("sshkey", &key.line)
        .with("status", status(key))
        .with("created_at", context.time(key.created))
        .with("updated_at", context.time(key.updated))
        .end()
}

fn message(text: &str) -> Record {
    Record::new().with("success", true).with("message", text)
}

pub(super) fn list(context: &RequestContext<'_>, active_only: bool) -> Answer {
    let rows: Vec<String> =
        context.account.ssh_keys.iter().filter(|key| key.active || !active_only).map(|key| row(context, key)).collect();
    Answer::backend(
        200,
        Record::new().with("success", true).with("total", rows.len()).with_text("sshkeys", &joined(&rows)).end(),
    )
}

pub(super) fn one(context: &RequestContext<'_>, id: u64) -> Answer {
    match context.account.ssh_keys.iter().find(|key| key.id == id) {
        Some(key) => Answer::backend(
            200,
            Record::new().with("success", true).with_text("sshKey", &joined(&[row(context, key)])).end(),
        ),
        None => context.refuse(Refusal::NoKey),
    }
}

pub(super) fn add(context: &mut RequestContext<'_>, body: &Body) -> Answer {
    let (Some(name), Some(line)) = (body.text("sshName"), body.text("sshKey")) else {
        return context.refuse(Refusal::BadRequest);
    };
    if let Err(refusal) = context.account.add_ssh_key(&mut context.turn, name, line) {
        return context.refuse(refusal);
    }
    let Some(key) = context.account.ssh_keys.last() else {
        return context.refuse(Refusal::NoKey);
    };
    let record = Record::new()
        .with("name", &key.name)
        .with("sshkey", &key.line)
        .with("status", status(key))
        .with("user_id", context.account.user)
        .with("service_id", &context.account.service)
        .with("updated_at", context.time(key.updated))
        .with("created_at", context.time(key.created))
        .with("id", key.id)
        .end();
    Answer::backend(201, message("SSH key has been added successfully").with_text("sshKey", &record).end())
}

pub(super) fn update(context: &mut RequestContext<'_>, id: u64, body: &Body) -> Answer {
    let active = body.text("sshKeyStatus").map(|word| word == "ACTIVE");
    let (name, line) = (body.text("sshName"), body.text("sshKey"));
    match context.account.update_ssh_key(&mut context.turn, id, name, line, active) {
        Ok(()) => Answer::backend(200, message("SSH key has been updated successfully ").end()),
        Err(refusal) => context.refuse(refusal),
    }
}

pub(super) fn delete(context: &mut RequestContext<'_>, id: u64) -> Answer {
    match context.account.delete_ssh_key(&mut context.turn, id) {
        Ok(()) => Answer::backend(200, message("SSH key has been removed successfully").end()),
        Err(refusal) => context.refuse(refusal),
    }
}

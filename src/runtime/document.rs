//! An operation as JSON, for the command line and the hook.

use serde_json::{Value, json};

use crate::domain::{Kind, OpState, Operation, Output};
use crate::engine::Engine;
use crate::words::english;

/// Who carries an operation on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    Us,
    Another,
    Nobody,
}

/// How an operation stands, in one word of no language. It runs only where somebody carries it on.
pub(crate) fn result(op: &Operation, by: Carrier) -> &'static str {
    match &op.state {
        OpState::Ended(result) => result.word(),
        OpState::OutcomeUnknown => "unknown",
        OpState::Halted(_) => "halted",
        OpState::Sending if by == Carrier::Nobody => "unknown",
        _ if by != Carrier::Nobody => "running",
        _ if op.has_calls_ahead() => "interrupted",
        _ => "answered",
    }
}

/// An operation as JSON: no secret is in one.
pub(crate) fn document(op: &Operation, by: Carrier, engine: &Engine) -> Value {
    let ended = match &op.state {
        OpState::Ended(result) => Some(result),
        _ => None,
    };
    let target = op.action.subject();
    let made = made(op, engine);
    // What is made has no id when it is asked for.
    let id = if target.id().as_str().is_empty() {
        made.iter().find(|one| one["kind"] == json!(target.resource.kind)).map_or(Value::Null, |one| one["id"].clone())
    } else {
        json!(target.id())
    };
    json!({
        "op": op.id,
        "verb": op.action.verb().name().replace('-', "_"),
        "account": op.account,
        "target": { "kind": target.resource.kind, "id": id, "name": target.name },
        "made": made,
        "result": result(op, by),
        "reason": ended.and_then(|result| result.reason(english)),
        "code": ended.and_then(|result| result.code()),
        "step": op.at.min(op.steps.len()),
        "steps": op.steps.len(),
        "asked": op.asked,
        "by": op.by,
        "ended": op.ended,
        "seconds": op.took.map(|took| took.as_secs()),
    })
}

/// What it made, as far as answers told its id, with what the lists show of it.
fn made(op: &Operation, engine: &Engine) -> Vec<Value> {
    let inventory = engine.account(&op.account).map(|account| &account.inventory);
    let one = |output: &Output| {
        let record = |kind: Kind, id, name: Option<&String>| json!({ "kind": kind, "id": id, "name": name });
        Some(match output {
            Output::Instance(id) => {
                let there = inventory.and_then(|p| p.instance(id));
                let mut record = record(Kind::Instance, id, there.map(|i| &i.name));
                record["address"] = json!(there.and_then(|i| i.address()));
                record["addresses"] = json!(there.map(|i| i.addresses.as_slice()).unwrap_or_default());
                record
            }
            Output::Snapshot(id) => record(Kind::Snapshot, id, inventory.and_then(|p| p.snapshot(id)).map(|s| &s.name)),
            Output::Firewall(id) => record(Kind::Firewall, id, inventory.and_then(|p| p.firewall(id)).map(|f| &f.name)),
            Output::Volume(id) => record(Kind::Volume, id, inventory.and_then(|p| p.volume(id)).map(|v| &v.name)),
            Output::Key(id) => record(Kind::Key, id, inventory.and_then(|p| p.key(id)).map(|k| &k.name)),
            Output::Secret { .. } => return None,
        })
    };
    op.outputs.iter().filter_map(one).collect()
}

//! `POST servers`: no name, no networks, groups by name; the password comes back in clear.

use serde_json::{Map, Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::body::{self, text};
use crate::sim::conoha::compute::reply::{fail, links};
use crate::sim::conoha::compute::{flavors, images, password, saved_by_id, server, servers, upstream};
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::service::Service;
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::cloud::{Order, Source};

pub(super) fn create(context: &mut RequestContext<'_>, request: &Request<'_>) -> Answer {
    let answer = body::inside(Service::Compute, request, "server").and_then(|fields| order(context, &fields));
    answer.unwrap_or_else(|refused| refused)
}

fn order(context: &mut RequestContext<'_>, fields: &Map<String, Value>) -> Result<Answer, Answer> {
    let source = disk(context, fields)?;
    let flavor = text(fields, "flavorRef").ok_or_else(|| fail(400, "Missing flavorRef attribute"))?;
    let plan = flavors::by_id(context, last_part(flavor)).map(|plan| plan.number);
    let plan = plan.ok_or_else(|| fail(400, &format!("Flavor {flavor} could not be found.")))?;
    if context.ways().is_v3 {
        upstream::know_networks(context, fields)?;
    }
    let has_disk = flavors::by_id(context, last_part(flavor)).is_some_and(|plan| plan.disk > 0);
    if !has_disk && !matches!(source, Source::Volume(_)) {
        return Err(fail(403, "Only volume-backed servers are allowed for flavors with zero disk."));
    }
    let password = password(context, fields, source)?;
    let mut metadata = metadata(fields)?;
    let own = context.ways().own_names.then(|| text(fields, "name").map(str::to_owned));
    if own == Some(None) {
        return Err(fail(400, "Invalid input for field/attribute server. Value: {}. 'name' is a required property"));
    }
    let tag = metadata.iter().position(|(key, _)| key == "instance_name_tag").map(|at| metadata.remove(at).1);
    let tag = own.unwrap_or(tag);
    let order = Order { tag, metadata, plan, source, groups: groups(context, fields)?, key: key(context, fields)? };
    let number = context
        .account
        .create_server(&mut context.turn, order)
        .map_err(|refusal| servers::refused(context, 0, "create", refusal))?;
    let made = context.account.instance(number).map_err(|_| fail(500, "The server was not made."))?;
    let id = server::id(context, made);
    let record = json!({
        "id": id,
        "links": links(context, "servers", &id),
        "OS-DCF:diskConfig": "MANUAL",
        "security_groups": server::group_names(context, made),
        "adminPass": password,
    });
    Ok(Answer::json(202, &json!({"server": record})))
}

/// What the server boots from: a volume that is there, else what `imageRef` names.
fn disk(context: &RequestContext<'_>, fields: &Map<String, Value>) -> Result<Source, Answer> {
    let mapping = fields.get("block_device_mapping_v2").and_then(Value::as_array).filter(|_| context.ways().is_v3);
    // What clients send beside `imageRef`: the image goes on the server's own disk.
    let is_local = |entry: &Value| entry.get("destination_type") == Some(&json!("local"));
    let mapping = mapping.filter(|mapping| !mapping.iter().all(is_local));
    let Some(first) = mapping.and_then(|mapping| mapping.first()) else { return source(context, fields) };
    let id = first.get("uuid").and_then(Value::as_str).unwrap_or_default();
    let whole = first.get("source_type") == Some(&json!("volume"));
    if context.ways().own_names && !whole {
        return Err(fail(400, "Block Device Mapping is Invalid."));
    }
    let numbers = context.account.volumes.iter().map(|volume| volume.id);
    let number = ids::number_of(Kind::Volume, context.account, id, numbers);
    number.map(Source::Volume).ok_or_else(|| fail(400, "Block Device Mapping is Invalid: failed to get volume."))
}

/// What `imageRef` names.
pub(in crate::sim::conoha) fn source(
    context: &RequestContext<'_>,
    fields: &Map<String, Value>,
) -> Result<Source, Answer> {
    let image = text(fields, "imageRef").ok_or_else(|| fail(400, "Missing imageRef attribute"))?;
    let id = last_part(image);
    if let Some(image) = images::public_by_id(context, id) {
        return Ok(Source::Public(image.number));
    }
    let saved = saved_by_id(context, id).ok_or_else(|| fail(400, "Can not find requested image"))?;
    Ok(Source::Saved(saved.id))
}

/// The password that is told: as it was given, made up where none was, nothing where the saved disk has one.
pub(super) fn password(
    context: &mut RequestContext<'_>,
    fields: &Map<String, Value>,
    source: Source,
) -> Result<String, Answer> {
    let rule = context.ways().password;
    let given = match fields.get("adminPass") {
        None | Some(Value::Null)
            if rule.is_some_and(|rule| rule.both) && context.turn.quirks.conoha.password_needed =>
        {
            return Err(fail(400, "Invalid input for field/attribute server. 'adminPass' is a required property"));
        }
        None | Some(Value::Null) => None,
        Some(Value::String(given)) if rule.is_none_or(|rule| password::is_good(given, rule)) => Some(given.clone()),
        Some(_) => return Err(fail(400, "Invalid adminPass.")),
    };
    Ok(match source {
        Source::Saved(_) => String::new(),
        Source::Volume(_) => given.unwrap_or_default(),
        Source::Public(_) => given.unwrap_or_else(|| format!("aA1{}", context.turn.chance.letters(13))),
    })
}

/// The key that `key_name` names, or 0.
pub(super) fn key(context: &RequestContext<'_>, fields: &Map<String, Value>) -> Result<u64, Answer> {
    let Some(name) = text(fields, "key_name") else {
        return Ok(0);
    };
    let key = context.account.ssh_keys.iter().find(|key| key.name == name).map(|key| key.id);
    key.ok_or_else(|| fail(400, "Invalid key_name provided."))
}

fn groups(context: &RequestContext<'_>, fields: &Map<String, Value>) -> Result<Vec<u64>, Answer> {
    let named = fields.get("security_groups").and_then(Value::as_array);
    let names: Vec<&str> = match named {
        Some(list) if !list.is_empty() => {
            list.iter().filter_map(|group| group.get("name").and_then(Value::as_str)).collect()
        }
        _ => vec!["default"],
    };
    names.into_iter().map(|name| group(context, name)).collect()
}

fn group(context: &RequestContext<'_>, name: &str) -> Result<u64, Answer> {
    let mut of_name = context.account.firewalls.iter().filter(|group| group.name == name);
    match (of_name.next(), of_name.next()) {
        (Some(group), None) => Ok(group.id),
        (Some(_), Some(_)) => Err(fail(409, &format!("Multiple security groups found matching '{name}'."))),
        (None, _) => Err(fail(400, &format!("Security group {name} is not found."))),
    }
}

fn metadata(fields: &Map<String, Value>) -> Result<Vec<(String, String)>, Answer> {
    let Some(given) = fields.get("metadata") else {
        return Ok(Vec::new());
    };
    pairs(given).ok_or_else(|| fail(400, "Invalid metadata: keys and values must be text."))
}

/// Text to text, or nothing.
pub(super) fn pairs(given: &Value) -> Option<Vec<(String, String)>> {
    let fields = given.as_object()?;
    fields.iter().map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect()
}

fn last_part(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

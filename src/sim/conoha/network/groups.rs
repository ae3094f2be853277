//! Security groups. Names are not unique; the panel's own can be read and nothing else.

use serde_json::{Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::network::reply::{NETWORK, group_number, no_group, refused};
use crate::sim::conoha::network::rules;
use crate::sim::conoha::{body, pages};
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::firewall::Firewall;

pub(super) fn list(context: &RequestContext<'_>, request: &Request<'_>) -> Answer {
    let row = |group: &Firewall| {
        let id = ids::own(Kind::Group, context.account, group.id);
        (id, group.name.clone(), record(context, group).to_string())
    };
    let rows = context.account.firewalls.iter().map(row).collect();
    pages::list(context, request, "security_groups", rows)
}

fn told(context: &RequestContext<'_>, status: u16, number: u64) -> Answer {
    match context.account.firewalls.iter().find(|group| group.id == number) {
        Some(group) => Answer::one(status, "security_group", &record(context, group).to_string()),
        None => no_group(&number.to_string()),
    }
}

pub(super) fn one(context: &RequestContext<'_>, id: &str) -> Answer {
    group_number(context, id).map_or_else(|| no_group(id), |number| told(context, 200, number))
}

pub(super) fn create(context: &mut RequestContext<'_>, request: &Request<'_>) -> Answer {
    let fields = match body::inside(NETWORK, request, "security_group") {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let name = body::text(&fields, "name").unwrap_or_default();
    let description = body::text(&fields, "description").unwrap_or_default();
    match context.account.create_group(&context.turn, name, description) {
        Ok(number) => told(context, 201, number),
        Err(refusal) => refused(context, "", refusal),
    }
}

pub(super) fn update(context: &mut RequestContext<'_>, request: &Request<'_>, id: &str) -> Answer {
    let fields = match body::inside(NETWORK, request, "security_group") {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let Some(number) = group_number(context, id) else {
        return no_group(id);
    };
    let (name, description) = (body::text(&fields, "name"), body::text(&fields, "description"));
    match context.account.update_group(&context.turn, number, name, description) {
        Ok(()) => told(context, 200, number),
        Err(refusal) => refused(context, id, refusal),
    }
}

pub(super) fn delete(context: &mut RequestContext<'_>, id: &str) -> Answer {
    let Some(number) = group_number(context, id) else {
        return no_group(id);
    };
    match context.account.delete_group(&mut context.turn, number) {
        Ok(()) => Answer::empty(204),
        Err(refusal) => refused(context, id, refusal),
    }
}

fn record(context: &RequestContext<'_>, group: &Firewall) -> Value {
    let rules: Vec<Value> = group.group.rules.iter().map(|rule| rules::record(context, group.id, rule)).collect();
    json!({
        "id": ids::own(Kind::Group, context.account, group.id),
        "name": group.name,
        "description": group.group.description,
        "tenant_id": context.account.tenancy.tenant,
        "security_group_rules": rules,
    })
}

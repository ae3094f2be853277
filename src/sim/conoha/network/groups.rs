//! Security groups. Names are not unique; the panel's own can be read and nothing else.

use serde_json::{Value, json};

use super::{Desk, NETWORK, Request, body, group_number, no_group, refused, rules};
use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::pages;
use crate::sim::world::firewall::Firewall;

pub(super) fn list(desk: &Desk<'_>, request: &Request<'_>) -> Answer {
    let row = |group: &Firewall| {
        let id = ids::own(Kind::Group, desk.account, group.id);
        (id, group.name.clone(), record(desk, group).to_string())
    };
    let rows = desk.account.firewalls.iter().map(row).collect();
    pages::list(desk, request, "security_groups", rows)
}

fn told(desk: &Desk<'_>, status: u16, number: u64) -> Answer {
    match desk.account.firewalls.iter().find(|group| group.id == number) {
        Some(group) => Answer::one(status, "security_group", &record(desk, group).to_string()),
        None => no_group(&number.to_string()),
    }
}

pub(super) fn one(desk: &Desk<'_>, id: &str) -> Answer {
    group_number(desk, id).map_or_else(|| no_group(id), |number| told(desk, 200, number))
}

pub(super) fn create(desk: &mut Desk<'_>, request: &Request<'_>) -> Answer {
    let fields = match body::inside(NETWORK, request, "security_group") {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let name = body::text(&fields, "name").unwrap_or_default();
    let description = body::text(&fields, "description").unwrap_or_default();
    match desk.account.create_group(&desk.turn, name, description) {
        Ok(number) => told(desk, 201, number),
        Err(refusal) => refused(desk, "", refusal),
    }
}

pub(super) fn update(desk: &mut Desk<'_>, request: &Request<'_>, id: &str) -> Answer {
    let fields = match body::inside(NETWORK, request, "security_group") {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let Some(number) = group_number(desk, id) else {
        return no_group(id);
    };
    let (name, description) = (body::text(&fields, "name"), body::text(&fields, "description"));
    match desk.account.update_group(&desk.turn, number, name, description) {
        Ok(()) => told(desk, 200, number),
        Err(refusal) => refused(desk, id, refusal),
    }
}

pub(super) fn delete(desk: &mut Desk<'_>, id: &str) -> Answer {
    let Some(number) = group_number(desk, id) else {
        return no_group(id);
    };
    match desk.account.delete_group(&mut desk.turn, number) {
        Ok(()) => Answer::empty(204),
        Err(refusal) => refused(desk, id, refusal),
    }
}

fn record(desk: &Desk<'_>, group: &Firewall) -> Value {
    let rules: Vec<Value> = group.group.rules.iter().map(|rule| rules::record(desk, group.id, rule)).collect();
    json!({
        "id": ids::own(Kind::Group, desk.account, group.id),
        "name": group.name,
        "description": group.group.description,
        "tenant_id": desk.account.tenancy.tenant,
        "security_group_rules": rules,
    })
}

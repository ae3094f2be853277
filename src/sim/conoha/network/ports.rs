//! Ports: one a server, from when it has been built until it is deleted. An update replaces the list of groups.

use serde_json::{Value, json};

use super::{Desk, NETWORK, Request, bad, body, errors, group_number, no_group, refused};
use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::compute::{fixed_ips, server_number};
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::world::instance::{Instance, State};

fn has_port(instance: &Instance) -> bool {
    !matches!(instance.state, State::Destroyed { .. } | State::Building { .. } | State::Installing { .. })
}

pub(super) fn list(desk: &Desk<'_>, request: &Request<'_>) -> Answer {
    let wanted = request.query_text("device_id").map(|id| server_number(desk, &id).unwrap_or(0));
    let rows: Vec<String> = desk
        .account
        .instances
        .iter()
        .filter(|instance| has_port(instance) && wanted.is_none_or(|wanted| wanted == instance.id))
        .map(|instance| record(desk, instance).to_string())
        .collect();
    Answer::list("ports", &rows)
}

fn of_id<'d>(desk: &'d Desk<'_>, id: &str) -> Result<&'d Instance, Answer> {
    let mut with_port = desk.account.instances.iter().filter(|instance| has_port(instance));
    let found = with_port.find(|instance| ids::own(Kind::Port, desk.account, instance.id) == id);
    found.ok_or_else(|| errors::neutron(404, "PortNotFound", &format!("Port {id} could not be found")))
}

pub(super) fn one(desk: &Desk<'_>, id: &str) -> Answer {
    let told = of_id(desk, id).map(|instance| Answer::one(200, "port", &record(desk, instance).to_string()));
    told.unwrap_or_else(|refused| refused)
}

pub(super) fn update(desk: &mut Desk<'_>, request: &Request<'_>, id: &str) -> Answer {
    change(desk, request, id).unwrap_or_else(|refused| refused)
}

fn change(desk: &mut Desk<'_>, request: &Request<'_>, id: &str) -> Result<Answer, Answer> {
    let fields = body::inside(NETWORK, request, "port")?;
    let number = of_id(desk, id)?.id;
    if let Some(given) = fields.get("security_groups") {
        let given = given.as_array().ok_or_else(|| bad("Invalid input for security_groups."))?;
        let group = |value: &Value| {
            let id = value.as_str().unwrap_or_default();
            group_number(desk, id).ok_or_else(|| no_group(id))
        };
        let groups = given.iter().map(group).collect::<Result<Vec<u64>, Answer>>()?;
        let outcome = desk.account.replace_groups(&desk.turn, number, groups);
        outcome.map_err(|refusal| refused(desk, id, refusal))?;
    }
    Ok(one(desk, id))
}

fn record(desk: &Desk<'_>, instance: &Instance) -> Value {
    let account = &*desk.account;
    let groups: Vec<String> = instance.firewalls.iter().map(|group| ids::own(Kind::Group, account, *group)).collect();
    json!({
        "id": ids::own(Kind::Port, account, instance.id),
        "name": "",
        "device_id": ids::own(Kind::Server, account, instance.id),
        "device_owner": "compute:nova",
        "network_id": ids::own(Kind::Network, account, 1),
        "tenant_id": account.tenancy.tenant,
        "status": if instance.is_on() { "ACTIVE" } else { "DOWN" },
        "admin_state_up": true,
        "mac_address": instance.mac,
        "fixed_ips": fixed_ips(desk, instance),
        "allowed_address_pairs": [],
        "security_groups": groups,
    })
}

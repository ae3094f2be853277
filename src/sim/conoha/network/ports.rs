//! Ports: one a server, some have a second in a private network, from when the server has been built until it is deleted.
//! An update replaces the list of groups of that port alone.

use serde_json::{Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::compute::{fixed_ips, local_mac, server_number};
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::network::reply::{NETWORK, bad, group_number, no_group, refused};
use crate::sim::conoha::networks::network_of;
use crate::sim::conoha::{body, errors, pages};
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::cloud::LocalPort;
use crate::sim::world::instance::{Instance, State};

/// A port: its server, and where it is the second one that too.
#[derive(Clone, Copy)]
struct Port<'d> {
    instance: &'d Instance,
    local: Option<&'d LocalPort>,
}

impl Port<'_> {
    fn id(&self, context: &RequestContext<'_>) -> String {
        let kind = if self.local.is_some() { Kind::LocalPort } else { Kind::Port };
        ids::own(kind, context.account, self.instance.id)
    }
}

fn has_port(instance: &&Instance) -> bool {
    !matches!(instance.state, State::Destroyed { .. } | State::Building { .. } | State::Installing { .. })
}

fn all<'d>(context: &'d RequestContext<'_>) -> impl Iterator<Item = Port<'d>> {
    context.account.instances.iter().filter(has_port).flat_map(|instance| {
        let second = instance.cloud.local.as_ref().map(|local| Port { instance, local: Some(local) });
        std::iter::once(Port { instance, local: None }).chain(second)
    })
}

pub(super) fn list(context: &RequestContext<'_>, request: &Request<'_>) -> Answer {
    let wanted = request.query_text("device_id").map(|id| server_number(context, &id).unwrap_or(0));
    let network = request.query_text("network_id").map(|id| network_of(context, &id).unwrap_or(0));
    let rows = all(context)
        .filter(|port| wanted.is_none_or(|wanted| wanted == port.instance.id))
        .filter(|port| network.is_none_or(|network| network == if port.local.is_some() { 2 } else { 1 }))
        .map(|port| (port.id(context), String::new(), record(context, port).to_string()))
        .collect();
    pages::list(context, request, "ports", rows)
}

fn of_id<'d>(context: &'d RequestContext<'_>, id: &str) -> Result<Port<'d>, Answer> {
    let found = all(context).find(|port| port.id(context) == id);
    found.ok_or_else(|| errors::neutron(404, "PortNotFound", &format!("Port {id} could not be found")))
}

pub(super) fn one(context: &RequestContext<'_>, id: &str) -> Answer {
    let told = of_id(context, id).map(|port| Answer::one(200, "port", &record(context, port).to_string()));
    told.unwrap_or_else(|refused| refused)
}

pub(super) fn update(context: &mut RequestContext<'_>, request: &Request<'_>, id: &str) -> Answer {
    change(context, request, id).unwrap_or_else(|refused| refused)
}

fn change(context: &mut RequestContext<'_>, request: &Request<'_>, id: &str) -> Result<Answer, Answer> {
    let fields = body::inside(NETWORK, request, "port")?;
    let port = of_id(context, id)?;
    let (number, local) = (port.instance.id, port.local.is_some());
    if let Some(given) = fields.get("security_groups") {
        let given = given.as_array().ok_or_else(|| bad("Invalid input for security_groups."))?;
        let group = |value: &Value| {
            let id = value.as_str().unwrap_or_default();
            group_number(context, id).ok_or_else(|| no_group(id))
        };
        let groups = given.iter().map(group).collect::<Result<Vec<u64>, Answer>>()?;
        let outcome = context.account.replace_groups(&context.turn, number, local, groups);
        outcome.map_err(|refusal| refused(context, id, refusal))?;
    }
    Ok(one(context, id))
}

fn record(context: &RequestContext<'_>, port: Port<'_>) -> Value {
    let account = &*context.account;
    let instance = port.instance;
    let groups = port.local.map_or(&instance.firewalls, |local| &local.groups);
    let groups: Vec<String> = groups.iter().map(|group| ids::own(Kind::Group, account, *group)).collect();
    let (network, mac, addresses) = match port.local {
        None => (1, instance.mac.clone(), fixed_ips(context, instance)),
        Some(local) => {
            let subnet = ids::own(Kind::Subnet, account, 14);
            (2, local_mac(instance), json!([{"subnet_id": subnet, "ip_address": local.address}]))
        }
    };
    json!({
        "id": port.id(context),
        "name": "",
        "device_id": ids::own(Kind::Server, account, instance.id),
        "device_owner": "compute:nova",
        "network_id": ids::own(Kind::Network, account, network),
        "tenant_id": account.tenancy.tenant,
        "status": if instance.is_on() { "ACTIVE" } else { "DOWN" },
        "admin_state_up": true,
        "mac_address": mac,
        "fixed_ips": addresses,
        "allowed_address_pairs": [],
        "security_groups": groups,
    })
}

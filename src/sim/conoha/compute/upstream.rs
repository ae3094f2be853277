//! What Nova v2.1 has, that ConoHa's older one has not or nobody asked of it.

use serde_json::{Map, Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::compute::reply::fail;
use crate::sim::conoha::compute::{flavors, servers};
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::networks::network_of;
use crate::sim::conoha::service::Service;
use crate::sim::conoha::versions::{self, FIRST};
use crate::sim::conoha::{body, errors};
use crate::sim::request_context::{Request, RequestContext};

/// The answer, where the path is one of these or the microversion is none that is served.
pub(super) fn route(context: &mut RequestContext<'_>, request: &Request<'_>, rest: &[&str]) -> Option<Answer> {
    let last = versions::last(context);
    let minor = |version: &str| version.strip_prefix("2.").and_then(|minor| minor.parse::<u32>().ok());
    let is_served = |asked: &str| asked == "latest" || (minor(FIRST)..=minor(last)).contains(&minor(asked));
    if let Some(asked) = request.microversion.filter(|asked| !is_served(asked)) {
        let said = format!("Version {asked} is not supported by the API. Minimum is {FIRST} and maximum is {last}.");
        return Some(fail(406, &said));
    }
    let project = context.account.tenancy.tenant.clone();
    Some(match (request.method, rest) {
        ("GET", ["extensions"]) => Answer::json(200, &json!({"extensions": []})),
        ("GET", ["os-availability-zone"]) => {
            let zone = json!({"zoneName": "nova", "zoneState": {"available": true}, "hosts": null});
            Answer::json(200, &json!({"availabilityZoneInfo": [zone]}))
        }
        ("GET", ["os-quota-sets", id, ..]) if *id == project => quotas(context),
        ("GET", ["flavors", id, "os-extra_specs"]) => match flavors::by_id(context, id) {
            Some(_) => Answer::json(200, &json!({"extra_specs": {}})),
            None => fail(404, &format!("Flavor {id} could not be found.")),
        },
        ("PUT", ["servers", id]) => rename(context, request, servers::number(context, id)?),
        ("DELETE", ["servers", id, "metadata", key]) => forget(context, servers::number(context, id)?, key),
        _ => return None,
    })
}

fn quotas(context: &RequestContext<'_>) -> Answer {
    let quotas = json!({
        "id": context.account.tenancy.tenant,
        "instances": context.account.instance_limit,
        "cores": 20,
        "ram": -1,
        "key_pairs": 100,
        "metadata_items": 128,
        "server_groups": 10,
        "server_group_members": 10,
    });
    Answer::json(200, &json!({"quota_set": quotas}))
}

fn rename(context: &mut RequestContext<'_>, request: &Request<'_>, number: u64) -> Answer {
    let fields = match body::inside(Service::Compute, request, "server") {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    if let Some(name) = fields.get("name") {
        let Some(name) = name.as_str().filter(|name| (1..=255).contains(&name.chars().count())) else {
            return fail(400, "Invalid input for field/attribute name.");
        };
        if let Ok(instance) = context.account.instance_mut(number) {
            name.clone_into(&mut instance.name);
        }
        context.account.note(&context.turn, "rename", format!("instance {number}"));
    }
    servers::one(context, number)
}

fn forget(context: &mut RequestContext<'_>, number: u64, key: &str) -> Answer {
    let known = context.account.instance_mut(number).ok().and_then(|instance| instance.cloud.metadata.remove(key));
    if known.is_none() {
        return fail(404, "Metadata item was not found");
    }
    context.account.note(&context.turn, "set_metadata", format!("instance {number}"));
    Answer::empty(204)
}

/// `addSecurityGroup` and `removeSecurityGroup`: a group by its name or its id, on all ports of a server.
pub(super) fn change_groups(context: &mut RequestContext<'_>, number: u64, how: &Value, add: bool) -> Answer {
    let Some(name) = how.get("name").and_then(Value::as_str) else {
        return fail(400, "Missing parameter name");
    };
    let account = &*context.account;
    let is = |id: u64, own: &str| own == name || ids::own(Kind::Group, account, id) == name;
    let found: Vec<u64> = account.firewalls.iter().filter(|g| is(g.id, &g.name)).map(|g| g.id).collect();
    let group = match found.as_slice() {
        [group] => *group,
        [] => return fail(404, &format!("Security group {name} not found.")),
        _ => return fail(409, &format!("Multiple security groups found matching '{name}'.")),
    };
    let Ok(instance) = account.instance(number) else { return fail(404, "Instance could not be found.") };
    let local = instance.cloud.local.as_ref().map(|port| port.groups.clone());
    let ports = [(false, Some(instance.firewalls.clone())), (true, local)];
    if !add && !ports.iter().flat_map(|(_, groups)| groups).any(|groups| groups.contains(&group)) {
        return fail(404, &format!("Security group {name} not associated with the instance"));
    }
    for (local, groups) in ports {
        let Some(mut groups) = groups else { continue };
        groups.retain(|known| *known != group);
        if add {
            groups.push(group);
        }
        // Server and groups are known, so the world has nothing to refuse.
        let _ = context.account.replace_groups(&context.turn, number, local, groups);
    }
    Answer::empty(202)
}

/// Whether the networks that an order names are those of this project.
pub(super) fn know_networks(context: &RequestContext<'_>, fields: &Map<String, Value>) -> Result<(), Answer> {
    let Some(given) = fields.get("networks") else { return Ok(()) };
    // `auto` and `none` came with microversion 2.37.
    let given = given.as_array().ok_or_else(|| fail(400, "Invalid input for field/attribute networks."))?;
    for network in given {
        let text = |key: &str| network.get(key).and_then(Value::as_str);
        match (text("uuid"), text("port")) {
            (Some(id), _) if network_of(context, id).is_some() => {}
            (Some(id), _) => return Err(fail(400, &format!("Network {id} could not be found."))),
            (None, Some(id)) => return Err(fail(400, &format!("Port {id} could not be found."))),
            (None, None) => return Err(errors::error(Service::Compute, 400, "Invalid input for networks.")),
        }
    }
    Ok(())
}

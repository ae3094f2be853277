//! The networks of an account and their subnets: the public one, and the private one where a server is in it.

use serde_json::{Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::{errors, pages, times};
use crate::sim::request_context::{Request, RequestContext};

/// Number, IP version, its network's number, range without its host part, and length of the prefix.
const SUBNETS: [(u64, u8, u64, &str, u8); 3] =
    [(4, 4, 1, "203.0.113.", 24), (6, 6, 1, "2001:db8:", 32), (14, 4, 2, "10.0.0.", 24)];

/// The number of a network by its id.
pub(super) fn network_of(context: &RequestContext<'_>, id: &str) -> Option<u64> {
    ids::number_of(Kind::Network, context.account, id, numbers(context))
}

/// What upstream's networks are called.
pub(super) const fn network_name(number: u64) -> &'static str {
    if number == 1 { "public" } else { "private" }
}

fn numbers(context: &RequestContext<'_>) -> impl Iterator<Item = u64> {
    let has_private = context.account.instances.iter().any(|instance| instance.cloud.local.is_some());
    std::iter::once(1).chain(has_private.then_some(2))
}

pub(super) fn list(context: &RequestContext<'_>, request: &Request<'_>) -> Answer {
    let asked = |field: &str, value: bool| {
        request.query_text(field).is_none_or(|text| text.to_lowercase() == value.to_string())
    };
    let row = |number: u64| {
        let id = ids::own(Kind::Network, context.account, number);
        (id, network_name(number).to_owned(), record(context, number).to_string())
    };
    let wanted = |number: &u64| asked("shared", *number == 1) && asked("router:external", false);
    pages::list(context, request, "networks", numbers(context).filter(wanted).map(row).collect())
}

pub(super) fn one(context: &RequestContext<'_>, id: &str) -> Answer {
    match network_of(context, id) {
        Some(number) => Answer::one(200, "network", &record(context, number).to_string()),
        None => errors::neutron(404, "NetworkNotFound", &format!("Network {id} could not be found.")),
    }
}

pub(super) fn subnets(context: &RequestContext<'_>, request: &Request<'_>) -> Answer {
    let network = request.query_text("network_id").map(|id| network_of(context, &id).unwrap_or(0));
    let rows = known_subnets(context).filter(|(.., own, _, _)| network.is_none_or(|network| network == *own));
    let row = |subnet: (u64, u8, u64, &str, u8)| {
        let id = ids::own(Kind::Subnet, context.account, subnet.0);
        (id, subnet_name(subnet), subnet_record(context, subnet).to_string())
    };
    pages::list(context, request, "subnets", rows.map(row).collect())
}

pub(super) fn subnet(context: &RequestContext<'_>, id: &str) -> Answer {
    match known_subnets(context).find(|subnet| ids::own(Kind::Subnet, context.account, subnet.0) == id) {
        Some(subnet) => Answer::one(200, "subnet", &subnet_record(context, subnet).to_string()),
        None => errors::neutron(404, "SubnetNotFound", &format!("Subnet {id} could not be found.")),
    }
}

fn known_subnets(context: &RequestContext<'_>) -> impl Iterator<Item = (u64, u8, u64, &'static str, u8)> {
    let known: Vec<u64> = numbers(context).collect();
    SUBNETS.into_iter().filter(move |(_, _, network, ..)| known.contains(network))
}

fn record(context: &RequestContext<'_>, number: u64) -> Value {
    let tenant = &context.account.tenancy.tenant;
    let subnets = SUBNETS.iter().filter(|(_, _, network, ..)| *network == number);
    let subnets: Vec<String> = subnets.map(|(id, ..)| ids::own(Kind::Subnet, context.account, *id)).collect();
    let made = times::zulu(context, context.turn.start.plus(-86_400.0 * 400.0));
    json!({
        "id": ids::own(Kind::Network, context.account, number),
        "name": network_name(number),
        "tenant_id": tenant,
        "project_id": tenant,
        "admin_state_up": true,
        "mtu": 1500,
        "status": "ACTIVE",
        "subnets": subnets,
        "shared": number == 1,
        "availability_zone_hints": [],
        "availability_zones": [],
        "router:external": false,
        "description": "",
        "port_security_enabled": true,
        "tags": [],
        "created_at": made,
        "updated_at": made,
        "revision_number": 1,
    })
}

fn subnet_name((_, version, network, ..): (u64, u8, u64, &str, u8)) -> String {
    format!("{}-v{version}", network_name(network))
}

fn subnet_record(context: &RequestContext<'_>, subnet: (u64, u8, u64, &str, u8)) -> Value {
    let (number, version, network, range, prefix) = subnet;
    let (tenant, v6) = (&context.account.tenancy.tenant, version == 6);
    let host = |last: &str| if v6 { format!("{range}:{last}") } else { format!("{range}{last}") };
    json!({
        "id": ids::own(Kind::Subnet, context.account, number),
        "name": subnet_name(subnet),
        "tenant_id": tenant,
        "project_id": tenant,
        "network_id": ids::own(Kind::Network, context.account, network),
        "ip_version": version,
        "subnetpool_id": null,
        "enable_dhcp": false,
        "ipv6_ra_mode": null,
        "ipv6_address_mode": null,
        "gateway_ip": host("1"),
        "cidr": format!("{}/{prefix}", if v6 { host("") } else { host("0") }),
        "allocation_pools": [{"start": host("2"), "end": host(if v6 { "ffff" } else { "254" })}],
        "host_routes": [],
        "dns_nameservers": [],
        "description": "",
        "service_types": [],
        "tags": [],
        "revision_number": 0,
    })
}

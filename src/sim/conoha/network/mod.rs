//! Neutron v2.0, with the version in the path or without.

mod groups;
mod ports;
mod rules;

use super::answer::Answer;
use super::ids::{self, Kind};
use super::{Request, RequestContext, Service, body, errors};
use crate::sim::world::refusal::Refusal;

const NETWORK: Service = Service::Network;

pub(super) fn route(context: &mut RequestContext<'_>, request: &Request<'_>, parts: &[&str]) -> Answer {
    let rest = parts.strip_prefix(&["v2.0"]).unwrap_or(parts);
    match (request.method, rest) {
        ("GET", []) => super::versions::document(context, NETWORK),
        ("GET", ["security-groups"]) => groups::list(context, request),
        ("POST", ["security-groups"]) => groups::create(context, request),
        ("GET", ["security-groups", id]) => groups::one(context, id),
        ("PUT", ["security-groups", id]) => groups::update(context, request, id),
        ("DELETE", ["security-groups", id]) => groups::delete(context, id),
        ("GET", ["security-group-rules"]) => rules::list(context, request),
        ("POST", ["security-group-rules"]) => rules::create(context, request),
        ("GET", ["security-group-rules", id]) => rules::one(context, id),
        ("DELETE", ["security-group-rules", id]) => rules::delete(context, id),
        ("GET", ["ports"]) => ports::list(context, request),
        ("GET", ["ports", id]) => ports::one(context, id),
        ("PUT", ["ports", id]) => ports::update(context, request, id),
        _ => errors::no_such_path(NETWORK),
    }
}

fn group_number(context: &RequestContext<'_>, id: &str) -> Option<u64> {
    let numbers = context.account.firewalls.iter().map(|group| group.id);
    ids::number_of(Kind::Group, context.account, id, numbers)
}

fn no_group(id: &str) -> Answer {
    errors::neutron(404, "SecurityGroupNotFound", &format!("Security group {id} does not exist"))
}

fn bad(message: &str) -> Answer {
    errors::neutron(400, "HTTPBadRequest", message)
}

fn refused(context: &RequestContext<'_>, id: &str, refusal: Refusal) -> Answer {
    match refusal {
        Refusal::NoFirewall => no_group(id),
        Refusal::FirewallInUse => errors::neutron(
            context.turn.quirks.conoha.group_in_use,
            "SecurityGroupInUse",
            &format!("Security Group {id} in use."),
        ),
        Refusal::PanelGroup => errors::neutron(
            context.turn.quirks.conoha.panel_group_status,
            "SecurityGroupReadOnly",
            "This security group is managed by the system.",
        ),
        Refusal::GroupLimit => errors::neutron(409, "OverQuota", "Quota exceeded for resources: ['security_group']"),
        Refusal::RuleExists => errors::neutron(409, "SecurityGroupRuleExists", "Security group rule already exists."),
        _ => bad("Invalid input."),
    }
}

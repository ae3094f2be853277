//! What several answers of this service have in common.

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::errors;
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::service::Service;
use crate::sim::request_context::RequestContext;
use crate::sim::world::refusal::Refusal;

pub(super) const NETWORK: Service = Service::Network;

pub(super) fn group_number(context: &RequestContext<'_>, id: &str) -> Option<u64> {
    let numbers = context.account.firewalls.iter().map(|group| group.id);
    ids::number_of(Kind::Group, context.account, id, numbers)
}

pub(super) fn no_group(id: &str) -> Answer {
    errors::neutron(404, "SecurityGroupNotFound", &format!("Security group {id} does not exist"))
}

pub(super) fn bad(message: &str) -> Answer {
    errors::neutron(400, "HTTPBadRequest", message)
}

pub(super) fn refused(context: &RequestContext<'_>, id: &str, refusal: Refusal) -> Answer {
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

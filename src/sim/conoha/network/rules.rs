//! Rules of security groups. Ports may come as numbers or as texts.

use serde_json::{Map, Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::network::reply::{NETWORK, bad, group_number, no_group, refused};
use crate::sim::conoha::{body, errors, pages};
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::cloud::GroupRule;

fn all<'d>(context: &'d RequestContext<'_>) -> impl Iterator<Item = (u64, &'d GroupRule)> {
    context.account.firewalls.iter().flat_map(|group| group.group.rules.iter().map(|rule| (group.id, rule)))
}

pub(super) fn record(context: &RequestContext<'_>, group: u64, rule: &GroupRule) -> Value {
    let account = &*context.account;
    let mut record = json!({
        "id": ids::own(Kind::Rule, account, rule.id),
        "security_group_id": ids::own(Kind::Group, account, group),
        "tenant_id": account.tenancy.tenant,
        "direction": if rule.ingress { "ingress" } else { "egress" },
        "ethertype": if rule.v6 { "IPv6" } else { "IPv4" },
        "protocol": rule.protocol,
        "port_range_min": rule.port_min,
        "port_range_max": rule.port_max,
        "remote_ip_prefix": rule.remote,
        "remote_group_id": rule.remote_group.map(|group| ids::own(Kind::Group, account, group)),
    });
    if let Some(fields) = record.as_object_mut() {
        fields.extend(rule.odd.clone());
    }
    record
}

pub(super) fn list(context: &RequestContext<'_>, request: &Request<'_>) -> Answer {
    let wanted = request.query_text("security_group_id").map(|id| group_number(context, &id).unwrap_or(0));
    let id = |rule: &GroupRule| ids::own(Kind::Rule, context.account, rule.id);
    let rows = all(context)
        .filter(|(group, _)| wanted.is_none_or(|wanted| wanted == *group))
        .map(|(group, rule)| (id(rule), String::new(), record(context, group, rule).to_string()))
        .collect();
    pages::list(context, request, "security_group_rules", rows)
}

fn none(id: &str) -> Answer {
    errors::neutron(404, "SecurityGroupRuleNotFound", &format!("Security group rule {id} does not exist"))
}

fn number(context: &RequestContext<'_>, id: &str) -> Option<u64> {
    ids::number_of(Kind::Rule, context.account, id, all(context).map(|(_, rule)| rule.id))
}

fn told(context: &RequestContext<'_>, status: u16, number: u64, id: &str) -> Answer {
    match all(context).find(|(_, rule)| rule.id == number) {
        Some((group, rule)) => Answer::one(status, "security_group_rule", &record(context, group, rule).to_string()),
        None => none(id),
    }
}

pub(super) fn one(context: &RequestContext<'_>, id: &str) -> Answer {
    number(context, id).map_or_else(|| none(id), |number| told(context, 200, number, id))
}

pub(super) fn delete(context: &mut RequestContext<'_>, id: &str) -> Answer {
    let Some(number) = number(context, id) else {
        return none(id);
    };
    match context.account.remove_rule(&context.turn, number) {
        Ok(()) => Answer::empty(204),
        Err(refusal) => refused(context, id, refusal),
    }
}

pub(super) fn create(context: &mut RequestContext<'_>, request: &Request<'_>) -> Answer {
    let answer = body::inside(NETWORK, request, "security_group_rule").and_then(|fields| {
        let id = body::text(&fields, "security_group_id").unwrap_or_default();
        let group = group_number(context, id).ok_or_else(|| no_group(id))?;
        let rule = read(context, &fields)?;
        let number =
            context.account.add_rule(&context.turn, group, rule).map_err(|refusal| refused(context, id, refusal))?;
        Ok(told(context, 201, number, ""))
    });
    answer.unwrap_or_else(|refused| refused)
}

fn read(context: &RequestContext<'_>, fields: &Map<String, Value>) -> Result<GroupRule, Answer> {
    let ingress = match body::text(fields, "direction") {
        Some("ingress") => true,
        Some("egress") => false,
        _ => return Err(bad("Invalid input for direction.")),
    };
    let v6 = match body::text(fields, "ethertype") {
        Some("IPv6") => true,
        Some("IPv4") | None => false,
        _ => return Err(bad("Invalid input for ethertype.")),
    };
    let protocol = body::text(fields, "protocol").filter(|text| !text.is_empty()).map(str::to_lowercase);
    let is_known = protocol.as_deref().is_none_or(|word| matches!(word, "tcp" | "udp" | "icmp" | "icmpv6"));
    if !is_known {
        return Err(bad("Security group rule protocol is not supported."));
    }
    let (port_min, port_max) = (port(fields, "port_range_min")?, port(fields, "port_range_max")?);
    if protocol.is_none() && port_min.is_some() {
        return Err(bad("Must also specify protocol if port range is given."));
    }
    if matches!((port_min, port_max), (Some(first), Some(last)) if first > last) {
        return Err(bad("For TCP/UDP protocols, port_range_min must be <= port_range_max"));
    }
    let remote_group = match body::text(fields, "remote_group_id") {
        Some(id) => Some(group_number(context, id).ok_or_else(|| no_group(id))?),
        None => None,
    };
    let remote = body::text(fields, "remote_ip_prefix").filter(|text| !text.is_empty()).map(str::to_owned);
    if remote.is_some() && remote_group.is_some() {
        return Err(bad("Only remote_ip_prefix or remote_group_id may be provided."));
    }
    Ok(GroupRule { ingress, v6, protocol, port_min, port_max, remote, remote_group, ..GroupRule::default() })
}

fn port(fields: &Map<String, Value>, name: &str) -> Result<Option<u64>, Answer> {
    let number = match fields.get(name) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text.trim().parse().ok(),
        Some(other) => other.as_u64(),
    };
    match number {
        Some(port) if port <= 65_535 => Ok(Some(port)),
        _ => Err(bad(&format!("Invalid input for {name}."))),
    }
}

//! What hangs below a server: metadata, addresses, interfaces, its groups in Nova's older shape.

use serde_json::{Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::body;
use crate::sim::conoha::compute::create::pairs;
use crate::sim::conoha::compute::reply::{fail, no_server};
use crate::sim::conoha::compute::server;
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::service::Service;
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::cloud::{GroupRule, Volume};
use crate::sim::world::firewall::Firewall;
use crate::sim::world::instance::Instance;

fn of(context: &RequestContext<'_>, number: u64, tell: impl FnOnce(&Instance) -> Value) -> Answer {
    match context.account.instance(number) {
        Ok(instance) => Answer::json(200, &tell(instance)),
        Err(_) => no_server(&number.to_string()),
    }
}

pub(super) fn metadata(context: &RequestContext<'_>, number: u64) -> Answer {
    of(context, number, |instance| json!({"metadata": server::metadata(context, instance)}))
}

/// What is sent is laid over what is there.
pub(super) fn merge_metadata(context: &mut RequestContext<'_>, request: &Request<'_>, number: u64) -> Answer {
    let fields = match body::object(Service::Compute, request) {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let Some(given) = fields.get("metadata").and_then(pairs) else {
        return fail(400, "Malformed request body");
    };
    let own_names = context.ways().own_names;
    if let Ok(instance) = context.account.instance_mut(number) {
        for (key, value) in given {
            match key.as_str() {
                "instance_name_tag" if !own_names => instance.name = value,
                _ => drop(instance.cloud.metadata.insert(key, value)),
            }
        }
        context.account.note(&context.turn, "set_metadata", format!("instance {number}"));
    }
    metadata(context, number)
}

/// The volume that it boots from.
pub(super) fn volumes(context: &RequestContext<'_>, number: u64) -> Answer {
    of(context, number, |instance| {
        let attachment = |own: &Volume| {
            let id = ids::own(Kind::Volume, context.account, own.id);
            json!({"id": id, "volumeId": id, "serverId": server::id(context, instance), "device": "/dev/vda"})
        };
        let all: Vec<Value> = context.account.volume_of(number).map(attachment).into_iter().collect();
        json!({"volumeAttachments": all})
    })
}

pub(super) fn ips(context: &RequestContext<'_>, number: u64) -> Answer {
    of(context, number, |instance| {
        let mut addresses = server::addresses(context, instance);
        for row in addresses.as_object_mut().into_iter().flat_map(|networks| networks.values_mut()) {
            for address in row.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
                address.retain(|key, _| !key.starts_with("OS-"));
            }
        }
        json!({"addresses": addresses})
    })
}

pub(super) fn interfaces(context: &RequestContext<'_>, number: u64) -> Answer {
    let account = &*context.account;
    of(context, number, |instance| {
        if server::is_building(instance) {
            return json!({"interfaceAttachments": []});
        }
        let mut all = vec![json!({
            "port_state": "ACTIVE",
            "fixed_ips": fixed_ips(context, instance),
            "port_id": ids::own(Kind::Port, account, instance.id),
            "net_id": ids::own(Kind::Network, account, 1),
            "mac_addr": instance.mac,
        })];
        if let Some(local) = &instance.cloud.local {
            all.push(json!({
                "port_state": "ACTIVE",
                "fixed_ips": [{"subnet_id": ids::own(Kind::Subnet, account, 14), "ip_address": local.address}],
                "port_id": ids::own(Kind::LocalPort, account, instance.id),
                "net_id": ids::own(Kind::Network, account, 2),
                "mac_addr": server::local_mac(instance),
            }));
        }
        json!({"interfaceAttachments": all})
    })
}

/// `[{subnet_id, ip_address}]`.
pub(in crate::sim::conoha) fn fixed_ips(context: &RequestContext<'_>, instance: &Instance) -> Value {
    let both = [(&instance.v4, 4), (&instance.v6, 6)];
    let row = |(address, version): (&Option<String>, u64)| {
        let subnet = ids::own(Kind::Subnet, context.account, version);
        address.as_ref().map(|address| json!({"subnet_id": subnet, "ip_address": address}))
    };
    both.into_iter().filter_map(row).collect()
}

/// Only what may come in, in a shape unlike the network service's.
pub(super) fn groups(context: &RequestContext<'_>, number: u64) -> Answer {
    of(context, number, |instance| {
        let on = |group: &&Firewall| instance.firewalls.contains(&group.id) && !server::is_building(instance);
        let groups: Vec<Value> =
            context.account.firewalls.iter().filter(on).map(|group| old_group(context, group)).collect();
        json!({"security_groups": groups})
    })
}

fn old_group(context: &RequestContext<'_>, group: &Firewall) -> Value {
    let id = ids::own(Kind::Group, context.account, group.id);
    let inward = group.group.rules.iter().filter(|rule| rule.ingress);
    let rules: Vec<Value> = inward.map(|rule| old_rule(context, &id, rule)).collect();
    json!({
        "id": id,
        "name": group.name,
        "description": group.group.description,
        "tenant_id": context.account.tenancy.tenant,
        "rules": rules,
    })
}

fn old_rule(context: &RequestContext<'_>, group: &str, rule: &GroupRule) -> Value {
    let other = rule.remote_group.and_then(|id| context.account.firewalls.iter().find(|group| group.id == id));
    let tenant = &context.account.tenancy.tenant;
    let members = other.map_or_else(|| json!({}), |group| json!({"name": group.name, "tenant_id": tenant}));
    let anywhere = if rule.v6 { "::/0" } else { "0.0.0.0/0" };
    let range = match (&rule.remote, other) {
        (Some(remote), _) => json!({"cidr": remote}),
        (None, Some(_)) => json!({}),
        (None, None) => json!({"cidr": anywhere}),
    };
    json!({
        "id": ids::own(Kind::Rule, context.account, rule.id),
        "parent_group_id": group,
        "ip_protocol": rule.protocol,
        "from_port": rule.port_min,
        "to_port": rule.port_max,
        "ip_range": range,
        "group": members,
    })
}

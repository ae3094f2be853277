//! One server, in every form.

use serde_json::{Map, Value, json};

use crate::sim::conoha::compute::reply::{bookmark, links};
use crate::sim::conoha::compute::status;
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::networks::network_name;
use crate::sim::conoha::times;
use crate::sim::request_context::RequestContext;
use crate::sim::world::cloud::Source;
use crate::sim::world::instance::{Instance, State};

pub(super) fn id(context: &RequestContext<'_>, instance: &Instance) -> String {
    ids::own(Kind::Server, context.account, instance.id)
}

/// The name: upstream its owner's; at ConoHa its address with hyphens.
pub(super) fn name(context: &RequestContext<'_>, instance: &Instance) -> String {
    if context.ways().own_names {
        return instance.name.clone();
    }
    instance.v4.clone().unwrap_or_default().replace('.', "-")
}

pub(super) fn brief(context: &RequestContext<'_>, instance: &Instance) -> Value {
    let id = id(context, instance);
    json!({"links": links(context, "servers", &id), "id": id, "name": name(context, instance)})
}

/// The record as the list has it: without the fault where no host was found, as Zed does it.
pub(super) fn listed(context: &RequestContext<'_>, instance: &Instance) -> String {
    if instance.raw.is_some() || !context.ways().is_v3 {
        return text(context, instance);
    }
    let mut record = record(context, instance);
    if let Some(fields) = record.as_object_mut() {
        fields.remove("fault");
    }
    record.to_string()
}

/// The whole record, or what a script wants to be sent in its place.
pub(super) fn text(context: &RequestContext<'_>, instance: &Instance) -> String {
    instance.raw.clone().unwrap_or_else(|| record(context, instance).to_string())
}

fn record(context: &RequestContext<'_>, instance: &Instance) -> Value {
    let id = id(context, instance);
    let flavor = ids::flavor(context.turn.catalogue, instance.plan);
    let image = if instance.from_snapshot == 0 {
        ids::public_image(context.turn.catalogue, instance.image)
    } else {
        ids::own(Kind::Image, context.account, instance.from_snapshot)
    };
    let boot = context.account.volume_of(instance.id).map(|volume| ids::own(Kind::Volume, context.account, volume.id));
    let status = status::of(context, instance);
    let key = context.account.ssh_keys.iter().find(|key| key.id == instance.key).map(|key| &key.name);
    let host = ids::hex(Kind::Host, context.account, instance.host);
    let mut record = json!({
        "name": name(context, instance),
        "status": status.status,
        "tenant_id": context.account.tenancy.tenant,
        "user_id": ids::hex(Kind::User, context.account, 1),
        "hostId": format!("{host}{host}").get(..56),
        "accessIPv4": "",
        "accessIPv6": "",
        "created": times::zulu(context, instance.created),
        "updated": times::zulu(context, instance.cloud.since),
        "key_name": key,
        "config_drive": "True",
        "addresses": addresses(context, instance),
        "flavor": {"id": flavor, "links": bookmark(context, "flavors", &flavor)},
        "image": match &boot {
            None => json!({"id": image, "links": bookmark(context, "images", &image)}),
            Some(_) if context.turn.quirks.conoha.image_text => json!(""),
            Some(_) => Value::Null,
        },
        "metadata": metadata(context, instance),
        "links": links(context, "servers", &id),
        "os-extended-volumes:volumes_attached": boot.iter().map(|id| json!({"id": id})).collect::<Vec<_>>(),
        "OS-DCF:diskConfig": "MANUAL",
        "OS-EXT-AZ:availability_zone": "nova",
        "OS-EXT-SRV-ATTR:host": format!("{}-host{:03}", context.account.tenancy.region, instance.host),
        "OS-EXT-SRV-ATTR:hypervisor_hostname": format!("{}-host{:03}", context.account.tenancy.region, instance.host),
        "OS-EXT-SRV-ATTR:instance_name": format!("instance-{:08x}", instance.id),
        "OS-EXT-STS:power_state": status.power,
        "OS-EXT-STS:task_state": status.task,
        "OS-EXT-STS:vm_state": status.vm,
        "OS-SRV-USG:launched_at": instance.provisioned.map(|at| times::micros(context, at)),
        "OS-SRV-USG:terminated_at": Value::Null,
        "id": id,
    });
    if let Some(fields) = record.as_object_mut() {
        if !is_building(instance) {
            fields.insert("security_groups".to_owned(), group_names(context, instance));
        }
        if status.status == "ERROR" {
            let created = times::zulu(context, instance.cloud.since);
            fields.insert(
                "fault".to_owned(),
                json!({"code": 500, "message": "No valid host was found.", "created": created}),
            );
        } else if status.status == "ACTIVE" {
            fields.insert("progress".to_owned(), json!(0));
        }
    }
    record
}

/// The id and the name of the image that a volume was made from.
pub(in crate::sim::conoha) fn volume_source_name(
    context: &RequestContext<'_>,
    source: Source,
) -> Option<(String, String)> {
    match source {
        Source::Public(number) => {
            let image = context.turn.catalogue.public(number)?;
            Some((ids::public_image(context.turn.catalogue, number), image.name.clone()))
        }
        Source::Saved(number) => {
            let image = context.account.snapshots.iter().find(|image| image.id == number)?;
            Some((ids::own(Kind::Image, context.account, number), image.name.clone()))
        }
        Source::Volume(_) => None,
    }
}

/// Whether it has no port yet.
pub(super) fn is_building(instance: &Instance) -> bool {
    let is = |state: &State| matches!(state, State::Building { .. } | State::Installing { .. });
    is(&instance.state) || instance.cloud.before.as_deref().is_some_and(is)
}

/// `[{"name": …}]`.
pub(super) fn group_names(context: &RequestContext<'_>, instance: &Instance) -> Value {
    let name = |id: &u64| context.account.firewalls.iter().find(|group| group.id == *id).map(|group| &group.name);
    instance.firewalls.iter().filter_map(name).map(|name| json!({"name": name})).collect()
}

/// By the network's name, at ConoHa one that nobody can predict; none while it is being built.
pub(super) fn addresses(context: &RequestContext<'_>, instance: &Instance) -> Value {
    if is_building(instance) {
        return json!({});
    }
    let both = [(&instance.v4, 4), (&instance.v6, 6)];
    let rows: Vec<Value> = both
        .into_iter()
        .filter_map(|(address, version)| {
            let address = address.as_ref()?;
            Some(json!({
                "OS-EXT-IPS-MAC:mac_addr": instance.mac,
                "version": version,
                "addr": address,
                "OS-EXT-IPS:type": "fixed",
            }))
        })
        .collect();
    let block = instance.v4.as_deref().and_then(|v4| v4.rsplit_once('.')).map_or("2001-db8", |(block, _)| block);
    let upstream = |number: u64| context.ways().own_names.then(|| network_name(number).to_owned());
    let network = upstream(1).unwrap_or_else(|| format!("ext-{}-0-{}", block.replace('.', "-"), 100 + instance.set_no));
    let mut all = Map::from_iter([(network, Value::Array(rows))]);
    if let Some(local) = &instance.cloud.local {
        let row = json!({
            "OS-EXT-IPS-MAC:mac_addr": local_mac(instance),
            "version": 4,
            "addr": local.address,
            "OS-EXT-IPS:type": "fixed",
        });
        let network = upstream(2).unwrap_or_else(|| format!("local-gnct{:08}-1", instance.set_no));
        all.insert(network, json!([row]));
    }
    Value::Object(all)
}

/// The hardware address of the second port.
pub(in crate::sim::conoha) fn local_mac(instance: &Instance) -> String {
    format!("fa:16:3e{}", instance.mac.get(8..).unwrap_or_default())
}

/// Text to text; one of them is JSON in a text.
pub(super) fn metadata(context: &RequestContext<'_>, instance: &Instance) -> Value {
    if context.ways().own_names {
        return json!(instance.cloud.metadata);
    }
    let properties = json!({
        "vnc_keymap": "ja",
        "hw_video_model": "qxl",
        "hw_vif_model": "virtio",
        "hw_disk_bus": "virtio",
        "cdrom_path": "",
    });
    let mut all = Map::from_iter([
        ("backup_id".to_owned(), json!("")),
        ("backup_set".to_owned(), json!("0")),
        ("backup_status".to_owned(), json!("active")),
        ("instance_name_tag".to_owned(), json!(instance.name)),
        ("properties".to_owned(), json!(properties.to_string())),
    ]);
    all.extend(instance.cloud.metadata.iter().map(|(key, value)| (key.clone(), json!(value))));
    Value::Object(all)
}

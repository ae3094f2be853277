//! Where a change goes, and its body.

use reqwest::Method;
use serde_json::{Value, json};

use crate::domain::{Call, NewVolume, Order, OrderSource, Output, PowerCall, ResourceId, VolumeSource};
use crate::provider::openstack::dialect::{BootDisk, Dialect, ServerNames};
use crate::provider::openstack::endpoints::Service;
use crate::provider::openstack::rule;

pub(in crate::provider) struct RequestParts<'a> {
    pub(in crate::provider) method: Method,
    pub(in crate::provider) service: Service,
    pub(in crate::provider) path: Vec<&'a str>,
    pub(in crate::provider) body: Option<Value>,
}

/// The request of a call; `None` where there is no such call here, or not enough is known for it. `image`: the image,
/// snapshot or volume it is about, where it is about one.
pub(in crate::provider) fn request<'a>(
    call: &'a Call,
    image: Option<&'a ResourceId>,
    outputs: &[Output],
    dialect: &Dialect,
) -> Option<RequestParts<'a>> {
    let sent = |method, service, path: Vec<&'a str>, body| Some(RequestParts { method, service, path, body });
    let action = |instance: &'a ResourceId, body: Value| {
        sent(Method::POST, Service::Compute, vec!["servers", instance.as_str(), "action"], Some(body))
    };
    match call {
        Call::Power { what: PowerCall::ForceStop, .. } if !dialect.forces_stop => None,
        Call::Power { instance, what } => action(instance, power(*what)),
        Call::Resize { instance, plan } => action(instance, json!({"resize": {"flavorRef": plan.as_str()}})),
        Call::ConfirmResize { instance } => action(instance, json!({"confirmResize": null})),
        Call::RevertResize { instance, .. } => action(instance, json!({"revertResize": null})),
        Call::Destroy { instance } => sent(Method::DELETE, Service::Compute, vec!["servers", instance.as_str()], None),
        Call::TakeSnapshot { instance, name } => action(instance, json!({"createImage": {"name": name}})),
        // In place: id and address stay. Without a password the one on the saved disk stays as well.
        Call::Restore { instance, .. } => action(instance, json!({"rebuild": {"imageRef": image?.as_str()}})),
        Call::DeleteSnapshot { .. } => sent(Method::DELETE, Service::Image, vec!["images", image?.as_str()], None),
        Call::DeleteVolumeSnapshot { snapshot } => {
            sent(Method::DELETE, Service::Volume, vec!["snapshots", snapshot.as_str()], None)
        }
        Call::SaveVolume { volume, name, .. } => {
            let body = json!({"os-volume_upload_image": {"image_name": name}});
            sent(Method::POST, Service::Volume, vec!["volumes", volume.as_str(), "action"], Some(body))
        }
        Call::CreateVolume { volume } => {
            let body = json!({"volume": compose_volume(volume)});
            sent(Method::POST, Service::Volume, vec!["volumes"], Some(body))
        }
        Call::DeleteVolume { .. } => sent(Method::DELETE, Service::Volume, vec!["volumes", image?.as_str()], None),
        Call::CreateInstance { order } => {
            let server = compose_server(order, image?, outputs, dialect)?;
            sent(Method::POST, Service::Compute, vec!["servers"], Some(json!({"server": server})))
        }
        // A key pair's name is its id; the public part is always ours.
        Call::AddKey { key } => {
            let pair = json!({"keypair": {"name": key.name, "public_key": key.public}});
            sent(Method::POST, Service::Compute, vec!["os-keypairs"], Some(pair))
        }
        Call::DeleteKey { id } => sent(Method::DELETE, Service::Compute, vec!["os-keypairs", id.as_str()], None),
        Call::DeleteFirewall { firewall } => {
            sent(Method::DELETE, Service::Network, vec!["security-groups", firewall.as_str()], None)
        }
        Call::CreateFirewall { name, rules, instances } if rules.is_empty() && instances.is_empty() => {
            let group = json!({"security_group": {"name": name, "description": ""}});
            sent(Method::POST, Service::Network, vec!["security-groups"], Some(group))
        }
        Call::RenameFirewall { firewall, name } => {
            let group = json!({"security_group": {"name": name}});
            sent(Method::PUT, Service::Network, vec!["security-groups", firewall.as_str()], Some(group))
        }
        Call::AddRule { firewall, rule } => {
            let body = rule::body(rule, firewall.known(outputs)?.as_str())?;
            sent(Method::POST, Service::Network, vec!["security-group-rules"], Some(body))
        }
        Call::RemoveRule { id, .. } => {
            sent(Method::DELETE, Service::Network, vec!["security-group-rules", id.as_ref()?.as_str()], None)
        }
        // The write replaces the whole list of the port.
        Call::SetPort { port, firewalls, .. } => {
            let ids: Vec<&str> = firewalls.iter().map(ResourceId::as_str).collect();
            let body = json!({"port": {"security_groups": ids}});
            sent(Method::PUT, Service::Network, vec!["ports", port.as_ref()?.as_str()], Some(body))
        }
        // What an earlier version asked for in one call takes several requests.
        Call::CreateFirewall { .. }
        | Call::UpdateFirewall { .. }
        | Call::AssignFirewall { .. }
        | Call::DetachFirewall { .. }
        | Call::RetakeSnapshot { .. }
        | Call::ChangeKey { .. }
        | Call::CreateApiKey {}
        | Call::DeleteApiKey { .. }
        | Call::Made { .. } => None,
    }
}

fn compose_volume(volume: &NewVolume) -> Value {
    let mut body = json!({"name": volume.name, "size": volume.size_gb});
    if let Some(storage) = &volume.storage {
        body["volume_type"] = json!(storage);
    }
    match &volume.source {
        VolumeSource::Image(image) => body["imageRef"] = json!(image.as_str()),
        VolumeSource::Snapshot(snapshot) => body["snapshot_id"] = json!(snapshot.as_str()),
    }
    body
}

/// `from`: the image or the volume that it boots from.
fn compose_server(order: &Order, from: &ResourceId, outputs: &[Output], dialect: &Dialect) -> Option<Value> {
    let mut server = json!({"flavorRef": order.plan.as_str()});
    match (&order.source, dialect.boot_disk) {
        (OrderSource::Volume(_), BootDisk::SnapshotOfVolume) => {
            server["block_device_mapping_v2"] = json!([{
                "uuid": from.as_str(), "source_type": "volume", "destination_type": "volume", "boot_index": 0,
            }]);
        }
        (OrderSource::Volume(_), BootDisk::ImageOfVolume) => {
            server["block_device_mapping_v2"] = json!([{"uuid": from.as_str()}]);
        }
        _ => server["imageRef"] = json!(from.as_str()),
    }
    match dialect.server_names {
        ServerNames::Own => server["name"] = json!(order.name),
        ServerNames::Tag(key) => server["metadata"] = json!({key: order.name}),
    }
    if !order.firewalls.is_empty() {
        let names: Vec<Value> = order.firewalls.iter().map(|name| json!({"name": name})).collect();
        server["security_groups"] = Value::Array(names);
    }
    if let Some(network) = &order.network {
        server["networks"] = json!([{"uuid": network.as_str()}]);
    }
    if let Some(key) = &order.key {
        server["key_name"] = Value::from(key.known(outputs)?.as_str());
    }
    if !order.password.is_empty() {
        server["adminPass"] = Value::from(order.password.reveal());
    }
    Some(server)
}

/// What is done to the power; `force_shutdown` is no word of upstream's.
fn power(what: PowerCall) -> Value {
    match what {
        PowerCall::Start => json!({"os-start": null}),
        PowerCall::Stop => json!({"os-stop": null}),
        PowerCall::ForceStop => json!({"os-stop": {"force_shutdown": true}}),
        PowerCall::Reboot => json!({"reboot": {"type": "SOFT"}}),
        PowerCall::HardReboot => json!({"reboot": {"type": "HARD"}}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Hidden, OrderSource, Ref};
    use crate::provider::conoha_v2::DIALECT as CONOHA;

    #[rstest::rstest]
    #[case(PowerCall::Start, r#"{"os-start":null}"#)]
    #[case(PowerCall::Stop, r#"{"os-stop":null}"#)]
    #[case(PowerCall::ForceStop, r#"{"os-stop":{"force_shutdown":true}}"#)]
    #[case(PowerCall::Reboot, r#"{"reboot":{"type":"SOFT"}}"#)]
    #[case(PowerCall::HardReboot, r#"{"reboot":{"type":"HARD"}}"#)]
    fn power_is_an_action_on_the_server(#[case] what: PowerCall, #[case] body: &str) {
        let call = Call::Power { instance: "s".into(), what };
        let sent = request(&call, None, &[], &CONOHA).unwrap();
        assert_eq!((sent.method, sent.path), (Method::POST, vec!["servers", "s", "action"]));
        assert_eq!(sent.body.unwrap().to_string(), body);
    }

    #[test]
    fn a_server_is_made_with_its_name_as_a_tag_its_groups_by_name_and_its_key() {
        let (image, plan) = ("i".into(), ResourceId::new("f"));
        let make = |firewalls: &[&str], key: Option<&str>| Call::CreateInstance {
            order: Box::new(Order {
                name: "web".to_owned(),
                source: OrderSource::Snapshot(Ref::OutputSnapshot),
                plan: plan.clone(),
                region: None,
                network: None,
                key: key.map(|key| Ref::Known(ResourceId::new(key))),
                firewalls: firewalls.iter().map(|name| (*name).to_owned()).collect(),
                password: Hidden::default(),
                had_password: false,
            }),
        };
        let call = make(&["default", "web"], Some("laptop"));
        let body = request(&call, Some(&image), &[], &CONOHA).unwrap().body.unwrap();
        assert_eq!(
            body,
            json!({"server": {"imageRef": "i", "flavorRef": "f", "metadata": {"instance_name_tag": "web"}, "key_name": "laptop",
                "security_groups": [{"name": "default"}, {"name": "web"}]}})
        );
        let call = make(&[], None);
        assert!(
            request(&call, Some(&image), &[], &CONOHA).unwrap().body.unwrap()["server"]
                .get("security_groups")
                .is_none()
        );
        assert!(request(&call, Some(&image), &[], &CONOHA).unwrap().body.unwrap()["server"].get("key_name").is_none());
        assert!(request(&call, None, &[], &CONOHA).is_none());
    }
}

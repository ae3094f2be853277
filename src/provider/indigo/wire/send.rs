//! What is sent with a change: ids as recorded in October 2024, some as text and some as numbers.

use serde_json::{Map, Value, json};

use crate::domain::{Call, Direction, Order, OrderSource, Output, Phrase, PowerCall, ResourceId, Rule, text};

/// The JSON body of a call; `None` where it has none. `snapshot`: the snapshot the call is about, where it is about one.
///
/// # Errors
/// What is missing for it: something that only an earlier step teaches, or a password that is not written down.
pub(crate) fn body_of(call: &Call, snapshot: Option<&ResourceId>, outputs: &[Output]) -> Result<Option<Value>, Phrase> {
    let snapshot = snapshot.map(ResourceId::as_str);
    Ok(Some(match call {
        Call::CreateInstance { order } => ordered(order, snapshot, outputs)?,
        Call::AddKey { key } => json!({"sshName": key.name, "sshKey": key.public}),
        // All three: whether one alone would do was not recorded. The off state is spelt so.
        Call::ChangeKey { key, active, .. } => {
            let status = if *active { "ACTIVE" } else { "DEACTIVE" };
            json!({"sshName": key.name, "sshKey": key.public, "sshKeyStatus": status})
        }
        Call::Power { instance, what } => power(
            instance,
            match what {
                PowerCall::Start => "start",
                PowerCall::Stop => "stop",
                PowerCall::ForceStop => "forcestop",
                PowerCall::Reboot | PowerCall::HardReboot => "reset",
            },
        ),
        Call::Destroy { instance } => power(instance, "destroy"),
        Call::TakeSnapshot { instance, name } => json!({"name": name, "instanceid": int(instance), "slotnum": "0"}),
        Call::RetakeSnapshot { instance, .. } => json!({"instanceid": int(instance), "snapshotid": snapshot}),
        Call::Restore { instance, .. } => json!({"instanceid": instance.as_str(), "snapshotid": snapshot}),
        Call::CreateFirewall { name, rules, instances } => template(None, name, rules, instances),
        Call::UpdateFirewall { firewall, name, rules, instances } => template(Some(firewall), name, rules, instances),
        Call::AssignFirewall { firewall, instance } => {
            json!({"instanceid": instance.as_str(), "templateid": firewall.as_str()})
        }
        _ => return Ok(None),
    }))
}

/// An order in one of the four forms of one path: with a key, with a Windows password, with an address to import from,
/// from a snapshot. The first and the third were recorded October 2024; the others stand on the provider's page.
fn ordered(order: &Order, snapshot: Option<&str>, outputs: &[Output]) -> Result<Value, Phrase> {
    let mut body = Map::new();
    if let Some(key) = &order.key {
        let id = key.known(outputs).ok_or(text::not_sent::NO_KEY)?;
        body.insert("sshKeyId".into(), int(id));
    }
    if order.had_password {
        if order.password.is_empty() {
            return Err(text::not_sent::NO_PASSWORD.into());
        }
        body.insert("winPassword".into(), order.password.reveal().into());
    }
    if let Some(region) = &order.region {
        body.insert("regionId".into(), int(region));
    }
    match &order.source {
        OrderSource::Image(image) => drop(body.insert("osId".into(), int(image))),
        OrderSource::Import { image, url } => {
            body.insert("osId".into(), int(image));
            body.insert("importUrl".into(), url.as_str().into());
        }
        // As text, as the page has it.
        OrderSource::Snapshot(_) => {
            body.insert("snapshotId".into(), snapshot.ok_or(text::not_sent::NO_SNAPSHOT)?.into());
        }
        OrderSource::Volume(_) => return Err(text::not_sent::NO_SNAPSHOT.into()),
    }
    body.insert("instancePlan".into(), int(&order.plan));
    body.insert("instanceName".into(), order.name.as_str().into());
    Ok(Value::Object(body))
}

fn power(instance: &ResourceId, status: &str) -> Value {
    json!({"instanceId": instance.as_str(), "status": status})
}

/// The id as a number, where it is one.
fn int(id: &ResourceId) -> Value {
    id.as_str().parse::<u64>().map_or_else(|_| id.as_str().into(), Value::from)
}

/// `outbound` and `instances` are left out where empty, as in the recorded create: what an empty list of instances
/// does is not known, and it may detach machines.
fn template(id: Option<&ResourceId>, name: &str, rules: &[Rule], instances: &[ResourceId]) -> Value {
    let of = |direction: Direction| -> Vec<Value> {
        rules
            .iter()
            .filter(|rule| rule.direction == direction)
            .map(|r| json!({"type": r.preset, "protocol": r.protocol, "port": r.ports, "source": r.source}))
            .collect()
    };
    let mut body = Map::new();
    if let Some(id) = id {
        body.insert("templateid".into(), id.as_str().into());
    }
    body.insert("name".into(), name.into());
    body.insert("inbound".into(), of(Direction::In).into());
    let outbound = of(Direction::Out);
    if !outbound.is_empty() {
        body.insert("outbound".into(), outbound.into());
    }
    if !instances.is_empty() {
        body.insert("instances".into(), instances.iter().map(ResourceId::as_str).collect());
    }
    Value::Object(body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Ref;

    #[test]
    fn ids_are_sent_as_they_were_recorded() {
        let id = ResourceId::new("616516");
        let snapshot = ResourceId::new("12089");
        let power = Call::Power { instance: id.clone(), what: PowerCall::ForceStop };
        assert_eq!(body_of(&power, None, &[]).unwrap(), Some(json!({"instanceId": "616516", "status": "forcestop"})));
        let take = Call::TakeSnapshot { instance: id.clone(), name: "APItest".into() };
        assert_eq!(
            body_of(&take, None, &[]).unwrap(),
            Some(json!({"name": "APItest", "instanceid": 616_516, "slotnum": "0"}))
        );
        let restore = Call::Restore { instance: id, snapshot: Ref::Known(snapshot.clone()) };
        let body = body_of(&restore, Some(&snapshot), &[]).unwrap();
        assert_eq!(body, Some(json!({"instanceid": "616516", "snapshotid": "12089"})));
    }

    #[test]
    fn an_update_names_the_template_in_the_body_and_never_an_empty_list_of_instances() {
        let rule = Rule {
            direction: Direction::In,
            preset: "HTTP".into(),
            protocol: "TCP".into(),
            ports: "80".into(),
            source: "0.0.0.0".into(),
        };
        let mut call = Call::UpdateFirewall {
            firewall: "12836".into(),
            name: "APItest".into(),
            rules: vec![rule],
            instances: vec!["616516".into()],
        };
        let inbound = json!([{"type": "HTTP", "protocol": "TCP", "port": "80", "source": "0.0.0.0"}]);
        assert_eq!(
            body_of(&call, None, &[]).unwrap(),
            Some(json!({"templateid": "12836", "name": "APItest", "inbound": inbound, "instances": ["616516"]}))
        );
        if let Call::UpdateFirewall { instances, .. } = &mut call {
            instances.clear();
        }
        assert!(body_of(&call, None, &[]).unwrap().unwrap().get("instances").is_none());
    }
}

//! Instances.

use std::net::IpAddr;

use super::{field, named, size, status, told};
use crate::domain::{Address, Instance, Raw, ResourceId, text};
use crate::provider::http::ListRecord;
use crate::provider::indigo::wire;

/// An instance, whatever could be made of its record.
pub(crate) fn instance(record: ListRecord<wire::InstanceRecord>) -> Instance {
    let raw = record.raw;
    match record.value {
        Ok(sent) => understood(sent, raw),
        Err(what) => crate::provider::malformed::instance(what, raw),
    }
}

fn understood(sent: wire::InstanceRecord, raw: Raw) -> Instance {
    let (status, trouble) = status::instance(&sent.status, &sent.instancestatus);
    let imported = if sent.import_instance.is_some_and(|n| n > 0) { "yes" } else { "" };
    let fields = [
        field(text::field::PLAN, &sent.plan),
        field(text::field::ADDRESS_TYPE, &sent.ipaddress_type),
        field(text::field::REVERSE_NAME, &sent.arpaname),
        field(text::field::SET_UP, &told(sent.started_at)),
        field(text::field::CLOSED, &told(sent.closed_at)),
        field(text::field::IMPORTED, imported),
        field(text::field::FROM_SNAPSHOT, sent.snapshot_id.as_ref().map_or("", ResourceId::as_str)),
        field(text::field::SERVICE_ID, &sent.service_id),
        field(text::field::VEID, &sent.veid),
        field(text::field::MAC, &sent.macaddress),
        field(text::field::UUID, &sent.uuid),
    ];
    let os = sent.os.map(|os| if os.viewname.trim().is_empty() { os.name } else { os.viewname });
    Instance {
        name: named(&sent.instance_name, sent.id.as_str()),
        id: sent.id,
        status,
        raw_status: status::words(&sent.status, &sent.instancestatus),
        trouble,
        addresses: addresses([&sent.ipaddress, &sent.ip, &sent.secondary_ip]),
        spec: size::of_instance(sent.plan_id.as_ref(), &sent.plan, sent.memsize, sent.cpus),
        plan: sent.plan_id,
        os: os.filter(|os| !os.trim().is_empty()),
        image: sent.os_id,
        volumes: Vec::new(),
        region: Some(sent.regionname).filter(|r| !r.trim().is_empty()),
        key: sent.sshkey_id,
        firewalls: None,
        locked: false,
        created: sent.created_at,
        fields: fields.into_iter().flatten().collect(),
        raw,
    }
}

/// Each address once, those that are addresses first: `ip` and `ipaddress` may disagree or be empty.
fn addresses(sent: [&String; 3]) -> Vec<Address> {
    let mut texts: Vec<&str> = Vec::new();
    for text in sent.into_iter().map(|t| t.split('/').next().unwrap_or_default().trim()) {
        if !text.is_empty() && !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.sort_by_key(|text| text.parse::<IpAddr>().map_or(true, |ip| ip.is_unspecified()));
    texts.into_iter().map(|text| Address { text: text.to_owned(), network: None }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_once_and_a_valid_one_first() {
        let (ip, other) = ("203.0.113.7".to_owned(), "2001:db8::1/64".to_owned());
        let shown: Vec<String> = addresses([&"pending".to_owned(), &ip, &ip]).into_iter().map(|a| a.text).collect();
        assert_eq!(shown, ["203.0.113.7", "pending"]);
        let shown: Vec<String> = addresses([&ip, &String::new(), &other]).into_iter().map(|a| a.text).collect();
        assert_eq!(shown, ["203.0.113.7", "2001:db8::1"]);
    }
}

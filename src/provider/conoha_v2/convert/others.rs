//! Plans, keys, firewalls.

use super::super::fields;
use crate::domain::{Firewall, Key, Plan, ResourceId, RuleSet, Spec};
use crate::provider::details::{field, named};
use crate::provider::http::{Record, redact_json};
use crate::provider::openstack::{rule, wire};

pub(in crate::provider::conoha_v2) fn plan(record: Record<wire::Flavor>) -> Plan {
    let raw = record.raw;
    match record.value {
        Ok(sent) => Plan {
            name: named(&sent.name, sent.id.as_str()),
            spec: Spec {
                vcpus: sent.vcpus.and_then(|n| u32::try_from(n).ok()),
                memory_mb: sent.ram,
                disk_gb: sent.disk.filter(|gb| *gb > 0),
                mbps: None,
            },
            id: sent.id,
            addresses: None,
            raw,
        },
        Err(what) => Plan {
            name: crate::provider::malformed::name(&what),
            id: what.id,
            spec: Spec::default(),
            addresses: None,
            raw,
        },
    }
}

pub(in crate::provider::conoha_v2) fn key(record: Record<wire::KeyPair>) -> Key {
    let raw = record.raw;
    match record.value {
        Ok(sent) => Key {
            name: sent.name.as_str().to_owned(),
            id: sent.name,
            public: sent.public_key.trim().to_owned(),
            active: true,
            created: None,
            raw,
        },
        Err(what) => Key {
            name: crate::provider::malformed::name(&what),
            id: what.id,
            public: String::new(),
            active: false,
            created: None,
            raw,
        },
    }
}

/// A security group, with the servers whose ports are behind it; `ports`: all there are, where they are known.
pub(in crate::provider::conoha_v2) fn firewall(
    record: Record<wire::SecurityGroup>,
    ports: Option<&[wire::Port]>,
) -> Firewall {
    let raw = record.raw;
    let (id, name, details) = match record.value {
        Ok(sent) => (sent.id, sent.name, field(fields::DESCRIPTION, &sent.description)),
        Err(what) => {
            (what.id.clone(), crate::provider::malformed::name(&what), field(fields::MALFORMED, &what.state()))
        }
    };
    let behind = |ports: &[wire::Port]| {
        let mut on: Vec<ResourceId> = ports
            .iter()
            .filter(|port| port.device_owner.is_empty() || port.device_owner.starts_with("compute:"))
            .filter(|port| port.security_groups.contains(&id))
            .filter_map(|port| port.device_id.clone())
            .collect();
        on.sort_unstable();
        on.dedup();
        on
    };
    Firewall {
        name: named(&name, id.as_str()),
        on: ports.map(behind),
        fixed: is_of_panel(&name),
        created: None,
        updated: None,
        fields: details.into_iter().collect(),
        id,
        raw,
    }
}

/// Whether a group is one of those that every account has, which the API cannot change: `default` and the panel's port
/// presets `gncs-ipv4-all`, `gncs-ipv6-web` … (recorded by a public client in 2020; the provider's reference).
fn is_of_panel(name: &str) -> bool {
    name == "default" || name.starts_with("gncs-")
}

/// The rules of a group. A rule that is not understood fails the set, since a change would lose it.
pub(in crate::provider::conoha_v2) fn rules(group: &wire::SecurityGroup, body: &str) -> Result<RuleSet, String> {
    let rules = group.rules.iter().map(rule::read).collect::<Result<_, _>>()?;
    Ok(RuleSet { rules, raw: crate::domain::Raw::new(&redact_json(body)) })
}

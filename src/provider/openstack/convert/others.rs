//! Plans, keys, firewalls.

use crate::domain::{Firewall, Key, Network, Plan, Port, ResourceId, RuleSet, Spec, text};
use crate::provider::details::{field, named};
use crate::provider::http::{ListRecord, redact_json};
use crate::provider::openstack::dialect::Dialect;
use crate::provider::openstack::{network, rule, wire};

pub(in crate::provider) fn plan(record: ListRecord<wire::FlavorRecord>) -> Plan {
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

/// A network that servers are put on: one of the project's own, or one that is shared with it. `None` for one that only
/// leads outside.
pub(in crate::provider) fn network(sent: wire::NetworkRecord) -> Option<Network> {
    let is_for_servers = sent.shared || !sent.is_external;
    let gives_addresses = sent.admin_state_up && !sent.subnets.is_empty();
    let name = named(&sent.name, sent.id.as_str());
    is_for_servers.then_some(Network { id: sent.id, name, gives_addresses })
}

pub(in crate::provider) fn key(record: ListRecord<wire::KeyPairRecord>) -> Key {
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
pub(in crate::provider) fn firewall(
    record: ListRecord<wire::SecurityGroupRecord>,
    ports: Option<&[wire::PortRecord]>,
    dialect: &Dialect,
) -> Firewall {
    let raw = record.raw;
    let (id, name, details) = match record.value {
        Ok(sent) => (sent.id, sent.name, field(text::field::DESCRIPTION, &sent.description)),
        Err(what) => {
            (what.id.clone(), crate::provider::malformed::name(&what), field(text::field::MALFORMED, &what.state()))
        }
    };
    let behind = |ports: &[wire::PortRecord]| {
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
        fixed: (dialect.is_fixed)(&name),
        created: None,
        updated: None,
        fields: details.into_iter().collect(),
        id,
        raw,
    }
}

/// The rules of a group. A rule that is not understood fails the set, since a change would lose it.
pub(in crate::provider) fn rules(group: &wire::SecurityGroupRecord, body: &str) -> Result<RuleSet, String> {
    let rules = group.rules.iter().map(rule::read).collect::<Result<_, _>>()?;
    let ids = group.rules.iter().map(|rule| ResourceId::new(&rule.id)).collect();
    Ok(RuleSet { rules, ids, raw: crate::domain::Raw::new(&redact_json(body)) })
}

/// The ports of an instance. A firewall goes on those with a public address; where none is seen to have one, on those
/// that are behind any group, and where there is none either, on all. One without port security takes none.
pub(in crate::provider) fn ports(sent: &[wire::PortRecord], instance: &ResourceId) -> Vec<Port> {
    // A service that did not know the filter would send them all.
    let own = || sent.iter().filter(|port| port.device_id.as_ref().is_none_or(|device| device == instance));
    let is_public = |port: &wire::PortRecord| port.fixed_ips.iter().any(|ip| network::is_public(&ip.ip_address));
    let is_guarded = |port: &wire::PortRecord| !port.security_groups.is_empty();
    let (any_public, any_guarded) = (own().any(is_public), own().any(is_guarded));
    let takes = |port: &wire::PortRecord| match (any_public, any_guarded) {
        _ if port.is_unguarded => false,
        (true, _) => is_public(port),
        (false, true) => is_guarded(port),
        (false, false) => true,
    };
    own()
        .map(|port| Port { id: port.id.clone(), firewalls: port.security_groups.clone(), takes_firewalls: takes(port) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::openstack::wire::FixedIp;

    fn port(id: &str, device: &str, ip: &str, groups: &[&str]) -> wire::PortRecord {
        wire::PortRecord {
            id: id.into(),
            device_id: (!device.is_empty()).then(|| device.into()),
            device_owner: String::new(),
            security_groups: groups.iter().map(|group| ResourceId::from(*group)).collect(),
            is_unguarded: ip == "192.0.2.1",
            fixed_ips: vec![FixedIp { ip_address: ip.to_owned() }],
        }
    }

    #[rstest::rstest]
    #[case(&[("local", "", "192.168.0.2", &["g"][..]), ("public", "", "203.0.113.7", &["a", "b"])], "public")]
    #[case(&[("p", "", "", &[][..]), ("q", "", "", &["a"])], "q")]
    #[case(&[("p", "", "", &[][..])], "p")]
    #[case(&[("p", "", "192.0.2.1", &[][..]), ("q", "", "198.51.100.7", &[])], "q")]
    #[case(&[("other", "j", "203.0.113.8", &["a"][..]), ("own", "i", "10.0.0.2", &[])], "own")]
    fn a_firewall_goes_on_the_public_port_else_on_the_guarded_ones_else_on_all(
        #[case] sent: &[(&str, &str, &str, &[&str])],
        #[case] expected: &str,
    ) {
        let sent: Vec<wire::PortRecord> = sent.iter().map(|(id, of, ip, groups)| port(id, of, ip, groups)).collect();
        let taken: Vec<String> =
            ports(&sent, &"i".into()).iter().filter(|p| p.takes_firewalls).map(|p| p.id.to_string()).collect();
        assert_eq!(taken, [expected]);
    }
}

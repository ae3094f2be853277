//! Which ports of a server a firewall goes on, and what their lists of groups become. Pure.

use crate::domain::ResourceId;
use crate::provider::openstack::{network, wire::Port};

/// The next port whose list must change, and what it becomes; `None` where all is as it shall be.
pub(super) fn next<'a>(ports: &'a [Port], group: &ResourceId, is_on: bool) -> Option<(&'a Port, Vec<ResourceId>)> {
    let port = wanted(ports).into_iter().find(|port| port.security_groups.contains(group) != is_on)?;
    let mut groups = port.security_groups.clone();
    if is_on {
        groups.push(group.clone());
    } else {
        groups.retain(|other| other != group);
    }
    Some((port, groups))
}

/// The ports that are meant: those with a public address. Where none is seen to have one, those that are behind any
/// group, and where there is none either, all.
fn wanted(ports: &[Port]) -> Vec<&Port> {
    let those = |is: fn(&Port) -> bool| ports.iter().filter(|port| is(port)).collect::<Vec<_>>();
    let public = those(|port| port.fixed_ips.iter().any(|ip| network::is_public(&ip.ip_address)));
    if !public.is_empty() {
        return public;
    }
    let guarded = those(|port| !port.security_groups.is_empty());
    if guarded.is_empty() { ports.iter().collect() } else { guarded }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::openstack::wire::FixedIp;

    fn port(id: &str, ip: &str, groups: &[&str]) -> Port {
        Port {
            id: id.into(),
            device_id: None,
            device_owner: String::new(),
            security_groups: groups.iter().map(|group| ResourceId::from(*group)).collect(),
            fixed_ips: vec![FixedIp { ip_address: ip.to_owned() }],
        }
    }

    fn told(ports: &[Port], is_on: bool) -> Option<(String, String)> {
        let (port, groups) = next(ports, &"g".into(), is_on)?;
        let groups: Vec<&str> = groups.iter().map(ResourceId::as_str).collect();
        Some((port.id.to_string(), groups.join(" ")))
    }

    fn some(id: &str, groups: &str) -> Option<(String, String)> {
        Some((id.to_owned(), groups.to_owned()))
    }

    #[test]
    fn only_the_public_port_changes_and_keeps_its_other_groups() {
        let ports = [port("local", "192.168.0.2", &["g"]), port("public", "203.0.113.7", &["a", "b"])];
        assert_eq!(told(&ports, true), some("public", "a b g"));
        assert_eq!(told(&ports, false), None);
        let ports = [port("local", "10.0.0.2", &[]), port("public", "203.0.113.7", &["a", "g"])];
        assert_eq!(told(&ports, false), some("public", "a"));
    }

    #[test]
    fn without_a_public_address_those_with_groups_change_else_all() {
        assert_eq!(told(&[port("p", "", &[]), port("q", "", &["a"])], true), some("q", "a g"));
        assert_eq!(told(&[port("p", "", &[])], true), some("p", "g"));
        assert_eq!(told(&[], true), None);
    }
}

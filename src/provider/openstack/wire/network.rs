//! Neutron's security groups, their rules, and ports.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::lenient;
use crate::domain::ResourceId;

/// `{"security_group":{…}}`.
#[derive(Debug, Deserialize)]
pub(in crate::provider) struct OneSecurityGroup {
    pub(in crate::provider) security_group: SecurityGroupRecord,
}

#[derive(Debug, Clone, Deserialize)]
pub(in crate::provider) struct SecurityGroupRecord {
    #[serde(deserialize_with = "lenient::id")]
    pub(in crate::provider) id: ResourceId,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) description: String,
    #[serde(default, rename = "security_group_rules", deserialize_with = "lenient::list")]
    pub(in crate::provider) rules: Vec<SecurityRuleRecord>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub(in crate::provider) struct SecurityRuleRecord {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) id: String,
    /// `ingress` or `egress`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) direction: String,
    /// `IPv4` or `IPv6`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) ethertype: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) protocol: String,
    #[serde(default, rename = "port_range_min", deserialize_with = "lenient::text")]
    pub(in crate::provider) from_port: String,
    #[serde(default, rename = "port_range_max", deserialize_with = "lenient::text")]
    pub(in crate::provider) to_port: String,
    #[serde(default, rename = "remote_ip_prefix", deserialize_with = "lenient::text")]
    pub(in crate::provider) prefix: String,
    #[serde(default, rename = "remote_group_id", deserialize_with = "lenient::text")]
    pub(in crate::provider) group: String,
    /// All else: later versions narrow rules by fields that older ones do not have.
    #[serde(flatten)]
    pub(in crate::provider) others: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(in crate::provider) struct PortRecord {
    #[serde(deserialize_with = "lenient::id")]
    pub(in crate::provider) id: ResourceId,
    /// The server, where it is a server's.
    #[serde(default, deserialize_with = "lenient::some_id")]
    pub(in crate::provider) device_id: Option<ResourceId>,
    /// `compute:nova` of a server's.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) device_owner: String,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(in crate::provider) security_groups: Vec<ResourceId>,
    /// Whether its port security is off, so that it can be behind no group.
    #[serde(default, rename = "port_security_enabled", deserialize_with = "lenient::is_off")]
    pub(in crate::provider) is_unguarded: bool,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(in crate::provider) fixed_ips: Vec<FixedIp>,
}

#[derive(Debug, Clone, Deserialize)]
pub(in crate::provider) struct NetworkRecord {
    #[serde(deserialize_with = "lenient::id")]
    pub(in crate::provider) id: ResourceId,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) name: String,
    #[serde(default, deserialize_with = "lenient::is_on")]
    pub(in crate::provider) admin_state_up: bool,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(in crate::provider) subnets: Vec<String>,
    #[serde(default, deserialize_with = "lenient::is_on")]
    pub(in crate::provider) shared: bool,
    /// Whether it leads outside: floating addresses come from there, and servers are put on it only where it is shared.
    #[serde(default, rename = "router:external", deserialize_with = "lenient::is_on")]
    pub(in crate::provider) is_external: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(in crate::provider) struct FixedIp {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) ip_address: String,
}

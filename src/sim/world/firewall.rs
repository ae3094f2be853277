//! Firewalls: named sets of rules, put on machines.

use serde::{Deserialize, Serialize};

use crate::sim::clock::Moment;
use crate::sim::world::cloud::Group;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// `HTTP`, `HTTPS`, `Custom`, `All TCP` …
    #[serde(rename = "type")]
    pub kind: String,
    /// `TCP`, `UDP`, `ICMP`.
    pub protocol: String,
    /// A number, a range, `All Ports` or nothing.
    #[serde(default)]
    pub port: String,
    pub source: String,
}

#[derive(Debug, Clone)]
pub struct Firewall {
    pub id: u64,
    pub name: String,
    pub inbound: Vec<Rule>,
    pub outbound: Vec<Rule>,
    /// What only a security group has.
    pub group: Group,
    pub created: Moment,
    /// When it was changed last.
    pub updated: Moment,
}

/// What a create or an update says; none where it is silent.
#[derive(Debug, Clone, Default)]
pub struct FirewallDraft {
    pub name: Option<String>,
    pub inbound: Option<Vec<Rule>>,
    pub outbound: Option<Vec<Rule>>,
    pub instances: Option<Vec<u64>>,
}

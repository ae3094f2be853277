//! Who may talk to an instance.

use serde::{Deserialize, Serialize};

use crate::domain::ids::ResourceId;
use crate::domain::instance::{Field, Instance};
use crate::domain::raw::Raw;
use crate::domain::time::Timestamp;

/// A security group or firewall template. Its rules are a list of their own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Firewall {
    pub id: ResourceId,
    pub name: String,
    /// The instances it is on, where the provider tells.
    pub on: Option<Vec<ResourceId>>,
    /// Whether it is the provider's own, which nobody else can change.
    pub fixed: bool,
    pub created: Option<Timestamp>,
    /// When it was changed last.
    pub updated: Option<Timestamp>,
    /// Everything else the provider tells.
    pub fields: Vec<Field>,
    /// The record as it was sent.
    #[serde(skip)]
    pub raw: Raw,
}

impl Firewall {
    /// Whether it stands on an instance, where either tells.
    #[must_use]
    pub fn is_on(&self, instance: &Instance) -> Option<bool> {
        let told = self.on.as_ref().map(|on| on.contains(&instance.id));
        told.or_else(|| instance.firewalls.as_ref().map(|names| names.contains(&self.name)))
    }
}

/// Where traffic comes from, seen from the instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    In,
    Out,
}

/// One thing that is allowed. All text is as the provider sends and takes it; what it means is compared after
/// normalising, never rewritten in place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rule {
    pub direction: Direction,
    /// The provider's preset, such as `HTTP` or `Custom`; empty where there is none.
    pub preset: String,
    /// `TCP`, `UDP`, `ICMP` …
    pub protocol: String,
    /// `22`, `8000-8010`, or empty where the protocol has no ports or all are meant.
    pub ports: String,
    /// An address or a network; `0.0.0.0` and `0.0.0.0/0` both mean anywhere. `group:` and a firewall's id mean the
    /// machines behind that firewall, `group6:` the same over IPv6. Anything else is kept as it is.
    pub source: String,
}

impl Rule {
    /// The firewall whose machines are its source, where that is its source.
    #[must_use]
    pub fn group(&self) -> Option<ResourceId> {
        let source = self.source.trim();
        source.strip_prefix("group:").or_else(|| source.strip_prefix("group6:")).map(ResourceId::new)
    }

    /// Whether its source is of IPv6.
    #[must_use]
    pub fn is_v6(&self) -> bool {
        let source = self.source.trim();
        !source.starts_with("group:") && source.contains(':')
    }

    #[must_use]
    pub fn is_from_anywhere(&self) -> bool {
        matches!(self.source.trim(), "" | "0.0.0.0" | "0.0.0.0/0" | "::" | "::/0")
    }
}

/// The rules of one firewall, in the provider's order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RuleSet {
    pub rules: Vec<Rule>,
    /// The id of each rule, where rules have ids.
    #[serde(default)]
    pub ids: Vec<ResourceId>,
    /// The answer as it was sent.
    #[serde(skip)]
    pub raw: Raw,
}

/// A network port of an instance, with the firewalls that stand on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Port {
    pub id: ResourceId,
    pub firewalls: Vec<ResourceId>,
    /// Whether a firewall that is put on its instance is put on it.
    pub takes_firewalls: bool,
}

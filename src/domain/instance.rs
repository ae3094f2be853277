//! A virtual server.

use crate::domain::{Phrase, Text, text};

use serde::{Deserialize, Serialize};

use crate::domain::ids::ResourceId;
use crate::domain::raw::Raw;
use crate::domain::status::InstanceStatus;
use crate::domain::time::Timestamp;
use crate::domain::volume::InstanceVolume;

/// A virtual server, as a provider told of it last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Instance {
    pub id: ResourceId,
    pub name: String,
    pub status: InstanceStatus,
    /// The provider's own words for it, such as `OPEN, Running`.
    pub raw_status: String,
    /// What is wrong with it, where something is.
    pub trouble: Option<Trouble>,
    /// Its addresses, the one to reach it by first.
    pub addresses: Vec<Address>,
    /// Its plan's id, where the provider tells.
    pub plan: Option<ResourceId>,
    pub spec: Spec,
    /// The operating system or image it was made from, in words.
    pub os: Option<String>,
    /// `None` where it boots from a volume, and where it is not told.
    pub image: Option<ResourceId>,
    /// The volumes that are attached to it.
    pub volumes: Vec<InstanceVolume>,
    pub region: Option<String>,
    pub key: Option<ResourceId>,
    /// The names of the firewalls it is behind, where the provider tells.
    pub firewalls: Option<Vec<String>>,
    /// Whether the provider's panel has it locked against being destroyed.
    pub locked: bool,
    pub created: Option<Timestamp>,
    /// Everything else the provider tells, in the provider's order, for the details.
    pub fields: Vec<Field>,
    /// The record as it was sent, secrets removed.
    #[serde(skip)]
    pub raw: Raw,
}

impl Instance {
    /// Whether it has a volume for its disk: of such a one no image is told.
    #[must_use]
    pub const fn boots_from_volume(&self) -> bool {
        self.image.is_none() && !self.volumes.is_empty()
    }

    /// The address to reach it by.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        self.addresses.first().map(|a| a.text.as_str())
    }
}

/// What is wrong with a resource, in the provider's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    pub said: String,
    /// The key of a phrase that says what it means and what to do, where that is known.
    pub hint: Option<Text>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// As it would be typed; without a prefix length.
    pub text: String,
    /// The network it belongs to, where there are several.
    pub network: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Spec {
    pub vcpus: Option<u32>,
    /// Memory in MB (1 GB = 1024 MB).
    pub memory_mb: Option<u64>,
    pub disk_gb: Option<u64>,
    pub mbps: Option<u32>,
}

impl Spec {
    /// Processors, memory, disk and network: what is known of them.
    #[must_use]
    pub fn sizes(&self) -> [Option<Phrase>; 4] {
        let memory = |mb: u64| match mb % 1024 {
            0 => text::unit::gigabytes((mb / 1024).to_string()),
            _ => text::unit::megabytes(mb.to_string()),
        };
        [
            self.vcpus.map(text::unit::vcpus),
            self.memory_mb.map(memory),
            self.disk_gb.map(|gb| text::unit::gigabytes(gb.to_string())),
            self.mbps.map(text::unit::mbps),
        ]
    }
}

/// One more thing that a provider tells of a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    pub label: Text,
    pub value: String,
}

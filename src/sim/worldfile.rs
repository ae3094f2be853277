//! World files: what a world begins with, and what happens to it by the script. TOML. Every key, switch and duration is
//! told in `assets/worlds/README.md`, where the worlds are that come with the program.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::sim::chance::Chance;
use crate::sim::faults::Fault;
use crate::sim::quirks::Quirks;
use crate::sim::script::Change;
use crate::sim::world::durations::Durations;
use crate::sim::world::firewall::Rule;
use crate::sim::world::instance::Oddities;
use crate::sim::world::provider::Provider;

/// The worlds that come with the program, by name.
const BUILT_IN: [(&str, &str); 10] = [
    ("demo", include_str!("../../assets/worlds/demo.toml")),
    ("small", include_str!("../../assets/worlds/small.toml")),
    ("empty", include_str!("../../assets/worlds/empty.toml")),
    ("large", include_str!("../../assets/worlds/large.toml")),
    ("conoha", include_str!("../../assets/worlds/conoha.toml")),
    ("conoha-v3", include_str!("../../assets/worlds/conoha-v3.toml")),
    ("openstack", include_str!("../../assets/worlds/openstack.toml")),
    ("both", include_str!("../../assets/worlds/both.toml")),
    ("recorded", include_str!("../../assets/worlds/recorded.toml")),
    ("bad-day", include_str!("../../assets/worlds/bad-day.toml")),
];

/// Why a world could not be read.
#[derive(Debug, thiserror::Error)]
pub enum WorldFileError {
    /// The TOML is not a world.
    #[error("this is not a world file: {0}")]
    Toml(#[from] toml::de::Error),
    #[error("there is no built-in world named {name}; there are {known}")]
    UnknownName { name: String, known: String },
}

/// The numbers that what is made gets, in their order; after the last of them it is counted on. Where they are not said,
/// it is counted on from the start.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Next {
    pub instance: Vec<u64>,
    pub snapshot: Vec<u64>,
    pub firewall: Vec<u64>,
    pub key: Vec<u64>,
    pub api_key: Vec<u64>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorldFile {
    #[serde(default)]
    pub about: String,
    /// The speed this world is meant for, in world seconds a real second.
    #[serde(default = "one")]
    pub speed: f64,
    /// Where the records are silent.
    #[serde(default)]
    pub quirks: Quirks,
    #[serde(default)]
    pub durations: Durations,
    /// ConoHa: the ids of plans and public images by name, where they matter.
    #[serde(default)]
    pub uuids: BTreeMap<String, String>,
    #[serde(default, rename = "account")]
    pub accounts: Vec<AccountSeed>,
    #[serde(default, rename = "event")]
    pub events: Vec<Event>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// World seconds from the start.
    pub at: f64,
    /// A change made elsewhere.
    #[serde(default)]
    pub change: Option<Change>,
    #[serde(default)]
    pub fault: Option<Fault>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountSeed {
    pub name: String,
    /// Whose API it is reached by.
    #[serde(default = "indigo")]
    pub provider: Provider,
    #[serde(default)]
    pub comment: String,
    #[serde(default)]
    pub client_id: String,
    /// ConoHa: the API user, in place of an API key.
    #[serde(default)]
    pub username: String,
    /// ConoHa: the tenant; made from the account's name where it is empty.
    #[serde(default)]
    pub tenant_id: String,
    #[serde(default = "tyo1")]
    pub region: String,
    #[serde(default = "fifty_gb")]
    pub image_quota: String,
    /// The API secret that is right.
    pub secret: String,
    /// The secret its owner has written down, where that is another.
    #[serde(default)]
    pub configured_secret: Option<String>,
    #[serde(default = "owner")]
    pub owner: String,
    /// Requests a minute; 0 for no limit.
    #[serde(default = "six")]
    pub quota: u32,
    /// Tokens that were issued before, good from the start on.
    #[serde(default)]
    pub tokens: Vec<String>,
    #[serde(default)]
    pub next: Next,
    #[serde(default = "twenty_five")]
    pub instance_limit: usize,
    #[serde(default = "first_instance")]
    pub first_id: u64,
    #[serde(default)]
    pub out_of_stock: Vec<u64>,
    /// So many machines more, made up.
    #[serde(default)]
    pub generate: u64,
    #[serde(default, rename = "key")]
    pub keys: Vec<KeySeed>,
    #[serde(default, rename = "firewall")]
    pub firewalls: Vec<FirewallSeed>,
    #[serde(default, rename = "instance")]
    pub instances: Vec<InstanceSeed>,
    #[serde(default, rename = "image")]
    pub images: Vec<SnapshotSeed>,
    /// Volumes that no server has; those that servers boot from are there without being written down.
    #[serde(default, rename = "volume")]
    pub volumes: Vec<VolumeSeed>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VolumeSeed {
    pub name: String,
    /// GB.
    pub size: u64,
    /// What kind of storage it is on.
    #[serde(default)]
    pub storage: String,
    /// The name of the public image that it was made from.
    #[serde(default)]
    pub os: Option<String>,
    #[serde(default)]
    pub age: Age,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeySeed {
    pub name: String,
    /// Its number, where that matters.
    #[serde(default)]
    pub id: Option<u64>,
    pub line: String,
    #[serde(default = "yes")]
    pub active: bool,
    #[serde(default)]
    pub age: Age,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirewallSeed {
    pub name: String,
    #[serde(default)]
    pub inbound: Vec<Rule>,
    #[serde(default)]
    pub outbound: Vec<Rule>,
    #[serde(default)]
    pub age: Age,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beginning {
    #[default]
    Running,
    Stopped,
    Installing,
    Importing,
    ImportFailed,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstanceSeed {
    pub name: String,
    /// Its number, where that matters.
    #[serde(default)]
    pub id: Option<u64>,
    /// ConoHa: its id, where that matters.
    #[serde(default)]
    pub uuid: Option<String>,
    #[serde(default = "plan")]
    pub plan: u64,
    /// The number of its image; imports have none.
    #[serde(default = "image")]
    pub image: u64,
    /// The name of its plan, in place of the number.
    #[serde(default)]
    pub flavour: Option<String>,
    /// ConoHa: the name of the plan it had before a resize that waits to be confirmed.
    #[serde(default)]
    pub resized_from: Option<String>,
    /// ConoHa: the name of its public image, in place of the number.
    #[serde(default)]
    pub os: Option<String>,
    /// ConoHa: whether the panel has locked it against deletion.
    #[serde(default)]
    pub locked: bool,
    /// ConoHa: its address in a private network, where it has a second port there.
    #[serde(default)]
    pub local_ipv4: Option<String>,
    /// ConoHa: what else is written to it.
    #[serde(default)]
    pub metadata: BTreeMap<String, String>,
    #[serde(default)]
    pub state: Beginning,
    /// An import's percentage at the start.
    #[serde(default)]
    pub percent: f64,
    /// World seconds until an import or an installation ends, where not by its own pace.
    #[serde(default)]
    pub done_in: Option<f64>,
    /// World seconds until an import fails.
    #[serde(default)]
    pub fails_in: Option<f64>,
    #[serde(default = "bad_url")]
    pub reason: String,
    /// How long ago it was ordered.
    #[serde(default)]
    pub age: Age,
    /// Its IPv4 address, where it is not the next one.
    #[serde(default)]
    pub ipv4: Option<String>,
    /// Its IPv6 address, where it is not the next one.
    #[serde(default)]
    pub ipv6: Option<String>,
    #[serde(default)]
    pub firewalls: Vec<String>,
    #[serde(default)]
    pub key: Option<String>,
    #[serde(default)]
    pub word: Option<String>,
    #[serde(default)]
    pub odd: Oddities,
    #[serde(default, rename = "snapshot")]
    pub snapshots: Vec<SnapshotSeed>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SnapshotSeed {
    pub name: String,
    /// ConoHa: its id, where that matters.
    #[serde(default)]
    pub uuid: Option<String>,
    #[serde(default)]
    pub age: Age,
    #[serde(default)]
    pub size: Option<u64>,
    /// ConoHa: the name of the public image below it, where its server is gone.
    #[serde(default)]
    pub os: Option<String>,
    /// ConoHa: GB of the disk it was taken of, where its server is gone.
    #[serde(default)]
    pub min_disk: Option<u64>,
    /// World seconds until it is complete, where it is being taken.
    #[serde(default)]
    pub done_in: Option<f64>,
    #[serde(default)]
    pub fails: bool,
}

/// A span of time written as `90s`, `15m`, `6h`, `40d`; in seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Age(pub f64);

impl TryFrom<String> for Age {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let unit = match text.chars().last() {
            Some('s') => 1.0,
            Some('m') => 60.0,
            Some('h') => 3600.0,
            Some('d') => 86_400.0,
            _ => return Err(format!("{text:?} is no span; write 90s, 15m, 6h or 40d")),
        };
        text.get(..text.len() - 1)
            .and_then(|number| number.parse::<f64>().ok())
            .map(|number| Self(number * unit))
            .ok_or_else(|| format!("{text:?} is no span; write 90s, 15m, 6h or 40d"))
    }
}

impl From<Age> for String {
    fn from(age: Age) -> Self {
        format!("{}s", age.0)
    }
}

impl AccountSeed {
    /// What it logs in with beside its secret.
    pub fn login(&self) -> &str {
        match self.provider {
            Provider::Indigo => &self.client_id,
            Provider::ConohaV2 | Provider::Conoha | Provider::Openstack => &self.username,
        }
    }

    /// Its tenant: as it is written down, else made from its name.
    pub fn tenant(&self) -> String {
        if !self.tenant_id.is_empty() {
            return self.tenant_id.clone();
        }
        let seed = self.name.bytes().fold(7, |all: u64, letter| all.wrapping_mul(31).wrapping_add(u64::from(letter)));
        Chance::of_seed(seed).uuid().replace('-', "")
    }
}

impl WorldFile {
    /// Reads a world from TOML.
    ///
    /// # Errors
    /// The TOML is not a world.
    pub fn from_toml(text: &str) -> Result<Self, WorldFileError> {
        Ok(toml::from_str(text)?)
    }

    /// A built-in world by name, or one from TOML.
    ///
    /// # Errors
    /// The name is unknown, or the TOML is not a world.
    pub fn named(name_or_toml: &str) -> Result<Self, WorldFileError> {
        match BUILT_IN.iter().find(|(name, _)| *name == name_or_toml) {
            Some((_, text)) => Self::from_toml(text),
            None if name_or_toml.contains(['\n', '=']) => Self::from_toml(name_or_toml),
            None => Err(WorldFileError::UnknownName { name: name_or_toml.to_owned(), known: Self::names().join(", ") }),
        }
    }

    pub fn names() -> Vec<&'static str> {
        BUILT_IN.iter().map(|(name, _)| *name).collect()
    }
}

const fn one() -> f64 {
    1.0
}

const fn yes() -> bool {
    true
}

const fn six() -> u32 {
    6
}

const fn twenty_five() -> usize {
    25
}

const fn first_instance() -> u64 {
    616_500
}

/// 1 GB, the smallest with both kinds of address.
const fn plan() -> u64 {
    1
}

/// Debian 12.
const fn image() -> u64 {
    22
}

fn tyo1() -> String {
    "tyo1".to_owned()
}

fn fifty_gb() -> String {
    "50GB".to_owned()
}

const fn indigo() -> Provider {
    Provider::Indigo
}

fn owner() -> String {
    "Demo Taro ".to_owned()
}

fn bad_url() -> String {
    "The URL entered is invalid.".to_owned()
}

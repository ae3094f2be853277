//! Nova's servers.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::lenient;
use crate::domain::{ResourceId, Timestamp};
use crate::provider::openstack::moment;

/// `{"server":{…}}`.
#[derive(Debug, Deserialize)]
pub(in crate::provider) struct OneServer {
    pub(in crate::provider) server: Box<RawValue>,
}

/// The answer to a create: an id, and neither a name nor a state.
#[derive(Deserialize)]
pub(in crate::provider) struct OneCreatedServer {
    pub(in crate::provider) server: CreatedServer,
}

#[derive(Deserialize)]
pub(in crate::provider) struct CreatedServer {
    #[serde(deserialize_with = "lenient::id")]
    pub(in crate::provider) id: ResourceId,
    /// The administrator's password: the one that was ordered, or one that the provider chose; empty where that of the
    /// image stays.
    #[serde(default, rename = "adminPass")]
    pub(in crate::provider) password: Option<String>,
}

/// A server as `servers/detail` has it.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::provider) struct ServerRecord {
    #[serde(deserialize_with = "lenient::id")]
    pub(in crate::provider) id: ResourceId,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) status: String,
    #[serde(default, rename = "OS-EXT-STS:task_state", deserialize_with = "lenient::text")]
    pub(in crate::provider) task: String,
    #[serde(default, rename = "OS-EXT-STS:vm_state", deserialize_with = "lenient::text")]
    pub(in crate::provider) vm: String,
    #[serde(default, rename = "OS-EXT-STS:power_state", deserialize_with = "lenient::count")]
    pub(in crate::provider) power: Option<u64>,
    /// By the name of a network, which nobody can predict; `{}` while it is built.
    #[serde(default, deserialize_with = "lenient::lists")]
    pub(in crate::provider) addresses: BTreeMap<String, Vec<ServerAddress>>,
    #[serde(default, deserialize_with = "lenient::reference")]
    pub(in crate::provider) flavor: Option<ResourceId>,
    #[serde(default, deserialize_with = "lenient::reference")]
    pub(in crate::provider) image: Option<ResourceId>,
    #[serde(default, deserialize_with = "lenient::texts")]
    pub(in crate::provider) metadata: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "lenient::some_id")]
    pub(in crate::provider) key_name: Option<ResourceId>,
    /// Missing while it is built; a name may stand twice.
    #[serde(default, deserialize_with = "lenient::some_list")]
    pub(in crate::provider) security_groups: Option<Vec<GroupName>>,
    #[serde(default, rename = "os-extended-volumes:volumes_attached", deserialize_with = "lenient::list")]
    pub(in crate::provider) volumes: Vec<AttachedVolume>,
    /// What is wrong with it; only beside `ERROR`.
    #[serde(default)]
    pub(in crate::provider) fault: Option<ServerFault>,
    #[serde(default, rename = "OS-EXT-AZ:availability_zone", deserialize_with = "lenient::text")]
    pub(in crate::provider) zone: String,
    #[serde(default, rename = "OS-EXT-SRV-ATTR:host", deserialize_with = "lenient::text")]
    pub(in crate::provider) host: String,
    /// The string `"True"`, or empty.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) config_drive: String,
    #[serde(default, deserialize_with = "moment::lenient")]
    pub(in crate::provider) created: Option<Timestamp>,
    #[serde(default, deserialize_with = "moment::lenient")]
    pub(in crate::provider) updated: Option<Timestamp>,
    #[serde(default, rename = "OS-SRV-USG:launched_at", deserialize_with = "moment::lenient")]
    pub(in crate::provider) launched: Option<Timestamp>,
}

#[derive(Debug, Clone, Deserialize)]
pub(in crate::provider) struct ServerAddress {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) addr: String,
    #[serde(default, rename = "OS-EXT-IPS-MAC:mac_addr", deserialize_with = "lenient::text")]
    pub(in crate::provider) mac: String,
    /// `fixed`, or `floating` for one that the outside reaches it by.
    #[serde(default, rename = "OS-EXT-IPS:type", deserialize_with = "lenient::text")]
    pub(in crate::provider) kind: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(in crate::provider) struct GroupName {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) name: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(in crate::provider) struct AttachedVolume {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) id: String,
    /// Whether it is deleted with the server; told from version 2.3 on.
    #[serde(default)]
    pub(in crate::provider) delete_on_termination: Option<bool>,
}

/// Why a server is in `ERROR`.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::provider) struct ServerFault {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) message: String,
}

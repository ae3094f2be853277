//! `GET /webarenaIndigo/v1/vm/getinstancelist`: a bare array. `POST …/vm/createinstance`: one in an envelope.

use serde::Deserialize;

use super::lenient;
use crate::domain::{ResourceId, Timestamp};

/// A record of the instance list, recorded October 2024.
///
/// Three fields tell a state and none the whole: `status` is the life cycle, `otherstatus` its number, and
/// `instancestatus` free text about power, with progress in it. `started_at` is the end of the installation, not the
/// last start. `vnc_passwd` is a live secret and `instancecreatedbyuser` the owner's name: neither is decoded.
/// Firewalls that are on the machine are not told.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct InstanceRecord {
    #[serde(deserialize_with = "lenient::required_id")]
    pub(crate) id: ResourceId,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) instance_name: String,
    /// `READY`, `OPEN`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) status: String,
    /// `Running`, `Stopped`, `Disk image download in-progress (5% Completed)` … Missing in the answer to a create.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) instancestatus: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) service_id: String,
    /// 0 for imported machines.
    #[serde(default, deserialize_with = "lenient::id")]
    pub(crate) sshkey_id: Option<ResourceId>,
    /// 0 where it was not made from one.
    #[serde(default, deserialize_with = "lenient::id")]
    pub(crate) snapshot_id: Option<ResourceId>,
    /// An object in the answer to a create, a string in lists.
    #[serde(default, deserialize_with = "lenient::moment")]
    pub(crate) created_at: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::id")]
    pub(crate) plan_id: Option<ResourceId>,
    /// `1CR768MB`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) plan: String,
    /// In GB: 0.768 for the smallest plan, whole numbers for the others.
    #[serde(default, deserialize_with = "lenient::number")]
    pub(crate) memsize: Option<f64>,
    #[serde(default, deserialize_with = "lenient::count")]
    pub(crate) cpus: Option<u64>,
    /// 3 for imported machines: a category, in no list of systems.
    #[serde(default, deserialize_with = "lenient::id")]
    pub(crate) os_id: Option<ResourceId>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) uuid: String,
    /// The reverse name; cut off at its end for IPv6.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) arpaname: String,
    /// Set on machines that never ran.
    #[serde(default, deserialize_with = "lenient::moment")]
    pub(crate) started_at: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::moment")]
    pub(crate) closed_at: Option<Timestamp>,
    /// May hold IPv6; null until it has one.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) ipaddress: String,
    /// Null in the answer to a create, `""` in lists.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) secondary_ip: String,
    /// Mostly the same as `ipaddress`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) ip: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) macaddress: String,
    /// 1 for imported machines.
    #[serde(default, deserialize_with = "lenient::count")]
    pub(crate) import_instance: Option<u64>,
    /// `ipv6`, `ipv4`, `ipv46dual`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) ipaddress_type: String,
    #[serde(default, rename = "VEID", deserialize_with = "lenient::text")]
    pub(crate) veid: String,
    #[serde(default)]
    pub(crate) os: Option<Os>,
    /// `Tokyo`; the id of the region is not told.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) regionname: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Os {
    /// `Debian12`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) name: String,
    /// `Debian 12`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) viewname: String,
}

/// What the answer to a create must tell: the id of the new machine. Recorded October 2024.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Ordered {
    pub(crate) vms: OrderedInstance,
}

/// The new machine, as far as it must be known.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct OrderedInstance {
    #[serde(deserialize_with = "lenient::required_id")]
    pub(crate) id: ResourceId,
}

#[cfg(test)]
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct CreatedInstance {
    pub(crate) vms: InstanceRecord,
}

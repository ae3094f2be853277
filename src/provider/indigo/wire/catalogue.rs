//! What can be ordered: `GET /webarenaIndigo/v1/vm/instancetypes`, `getregion`, `oslist`, `getinstancespec`. All have
//! an envelope `{"success":true,"total":N,"<key>":[…]}`; recorded October 2024.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::lenient;
use crate::domain::ResourceId;

/// `instancetypes`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct InstanceTypes {
    #[serde(rename = "instanceTypes")]
    pub(crate) types: Vec<InstanceTypeRecord>,
}

/// A type of instance: 1 `KVM Instance`, and 2 `MicroVPS`, for which every other list is empty.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct InstanceTypeRecord {
    #[serde(deserialize_with = "lenient::required_id")]
    pub(crate) id: ResourceId,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) display_name: String,
}

/// `getregion?instanceTypeId=`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Regions {
    pub(crate) regionlist: Vec<RegionRecord>,
}

/// A region; only 1 `Tokyo` was recorded.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct RegionRecord {
    #[serde(deserialize_with = "lenient::required_id")]
    pub(crate) id: ResourceId,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) name: String,
}

/// `oslist?instanceTypeId=`. `total` counts categories.
#[derive(Debug, Deserialize)]
pub(crate) struct OsList {
    #[serde(rename = "osCategory")]
    pub(crate) categories: Vec<OsCategory>,
}

/// A category with its systems. `Import VM` (3) has none: its own id is what a create by address names as `osId`.
#[derive(Debug, Deserialize)]
pub(crate) struct OsCategory {
    #[serde(deserialize_with = "lenient::required_id")]
    pub(crate) id: ResourceId,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) name: String,
    #[serde(default, rename = "osLists")]
    pub(crate) systems: Vec<Box<RawValue>>,
}

/// An operating system. Ids do not follow versions.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct SystemRecord {
    #[serde(deserialize_with = "lenient::required_id")]
    pub(crate) id: ResourceId,
    /// `WinOS` for Windows.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) code: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) viewname: String,
}

/// `getinstancespec?instanceTypeId=&osId=`.
#[derive(Debug, Deserialize)]
pub(crate) struct SpecList {
    pub(crate) speclist: Vec<Box<RawValue>>,
}

/// A plan. It has no price, and its size stands in `code` and, as HTML, in `description` only.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct SpecRecord {
    #[serde(deserialize_with = "lenient::required_id")]
    pub(crate) id: ResourceId,
    /// `1vCPU768MB20GB`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) code: String,
    /// `<b>1</b> vCPU <br> <b>768 MB</b> RAM <br> <b>20 GB</b> SSD <br><b>100 </b> Mbps`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) description: String,
    /// `ipv6`, `ipv46dual`, `ipv4`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) ipaddress_type: String,
}

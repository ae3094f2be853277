//! Keystone's tokens: of version 2.0, recorded November 2021 with most objects emptied, documented with all filled; and
//! of version 3, whose token itself stands in a header.

use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use super::lenient;
use crate::domain::Timestamp;
use crate::provider::openstack::moment;

/// `{"access":{…}}`.
#[derive(Debug, Deserialize)]
pub(in crate::provider) struct Access {
    pub(in crate::provider) access: Inner,
}

#[derive(Debug, Deserialize)]
pub(in crate::provider) struct Inner {
    pub(in crate::provider) token: TokenRecord,
    #[serde(default, rename = "serviceCatalog", deserialize_with = "lenient::or_default")]
    pub(in crate::provider) catalogue: Vec<ServiceRecord>,
}

/// A token. `issued_at` has no zone and `expires` has one, in one and the same object.
#[derive(Debug, Deserialize)]
pub(in crate::provider) struct TokenRecord {
    pub(in crate::provider) id: SecretString,
    #[serde(default, deserialize_with = "moment::lenient")]
    pub(in crate::provider) expires: Option<Timestamp>,
    #[serde(default, deserialize_with = "moment::lenient")]
    pub(in crate::provider) issued_at: Option<Timestamp>,
    /// `{}` was recorded; a token for no tenant has none at all.
    #[serde(default)]
    pub(in crate::provider) tenant: Option<Value>,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::provider) struct ServiceRecord {
    /// `compute`, `image`, `network` …
    #[serde(default, rename = "type", deserialize_with = "lenient::text")]
    pub(in crate::provider) kind: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(in crate::provider) endpoints: Vec<ServiceEndpoint>,
}

/// Where a service is in one region.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::provider) struct ServiceEndpoint {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) region: String,
    #[serde(default, rename = "publicURL", deserialize_with = "lenient::text")]
    pub(in crate::provider) public_url: String,
}

/// `{"token":{…}}`.
#[derive(Debug, Deserialize)]
pub(in crate::provider) struct OneTokenV3 {
    pub(in crate::provider) token: TokenV3,
}

#[derive(Debug, Deserialize)]
pub(in crate::provider) struct TokenV3 {
    #[serde(default, deserialize_with = "moment::lenient")]
    pub(in crate::provider) expires_at: Option<Timestamp>,
    #[serde(default, deserialize_with = "moment::lenient")]
    pub(in crate::provider) issued_at: Option<Timestamp>,
    /// A token for no project has none.
    #[serde(default)]
    pub(in crate::provider) project: Option<ProjectRecord>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(in crate::provider) roles: Vec<RoleRecord>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(in crate::provider) catalog: Vec<ServiceV3>,
}

#[derive(Debug, Deserialize)]
pub(in crate::provider) struct RoleRecord {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) name: String,
}

#[derive(Debug, Deserialize)]
pub(in crate::provider) struct ProjectRecord {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) id: String,
}

#[derive(Debug, Deserialize)]
pub(in crate::provider) struct ServiceV3 {
    #[serde(default, rename = "type", deserialize_with = "lenient::text")]
    pub(in crate::provider) kind: String,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(in crate::provider) endpoints: Vec<EndpointV3>,
}

#[derive(Debug, Deserialize)]
pub(in crate::provider) struct EndpointV3 {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) interface: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) region: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) region_id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) url: String,
}

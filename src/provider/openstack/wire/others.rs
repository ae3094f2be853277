//! Nova's flavours and key pairs.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::lenient;
use crate::domain::ResourceId;

/// A size. Its `swap` is `""` instead of 0; it is not read at all.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::provider) struct FlavorRecord {
    #[serde(deserialize_with = "lenient::id")]
    pub(in crate::provider) id: ResourceId,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) name: String,
    #[serde(default, deserialize_with = "lenient::count")]
    pub(in crate::provider) vcpus: Option<u64>,
    #[serde(default, deserialize_with = "lenient::count")]
    pub(in crate::provider) ram: Option<u64>,
    /// In GB; 0 where it has none of its own.
    #[serde(default, deserialize_with = "lenient::count")]
    pub(in crate::provider) disk: Option<u64>,
}

#[derive(Debug, Deserialize)]
pub(in crate::provider) struct OneKeyPair {
    pub(in crate::provider) keypair: Box<RawValue>,
}

#[derive(Debug, Clone, Deserialize)]
pub(in crate::provider) struct KeyPairRecord {
    #[serde(deserialize_with = "lenient::id")]
    pub(in crate::provider) name: ResourceId,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(in crate::provider) public_key: String,
}

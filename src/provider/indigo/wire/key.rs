//! `GET /webarenaIndigo/v1/vm/sshkey`.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::lenient;
use crate::domain::{ResourceId, Timestamp};

/// The envelope, recorded October 2024: `{"success":true,"total":1,"sshkeys":[…]}`.
#[derive(Debug, Deserialize)]
pub(crate) struct Keys {
    pub(crate) sshkeys: Vec<Box<RawValue>>,
}

/// A key that was added: an object, in other answers an array. Recorded October 2024.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct AddedKey {
    #[serde(rename = "sshKey")]
    pub(crate) ssh_key: AddedKeyId,
}

/// The new key, as far as it must be known.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct AddedKeyId {
    #[serde(deserialize_with = "lenient::required_id")]
    pub(crate) id: ResourceId,
}

/// A key, recorded October 2024.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct KeyRecord {
    #[serde(deserialize_with = "lenient::required_id")]
    pub(crate) id: ResourceId,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) name: String,
    /// The public key in one line.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) sshkey: String,
    /// `ACTIVE`, or `DEACTIVE`, spelt so.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) status: String,
    #[serde(default, deserialize_with = "lenient::moment")]
    pub(crate) created_at: Option<Timestamp>,
}

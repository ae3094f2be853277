//! `/webarenaIndigo/v1/auth/apikey`, `/auth/create/apikey`.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::lenient;
use crate::domain::{ResourceId, Timestamp};

/// The envelope (the provider's page): `{"success":true,"total":1,"accesstokens":[…]}`. The list is called so although
/// it lists keys.
#[derive(Debug, Deserialize)]
pub(crate) struct ApiKeys {
    pub(crate) accesstokens: Vec<Box<RawValue>>,
}

/// A key of the list, without its secret; the item was recorded October 2024.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct ApiKeyRecord {
    #[serde(deserialize_with = "lenient::required_id")]
    pub(crate) id: ResourceId,
    #[serde(default, rename = "apiKey", deserialize_with = "lenient::text")]
    pub(crate) api_key: String,
    #[serde(default, deserialize_with = "lenient::moment")]
    pub(crate) created_at: Option<Timestamp>,
}

/// A key that was made: a bare object without `success`, recorded October 2024. The secret is told here and never again.
#[derive(Deserialize)]
pub(crate) struct MadeApiKey {
    #[serde(rename = "apiKey", deserialize_with = "lenient::text")]
    pub(crate) api_key: String,
    #[serde(rename = "apiSecret", deserialize_with = "lenient::text")]
    pub(crate) api_secret: String,
}

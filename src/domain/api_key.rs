//! Keys of a provider's API.

use serde::{Deserialize, Serialize};

use crate::domain::ids::ResourceId;
use crate::domain::raw::Raw;
use crate::domain::time::Timestamp;

/// A key of a provider's API, without its secret part, which is told once, when it is made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApiKey {
    pub id: ResourceId,
    /// The key itself: what a client calls itself by.
    pub key: String,
    pub in_use: bool,
    pub created: Option<Timestamp>,
    /// The record as it was sent.
    #[serde(skip)]
    pub raw: Raw,
}

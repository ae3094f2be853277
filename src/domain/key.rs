//! SSH public keys kept at a provider.

use serde::{Deserialize, Serialize};

use crate::domain::ids::ResourceId;
use crate::domain::raw::Raw;
use crate::domain::time::Timestamp;

/// An SSH public key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Key {
    pub id: ResourceId,
    pub name: String,
    /// The public key, one line.
    pub public: String,
    pub active: bool,
    pub created: Option<Timestamp>,
    /// The record as it was sent.
    #[serde(skip)]
    pub raw: Raw,
}

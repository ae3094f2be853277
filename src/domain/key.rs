//! SSH public keys kept at a provider.

use serde::{Deserialize, Serialize};

use super::ids::ResourceId;
use super::raw::Raw;
use super::time::Wall;

/// An SSH public key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Key {
    /// The provider's id.
    pub id: ResourceId,
    /// What it was named.
    pub name: String,
    /// The public key, one line.
    pub public: String,
    /// Whether new machines can be given it.
    pub active: bool,
    /// When it was added.
    pub created: Option<Wall>,
    /// The record as it was sent.
    #[serde(skip)]
    pub raw: Raw,
}

//! Sizes that can be ordered.

use serde::{Deserialize, Serialize};

use crate::domain::ids::ResourceId;
use crate::domain::instance::Spec;
use crate::domain::raw::Raw;

/// A size that can be ordered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub id: ResourceId,
    /// The provider's code for it, such as `1vCPU768MB20GB`.
    pub name: String,
    pub spec: Spec,
    /// The kinds of address it gives, in the provider's word.
    pub addresses: Option<String>,
    /// The record as it was sent.
    #[serde(skip)]
    pub raw: Raw,
}

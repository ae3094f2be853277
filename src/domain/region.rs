//! Where instances can be made, and of which type.

use serde::{Deserialize, Serialize};

use super::ids::ResourceId;

/// A region in which instances can be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// The provider's id.
    pub id: ResourceId,
    /// Its name.
    pub name: String,
}

/// A type of instance that can be ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceType {
    /// The provider's id.
    pub id: ResourceId,
    /// Its name.
    pub name: String,
}

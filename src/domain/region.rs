//! Where instances can be made, and of which type.

use serde::{Deserialize, Serialize};

use crate::domain::ids::ResourceId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    pub id: ResourceId,
    pub name: String,
}

/// A type of instance that can be ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceType {
    pub id: ResourceId,
    pub name: String,
}

//! A network that instances are put on.

use serde::{Deserialize, Serialize};

use crate::domain::ids::ResourceId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Network {
    pub id: ResourceId,
    pub name: String,
    /// Whether an instance can be put on it now: it is up and gives addresses.
    pub gives_addresses: bool,
}

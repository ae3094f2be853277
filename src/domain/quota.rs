//! How much an account may have.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Quota {
    /// For saved images together, in bytes, where the provider tells.
    pub images: Option<u64>,
    #[serde(default)]
    pub instances: Option<QuotaShare>,
    #[serde(default)]
    pub vcpus: Option<QuotaShare>,
    #[serde(default)]
    pub memory_mb: Option<QuotaShare>,
}

/// What is used of what is allowed. There is none where nothing limits it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotaShare {
    pub used: u64,
    pub most: u64,
}

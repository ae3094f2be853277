//! How much an account may store.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Quota {
    /// For saved images together, in bytes, where the provider tells.
    pub images: Option<u64>,
}

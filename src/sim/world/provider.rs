//! Whose API an account is reached by.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    Indigo,
    /// ConoHa VPS Ver.2.0.
    #[serde(rename = "conoha-v2")]
    ConohaV2,
}

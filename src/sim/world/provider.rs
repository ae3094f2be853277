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

impl Provider {
    /// Its name in a configuration.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Indigo => "indigo",
            Self::ConohaV2 => "conoha-v2",
        }
    }
}

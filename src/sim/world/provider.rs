//! Whose API an account is reached by.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    Indigo,
    /// ConoHa VPS Ver.2.0.
    #[serde(rename = "conoha-v2")]
    ConohaV2,
    /// Upstream's `OpenStack`, by Identity v3.
    Openstack,
}

impl Provider {
    /// Whether its accounts have tenants, groups, saved images: all but Indigo's.
    pub const fn is_openstack(self) -> bool {
        matches!(self, Self::ConohaV2 | Self::Openstack)
    }

    /// Its name in a configuration.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Indigo => "indigo",
            Self::ConohaV2 => "conoha-v2",
            Self::Openstack => "openstack",
        }
    }
}

//! Whose API an account is reached by.

use serde::{Deserialize, Serialize};

use crate::sim::world::ways::{CONOHA, CONOHA_V2, OPENSTACK, Ways};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    Indigo,
    /// ConoHa VPS Ver.2.0.
    #[serde(rename = "conoha-v2")]
    ConohaV2,
    /// ConoHa VPS Ver.3.0.
    Conoha,
    /// Upstream's `OpenStack`, by Identity v3.
    Openstack,
}

impl Provider {
    /// Whether its accounts have tenants, groups, saved images: all but Indigo's.
    pub const fn is_openstack(self) -> bool {
        !matches!(self, Self::Indigo)
    }

    /// What each kind of `OpenStack` does in its own way. Nobody asks it of Indigo.
    pub const fn ways(self) -> &'static Ways {
        match self {
            Self::Indigo | Self::ConohaV2 => &CONOHA_V2,
            Self::Conoha => &CONOHA,
            Self::Openstack => &OPENSTACK,
        }
    }

    /// Its name in a configuration.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Indigo => "indigo",
            Self::ConohaV2 => "conoha-v2",
            Self::Conoha => "conoha",
            Self::Openstack => "openstack",
        }
    }
}

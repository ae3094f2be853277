//! Names and ids, each a type of its own so that none can stand in another's place.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The unique name a person gave to an account in the configuration.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountName(Arc<str>);

/// A provider's id of a resource, always as text: providers send the same id as a number and as a string.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ResourceId(Arc<str>);

/// The id of an operation, unique over all processes that write one journal.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OpId(Arc<str>);

macro_rules! text_newtype {
    ($name:ident) => {
        impl $name {
            #[must_use]
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(Arc::from(text.as_ref()))
            }
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }
    };
}
text_newtype!(AccountName);
text_newtype!(ResourceId);
text_newtype!(OpId);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Instance,
    Snapshot,
    Firewall,
    Image,
    /// An SSH public key kept at the provider.
    Key,
    /// A size that can be ordered.
    Plan,
    ApiKey,
    Volume,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ResourceRef {
    pub account: AccountName,
    pub kind: Kind,
    pub id: ResourceId,
}

impl ResourceRef {
    #[must_use]
    pub fn new(account: &AccountName, kind: Kind, id: &ResourceId) -> Self {
        Self { account: account.clone(), kind, id: id.clone() }
    }
}

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
            /// Wraps the text as it is.
            #[must_use]
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(Arc::from(text.as_ref()))
            }
            /// The text as it was given.
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

/// What kind of thing an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A virtual server.
    Instance,
    /// A saved state of an instance's disk.
    Snapshot,
    /// A security group or firewall template.
    Firewall,
    /// What a machine can be made from.
    Image,
    /// An SSH public key kept at the provider.
    Key,
    /// A size that can be ordered.
    Plan,
    /// A key of the provider's API.
    ApiKey,
}

/// One resource of one account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ResourceRef {
    /// Where it lives.
    pub account: AccountName,
    /// What it is.
    pub kind: Kind,
    /// The provider's id.
    pub id: ResourceId,
}

impl ResourceRef {
    /// Names a resource.
    #[must_use]
    pub fn new(account: &AccountName, kind: Kind, id: &ResourceId) -> Self {
        Self { account: account.clone(), kind, id: id.clone() }
    }
}

//! A resource that a change is bound to.

use serde::{Deserialize, Serialize};

use crate::domain::ids::{AccountName, Kind, ResourceId, ResourceRef};
use crate::domain::status::StatusKind;

/// A resource as it was shown. It is compared with a fresh read just before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Target {
    pub resource: ResourceRef,
    pub name: String,
    pub status: StatusKind,
}

impl Target {
    /// Something that is to be made: it has a name and no id yet.
    #[must_use]
    pub fn new(account: &AccountName, kind: Kind, name: &str) -> Self {
        let resource = ResourceRef::new(account, kind, &ResourceId::new(""));
        Self { resource, name: name.to_owned(), status: StatusKind::None }
    }

    /// Something that has no state of its own, such as a firewall or a key.
    #[must_use]
    pub fn stateless(account: &AccountName, kind: Kind, id: &ResourceId, name: &str) -> Self {
        Self { resource: ResourceRef::new(account, kind, id), name: name.to_owned(), status: StatusKind::None }
    }

    #[must_use]
    pub fn account(&self) -> &AccountName {
        &self.resource.account
    }

    #[must_use]
    pub fn id(&self) -> &ResourceId {
        &self.resource.id
    }
}

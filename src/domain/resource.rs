//! A record of an account, of whatever kind, or the account itself.

use crate::domain::api_key::ApiKey;
use crate::domain::firewall::Firewall;
use crate::domain::ids::{AccountName, Kind, ResourceId, ResourceRef};
use crate::domain::instance::Instance;
use crate::domain::inventory::Inventory;
use crate::domain::key::Key;
use crate::domain::snapshot::Snapshot;
use crate::domain::status::StatusKind;
use crate::domain::target::Target;
use crate::domain::volume::Volume;

#[derive(Debug, Clone, Copy)]
pub enum Resource<'a> {
    Instance(&'a Instance),
    Snapshot(&'a Snapshot),
    Firewall(&'a Firewall),
    Key(&'a Key),
    ApiKey(&'a ApiKey),
    Volume(&'a Volume),
    /// The account itself: what is to be made is not there yet.
    Account,
}

impl<'a> Resource<'a> {
    /// `None` of the account itself.
    #[must_use]
    pub const fn kind(self) -> Option<Kind> {
        match self {
            Self::Instance(_) => Some(Kind::Instance),
            Self::Snapshot(_) => Some(Kind::Snapshot),
            Self::Firewall(_) => Some(Kind::Firewall),
            Self::Key(_) => Some(Kind::Key),
            Self::ApiKey(_) => Some(Kind::ApiKey),
            Self::Volume(_) => Some(Kind::Volume),
            Self::Account => None,
        }
    }

    /// It as it is shown now; `None` of the account itself.
    #[must_use]
    pub fn target(self, account: &AccountName) -> Option<Target> {
        let resource = ResourceRef::new(account, self.kind()?, &ResourceId::new(self.id()));
        Some(Target { resource, name: self.name().to_owned(), status: self.status() })
    }

    /// Empty of the account itself.
    #[must_use]
    pub fn id(self) -> &'a str {
        match self {
            Self::Instance(i) => i.id.as_str(),
            Self::Snapshot(s) => s.id.as_str(),
            Self::Firewall(f) => f.id.as_str(),
            Self::Key(k) => k.id.as_str(),
            Self::ApiKey(k) => k.id.as_str(),
            Self::Volume(v) => v.id.as_str(),
            Self::Account => "",
        }
    }

    /// Empty of the account itself.
    #[must_use]
    pub fn name(self) -> &'a str {
        match self {
            Self::Instance(i) => &i.name,
            Self::Snapshot(s) => &s.name,
            Self::Firewall(f) => &f.name,
            Self::Key(k) => &k.name,
            Self::ApiKey(k) => &k.key,
            Self::Volume(v) => &v.name,
            Self::Account => "",
        }
    }

    /// Its state, where it has one of its own.
    #[must_use]
    pub const fn status(self) -> StatusKind {
        match self {
            Self::Instance(i) => i.status.kind(),
            Self::Snapshot(s) => s.status.kind(),
            Self::Volume(v) => v.status.kind(),
            _ => StatusKind::None,
        }
    }

    /// Its state in the provider's words, where it has one of its own.
    #[must_use]
    pub fn raw_status(self) -> &'a str {
        match self {
            Self::Instance(i) => &i.raw_status,
            Self::Snapshot(s) => &s.raw_status,
            Self::Volume(v) => &v.raw_status,
            _ => "",
        }
    }
}

impl Inventory {
    /// The records of a kind that actions are done to; none of any other.
    #[must_use]
    pub fn resources(&self, kind: Kind) -> Vec<Resource<'_>> {
        match kind {
            Kind::Instance => self.instances().iter().map(|i| Resource::Instance(i)).collect(),
            Kind::Snapshot => self.snapshots().map(|s| Resource::Snapshot(s)).collect(),
            Kind::Firewall => self.firewalls().iter().map(|f| Resource::Firewall(f)).collect(),
            Kind::Key => self.keys().iter().map(|k| Resource::Key(k)).collect(),
            Kind::ApiKey => self.api_keys().iter().map(|k| Resource::ApiKey(k)).collect(),
            Kind::Volume => self.volumes().iter().map(|v| Resource::Volume(v)).collect(),
            Kind::Image | Kind::Plan => Vec::new(),
        }
    }

    #[must_use]
    pub fn find(&self, kind: Kind, id: &ResourceId) -> Option<Resource<'_>> {
        match kind {
            Kind::Instance => self.instance(id).map(|i| Resource::Instance(i)),
            Kind::Snapshot => self.snapshot(id).map(|s| Resource::Snapshot(s)),
            Kind::Firewall => self.firewall(id).map(|f| Resource::Firewall(f)),
            Kind::Key => self.key(id).map(|k| Resource::Key(k)),
            Kind::ApiKey => self.api_key(id).map(|k| Resource::ApiKey(k)),
            Kind::Volume => self.volume(id).map(|v| Resource::Volume(v)),
            Kind::Image | Kind::Plan => None,
        }
    }
}

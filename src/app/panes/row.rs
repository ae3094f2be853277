//! A row of a pane: what it is and what tells it from others.

use std::sync::Arc;

use crate::domain::{
    AccountName, ApiKey, Firewall, Image, Instance, Key, Kind, OpId, ResourceRef, Snapshot, Timestamp,
};
use crate::engine::ExternalChange;

/// What a row is, for marks and for finding it again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKey {
    Resource(ResourceRef),
    Operation(OpId),
    /// What somebody else began, by what it happens to and when it was seen.
    ExternalChange(ResourceRef, Timestamp),
}

#[derive(Debug, Clone)]
pub struct Row {
    pub account: AccountName,
    pub what: What,
}

#[derive(Debug, Clone)]
pub enum What {
    Instance(Arc<Instance>),
    /// A snapshot, with its instance where that is known.
    Snapshot(Arc<Snapshot>, Option<Arc<Instance>>),
    Firewall(Arc<Firewall>),
    Image(Arc<Image>),
    Key(Arc<Key>),
    ApiKey(Arc<ApiKey>),
    /// An instance whose image is being imported, in the images pane.
    Import(Arc<Instance>),
    Operation(OpId),
    /// A transition that somebody else began.
    ExternalChange(Box<ExternalChange>),
}

impl Row {
    #[must_use]
    pub fn key(&self) -> RowKey {
        match &self.what {
            What::Operation(id) => RowKey::Operation(id.clone()),
            What::ExternalChange(change) => RowKey::ExternalChange(change.resource.clone(), change.at),
            other => RowKey::Resource(ResourceRef {
                account: self.account.clone(),
                kind: other.kind(),
                id: other.id().cloned().unwrap_or_else(|| "".into()),
            }),
        }
    }

    #[must_use]
    pub fn is(&self, key: &RowKey) -> bool {
        match (&self.what, key) {
            (What::Operation(id), RowKey::Operation(wanted)) => id == wanted,
            (What::ExternalChange(change), RowKey::ExternalChange(resource, at)) => {
                change.resource == *resource && change.at == *at
            }
            (What::ExternalChange(_), _) => false,
            (what, RowKey::Resource(wanted)) => {
                what.id() == Some(&wanted.id) && self.account == wanted.account && what.kind() == wanted.kind
            }
            _ => false,
        }
    }
}

impl What {
    pub(crate) fn id(&self) -> Option<&crate::domain::ResourceId> {
        match self {
            Self::Instance(i) | Self::Import(i) => Some(&i.id),
            Self::Snapshot(s, _) => Some(&s.id),
            Self::Firewall(f) => Some(&f.id),
            Self::Image(i) => Some(&i.id),
            Self::Key(k) => Some(&k.id),
            Self::ApiKey(k) => Some(&k.id),
            Self::ExternalChange(change) => Some(&change.resource.id),
            Self::Operation(_) => None,
        }
    }

    const fn kind(&self) -> Kind {
        match self {
            Self::Instance(_) | Self::Import(_) | Self::Operation(_) => Kind::Instance,
            Self::ExternalChange(change) => change.resource.kind,
            Self::Snapshot(..) => Kind::Snapshot,
            Self::Firewall(_) => Kind::Firewall,
            Self::Image(_) => Kind::Image,
            Self::Key(_) => Kind::Key,
            Self::ApiKey(_) => Kind::ApiKey,
        }
    }

    /// Its record as the provider sent it.
    #[must_use]
    pub fn raw(&self) -> Option<&str> {
        match self {
            Self::Instance(i) | Self::Import(i) => i.raw.text(),
            Self::Snapshot(s, _) => s.raw.text(),
            Self::Firewall(f) => f.raw.text(),
            Self::Image(i) => i.raw.text(),
            Self::Key(k) => k.raw.text(),
            Self::ApiKey(k) => k.raw.text(),
            Self::Operation(_) | Self::ExternalChange(_) => None,
        }
    }

    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Instance(i) | Self::Import(i) => &i.name,
            Self::Snapshot(s, _) => &s.name,
            Self::Firewall(f) => &f.name,
            Self::Image(i) => &i.name,
            Self::Key(k) => &k.name,
            Self::ApiKey(k) => &k.key,
            Self::ExternalChange(change) => &change.name,
            Self::Operation(_) => "",
        }
    }
}

//! What somebody else began.

use crate::domain::{AccountName, ResourceRef, StatusKind, Timestamp};

/// A transition that somebody else began: in the provider's panel, or with another program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalChange {
    pub account: AccountName,
    pub resource: ResourceRef,
    pub name: String,
    /// Its state before; `None` where it was not there.
    pub from: StatusKind,
    pub to: StatusKind,
    /// When that was seen first.
    pub at: Timestamp,
    pub ended: Option<Timestamp>,
}

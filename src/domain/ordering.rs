//! What a form for a new instance must know of a provider: what is asked for, and what is sent in the end.

use crate::domain::image::Image;
use crate::domain::snapshot::Snapshot;

/// How an order goes at a provider, whatever is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OrderForm {
    /// Whether the firewalls stand in the order itself; else they are put on when the instance is ready.
    pub firewalls_in_order: bool,
    /// Whether the instance ends up switched off when it is made.
    pub ends_stopped: bool,
    /// Whether snapshots can be what it is made from.
    pub from_snapshots: bool,
}

#[derive(Debug, Clone, Copy)]
pub enum MadeFrom<'a> {
    /// An operating system, an image, or the entry that stands for importing.
    Image(&'a Image),
    Snapshot(&'a Snapshot),
}

/// What an order asks for besides name and plan, by what is made from what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderNeeds {
    pub region: Need,
    pub key: Need,
    /// The password of the administrator.
    pub password: Need,
}

/// Whether an order takes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Never,
    /// It does, and goes without.
    May,
    /// It is refused without.
    Must,
}

impl Need {
    #[must_use]
    pub const fn is_asked(self) -> bool {
        !matches!(self, Self::Never)
    }
}

/// A request as it will be sent, for people to read before: no secret is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestText {
    /// The method, such as `POST`.
    pub method: String,
    /// The path below the provider's address. Where several services each have an address of their own, the service
    /// stands before it: `compute /servers`.
    pub path: String,
    /// The body as JSON in one line, secrets as `********`; none where there is none.
    pub body: Option<String>,
}

/// What stands for a secret that is not shown.
pub const MASKED: &str = "********";

//! What details of `ConoHa`'s records are called: each key that `convert` uses, with its English text.

use crate::words::Table;

/// The provider's own name of a server, which is its IPv4 address with hyphens.
pub(super) const NAME: &str = "conoha.field.name";

/// The texts of all keys here.
pub(super) const TEXTS: Table = &[(NAME, "Name at ConoHa")];

//! From what `ConoHa` sends to the words of the trade. Pure.

mod family;
mod graphs;
mod image;
mod instance;
mod others;
mod snapshot;

pub(super) use graphs::graphs;
pub(super) use image::image;
pub(super) use instance::instance;
pub(super) use others::{Backups, backup, firewall, key, plan, quota, rules};
pub(super) use snapshot::{is_saved, snapshot};

use crate::provider::details::named;
use crate::provider::http::Odd;

/// The name of a record that was not understood.
fn odd_name(what: &Odd) -> String {
    named(what.name.as_deref().unwrap_or_default(), what.id.as_str())
}

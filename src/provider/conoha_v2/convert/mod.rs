//! From what `ConoHa` sends to the words of the trade. Pure.

mod backup;
mod family;
mod graphs;
mod image;
mod instance;
mod others;
mod quota;
mod snapshot;

pub(super) use backup::backup;
pub(super) use graphs::graphs;
pub(super) use image::image;
pub(super) use instance::instance;
pub(super) use others::{firewall, key, plan, ports, rules};
pub(super) use quota::quota;
pub(super) use snapshot::{is_saved, snapshot};

//! From what Indigo sends to the words of the trade. Pure.

mod instance;
mod others;
mod size;
mod snapshot;
mod status;

pub(super) use instance::instance;
pub(super) use others::{api_key, firewall, images, key, plan, raw_of};
pub(super) use snapshot::snapshot;

use crate::provider::details::{field, named, told};

//! From what the services send to the words of the trade. Pure.

mod family;
mod image;
mod instance;
mod others;
mod snapshot;
mod volume;

pub(in crate::provider) use image::image;
pub(in crate::provider) use instance::instance;
pub(in crate::provider) use others::{firewall, key, plan, ports, rules};
pub(in crate::provider) use snapshot::snapshot;
pub(in crate::provider) use volume::{volume, volume_snapshot};

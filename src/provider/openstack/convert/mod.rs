//! From what the services send to the words of the trade. Pure.

mod console_output;
mod family;
mod image;
mod instance;
mod others;
mod snapshot;
mod volume;

pub(in crate::provider) use console_output::{CONSOLE_LINES, console_output};
pub(in crate::provider) use image::image;
pub(in crate::provider) use instance::instance;
pub(in crate::provider) use others::{firewall, key, network, plan, ports, rules};
pub(in crate::provider) use snapshot::snapshot;
pub(in crate::provider) use volume::{volume, volume_snapshot};

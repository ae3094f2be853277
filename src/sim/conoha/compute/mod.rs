//! Nova v2, its tenant in the path.

mod action;
mod console;
mod create;
mod flavors;
mod images;
mod keypairs;
mod parts;
mod password;
mod reply;
mod router;
mod rrd;
mod server;
mod servers;
mod status;
mod upstream;

pub(super) use create::source;
pub(super) use images::{progress, public_by_id, published, saved_by_id};
pub(super) use parts::fixed_ips;
pub(super) use router::route;
pub(super) use server::{local_mac, volume_source_name};
pub(super) use servers::number as server_number;

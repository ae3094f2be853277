//! ConoHa VPS Ver.2.0's face of the world: Keystone v2.0, Nova v2, Glance v2 and Neutron v2.0, as recorded 2021-11,
//! as documented, and where both are silent as OpenStack of that age (about Juno) does it.
//!
//! Each service has an address of its own below the account's: `/identity`, `/compute`, `/image`, `/network`. Ids are
//! UUIDs made of a kind and the world's number ([`ids`]); errors come in five shapes. There is no limit on
//! the number of requests: none is known.
//!
//! The same face is that of Ver.3.0 and of upstream's OpenStack, with Keystone v3 and Nova v2.1: where the kinds differ,
//! their [`Ways`](crate::sim::world::ways::Ways) say it.

mod answer;
mod body;
mod compute;
mod errors;
mod faults;
mod identity;
pub mod ids;
mod image;
mod image_schemas;
mod network;
mod networks;
mod pages;
mod projects;
mod router;
mod service;
mod times;
mod versions;
mod volume;

pub use faults::stands_in;
pub use router::answer;

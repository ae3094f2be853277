//! Neutron v2.0, with the version in the path or without.

mod groups;
mod ports;
mod reply;
mod router;
mod rules;

pub(super) use router::route;

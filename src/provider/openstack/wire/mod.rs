//! What the services send. Decoding is lenient: numbers may be strings, missing fields are empty, unknown ones ignored.

mod image;
mod lenient;
mod network;
mod others;
mod server;
mod token;

pub(in crate::provider) use image::{Image, Images, OneImage};
#[cfg(test)]
pub(in crate::provider) use network::FixedIp;
pub(in crate::provider) use network::{OneSecurityGroup, Port, Ports, SecurityGroup, SecurityGroups, SecurityRule};
pub(in crate::provider) use others::{Flavor, Flavors, KeyPair, KeyPairs};
pub(in crate::provider) use server::{Created, OneServer, Server, Servers};
pub(in crate::provider) use token::{Access, Service};

//! What the services send. Decoding is lenient: numbers may be strings, missing fields are empty, unknown ones ignored.

mod image;
mod lenient;
mod network;
mod others;
mod server;
mod token;

pub(in crate::provider) use image::{Image, OneImage};
#[cfg(test)]
pub(in crate::provider) use network::FixedIp;
pub(in crate::provider) use network::{OneSecurityGroup, Port, SecurityGroup, SecurityRule};
pub(in crate::provider) use others::{Flavor, KeyPair, Wrapped};
pub(in crate::provider) use server::{Created, OneServer, Server};
pub(in crate::provider) use token::{Access, Service, ServiceEndpoint};

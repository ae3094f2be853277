//! What Indigo sends, exactly as it sends it, and what it takes. Sources: bodies recorded in October 2024; what other
//! public clients handle where nothing was recorded. Decoding is lenient: ids are numbers or strings, numbers may be
//! strings, missing fields are empty, unknown ones ignored.

mod ack;
mod api_key;
mod catalogue;
mod firewall;
mod instance;
mod key;
mod lenient;
mod send;
mod snapshot;
mod token;

pub(super) use ack::Ack;
pub(super) use api_key::{ApiKey, ApiKeys, MadeApiKey};
pub(super) use catalogue::{InstanceTypes, OsCategory, OsList, Regions, Spec, SpecList, System};
pub(super) use firewall::{Template, template_rows};
#[cfg(test)]
pub(super) use instance::Created;
pub(super) use instance::{Instance, Ordered};
pub(super) use key::{AddedKey, Key, Keys};
pub(super) use send::body_of;
pub(super) use snapshot::Snapshot;
pub(super) use token::Token;

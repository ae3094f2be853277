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
pub(super) use api_key::{ApiKeyRecord, ApiKeys, MadeApiKey};
pub(super) use catalogue::{InstanceTypes, OsCategory, OsList, Regions, SpecList, SpecRecord, SystemRecord};
pub(super) use firewall::{TemplateRecord, template_rows};
#[cfg(test)]
pub(super) use instance::CreatedInstance;
pub(super) use instance::{InstanceRecord, Ordered};
pub(super) use key::{AddedKey, KeyRecord, Keys};
pub(super) use send::body_of;
pub(super) use snapshot::SnapshotRecord;
pub(super) use token::TokenBody;

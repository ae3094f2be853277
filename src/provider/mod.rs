//! The providers, and the one way to the network.
//!
//! A provider is one folder here and one row in [`PROVIDERS`]. It brings its rules (pure), its calls,
//! and the keys that its accounts have in the configuration.

mod api;
mod conoha;
mod conoha_v2;
mod decode_failures;
mod details;
pub mod http;
pub mod indigo;
mod lenient;
mod login;
mod malformed;
mod openstack;
mod policy;
mod registry;
mod secret_source;
mod setup;

pub use api::Api;
pub use login::{Login, LoginPart, NotTaken};
pub use registry::{PROVIDERS, open};
pub use secret_source::{SecretAtHand, SecretSource};
pub use setup::{AccountKey, AccountMistake, AccountSetup, FromOpenstackLogin, Opened, Provider};

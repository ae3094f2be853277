//! What a person has set: the configuration file, where files lie, and where secrets come from.
//!
//! Nothing here draws, asks or prints: `cli` and the dashboard's first screen ask, and hand in what they were told.
//! It is the only layer that reads environment variables, and the only one that knows of the keyring.

mod accounts;
mod config;
mod environment;
mod files;
mod import;
mod secrets;
#[cfg(test)]
mod stub;

pub use accounts::{
    Added, ChangeError, CheckError, NewAccount, NewSecret, Removed, add_account, check_account, remove_account,
};
pub use config::{
    AccountSettings, AddressSources, ConfigError, EndpointError, Mistake, Mistakes, NoSuchAccount, Notify, NotifyOn,
    Settings, built_in_prices, check_endpoint, parse_duration,
};
pub use environment::{Environment, NoHome};
pub use files::{make_private_dir, write_private};
pub use import::{
    FromFile, ImportError, Imported, TakeOverError, TakenOver, cloud_names, take_over_cloud, take_over_environment,
    take_over_file,
};
pub use secrets::{AccountSecret, SecretError, SecretFrom, keyring};
pub(crate) use secrets::{asks_at_terminal, begin_of, detached};

//! What a person has set: the configuration file, where files lie, and where secrets come from.
//!
//! Nothing here draws, asks or prints: `cli` and the dashboard's first screen ask, and hand in what they were told.
//! It is the only layer that reads environment variables, and the only one that knows of the keyring.

mod accounts;
mod address;
mod check;
mod clouds;
mod config;
pub(crate) mod detached;
mod duration;
mod edit;
mod endpoint;
mod files;
mod import;
pub mod keyring;
mod login;
mod mistake;
mod notify;
mod own_commands;
mod paths;
mod prices;
mod secret;
mod sections;
mod ssh;
#[cfg(test)]
mod stub;
mod takeover;
mod walk;
mod watchdog;
mod yaml;

pub use accounts::{Added, ChangeError, NewAccount, NewSecret, Removed, add_account, remove_account};
pub use address::AddressSources;
pub use config::{AccountSettings, ConfigError, NoSuchAccount, Settings};
pub use duration::parse as parse_duration;
pub use endpoint::{EndpointError, check_endpoint};
pub use files::{make_private_dir, write_private};
pub use import::{ENV_FILE_PROVIDER, ImportError, Imported, parse_env_file};
pub use login::{CheckError, check_account};
pub use mistake::{Mistake, Mistakes};
pub use notify::{Notify, NotifyOn};
pub use paths::{Environment, NoHome};
pub use prices::built_in_prices;
pub use secret::{AccountSecret, SecretError, SecretFrom};
pub(crate) use secret::{asks_at_terminal, begin_of};
pub use takeover::{FromFile, TakeOverError, TakenOver, take_over_cloud, take_over_environment, take_over_file};

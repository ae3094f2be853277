//! The configuration file: each section a file, read by [`walk`], every mistake with its line.

pub(super) mod account_settings;
pub(super) mod accounts;
pub(super) mod address;
pub(super) mod cloud;
pub(super) mod duration;
pub(super) mod endpoint;
pub(super) mod error;
pub(super) mod mistake;
pub(super) mod notify;
pub(super) mod own_commands;
pub(super) mod prices;
pub(super) mod sections;
pub(super) mod settings;
pub(super) mod ssh;
pub(super) mod walk;
pub(super) mod watchdog;

pub use account_settings::AccountSettings;
pub use address::AddressSources;
pub use duration::parse as parse_duration;
pub use endpoint::{EndpointError, check_endpoint};
pub use error::{ConfigError, NoSuchAccount};
pub use mistake::{Mistake, Mistakes};
pub use notify::{Notify, NotifyOn};
pub use prices::built_in_prices;
pub use settings::Settings;

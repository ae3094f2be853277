//! The configuration file: its values, and how it is read. A file with a mistake gives no settings at all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml_edit::Document;

use super::mistake::{Mistake, Mistakes};
use super::secret::SecretFrom;
use super::walk::{Section, Walk};
use super::{
    AddressSources, Environment, Notify, address, check, notify, own_commands, prices, sections, ssh, watchdog,
};
use crate::domain::{
    Account, AccountColour, AccountName, Limit, OwnCommand, Poll, Prices, Safety, SecretSource, Ssh, ToneColours,
    Watchdog,
};
use crate::provider::{PROVIDERS, Provider};

#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The accounts, in the order of the file.
    pub accounts: Vec<AccountSettings>,
    pub safety: Safety,
    /// How fresh things are kept where no limit is known.
    pub poll: Poll,
    pub notify: Notify,
    /// Who is asked which address this machine has.
    pub address: AddressSources,
    pub ssh: Ssh,
    pub watchdogs: Vec<Watchdog>,
    /// Commands of the person's own. The dashboard checks their keys and panes.
    pub commands: Vec<OwnCommand>,
    /// The `[keys]` section as it stands: name of a command and its keys. The dashboard checks both.
    pub keys: BTreeMap<String, Vec<String>>,
    /// The line of each entry of `keys`, for the dashboard's own mistakes.
    pub key_lines: BTreeMap<String, usize>,
    pub theme: ToneColours,
    /// The language of the screen, where one is set.
    pub lang: Option<String>,
}

#[derive(Debug, Clone)]
pub struct AccountSettings {
    pub name: AccountName,
    pub provider: &'static Provider,
    /// The provider's own keys, with the defaults of those not given.
    pub values: BTreeMap<String, String>,
    /// Where its secret comes from.
    pub secret: SecretFrom,
    /// What may be sent, until the provider's own word is heard. `None`: no limit known.
    pub limit: Option<Limit>,
    /// Whether every changing action is refused.
    pub read_only: bool,
    pub colour: Option<AccountColour>,
    pub prices: Arc<Prices>,
}

/// Why there are no settings. Each line is for people.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// There is no such file.
    #[error("there is no configuration at {}", .0.display())]
    Missing(PathBuf),
    #[error("{} cannot be read: {said}", file.display())]
    Unreadable { file: PathBuf, said: String },
    #[error("{0}")]
    Mistakes(Mistakes),
}

/// A name that no account has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no account {name}; there {}", among(.known))]
pub struct NoSuchAccount {
    pub name: String,
    pub known: Vec<String>,
}

fn among(known: &[String]) -> String {
    if known.is_empty() { "is none at all".to_owned() } else { format!("are: {}", known.join(", ")) }
}

impl AccountSettings {
    #[must_use]
    pub fn account(&self, read_only: bool) -> Account {
        Account {
            read_only: self.read_only || read_only,
            colour: self.colour,
            limit: self.limit,
            prices: Arc::clone(&self.prices),
            secret: match &self.secret {
                SecretFrom::Keyring => SecretSource::Keyring,
                SecretFrom::Env(name) => SecretSource::Variable(name.clone()),
                SecretFrom::Command(argv) => SecretSource::Program(argv.first().cloned().unwrap_or_default()),
            },
            ..Account::new(self.name.clone(), (self.provider.policy)())
        }
    }

    /// The first of its addresses, for people.
    #[must_use]
    pub fn endpoint(&self) -> Option<&str> {
        self.provider.keys.iter().filter(|key| key.is_endpoint).find_map(|key| self.values.get(key.name)).map(|v| &**v)
    }
}

impl AccountSettings {
    /// Its region, where its provider has several.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        let key = self.provider.keys.iter().find(|key| key.name == "region")?;
        self.values.get(key.name).map(|v| &**v)
    }

    /// Where it is, for people: the first of its addresses, else its region.
    #[must_use]
    pub fn place(&self) -> &str {
        self.endpoint().or_else(|| self.region()).unwrap_or("-")
    }
}

impl Settings {
    /// Reads the configuration file of an environment, and what things cost at the providers of its accounts.
    ///
    /// # Errors
    /// [`ConfigError`]: missing, unreadable, or all its mistakes.
    pub fn load(env: &Environment) -> Result<Self, ConfigError> {
        let mut settings = Self::parse(&env.config, &read(&env.config)?)?;
        for at in 0..settings.accounts.len() {
            let provider = settings.accounts[at].provider;
            // Accounts of one provider share its list.
            let former = settings.accounts[..at].iter().find(|a| a.provider.key == provider.key);
            settings.accounts[at].prices = match former {
                Some(former) => Arc::clone(&former.prices),
                None => Arc::new(prices::load(env.prices_dir.as_deref(), provider)?),
            };
        }
        Ok(settings)
    }

    /// Reads a text as the configuration; `file` only names it in mistakes.
    ///
    /// # Errors
    /// All mistakes in it.
    pub fn parse(file: &Path, text: &str) -> Result<Self, ConfigError> {
        Self::parse_with(file, text, PROVIDERS)
    }

    pub(super) fn parse_with(file: &Path, text: &str, providers: &'static [Provider]) -> Result<Self, ConfigError> {
        let mut walk = Walk::new(text);
        let document = match Document::parse(text) {
            Ok(document) => document,
            Err(error) => {
                // Only the message: the line itself may hold a secret in the wrong place.
                let line = walk.line(error.span().map_or(0, |span| span.start));
                let what = format!("is not TOML: {}", error.message().trim().replace('\n', "; "));
                let mistake = Mistake { line, key: String::new(), what };
                return Err(ConfigError::Mistakes(Mistakes::new(file, vec![mistake])));
            }
        };
        let top = Section { table: document.as_table(), label: "", at: 0 };
        walk.unknown_keys(
            top,
            &["account", "safety", "poll", "notify", "address", "ssh", "watchdog", "command", "keys", "theme", "lang"],
        );
        let mut settings = Self {
            accounts: check::accounts(&mut walk, top, providers),
            safety: sections::safety(&mut walk, top),
            poll: sections::poll(&mut walk, top),
            notify: notify::notify(&mut walk, top),
            address: address::address(&mut walk, top),
            ssh: ssh::ssh(&mut walk, top),
            watchdogs: watchdog::watchdogs(&mut walk, top),
            commands: own_commands::commands(&mut walk, top),
            theme: sections::theme(&mut walk, top),
            lang: sections::language(&mut walk, top),
            ..Self::default()
        };
        sections::keys(&mut walk, top, &mut settings);
        if walk.mistakes.is_empty() {
            Ok(settings)
        } else {
            Err(ConfigError::Mistakes(Mistakes::new(file, walk.mistakes)))
        }
    }

    /// Keeps only the accounts of these names; all where none is named.
    ///
    /// # Errors
    /// The first name that no account has.
    pub fn keep_only(&mut self, names: &[String]) -> Result<(), NoSuchAccount> {
        if let Some(name) = names.iter().find(|name| self.account(name).is_none()) {
            return Err(self.no_such(name));
        }
        self.accounts.retain(|account| names.is_empty() || names.iter().any(|name| name == account.name.as_str()));
        Ok(())
    }

    /// The environment variables that hold secrets of accounts.
    #[must_use]
    pub fn secret_variables(&self) -> Vec<String> {
        let named = |account: &AccountSettings| match &account.secret {
            SecretFrom::Env(name) => Some(name.clone()),
            SecretFrom::Keyring | SecretFrom::Command(_) => None,
        };
        self.accounts.iter().filter_map(named).collect()
    }

    pub(super) fn no_such(&self, name: &str) -> NoSuchAccount {
        let known = self.accounts.iter().map(|account| account.name.to_string()).collect();
        NoSuchAccount { name: name.to_owned(), known }
    }

    #[must_use]
    pub fn account(&self, name: &str) -> Option<&AccountSettings> {
        self.accounts.iter().find(|account| account.name.as_str() == name)
    }
}

/// The text of a configuration file, of whatever mode.
pub(super) fn read(file: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ConfigError::Missing(file.to_path_buf()),
        std::io::ErrorKind::InvalidData => {
            ConfigError::Unreadable { file: file.to_path_buf(), said: "it is not UTF-8 text".to_owned() }
        }
        _ => ConfigError::Unreadable { file: file.to_path_buf(), said: error.to_string() },
    })
}

#[cfg(test)]
#[path = "config_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "config_conoha_tests.rs"]
mod conoha_tests;

//! The configuration file: its values, and how it is read. A file with a mistake gives no settings at all.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use toml_edit::Document;

use crate::domain::{OwnCommand, Poll, Safety, Ssh, ToneColours, Watchdog, text};
use crate::provider::{PROVIDERS, Provider};
use crate::settings::config::account_settings::AccountSettings;
use crate::settings::config::address::AddressSources;
use crate::settings::config::error::{ConfigError, NoSuchAccount, read};
use crate::settings::config::mistake::{Mistake, Mistakes};
use crate::settings::config::notify::Notify;
use crate::settings::config::walk::{Section, Walk};
use crate::settings::config::{accounts, address, cloud, notify, own_commands, prices, sections, ssh, watchdog};
use crate::settings::environment::Environment;
use crate::settings::secrets::account_secret::SecretFrom;

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
    pub theme: ToneColours,
    /// The language of the screen, where one is set.
    pub lang: Option<String>,
}

impl Settings {
    /// Reads the configuration file of an environment, and what things cost at the providers of its accounts. A cloud of
    /// the files of `OpenStack`'s clients stands in the place of its accounts where it was named for this run, or where
    /// there is no configuration.
    ///
    /// # Errors
    /// [`ConfigError`]: missing, unreadable, or all its mistakes; what is wrong with the cloud.
    pub fn load(env: &Environment) -> Result<Self, ConfigError> {
        let own = read(&env.config).and_then(|text| Self::parse(&env.config, &text));
        let mut settings = match (own, &env.cloud) {
            (Ok(own), Some(cloud)) if env.cloud_named => {
                let accounts = cloud::accounts(env, cloud, &own.accounts)?;
                Self { accounts, ..own }
            }
            (Err(ConfigError::Missing(_)), Some(cloud)) if !env.config_named => {
                Self { accounts: cloud::accounts(env, cloud, &[])?, ..Self::default() }
            }
            (own, _) => own?,
        };
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

    /// The same; no file at all is a configuration without accounts, unless a person named that file.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn load_or_none(env: &Environment) -> Result<Self, ConfigError> {
        match Self::load(env) {
            Err(ConfigError::Missing(_)) if !env.config_named => Ok(Self::default()),
            loaded => loaded,
        }
    }

    /// Reads a text as the configuration; `file` only names it in mistakes.
    ///
    /// # Errors
    /// All mistakes in it.
    pub fn parse(file: &Path, text: &str) -> Result<Self, ConfigError> {
        Self::parse_with(file, text, PROVIDERS)
    }

    pub(in crate::settings) fn parse_with(
        file: &Path,
        text: &str,
        providers: &'static [Provider],
    ) -> Result<Self, ConfigError> {
        let mut walk = Walk::new(text);
        let document = match Document::parse(text) {
            Ok(document) => document,
            Err(error) => {
                // Only the message: the line itself may hold a secret in the wrong place.
                let line = walk.line(error.span().map_or(0, |span| span.start));
                let what = text::mistake::toml(error.message().trim().replace('\n', "; "));
                let mistake = Mistake { line, key: String::new(), what };
                return Err(ConfigError::Mistakes(Mistakes::new(file, vec![mistake])));
            }
        };
        let top = Section { table: document.as_table(), label: "", at: 0 };
        walk.unknown_keys(
            top,
            &["account", "safety", "poll", "notify", "address", "ssh", "watchdog", "command", "keys", "theme", "lang"],
        );
        let settings = Self {
            accounts: accounts::accounts(&mut walk, top, providers),
            safety: sections::safety(&mut walk, top),
            poll: sections::poll(&mut walk, top),
            notify: notify::notify(&mut walk, top),
            address: address::address(&mut walk, top),
            ssh: ssh::ssh(&mut walk, top),
            watchdogs: watchdog::watchdogs(&mut walk, top),
            commands: own_commands::commands(&mut walk, top),
            theme: sections::theme(&mut walk, top),
            lang: sections::language(&mut walk, top),
            keys: sections::keys(&mut walk, top),
        };
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
            SecretFrom::Keyring | SecretFrom::Command(_) | SecretFrom::Cloud { .. } => None,
        };
        self.accounts.iter().filter_map(named).collect()
    }

    pub(in crate::settings) fn no_such(&self, name: &str) -> NoSuchAccount {
        let known = self.accounts.iter().map(|account| account.name.to_string()).collect();
        NoSuchAccount { name: name.to_owned(), known }
    }

    #[must_use]
    pub fn account(&self, name: &str) -> Option<&AccountSettings> {
        self.accounts.iter().find(|account| account.name.as_str() == name)
    }
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "settings_conoha_tests.rs"]
mod conoha_tests;

#[cfg(test)]
#[path = "settings_openstack_tests.rs"]
mod openstack_tests;

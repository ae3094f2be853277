//! A provider, and what an account at it is opened with.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::{AccountName, Limit, ListKey, Phrase, ProviderPolicy, Text, text};
use crate::provider::api::Api;
use crate::provider::login::{Login, NotTaken};
use crate::provider::secret_source::SecretSource;

/// A provider: everything that the rest of the program needs to know in order to offer accounts there.
#[derive(Debug, Clone, Copy)]
pub struct Provider {
    /// Its name in the configuration.
    pub key: &'static str,
    pub label: &'static str,
    /// The keys of an account of it in the configuration, besides those that every account has.
    pub keys: &'static [AccountKey],
    /// Which of those keys names the API key that an account logs in with; `None` where it logs in otherwise.
    pub api_key: Option<&'static str>,
    /// What an account's secret is called in the provider's panel.
    pub secret_name: Text,
    /// Where in its panel the credentials are found.
    pub where_to_find: Text,
    pub policy: fn() -> Arc<dyn ProviderPolicy>,
    /// What things cost there, as a list of the form that `assets/prices` explains.
    pub prices: &'static str,
    /// Its services, each with a list that it alone shows: what a check reads after the login. None where the login
    /// tells all.
    pub services: fn() -> Vec<(&'static str, ListKey)>,
    /// What is wrong with the values of its keys taken together, where something is.
    pub mistake: fn(&BTreeMap<String, String>) -> Option<AccountMistake>,
    /// What it makes of a login that was written down for `OpenStack`'s own clients; `None` where those cannot talk to
    /// it.
    pub from_openstack_login: Option<FromOpenstackLogin>,
    /// Opens an account; no request is sent by it.
    pub open: fn(AccountSetup, Arc<dyn SecretSource>) -> Opened,
}

/// A mistake in the values of an account's keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountMistake {
    pub key: &'static str,
    /// What is wrong, and what is accepted.
    pub what: Phrase,
}

/// The values of the provider's own keys.
pub(in crate::provider) type AccountValues = BTreeMap<String, String>;

/// From a login to those.
pub type FromOpenstackLogin = fn(&Login) -> Result<AccountValues, NotTaken>;

/// An account's calls, or what is wrong in its configuration.
pub type Opened = Result<Arc<dyn Api>, Phrase>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountKey {
    pub name: &'static str,
    /// Whether an account is useless without it.
    pub required: bool,
    /// The key that may be given in its place.
    pub instead: Option<&'static str>,
    /// The value where it is not given.
    pub default: Option<&'static str>,
    /// Whether it is an address, which must be https or loopback.
    pub is_endpoint: bool,
    /// The values that are accepted; any where there are none.
    pub one_of: &'static [&'static str],
    pub what: Text,
}

impl AccountKey {
    /// Whether an account is useless with these values, since this one is missing.
    #[must_use]
    pub fn is_missing(&self, values: &BTreeMap<String, String>) -> bool {
        let has = |key: &str| values.get(key).is_some_and(|value| !value.trim().is_empty());
        self.required && self.default.is_none() && !has(self.name) && !self.instead.is_some_and(has)
    }
}

/// An account as the configuration describes it, without its secret.
#[derive(Debug, Clone)]
pub struct AccountSetup {
    pub name: AccountName,
    pub provider: &'static Provider,
    /// The values of the provider's own keys, defaults filled in.
    pub values: BTreeMap<String, String>,
    /// What may be sent until the provider's own word is heard. `None`: no limit known.
    pub limit: Option<Limit>,
    /// Where what was spent is shared with other processes. `None`: only in memory, as the demo has it.
    pub state_dir: Option<PathBuf>,
}

impl AccountSetup {
    /// The value of one of the provider's keys; an empty one counts as not given.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(|v| v.trim()).filter(|v| !v.is_empty())
    }

    /// The value of a key that an account is useless without.
    ///
    /// # Errors
    /// That it has none.
    pub fn required(&self, key: &str) -> Result<&str, Phrase> {
        self.value(key).ok_or_else(|| text::account::no_key(self.name.as_str(), key))
    }
}

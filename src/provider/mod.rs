//! The providers, and the one way to the network.
//!
//! A provider is one folder here and one row in [`PROVIDERS`]. It brings its rules (pure), its calls, its own phrases
//! and the keys that its accounts have in the configuration.

pub mod conoha_v2;
mod decode_failures;
mod details;
pub mod http;
pub mod indigo;
mod lenient;
mod login;
mod malformed;
mod openstack;
mod policy;
mod setup;
mod texts;

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use secrecy::SecretString;

use crate::domain::{Answer, Budget, Call, Collection, Fault, ListKey, Output, ProviderPolicy, Reading, ResourceId};

pub use login::{Login, LoginPart, NotTaken};
pub use setup::{AccountSetup, SecretAtHand, SecretSource};

/// A provider: everything that the rest of the program needs to know in order to offer accounts there.
#[derive(Debug, Clone, Copy)]
pub struct Provider {
    /// Its name in the configuration, such as `openstack`.
    pub key: &'static str,
    pub label: &'static str,
    /// The keys of an account of it in the configuration, besides those that every account has.
    pub keys: &'static [AccountKey],
    /// Which of those keys names the API key that an account logs in with; `None` where it logs in otherwise.
    pub api_key: Option<&'static str>,
    /// What an account's secret is called in the provider's panel.
    pub secret_name: &'static str,
    /// Where in its panel the credentials are found, in a sentence.
    pub where_to_find: &'static str,
    pub policy: fn() -> Arc<dyn ProviderPolicy>,
    pub phrases: crate::words::Table,
    /// What things cost there, as a list of the form that `assets/prices` explains.
    pub prices: &'static str,
    /// Its services, each with a list that it alone shows: what a check reads after the login. None where the login
    /// tells all.
    pub services: fn() -> Vec<(&'static str, ListKey)>,
    /// What it makes of a login that was written down for `OpenStack`'s own clients; `None` where those cannot talk to
    /// it.
    pub from_openstack_login: Option<FromOpenstackLogin>,
    /// Opens an account; no request is sent by it.
    pub open: fn(AccountSetup, Arc<dyn SecretSource>) -> Opened,
}

/// From a login to the values of the provider's own keys.
pub type FromOpenstackLogin = fn(&Login) -> Result<BTreeMap<String, String>, NotTaken>;

/// An account's calls, or a sentence that says what is wrong in its configuration.
pub type Opened = Result<Arc<dyn Api>, String>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountKey {
    pub name: &'static str,
    /// Whether an account is useless without it.
    pub required: bool,
    /// The value where it is not given.
    pub default: Option<&'static str>,
    /// Whether it is an address, which must be https or loopback.
    pub is_endpoint: bool,
    /// The values that are accepted; any where there are none.
    pub one_of: &'static [&'static str],
    pub what: &'static str,
}

/// All calls to one account. Nothing in it sleeps, queues or retries: that is the engine's business.
pub trait Api: Send + Sync {
    /// Reads one list. Records equal to those of `former` are shared with it.
    ///
    /// # Errors
    /// A [`Fault`] that says why not.
    fn read<'a>(&'a self, list: &'a ListKey, former: Option<Arc<Collection>>) -> BoxFuture<'a, Result<Reading, Fault>>;

    /// Finds out whether a list can be read, as cheaply as the provider lets one: without what it holds.
    ///
    /// # Errors
    /// A [`Fault`] that says why not.
    fn probe<'a>(&'a self, list: &'a ListKey) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async { self.read(list, None).await.map(drop) })
    }

    /// Sends one change, once. What came back is not judged here.
    fn change<'a>(&'a self, call: &'a Call, outputs: &'a [Output]) -> BoxFuture<'a, Answer>;

    /// The address at which a browser shows an instance's console. It is a secret and lives for minutes: it is opened,
    /// or shown once where nothing opens it, and never kept.
    ///
    /// # Errors
    /// A [`Fault`] that says why there is none.
    fn console<'a>(&'a self, instance: &'a ResourceId) -> BoxFuture<'a, Result<SecretString, Fault>> {
        let _ = instance;
        Box::pin(std::future::ready(Err(http::not_understood(".", "a console is not offered here", ""))))
    }

    /// Logs in, or uses the token there is.
    ///
    /// # Errors
    /// A [`Fault`] that says why not.
    fn log_in(&self) -> BoxFuture<'_, Result<(), Fault>>;

    /// What was spent and what is left, requests for tokens and of other processes included.
    fn budget(&self) -> Budget;

    /// The proxy on the way to where it logs in, and the variable that names it.
    fn proxy(&self) -> Option<String> {
        None
    }

    /// Where the secret is being asked for at this moment: a keyring or a program may wait for a person.
    fn asks_for_secret(&self) -> Option<String> {
        None
    }

    /// Forgets that the credentials were refused, since a person asks again.
    fn try_again(&self);
}

/// Every provider there is.
pub const PROVIDERS: &[Provider] = &[indigo::PROVIDER, conoha_v2::PROVIDER];

/// Opens an account: nothing is sent and no secret is asked for until the first call.
///
/// # Errors
/// A sentence that names the account and what is missing or wrong in its configuration.
pub fn open(setup: AccountSetup, secret: Arc<dyn SecretSource>) -> Opened {
    (setup.provider.open)(setup, secret)
}

//! The providers, and the one door to the network.
//!
//! A provider is one folder here and one row in [`PROVIDERS`]. It brings its rules (pure), its calls, its own phrases
//! and the keys that its accounts have in the configuration.

pub mod http;
pub mod indigo;
mod setup;

use std::sync::Arc;

use futures_util::future::BoxFuture;
use secrecy::SecretString;

use crate::domain::{Answer, Budget, Call, Fault, Learnt, ListKey, Listing, Reading, ResourceId, Rules};

pub use setup::{AccountSetup, SecretAtHand, SecretSource};

/// A provider: everything that the rest of the program needs to know in order to offer accounts there.
#[derive(Debug, Clone, Copy)]
pub struct Provider {
    /// Its name in the configuration, such as `openstack`.
    pub key: &'static str,
    /// Its full name for people.
    pub label: &'static str,
    /// The keys of an account of it in the configuration, besides those that every account has.
    pub keys: &'static [AccountKey],
    /// What an account's secret is called in the provider's panel.
    pub secret_name: &'static str,
    /// Where in its panel the credentials are found, in a sentence.
    pub where_to_find: &'static str,
    /// Its rules.
    pub rules: fn() -> Arc<dyn Rules>,
    /// Its own phrases, in English.
    pub phrases: crate::words::Table,
    /// Opens an account; no request is sent by it.
    pub open: fn(AccountSetup, Arc<dyn SecretSource>) -> Opened,
}

/// An account's calls, or a sentence that says what is wrong in its configuration.
pub type Opened = Result<Arc<dyn Api>, String>;

/// A key of an account in the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountKey {
    /// The key.
    pub name: &'static str,
    /// Whether an account is useless without it.
    pub required: bool,
    /// The value where it is not given.
    pub default: Option<&'static str>,
    /// Whether it is an address, which must be https or loopback.
    pub is_endpoint: bool,
    /// What it is, in a few words.
    pub what: &'static str,
}

/// All calls to one account. Nothing in it sleeps, queues or retries: that is the engine's business.
pub trait Api: Send + Sync {
    /// Reads one list. Records equal to those of `former` are shared with it.
    ///
    /// # Errors
    /// A [`Fault`] that says why not.
    fn read<'a>(&'a self, list: &'a ListKey, former: Option<Arc<Listing>>) -> BoxFuture<'a, Result<Reading, Fault>>;

    /// Sends one change, once. What came back is not judged here.
    fn change<'a>(&'a self, call: &'a Call, learnt: &'a [Learnt]) -> BoxFuture<'a, Answer>;

    /// The address of an instance's console, for a browser. It is a secret: whoever has it has the console.
    ///
    /// # Errors
    /// A [`Fault`] that says why not.
    fn console<'a>(&'a self, _instance: &'a ResourceId) -> BoxFuture<'a, Result<SecretString, Fault>> {
        let said = "this provider has no console".to_owned();
        Box::pin(async move { Err(Fault::NotUnderstood { field: "console".to_owned(), said, got: String::new() }) })
    }

    /// Logs in, or uses the token there is.
    ///
    /// # Errors
    /// A [`Fault`] that says why not.
    fn log_in(&self) -> BoxFuture<'_, Result<(), Fault>>;

    /// What was spent and what is left, requests for tokens and of other processes included.
    fn budget(&self) -> Budget;

    /// Forgets that the credentials were refused, since a person asks again.
    fn try_again(&self);
}

/// Every provider there is.
pub const PROVIDERS: &[Provider] = &[indigo::PROVIDER];

/// Opens an account: nothing is sent and no secret is asked for until the first call.
///
/// # Errors
/// A sentence that names the account and what is missing or wrong in its configuration.
pub fn open(setup: AccountSetup, secret: Arc<dyn SecretSource>) -> Opened {
    (setup.provider.open)(setup, secret)
}

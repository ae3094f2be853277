//! What an account is opened with.

use std::collections::BTreeMap;
use std::path::PathBuf;

use futures_util::future::BoxFuture;
use secrecy::SecretString;

use super::Provider;
use crate::domain::{AccountName, Fault, Limit};

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
    /// A sentence that names the account and the key.
    pub fn required(&self, key: &str) -> Result<&str, String> {
        self.value(key).ok_or_else(|| format!("account \"{}\" has no {key}", self.name))
    }
}

/// Where an account's secret comes from. It is asked for at a login, not before: a keyring may be locked, and it blocks.
pub trait SecretSource: Send + Sync {
    /// The secret.
    ///
    /// # Errors
    /// [`Fault::NoSecret`] or [`Fault::LockedSecret`] with a sentence that says why; it never holds a part of one.
    fn secret(&self) -> BoxFuture<'_, Result<SecretString, Fault>>;

    fn place(&self) -> String;
}

/// A secret that is at hand: the demo's, or one typed just now.
#[derive(Debug, Clone)]
pub struct SecretAtHand(pub SecretString);

impl SecretSource for SecretAtHand {
    fn secret(&self) -> BoxFuture<'_, Result<SecretString, Fault>> {
        Box::pin(std::future::ready(Ok(self.0.clone())))
    }

    fn place(&self) -> String {
        "at hand".to_owned()
    }
}

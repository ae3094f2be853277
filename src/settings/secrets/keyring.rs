//! The system's keyring: the Secret Service where a session bus answers, else the Linux kernel's keyring.
//!
//! The `keyring` crate knows the Secret Service only and remembers whether it answered; the kernel's store is used
//! beside it, through the same interface. Calls block, and one to a locked keyring waits for a person: each runs on a
//! thread of its own that is left behind when it takes too long. (`spawn_blocking` would hold up the program's end.)

use std::time::Duration;

use keyring_core::Entry;
use keyring_core::api::CredentialStoreApi;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::oneshot;

use crate::domain::{Phrase, Text, text};
use crate::settings::environment::Environment;
use crate::settings::secrets::account_secret::{COMMAND_FORM, ENV_FORM};

/// The service under which secrets are kept; the user is the account's name.
const SERVICE: &str = "vpsdeck";
/// Long enough for a person to type the password of a locked keyring.
const LIMIT: Duration = Duration::from_secs(60);
/// Where no desktop is that could ask for that password: long enough for a keyring that is open.
const LIMIT_WITHOUT_DESKTOP: Duration = Duration::from_secs(10);

/// How long a keyring is waited for in this environment.
#[must_use]
pub fn limit(env: &Environment) -> Duration {
    let is_set = |name: &str| env.variable(name).is_some_and(|value| !value.is_empty());
    if ["DISPLAY", "WAYLAND_DISPLAY"].into_iter().any(is_set) { LIMIT } else { LIMIT_WITHOUT_DESKTOP }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// The desktop's: kept on disk, encrypted.
    SecretService,
    /// The kernel's: in memory only.
    Kernel,
}

impl Store {
    #[must_use]
    pub const fn text(self) -> Text {
        match self {
            Self::SecretService => text::keyring::SECRET_SERVICE,
            Self::Kernel => text::keyring::KERNEL,
        }
    }
}

/// Why the keyring gave no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyringError {
    /// There is no keyring at all.
    None {
        /// What the Secret Service said.
        service: Phrase,
        kernel: Phrase,
    },
    /// It has no secret of this account.
    NoEntry {
        account: String,
        store: Store,
    },
    Refused(Phrase),
    /// It did not answer.
    TooSlow {
        limit: Duration,
    },
}

impl KeyringError {
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::None { service, kernel } => {
                text::keyring::none(service.clone(), kernel.clone(), ENV_FORM, COMMAND_FORM)
            }
            Self::NoEntry { account, store } => text::keyring::no_entry(store.text(), account.as_str()),
            Self::Refused(said) => text::keyring::refused(said.clone()),
            Self::TooSlow { limit } => text::keyring::slow(limit.as_secs(), ENV_FORM),
        }
    }
}

/// The keyring in which a new secret would be kept.
///
/// # Errors
/// [`KeyringError::None`], or that it did not answer.
pub async fn store(limit: Duration) -> Result<Store, KeyringError> {
    beside(limit, open).await
}

/// The secret of an account.
///
/// # Errors
/// Why it could not be had.
pub async fn get(account: &str, limit: Duration) -> Result<SecretString, KeyringError> {
    let account = account.to_owned();
    beside(limit, move || {
        let first = open()?;
        for store in places(first) {
            match entry(store, &account).and_then(|entry| entry.get_password()) {
                Ok(secret) => return Ok(SecretString::from(secret)),
                Err(keyring_core::Error::NoEntry) => {}
                Err(error) if store == first => return Err(KeyringError::Refused(said(&error))),
                Err(_) => {}
            }
        }
        Err(KeyringError::NoEntry { account, store: first })
    })
    .await
}

/// Keeps the secret of an account, in place of one that is there.
///
/// # Errors
/// Why it could not be kept.
pub async fn set(account: &str, secret: &SecretString, limit: Duration) -> Result<Store, KeyringError> {
    let (account, secret) = (account.to_owned(), secret.clone());
    beside(limit, move || {
        let store = open()?;
        let entry = entry(store, &account).map_err(|error| KeyringError::Refused(said(&error)))?;
        entry.set_password(secret.expose_secret()).map_err(|error| KeyringError::Refused(said(&error)))?;
        Ok(store)
    })
    .await
}

/// Forgets the secret of an account, wherever it is kept. Says whether there was one.
///
/// # Errors
/// Why it could not be forgotten.
pub async fn remove(account: &str, limit: Duration) -> Result<bool, KeyringError> {
    let account = account.to_owned();
    beside(limit, move || {
        let first = open()?;
        let mut found = false;
        for store in places(first) {
            match entry(store, &account).and_then(|entry| entry.delete_credential()) {
                Ok(()) => found = true,
                Err(keyring_core::Error::NoEntry) => {}
                Err(error) if store == first => return Err(KeyringError::Refused(said(&error))),
                Err(_) => {}
            }
        }
        Ok(found)
    })
    .await
}

/// A secret kept before a desktop came may be in the kernel's keyring still.
fn places(first: Store) -> impl Iterator<Item = Store> {
    [first, Store::Kernel].into_iter().take(if first == Store::Kernel { 1 } else { 2 })
}

fn open() -> Result<Store, KeyringError> {
    let service = match keyring::Entry::store_status() {
        Ok(()) => return Ok(Store::SecretService),
        Err(error) => said(error),
    };
    match entry(Store::Kernel, "probe") {
        Ok(_) => Ok(Store::Kernel),
        Err(error) => Err(KeyringError::None { service, kernel: said(&error) }),
    }
}

fn entry(store: Store, account: &str) -> keyring_core::Result<Entry> {
    match store {
        Store::SecretService => Ok(keyring::Entry::new(SERVICE, account)?.inner),
        #[cfg(target_os = "linux")]
        Store::Kernel => linux_keyutils_keyring_store::Store::new()?.build(SERVICE, account, None),
        #[cfg(not(target_os = "linux"))]
        Store::Kernel => Err(keyring_core::Error::NoDefaultStore),
    }
}

/// What the keyring said, never with the data that some of its errors hold.
fn said(error: &keyring_core::Error) -> Phrase {
    match error {
        keyring_core::Error::PlatformFailure(why) | keyring_core::Error::NoStorageAccess(why) => why.to_string().into(),
        keyring_core::Error::BadEncoding(_) | keyring_core::Error::BadDataFormat(..) => text::keyring::NO_TEXT.into(),
        keyring_core::Error::Ambiguous(_) => text::keyring::SEVERAL.into(),
        other => other.to_string().into(),
    }
}

/// Does blocking work on a thread of its own, and waits for it no longer than this.
async fn beside<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> Result<T, KeyringError> + Send + 'static,
) -> Result<T, KeyringError> {
    let (done, result) = oneshot::channel();
    let started = std::thread::Builder::new().name("keyring".to_owned()).spawn(move || {
        // Nobody waits any more where sending fails.
        let _ = done.send(work());
    });
    if let Err(error) = started {
        return Err(KeyringError::Refused(error.to_string().into()));
    }
    match tokio::time::timeout(limit, result).await {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err(KeyringError::Refused(text::keyring::BROKE_OFF.into())),
        Err(_) => Err(KeyringError::TooSlow { limit }),
    }
}

//! Adds an account to the configuration and takes one out, its secret in the keyring included. Whoever asked the
//! person, the command line or the dashboard's form, hands in the answers.

use std::collections::BTreeMap;
use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};

use crate::domain::{Phrase, text};
use crate::provider::{AccountMistake, Provider};
use crate::settings::accounts::edit::{self, EditError};
use crate::settings::config::accounts;
use crate::settings::config::error::{ConfigError, NoSuchAccount, read};
use crate::settings::config::settings::Settings;
use crate::settings::environment::Environment;
use crate::settings::files::write_private;
use crate::settings::secrets::account_secret::SecretFrom;
use crate::settings::secrets::keyring::{self, KeyringError};

/// An account that a person wants in the configuration.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub name: String,
    pub provider: &'static Provider,
    /// The provider's own keys, as far as they were given.
    pub values: BTreeMap<String, String>,
    /// Its secret.
    pub secret: NewSecret,
    /// Whether an account of that name may be overwritten.
    pub replace: bool,
    /// A comment for the top of a configuration that is begun.
    pub header: &'static str,
}

/// Where the secret of a new account is to come from.
#[derive(Debug, Clone)]
pub enum NewSecret {
    Store(SecretString),
    /// Nothing is kept; this is written into the configuration.
    Elsewhere(SecretFrom),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    pub file: PathBuf,
    /// The keyring that keeps the secret.
    pub kept_in: Option<keyring::Store>,
    /// Whether an account of that name was overwritten.
    pub replaced: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    pub file: PathBuf,
    /// Whether a secret was forgotten. An error where the keyring did not let us.
    pub secret: Result<bool, KeyringError>,
}

/// Why the configuration was not changed.
#[derive(Debug)]
pub enum ChangeError {
    Config(ConfigError),
    Name(Phrase),
    Exists(String),
    /// There is none of that name.
    NoAccount(NoSuchAccount),
    /// A value that the provider needs is missing, or not accepted.
    Value {
        key: &'static str,
        what: Phrase,
    },
    /// The secret could not be kept.
    Keyring(KeyringError),
    /// The secret is empty or more than one line.
    Secret,
    NotWritten {
        file: PathBuf,
        said: String,
    },
    /// The file is of a shape that cannot be changed by a program.
    Shape(PathBuf),
}

impl ChangeError {
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Config(error) => error.phrase(),
            Self::Name(why) => text::plain::at("name", why.clone()),
            Self::Exists(name) => text::account::exists(name.as_str()),
            Self::NoAccount(error) => error.phrase(),
            Self::Value { key, what } => text::plain::at(*key, what.clone()),
            Self::Keyring(error) => error.phrase(),
            Self::Secret => text::account::SECRET.into(),
            Self::NotWritten { file, said } => text::file::not_written(file.display().to_string(), said.as_str()),
            Self::Shape(file) => text::file::shape(file.display().to_string()),
        }
    }
}

impl From<ConfigError> for ChangeError {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

/// Keeps the secret, then writes the account. Whatever is wrong, it is found before the secret is kept.
///
/// # Errors
/// [`ChangeError`]; nothing was changed then.
pub async fn add_account(env: &Environment, new: NewAccount) -> Result<Added, ChangeError> {
    let text = text_or_empty(env)?;
    let settings = Settings::parse(&env.config, &text)?;
    let replaced = settings.account(&new.name).is_some();
    if replaced && !new.replace {
        return Err(ChangeError::Exists(new.name));
    }
    accounts::account_name(&new.name).map_err(ChangeError::Name)?;
    for key in new.provider.keys {
        check_value(key, &new.values)?;
    }
    if let Some(AccountMistake { key, what }) = (new.provider.mistake)(&new.values) {
        return Err(ChangeError::Value { key, what });
    }
    let secret = match &new.secret {
        NewSecret::Store(_) => &SecretFrom::Keyring,
        NewSecret::Elsewhere(from) => from,
    };
    let entry =
        edit::AccountEntry { name: &new.name, provider: new.provider, values: &new.values, secret, header: new.header };
    let changed = edit::put(&text, &entry).map_err(|_| ChangeError::Shape(env.config.clone()))?;
    Settings::parse(&env.config, &changed)?;
    let limit = keyring::limit(env);
    // Where the file cannot be written, the account goes on with what it had.
    let keeps = matches!(new.secret, NewSecret::Store(_));
    let former = if replaced && keeps { keyring::get(&new.name, limit).await.ok() } else { None };
    let kept_in = match &new.secret {
        NewSecret::Store(secret) => {
            let text = secret.expose_secret();
            if text.is_empty() || text.contains(['\n', '\r', '\0']) {
                return Err(ChangeError::Secret);
            }
            Some(keyring::set(&new.name, secret, limit).await.map_err(ChangeError::Keyring)?)
        }
        NewSecret::Elsewhere(_) => None,
    };
    if let Err(error) = write_private(&env.config, changed.as_bytes()) {
        if kept_in.is_some() && !replaced {
            // What is not in the configuration is not to stay in the keyring; the first error is the one to tell.
            let _ = keyring::remove(&new.name, limit).await;
        } else if let (Some(_), Some(former)) = (kept_in, &former) {
            let _ = keyring::set(&new.name, former, limit).await;
        }
        return Err(ChangeError::NotWritten { file: env.config.clone(), said: error.to_string() });
    }
    Ok(Added { file: env.config.clone(), kept_in, replaced })
}

fn check_value(key: &crate::provider::AccountKey, values: &BTreeMap<String, String>) -> Result<(), ChangeError> {
    let wrong = |what: Phrase| Err(ChangeError::Value { key: key.name, what });
    match values.get(key.name).map(|value| value.trim()) {
        None | Some("") if key.is_missing(values) => wrong(text::mistake::missing(key.what)),
        None | Some("") => Ok(()),
        Some(value) => accounts::check_value(key, value).or_else(wrong),
    }
}

/// Takes the account out of the file, then forgets its secret.
///
/// # Errors
/// [`ChangeError`]; nothing was changed then.
pub async fn remove_account(env: &Environment, name: &str) -> Result<Removed, ChangeError> {
    let text = read(&env.config)?;
    let settings = Settings::parse(&env.config, &text)?;
    let account = settings.account(name).ok_or_else(|| ChangeError::NoAccount(settings.no_such(name)))?;
    let changed = edit::take_out(&text, name).map_err(|error| match error {
        EditError::NoAccount(name) => ChangeError::NoAccount(settings.no_such(&name)),
        EditError::Shape => ChangeError::Shape(env.config.clone()),
    })?;
    write_private(&env.config, changed.as_bytes())
        .map_err(|error| ChangeError::NotWritten { file: env.config.clone(), said: error.to_string() })?;
    let secret = match account.secret {
        SecretFrom::Keyring => keyring::remove(name, keyring::limit(env)).await,
        SecretFrom::Env(_) | SecretFrom::Command(_) | SecretFrom::Cloud { .. } => Ok(false),
    };
    Ok(Removed { file: env.config.clone(), secret })
}

fn text_or_empty(env: &Environment) -> Result<String, ConfigError> {
    match read(&env.config) {
        Err(ConfigError::Missing(_)) => Ok(String::new()),
        other => other,
    }
}

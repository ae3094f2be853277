//! A secret that a provider tells: shown once, copied or kept if a person wants it, and then gone. It stands here, hidden
//! from every print, and nowhere else.

use crate::domain::{AccountName, Hidden, Phrase, SecretOf};

/// A secret that is shown.
#[derive(Debug, Clone)]
pub struct SecretBox {
    pub account: AccountName,
    pub kind: SecretKind,
    /// What it belongs to: the API key, or the instance's name.
    pub name: String,
    /// The secret.
    pub value: Hidden,
    pub stage: SecretStage,
    /// What became of the last key, and whether that is bad news.
    pub told: Option<(Phrase, bool)>,
    /// Whether it was painted: keys typed before that are dropped.
    pub drawn: bool,
    /// How many keys were dropped.
    pub ignored: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    /// The secret part of an API key.
    ApiKey,
    /// The password of an instance's administrator.
    Password,
    /// The address of an instance's console, which lives for minutes.
    Console,
}

impl SecretKind {
    /// Whether it is worth keeping: no provider tells it again, but another address of a console.
    #[must_use]
    pub const fn is_told_once(self) -> bool {
        match self {
            Self::ApiKey | Self::Password => true,
            Self::Console => false,
        }
    }
}

impl From<SecretOf> for SecretKind {
    fn from(of: SecretOf) -> Self {
        match of {
            SecretOf::ApiKey => Self::ApiKey,
            SecretOf::Password => Self::Password,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretStage {
    Shown,
    /// Which way it is kept.
    Choosing,
    Keeping,
    Closing,
}

/// A secret that is to be kept in the keyring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreSecret {
    pub account: AccountName,
    /// What it is the secret of.
    pub name: String,
    /// The secret.
    pub value: Hidden,
    /// Whether the account logs in with it from now on, so that its configuration names the key.
    pub used: bool,
}

impl SecretBox {
    /// One that nobody has seen yet.
    pub(crate) fn new(account: AccountName, kind: impl Into<SecretKind>, name: String, value: Hidden) -> Self {
        Self {
            account,
            kind: kind.into(),
            name,
            value,
            stage: SecretStage::Shown,
            told: None,
            drawn: false,
            ignored: 0,
        }
    }
}

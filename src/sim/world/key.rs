//! SSH keys, API keys and the access tokens these buy.

use crate::sim::clock::Moment;

#[derive(Debug, Clone)]
pub struct SshKey {
    pub id: u64,
    pub name: String,
    /// The line of an `authorized_keys` file.
    pub line: String,
    pub active: bool,
    pub created: Moment,
    /// When it was changed last.
    pub updated: Moment,
}

/// A key and secret for the API.
#[derive(Clone)]
pub struct ApiKey {
    pub id: u64,
    pub key: String,
    /// The secret half, shown once.
    pub secret: String,
    pub created: Moment,
}

#[derive(Clone)]
pub struct Token {
    pub value: String,
    pub api_key: u64,
    pub ends: Moment,
}

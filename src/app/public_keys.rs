//! The public keys of this machine.

use std::sync::Arc;

use crate::domain::{Key, PublicKey};

/// A public key of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalKey {
    /// The file, as it is shown: `~/.ssh/id_ed25519.pub`.
    pub file: String,
    /// The file's name without `.pub`.
    pub name: String,
    /// Its line; what else the file holds where there is no such line, and [`crate::domain::public_key::PRIVATE`] where it
    /// is a private key, of which nothing is kept.
    pub public: String,
}

/// The keys of this machine that are not among those of a provider.
pub fn missing<'a>(local: &'a [LocalKey], there: &'a [Arc<Key>]) -> impl Iterator<Item = (&'a LocalKey, PublicKey)> {
    let known: Vec<PublicKey> = there.iter().filter_map(|key| PublicKey::parse(&key.public).ok()).collect();
    local.iter().filter_map(move |key| {
        let own = PublicKey::parse(&key.public).ok()?;
        (!known.iter().any(|other| other.is_same(&own))).then_some((key, own))
    })
}

//! SSH public keys of this machine. They are read by the runtime, from files that end in `.pub`; private keys never.

use crate::domain::Key;

/// A public key of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalKey {
    /// The file, as a person would name it.
    pub file: String,
    /// What to call it: the file's name without its end.
    pub name: String,
    /// The key, one line: kind, material, perhaps a comment.
    pub public: String,
}

/// Kind and material of a key, without its comment: what makes it this key and no other.
#[must_use]
pub fn material(public: &str) -> Option<(&str, &str)> {
    let mut words = public.split_whitespace();
    Some((words.next()?, words.next()?))
}

/// The key without its comment.
#[must_use]
pub fn bare(public: &str) -> String {
    material(public).map_or_else(|| public.trim().to_owned(), |(kind, key)| format!("{kind} {key}"))
}

/// The keys of this machine that are not among those of a provider.
pub fn missing<'a>(local: &'a [LocalKey], there: &'a [std::sync::Arc<Key>]) -> impl Iterator<Item = &'a LocalKey> {
    local.iter().filter(|key| {
        let own = material(&key.public);
        own.is_some() && !there.iter().any(|other| material(&other.public) == own)
    })
}

//! Keeps a secret in the keyring that a provider tells once.

use secrecy::SecretString;

use crate::domain::{AccountName, Hidden, Phrase, text};
use crate::settings::{Environment, keyring};

/// Keeps a secret in the keyring under a name of its own. What comes back says where.
///
/// # Errors
/// Why it is not kept.
pub async fn beside(env: &Environment, account: &AccountName, name: &str, value: &Hidden) -> Result<Phrase, Phrase> {
    let user = format!("{account}:{name}");
    let kept = keyring::set(&user, &SecretString::from(value.reveal()), keyring::limit(env)).await;
    let store = kept.map_err(|error| text::secret::not_kept(error.phrase()))?;
    Ok(text::secret::kept_beside(store.text(), user))
}

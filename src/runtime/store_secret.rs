//! Keeps a secret in the keyring that a provider tells once.

use secrecy::SecretString;

use crate::domain::{AccountName, Hidden, Phrase, text};
use crate::settings::{Environment, keyring};

#[allow(clippy::needless_pass_by_value, reason = "errors are mapped by it")]
pub(crate) fn not_kept(said: impl ToString) -> Phrase {
    text::secret::not_kept(said.to_string())
}

/// Keeps a secret in the keyring under a name of its own. What comes back says where.
///
/// # Errors
/// Why it is not kept.
pub async fn beside(env: &Environment, account: &AccountName, name: &str, value: &Hidden) -> Result<Phrase, Phrase> {
    let user = format!("{account}:{name}");
    let kept = keyring::set(&user, &SecretString::from(value.reveal()), keyring::limit(env)).await;
    let store = kept.map_err(not_kept)?;
    Ok(text::secret::kept_beside(store.to_string(), user))
}

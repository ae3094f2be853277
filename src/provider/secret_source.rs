//! Where an account's secret comes from.

use futures_util::future::BoxFuture;
use secrecy::SecretString;

use crate::domain::Fault;

/// It is asked for at a login, not before: a keyring may be locked, and it blocks.
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

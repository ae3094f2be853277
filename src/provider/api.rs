//! What an account can be asked.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use secrecy::SecretString;

use crate::domain::{Answer, Budget, Call, Collection, Fault, ListKey, Output, Reading, ResourceId, text};
use crate::provider::http::not_understood;

/// All calls to one account. Nothing in it sleeps, queues or retries: that is the engine's business.
pub trait Api: Send + Sync {
    /// Reads one list. Records equal to those of `former` are shared with it.
    ///
    /// # Errors
    /// A [`Fault`] that says why not.
    fn read<'a>(&'a self, list: &'a ListKey, former: Option<Arc<Collection>>) -> BoxFuture<'a, Result<Reading, Fault>>;

    /// Finds out whether a list can be read, as cheaply as the provider lets one: without what it holds.
    ///
    /// # Errors
    /// A [`Fault`] that says why not.
    fn probe<'a>(&'a self, list: &'a ListKey) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async { self.read(list, None).await.map(drop) })
    }

    /// Sends one change, once. What came back is not judged here.
    fn change<'a>(&'a self, call: &'a Call, outputs: &'a [Output]) -> BoxFuture<'a, Answer>;

    /// The address at which a browser shows an instance's console. It is a secret and lives for minutes: it is opened,
    /// or shown once where nothing opens it, and never kept.
    ///
    /// # Errors
    /// A [`Fault`] that says why there is none.
    fn console<'a>(&'a self, instance: &'a ResourceId) -> BoxFuture<'a, Result<SecretString, Fault>> {
        let _ = instance;
        Box::pin(std::future::ready(Err(not_understood(".", text::not_sent::NO_CONSOLE, ""))))
    }

    /// Logs in, or uses the token there is.
    ///
    /// # Errors
    /// A [`Fault`] that says why not.
    fn log_in(&self) -> BoxFuture<'_, Result<(), Fault>>;

    /// What was spent and what is left, requests for tokens and of other processes included.
    fn budget(&self) -> Budget;

    /// The proxy on the way to where it logs in, and the variable that names it.
    fn proxy(&self) -> Option<String> {
        None
    }

    /// Where the secret is being asked for at this moment: a keyring or a program may wait for a person.
    fn asks_for_secret(&self) -> Option<String> {
        None
    }

    /// Forgets that the credentials were refused, since a person asks again.
    fn try_again(&self);
}

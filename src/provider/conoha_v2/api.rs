//! `ConoHa`'s calls.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::domain::{Answer, Budget, Call, Fault, Learnt, ListKey, Listing, Reading};
use crate::provider::http::not_understood;
use crate::provider::{AccountSetup, Api, SecretSource};

/// An account at `ConoHa` VPS Ver.2.0.
pub struct ConohaV2 {}

impl ConohaV2 {
    /// Opens an account. Nothing is sent by it.
    ///
    /// # Errors
    /// A sentence that says what is wrong in the configuration.
    pub fn open(setup: &AccountSetup, _secret: Arc<dyn SecretSource>) -> Result<Self, String> {
        setup.required("region").map(|_| Self {})
    }
}

impl Api for ConohaV2 {
    fn read<'a>(&'a self, _: &'a ListKey, _: Option<Arc<Listing>>) -> BoxFuture<'a, Result<Reading, Fault>> {
        Box::pin(std::future::ready(Err(not_understood(".", "there is no such list here", ""))))
    }

    fn change<'a>(&'a self, _: &'a Call, _: &'a [Learnt]) -> BoxFuture<'a, Answer> {
        Box::pin(std::future::ready(Answer::NotJournalled { said: String::new() }))
    }

    fn log_in(&self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn budget(&self) -> Budget {
        Budget::new(None)
    }

    fn try_again(&self) {}
}

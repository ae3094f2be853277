//! Opens an account of the configuration, and checks it by logging in.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use secrecy::SecretString;

use crate::domain::{Fault, ListKey, Phrase};
use crate::provider::http::now;
use crate::provider::{self, AccountSetup, Api, Opened, Provider, SecretSource};
use crate::settings::config::account_settings::AccountSettings;
use crate::settings::environment::Environment;
use crate::settings::files::make_private_dir;
use crate::settings::secrets::account_secret::AccountSecret;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckError {
    /// Its configuration is not enough.
    Configuration(Phrase),
    Fault(Fault),
    /// The login went well, and these of its services did not; never empty.
    Services(Vec<(&'static str, Fault)>),
}

impl SecretSource for AccountSecret {
    fn secret(&self) -> BoxFuture<'_, Result<SecretString, Fault>> {
        Box::pin(async { self.get().await.map_err(|error| self.fault(&error)) })
    }

    fn place(&self) -> String {
        self.from().to_string()
    }
}

impl AccountSettings {
    /// What the provider needs in order to open this account. What was spent is shared in the state folder.
    #[must_use]
    pub fn setup(&self, env: &Environment) -> AccountSetup {
        AccountSetup {
            name: self.name.clone(),
            provider: self.provider,
            values: self.values.clone(),
            limit: self.limit,
            state_dir: Some(env.state_dir.clone()),
        }
    }

    /// Where its secret comes from, and how it is had.
    #[must_use]
    pub fn secret(&self, env: &Environment) -> AccountSecret {
        AccountSecret::new(&self.name, &self.secret, env)
    }

    /// Opens the account: nothing is sent and no secret asked for until the first call.
    ///
    /// # Errors
    /// What is wrong in its configuration.
    pub fn open(&self, env: &Environment) -> Opened {
        self.open_with(self.secret(env), env)
    }

    /// The same, with its secret had in this way.
    ///
    /// # Errors
    /// What is wrong in its configuration.
    pub fn open_with(&self, secret: AccountSecret, env: &Environment) -> Opened {
        // What was spent is shared by a file there; without it only this process counts.
        if let Err(error) = make_private_dir(&env.state_dir) {
            tracing::warn!(folder = %env.state_dir.display(), %error, "the state folder cannot be made");
        }
        provider::open(self.setup(env), Arc::new(secret))
    }
}

/// So often in a row the budget is waited for: it gives back what was spent within a minute, and two other processes may
/// be ahead.
const PATIENCE: usize = 3;

/// Logs in to an account, then reads something small of each of its services: a wrong region, tenant or address shows
/// only there. `held` gets how long the request budget holds the next request back, each time that it is waited for.
///
/// The services that the cloud has nowhere: it need not have each, but one for instances.
///
/// # Errors
/// [`CheckError`]: what to tell the person.
pub async fn check_account(
    provider: &Provider,
    api: &dyn Api,
    held: &(dyn Fn(Duration) + Sync),
) -> Result<Vec<(&'static str, Fault)>, CheckError> {
    patiently(held, || api.log_in()).await.map_err(CheckError::Fault)?;
    let (mut lacks, mut failed) = (Vec::new(), Vec::new());
    for (service, list) in (provider.services)() {
        match patiently(held, || api.probe(&list)).await {
            Ok(()) => {}
            Err(fault @ Fault::NotOffered { .. }) if list != ListKey::Instances => lacks.push((service, fault)),
            // Nothing was asked, so nothing is known of it.
            Err(fault @ Fault::OverBudget { .. }) => return Err(CheckError::Fault(fault)),
            Err(fault) => failed.push((service, fault)),
        }
    }
    if failed.is_empty() { Ok(lacks) } else { Err(CheckError::Services(failed.into_iter().chain(lacks).collect())) }
}

/// Asks, and asks again where our own budget holds it back.
async fn patiently<'a, T>(
    held: &(dyn Fn(Duration) + Sync),
    ask: impl Fn() -> BoxFuture<'a, Result<T, Fault>>,
) -> Result<T, Fault> {
    for _ in 0..PATIENCE {
        match ask().await {
            Err(Fault::OverBudget { until }) => {
                let pause = until.since(now()) + Duration::from_millis(50);
                held(pause);
                tokio::time::sleep(pause).await;
            }
            result => return result,
        }
    }
    ask().await
}

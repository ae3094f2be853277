//! Keeps a secret that a provider told once: beside the others in the keyring, or as what an account logs in with from
//! now on.

use std::sync::Arc;

use secrecy::SecretString;

use crate::app::Msg;
use crate::app::layers::secret::StoreSecret;
use crate::domain::{Phrase, text};
use crate::provider::{self, AccountSetup, SecretAtHand};
use crate::runtime::dashboard::accounts::Adding;
use crate::runtime::dashboard::event::{DashboardEvent, OpenedAccount, tell};
use crate::runtime::event::{Event, Events};
use crate::runtime::store_secret::{self, not_kept};
use crate::settings::{self, Environment, NewAccount, NewSecret, Settings};

impl Adding {
    /// Keeps a secret; [`Msg::SecretKept`] says what became of it.
    #[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
    pub(super) fn keep(&self, secret: StoreSecret, to: &Events<DashboardEvent>) {
        let (env, read_only, to) = (self.env.clone(), self.read_only, to.clone());
        tokio::spawn(async move {
            let result = if secret.used {
                used(&env, read_only, &secret, &to).await
            } else {
                store_secret::beside(&env, &secret.account, &secret.name, &secret.value).await
            };
            tell(&to, Msg::SecretKept(result));
        });
    }
}

/// As the account's own. It logs in first: only what works takes the place of what works.
async fn used(
    env: &Environment,
    read_only: bool,
    secret: &StoreSecret,
    to: &Events<DashboardEvent>,
) -> Result<Phrase, Phrase> {
    let settings = Settings::load(env).map_err(not_kept)?;
    let name = secret.account.as_str();
    let account = settings.account(name).ok_or_else(|| not_kept("the account is not in the configuration"))?;
    let provider = account.provider;
    let key = provider.api_key.ok_or_else(|| not_kept("its accounts do not log in with keys"))?;
    let mut values = account.values.clone();
    values.insert(key.to_owned(), secret.name.clone());
    let value = SecretString::from(secret.value.reveal());
    let setup = AccountSetup {
        name: account.name.clone(),
        provider,
        values: values.clone(),
        limit: account.limit,
        state_dir: Some(env.state_dir.clone()),
    };
    let api = provider::open(setup, Arc::new(SecretAtHand(value.clone()))).map_err(not_kept)?;
    api.log_in().await.map_err(|fault| text::form::no_login(fault.phrase()))?;
    let new = NewAccount { name: name.to_owned(), provider, values, secret: NewSecret::Store(value), replace: true };
    settings::add_account(env, new).await.map_err(not_kept)?;
    let settings = Settings::load(env).map_err(not_kept)?;
    let account = settings.account(name).ok_or_else(|| not_kept("it is not in the file"))?;
    let saved = text::secret::kept_used(name);
    let opened = OpenedAccount {
        account: account.account(read_only),
        api: account.open(env).map_err(not_kept)?,
        saved: saved.clone(),
    };
    let _ = to.send(Event::Own(DashboardEvent::AccountOpened(Box::new(opened))));
    Ok(saved)
}

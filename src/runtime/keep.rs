//! Keeps a secret that a provider told once: beside the others in the keyring, or as what an account logs in with from
//! now on.

use std::sync::Arc;

use secrecy::SecretString;
use tokio::sync::mpsc::UnboundedSender;

use super::accounts::{Adding, Opened};
use super::run::Happened;
use crate::app::Msg;
use crate::app::layers::secret::Keep;
use crate::domain::{AccountName, Hidden, Phrase};
use crate::provider::{self, AccountSetup, SecretAtHand};
use crate::settings::{self, Environment, NewAccount, NewSecret, Settings, keyring};

impl Adding {
    /// Keeps a secret; [`Msg::SecretKept`] says what became of it.
    #[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
    pub(super) fn keep(&self, secret: Keep, to: &UnboundedSender<Happened>) {
        let (env, read_only, to) = (self.env.clone(), self.read_only, to.clone());
        tokio::spawn(async move {
            let result = if secret.used {
                used(&env, read_only, &secret, &to).await
            } else {
                beside(&env, &secret.account, &secret.name, &secret.value).await
            };
            let _ = to.send(Happened::App(Msg::SecretKept(result)));
        });
    }
}

#[allow(clippy::needless_pass_by_value, reason = "errors are mapped by it")]
fn not_kept(said: impl ToString) -> Phrase {
    Phrase::new("secret.not-kept").with("said", said.to_string())
}

/// Keeps a secret in the keyring under a name of its own. What comes back says where.
///
/// # Errors
/// Why it is not kept.
pub async fn beside(env: &Environment, account: &AccountName, name: &str, value: &Hidden) -> Result<Phrase, Phrase> {
    let user = format!("{account}:{name}");
    let kept = keyring::set(&user, &SecretString::from(value.reveal()), keyring::limit(env)).await;
    let store = kept.map_err(not_kept)?;
    Ok(Phrase::new("secret.kept-beside").with("store", store.to_string()).with("user", user))
}

/// As the account's own. It logs in first: only what works takes the place of what works.
async fn used(
    env: &Environment,
    read_only: bool,
    secret: &Keep,
    to: &UnboundedSender<Happened>,
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
    api.log_in().await.map_err(|fault| Phrase::new("form.no-login").with("fault", fault.phrase()))?;
    let new = NewAccount { name: name.to_owned(), provider, values, secret: NewSecret::Keep(value), replace: true };
    settings::add_account(env, new).await.map_err(not_kept)?;
    let settings = Settings::load(env).map_err(not_kept)?;
    let account = settings.account(name).ok_or_else(|| not_kept("it is not in the file"))?;
    let saved = Phrase::new("secret.kept-used").with("account", name);
    let opened =
        Opened { account: account.account(read_only), api: account.open(env).map_err(not_kept)?, saved: saved.clone() };
    let _ = to.send(Happened::Opened(Box::new(opened)));
    Ok(saved)
}

//! Keeps a secret that a provider told once: beside the others in the keyring, or as what an account logs in with from
//! now on.

use secrecy::SecretString;

use crate::app::AppMsg;
use crate::app::layers::secret::StoreSecret;
use crate::domain::text::secret::not_kept;
use crate::domain::{Phrase, text};
use crate::runtime::dashboard::accounts::{self, Adding};
use crate::runtime::dashboard::event::{DashboardEvent, tell};
use crate::runtime::event::{Event, Events};
use crate::runtime::store_secret;
use crate::settings::{Settings, TakenOver};

impl Adding {
    /// Keeps a secret; [`AppMsg::SecretKept`] says what became of it.
    #[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
    pub(super) fn keep(&self, secret: StoreSecret, to: &Events<DashboardEvent>) {
        let (adding, to) = (self.clone(), to.clone());
        tokio::spawn(async move {
            let result = if secret.used {
                used(&adding, &secret, &to).await
            } else {
                store_secret::beside(&adding.env, &secret.account, &secret.name, &secret.value).await
            };
            tell(&to, AppMsg::SecretKept(result));
        });
    }
}

/// As the account's own. It logs in first: only what works takes the place of what works.
async fn used(adding: &Adding, secret: &StoreSecret, to: &Events<DashboardEvent>) -> Result<Phrase, Phrase> {
    let settings = Settings::load(&adding.env).map_err(|error| not_kept(error.phrase()))?;
    let name = secret.account.as_str();
    let account = settings.account(name).ok_or_else(|| not_kept(text::account::NOT_CONFIGURED))?;
    let provider = account.provider;
    let key = provider.api_key.ok_or_else(|| not_kept(text::account::NO_KEYS))?;
    let mut values = account.values.clone();
    values.insert(key.to_owned(), secret.name.clone());
    let login =
        TakenOver { name: name.to_owned(), provider, values, secret: SecretString::from(secret.value.reveal()) };
    let api = accounts::open(&adding.env, &login, login.values.clone(), account.limit).map_err(not_kept)?;
    api.log_in().await.map_err(|fault| text::form::no_login(fault.phrase()))?;
    let saved = text::secret::kept_used(name);
    let opened = accounts::save(adding, login, true, saved.clone()).await.map_err(not_kept)?;
    let _ = to.send(Event::Own(DashboardEvent::AccountOpened(Box::new(opened))));
    Ok(saved)
}

//! Adds an account from the first screen: logs in, then saves, and says in words how it went.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use secrecy::SecretString;
use tokio::sync::mpsc::UnboundedSender;

use super::run::Happened;
use crate::app;
use crate::app::form::{Form, FormField, Forms};
use crate::domain::{Account, Phrase};
use crate::provider::{self, AccountSetup, Api, PROVIDERS, Provider, SecretAtHand};
use crate::settings::{self, ENV_FILE_PROVIDER, Environment, NewAccount, NewSecret, Settings};

/// The forms of the first screen, from what the providers say of their accounts.
pub(super) fn forms() -> Forms {
    let fields = vec![field("file", "File", IMPORTED, false, false)];
    let import = Form {
        provider: "",
        label: Phrase::new("title.import"),
        title: Phrase::new("title.import"),
        hint: IMPORTS.to_owned(),
        fields,
        at: 0,
        result: None,
        busy: false,
    };
    Forms { new_account: PROVIDERS.iter().map(form).collect(), import: Some(import) }
}

/// The form for an account at one provider.
fn form(provider: &Provider) -> Form {
    let mut fields = vec![field("name", "Name", provider.key, false, false)];
    fields.extend(provider.keys.iter().filter(|k| k.required).map(|k| field(k.name, &label(k.what), "", false, false)));
    fields.push(field("secret", provider.secret_name, "", true, false));
    fields.extend(
        provider
            .keys
            .iter()
            .filter(|k| !k.required)
            .map(|k| field(k.name, &capital(k.name), k.default.unwrap_or(""), false, true)),
    );
    let label = Phrase::new((provider.rules)().label());
    Form {
        provider: provider.key,
        title: Phrase::new("title.new-account-at").with("provider", label.clone()),
        label,
        hint: provider.where_to_find.to_owned(),
        fields,
        at: 1,
        result: None,
        busy: false,
    }
}

fn field(name: &'static str, label: &str, value: &str, hidden: bool, optional: bool) -> FormField {
    FormField { name, label: label.to_owned(), input: value.to_owned().into(), hidden, optional }
}

/// A key as a label: `Endpoint` of `endpoint`.
fn capital(key: &str) -> String {
    let (first, rest) = key.split_at(1.min(key.len()));
    format!("{}{}", first.to_ascii_uppercase(), rest.replace('_', " "))
}

/// What a key is, without what is said about it: `API key` of "the API key (32 letters); ...".
fn label(what: &str) -> String {
    let short = what.split(['(', ';', ',']).next().unwrap_or(what).trim();
    short.strip_prefix("the ").unwrap_or(short).to_owned()
}

/// Where the article keeps it.
const IMPORTED: &str = "~/.webarenaindigo";
const IMPORTS: &str = "A file with IndigoApiKey=... and IndigoApiPrivateKey=...";

/// What is needed to add accounts.
pub(super) struct Adding {
    /// Where the configuration is.
    pub(super) env: Environment,
    /// Whether everything is read-only.
    pub(super) read_only: bool,
}

/// An account that was just added.
pub(super) struct Opened {
    /// The account.
    pub(super) account: Account,
    /// Its calls.
    pub(super) api: Arc<dyn Api>,
    /// What to tell.
    pub(super) saved: Phrase,
}

impl Adding {
    /// Adds what a form holds.
    pub(super) fn add(
        &self,
        provider: &'static str,
        fields: Vec<(&'static str, String)>,
        to: &UnboundedSender<Happened>,
    ) {
        let mut values: BTreeMap<String, String> = fields
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        let name = values.remove("name").unwrap_or_default();
        let secret = values.remove("secret").unwrap_or_default();
        self.spawn(provider, name, values, SecretString::from(secret), to);
    }

    /// Takes over the env file of an API key.
    pub(super) fn import(&self, file: String, to: &UnboundedSender<Happened>) {
        let path = match (file.strip_prefix("~/"), self.env.variable("HOME")) {
            (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
            _ => PathBuf::from(&file),
        };
        let imported = std::fs::read_to_string(&path)
            .map_err(|e| e.to_string())
            .and_then(|text| settings::parse_env_file(&text).map_err(|e| e.to_string()));
        match imported {
            Ok(imported) => {
                // Where both look swapped, the login tells which is right; nothing is saved before it succeeds.
                let imported = if imported.looks_swapped() { imported.swapped() } else { imported };
                let values = BTreeMap::from([("client_id".to_owned(), imported.client_id().to_owned())]);
                self.spawn(ENV_FILE_PROVIDER, ENV_FILE_PROVIDER.to_owned(), values, imported.secret().clone(), to);
            }
            Err(said) => {
                let line = Phrase::new("form.not-imported").with("file", file).with("said", said);
                let _ = to.send(Happened::App(app::Msg::AccountSaved(Err(line))));
            }
        }
    }

    #[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
    fn spawn(
        &self,
        provider: &'static str,
        name: String,
        values: BTreeMap<String, String>,
        secret: SecretString,
        to: &UnboundedSender<Happened>,
    ) {
        let (env, read_only, to) = (self.env.clone(), self.read_only, to.clone());
        tokio::spawn(async move {
            let happened = match add(&env, read_only, provider, name, values, secret).await {
                Ok(opened) => Happened::Opened(Box::new(opened)),
                Err(line) => Happened::App(app::Msg::AccountSaved(Err(line))),
            };
            let _ = to.send(happened);
        });
    }
}

/// Logs in first: only what works is saved.
async fn add(
    env: &Environment,
    read_only: bool,
    provider: &str,
    name: String,
    values: BTreeMap<String, String>,
    secret: SecretString,
) -> Result<Opened, Phrase> {
    let said = |said: String| Phrase::new("form.not-saved").with("said", said);
    let provider: &'static Provider =
        PROVIDERS.iter().find(|p| p.key == provider).ok_or_else(|| said("no such provider".to_owned()))?;
    let mut filled = values.clone();
    for key in provider.keys {
        if let Some(default) = key.default {
            filled.entry(key.name.to_owned()).or_insert_with(|| default.to_owned());
        }
        if key.is_endpoint
            && let Some(value) = filled.get(key.name)
        {
            settings::check_endpoint(value).map_err(|e| said(e.to_string()))?;
        }
    }
    let setup = AccountSetup {
        name: name.as_str().into(),
        provider,
        values: filled,
        limit: (provider.rules)().default_limit(),
        state_dir: Some(env.state_dir.clone()),
    };
    let api = provider::open(setup, Arc::new(SecretAtHand(secret.clone()))).map_err(said)?;
    api.log_in().await.map_err(|fault| Phrase::new("form.no-login").with("fault", fault.phrase()))?;
    let new = NewAccount { name: name.clone(), provider, values, secret: NewSecret::Keep(secret), replace: false };
    settings::add_account(env, new).await.map_err(|e| said(e.to_string()))?;
    let settings = Settings::load(env).map_err(|e| said(e.to_string()))?;
    let account = settings.account(&name).ok_or_else(|| said("it is not in the file".to_owned()))?;
    let saved = Phrase::new("form.saved").with("account", name.as_str());
    Ok(Opened { account: account.account(read_only), api: account.open(env).map_err(said)?, saved })
}

//! Adds an account from the first screen: logs in, then saves, and says in words how it went.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use secrecy::SecretString;

use crate::app;
use crate::app::layers::form::{Form, FormField, Forms};
use crate::domain::text::form::not_saved;
use crate::domain::{Fault, Limit, Phrase, text};
use crate::provider::{self, AccountKey, AccountSetup, Opened, PROVIDERS, Provider, SecretAtHand};
use crate::runtime::dashboard::event::{DashboardEvent, OpenedAccount, tell};
use crate::runtime::event::{Event, Events};
use crate::settings::{self, CheckError, Environment, FromFile, NewAccount, NewSecret, Settings, TakenOver};
use crate::words::Words;

/// The forms of the first screen, from what the providers say of their accounts.
pub(super) fn forms(words: &Words) -> Forms {
    let fields = vec![field("file", words.get(text::form::FILE), IMPORTED, false, false)];
    let import = Form {
        provider: "",
        label: Phrase::new(text::title::IMPORT),
        title: Phrase::new(text::title::IMPORT),
        hint: text::form::IMPORTS.into(),
        fields,
        at: 0,
        result: None,
        busy: false,
    };
    Forms { new_account: PROVIDERS.iter().map(|provider| form(provider, words)).collect(), import: Some(import) }
}

fn form(provider: &Provider, words: &Words) -> Form {
    let mut fields = vec![field("name", words.get(text::details::NAME), provider.key, false, false)];
    let (needed, optional): (Vec<&AccountKey>, Vec<&AccountKey>) = provider.keys.iter().partition(|key| key.required);
    let value = |key: &AccountKey| key.default.unwrap_or("");
    fields.extend(needed.into_iter().map(|key| field(key.name, &label(words.get(key.what)), value(key), false, false)));
    fields.push(field("secret", words.get(provider.secret_name), "", true, false));
    fields.extend(optional.into_iter().map(|key| field(key.name, &capital(key.name), value(key), false, true)));
    let label = text::plain::said((provider.policy)().label());
    Form {
        provider: provider.key,
        title: text::title::new_account_at(label.clone()),
        label,
        hint: provider.where_to_find.into(),
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

#[derive(Clone)]
pub(super) struct Adding {
    /// Where the configuration is.
    pub(super) env: Environment,
    /// Whether everything is read-only.
    pub(super) read_only: bool,
    /// What stands above a configuration that is begun.
    pub(super) header: &'static str,
}

impl Adding {
    pub(super) fn add(&self, provider: &'static str, fields: Vec<(&'static str, String)>, to: &Events<DashboardEvent>) {
        let mut values: BTreeMap<String, String> = fields
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        let Some(provider) = PROVIDERS.iter().find(|known| known.key == provider) else {
            let line = not_saved(text::account::NO_PROVIDER);
            tell(to, app::AppMsg::AccountSaved(Err(line)));
            return;
        };
        let name = values.remove("name").unwrap_or_default();
        let secret = SecretString::from(values.remove("secret").unwrap_or_default());
        self.spawn(vec![TakenOver { name, provider, values, secret }], to);
    }

    pub(super) fn import(&self, file: String, to: &Events<DashboardEvent>) {
        let path = match (file.strip_prefix("~/"), self.env.variable("HOME")) {
            (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
            _ => PathBuf::from(&file),
        };
        let cloud = self.env.variable("OS_CLOUD").filter(|cloud| !cloud.is_empty());
        let taken = std::fs::read_to_string(&path)
            .map_err(|error| Phrase::from(error.to_string()))
            .and_then(|text| settings::take_over_file(&path, &text, cloud, &self.env).map_err(|error| error.phrase()));
        let taken = taken.map(|taken| match taken {
            FromFile::Accounts(taken) => taken,
            // Where both look swapped, the login tells which is right; nothing is saved before it succeeds.
            FromFile::EnvFile(read) if read.looks_swapped() => read.swapped().account().into_iter().collect(),
            FromFile::EnvFile(read) => read.account().into_iter().collect(),
        });
        let line = match taken {
            Ok(taken) if taken.is_empty() => not_saved(text::account::NO_PROVIDER),
            Ok(taken) => return self.spawn(taken, to),
            Err(said) => text::form::not_imported(file, said),
        };
        tell(to, app::AppMsg::AccountSaved(Err(line)));
    }

    #[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
    fn spawn(&self, new: Vec<TakenOver>, to: &Events<DashboardEvent>) {
        let (adding, to) = (self.clone(), to.clone());
        tokio::spawn(async move {
            // One after the other: each is written into the same file.
            for new in new {
                match add(&adding, new).await {
                    Ok(opened) => drop(to.send(Event::Own(DashboardEvent::AccountOpened(Box::new(opened))))),
                    Err(line) => return tell(&to, app::AppMsg::AccountSaved(Err(line))),
                }
            }
        });
    }
}

/// Logs in first: only what works is saved.
async fn add(adding: &Adding, new: TakenOver) -> Result<OpenedAccount, Phrase> {
    let mut filled = new.values.clone();
    for key in new.provider.keys {
        if let Some(default) = key.default {
            filled.entry(key.name.to_owned()).or_insert_with(|| default.to_owned());
        }
        if key.is_endpoint
            && let Some(value) = filled.get(key.name)
        {
            settings::check_endpoint(value).map_err(|error| not_saved(error.phrase()))?;
        }
    }
    let api = open(&adding.env, &new, filled, (new.provider.policy)().default_limit()).map_err(not_saved)?;
    settings::check_account(new.provider, api.as_ref(), &|_| {}).await.map_err(not_usable)?;
    let saved = text::form::saved(new.name.as_str());
    save(adding, new, false, saved).await.map_err(not_saved)
}

/// Opens an account that is not saved yet.
pub(super) fn open(
    env: &Environment,
    login: &TakenOver,
    values: BTreeMap<String, String>,
    limit: Option<Limit>,
) -> Opened {
    let (name, state_dir) = (login.name.as_str().into(), Some(env.state_dir.clone()));
    let setup = AccountSetup { name, provider: login.provider, values, limit, state_dir };
    provider::open(setup, Arc::new(SecretAtHand(login.secret.clone())))
}

/// Saves an account and its secret, and opens it as it is read from the file; `saved` is what is said of it.
pub(super) async fn save(
    adding: &Adding,
    login: TakenOver,
    replace: bool,
    saved: Phrase,
) -> Result<OpenedAccount, Phrase> {
    let Adding { env, read_only, header } = adding;
    let TakenOver { name, provider, values, secret } = login;
    let new = NewAccount { name: name.clone(), provider, values, secret: NewSecret::Store(secret), replace, header };
    settings::add_account(env, new).await.map_err(|error| error.phrase())?;
    let settings = Settings::load(env).map_err(|error| error.phrase())?;
    let account = settings.account(&name).ok_or(text::account::NOT_IN_FILE)?;
    Ok(OpenedAccount { account: account.account(*read_only), api: account.open(env)?, saved })
}

/// Why a login alone is not enough.
fn not_usable(error: CheckError) -> Phrase {
    let fault = |fault: &Fault| text::form::no_login(fault.phrase());
    match error {
        CheckError::Configuration(said) => not_saved(said),
        CheckError::Fault(one) => fault(&one),
        CheckError::Services(failed) => match failed.first() {
            Some((service, one)) => text::form::no_service(*service, one.phrase()),
            None => not_saved(""),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Clock, Language};

    #[test]
    fn every_provider_has_a_form_that_asks_for_what_it_needs() {
        for provider in PROVIDERS {
            let form = form(provider, &Words::new(Language::English, Clock::utc()));
            let asked: Vec<&str> = form.fields.iter().filter(|f| !f.optional).map(|f| f.name).collect();
            let needed = provider.keys.iter().filter(|key| key.required).map(|key| key.name);
            let expected: Vec<&str> = ["name"].into_iter().chain(needed).chain(["secret"]).collect();
            assert_eq!(asked, expected, "{}", provider.key);
            let hidden: Vec<&str> = form.fields.iter().filter(|f| f.hidden).map(|f| f.name).collect();
            assert_eq!(hidden, ["secret"]);
        }
    }
}

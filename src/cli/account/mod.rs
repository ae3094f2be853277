//! `vpsdeck account …`: one file a verb.

pub(super) mod add;
pub(super) mod check;
pub(super) mod import;
pub(super) mod list;
pub(super) mod remove;

use crate::cli::args::Document;
use crate::cli::{exit, print, refuse};
use crate::domain::Phrase;
use crate::provider::Provider;
use crate::settings::{ChangeError, ConfigError, Environment, NewAccount, Settings, add_account};
use crate::words::Words;

/// The settings, or the exit code after its mistakes are printed. No file at all is a configuration without accounts,
/// unless a person named that file.
fn settings(env: &Environment) -> Result<Settings, u8> {
    match Settings::load(env) {
        Err(ConfigError::Missing(_)) if !env.config_named => Ok(Settings::default()),
        other => other.map_err(|error| refuse(&error.to_string())),
    }
}

/// The settings where an account is to be added: a file that is not there yet will be written.
fn settings_or_new(env: &Environment) -> Result<Settings, u8> {
    match Settings::load(env) {
        Err(ConfigError::Missing(_)) => Ok(Settings::default()),
        other => other.map_err(|error| refuse(&error.to_string())),
    }
}

/// Waits for what asks the keyring, and says so once that takes long: it may wait for a person in another window.
async fn with_keyring<T>(words: &Words, work: impl Future<Output = T>) -> T {
    tokio::pin!(work);
    if let Ok(done) = tokio::time::timeout(check::WONDERS, &mut work).await {
        return done;
    }
    print::note(&format!("vpsdeck: {}", words.get("cli.wait.keyring")));
    work.await
}

async fn add_and_check(env: &Environment, new: NewAccount, words: &Words) -> u8 {
    let (name, provider): (String, &Provider) = (new.name.clone(), new.provider);
    let added = match with_keyring(words, add_account(env, new)).await {
        Ok(added) => added,
        Err(ChangeError::Exists(name)) => return refuse(&words.say(&Phrase::new("cli.add.exists").with("name", name))),
        Err(error) => return refuse(&error.to_string()),
    };
    if let Some(store) = added.kept_in {
        let phrase = Phrase::new("cli.add.stored").with("name", name.as_str()).with("store", store.to_string());
        print::out(&words.say(&phrase));
    }
    let key = if added.replaced { "cli.add.replaced" } else { "cli.add.written" };
    let file = added.file.display().to_string();
    print::out(&words.say(&Phrase::new(key).with("name", name.as_str()).with("file", file)));
    let settings = match settings(env) {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    let Some(account) = settings.account(&name) else { return exit::USAGE };
    let code = check::all(&[account], Document::Table, None, env, words).await;
    if code != exit::DONE {
        print::note(&words.say(&Phrase::new("cli.add.not-usable").with("provider", provider.label)));
    }
    code
}

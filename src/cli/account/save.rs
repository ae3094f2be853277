//! Saves an account, and checks it at once.

use crate::cli::account::check;
use crate::cli::args::Document;
use crate::cli::open::settings_or_none;
use crate::cli::print::refuse;
use crate::cli::{exit, print};
use crate::domain::Phrase;
use crate::provider::Provider;
use crate::settings::{ChangeError, Environment, NewAccount, add_account};
use crate::words::Words;

/// Waits for what asks the keyring, and says so once that takes long: it may wait for a person in another window.
pub(super) async fn with_keyring<T>(words: &Words, work: impl Future<Output = T>) -> T {
    tokio::pin!(work);
    if let Ok(done) = tokio::time::timeout(check::WONDERS, &mut work).await {
        return done;
    }
    print::warn(words.get("cli.wait.keyring"));
    work.await
}

pub(super) async fn add_and_check(env: &Environment, new: NewAccount, output: Document, words: &Words) -> u8 {
    let (name, provider): (String, &Provider) = (new.name.clone(), new.provider);
    let added = match with_keyring(words, add_account(env, new)).await {
        Ok(added) => added,
        Err(ChangeError::Exists(name)) => return refuse(&words.say(&Phrase::new("cli.add.exists").with("name", name))),
        Err(error) => return refuse(&error.to_string()),
    };
    if let Some(store) = added.kept_in {
        let phrase = Phrase::new("cli.add.stored").with("name", name.as_str()).with("store", store.to_string());
        print::line(output, &words.say(&phrase));
    }
    let key = if added.replaced { "cli.add.replaced" } else { "cli.add.written" };
    let file = added.file.display().to_string();
    print::line(output, &words.say(&Phrase::new(key).with("name", name.as_str()).with("file", file)));
    let settings = match settings_or_none(env) {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    let Some(account) = settings.account(&name) else { return exit::USAGE };
    let code = check::all(&[account], output, None, env, words).await;
    if code != exit::DONE {
        print::note(&words.say(&Phrase::new("cli.add.not-usable").with("provider", provider.label)));
    }
    code
}

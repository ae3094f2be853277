//! Saves an account, and checks it at once.

use crate::cli::account::check;
use crate::cli::args::Document;
use crate::cli::open::settings_or_none;
use crate::cli::print::refuse;
use crate::cli::{exit, print};
use crate::domain::{Phrase, text};
use crate::session::waits::tell_if_long;
use crate::settings::{ChangeError, Environment, NewAccount, add_account};
use crate::words::Words;

/// Waits for what asks the keyring, and says so once that takes long: it may wait for a person in another window.
pub(super) async fn with_keyring<T>(words: &Words, work: impl Future<Output = T>) -> T {
    tell_if_long(work, || print::warn(words.get(text::cli_wait::KEYRING))).await
}

pub(super) async fn add_and_check(env: &Environment, new: NewAccount, output: Document, words: &Words) -> u8 {
    let name = new.name.clone();
    let added = match with_keyring(words, add_account(env, new)).await {
        Ok(added) => added,
        Err(ChangeError::Exists(name)) => return refuse(text::cli_add::exists(name)),
        Err(error) => return refuse(error.phrase()),
    };
    if let Some(store) = added.kept_in {
        print::line(output, &words.say(&text::cli_add::stored(name.as_str(), store.text())));
    }
    let file = added.file.display().to_string();
    let phrase = if added.replaced {
        text::cli_add::replaced(name.as_str(), file)
    } else {
        text::cli_add::written(name.as_str(), file)
    };
    print::line(output, &words.say(&phrase));
    let settings = match settings_or_none(&env.without_cloud()) {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    let Some(account) = settings.account(&name) else { return exit::USAGE };
    let code = check::all(&[account], output, None, env, words).await;
    if code != exit::DONE {
        print::note(&words.say(&Phrase::new(text::cli_add::NOT_USABLE)));
    }
    code
}

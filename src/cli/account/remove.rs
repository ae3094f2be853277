//! `account remove`: takes an account out of the file and its secret out of the keyring.

use serde_json::json;

use crate::cli::account::save;
use crate::cli::args::Document;
use crate::cli::open::settings_or_none;
use crate::cli::print::refuse;
use crate::cli::{exit, print, prompt};
use crate::domain::text;
use crate::settings::{Environment, remove_account};
use crate::words::Words;

pub(in crate::cli) async fn run(name: &str, yes: bool, output: Document, env: &Environment, words: &Words) -> u8 {
    let mut settings = match settings_or_none(&env.without_cloud()) {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    // Before a person is asked about what is not there.
    if let Err(error) = settings.keep_only(&[name.to_owned()]) {
        return refuse(error.phrase());
    }
    let file = env.config.display().to_string();
    let confirmed =
        yes || (prompt::is_possible() && prompt::yes(&words.say(&text::cli_ask::remove(name, file.as_str()))));
    if !confirmed {
        let why = words.get(text::cli_remove::UNCONFIRMED);
        print::note(why);
        if output == Document::Json {
            print::json(&json!({ "result": "not_confirmed", "exit": exit::REFUSED_HERE, "reason": why }));
        }
        return exit::REFUSED_HERE;
    }
    let removed = match save::with_keyring(words, remove_account(env, name)).await {
        Ok(removed) => removed,
        Err(error) => return refuse(error.phrase()),
    };
    print::line(output, &words.say(&text::cli_remove::done(name, file)));
    match &removed.secret {
        Ok(true) => print::line(output, &words.say(&text::cli_remove::secret(name))),
        Ok(false) => {}
        Err(error) => print::note(&words.say(&text::cli_remove::secret_stays(name, error.phrase()))),
    }
    if output == Document::Json {
        print::json(&json!({ "result": "done", "account": name, "secret_removed": removed.secret.unwrap_or(false) }));
    }
    exit::DONE
}

//! `account remove`: takes an account out of the file and its secret out of the keyring.

use crate::cli::{exit, print, prompt, refuse};
use crate::domain::Phrase;
use crate::settings::{Environment, remove_account};
use crate::words::Words;

pub(in crate::cli) async fn run(name: &str, yes: bool, env: &Environment, words: &Words) -> u8 {
    let mut settings = match super::settings(env) {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    // Before a person is asked about what is not there.
    if let Err(error) = settings.keep_only(&[name.to_owned()]) {
        return refuse(&error.to_string());
    }
    let say = |key: &'static str| Phrase::new(key).with("name", name).with("file", env.config.display().to_string());
    let confirmed = yes || (prompt::is_possible() && prompt::yes(&words.say(&say("cli.ask.remove"))));
    if !confirmed {
        print::note(words.get("cli.remove.unconfirmed"));
        return exit::REFUSED_HERE;
    }
    let removed = match super::with_keyring(words, remove_account(env, name)).await {
        Ok(removed) => removed,
        Err(error) => return refuse(&error.to_string()),
    };
    print::out(&words.say(&say("cli.remove.done")));
    match removed.secret {
        Ok(true) => print::out(&words.say(&say("cli.remove.secret"))),
        Ok(false) => {}
        Err(error) => print::note(&words.say(&say("cli.remove.secret-stays").with("said", error.to_string()))),
    }
    exit::DONE
}

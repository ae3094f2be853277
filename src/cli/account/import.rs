//! `account import`: takes over the file in which people who followed the article keep their key.

use crate::cli::args::ImportArgs;
use crate::cli::{exit, print, prompt, refuse};
use crate::domain::Phrase;
use crate::provider::PROVIDERS;
use crate::settings::{ENV_FILE_PROVIDER, Environment, Imported, NewAccount, NewSecret, keyring, parse_env_file};
use crate::words::Words;

pub(in crate::cli) async fn run(args: &ImportArgs, env: &Environment, words: &Words) -> u8 {
    let file = args.file.display().to_string();
    let text = match std::fs::read_to_string(&args.file) {
        Ok(text) => text,
        Err(error) => {
            let phrase = Phrase::new("cli.import.unreadable").with("file", file).with("said", error.to_string());
            return refuse(&words.say(&phrase));
        }
    };
    let read = match parse_env_file(&text) {
        Ok(read) => read,
        Err(error) => return refuse(&format!("{file}: {error}")),
    };
    let Some(read) = straightened(read, args, words) else { return exit::USAGE };
    let Some(provider) = PROVIDERS.iter().find(|provider| provider.key == ENV_FILE_PROVIDER) else {
        return exit::USAGE;
    };
    if let Err(error) = keyring::store().await {
        return refuse(&error.to_string());
    }
    let mut values = std::collections::BTreeMap::from([("client_id".to_owned(), read.client_id().to_owned())]);
    values.extend(args.endpoint.clone().map(|endpoint| ("endpoint".to_owned(), endpoint)));
    let secret = NewSecret::Keep(read.secret().clone());
    let new = NewAccount { name: args.name.clone(), provider, values, secret, replace: args.replace };
    let code = super::add_and_check(env, new, words).await;
    if code == exit::DONE {
        print::note(&words.say(&Phrase::new("cli.import.left").with("file", file)));
    }
    code
}

/// Key and private key the right way round, as far as a person was asked. `None` where they must say first.
fn straightened(read: Imported, args: &ImportArgs, words: &Words) -> Option<Imported> {
    if args.swap {
        return Some(read.swapped());
    }
    if args.as_is || !read.looks_swapped() {
        return Some(read);
    }
    let (key, private) = read.lengths();
    print::note(&words.say(&Phrase::new("cli.import.swapped").with("key", key).with("private", private)));
    if !prompt::is_possible() {
        print::note(words.get("cli.import.choose"));
        return None;
    }
    Some(if prompt::yes(words.get("cli.ask.swap")) { read.swapped() } else { read })
}

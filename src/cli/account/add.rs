//! `account add`: asks for what is missing, keeps the secret, writes the configuration, checks at once.

use crate::cli::account::save;
use crate::cli::args::AddArgs;
use crate::cli::open::settings_or_new;
use crate::cli::print::refuse;
use crate::cli::{exit, print, prompt};
use crate::domain::{Phrase, text};
use crate::provider::{AccountKey, PROVIDERS, Provider};
use crate::settings::{Environment, NewAccount, NewSecret, SecretFrom, keyring};
use crate::words::Words;

pub(in crate::cli) async fn run(args: &AddArgs, env: &Environment, words: &Words) -> u8 {
    match asked(args, env, words).await {
        Ok(new) => save::add_and_check(env, new, args.output, words).await,
        Err(code) => code,
    }
}

/// The account with everything that was missing asked for, or the exit code.
async fn asked(args: &AddArgs, env: &Environment, words: &Words) -> Result<NewAccount, u8> {
    let settings = settings_or_new(env)?;
    let asks = prompt::is_possible();
    let provider = provider(args, asks, words)?;
    let name = match &args.name {
        Some(name) => name.clone(),
        None if asks => {
            prompt::line(words.get(text::cli_ask::NAME), Some(provider.key)).ok_or_else(|| unconfirmed(words))?
        }
        None => provider.key.to_owned(),
    };
    let existing = settings.account(&name);
    let mut replace = args.replace;
    if existing.is_some() && !replace {
        if !asks {
            return Err(refuse(text::cli_add::exists(name)));
        }
        if !prompt::yes(&words.say(&text::cli_ask::replace(name.as_str()))) {
            return Err(unconfirmed(words));
        }
        replace = true;
    }
    if let Some(foreign) = args.values.keys().find(|given| provider.keys.iter().all(|key| key.name != given.as_str())) {
        let known: Vec<String> = provider.keys.iter().map(|key| option(key.name)).collect();
        return Err(refuse(text::cli_add::foreign(option(foreign), provider.key, known.join(", "))));
    }
    if asks {
        print::note(&words.say(&text::cli_add::found_at(provider.label, provider.where_to_find)));
    }
    let mut values = args.values.clone();
    for key in provider.keys {
        if values.contains_key(key.name) {
            continue;
        }
        // What an account has already need not be given again.
        let known = existing.filter(|account| account.provider.key == provider.key);
        if let Some(value) = known.and_then(|account| account.values.get(key.name)) {
            values.insert(key.name.to_owned(), value.clone());
        } else if key.is_missing(&values) || (asks && key.required && key.default.is_some()) {
            let given = if asks { prompt::line(words.get(key.what), key.default) } else { None };
            let given = given
                .filter(|given| !given.is_empty())
                .ok_or_else(|| refuse(text::cli_need::value(option(key.name), key.what)))?;
            values.insert(key.name.to_owned(), given);
        }
    }
    let secret = secret(args, provider, asks, env, words).await?;
    Ok(NewAccount { name, provider, values, secret, replace, header: words.get(text::file::HEADER) })
}

fn option(key: &str) -> String {
    format!("--{}", key.replace('_', "-"))
}

/// The provider that was named, else the one that alone has the keys that were given, else the one a person says.
fn provider(args: &AddArgs, asks: bool, words: &Words) -> Result<&'static Provider, u8> {
    let keys: Vec<&str> = PROVIDERS.iter().map(|provider| provider.key).collect();
    let known = keys.join("|");
    let key = match &args.provider {
        Some(key) => Some(key.clone()),
        None => match (meant(args), asks) {
            (Some(provider), _) => return Ok(provider),
            (None, true) => prompt::line(&words.say(&text::cli_ask::provider(known.as_str())), keys.first().copied()),
            (None, false) => None,
        },
    };
    let found = key.and_then(|key| PROVIDERS.iter().find(|provider| provider.key == key));
    found.ok_or_else(|| refuse(text::cli_need::provider(known)))
}

/// The only provider that has all the keys that were given, with such values.
fn meant(args: &AddArgs) -> Option<&'static Provider> {
    let takes = |key: &AccountKey, value: &str| key.one_of.is_empty() || key.one_of.contains(&value);
    let has = |provider: &Provider, (given, value): (&String, &String)| {
        provider.keys.iter().any(|key| key.name == *given && takes(key, value))
    };
    let mut fit = PROVIDERS.iter().filter(|provider| args.values.iter().all(|given| has(provider, given)));
    fit.next().filter(|_| fit.next().is_none())
}

async fn secret(
    args: &AddArgs,
    provider: &Provider,
    asks: bool,
    env: &Environment,
    words: &Words,
) -> Result<NewSecret, u8> {
    if let Some(name) = &args.secret_env {
        return Ok(NewSecret::Elsewhere(SecretFrom::Env(name.clone())));
    }
    if !args.secret_from_stdin && !asks {
        return Err(refuse(text::cli_need::secret(provider.secret_name)));
    }
    // Before a person types what could then not be kept.
    save::with_keyring(words, keyring::store(keyring::limit(env))).await.map_err(|error| refuse(error.phrase()))?;
    let (secret, missing) = if args.secret_from_stdin {
        (prompt::secret_from_stdin(), Phrase::new(text::cli_need::STDIN))
    } else {
        (prompt::secret(words.get(provider.secret_name)), text::cli_need::secret(provider.secret_name))
    };
    secret.map(NewSecret::Store).ok_or_else(|| refuse(missing))
}

fn unconfirmed(words: &Words) -> u8 {
    print::note(words.get(text::cli_add::UNCONFIRMED));
    exit::REFUSED_HERE
}

//! `account import`: takes over credentials that other programs were told: `OS_*` variables, `clouds.yaml`, and the file
//! in which people who followed the article about Indigo's API keep their key.

use std::path::Path;

use crate::cli::account::save;
use crate::cli::args::ImportArgs;
use crate::cli::print::refuse;
use crate::cli::{exit, print, prompt};
use crate::domain::text;
use crate::settings::{
    Environment, FromFile, Imported, NewAccount, NewSecret, SecretFrom, TakenOver, keyring, take_over_cloud,
    take_over_environment, take_over_file,
};
use crate::words::Words;

pub(in crate::cli) async fn run(args: &ImportArgs, env: &Environment, words: &Words) -> u8 {
    let cloud = args.cloud.as_deref().or(env.cloud.as_deref()).filter(|_| !args.from_env);
    let taken = match (&args.file, cloud) {
        (Some(file), cloud) => of_file(file, cloud, args, env, words),
        (None, Some(cloud)) => take_over_cloud(env, Some(cloud)).map_err(|error| refuse(error.phrase())),
        (None, None) => take_over_environment(env).map(|one| vec![one]).map_err(|error| refuse(error.phrase())),
    };
    let taken = match taken {
        Ok(taken) => taken,
        Err(code) => return code,
    };
    let stores = args.secret_env.is_none();
    if stores && let Err(error) = save::with_keyring(words, keyring::store(keyring::limit(env))).await {
        return refuse(error.phrase());
    }
    let several = taken.len() > 1;
    let mut codes = Vec::new();
    for one in taken {
        let secret = match &args.secret_env {
            Some(name) => NewSecret::Elsewhere(SecretFrom::Env(name.clone())),
            None => NewSecret::Store(one.secret),
        };
        let name = match &args.name {
            Some(name) if several => format!("{name}-{}", one.values.get("region").map_or("", String::as_str)),
            Some(name) => name.clone(),
            None => one.name,
        };
        let (replace, header) = (args.replace, words.get(text::file::HEADER));
        let new = NewAccount { name, provider: one.provider, values: one.values, secret, replace, header };
        codes.push(save::add_and_check(env, new, args.output, words).await);
    }
    let code = exit::of_all(codes);
    if let (exit::DONE, Some(file)) = (code, &args.file) {
        print::note(&words.say(&text::cli_import::left(file.display().to_string())));
    }
    code
}

/// The accounts that a file holds, or the exit code.
fn of_file(
    file: &Path,
    cloud: Option<&str>,
    args: &ImportArgs,
    env: &Environment,
    words: &Words,
) -> Result<Vec<TakenOver>, u8> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file)
        .map_err(|error| refuse(text::file::unreadable(name.as_str(), error.to_string())))?;
    match take_over_file(file, &text, cloud, env).map_err(|error| refuse(text::plain::at(name, error.phrase())))? {
        FromFile::EnvFile(read) => {
            let read = straightened(read, args, words).ok_or(exit::USAGE)?;
            let mut taken = read.account().ok_or(exit::USAGE)?;
            taken.values.extend(args.endpoint.clone().map(|endpoint| ("endpoint".to_owned(), endpoint)));
            Ok(vec![taken])
        }
        FromFile::Accounts(_) if args.endpoint.is_some() || args.swap || args.as_is => {
            Err(refuse(text::cli_import::ONLY_ENV_FILE))
        }
        FromFile::Accounts(taken) => Ok(taken),
    }
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
    print::note(&words.say(&text::cli_import::swapped(key, private)));
    if !prompt::is_possible() {
        print::note(words.get(text::cli_import::CHOOSE));
        return None;
    }
    Some(if prompt::yes(words.get(text::cli_ask::SWAP)) { read.swapped() } else { read })
}

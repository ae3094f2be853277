//! `account list`: what is configured, and where secrets come from; never a secret.

use crate::domain::text;
use serde_json::{Value, json};

use crate::cli::args::{Format, Global};
use crate::cli::open::settings_or_none;
use crate::cli::print::refuse;
use crate::cli::{document, exit, print, table};
use crate::settings::{AccountSettings, Environment, SecretFrom};
use crate::words::Words;

pub(in crate::cli) fn run(output: Format, env: &Environment, global: &Global, words: &Words) -> u8 {
    let mut settings = match settings_or_none(env) {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    if let Err(error) = settings.keep_only(&global.accounts) {
        return refuse(error.phrase());
    }
    let accounts = &settings.accounts;
    match output {
        Format::Json => document::print_list("accounts", accounts.iter().map(record).collect::<Value>(), &[]),
        Format::Name => accounts.iter().for_each(|account| print::out(account.name.as_str())),
        Format::Table if accounts.is_empty() => print::note(words.get(text::cli_list::NONE)),
        Format::Table => print_table(accounts, words),
    }
    exit::DONE
}

pub(super) fn record(account: &AccountSettings) -> Value {
    // Arguments of a command may hold what is nobody's business.
    let secret = match &account.secret {
        SecretFrom::Keyring => json!({ "from": "keyring" }),
        SecretFrom::Env(name) => json!({ "from": "env", "name": name }),
        SecretFrom::Command(argv) => json!({ "from": "command", "program": argv.first() }),
        SecretFrom::Cloud { name, .. } => json!({ "from": "cloud", "cloud": name }),
    };
    json!({
        "name": account.name,
        "provider": account.provider.key,
        "endpoint": account.endpoint(),
        "region": account.region(),
        "secret": secret,
        "read_only": account.read_only,
    })
}

fn print_table(accounts: &[AccountSettings], words: &Words) {
    let head = ["name", "provider", "endpoint", "secret"].map(|column| match column {
        "name" => words.get(text::cli_list::NAME),
        "provider" => words.get(text::cli_list::PROVIDER),
        "endpoint" => words.get(text::cli_list::ENDPOINT),
        _ => words.get(text::cli_list::SECRET),
    });
    let mut rows = vec![head.map(str::to_owned)];
    rows.extend(accounts.iter().map(|account| {
        let secret = match &account.secret {
            SecretFrom::Command(argv) => SecretFrom::Command(argv.iter().take(1).cloned().collect()).to_string(),
            other => other.to_string(),
        };
        let endpoint = account.place().to_owned();
        [account.name.to_string(), account.provider.key.to_owned(), endpoint, secret]
    }));
    table::print(&rows);
}

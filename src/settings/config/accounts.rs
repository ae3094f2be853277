//! The accounts of the file: what each key may be, and what every provider's accounts need.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::{AccountName, Limit};
use crate::provider::{AccountKey, Provider};
use crate::settings::config::account_settings::AccountSettings;
use crate::settings::config::endpoint::check_endpoint;
use crate::settings::config::mistake::accepted;
use crate::settings::config::walk::{SECRET_FORM, Section, Spanned, Walk, texts_of};
use crate::settings::secrets::account_secret::SecretFrom;

const LABEL: &str = "[[account]]";
const OWN: [&str; 6] = ["name", "provider", "secret", "budget", "read_only", "colour"];
const NAME_LENGTH: usize = 64;

pub(super) fn accounts<'t>(
    walk: &mut Walk<'t>,
    top: Section<'t>,
    providers: &'static [Provider],
) -> Vec<AccountSettings> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = Vec::new();
    for section in walk.tables(top, "account", LABEL) {
        all.extend(account(walk, section, providers, &mut taken));
    }
    all
}

fn account<'t>(
    walk: &mut Walk<'t>,
    section: Section<'t>,
    providers: &'static [Provider],
    taken: &mut BTreeMap<String, usize>,
) -> Option<AccountSettings> {
    let name = name(walk, section, taken);
    let provider = provider(walk, section, providers);
    let secret = secret(walk, section);
    let read_only = walk.yes_no(section, "read_only").unwrap_or(false);
    let colour = walk.colour(section, "colour");
    let provider = provider?;
    let limit = limit(walk, section, (provider.policy)().default_limit());
    let values = values(walk, section, provider);
    let (name, secret) = (AccountName::new(name?), secret?);
    Some(AccountSettings { name, provider, values, secret, limit, read_only, colour, prices: Arc::default() })
}

fn name<'t>(walk: &mut Walk<'t>, section: Section<'t>, taken: &mut BTreeMap<String, usize>) -> Option<String> {
    if section.table.get("name").is_none() {
        walk.wrong(section, "name", section.at, "is missing; accepted: any text, unique among the accounts");
    }
    let found = walk.text(section, "name")?;
    if let Err(why) = account_name(&found.value) {
        walk.wrong(section, "name", found.at, why);
        return None;
    }
    if let Some(before) = taken.get(&found.value) {
        let what = format!("\"{}\" is the account of line {before} already; names are unique", found.value);
        walk.wrong(section, "name", found.at, what);
        return None;
    }
    taken.insert(found.value.clone(), walk.line(found.at));
    Some(found.value)
}

/// Whether an account may be called so: a name is typed before a `/`, and files are named after it.
pub(in crate::settings) fn account_name(name: &str) -> Result<(), String> {
    let fits = !name.is_empty()
        && name.chars().count() <= NAME_LENGTH
        && !name.starts_with(['-', '.'])
        && !name.chars().any(|c| matches!(c, '/' | '\\' | '=') || c.is_control() || c.is_whitespace());
    if fits {
        return Ok(());
    }
    Err(format!(
        "\"{}\" cannot be a name; accepted: at most {NAME_LENGTH} letters, digits and signs, no space, none of / \\ =, and no - or . in front",
        name.escape_debug()
    ))
}

fn provider<'t>(
    walk: &mut Walk<'t>,
    section: Section<'t>,
    providers: &'static [Provider],
) -> Option<&'static Provider> {
    let keys: Vec<&str> = providers.iter().map(|provider| provider.key).collect();
    if section.table.get("provider").is_none() {
        walk.wrong(section, "provider", section.at, format!("is missing; accepted: {}", keys.join(", ")));
    }
    let found = walk.text(section, "provider")?;
    let provider = providers.iter().find(|provider| provider.key == found.value);
    if provider.is_none() {
        let what = format!("\"{}\" is not known; {}", found.value, accepted(&found.value, &keys));
        walk.wrong(section, "provider", found.at, what);
    }
    provider
}

fn values<'t>(walk: &mut Walk<'t>, section: Section<'t>, provider: &Provider) -> BTreeMap<String, String> {
    let mut known: Vec<&str> = vec!["name", "provider"];
    known.extend(provider.keys.iter().map(|key| key.name));
    known.extend(OWN.iter().filter(|own| !matches!(**own, "name" | "provider")));
    walk.unknown_keys(section, &known);
    let mut values = BTreeMap::new();
    for key in provider.keys {
        let given = section.table.get(key.name).is_some();
        if key.required && key.default.is_none() && !given {
            let what = format!("is missing; accepted: {}", key.what);
            walk.wrong(section, key.name, section.at, what);
        }
        if let Some(found) = walk.text(section, key.name) {
            if key.is_endpoint
                && let Err(why) = check_endpoint(&found.value)
            {
                walk.wrong(section, key.name, found.at, why.to_string());
            }
            if let Err(why) = among(key, &found.value) {
                walk.wrong(section, key.name, found.at, why);
            }
            values.insert(key.name.to_owned(), found.value);
        } else if let (Some(default), false) = (key.default, given) {
            values.insert(key.name.to_owned(), default.to_owned());
        }
    }
    values
}

pub(in crate::settings) fn among(key: &AccountKey, value: &str) -> Result<(), String> {
    if key.one_of.is_empty() || key.one_of.contains(&value) {
        return Ok(());
    }
    Err(format!("\"{value}\" is not known; {}", accepted(value, key.one_of)))
}

/// `None` where it was a mistake.
fn secret<'t>(walk: &mut Walk<'t>, section: Section<'t>) -> Option<SecretFrom> {
    let Some(found) = Walk::item(section, "secret") else { return Some(SecretFrom::Keyring) };
    let Spanned { value, at } = found;
    let wrong = |walk: &mut Walk<'t>, why: &str| {
        walk.wrong(section, "secret", at, format!("{why} {SECRET_FORM}"));
        None
    };
    let Some(table) = value.as_table_like() else {
        return wrong(walk, "a secret never stands in this file.");
    };
    let mut entries = table.iter();
    let (Some((how, item)), None) = (entries.next(), entries.next()) else {
        return wrong(walk, "names one place.");
    };
    match how {
        "env" => match item.as_str() {
            Some(name) if !name.is_empty() && !name.contains(['=', '\0']) => Some(SecretFrom::Env(name.to_owned())),
            _ => wrong(walk, "env is the name of a variable."),
        },
        "command" => match item.as_array().and_then(texts_of).filter(|argv| !argv.is_empty()) {
            Some(argv) => Some(SecretFrom::Command(argv)),
            None => wrong(walk, "command is a list: the program and its arguments, run without a shell."),
        },
        _ => wrong(walk, "knows no such place."),
    }
}

fn limit<'t>(walk: &mut Walk<'t>, section: Section<'t>, default: Option<Limit>) -> Option<Limit> {
    if section.table.get("budget").is_none() {
        return default;
    }
    let budget = walk.table(section, "budget", "[[account]] budget")?;
    walk.unknown_keys(budget, &["per_minute", "spacing_ms"]);
    let per_minute = walk.number(budget, "per_minute", 100_000);
    let spacing_ms = walk.number(budget, "spacing_ms", 60_000).map(u64::from);
    let per_minute = per_minute.or(default.map(|limit| limit.per_minute))?;
    let spacing_ms = spacing_ms.or(default.map(|limit| limit.spacing_ms)).unwrap_or(0);
    (per_minute > 0).then_some(Limit { per_minute, spacing_ms })
}

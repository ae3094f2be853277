//! The accounts of the file: what each key may be, and what every provider's accounts need.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::{AccountName, Limit, Phrase, Text, text};
use crate::provider::{AccountKey, AccountMistake, Provider};
use crate::settings::config::account_settings::AccountSettings;
use crate::settings::config::endpoint::check_endpoint;
use crate::settings::config::mistake::accepted;
use crate::settings::config::walk::{Section, Spanned, Walk, texts_of};
use crate::settings::secrets::account_secret::{COMMAND_FORM, ENV_FORM, SecretFrom};

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
    let before = walk.mistakes.len();
    let values = values(walk, section, provider);
    // What is wrong with one key alone is said of that alone.
    if let Some(AccountMistake { key, what }) = (provider.mistake)(&values).filter(|_| walk.mistakes.len() == before) {
        let at = Walk::item(section, key).map_or(section.at, |found| found.at);
        walk.wrong(section, key, at, what);
    }
    let (name, secret) = (AccountName::new(name?), secret?);
    Some(AccountSettings { name, provider, values, secret, limit, read_only, colour, prices: Arc::default() })
}

fn name<'t>(walk: &mut Walk<'t>, section: Section<'t>, taken: &mut BTreeMap<String, usize>) -> Option<String> {
    if section.table.get("name").is_none() {
        walk.missing(section, "name", text::mistake::ACCOUNT_NAME);
    }
    let found = walk.text(section, "name")?;
    if let Err(why) = account_name(&found.value) {
        walk.wrong(section, "name", found.at, why);
        return None;
    }
    if let Some(before) = taken.get(&found.value) {
        walk.wrong(section, "name", found.at, text::mistake::account_taken(found.value, *before));
        return None;
    }
    taken.insert(found.value.clone(), walk.line(found.at));
    Some(found.value)
}

/// Whether an account may be called so: a name is typed before a `/`, and files are named after it.
pub(in crate::settings) fn account_name(name: &str) -> Result<(), Phrase> {
    let fits = !name.is_empty()
        && name.chars().count() <= NAME_LENGTH
        && !name.starts_with(['-', '.'])
        && !name.chars().any(|c| matches!(c, '/' | '\\' | '=') || c.is_control() || c.is_whitespace());
    if fits {
        return Ok(());
    }
    Err(text::mistake::name_odd(name.escape_debug().to_string(), NAME_LENGTH))
}

fn provider<'t>(
    walk: &mut Walk<'t>,
    section: Section<'t>,
    providers: &'static [Provider],
) -> Option<&'static Provider> {
    let keys: Vec<&str> = providers.iter().map(|provider| provider.key).collect();
    if section.table.get("provider").is_none() {
        walk.missing(section, "provider", keys.join(", "));
    }
    let found = walk.text(section, "provider")?;
    let provider = providers.iter().find(|provider| provider.key == found.value);
    if provider.is_none() {
        let accepted = accepted(&found.value, &keys);
        walk.wrong(section, "provider", found.at, text::mistake::not_known(found.value, accepted));
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
        let has = |name: &str| section.table.get(name).is_some();
        let given = has(key.name);
        if key.required && key.default.is_none() && !given && !key.instead.is_some_and(has) {
            walk.missing(section, key.name, key.what);
        }
        if let Some(found) = walk.text(section, key.name) {
            if let Err(why) = check_value(key, &found.value) {
                walk.wrong(section, key.name, found.at, why);
            }
            values.insert(key.name.to_owned(), found.value);
        } else if let (Some(default), false) = (key.default, given) {
            values.insert(key.name.to_owned(), default.to_owned());
        }
    }
    values
}

/// Whether a key takes this value.
pub(in crate::settings) fn check_value(key: &AccountKey, value: &str) -> Result<(), Phrase> {
    if key.is_endpoint {
        check_endpoint(value).map_err(|why| why.phrase())?;
    }
    if key.one_of.is_empty() || key.one_of.contains(&value) {
        return Ok(());
    }
    Err(text::mistake::not_known(value, accepted(value, key.one_of)))
}

/// `None` where it was a mistake.
fn secret<'t>(walk: &mut Walk<'t>, section: Section<'t>) -> Option<SecretFrom> {
    let Some(found) = Walk::item(section, "secret") else { return Some(SecretFrom::Keyring) };
    let Spanned { value, at } = found;
    let wrong = |walk: &mut Walk<'t>, why: Text| {
        walk.wrong(section, "secret", at, text::mistake::secret(why, ENV_FORM, COMMAND_FORM));
        None
    };
    let Some(table) = value.as_table_like() else {
        return wrong(walk, text::mistake::SECRET_HERE);
    };
    let mut entries = table.iter();
    let (Some((how, item)), None) = (entries.next(), entries.next()) else {
        return wrong(walk, text::mistake::ONE_PLACE);
    };
    match how {
        "env" => match item.as_str() {
            Some(name) if !name.is_empty() && !name.contains(['=', '\0']) => Some(SecretFrom::Env(name.to_owned())),
            _ => wrong(walk, text::mistake::ENV),
        },
        "command" => match item.as_array().and_then(texts_of).filter(|argv| !argv.is_empty()) {
            Some(argv) => Some(SecretFrom::Command(argv)),
            None => wrong(walk, text::mistake::COMMAND),
        },
        _ => wrong(walk, text::mistake::NO_SUCH_PLACE),
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

//! Changes the configuration file and keeps its comments. Pure: text in, text out.

use std::collections::BTreeMap;

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

use crate::provider::Provider;
use crate::settings::secrets::account_secret::SecretFrom;

/// Why the text could not be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum EditError {
    /// It is not TOML, or `account` is something else.
    Shape,
    /// It has no such account.
    NoAccount(String),
}

pub(super) struct AccountEntry<'a> {
    pub(super) name: &'a str,
    pub(super) provider: &'a Provider,
    pub(super) values: &'a BTreeMap<String, String>,
    pub(super) secret: &'a SecretFrom,
    /// A comment for the top of a file that is begun.
    pub(super) header: &'a str,
}

/// Writes an account: what it replaces keeps its place, its comments and the keys not named; a new one comes last.
pub(super) fn put(text: &str, entry: &AccountEntry<'_>) -> Result<String, EditError> {
    let begun = if text.trim().is_empty() { format!("# {}\n\n", entry.header) } else { String::new() };
    let mut document: DocumentMut = text.parse().map_err(|_| EditError::Shape)?;
    let accounts = document.entry("account").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    match accounts {
        Item::ArrayOfTables(tables) => {
            if let Some(table) = tables.iter_mut().find(|table| is_named(*table, entry.name)) {
                fill(table, entry);
            } else {
                let mut table = Table::new();
                fill(&mut table, entry);
                if !text.trim().is_empty() {
                    table.decor_mut().set_prefix("\n");
                }
                tables.push(table);
            }
        }
        Item::Value(Value::Array(list)) => put_inline(list, entry)?,
        _ => return Err(EditError::Shape),
    }
    let text = document.to_string();
    Ok(format!("{begun}{text}"))
}

fn put_inline(list: &mut Array, entry: &AccountEntry<'_>) -> Result<(), EditError> {
    let place = list.iter().position(|value| value.as_inline_table().is_some_and(|table| is_named(table, entry.name)));
    match place {
        Some(place) => {
            let table = list.get_mut(place).and_then(Value::as_inline_table_mut).ok_or(EditError::Shape)?;
            fill(table, entry);
        }
        None => {
            let mut table = InlineTable::new();
            fill(&mut table, entry);
            list.push(table);
        }
    }
    Ok(())
}

fn fill(table: &mut dyn TableLike, entry: &AccountEntry<'_>) {
    set(table, "name", entry.name);
    set(table, "provider", entry.provider.key);
    // In the order in which the provider names its keys; a default need not be written.
    for key in entry.provider.keys {
        match entry.values.get(key.name) {
            Some(given) if key.default != Some(given.as_str()) || table.contains_key(key.name) => {
                set(table, key.name, given);
            }
            _ => {}
        }
    }
    let secret = match entry.secret {
        // A cloud of its own files is in no configuration.
        SecretFrom::Keyring | SecretFrom::Cloud { .. } => None,
        SecretFrom::Env(name) => Some(InlineTable::from_iter([("env", Value::from(name.as_str()))])),
        SecretFrom::Command(argv) => {
            let argv = argv.iter().map(String::as_str).collect::<Array>();
            Some(InlineTable::from_iter([("command", Value::from(argv))]))
        }
    };
    match secret {
        Some(secret) => {
            table.insert("secret", value(secret));
        }
        None => {
            table.remove("secret");
        }
    }
}

/// Sets a value and keeps the comment behind the old one.
fn set(table: &mut dyn TableLike, key: &str, to: &str) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) if old.as_str() == Some(to) => {}
        Some(old) => {
            let decor = old.decor().clone();
            *old = Value::from(to);
            *old.decor_mut() = decor;
        }
        None => {
            table.insert(key, value(to));
        }
    }
}

/// Takes an account out. The comment right above it goes with it; one set apart by an empty line stays.
pub(super) fn take_out(text: &str, name: &str) -> Result<String, EditError> {
    let mut document: DocumentMut = text.parse().map_err(|_| EditError::Shape)?;
    let gone = || EditError::NoAccount(name.to_owned());
    match document.get_mut("account").ok_or_else(gone)? {
        Item::ArrayOfTables(tables) => {
            let at = tables.iter().position(|table| is_named(table, name)).ok_or_else(gone)?;
            let removed = tables.get(at).ok_or_else(gone)?;
            let (kept, position) = (comment_apart(removed), removed.position());
            tables.remove(at);
            if tables.is_empty() {
                document.remove("account");
            }
            keep(&mut document, &kept, position);
        }
        Item::Value(Value::Array(list)) => {
            let is_it = |value: &Value| value.as_inline_table().is_some_and(|table| is_named(table, name));
            let at = list.iter().position(is_it).ok_or_else(gone)?;
            list.remove(at);
        }
        _ => return Err(EditError::Shape),
    }
    Ok(document.to_string())
}

fn is_named(table: &dyn TableLike, name: &str) -> bool {
    table.get("name").and_then(Item::as_str).is_some_and(|found| found.trim() == name)
}

/// What stands above a table and is set apart from it by an empty line.
fn comment_apart(table: &Table) -> String {
    let above = table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
    let apart = above.rfind("\n\n").map_or("", |end| &above[..=end]);
    if apart.trim().is_empty() { String::new() } else { apart.to_owned() }
}

/// Puts a comment above the table that now stands where another stood, or at the end.
fn keep(document: &mut DocumentMut, comment: &str, position: Option<isize>) {
    if comment.is_empty() {
        return;
    }
    let mut after: Vec<&mut Table> = Vec::new();
    for (_, item) in document.iter_mut() {
        match item {
            Item::Table(table) => after.push(table),
            Item::ArrayOfTables(tables) => after.extend(tables.iter_mut()),
            _ => {}
        }
    }
    let next = after.into_iter().filter(|table| table.position() > position).min_by_key(|table| table.position());
    match next {
        Some(table) => {
            let below = table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
            table.decor_mut().set_prefix(format!("{comment}{below}"));
        }
        None => {
            let below = document.trailing().as_str().unwrap_or_default().to_owned();
            document.set_trailing(format!("{comment}{below}"));
        }
    }
}

#[cfg(test)]
#[path = "edit_tests.rs"]
mod tests;

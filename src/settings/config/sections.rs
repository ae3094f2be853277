//! The sections beside the accounts: safety, polling, keys, theme.

use std::collections::BTreeMap;
use std::time::Duration;

use toml_edit::Item;

use crate::domain::{Poll, Safety, ToneColours, text};
use crate::settings::config::walk::{Section, Walk, texts_of};

const LANGUAGES: [&str; 1] = ["en"];
const HOUR: Duration = Duration::from_secs(3600);

pub(super) fn safety<'t>(walk: &mut Walk<'t>, top: Section<'t>) -> Safety {
    let mut safety = Safety::default();
    let Some(section) = walk.table(top, "safety", "[safety]") else { return safety };
    walk.unknown_keys(section, &["grace", "protect"]);
    if let Some(grace) = walk.lasts(section, "grace", Duration::ZERO, HOUR) {
        safety.grace = grace;
    }
    if let Some(protect) = walk.texts(section, "protect") {
        safety.protect = protect;
    }
    safety
}

pub(super) fn poll<'t>(walk: &mut Walk<'t>, top: Section<'t>) -> Poll {
    let mut poll = Poll::default();
    let Some(section) = walk.table(top, "poll", "[poll]") else { return poll };
    walk.unknown_keys(section, &["fresh", "watch"]);
    let second = Duration::from_secs(1);
    if let Some(fresh) = walk.lasts(section, "fresh", second, HOUR) {
        poll.fresh = fresh;
    }
    if let Some(watch) = walk.lasts(section, "watch", second, HOUR) {
        poll.watch = watch;
    }
    poll
}

/// The `[keys]` section as it stands: which commands and keys there are, the dashboard knows.
pub(super) fn keys<'t>(walk: &mut Walk<'t>, top: Section<'t>) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    let Some(section) = walk.table(top, "keys", "[keys]") else { return all };
    for (command, item) in section.table.iter() {
        let Some(found) = Walk::item(section, command) else { continue };
        let keys = match item {
            Item::Value(toml_edit::Value::String(key)) if !key.value().is_empty() => Some(vec![key.value().clone()]),
            other => other.as_array().and_then(texts_of),
        };
        match keys {
            Some(keys) => drop(all.insert(command.to_owned(), keys)),
            None => walk.wrong_kind(section, command, found, text::mistake::KEYS),
        }
    }
    all
}

pub(super) fn theme<'t>(walk: &mut Walk<'t>, top: Section<'t>) -> ToneColours {
    let mut theme = ToneColours::default();
    let Some(section) = walk.table(top, "theme", "[theme]") else { return theme };
    walk.unknown_keys(section, &["ok", "error", "busy", "mark"]);
    for (key, tone) in
        [("ok", &mut theme.ok), ("error", &mut theme.error), ("busy", &mut theme.busy), ("mark", &mut theme.mark)]
    {
        *tone = walk.colour(section, key).unwrap_or(*tone);
    }
    theme
}

pub(super) fn language<'t>(walk: &mut Walk<'t>, top: Section<'t>) -> Option<String> {
    walk.one_of(top, "lang", &LANGUAGES).map(|found| found.value)
}

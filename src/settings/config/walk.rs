//! Walks through a parsed file, takes typed values out of it, and notes every mistake with its line.

use std::time::Duration;

use toml_edit::{Array, Item, TableLike, Value};

use crate::domain::{AccountColour, Phrase, Text, text};
use crate::settings::config::duration;
use crate::settings::config::mistake::{Mistake, accepted};
use crate::settings::secrets::account_secret::{COMMAND_FORM, ENV_FORM};

const COLOURS: [(&str, AccountColour); 7] = [
    ("red", AccountColour::Red),
    ("green", AccountColour::Green),
    ("yellow", AccountColour::Yellow),
    ("blue", AccountColour::Blue),
    ("magenta", AccountColour::Magenta),
    ("cyan", AccountColour::Cyan),
    ("white", AccountColour::White),
];

/// Where a walk has got to: the text, for line numbers, and the mistakes so far.
pub(super) struct Walk<'t> {
    text: &'t str,
    pub(super) mistakes: Vec<Mistake>,
}

/// A table of the file with its name for people.
#[derive(Clone, Copy)]
pub(super) struct Section<'t> {
    pub(super) table: &'t dyn TableLike,
    /// Such as `[[account]]`; empty at the top of the file.
    pub(super) label: &'static str,
    pub(super) at: usize,
}

#[derive(Clone, Copy)]
pub(super) struct Spanned<T> {
    pub(super) value: T,
    pub(super) at: usize,
}

impl<'t> Walk<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, mistakes: Vec::new() }
    }

    /// The line of a place, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        1 + self.text.bytes().take(at).filter(|byte| *byte == b'\n').count()
    }

    pub(super) fn wrong(&mut self, section: Section<'_>, key: &str, at: usize, what: impl Into<Phrase>) {
        let key = [section.label, key].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        self.mistakes.push(Mistake { line: self.line(at), key, what: what.into() });
    }

    /// Notes every key that is not known here.
    pub(super) fn unknown_keys(&mut self, section: Section<'t>, known: &[&str]) {
        for (name, item) in section.table.iter() {
            if known.contains(&name) {
                continue;
            }
            let what = if is_secret(name) {
                text::mistake::secret(text::mistake::SECRET_HERE, ENV_FORM, COMMAND_FORM)
            } else {
                text::mistake::unknown_key(accepted(name, known))
            };
            self.wrong(section, name, key_at(section, name, item), what);
        }
    }

    pub(super) fn item(section: Section<'t>, key: &str) -> Option<Spanned<&'t Item>> {
        let item = section.table.get(key)?;
        Some(Spanned { value: item, at: key_at(section, key, item) })
    }

    /// A text that is not empty.
    pub(super) fn text(&mut self, section: Section<'t>, key: &str) -> Option<Spanned<String>> {
        let found = Self::item(section, key)?;
        match found.value.as_str().map(str::trim) {
            Some("") => self.wrong(section, key, found.at, text::mistake::EMPTY),
            Some(text) => return Some(Spanned { value: text.to_owned(), at: found.at }),
            None => self.wrong_kind(section, key, found, text::mistake::QUOTED),
        }
        None
    }

    /// `true` or `false`.
    pub(super) fn yes_no(&mut self, section: Section<'t>, key: &str) -> Option<bool> {
        let found = Self::item(section, key)?;
        let value = found.value.as_bool();
        if value.is_none() {
            self.wrong_kind(section, key, found, text::mistake::YES_NO);
        }
        value
    }

    /// A whole number within limits.
    pub(super) fn number(&mut self, section: Section<'t>, key: &str, most: u32) -> Option<u32> {
        let found = Self::item(section, key)?;
        let value = found.value.as_integer().and_then(|n| u32::try_from(n).ok()).filter(|n| *n <= most);
        if value.is_none() {
            self.wrong_kind(section, key, found, text::mistake::whole(0_u32, most));
        }
        value
    }

    pub(super) fn lasts(
        &mut self,
        section: Section<'t>,
        key: &str,
        least: Duration,
        most: Duration,
    ) -> Option<Duration> {
        let found = self.text(section, key)?;
        let Some(lasts) = duration::parse(&found.value) else {
            self.wrong(section, key, found.at, text::mistake::no_duration(found.value));
            return None;
        };
        if lasts < least || lasts > most {
            let what = text::mistake::out_of_range(found.value, span(least), span(most));
            self.wrong(section, key, found.at, what);
            return None;
        }
        Some(lasts)
    }

    pub(super) fn one_of(&mut self, section: Section<'t>, key: &str, among: &[&str]) -> Option<Spanned<String>> {
        let found = self.text(section, key)?;
        if among.contains(&found.value.as_str()) {
            return Some(found);
        }
        let accepted = accepted(&found.value, among);
        self.wrong(section, key, found.at, text::mistake::not_known(found.value, accepted));
        None
    }

    pub(super) fn colour(&mut self, section: Section<'t>, key: &str) -> Option<AccountColour> {
        let found = self.one_of(section, key, &COLOURS.map(|(name, _)| name))?;
        COLOURS.iter().find(|(name, _)| *name == found.value).map(|(_, colour)| *colour)
    }

    /// A list of texts that are not empty.
    pub(super) fn texts(&mut self, section: Section<'t>, key: &str) -> Option<Vec<String>> {
        let found = Self::item(section, key)?;
        let texts = found.value.as_array().and_then(texts_of);
        if texts.is_none() {
            self.wrong_kind(section, key, found, text::mistake::TEXTS);
        }
        texts
    }

    /// A table below a section, written as `[label]` or `{ … }`.
    pub(super) fn table(&mut self, section: Section<'t>, key: &str, label: &'static str) -> Option<Section<'t>> {
        let found = Self::item(section, key)?;
        let table = found.value.as_table_like();
        if table.is_none() {
            self.wrong_kind(section, key, found, text::mistake::section(label));
        }
        Some(Section { table: table?, label, at: found.at })
    }

    /// All sections of a list of sections, written as `[[label]]` or `[{ … }]`.
    pub(super) fn tables(&mut self, section: Section<'t>, key: &str, label: &'static str) -> Vec<Section<'t>> {
        let Some(found) = Self::item(section, key) else { return Vec::new() };
        let at = |span: Option<std::ops::Range<usize>>| span.map_or(found.at, |span| span.start);
        let one = |table: &'t dyn TableLike, at| Section { table, label, at };
        if let Some(tables) = found.value.as_array_of_tables() {
            return tables.iter().map(|table| one(table, at(table.span()))).collect();
        }
        let inline = found.value.as_array().filter(|list| list.iter().all(Value::is_inline_table));
        let Some(inline) = inline else {
            let name = label.trim_matches(['[', ']']);
            self.wrong(section, key, found.at, text::mistake::sections(name, label));
            return Vec::new();
        };
        inline.iter().filter_map(|value| Some(one(value.as_inline_table()?, at(value.span())))).collect()
    }

    pub(super) fn wrong_kind(
        &mut self,
        section: Section<'t>,
        key: &str,
        found: Spanned<&Item>,
        accepted: impl Into<Phrase>,
    ) {
        self.wrong(section, key, found.at, text::mistake::unfit(kind(found.value), accepted));
    }

    pub(super) fn missing(&mut self, section: Section<'t>, key: &str, accepted: impl Into<Phrase>) {
        self.wrong(section, key, section.at, text::mistake::missing(accepted));
    }
}

/// All texts of a list, if it holds nothing else.
pub(super) fn texts_of(list: &Array) -> Option<Vec<String>> {
    list.iter().map(|v| v.as_str().filter(|text| !text.is_empty()).map(str::to_owned)).collect()
}

/// A key whose name says that a secret was written into the file.
fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    ["password", "passwd", "private_key", "client_secret", "api_secret", "token"].iter().any(|word| name.contains(word))
}

fn key_at(section: Section<'_>, key: &str, item: &Item) -> usize {
    let key_span = section.table.get_key_value(key).and_then(|(key, _)| key.span());
    key_span.or_else(|| item.span()).map_or(section.at, |span| span.start)
}

const fn kind(item: &Item) -> Text {
    match item {
        Item::None => text::mistake::NOTHING,
        Item::Table(_) | Item::Value(Value::InlineTable(_)) => text::mistake::TABLE,
        Item::ArrayOfTables(_) => text::mistake::TABLES,
        Item::Value(Value::String(_)) => text::mistake::TEXT,
        Item::Value(Value::Integer(_)) => text::mistake::NUMBER,
        Item::Value(Value::Float(_)) => text::mistake::DECIMAL,
        Item::Value(Value::Boolean(_)) => text::mistake::YES_NO,
        Item::Value(Value::Datetime(_)) => text::mistake::DATE,
        Item::Value(Value::Array(_)) => text::mistake::LIST,
    }
}

fn span(lasts: Duration) -> String {
    match lasts.as_millis() {
        0 => "0s".to_owned(),
        ms if ms % 3_600_000 == 0 => format!("{}h", ms / 3_600_000),
        ms if ms % 60_000 == 0 => format!("{}m", ms / 60_000),
        ms if ms % 1_000 == 0 => format!("{}s", ms / 1_000),
        ms => format!("{ms}ms"),
    }
}

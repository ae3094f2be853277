//! JSON whose fields keep the order in which the provider sends them.

use serde::Serialize;
use serde_json::value::RawValue;

#[derive(Debug, Default)]
pub(super) struct Record(String);

impl Record {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// A field with any value that JSON knows.
    pub(super) fn with(self, name: &str, value: impl Serialize) -> Self {
        let text = serde_json::to_string(&value).unwrap_or_else(|_| "null".to_owned());
        self.with_text(name, &text)
    }

    pub(super) fn with_text(mut self, name: &str, json: &str) -> Self {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        self.0.push('"');
        self.0.push_str(name);
        self.0.push_str("\":");
        self.0.push_str(json);
        self
    }

    /// A field with a recorded value, or `null`.
    pub(super) fn with_recorded(self, name: &str, json: Option<&RawValue>) -> Self {
        self.with_text(name, json.map_or("null", RawValue::get))
    }

    /// A number, as a string where the world says that ids are sent so.
    pub(super) fn with_id(self, name: &str, id: u64, as_string: bool) -> Self {
        if as_string { self.with(name, id.to_string()) } else { self.with(name, id) }
    }

    pub(super) fn end(mut self) -> String {
        if self.0.is_empty() {
            self.0.push('{');
        }
        self.0.push('}');
        self.0
    }
}

pub(super) fn list(items: &[String]) -> String {
    format!("[{}]", items.join(","))
}

/// Slashes and letters outside ASCII escaped, as PHP's encoder does by default. Seen in samples of the backend.
pub(super) fn php_escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 16);
    let mut units = [0; 2];
    let mut before = ' ';
    for letter in json.chars() {
        match letter {
            '/' if before != '\\' => out.push_str("\\/"),
            ascii if ascii.is_ascii() => out.push(ascii),
            other => {
                for unit in other.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
        before = letter;
    }
    out
}

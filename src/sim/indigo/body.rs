//! What clients send: JSON whatever its type is said to be, numbers as numbers or as strings.

use serde_json::Value;

use crate::sim::world::firewall::Rule;

#[derive(Debug, Default)]
pub(super) struct Body(Value);

impl Body {
    /// Reads it; what is not JSON reads as an empty object.
    pub(super) fn read(bytes: &[u8]) -> Self {
        Self(serde_json::from_slice(bytes).unwrap_or_default())
    }

    pub(super) fn text(&self, field: &str) -> Option<&str> {
        self.0.get(field)?.as_str()
    }

    pub(super) fn number(&self, field: &str) -> Option<u64> {
        number(self.0.get(field)?)
    }

    pub(super) fn is_text(&self, field: &str) -> bool {
        self.0.get(field).is_some_and(Value::is_string)
    }

    pub(super) fn numbers(&self, field: &str) -> Option<Vec<u64>> {
        let list = self.0.get(field)?.as_array()?;
        Some(list.iter().filter_map(number).collect())
    }

    /// A list of rules; those that are none are left out.
    pub(super) fn rules(&self, field: &str) -> Option<Vec<Rule>> {
        let list = self.0.get(field)?.as_array()?;
        Some(list.iter().filter_map(rule).collect())
    }
}

fn rule(sent: &Value) -> Option<Rule> {
    let text = |field: &str| sent.get(field)?.as_str().map(str::to_owned);
    let port = sent.get("port").map_or(Some(String::new()), |port| port.as_str().map(str::to_owned))?;
    Some(Rule { kind: text("type")?, protocol: text("protocol")?, port, source: text("source")? })
}

fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

//! The shapes in which `OpenStack`'s services send one and the same thing.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::Value;

use crate::domain::ResourceId;
pub(super) use crate::provider::lenient::{count, text};

/// An id that must be there.
pub(super) fn id<'de, D: Deserializer<'de>>(from: D) -> Result<ResourceId, D::Error> {
    let text = text(from)?;
    if text.trim().is_empty() { Err(D::Error::custom("no id")) } else { Ok(ResourceId::new(text.trim())) }
}

pub(super) fn some_id<'de, D: Deserializer<'de>>(from: D) -> Result<Option<ResourceId>, D::Error> {
    let text = text(from)?;
    Ok(Some(text.trim()).filter(|t| !t.is_empty()).map(ResourceId::new))
}

/// The id in `{"id":…,"links":[…]}`. An image that there is none of is sent as `""`.
pub(super) fn reference<'de, D: Deserializer<'de>>(from: D) -> Result<Option<ResourceId>, D::Error> {
    let value = Value::deserialize(from)?;
    let id = value.get("id").and_then(Value::as_str).unwrap_or_default().trim();
    Ok(Some(id).filter(|id| !id.is_empty()).map(ResourceId::new))
}

/// Text to text; numbers and flags become text, anything deeper its JSON. Null is empty.
pub(super) fn texts<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
    let sent: Option<BTreeMap<String, Value>> = Option::deserialize(from)?;
    let text = |value| match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    };
    Ok(sent.unwrap_or_default().into_iter().map(|(key, value)| (key, text(value))).collect())
}

/// What may be null or missing as well as empty.
pub(super) fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(from: D) -> Result<T, D::Error> {
    Option::deserialize(from).map(Option::unwrap_or_default)
}

/// A list that may be null or missing, as may be what stands in it: null stands for nothing.
pub(super) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    let sent: Option<Vec<Option<T>>> = Option::deserialize(from)?;
    Ok(sent.into_iter().flatten().flatten().collect())
}

/// Lists by name, in the same way.
pub(super) fn lists<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<BTreeMap<String, Vec<T>>, D::Error> {
    let sent: Option<BTreeMap<String, Option<Vec<Option<T>>>>> = Option::deserialize(from)?;
    let rows = |rows: Option<Vec<Option<T>>>| rows.into_iter().flatten().flatten().collect();
    Ok(sent.unwrap_or_default().into_iter().map(|(name, sent)| (name, rows(sent))).collect())
}

/// A list that is told of, where it is.
pub(super) fn some_list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<Vec<T>>, D::Error> {
    let sent: Option<Vec<Option<T>>> = Option::deserialize(from)?;
    Ok(sent.map(|rows| rows.into_iter().flatten().collect()))
}

/// Whether a switch is off; one that is not told of is on.
pub(super) fn is_off<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Ok(Value::deserialize(from)? == Value::Bool(false))
}

/// Whether a switch is on; one that is not told of is off.
pub(super) fn is_on<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Ok(Value::deserialize(from)? == Value::Bool(true))
}

//! The shapes in which providers send one and the same thing.

use serde::{Deserialize as _, Deserializer, de::Error as _};
use serde_json::Value;

/// Text, or a number as text. Null is empty.
pub(in crate::provider) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    match Value::deserialize(from)? {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Array(_) => Err(D::Error::custom("a list where text was expected")),
        Value::Object(_) => Err(D::Error::custom("an object where text was expected")),
    }
}

/// A number, or a string that holds one. Null and `""` mean none.
pub(in crate::provider) fn number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    let text = text(from)?;
    match text.trim() {
        "" => Ok(None),
        digits => digits.parse().map(Some).map_err(|_| D::Error::custom(format!("\"{digits}\" is no number"))),
    }
}

/// A whole number that is not negative, in the same shapes.
pub(in crate::provider) fn count<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
    let text = text(from)?;
    match text.trim() {
        "" => Ok(None),
        digits => digits.parse().map(Some).map_err(|_| D::Error::custom(format!("\"{digits}\" is no whole number"))),
    }
}

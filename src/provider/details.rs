//! What details of a record are made of.

use crate::domain::{Field, Text, Timestamp};

/// A field of the details, unless its value is empty.
pub(super) fn field(label: Text, value: &str) -> Option<Field> {
    let value = value.trim();
    (!value.is_empty()).then(|| Field { label, value: value.to_owned() })
}

/// A moment as text: `2024-10-09 20:27:10 UTC`.
pub(super) fn told(at: Option<Timestamp>) -> String {
    at.and_then(|at| jiff::Timestamp::from_millisecond(at.0).ok())
        .map(|at| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
        .unwrap_or_default()
}

/// A name, or where there is none the id, so that a row can be told from the next.
pub(super) fn named(name: &str, id: &str) -> String {
    if name.trim().is_empty() { format!("#{id}") } else { name.to_owned() }
}

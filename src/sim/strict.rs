//! Types whose parts stand flat beside each other and that take no unknown key all the same, which serde's own
//! `deny_unknown_fields` cannot tell there: each key that was sent must be one that is written.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

type Parsed<T> = serde_json::Result<T>;

pub(super) fn read<'de, T, D: Deserializer<'de>>(
    from: D,
    parse: impl FnOnce(Value) -> Parsed<T>,
    write: impl FnOnce(&T) -> Parsed<Value>,
) -> Result<T, D::Error> {
    let sent = Map::deserialize(from)?;
    let parsed = parse(Value::Object(sent.clone())).map_err(D::Error::custom)?;
    let known = write(&parsed).map_err(D::Error::custom)?;
    match sent.keys().find(|key| known.get(key).is_none()) {
        None => Ok(parsed),
        Some(key) => {
            let known: Vec<&str> = known.as_object().into_iter().flat_map(Map::keys).map(String::as_str).collect();
            Err(D::Error::custom(format!("unknown key `{key}`; accepted: {}", known.join(", "))))
        }
    }
}

/// For a type whose derived impls are its own by `#[serde(remote = "Self")]`.
macro_rules! refuse_unknown_keys {
    ($type:ident) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                $type::serialize(self, to)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                crate::sim::strict::read(from, $type::deserialize, |read| {
                    $type::serialize(read, serde_json::value::Serializer)
                })
            }
        }
    };
}

pub(super) use refuse_unknown_keys;

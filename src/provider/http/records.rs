//! Lists are decoded record by record, so that one malformed record is shown as it came and never loses the list.

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::redact::{cut, redact_json};
use crate::domain::{Fault, Phrase, Raw, ResourceId};

/// A record of a list, with its text, secrets removed.
#[derive(Debug, Clone)]
pub struct ListRecord<T> {
    pub raw: Raw,
    /// What it says, where it was understood.
    pub value: Result<T, DecodeFailure>,
}

/// A record that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeFailure {
    /// The path of the field that was sent in another shape.
    pub field: String,
    pub said: String,
    /// Its id where one was found, else `?` and its place in the list, from 1.
    pub id: ResourceId,
    /// Its name, where one was found.
    pub name: Option<String>,
}

impl DecodeFailure {
    #[must_use]
    pub fn state(&self) -> String {
        format!("not understood: {}", self.field)
    }
}

/// Decodes each record of a list by itself.
#[must_use]
pub fn rows<T: DeserializeOwned>(items: &[Box<RawValue>]) -> Vec<ListRecord<T>> {
    items
        .iter()
        .enumerate()
        .map(|(place, item)| ListRecord { raw: Raw::new(&redact_json(item.get())), value: row(item, place + 1) })
        .collect()
}

fn row<T: DeserializeOwned>(item: &RawValue, place: usize) -> Result<T, DecodeFailure> {
    decode(item.get()).map_err(|(field, said)| {
        let loose: serde_json::Value = serde_json::from_str(item.get()).unwrap_or_default();
        let text = |key: &str| match loose.get(key) {
            Some(serde_json::Value::String(text)) if !text.trim().is_empty() => Some(text.clone()),
            Some(serde_json::Value::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        let id = text("id").unwrap_or_else(|| format!("?{place}"));
        let name = text("name").or_else(|| text("instance_name"));
        DecodeFailure { field, said, id: ResourceId::new(id), name }
    })
}

/// Decodes a whole body.
///
/// # Errors
/// [`Fault::NotUnderstood`] with the path of the field and the beginning of what came.
pub fn one<T: DeserializeOwned>(body: &str) -> Result<T, Fault> {
    decode(body).map_err(|(field, said)| not_understood(&field, said, body))
}

/// The fault of a body that is not what was asked for; secrets in it are removed.
#[must_use]
pub fn not_understood(field: &str, said: impl Into<Phrase>, body: &str) -> Fault {
    let said = said.into().into_words().map_or_else(|own| own, |words| cut(&words, 200).into());
    Fault::NotUnderstood { field: field.to_owned(), said, got: cut(&redact_json(body), 300) }
}

fn decode<T: DeserializeOwned>(text: &str) -> Result<T, (String, String)> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| (error.path().to_string(), error.into_inner().to_string()))?;
    json.end().map_err(|error| (".".to_owned(), error.to_string()))?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Thing {
        size: u32,
    }

    #[test]
    fn one_odd_record_leaves_the_others_alone() {
        let items: Vec<Box<RawValue>> = serde_json::from_str(
            r#"[{"id":1,"size":2},{"id":"7","name":"x","size":"big","vnc_passwd":"s"},{"size":[]}]"#,
        )
        .unwrap();
        let rows = rows::<Thing>(&items);
        assert_eq!(rows[0].value.as_ref().unwrap().size, 2);
        let failure = rows[1].value.as_ref().unwrap_err();
        assert_eq!((failure.id.as_str(), failure.name.as_deref(), failure.field.as_str()), ("7", Some("x"), "size"));
        assert!(!rows[1].raw.text().unwrap().contains("\"s\""));
        assert_eq!(rows[2].value.as_ref().unwrap_err().id.as_str(), "?3");
    }

    #[test]
    fn a_body_that_is_no_json_says_so_with_its_beginning() {
        let Err(Fault::NotUnderstood { field, got, .. }) = one::<Thing>("<html>") else { panic!("understood") };
        assert_eq!((field.as_str(), got.as_str()), (".", "<html>"));
    }
}

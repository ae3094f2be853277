//! Who and what an account names, each in one of two ways.

use serde_json::{Value, json};

use crate::domain::text;
use crate::provider::openstack::identity::Named;
use crate::provider::setup::{AccountMistake, AccountValues};

/// A value that says something.
pub(in crate::provider) fn given<'v>(values: &'v AccountValues, key: &str) -> Option<&'v str> {
    values.get(key).map(|value| value.trim()).filter(|value| !value.is_empty())
}

/// What is named in one of the two ways, where it is. The domain stands under the key `domain` by its name, or by its id
/// under the same with `_id`.
pub(in crate::provider) fn named(
    values: &AccountValues,
    name: &'static str,
    id: &'static str,
    domain: &'static str,
) -> Result<Option<Named>, AccountMistake> {
    let domain_id = format!("{domain}_id");
    match (given(values, name), given(values, id)) {
        (Some(_), Some(_)) => Err(AccountMistake { key: id, what: text::mistake::beside(name) }),
        (None, Some(id)) => Ok(Some(Named::Id(id.to_owned()))),
        (Some(name), None) => {
            let domain: Option<Value> = match (given(values, domain), given(values, &domain_id)) {
                (Some(_), Some(_)) => {
                    return Err(AccountMistake { key: domain, what: text::mistake::beside(domain_id.as_str()) });
                }
                (Some(name), None) => Some(json!({"name": name})),
                (None, Some(id)) => Some(json!({"id": id})),
                (None, None) => None,
            };
            Ok(Some(Named::Name(name.to_owned(), domain)))
        }
        (None, None) => Ok(None),
    }
}

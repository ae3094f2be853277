//! What clients send: JSON whatever its type is said to be.

use serde_json::{Map, Value};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::errors;
use crate::sim::conoha::service::Service;
use crate::sim::request_context::Request;

pub(super) fn object(service: Service, request: &Request<'_>) -> Result<Map<String, Value>, Answer> {
    match serde_json::from_slice(request.body) {
        Ok(Value::Object(fields)) => Ok(fields),
        _ => Err(errors::error(service, 400, "Malformed request body")),
    }
}

pub(super) fn inside(service: Service, request: &Request<'_>, name: &str) -> Result<Map<String, Value>, Answer> {
    match object(service, request)?.remove(name) {
        Some(Value::Object(fields)) => Ok(fields),
        _ => Err(errors::error(service, 400, &format!("Invalid input for field/attribute {name}."))),
    }
}

/// A text; none where it is absent or something else.
pub(super) fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    fields.get(name)?.as_str()
}

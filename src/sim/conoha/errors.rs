//! The shapes of errors: Keystone's, Nova's by fault, the flat one of a failed `createImage`, Neutron's, Glance's page.
//!
//! None of their texts is documented; they are worded after upstream's where a client could look at them.

use serde_json::{Map, Value, json};

use crate::sim::conoha::answer::{Answer, RETRY_AFTER, TEXT_HTML};
use crate::sim::conoha::service::Service;

pub(super) fn error(service: Service, status: u16, message: &str) -> Answer {
    match service {
        Service::Identity => keystone(status, message),
        Service::Compute | Service::Volume => nova(status, message),
        Service::Image => glance(status, message),
        Service::Network => neutron(status, kind(status), message),
    }
}

/// 401 of a service that does not know the token.
pub(super) fn unauthorized(service: Service) -> Answer {
    error(service, 401, "The request you have made requires authentication.")
}

/// 404 for a path that is none.
pub(super) fn no_such_path(service: Service) -> Answer {
    error(service, 404, "The resource could not be found.")
}

fn with_code(answer: Answer, code: &str) -> Answer {
    Answer { code: Some(code.to_owned()), ..answer }
}

fn keystone(status: u16, message: &str) -> Answer {
    let title = title(status);
    let body = json!({"error": {"message": message, "code": status, "title": title}});
    with_code(Answer::json(status, &body), title)
}

fn nova(status: u16, message: &str) -> Answer {
    let fault = match status {
        400 => "badRequest",
        401 => "unauthorized",
        403 => "forbidden",
        404 => "itemNotFound",
        405 => "badMethod",
        409 => "conflictingRequest",
        413 | 429 => "overLimit",
        501 => "notImplemented",
        503 => "serviceUnavailable",
        _ => "computeFault",
    };
    let mut inner = json!({"message": message, "code": status});
    if let (413 | 429, Some(fields)) = (status, inner.as_object_mut()) {
        fields.insert("retryAfter".to_owned(), json!(RETRY_AFTER.to_string()));
    }
    let body = Value::Object(Map::from_iter([(fault.to_owned(), inner)]));
    with_code(Answer::json(status, &body), fault)
}

/// The flat shape that a failed `createImage` has.
pub(super) fn flat(status: u16, message: &str) -> Answer {
    with_code(Answer::json(status, &json!({"message": message})), "createImage")
}

pub(super) fn neutron(status: u16, kind: &str, message: &str) -> Answer {
    let body = json!({"NeutronError": {"type": kind, "message": message, "detail": ""}});
    with_code(Answer::json(status, &body), kind)
}

fn glance(status: u16, message: &str) -> Answer {
    let title = format!("{status} {}", title(status));
    let body = format!(
        "<html>\n <head>\n  <title>{title}</title>\n </head>\n <body>\n  <h1>{title}</h1>\n  {message}<br /><br />\n </body>\n</html>"
    );
    with_code(Answer::text(status, body).labelled(TEXT_HTML), &status.to_string())
}

const fn title(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        409 => "Conflict",
        413 => "Request Entity Too Large",
        429 => "Too Many Requests",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

const fn kind(status: u16) -> &'static str {
    match status {
        400 => "HTTPBadRequest",
        401 => "HTTPUnauthorized",
        403 => "PolicyNotAuthorized",
        404 => "HTTPNotFound",
        409 => "Conflict",
        413 | 429 => "OverLimit",
        _ => "HTTPInternalServerError",
    }
}

//! Answers, and the headers around them.

use serde_json::{Value, json};

use crate::sim::conoha::service::Service;
use crate::sim::quirks::ErrorCode;
use crate::sim::request_context::{Outgoing, RequestContext};

const JSON: &str = "application/json";
/// What several JSON bodies of ConoHa are labelled as.
pub(super) const TEXT_HTML: &str = "text/html; charset=UTF-8";

/// Seconds after which one may come again.
pub(super) const RETRY_AFTER: u32 = 5;

/// An answer before it is sent.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: String,
    pub(super) content_type: &'static str,
    /// Where something is: `Location`.
    pub(super) location: Option<String>,
    /// The token of Identity v3, which stands in a header.
    pub(super) token: Option<String>,
    /// The fault that it tells, `conflictingRequest`.
    pub(super) code: Option<String>,
}

impl Answer {
    pub(super) fn json(status: u16, value: &Value) -> Self {
        Self::text(status, value.to_string())
    }

    pub(super) const fn text(status: u16, body: String) -> Self {
        Self { status, body, content_type: JSON, location: None, token: None, code: None }
    }

    /// No body: the answer to actions (202) and deletions (204).
    pub(super) const fn empty(status: u16) -> Self {
        Self::text(status, String::new()).labelled(TEXT_HTML)
    }

    /// A list in its envelope. The rows are JSON already, or what a script wants to be sent in their place.
    pub(super) fn list(name: &str, rows: &[String]) -> Self {
        Self::text(200, format!("{{\"{name}\":[{}]}}", rows.join(",")))
    }

    pub(super) fn one(status: u16, name: &str, record: &str) -> Self {
        Self::text(status, format!("{{\"{name}\":{record}}}"))
    }

    #[must_use]
    pub(super) const fn labelled(mut self, content_type: &'static str) -> Self {
        self.content_type = content_type;
        self
    }

    pub(super) fn page(status: u16) -> Self {
        let title = match status {
            200 => "Maintenance",
            404 => "404 Not Found",
            413 => "413 Request Entity Too Large",
            502 => "502 Bad Gateway",
            503 => "503 Service Unavailable",
            _ => "Error",
        };
        let body = format!(
            "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<h1>{title}</h1>\r\n</body>\r\n</html>\r\n"
        );
        Self::text(status, body).labelled(TEXT_HTML)
    }
}

pub(super) fn finish(mut answer: Answer, service: Service, context: &RequestContext<'_>) -> Outgoing {
    let shown = context.turn.quirks.conoha.error_code;
    if answer.status >= 400 && shown != ErrorCode::Number {
        answer.body = with_code(&answer.body, shown);
    }
    let server = if service == Service::Network { "openresty/1.7.10.1" } else { "Apache" };
    let mut headers = vec![
        ("date", context.clock.told(context.turn.now).http_date()),
        ("server", server.to_owned()),
        ("content-type", answer.content_type.to_owned()),
        ("x-openstack-request-id", format!("req-{}", context.request_id)),
    ];
    if service == Service::Compute && context.ways().is_v3 {
        headers.push(("vary", "OpenStack-API-Version".to_owned()));
    }
    if let Some(token) = answer.token {
        headers.push(("x-subject-token", token));
    }
    if let Some(location) = answer.location {
        headers.push(("location", location));
    }
    if matches!(answer.status, 413 | 429) {
        headers.push(("retry-after", RETRY_AFTER.to_string()));
    }
    // No status but this one forbids a body and its label.
    if answer.status == 204 {
        headers.retain(|(name, _)| *name != "content-type");
    }
    Outgoing { code: answer.code, status: answer.status, headers, body: answer.body }
}

/// An error whose `code` is a text or is not there. What is not JSON stays as it is.
fn with_code(body: &str, shown: ErrorCode) -> String {
    let Ok(mut error) = serde_json::from_str::<Value>(body) else {
        return body.to_owned();
    };
    let inner = error.as_object_mut().into_iter().flat_map(|fields| fields.values_mut());
    for fields in inner.filter_map(Value::as_object_mut) {
        if let Some(code) = fields.remove("code")
            && shown == ErrorCode::Text
        {
            fields.insert("code".to_owned(), json!(code.to_string()));
        }
    }
    error.to_string()
}

//! How an answer reaches the client: whole, late, in drops, broken off, or not at all.

use std::io;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response};
use futures_util::stream;
use serde_json::Value;

use super::door::Cut;
use super::faults::FaultKind;
use super::indigo::answer::{Answer, Writer, quota_headers};
use super::state::Served;

/// Headers of everything, recorded 2024-10.
const GATEWAY_HEADERS: [(&str, &str); 6] = [
    ("access-control-allow-origin", "*"),
    (
        "access-control-allow-headers",
        "origin, x-requested-with, accept, Authorization, Content-Type",
    ),
    ("access-control-max-age", "1728000"),
    ("access-control-allow-methods", "GET, PUT, POST, DELETE"),
    ("via", "1.1 google"),
    (
        "alt-svc",
        r#"h3=":443"; ma=2592000,h3-29=":443"; ma=2592000"#,
    ),
];

/// Headers of the application behind the gateway, recorded 2024-10.
const BACKEND_HEADERS: [(&str, &str); 6] = [
    ("vary", "Authorization"),
    ("cache-control", "no-cache, private"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "sameorigin"),
    ("x-xss-protection", "1; mode=block"),
    (
        "strict-transport-security",
        "max-age=631138519; includeSubDomains",
    ),
];

/// Sends what was served, or cuts the connection.
pub(super) async fn deliver(served: Served, cut: &Cut) -> Response<Body> {
    let kind = served.fault.as_ref().map(|fault| fault.kind);
    let Some(mut answer) = served.answer else {
        cut.now();
        return Response::new(Body::empty());
    };
    match kind {
        Some(FaultKind::Slow { seconds }) => {
            tokio::time::sleep(Duration::from_secs_f64(seconds.clamp(0.0, 3600.0))).await;
        }
        Some(FaultKind::BrokenRecord) => answer.body = with_broken_record(&answer.body),
        _ => {}
    }
    let mut response = Response::new(Body::empty());
    if let Ok(status) = axum::http::StatusCode::from_u16(answer.status) {
        *response.status_mut() = status;
    }
    let mut put = |name: &str, value: &str| {
        if let (Ok(name), Ok(value)) = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(value),
        ) {
            response.headers_mut().insert(name, value);
        }
    };
    put("date", &served.date);
    put("content-type", answer.content_type);
    put("x-request-id", &served.request_id);
    for (name, value) in GATEWAY_HEADERS {
        put(name, value);
    }
    if answer.writer == Writer::Backend {
        put("severity", &answer.status.to_string());
        for (name, value) in BACKEND_HEADERS {
            put(name, value);
        }
    }
    if let Some(location) = answer.location {
        put("location", location);
    }
    if let (Some(standing), Some(reset)) = (answer.standing, served.reset) {
        for (name, value) in quota_headers(standing, reset) {
            put(name, &value);
        }
    }
    if let Some(FaultKind::TruncatedBody) = kind {
        put("content-length", &answer.body.len().max(2).to_string());
    }
    *response.body_mut() = body(answer, kind);
    response
}

fn body(answer: Answer, kind: Option<FaultKind>) -> Body {
    let bytes = answer.body.into_bytes();
    match kind {
        Some(FaultKind::EmptyBody) => Body::empty(),
        Some(FaultKind::TruncatedBody) => {
            let half = bytes.get(..bytes.len() / 2).unwrap_or_default().to_vec();
            let end: io::Result<Vec<u8>> = Err(io::ErrorKind::ConnectionReset.into());
            Body::from_stream(stream::unfold(vec![end, Ok(half)], |mut left| async move {
                let next = left.pop()?;
                // Lets the half be written before the end is known.
                tokio::time::sleep(Duration::from_millis(2)).await;
                Some((next, left))
            }))
        }
        Some(FaultKind::Drip { pause_ms }) => {
            let drops: Vec<Vec<u8>> = bytes.chunks(11).rev().map(<[u8]>::to_vec).collect();
            Body::from_stream(stream::unfold(drops, move |mut left| async move {
                let next = left.pop()?;
                tokio::time::sleep(Duration::from_millis(pause_ms)).await;
                Some((Ok::<_, io::Error>(next), left))
            }))
        }
        Some(FaultKind::HugeBody { mebibytes }) => {
            Body::from_stream(stream::unfold(mebibytes, move |left| {
                let bytes = bytes.clone();
                async move {
                    match left {
                        0 => None,
                        1 => Some((Ok::<_, io::Error>(bytes), 0)),
                        more => Some((Ok(vec![b' '; 1 << 20]), more - 1)),
                    }
                }
            }))
        }
        _ => Body::from(bytes),
    }
}

/// The first record of a list, bare or in an envelope, gets fields of another shape.
fn with_broken_record(body: &str) -> String {
    let Ok(mut value) = serde_json::from_str::<Value>(body) else {
        return body.to_owned();
    };
    let record = match &mut value {
        Value::Array(list) => list.first_mut(),
        Value::Object(fields) => fields
            .values_mut()
            .find_map(|field| field.as_array_mut().and_then(|list| list.first_mut())),
        _ => None,
    };
    match record {
        Some(Value::Object(fields)) => {
            fields.insert("id".to_owned(), serde_json::json!({ "value": [] }));
            fields.insert("instance_name".to_owned(), Value::Bool(false));
            fields.remove("name");
        }
        Some(other) => *other = Value::Null,
        None => {}
    }
    value.to_string()
}

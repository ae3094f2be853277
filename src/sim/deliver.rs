//! How an answer reaches the client: whole, late, in drops, broken off, or not at all.

use std::io;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response};
use futures_util::stream;
use serde_json::Value;

use crate::sim::faults::FaultKind;
use crate::sim::listener::Cut;
use crate::sim::request_context::Outgoing;
use crate::sim::state::Served;

/// Sends what was served, or cuts the connection.
pub(super) async fn deliver(served: Served, cut: &Cut) -> Response<Body> {
    let kind = served.fault.as_ref().map(|fault| fault.kind);
    let Some(mut answer) = served.answer else {
        // A request that hangs in front of the world, and never reaches it.
        if let Some(FaultKind::Slow { seconds }) = kind {
            tokio::time::sleep(held(seconds)).await;
        }
        cut.now();
        return Response::new(Body::empty());
    };
    match kind {
        Some(FaultKind::Slow { seconds }) => {
            tokio::time::sleep(held(seconds)).await;
        }
        Some(FaultKind::BrokenRecord) => answer.body = with_broken_record(&answer.body),
        Some(FaultKind::NullFields) => answer.body = with_null_fields(&answer.body),
        _ => {}
    }
    let mut response = Response::new(Body::empty());
    if let Ok(status) = axum::http::StatusCode::from_u16(answer.status) {
        *response.status_mut() = status;
    }
    if kind == Some(FaultKind::TruncatedBody) {
        let length = answer.body.len().max(2).to_string();
        answer.headers.push(("content-length", length));
    }
    for (name, value) in &answer.headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    *response.body_mut() = body(answer, kind);
    response
}

fn held(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds.clamp(0.0, 3600.0))
}

fn body(answer: Outgoing, kind: Option<FaultKind>) -> Body {
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
        Some(FaultKind::HugeBody { mebibytes }) => Body::from_stream(stream::unfold(mebibytes, move |left| {
            let bytes = bytes.clone();
            async move {
                match left {
                    0 => None,
                    1 => Some((Ok::<_, io::Error>(bytes), 0)),
                    more => Some((Ok(vec![b' '; 1 << 20]), more - 1)),
                }
            }
        })),
        _ => Body::from(bytes),
    }
}

/// All that stands in the records of a list, or in one, becomes null, but for what tells them apart.
fn with_null_fields(body: &str) -> String {
    fn empty(record: &mut Value) {
        for (key, value) in record.as_object_mut().into_iter().flatten() {
            match key.as_str() {
                "id" | "name" => {}
                // A record of its own.
                "keypair" => empty(value),
                _ => *value = Value::Null,
            }
        }
    }
    let Ok(mut value) = serde_json::from_str::<Value>(body) else { return body.to_owned() };
    for (_, sent) in value.as_object_mut().into_iter().flatten() {
        match sent {
            Value::Array(records) => records.iter_mut().for_each(empty),
            Value::Object(_) => empty(sent),
            other => *other = Value::Null,
        }
    }
    value.to_string()
}

/// The first record of a list, bare or in an envelope, gets fields of another shape.
fn with_broken_record(body: &str) -> String {
    let Ok(mut value) = serde_json::from_str::<Value>(body) else {
        return body.to_owned();
    };
    let record = match &mut value {
        Value::Array(list) => list.first_mut(),
        Value::Object(fields) => {
            fields.values_mut().find_map(|field| field.as_array_mut().and_then(|list| list.first_mut()))
        }
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

//! `/_sim`: for other programs, what the handle gives to Rust.
//!
//! | call | what |
//! | --- | --- |
//! | `GET /_sim` | accounts, addresses, world time, speed |
//! | `GET /_sim/requests`, `DELETE` | every request so far; forget them |
//! | `GET /_sim/effects` | every change that really took effect |
//! | `GET /_sim/faults`, `POST`, `DELETE` | those to come; add one or a list; take all back |
//! | `POST /_sim/advance` | `{"seconds":60}` of world time |
//! | `POST /_sim/change` | one change or a list, as in a world file |
//! | `GET /_sim/quirks`, `PUT` | the switches; set those that are sent |
//! | `POST /_sim/unreachable` | `{"seconds":5}` of real time without a listening port |

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::sim::faults::Fault;
use crate::sim::log::{Effect, Logged};
use crate::sim::quirks::Quirks;
use crate::sim::script::{self, Change};
use crate::sim::serve::Inner;

type Sim = Shared<Arc<Inner>>;

/// The paths below `/_sim`.
pub(super) fn routes() -> Router<Arc<Inner>> {
    Router::new()
        .route("/", get(about))
        .route("/requests", get(requests).delete(forget_requests))
        .route("/effects", get(effects))
        .route("/faults", get(faults).post(add_faults).delete(clear_faults))
        .route("/advance", post(advance))
        .route("/change", post(change))
        .route("/quirks", get(quirks).put(set_quirks))
        .route("/unreachable", post(unreachable))
        .fallback(async || StatusCode::NOT_FOUND)
}

/// What went well or not, with the reason.
type Outcome = Result<StatusCode, (StatusCode, String)>;

/// Reads JSON whatever its type is said to be, so that `curl -d` is enough.
fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, (StatusCode, String)> {
    serde_json::from_slice(body).map_err(refuse)
}

fn refuse(reason: impl std::fmt::Display) -> (StatusCode, String) {
    (StatusCode::UNPROCESSABLE_ENTITY, format!("{reason}\n"))
}

fn read_all<T: DeserializeOwned>(body: &Bytes) -> Result<Vec<T>, (StatusCode, String)> {
    match read::<Value>(body)? {
        Value::Array(all) => all.into_iter().map(from_value).collect(),
        one => Ok(vec![from_value(one)?]),
    }
}

fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, (StatusCode, String)> {
    serde_json::from_value(value).map_err(refuse)
}

async fn about(Shared(inner): Sim) -> Json<Value> {
    let state = inner.state();
    Json(json!({
        "url": inner.url(),
        "accounts": inner.accounts(),
        "world_time": state.clock.now().timestamp().to_string(),
        "started": state.clock.start().timestamp().to_string(),
        "speed": state.clock.speed(),
    }))
}

async fn requests(Shared(inner): Sim) -> Json<Vec<Logged>> {
    Json(inner.state().log.iter().cloned().collect())
}

async fn forget_requests(Shared(inner): Sim) -> StatusCode {
    inner.state().log.clear();
    StatusCode::NO_CONTENT
}

async fn effects(Shared(inner): Sim) -> Json<Vec<Effect>> {
    Json(inner.effects())
}

async fn faults(Shared(inner): Sim) -> Json<Vec<Fault>> {
    Json(inner.state().faults.list())
}

async fn add_faults(Shared(inner): Sim, body: Bytes) -> Outcome {
    for fault in read_all::<Fault>(&body)? {
        inner.add_fault(fault);
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn clear_faults(Shared(inner): Sim) -> StatusCode {
    inner.state().faults.clear();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seconds {
    seconds: f64,
}

impl Seconds {
    fn span(&self) -> Duration {
        Duration::try_from_secs_f64(self.seconds).unwrap_or_default()
    }
}

async fn advance(Shared(inner): Sim, body: Bytes) -> Outcome {
    inner.advance(read::<Seconds>(&body)?.span());
    Ok(StatusCode::NO_CONTENT)
}

async fn change(Shared(inner): Sim, body: Bytes) -> Outcome {
    let changes = read_all::<Change>(&body)?;
    let mut state = inner.state();
    state.pass();
    for change in changes {
        script::make(&mut state.world, &change).map_err(refuse)?;
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn quirks(Shared(inner): Sim) -> Json<Quirks> {
    Json(inner.state().world.quirks.clone())
}

/// Fields that are not sent keep their value.
async fn set_quirks(Shared(inner): Sim, body: Bytes) -> Outcome {
    let changed: serde_json::Map<String, Value> = read(&body)?;
    let mut state = inner.state();
    let mut all = serde_json::to_value(&state.world.quirks).unwrap_or_default();
    lay_over(&mut all, Value::Object(changed));
    state.world.quirks = from_value(all)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lays objects over objects, however deep; anything else replaces what was there.
fn lay_over(there: &mut Value, sent: Value) {
    match (there, sent) {
        (Value::Object(there), Value::Object(sent)) => {
            for (key, value) in sent {
                lay_over(there.entry(key).or_insert(Value::Null), value);
            }
        }
        (there, sent) => *there = sent,
    }
}

/// Refuses connections for so many real seconds.
#[allow(clippy::disallowed_methods, reason = "somebody must open the port again")]
async fn unreachable(Shared(inner): Sim, body: Bytes) -> Outcome {
    let span = read::<Seconds>(&body)?.span();
    tokio::spawn(async move {
        // Lets this very answer out first.
        tokio::time::sleep(Duration::from_millis(50)).await;
        inner.set_reachable(false);
        tokio::time::sleep(span).await;
        inner.set_reachable(true);
    });
    Ok(StatusCode::ACCEPTED)
}

//! `/_sim`: for other programs, what the handle gives to Rust.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::Fault;
use super::log::{Effect, Logged};
use super::quirks::Quirks;
use super::script::{self, Change};
use super::serve::Inner;

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

/// One or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore<T> {
    More(Vec<T>),
    One(T),
}

impl<T> OneOrMore<T> {
    fn all(self) -> Vec<T> {
        match self {
            Self::More(all) => all,
            Self::One(one) => vec![one],
        }
    }
}

async fn faults(Shared(inner): Sim) -> Json<Vec<Fault>> {
    Json(inner.state().faults.list())
}

async fn add_faults(Shared(inner): Sim, Json(faults): Json<OneOrMore<Fault>>) -> StatusCode {
    for fault in faults.all() {
        inner.add_fault(fault);
    }
    StatusCode::NO_CONTENT
}

async fn clear_faults(Shared(inner): Sim) -> StatusCode {
    inner.state().faults.clear();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Seconds {
    seconds: f64,
}

impl Seconds {
    fn span(&self) -> Duration {
        Duration::try_from_secs_f64(self.seconds).unwrap_or_default()
    }
}

async fn advance(Shared(inner): Sim, Json(by): Json<Seconds>) -> StatusCode {
    inner.advance(by.span());
    StatusCode::NO_CONTENT
}

async fn change(
    Shared(inner): Sim,
    Json(changes): Json<OneOrMore<Change>>,
) -> (StatusCode, String) {
    let mut state = inner.state();
    state.pass();
    for change in changes.all() {
        if let Err(error) = script::make(&mut state.world, &change) {
            return (StatusCode::UNPROCESSABLE_ENTITY, error.to_string());
        }
    }
    (StatusCode::NO_CONTENT, String::new())
}

async fn quirks(Shared(inner): Sim) -> Json<Quirks> {
    Json(inner.state().world.quirks.clone())
}

/// Fields that are not sent keep their value.
async fn set_quirks(
    Shared(inner): Sim,
    Json(changed): Json<serde_json::Map<String, Value>>,
) -> (StatusCode, String) {
    let mut state = inner.state();
    let mut all = serde_json::to_value(&state.world.quirks).unwrap_or_default();
    if let Some(fields) = all.as_object_mut() {
        fields.extend(changed);
    }
    match serde_json::from_value(all) {
        Ok(quirks) => {
            state.world.quirks = quirks;
            (StatusCode::NO_CONTENT, String::new())
        }
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, error.to_string()),
    }
}

/// Refuses connections for so many real seconds.
#[allow(
    clippy::disallowed_methods,
    reason = "somebody must open the port again"
)]
async fn unreachable(Shared(inner): Sim, Json(time): Json<Seconds>) -> StatusCode {
    let span = time.span();
    tokio::spawn(async move {
        // Lets this very answer out first.
        tokio::time::sleep(Duration::from_millis(50)).await;
        inner.set_reachable(false);
        tokio::time::sleep(span).await;
        inner.set_reachable(true);
    });
    StatusCode::ACCEPTED
}

//! Requests beside the program's: as the user, as the administrator, and a relay in front of the identity service.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use vpsdeck::provider::http::client_builder;

use super::cloud::Surroundings;

fn client() -> Client {
    client_builder().no_proxy().build().unwrap()
}

/// Requests with a token of their own.
pub(crate) struct Direct {
    client: Client,
    token: String,
    catalogue: Value,
    region: String,
}

impl Direct {
    pub(crate) async fn user(surroundings: &Surroundings) -> Self {
        let who = ["OS_USERNAME", "OS_PASSWORD", "OS_PROJECT_NAME"].map(|name| surroundings.get(name));
        Self::new(surroundings, who).await
    }

    /// With a token for this user, password and project.
    pub(crate) async fn new(surroundings: &Surroundings, [user, password, project]: [&str; 3]) -> Self {
        let domain = |name: &str| json!({"name": surroundings.get(name)});
        let user = json!({"name": user, "password": password, "domain": domain("OS_USER_DOMAIN_NAME")});
        let body = json!({"auth": {
            "identity": {"methods": ["password"], "password": {"user": user}},
            "scope": {"project": {"name": project, "domain": domain("OS_PROJECT_DOMAIN_NAME")}},
        }});
        let url = format!("{}/auth/tokens", surroundings.get("OS_AUTH_URL"));
        let client = client();
        let reply = client.post(url).json(&body).send().await.unwrap();
        let token = reply.headers()["x-subject-token"].to_str().unwrap().to_owned();
        let catalogue = reply.json::<Value>().await.unwrap()["token"]["catalog"].clone();
        Self { client, token, catalogue, region: surroundings.get("OS_REGION_NAME").to_owned() }
    }

    /// Status and answer of a request to a service.
    pub(crate) async fn call(&self, method: Method, service: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let service = self.catalogue.as_array().unwrap().iter().find(|known| known["type"] == service).unwrap();
        let is_here = |known: &&Value| known["interface"] == "public" && known["region"] == self.region.as_str();
        let at = service["endpoints"].as_array().unwrap().iter().find(is_here).unwrap();
        let url = format!("{}/{path}", at["url"].as_str().unwrap());
        let mut request = self.client.request(method, url).header("X-Auth-Token", &self.token);
        if let Some(body) = body {
            request = request.json(body);
        }
        let reply = request.send().await.unwrap();
        (reply.status().as_u16(), reply.json().await.unwrap_or_default())
    }
}

struct Gate {
    client: Client,
    identity: String,
    given: AtomicUsize,
    taken_back: AtomicUsize,
}

/// The identity service, some of whose tokens are good no more when they are given.
pub(crate) struct Relay {
    gate: Arc<Gate>,
    url: String,
}

impl Relay {
    #[allow(clippy::disallowed_methods, reason = "the relay is a task of its own")]
    pub(crate) async fn start(surroundings: &Surroundings) -> Self {
        let gate = Arc::new(Gate {
            client: client(),
            identity: surroundings.get("OS_AUTH_URL").to_owned(),
            given: AtomicUsize::new(0),
            taken_back: AtomicUsize::new(0),
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v3", listener.local_addr().unwrap());
        let routes = Router::new().route("/v3/auth/tokens", post(give)).with_state(Arc::clone(&gate));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { gate, url }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// How many tokens were given.
    pub(crate) fn given(&self) -> usize {
        self.gate.given.load(Ordering::SeqCst)
    }

    /// So many of the next ones are good no more when they arrive.
    pub(crate) fn take_back(&self, count: usize) {
        self.gate.taken_back.store(count, Ordering::SeqCst);
    }
}

async fn give(State(gate): State<Arc<Gate>>, body: Bytes) -> (StatusCode, HeaderMap, Bytes) {
    let url = format!("{}/auth/tokens", gate.identity);
    let request = gate.client.post(&url).header("content-type", "application/json").body(body);
    let reply = request.send().await.unwrap();
    let (status, mut headers) = (reply.status(), HeaderMap::new());
    if let Some(token) = reply.headers().get("x-subject-token").cloned() {
        gate.given.fetch_add(1, Ordering::SeqCst);
        let fewer = |left: usize| left.checked_sub(1);
        if gate.taken_back.fetch_update(Ordering::SeqCst, Ordering::SeqCst, fewer).is_ok() {
            let revoked = gate.client.delete(&url).header("x-auth-token", &token).header("x-subject-token", &token);
            assert_eq!(revoked.send().await.unwrap().status(), 204);
        }
        headers.insert("x-subject-token", token);
    }
    (status, headers, reply.bytes().await.unwrap())
}

//! A client as plain as can be: it moves the manual clock instead of waiting.

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use vpsdeck::provider::http::client_builder;
use vpsdeck::sim::{Options, Simulation};

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub(crate) fn code(&self) -> String {
        let json = self.json();
        let code = json.get("errorCode").or_else(|| json.get("sucessCode"));
        code.and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

/// A simulation and one account of it.
pub(crate) struct Asking {
    pub(crate) sim: Simulation,
    pub(crate) client: Client,
    pub(crate) base: String,
    pub(crate) token: String,
}

/// The small world without limits on the number of requests, on a manual clock.
pub(crate) async fn small() -> Asking {
    unlimited(Options::world("small").unwrap()).await
}

/// A world without limits on the number of requests, on a manual clock.
pub(crate) async fn unlimited(mut options: Options) -> Asking {
    options.quirks.spike_seconds = 0.0;
    for account in &mut options.world.accounts {
        account.quota = 0;
    }
    with(options).await
}

/// A world as it is, on a manual clock.
pub(crate) async fn with(options: Options) -> Asking {
    let sim = Simulation::start(options.manual(), None).await.unwrap();
    let account = sim.accounts().remove(0);
    let client = client_builder().no_proxy();
    let mut asking = Asking { client: client.build().unwrap(), base: account.url.clone(), token: String::new(), sim };
    asking.token = asking.log_in(&account.client_id, &account.secret).await;
    asking
}

impl Asking {
    pub(crate) async fn log_in(&self, key: &str, secret: &str) -> String {
        let reply = self.token_call(key, secret).await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.json()["accessToken"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn token_call(&self, key: &str, secret: &str) -> Reply {
        let body = json!({"grantType": "client_credentials", "clientId": key, "clientSecret": secret, "code": ""});
        let url = format!("{}/oauth/v1/accesstokens", self.base);
        send(self.client.post(url).json(&body)).await.unwrap()
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}/webarenaIndigo/v1/{path}", self.base)).bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        send(self.request(Method::GET, path)).await.unwrap()
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        send(self.request(Method::POST, path).json(&body)).await.unwrap()
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Reply {
        send(self.request(Method::PUT, path).json(&body)).await.unwrap()
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        send(self.request(Method::DELETE, path)).await.unwrap()
    }

    pub(crate) async fn power(&self, id: u64, verb: &str) -> Reply {
        let body = json!({"instanceId": id.to_string(), "status": verb});
        self.post("vm/instance/statusupdate", body).await
    }

    pub(crate) fn wait(&self, seconds: u64) {
        self.sim.advance(Duration::from_secs(seconds));
    }

    /// The record of an instance in the list, `null` where it is not there.
    pub(crate) async fn instance(&self, id: u64) -> Value {
        let list = self.get("vm/getinstancelist").await.json();
        let found = list.as_array().unwrap().iter().find(|row| row["id"] == id);
        found.cloned().unwrap_or_default()
    }

    pub(crate) async fn word(&self, id: u64) -> String {
        let row = self.instance(id).await;
        row["instancestatus"].as_str().unwrap_or("gone").to_owned()
    }

    pub(crate) fn verbs(&self) -> Vec<String> {
        self.sim.effects().into_iter().map(|effect| effect.verb).collect()
    }
}

/// Sends a request and reads the answer to its end.
pub(crate) async fn send(request: RequestBuilder) -> reqwest::Result<Reply> {
    let response = request.send().await?;
    Ok(Reply { status: response.status().as_u16(), headers: response.headers().clone(), text: response.text().await? })
}

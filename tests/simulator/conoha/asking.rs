//! A client of ConoHa's services as plain as can be.

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use vpsdeck::provider::http::client_builder;
use vpsdeck::sim::{AccountInfo, ConohaInfo, Options, Simulation};

use crate::asking::{Reply, send};

pub(crate) struct Asking {
    pub(crate) sim: Simulation,
    pub(crate) client: Client,
    pub(crate) account: AccountInfo,
    pub(crate) at: ConohaInfo,
    pub(crate) token: String,
}

/// The small world of ConoHa on a manual clock.
pub(crate) async fn conoha() -> Asking {
    with(Options::world("conoha").unwrap()).await
}

/// The same with other switches.
pub(crate) async fn quirky(change: impl FnOnce(&mut vpsdeck::sim::quirks::ConohaQuirks)) -> Asking {
    let mut options = Options::world("conoha").unwrap();
    change(&mut options.quirks.conoha);
    with(options).await
}

/// The account named `conoha` of a world, on a manual clock.
pub(crate) async fn with(options: Options) -> Asking {
    let sim = Simulation::start(options.manual(), None).await.unwrap();
    let account = sim.accounts().into_iter().find(|account| account.name == "conoha").unwrap();
    let client = client_builder().no_proxy().build().unwrap();
    let at = account.conoha.clone().unwrap();
    let mut asking = Asking { sim, client, account, at, token: String::new() };
    asking.token = asking.log_in().await;
    asking
}

impl Asking {
    pub(crate) fn credentials(&self) -> Value {
        json!({"auth": {
            "passwordCredentials": {"username": self.account.client_id, "password": self.account.secret},
            "tenantId": self.at.tenant_id,
        }})
    }

    pub(crate) async fn token_call(&self, body: &Value) -> Reply {
        // As the recorded call did it: JSON without its type.
        let request = self.client.post(format!("{}/tokens", self.at.identity)).body(body.to_string());
        send(request).await.unwrap()
    }

    pub(crate) async fn log_in(&self) -> String {
        if self.at.identity.ends_with("v3") {
            return self.log_in_v3().await;
        }
        let reply = self.token_call(&self.credentials()).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()["access"]["token"]["id"].as_str().unwrap().to_owned()
    }

    /// By names without a domain, as it is documented.
    async fn log_in_v3(&self) -> String {
        let user = json!({"name": self.account.client_id, "password": self.account.secret});
        let identity = json!({"methods": ["password"], "password": {"user": user}});
        let auth = json!({"identity": identity, "scope": {"project": {"id": self.at.tenant_id}}});
        let request = self.client.post(format!("{}/auth/tokens", self.at.identity));
        let reply = request.body(json!({"auth": auth}).to_string()).send().await.unwrap();
        assert_eq!(reply.status(), 201);
        reply.headers()["x-subject-token"].to_str().unwrap().to_owned()
    }

    pub(crate) fn request(&self, method: Method, url: &str) -> RequestBuilder {
        self.client.request(method, url).header("X-Auth-Token", &self.token)
    }

    pub(crate) async fn send(&self, method: Method, url: &str, body: &Value) -> Reply {
        send(self.request(method, url).body(body.to_string())).await.unwrap()
    }

    pub(crate) async fn get(&self, url: &str) -> Reply {
        send(self.request(Method::GET, url)).await.unwrap()
    }

    pub(crate) async fn delete(&self, url: &str) -> Reply {
        send(self.request(Method::DELETE, url)).await.unwrap()
    }

    pub(crate) fn compute(&self, path: &str) -> String {
        format!("{}/{path}", self.at.compute)
    }

    pub(crate) fn image(&self, path: &str) -> String {
        format!("{}/v2/{path}", self.at.image)
    }

    pub(crate) fn network(&self, path: &str) -> String {
        format!("{}/v2.0/{path}", self.at.network)
    }

    pub(crate) async fn compute_json(&self, path: &str) -> Value {
        let reply = self.get(&self.compute(path)).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()
    }

    /// The record of the server of that name tag; `null` where there is none.
    pub(crate) async fn server(&self, tag: &str) -> Value {
        let all = self.compute_json("servers/detail").await;
        let found = all["servers"].as_array().unwrap().iter().find(|s| s["metadata"]["instance_name_tag"] == tag);
        found.cloned().unwrap_or_default()
    }

    /// `status`, `vm_state`, `task_state`, `power_state`.
    pub(crate) async fn state(&self, tag: &str) -> (String, String, String, u64) {
        let server = self.server(tag).await;
        let text = |key: &str| server[key].as_str().unwrap_or("-").to_owned();
        let power = server["OS-EXT-STS:power_state"].as_u64().unwrap_or(99);
        (text("status"), text("OS-EXT-STS:vm_state"), text("OS-EXT-STS:task_state"), power)
    }

    /// `status` and `task_state`.
    pub(crate) async fn seen(&self, tag: &str) -> String {
        let (status, _, task, _) = self.state(tag).await;
        format!("{status} {task}")
    }

    pub(crate) async fn action(&self, tag: &str, body: Value) -> Reply {
        let id = id_of(&self.server(tag).await);
        self.send(Method::POST, &self.compute(&format!("servers/{id}/action")), &body).await
    }

    pub(crate) async fn create(&self, server: Value) -> Reply {
        self.send(Method::POST, &self.compute("servers"), &json!({"server": server})).await
    }

    /// The id of an image by its name, the first.
    pub(crate) async fn image_id(&self, name: &str) -> String {
        let all = self.compute_json("images").await;
        id_of(all["images"].as_array().unwrap().iter().find(|image| image["name"] == name).unwrap())
    }

    pub(crate) async fn flavor_id(&self, name: &str) -> String {
        let all = self.compute_json("flavors").await;
        id_of(all["flavors"].as_array().unwrap().iter().find(|flavor| flavor["name"] == name).unwrap())
    }

    /// The records of the groups of that name.
    pub(crate) async fn groups(&self, name: &str) -> Vec<Value> {
        let all = self.get(&self.network("security-groups")).await.json();
        let all = all["security_groups"].as_array().unwrap().clone();
        all.into_iter().filter(|group| group["name"] == name).collect()
    }

    pub(crate) fn wait(&self, seconds: u64) {
        self.sim.advance(Duration::from_secs(seconds));
    }

    pub(crate) fn verbs(&self) -> Vec<String> {
        self.sim.effects().into_iter().map(|effect| effect.verb).collect()
    }
}

pub(crate) fn id_of(record: &Value) -> String {
    record["id"].as_str().unwrap().to_owned()
}

/// What is recorded: `record!("image")`.
macro_rules! record {
    ($name:literal) => {
        serde_json::from_str::<serde_json::Value>(include_str!(concat!("../../recorded/conoha/", $name, ".json")))
            .unwrap()
    };
}
pub(crate) use record;

/// The names of an object's fields.
pub(crate) fn fields(record: &Value) -> Vec<String> {
    record.as_object().unwrap().keys().cloned().collect()
}

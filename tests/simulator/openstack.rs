//! Upstream's face: what a client of it asks before it asks for anything.

use reqwest::Method;
use serde_json::{Value, json};
use vpsdeck::provider::http::client_builder;
use vpsdeck::sim::{Options, Simulation};

use crate::asking::{Reply, send};

struct Asking {
    sim: Simulation,
    client: reqwest::Client,
    base: String,
    token: String,
}

async fn openstack() -> Asking {
    let sim = Simulation::start(Options::world("openstack").unwrap().manual(), None).await.unwrap();
    let account = sim.accounts().remove(0);
    let client = client_builder().no_proxy().build().unwrap();
    let user = json!({"name": account.client_id, "password": account.secret, "domain": {"id": "default"}});
    let project = json!({"name": account.name, "domain": {"id": "default"}});
    let body = json!({"auth": {
        "identity": {"methods": ["password"], "password": {"user": user}}, "scope": {"project": project},
    }});
    let reply = send(client.post(format!("{}/identity/v3/auth/tokens", account.url)).json(&body)).await.unwrap();
    let token = reply.headers["x-subject-token"].to_str().unwrap().to_owned();
    Asking { sim, client, base: account.url, token }
}

impl Asking {
    async fn call(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<&Value>) -> Reply {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        request = request.header("X-Auth-Token", &self.token);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        send(if let Some(body) = body { request.json(body) } else { request }).await.unwrap()
    }

    async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path, &[], None).await
    }
}

#[tokio::test]
async fn each_service_tells_its_versions_as_upstream_does_and_needs_no_token_for_it() {
    let asking = openstack().await;
    for (path, status, first) in [
        ("/identity", 300, "/versions/values/0/id"),
        ("/identity/v3", 200, "/version/id"),
        ("/compute", 200, "/versions/0/id"),
        ("/compute/v2.1", 200, "/version/id"),
        ("/image", 300, "/versions/0/id"),
        ("/network", 200, "/versions/0/id"),
    ] {
        let reply = send(asking.client.get(format!("{}{path}/", asking.base))).await.unwrap();
        assert_eq!(reply.status, status, "{path}");
        assert!(reply.json().pointer(first).unwrap().as_str().unwrap().starts_with('v'), "{}", reply.text);
    }
}

#[tokio::test]
async fn a_microversion_that_is_not_served_is_refused() {
    let asking = openstack().await;
    for (name, value) in [("OpenStack-API-Version", "compute 2.93"), ("X-OpenStack-Nova-API-Version", "2.93")] {
        let reply = asking.call(Method::GET, "/compute/v2.1/servers", &[(name, value)], None).await;
        assert_eq!(reply.status, 406, "{}", reply.text);
    }
    let of_another = [("OpenStack-API-Version", "volume 3.70")];
    assert_eq!(asking.call(Method::GET, "/compute/v2.1/servers", &of_another, None).await.status, 200);
}

#[tokio::test]
async fn a_token_can_be_asked_of_and_taken_back() {
    let asking = openstack().await;
    let subject = asking.token.clone();
    let subject = [("X-Subject-Token", subject.as_str())];
    let told = asking.call(Method::GET, "/identity/v3/auth/tokens", &subject, None).await;
    assert_eq!((told.status, told.json()["token"]["project"]["name"].as_str()), (200, Some("lab")));
    assert_eq!(asking.get("/identity/v3/auth/tokens").await.status, 403);
    assert_eq!(asking.get("/identity/v3/projects").await.status, 403);
    assert_eq!(asking.call(Method::DELETE, "/identity/v3/auth/tokens", &subject, None).await.status, 204);
    for path in ["/compute/v2.1/servers", "/image/v2/images", "/network/v2.0/ports", "/identity/v3/auth/projects"] {
        assert_eq!(asking.get(path).await.status, 401, "{path}");
    }
}

#[tokio::test]
async fn an_order_names_networks_that_there_are() {
    let asking = openstack().await;
    let networks = asking.get("/network/v2.0/networks").await.json();
    let id = networks["networks"][0]["id"].as_str().unwrap();
    let flavor = asking.get("/compute/v2.1/flavors").await.json()["flavors"][1]["id"].clone();
    let image = asking.get("/image/v2/images?name=debian-12").await.json()["images"][0]["id"].clone();
    let order = |network: &str| json!({"server": {"name": "new", "flavorRef": flavor, "imageRef": image, "networks": [{"uuid": network}]}});
    let other = asking.call(Method::POST, "/compute/v2.1/servers", &[], Some(&order("x"))).await;
    assert_eq!(other.status, 400, "{}", other.text);
    assert!(asking.sim.effects().is_empty());
    let made = asking.call(Method::POST, "/compute/v2.1/servers", &[], Some(&order(id))).await;
    assert_eq!(made.status, 202, "{}", made.text);
}

#[tokio::test]
async fn a_group_is_put_on_and_taken_off_by_its_name() {
    let asking = openstack().await;
    let server = asking.get("/compute/v2.1/servers?name=db").await.json()["servers"][0]["id"].clone();
    let path = format!("/compute/v2.1/servers/{}/action", server.as_str().unwrap());
    let act = |verb: &'static str, name: &'static str| {
        let (asking, path) = (&asking, path.clone());
        async move { asking.call(Method::POST, &path, &[], Some(&json!({verb: {"name": name}}))).await.status }
    };
    assert_eq!(act("removeSecurityGroup", "web").await, 404);
    assert_eq!(act("addSecurityGroup", "web").await, 202);
    assert_eq!(act("addSecurityGroup", "office").await, 409, "there are two of that name");
    assert_eq!(act("removeSecurityGroup", "web").await, 202);
}

//! Faults aimed at one service, changes made elsewhere, and worlds with both providers.

use serde_json::json;
use vpsdeck::sim::{Change, Fault, FaultKind, Op, Options, WorldFile};

use super::asking::{conoha, quirky, with};
use crate::asking::send;

#[tokio::test]
async fn a_fault_can_be_aimed_at_one_service() {
    let asking = conoha().await;
    let urls = [asking.compute("servers"), asking.image("images"), asking.network("ports")];
    asking.sim.add_fault(Fault::new(FaultKind::Unauthorized).at("/image/"));
    asking.sim.add_fault(Fault::new(FaultKind::HtmlError { status: 404 }).at("/network/"));
    let mut statuses = Vec::new();
    for url in &urls {
        statuses.push(asking.get(url).await.status);
    }
    assert_eq!(statuses, [200, 401, 404]);
}

#[tokio::test]
async fn an_expired_token_does_not_hinder_a_new_one() {
    let mut asking = conoha().await;
    asking.sim.add_fault(Fault::new(FaultKind::ExpiredToken).times(1));
    let token = asking.log_in().await;
    let url = asking.compute("servers");
    assert_eq!(asking.get(&url).await.status, 401);
    assert_eq!(asking.get(&url).await.status, 401, "it stays dead");
    asking.token = token;
    assert_eq!(asking.get(&url).await.status, 200);
}

#[tokio::test]
async fn each_service_has_its_own_words_for_what_goes_wrong() {
    let asking = conoha().await;
    asking.sim.add_fault(Fault::new(FaultKind::ServerError { status: 500 }));
    let nova = asking.get(&asking.compute("servers")).await;
    assert_eq!((nova.status, nova.json()["computeFault"]["code"].clone()), (500, json!(500)));
    assert!(asking.get(&asking.image("images")).await.text.starts_with("<html>"));
    assert!(asking.get(&asking.network("ports")).await.json()["NeutronError"]["type"].is_string());
    assert!(asking.token_call(&asking.credentials()).await.json()["error"]["title"].is_string());
    for (over_limit, kind) in [(429, FaultKind::Quota), (413, FaultKind::Quota), (413, FaultKind::Spike)] {
        let asking = quirky(|quirks| quirks.over_limit = over_limit).await;
        asking.sim.add_fault(Fault::new(kind));
        let reply = asking.get(&asking.compute("servers")).await;
        assert_eq!(reply.status, over_limit);
        assert!(reply.json()["overLimit"]["retryAfter"].is_string() && reply.headers.contains_key("retry-after"));
    }
}

#[tokio::test]
async fn a_lost_answer_has_taken_effect_and_a_lost_request_has_not() {
    let asking = conoha().await;
    let web = asking.server("web-01").await;
    let url = asking.compute(&format!("servers/{}/action", web["id"].as_str().unwrap()));
    let stop = || asking.request(reqwest::Method::POST, &url).body(r#"{"os-stop":null}"#);
    asking.sim.add_fault(Fault::new(FaultKind::LostRequest).on("POST", "/action").times(1));
    assert!(send(stop()).await.is_err());
    assert!(asking.verbs().is_empty());
    asking.sim.add_fault(Fault::new(FaultKind::LostAnswer).on("POST", "/action").times(1));
    assert!(send(stop()).await.is_err());
    assert_eq!(asking.verbs(), ["stop"]);
    asking.sim.add_fault(Fault::new(FaultKind::OutOfStock));
    let refused = asking.create(json!({})).await;
    assert_eq!((refused.status, asking.verbs().len()), (400, 1));
}

#[tokio::test]
async fn one_record_may_be_broken_and_the_others_stand() {
    let asking = conoha().await;
    asking.sim.add_fault(Fault::new(FaultKind::BrokenRecord).on("GET", "servers/detail").times(1));
    let all = asking.compute_json("servers/detail").await;
    assert!(all["servers"][0]["id"].is_object() && all["servers"][1]["id"].is_string());
}

#[tokio::test]
async fn changes_made_elsewhere_show() {
    let asking = conoha().await;
    let make = |op: Op| asking.sim.make(&Change { account: "conoha".to_owned(), op });
    let instance = || "web-01".to_owned();
    make(Op::SetLock { instance: instance(), locked: true }).unwrap();
    assert_eq!(asking.server("web-01").await["metadata"]["IsDeleteLocked"], "True");
    make(Op::SetStatus { instance: instance(), status: "ERROR".to_owned() }).unwrap();
    let server = asking.server("web-01").await;
    assert_eq!((&server["status"], &server["OS-EXT-STS:vm_state"]), (&json!("ERROR"), &json!("error")));
    assert!(server["fault"]["message"].is_string());
    make(Op::SetStatus { instance: instance(), status: "SHUTOFF".to_owned() }).unwrap();
    make(Op::TakeSnapshot { instance: instance(), name: "by-panel".to_owned() }).unwrap();
    assert_eq!(asking.seen("web-01").await, "SHUTOFF image_snapshot");
    assert!(make(Op::TakeSnapshot { instance: "batch".to_owned(), name: "no".to_owned() }).is_err());
    make(Op::Rename { instance: instance(), name: "www".to_owned() }).unwrap();
    make(Op::RawRecord { instance: Some("www".to_owned()), snapshot: None, json: json!({"id": 7}) }).unwrap();
    let all = asking.compute_json("servers/detail").await;
    assert_eq!(all["servers"][0], json!({"id": 7}));
    make(Op::ChangeSecret { secret: "Another-secret-1".to_owned() }).unwrap();
    assert_eq!(asking.token_call(&asking.credentials()).await.status, 401);
}

#[tokio::test]
async fn switches_can_be_set_one_by_one_while_it_runs() {
    let asking = conoha().await;
    let url = format!("{}/_sim/quirks", asking.sim.url());
    let set = async |body: serde_json::Value| {
        assert_eq!(send(asking.client.put(&url).json(&body)).await.unwrap().status, 204);
    };
    set(json!({"conoha": {"links": false}})).await;
    set(json!({"conoha": {"error_code": "absent"}})).await;
    let servers = asking.compute_json("servers").await;
    assert_eq!(servers["servers"][0]["links"], json!([]));
    let missing = asking.compute("servers/none");
    assert_eq!(asking.get(&missing).await.json()["itemNotFound"].get("code"), None);
    set(json!({"conoha": {"error_code": "text"}})).await;
    assert_eq!(asking.get(&missing).await.json()["itemNotFound"]["code"], "404");
    assert_eq!(asking.compute_json("servers").await, servers, "what was not sent has stayed");
}

#[tokio::test]
async fn where_the_record_is_silent_a_refusal_may_have_another_status() {
    let asking = quirky(|quirks| {
        quirks.start_while_saving = 400;
        quirks.delete_while_saving = 403;
        quirks.group_in_use = 400;
        quirks.panel_group_status = 409;
    })
    .await;
    let saved = asking.action("db", json!({"createImage": {"name": "now"}})).await;
    let image = saved.headers["location"].to_str().unwrap().rsplit('/').next().unwrap().to_owned();
    assert_eq!(asking.action("db", json!({"os-start": null})).await.status, 400);
    assert_eq!(asking.delete(&asking.image(&format!("images/{image}"))).await.status, 403);
    for (group, status) in [("web", 400), ("default", 409)] {
        let id = asking.groups(group).await[0]["id"].as_str().unwrap().to_owned();
        assert_eq!(asking.delete(&asking.network(&format!("security-groups/{id}"))).await.status, status);
    }
    assert_eq!(asking.verbs(), ["take_snapshot"]);
}

#[tokio::test]
async fn a_world_can_begin_with_things_under_way() {
    let toml = r#"
        [[account]]
        name = "conoha"
        provider = "conoha-v2"
        username = "gncu00000002"
        secret = "Conoha-password-2"
        [[account.instance]]
        name = "new"
        state = "installing"
        done_in = 60.0
        [[account.instance]]
        name = "saved"
        state = "stopped"
        [[account.instance.snapshot]]
        name = "now"
        done_in = 60.0
    "#;
    let asking = with(Options::of(WorldFile::from_toml(toml).unwrap())).await;
    assert_eq!(asking.at.tenant_id.len(), 32);
    assert_eq!(asking.seen("new").await, "BUILD scheduling");
    assert_eq!(asking.seen("saved").await, "SHUTOFF image_snapshot");
    asking.wait(60);
    assert_eq!(asking.seen("new").await, "ACTIVE -");
    assert_eq!(asking.seen("saved").await, "SHUTOFF -");
}

#[tokio::test]
async fn two_providers_stand_side_by_side() {
    let asking = with(Options::world("both").unwrap()).await;
    let indigo = asking.sim.accounts().remove(0);
    assert_eq!(indigo.settings()[0], ("endpoint", indigo.url.as_str()));
    let reply = send(asking.client.get(format!("{}/webarenaIndigo/v1/vm/getregion", indigo.url))).await.unwrap();
    assert_eq!(reply.status, 401);
    assert_eq!(asking.seen("web-01").await, "ACTIVE -");
    let keys: Vec<_> = asking.account.settings().into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["region", "tenant_id", "username", "identity", "compute", "image", "network"]);
    let about = send(asking.client.get(format!("{}/_sim", asking.sim.url()))).await.unwrap().json();
    assert_eq!(about["accounts"][1]["provider"], "conoha-v2");
    assert_eq!(about["accounts"][1]["conoha"]["compute"], asking.at.compute.as_str());
    assert_eq!(about["accounts"][0].get("conoha"), None);
    let plain = send(asking.client.get(format!("{}/block-storage/v2", asking.account.url))).await.unwrap();
    assert_eq!(plain.status, 404);
}

//! New servers, and the rules that the provider enforces.

use serde_json::{Value, json};

use super::asking::{Asking, conoha, id_of};

const PASSWORD: &str = "Good-password-1";

async fn order(asking: &Asking, flavor: &str, image: &str) -> Value {
    json!({"imageRef": asking.image_id(image).await, "flavorRef": asking.flavor_id(flavor).await})
}

async fn usual(asking: &Asking) -> Value {
    order(asking, "g-c2m1d100", "vmi-ubuntu-22.04-amd64-100gb").await
}

#[tokio::test]
async fn a_server_is_accepted_without_a_status_and_built_step_by_step() {
    let asking = conoha().await;
    let mut body = usual(&asking).await;
    body["adminPass"] = json!(PASSWORD);
    body["metadata"] = json!({"instance_name_tag": "new-01", "purpose": "test"});
    body["security_groups"] = json!([{"name": "default"}, {"name": "gncs-ipv4-web"}]);
    body["key_name"] = json!("laptop");
    let reply = asking.create(body).await;
    assert_eq!(reply.status, 202, "{}", reply.text);
    let made = reply.json()["server"].clone();
    assert_eq!((&made["adminPass"], &made["status"]), (&json!(PASSWORD), &Value::Null));
    assert_eq!(made["security_groups"][1]["name"], "gncs-ipv4-web");
    let server = asking.server("new-01").await;
    assert_eq!(id_of(&server), id_of(&made));
    assert_eq!((&server["status"], &server["OS-EXT-STS:vm_state"]), (&json!("BUILD"), &json!("building")));
    assert_eq!((&server["addresses"], server.get("security_groups")), (&json!({}), None));
    assert_eq!(server["OS-EXT-STS:task_state"], "scheduling");
    asking.wait(15);
    assert_eq!(asking.seen("new-01").await, "BUILD networking");
    asking.wait(30);
    assert_eq!(asking.seen("new-01").await, "BUILD spawning");
    asking.wait(25);
    let server = asking.server("new-01").await;
    assert_eq!((&server["status"], &server["key_name"]), (&json!("ACTIVE"), &json!("laptop")));
    let addresses = server["addresses"].as_object().unwrap().values().next().unwrap().clone();
    let hyphens = addresses[0]["addr"].as_str().unwrap().replace('.', "-");
    assert_eq!(server["name"], hyphens);
    assert_eq!(server["metadata"]["purpose"], "test");
    assert_eq!(asking.verbs(), ["create_instance"]);
}

#[tokio::test]
async fn without_groups_it_is_the_default_one_and_without_a_tag_its_address() {
    let asking = conoha().await;
    let made = asking.create(usual(&asking).await).await.json()["server"].clone();
    assert_eq!(made["security_groups"], json!([{"name": "default"}]));
    assert!(made["adminPass"].as_str().unwrap().len() >= 9);
    let path = format!("servers/{}", id_of(&made));
    let server = asking.compute_json(&path).await["server"].clone();
    assert_eq!(server["metadata"]["instance_name_tag"], server["name"]);
}

#[tokio::test]
async fn no_two_servers_have_one_address() {
    let asking = conoha().await;
    let mut first = String::new();
    for _ in 0..3 {
        let made = asking.create(usual(&asking).await).await.json()["server"].clone();
        first = if first.is_empty() { id_of(&made) } else { first };
    }
    asking.delete(&asking.compute(&format!("servers/{first}"))).await;
    asking.wait(10);
    asking.create(usual(&asking).await).await;
    let all = asking.compute_json("servers").await;
    let mut names: Vec<_> = all["servers"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 6);
}

#[tokio::test]
async fn a_password_must_follow_the_rule() {
    let asking = conoha().await;
    for bad in ["short-A1", "no-upper-case-1", "NO-LOWER-CASE-1", "OnlyLetters", "Blank password 1"] {
        let mut body = usual(&asking).await;
        body["adminPass"] = json!(bad);
        let reply = asking.create(body).await;
        assert_eq!(reply.status, 400, "{bad}");
        assert!(reply.json()["badRequest"]["message"].is_string());
    }
    assert!(asking.verbs().is_empty());
}

#[tokio::test]
async fn image_and_plan_must_fit_each_other() {
    let asking = conoha().await;
    for (flavor, end, status) in [
        ("g-c1m512d30", "-100gb", 400),
        ("g-c1m512d30", "", 400),
        ("g-c1m512d30", "-30gb", 202),
        ("g-c1m512d30", "-20gb", 202),
        ("g-512mb", "-30gb", 400),
        ("g-512mb", "-20gb", 202),
        ("g-c2m1d100", "-100gb", 202),
        ("g-c2m1d100", "", 202),
        ("g-c2m1d100", "-30gb", 400),
        ("g-1gb", "-100gb", 400),
    ] {
        let body = order(&asking, flavor, &format!("vmi-ubuntu-22.04-amd64{end}")).await;
        let reply = asking.create(body).await;
        assert_eq!(reply.status, status, "{flavor} {end}");
        if status == 400 {
            let message = reply.json()["badRequest"]["message"].clone();
            assert_eq!(message, "Flavor's disk is too small for requested image.");
        }
    }
}

#[tokio::test]
async fn a_saved_image_keeps_its_password_and_so_the_answer_has_none() {
    let asking = conoha().await;
    let mut body = order(&asking, "g-c1m512d30", "nightly").await;
    body["metadata"] = json!({"instance_name_tag": "restored"});
    let reply = asking.create(body).await;
    assert_eq!((reply.status, &reply.json()["server"]["adminPass"]), (202, &json!("")));
    let server = asking.server("restored").await;
    assert_eq!(server["image"]["id"], asking.image_id("nightly").await);
    assert_ne!(server["name"], "203-0-113-11");
}

#[tokio::test]
async fn what_is_named_must_be_there_and_be_one() {
    let asking = conoha().await;
    for (field, value, status) in [
        ("imageRef", json!("00000000-0000-4000-8000-000000000000"), 400),
        ("flavorRef", json!("00000000-0000-4000-8000-000000000000"), 400),
        ("flavorRef", Value::Null, 400),
        ("key_name", json!("nobody"), 400),
        ("security_groups", json!([{"name": "nothing"}]), 400),
        ("security_groups", json!([{"name": "office"}]), 409),
        ("metadata", json!({"instance_name_tag": 7}), 400),
    ] {
        let mut body = usual(&asking).await;
        body[field] = value;
        assert_eq!(asking.create(body).await.status, status, "{field}");
    }
    assert!(asking.verbs().is_empty());
}

//! Firewalls, SSH keys and API keys: shapes and codes.

use rstest::rstest;
use serde_json::{Value, json};
use vpsdeck::sim::Options;
use vpsdeck::sim::quirks::TemplateShape;

use crate::asking::{small, unlimited};

const RSA: &str = "ssh-rsa AAAAB3NzaC1yc2E";

#[tokio::test]
async fn a_firewall_is_made_assigned_changed_and_deleted_in_the_recorded_words() {
    let asking = small().await;
    let rules = json!([{"type": "HTTP", "protocol": "TCP", "port": "80", "source": "0.0.0.0"}]);
    let made = asking.post("nw/createfirewall", json!({"name": "APItest", "inbound": rules})).await;
    let id = made.json()["firewallId"].as_u64().unwrap();
    assert_eq!(
        (made.status, made.json()),
        (
            200,
            json!({"success": true, "message": "Firewall template has been created successfully.", "sucessCode": "F60002", "firewallId": id})
        )
    );
    let rows = asking.get(&format!("nw/gettemplate/{id}")).await.json();
    assert_eq!(
        rows,
        json!([{"id": id, "name": "APItest", "direction": "in", "type": "HTTP", "protocol": "TCP", "port": "80", "source": "0.0.0.0"}])
    );
    let on = asking.post("nw/assign", json!({"instanceid": "616520", "templateid": id.to_string()})).await;
    assert_eq!(on.code(), "F60003");
    let change = json!({"templateid": id.to_string(), "name": "APItest", "inbound": [], "instances": ["616520"]});
    let changed = asking.put("nw/updatefirewall", change).await;
    assert_eq!((changed.code().as_str(), &changed.json()["firewallId"]), ("F6004", &json!(id.to_string())));
    assert_eq!(asking.get(&format!("nw/gettemplate/{id}")).await.json(), json!([]));
    let refused = asking.delete(&format!("nw/deletefirewall/{id}")).await;
    assert_eq!((refused.status, refused.code().as_str()), (400, "F60009"));
    asking.power(616_520, "destroy").await;
    assert_eq!(asking.delete(&format!("nw/deletefirewall/{id}")).await.code(), "F6005");
}

#[rstest]
#[case(TemplateShape::Flat, "[{", "}]")]
#[case(TemplateShape::Nested, "[[{", "}]]")]
#[case(TemplateShape::Bracketless, "{", "}")]
#[tokio::test]
async fn rules_come_in_the_shape_that_the_switch_says(
    #[case] shape: TemplateShape,
    #[case] start: &str,
    #[case] end: &str,
) {
    let mut options = Options::world("small").unwrap();
    options.quirks.template_shape = shape;
    let asking = unlimited(options).await;
    let list = asking.get("nw/getfirewalllist").await.json();
    let text = asking.get(&format!("nw/gettemplate/{}", list[0]["id"])).await.text;
    assert!(text.starts_with(start) && text.ends_with(end), "{text}");
    assert_eq!(text.matches("direction").count(), 2);
}

#[tokio::test]
async fn an_ssh_key_is_an_object_when_added_and_an_array_when_read() {
    let asking = small().await;
    let added = asking.post("vm/sshkey", json!({"sshName": "new", "sshKey": RSA})).await;
    assert_eq!(added.status, 201);
    let id = added.json()["sshKey"]["id"].as_u64().unwrap();
    assert!(added.text.contains(r#""sshKey":{"name":"new","#));
    let change = json!({"sshName": "new", "sshKey": RSA, "sshKeyStatus": "DEACTIVE"});
    let changed = asking.put(&format!("vm/sshkey/{id}"), change).await.json();
    assert_eq!(changed["message"], "SSH key has been updated successfully ");
    let one = asking.get(&format!("vm/sshkey/{id}")).await.json();
    assert_eq!(one["sshKey"][0]["status"], "DEACTIVE");
    assert_eq!(asking.get("vm/sshkey").await.json()["total"], 2);
    assert_eq!(asking.get("vm/sshkey/active/status").await.json()["total"], 1);
    assert_eq!(asking.delete(&format!("vm/sshkey/{id}")).await.status, 200);
    assert_eq!(asking.get("vm/sshkey").await.json()["total"], 1);
}

#[tokio::test]
async fn an_ed25519_key_is_refused() {
    let asking = small().await;
    let body = json!({"sshName": "new", "sshKey": "ssh-ed25519 AAAAC3"});
    assert_eq!(asking.post("vm/sshkey", body).await.code(), "I10034");
}

#[tokio::test]
async fn a_get_makes_an_api_key_whose_secret_is_never_listed_and_which_works() {
    let asking = small().await;
    let made = asking.get("auth/create/apikey").await;
    assert_eq!(made.status, 201);
    let (key, secret) = (made.json()["apiKey"].clone(), made.json()["apiSecret"].clone());
    let (key, secret) = (key.as_str().unwrap(), secret.as_str().unwrap());
    assert_eq!((key.len(), secret.len()), (32, 16));
    let list = asking.get("auth/apikey").await;
    assert_eq!(list.json()["accesstokens"][1]["apiKey"], key);
    assert!(!list.text.contains(secret));
    asking.log_in(key, secret).await;
    let id = list.json()["accesstokens"][1]["id"].to_string();
    let gone = asking.delete(&format!("auth/apikey/{id}")).await.json();
    assert_eq!(gone["message"], "API Key is removed successfully");
    assert_eq!(asking.token_call(key, secret).await.status, 401);
    assert_eq!(asking.verbs(), ["create_api_key", "delete_api_key"]);
    let seen = serde_json::to_string(&asking.sim.requests()).unwrap();
    assert!(!seen.contains(secret) && !seen.contains(&asking.token));
    assert_ne!(Value::Null, made.json());
}

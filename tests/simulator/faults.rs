//! Faults: what they do to an answer, and whether the request took effect.

use rstest::rstest;
use serde_json::json;
use vpsdeck::provider::http::client_builder;
use vpsdeck::sim::{Fault, FaultKind, Origin};

use crate::asking::{send, small};

const DB: u64 = 616_516;

#[rstest]
#[case(FaultKind::LostAnswer, true)]
#[case(FaultKind::TruncatedBody, true)]
#[case(FaultKind::LostRequest, false)]
#[case(FaultKind::Unreachable, false)]
#[tokio::test]
async fn a_lost_exchange_is_an_error_and_takes_effect_or_not(#[case] kind: FaultKind, #[case] takes_effect: bool) {
    let asking = small().await;
    asking.sim.add_fault(Fault::new(kind).on("POST", "statusupdate").times(1));
    let body = json!({"instanceId": DB.to_string(), "status": "start"});
    let request = asking.request(reqwest::Method::POST, "vm/instance/statusupdate").json(&body);
    assert!(send(request).await.is_err());
    assert_eq!(asking.sim.effects().len(), usize::from(takes_effect));
    let logged = asking.sim.requests().pop().unwrap();
    assert_eq!((logged.took_effect, logged.fault.as_deref()), (takes_effect, Some(kind.name())));
    let code = if takes_effect { "I10016" } else { "I20008" };
    assert_eq!(asking.power(DB, "start").await.code(), code);
}

#[rstest]
#[case(FaultKind::HtmlError { status: 502 }, 502, "<html>")]
#[case(FaultKind::HtmlOk, 200, "<html>")]
#[case(FaultKind::ServerError { status: 503 }, 503, "errorCode")]
#[case(FaultKind::Redirect, 302, "<html>")]
#[case(FaultKind::Quota, 429, "Rate limit quota violation")]
#[case(FaultKind::Spike, 429, "Spike arrest")]
#[case(FaultKind::Unauthorized, 401, "errorCode")]
#[tokio::test]
async fn an_answer_in_the_place_of_the_real_one_has_no_effect(
    #[case] kind: FaultKind,
    #[case] status: u16,
    #[case] words: &str,
) {
    let asking = small().await;
    asking.sim.add_fault(Fault::new(kind).times(1));
    let reply = asking.power(DB, "start").await;
    assert_eq!(reply.status, status);
    assert!(reply.text.contains(words), "{}", reply.text);
    assert!(asking.sim.effects().is_empty());
}

#[tokio::test]
async fn an_answer_is_put_in_its_place_word_for_word_or_emptied_of_all_but_names() {
    let asking = small().await;
    let versions = r#"{"versions":[]}"#;
    asking.sim.add_fault(Fault::new(FaultKind::Reply { status: 300 }).times(1).saying(versions));
    let reply = asking.get("vm/sshkey").await;
    assert_eq!((reply.status, reply.text.as_str()), (300, versions));
    asking.sim.add_fault(Fault::new(FaultKind::NullFields).times(1));
    let emptied: serde_json::Value = serde_json::from_str(&asking.get("vm/sshkey").await.text).unwrap();
    let key = &emptied["sshkeys"][0];
    assert!(key["id"].is_number() && key["name"].is_string() && key["sshkey"].is_null(), "{emptied}");
}

#[tokio::test]
async fn a_server_error_may_have_taken_effect_all_the_same() {
    let asking = small().await;
    let mut fault = Fault::new(FaultKind::ServerError { status: 500 }).times(1);
    fault.takes_effect = Some(true);
    asking.sim.add_fault(fault);
    assert_eq!(asking.power(DB, "start").await.status, 500);
    assert_eq!(asking.verbs(), ["start"]);
}

#[tokio::test]
async fn an_expired_token_is_dead_while_an_unauthorized_answer_passes() {
    let asking = small().await;
    asking.sim.add_fault(Fault::new(FaultKind::Unauthorized).times(1));
    assert_eq!(asking.get("vm/sshkey").await.status, 401);
    assert_eq!(asking.get("vm/sshkey").await.status, 200);
    asking.sim.add_fault(Fault::new(FaultKind::ExpiredToken).times(1));
    assert_eq!(asking.get("vm/sshkey").await.status, 401);
    assert_eq!(asking.get("vm/sshkey").await.status, 401);
}

#[tokio::test]
async fn bodies_come_in_drops_empty_huge_or_with_a_broken_record() {
    let asking = small().await;
    let plain = asking.get("vm/getinstancelist").await.text;
    asking.sim.add_fault(Fault::new(FaultKind::Drip { pause_ms: 0 }).times(1));
    assert_eq!(asking.get("vm/getinstancelist").await.text, plain);
    asking.sim.add_fault(Fault::new(FaultKind::EmptyBody).times(1));
    assert_eq!(asking.get("vm/getinstancelist").await.text, "");
    asking.sim.add_fault(Fault::new(FaultKind::HugeBody { mebibytes: 3 }).times(1));
    assert!(asking.get("vm/getinstancelist").await.text.len() > 2 << 20);
    asking.sim.add_fault(Fault::new(FaultKind::BrokenRecord).times(1));
    let broken = asking.get("vm/getinstancelist").await.json();
    assert!(broken[0]["id"].is_object() && broken[1]["id"].is_number());
    asking.sim.add_fault(Fault::new(FaultKind::Slow { seconds: 0.01 }).times(1));
    assert_eq!(asking.get("vm/getinstancelist").await.text, plain);
}

#[tokio::test]
async fn a_fault_waits_for_its_time_and_its_path_and_can_be_taken_back() {
    let asking = small().await;
    let mut fault = Fault::new(FaultKind::HtmlOk).on("GET", "vm/*list");
    fault.after = 10.0;
    fault.lasts = Some(5.0);
    fault.skip = 1;
    asking.sim.add_fault(fault);
    let is_html = async |path| asking.get(path).await.text.contains("<html>");
    assert!(!is_html("vm/getinstancelist").await);
    asking.wait(10);
    assert!(!is_html("vm/sshkey").await);
    assert!(!is_html("vm/getinstancelist").await);
    assert!(is_html("vm/getinstancelist").await);
    assert!(is_html("vm/oslist").await);
    asking.wait(5);
    assert!(!is_html("vm/oslist").await);
    asking.sim.add_fault(Fault::new(FaultKind::HtmlOk));
    asking.sim.clear_faults();
    assert!(!is_html("vm/oslist").await);
}

#[tokio::test]
async fn a_port_that_is_shut_refuses_connections_and_opens_again() {
    let asking = small().await;
    asking.sim.set_reachable(false);
    let fresh = || client_builder().no_proxy().build().unwrap();
    let shut = loop {
        match fresh().get(asking.sim.url()).send().await {
            Err(error) if error.is_connect() => break error,
            _ => tokio::task::yield_now().await,
        }
    };
    assert!(shut.is_connect());
    assert!(send(asking.request(reqwest::Method::GET, "vm/sshkey")).await.is_err());
    asking.sim.set_reachable(true);
    while fresh().get(asking.sim.url()).send().await.is_err() {
        tokio::task::yield_now().await;
    }
    assert_eq!(asking.get("vm/sshkey").await.status, 200);
}

#[tokio::test]
async fn other_programs_control_it_over_http() {
    let asking = small().await;
    let at = |path: &str| format!("{}/_sim{path}", asking.sim.url());
    let about = send(asking.client.get(at(""))).await.unwrap().json();
    assert_eq!(about["accounts"][0]["name"], "indigo");
    let fault = json!({"kind": "server_error", "status": 503, "path": "sshkey", "times": 1});
    assert_eq!(send(asking.client.post(at("/faults")).json(&fault)).await.unwrap().status, 204);
    assert_eq!(asking.get("vm/sshkey").await.status, 503);
    let rename = json!({"op": "rename", "account": "indigo", "instance": "db", "name": "db-new"});
    let raw = json!({"op": "raw_record", "account": "indigo", "instance": "web-01", "json": {"id": []}});
    let both = json!([rename, raw]);
    assert_eq!(send(asking.client.post(at("/change")).json(&both)).await.unwrap().status, 204);
    let list = asking.get("vm/getinstancelist").await.json();
    assert_eq!((&list[0], &list[1]["instance_name"]), (&json!({"id": []}), &json!("db-new")));
    let word = json!({"op": "set_status", "account": "indigo", "instance": "db-new", "status": "Migrating"});
    send(asking.client.post(at("/change")).json(&word)).await.unwrap();
    assert_eq!(asking.word(DB).await, "Migrating");
    asking.power(616_520, "start").await;
    send(asking.client.post(at("/advance")).json(&json!({"seconds": 20}))).await.unwrap();
    assert_eq!(asking.word(616_520).await, "Running");
    let quirk = json!({"stopping_word": "Stopping"});
    assert_eq!(send(asking.client.put(at("/quirks")).json(&quirk)).await.unwrap().status, 204);
    asking.power(616_520, "stop").await;
    assert_eq!(asking.word(616_520).await, "Stopping");
    let effects = send(asking.client.get(at("/effects"))).await.unwrap().json();
    assert_eq!(effects[0]["by"], "elsewhere");
    assert_eq!(asking.sim.effects().last().unwrap().by, Origin::Client);
    let requests = send(asking.client.get(at("/requests"))).await.unwrap().json();
    assert!(requests.as_array().unwrap().len() > 5);
}

#[tokio::test]
async fn a_fault_is_not_used_up_by_calls_that_it_does_not_concern() {
    let asking = small().await;
    asking.sim.add_fault(Fault::new(FaultKind::OutOfStock).times(1));
    assert_eq!(asking.get("vm/getinstancelist").await.status, 200);
    let body = json!({"sshKeyId": 40270, "regionId": 1, "osId": 22, "instancePlan": 13, "instanceName": "x"});
    let refused = asking.post("vm/createinstance", body.clone()).await;
    assert_eq!(refused.code(), "I10059");
    assert_eq!(asking.post("vm/createinstance", body).await.status, 201);
}

#[tokio::test]
async fn a_fault_on_the_second_change_passes_the_first_and_all_that_changes_nothing() {
    let asking = small().await;
    asking.sim.add_fault(Fault::on_change(FaultKind::ServerError { status: 503 }, 2));
    assert_eq!(asking.power(DB, "start").await.status, 200);
    assert_eq!(asking.get("vm/getinstancelist").await.status, 200);
    let account = asking.sim.accounts().remove(0);
    assert_eq!(asking.token_call(&account.client_id, &account.secret).await.status, 201);
    assert_eq!(asking.get("auth/create/apikey").await.status, 503, "a GET that makes a key");
    let changing: Vec<bool> = asking.sim.requests().iter().map(|request| request.changing).collect();
    assert_eq!(changing[changing.len() - 4..], [true, false, false, true]);
}

#[tokio::test]
async fn control_reads_json_without_its_type_and_says_what_is_wrong() {
    let asking = small().await;
    let at = format!("{}/_sim/change", asking.sim.url());
    let wrong = r#"{"op":"rename","account":"nobody","instance":"db","name":"x"}"#;
    let reply = send(asking.client.post(&at).body(wrong)).await.unwrap();
    assert_eq!((reply.status, reply.text.trim()), (422, "there is no account named nobody"));
    let right = wrong.replace("nobody", "indigo");
    let reply = send(asking.client.post(&at).body(right)).await.unwrap();
    assert_eq!(reply.status, 204);
}

#[rstest]
#[case("POST", "/faults", r#"{"kind":"server_error","pth":"sshkey"}"#, "pth")]
#[case("POST", "/faults", r#"[{"kind":"quota"},{"kind":"lost_answer","status":503}]"#, "status")]
#[case("POST", "/change", r#"{"op":"rename","account":"indigo","instance":"db","name":"x","nmae":"y"}"#, "nmae")]
#[case("POST", "/change", r#"{"op":"add_instance","account":"indigo","seed":{"name":"x","plann":1}}"#, "plann")]
#[case("POST", "/advance", r#"{"seconds":1,"minutes":1}"#, "minutes")]
#[case("POST", "/unreachable", r#"{"seconds":1,"from":1}"#, "from")]
#[case("PUT", "/quirks", r#"{"stoping_word":"Stopping"}"#, "stoping_word")]
#[case("PUT", "/quirks", r#"{"conoha":{"link":false}}"#, "link")]
#[tokio::test]
async fn control_names_a_key_that_it_does_not_know_and_does_nothing(
    #[case] method: reqwest::Method,
    #[case] path: &str,
    #[case] body: &'static str,
    #[case] key: &str,
) {
    let asking = small().await;
    let request = asking.client.request(method, format!("{}/_sim{path}", asking.sim.url())).body(body);
    let reply = send(request).await.unwrap();
    assert_eq!(reply.status, 422);
    assert!(reply.text.contains(&format!("`{key}`")), "{}", reply.text);
    assert_eq!(asking.get("vm/getinstancelist").await.status, 200, "no fault is there");
    assert!(asking.sim.effects().is_empty());
}

//! Tokens, addresses and version documents.

use reqwest::Method;
use serde_json::json;

use super::asking::{conoha, fields, quirky, record};
use crate::asking::send;

#[tokio::test]
async fn a_token_has_the_recorded_shape_and_two_forms_of_time() {
    let asking = conoha().await;
    let reply = asking.token_call(&asking.credentials()).await.json();
    let recorded = record!("tokens");
    assert_eq!(fields(&reply["access"]), fields(&recorded["access"]));
    assert_eq!(fields(&reply["access"]["token"]), fields(&recorded["access"]["token"]));
    for empty in ["serviceCatalog", "user", "metadata"] {
        assert_eq!(reply["access"][empty], recorded["access"][empty]);
    }
    let token = &reply["access"]["token"];
    let (issued, expires) = (token["issued_at"].as_str().unwrap(), token["expires"].as_str().unwrap());
    assert!(issued.len() == 26 && expires.len() == 20 && expires.ends_with('Z'), "{issued} {expires}");
    let issued: jiff::Timestamp = format!("{issued}Z").parse().unwrap();
    let expires: jiff::Timestamp = expires.parse().unwrap();
    assert_eq!(expires.as_second() - issued.as_second(), 86_400);
    let id = token["id"].as_str().unwrap();
    assert!(id.len() == 32 && id.chars().all(|c| c.is_ascii_hexdigit()));
}

#[tokio::test]
async fn the_recorded_request_logs_in() {
    let asking = conoha().await;
    assert_eq!(asking.token_call(&record!("request_tokens")).await.status, 200);
}

#[tokio::test]
async fn the_tenant_may_stand_among_the_credentials() {
    let asking = conoha().await;
    let mut body = asking.credentials();
    let tenant = body["auth"].as_object_mut().unwrap().remove("tenantId").unwrap();
    body["auth"]["passwordCredentials"]["tenantId"] = tenant;
    assert_eq!(asking.token_call(&body).await.status, 200);
}

#[tokio::test]
async fn wrong_credentials_are_refused_in_keystones_shape() {
    let asking = conoha().await;
    for (pointer, wrong) in [
        ("/auth/passwordCredentials/username", "gncu99999999"),
        ("/auth/passwordCredentials/password", "Wrong-password-1"),
        ("/auth/tenantId", "ffffffffffffffffffffffffffffffff"),
    ] {
        let mut body = asking.credentials();
        *body.pointer_mut(pointer).unwrap() = json!(wrong);
        let reply = asking.token_call(&body).await;
        assert_eq!(reply.status, 401, "{pointer}");
        let error = &reply.json()["error"];
        assert_eq!((&error["code"], &error["title"]), (&json!(401), &json!("Unauthorized")));
        assert!(error["message"].is_string());
    }
}

#[tokio::test]
async fn a_token_without_a_tenant_is_good_for_nothing() {
    let mut asking = conoha().await;
    let mut body = asking.credentials();
    body["auth"].as_object_mut().unwrap().remove("tenantId");
    let reply = asking.token_call(&body).await.json();
    asking.token = reply["access"]["token"]["id"].as_str().unwrap().to_owned();
    assert_eq!(asking.get(&asking.compute("servers")).await.status, 401);
}

#[tokio::test]
async fn every_service_refuses_an_unknown_token_in_its_own_shape_and_a_day_ends_a_token() {
    let asking = conoha().await;
    let urls = [asking.compute("servers"), asking.image("images"), asking.network("ports")];
    for url in &urls {
        assert_eq!(asking.get(url).await.status, 200, "{url}");
    }
    asking.wait(86_400);
    let [nova, glance, neutron] = [&urls[0], &urls[1], &urls[2]].map(|url| asking.get(url));
    let (nova, glance, neutron) = (nova.await, glance.await, neutron.await);
    assert_eq!([nova.status, glance.status, neutron.status], [401; 3]);
    assert_eq!(nova.json()["unauthorized"]["code"], 401);
    assert!(glance.text.starts_with("<html>"));
    assert!(neutron.json()["NeutronError"]["message"].is_string());
}

#[tokio::test]
async fn the_catalogue_when_filled_tells_addresses_and_has_no_version_for_image_and_network() {
    let asking = quirky(|quirks| quirks.catalogue_filled = true).await;
    let access = asking.token_call(&asking.credentials()).await.json()["access"].clone();
    let url = |kind: &str| {
        let all = access["serviceCatalog"].as_array().unwrap();
        let one = all.iter().find(|service| service["type"] == kind).unwrap();
        one["endpoints"][0]["publicURL"].as_str().unwrap().to_owned()
    };
    let at = &asking.at;
    assert_eq!([url("identity"), url("compute")], [at.identity.clone(), at.compute.clone()]);
    assert_eq!([url("image"), url("network")], [at.image.clone(), at.network.clone()]);
    assert_eq!(access["token"]["tenant"]["id"], at.tenant_id.as_str());
    assert_eq!(access["token"]["tenant"]["tyo1_image_size"], "50GB");
}

#[tokio::test]
async fn image_and_network_answer_with_and_without_a_version() {
    let asking = conoha().await;
    let at = asking.at.clone();
    for url in [
        format!("{}/images", at.image),
        format!("{}/v2/images", at.image),
        format!("{}/security-groups", at.network),
        format!("{}/v2.0/security-groups", at.network),
    ] {
        assert_eq!(asking.get(&url).await.status, 200, "{url}");
    }
    let elsewhere = asking.at.compute.replace(&at.tenant_id, "ffff");
    assert_eq!(asking.get(&format!("{elsewhere}/servers")).await.status, 400);
}

#[tokio::test]
async fn each_root_tells_its_versions_without_a_token() {
    for status in [200, 300] {
        let asking = quirky(|quirks| quirks.version_status = status).await;
        for service in ["identity", "compute", "image", "network"] {
            for end in ["", "/"] {
                let url = format!("{}/{service}{end}", asking.account.url);
                let reply = send(asking.client.request(Method::GET, &url)).await.unwrap();
                assert_eq!(reply.status, status, "{url}");
                let versions = reply.json()["versions"].clone();
                let list = if service == "identity" { &versions["values"] } else { &versions };
                assert!(list[0]["id"].as_str().unwrap().starts_with("v2."), "{url}");
            }
        }
    }
}

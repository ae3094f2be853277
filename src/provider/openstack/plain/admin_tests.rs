//! What is asked for with the token of an administrator, to whom services send what is of all projects.

use std::sync::Arc;

use axum::Router;
use axum::extract::RawQuery;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::domain::{Collection, ListKey};
use crate::provider::http::server::serve;
use crate::provider::openstack::plain::PROVIDER;
use crate::provider::{self, AccountSetup, SecretAtHand};

/// Neutron's list for an administrator: what is asked for, else that of all.
fn groups(query: Option<&str>) -> Value {
    let all = [("own", "p"), ("foreign", "q")];
    let asked = |project: &str| query.is_none_or(|query| query.contains(&format!("project_id={project}")));
    let of = all.into_iter().filter(|(_, project)| asked(project));
    json!({"security_groups": of.map(|(id, project)| json!({"id": id, "project_id": project})).collect::<Vec<_>>()})
}

async fn firewalls(role: &'static str) -> Vec<String> {
    let token = move |headers: HeaderMap| async move {
        let base = format!("http://{}", headers["host"].to_str().unwrap());
        let endpoint = json!({"interface": "public", "region": "r", "url": base});
        let token = json!({"token": {"project": {"id": "p"}, "roles": [{"name": "member"}, {"name": role}, null],
            "catalog": [{"type": "network", "endpoints": [endpoint, null]}, null]}});
        ([("x-subject-token", "t")], token.to_string()).into_response()
    };
    let router = Router::new()
        .route("/v3/auth/tokens", post(token))
        .route(
            "/v2.0/security-groups",
            get(|RawQuery(query): RawQuery| async move { groups(query.as_deref()).to_string() }),
        )
        .route("/v2.0/ports", get(|| async { r#"{"ports":null}"# }));
    let url = serve(router).await;
    let values = [("auth_url", url.as_str()), ("user_id", "u"), ("project_id", "p")];
    let values = values.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    let setup = AccountSetup { name: "lab".into(), provider: &PROVIDER, values, limit: None, state_dir: None };
    let api = provider::open(setup, Arc::new(SecretAtHand(SecretString::from("s")))).unwrap();
    let Collection::Firewalls(rows) = api.read(&ListKey::Firewalls, None).await.unwrap().collection else { panic!() };
    rows.iter().map(|group| group.id.to_string()).collect()
}

#[tokio::test]
async fn an_administrator_is_sent_the_groups_of_the_project_alone() {
    assert_eq!(firewalls("admin").await, ["own"]);
}

/// To others only what they may use is sent, and some of it is another project's that shares it.
#[tokio::test]
async fn what_is_shared_with_the_project_is_shown() {
    assert_eq!(firewalls("reader").await, ["own", "foreign"]);
}

//! What is sent and read of Identity v3.

use serde_json::json;

use super::*;

fn scoped(who: Who) -> Scoped {
    Scoped { url: "https://cloud.example.com/v3/auth/tokens".parse().unwrap(), who }
}

fn body(who: Who) -> Value {
    scoped(who).body(&SecretString::from("s"))
}

fn named(name: &str, domain: Option<&str>) -> Named {
    Named::Name(name.to_owned(), domain.map(|domain| json!({"name": domain})))
}

#[test]
fn a_user_is_named_with_its_domain_without_it_or_by_its_id() {
    let user = |user, project| body(Who::User { user, project })["auth"].clone();
    assert_eq!(
        user(named("u", Some("D")), named("p", Some("E"))),
        json!({"identity": {"methods": ["password"],
            "password": {"user": {"name": "u", "domain": {"name": "D"}, "password": "s"}}},
            "scope": {"project": {"name": "p", "domain": {"name": "E"}}}})
    );
    // The form that `ConoHa` documents.
    assert_eq!(
        user(named("u", None), named("p", None)),
        json!({"identity": {"methods": ["password"], "password": {"user": {"name": "u", "password": "s"}}},
            "scope": {"project": {"name": "p"}}})
    );
    assert_eq!(
        user(Named::Id("u".to_owned()), Named::Id("p".to_owned())),
        json!({"identity": {"methods": ["password"], "password": {"user": {"id": "u", "password": "s"}}},
            "scope": {"project": {"id": "p"}}})
    );
}

#[test]
fn an_application_credential_has_no_scope() {
    let credential = |id: Option<&str>, name: Option<&str>, user| {
        body(Who::ApplicationCredential { id: id.map(str::to_owned), name: name.map(str::to_owned), user })
    };
    assert_eq!(
        credential(Some("c"), None, None),
        json!({"auth": {"identity": {"methods": ["application_credential"],
            "application_credential": {"id": "c", "secret": "s"}}}})
    );
    assert_eq!(
        credential(None, Some("n"), Some(named("u", Some("D"))))["auth"]["identity"]["application_credential"],
        json!({"name": "n", "secret": "s", "user": {"name": "u", "domain": {"name": "D"}}})
    );
}

#[test]
fn a_token_is_exchanged_for_one_of_the_project() {
    assert_eq!(
        body(Who::Token { project: Named::Id("p".to_owned()) }),
        json!({"auth": {"identity": {"methods": ["token"], "token": {"id": "s"}}, "scope": {"project": {"id": "p"}}}})
    );
}

fn answered(body: &str, header: bool) -> Result<Bearer, Fault> {
    let reply = Reply {
        status: 201,
        body: body.into(),
        request_id: None,
        wait_until: None,
        location: None,
        subject_token: header.then(|| SecretString::from("t")),
    };
    scoped(Who::Token { project: Named::Id("p".to_owned()) }).session(&reply, Timestamp(1_700_000_000_000))
}

/// As Keystone of Zed answers (2026), cut.
const TOKEN: &str = r#"{"token":{"methods":["password"],"user":{"id":"u"},"expires_at":"2023-11-15T22:13:20.000000Z",
    "issued_at":"2023-11-14T22:13:20.000000Z","project":{"id":"p1","name":"demo","domain":{"id":"default"}},
    "catalog":[{"type":"compute","endpoints":[
        {"interface":"public","region":"r1","region_id":"r1","url":"https://nova"},
        {"interface":"internal","region_id":"r2","url":"http://10.0.0.1"}]},{"type":"image"}]}}"#;

#[test]
fn the_token_stands_in_the_header_and_the_rest_in_the_body() {
    let bearer = answered(TOKEN, true).unwrap();
    assert_eq!((bearer.project.as_str(), bearer.ends), ("p1", Some(Timestamp(1_700_086_400_000))));
    let told: Vec<_> = bearer.catalogue.iter().map(|e| [&e.kind, &e.interface, &e.region, &e.url]).collect();
    assert_eq!(told, [["compute", "public", "r1", "https://nova"], ["compute", "internal", "r2", "http://10.0.0.1"]]);
}

#[test]
fn an_answer_without_a_token_or_a_project_is_no_login() {
    assert!(matches!(answered(TOKEN, false), Err(Fault::NotUnderstood { field, .. }) if field == "X-Subject-Token"));
    let unscoped = TOKEN.replace("\"project\"", "\"no_project\"");
    assert!(
        matches!(answered(&unscoped, true), Err(Fault::WrongCredentials { said }) if said == Some(text::http::NO_PROJECT.into()))
    );
}

//! Answers to a login.

use super::*;
use crate::words::english;

const TENANT: &str = "0123456789abcdef0123456789abcdef";

fn answered(status: u16, body: &str) -> Result<Bearer, Fault> {
    let reply =
        Reply { status, body: body.into(), request_id: None, wait_until: None, location: None, subject_token: None };
    let url = "https://identity.tyo1.conoha.io/v2.0/tokens".parse().unwrap();
    let user = Identity::V2(ApiUser { url, username: "gncu1".to_owned(), tenant: TENANT.to_owned() });
    user.taken(&reply, Timestamp(1_637_420_081_000))
}

#[test]
fn the_recorded_token_ends_when_it_says_and_has_an_empty_catalogue() {
    let bearer = answered(200, include_str!("../../../../tests/recorded/conoha/tokens.json")).unwrap();
    assert_eq!(bearer.ends, Some(Timestamp(1_637_506_481_000)));
    assert!(bearer.catalogue.is_empty() && !format!("{:?}", bearer.token).contains("f00d"));
}

#[rstest::rstest]
#[case(401, r#"{"error":{"message":"Invalid user / password","code":401,"title":"Unauthorized"}}"#, "tenant_id")]
#[case(401, "", "password")]
#[case(403, "<html>", "username")]
#[case(404, r#"{"error":{"message":"Could not find project","code":404,"title":"Not Found"}}"#, "tenant_id")]
#[case(200, r#"{"access":{"token":{"id":"t","expires":"2021-11-21T14:54:41Z"}}}"#, "no tenant")]
#[case(200, r#"{"access":{"token":{"id":"t","tenant":{"id":"other"}}}}"#, "tenant other")]
fn wrong_credentials_say_what_may_be_wrong(#[case] status: u16, #[case] body: &str, #[case] part: &str) {
    let Err(Fault::WrongCredentials { said: Some(said) }) = answered(status, body) else { panic!("another fault") };
    let said = english(&said);
    assert!(said.contains(part), "{said}");
}

#[test]
fn a_path_that_keystone_does_not_know_is_no_wrong_password() {
    let body = r#"{"error":{"message":"The resource could not be found.","code":404,"title":"Not Found"}}"#;
    let Err(Fault::Refused { status: 404, said, .. }) = answered(404, body) else { panic!("another") };
    let said = english(&said);
    assert!(said.starts_with("the address https://identity.tyo1.conoha.io/v2.0/tokens answers 404"), "{said}");
}

#[test]
fn an_address_without_an_identity_service_is_named() {
    let Err(Fault::Refused { status, said, .. }) = answered(404, "<h1>Not Found</h1>") else { panic!("another") };
    assert_eq!(
        (status, english(&said).as_str()),
        (404, "the address https://identity.tyo1.conoha.io/v2.0/tokens answers 404: Not Found")
    );
}

#[rstest::rstest]
#[case(429, "")]
#[case(500, "<html>")]
#[case(302, "")]
#[case(200, "<html>")]
#[case(200, "{}")]
fn other_trouble_does_not_make_the_account_rest(#[case] status: u16, #[case] body: &str) {
    let Err(fault) = answered(status, body) else { panic!("logged in") };
    assert!(!fault.needs_a_person(), "{fault:?}");
}

//! Answers to changes.

use super::*;
use crate::domain::{Hidden, Order, PowerCall, Ref, SecretOf};
use crate::words::english;

fn reply(status: u16, body: &str, location: Option<&str>) -> Reply {
    let location = location.map(str::to_owned);
    Reply { status, body: body.into(), request_id: None, wait_until: None, location, subject_token: None }
}

fn told(call: &Call, reply: &Reply) -> (bool, Option<String>, Option<String>, Vec<Output>, String) {
    let url = "https://compute.tyo1.conoha.io/v2/t/servers".parse().unwrap();
    match replied(call, &url, reply) {
        Answer::Replied { understood, code, said, outputs, body, .. } => {
            (understood, code, said.map(|said| english(&said)), outputs, body)
        }
        other => panic!("{other:?}"),
    }
}

fn save() -> Call {
    Call::TakeSnapshot { instance: "s".into(), name: "x".to_owned() }
}

fn start() -> Call {
    Call::Power { instance: "s".into(), what: PowerCall::Start }
}

fn create() -> Call {
    Order::from_snapshot("web", Ref::Known("i".into()), &"f".into(), &[], None).into()
}

#[rstest::rstest]
#[case(Some("https://compute.tyo1.conoha.io/v2/t/images/abc"), Some("abc"))]
#[case(Some("http://elsewhere:1/images/abc/?x=1"), Some("abc"))]
#[case(Some("/v2/t/images/abc"), Some("abc"))]
#[case(Some(""), None)]
#[case(None, None)]
fn the_id_of_a_new_image_is_the_last_part_of_its_address(#[case] location: Option<&str>, #[case] id: Option<&str>) {
    let (understood, .., outputs, _) = told(&save(), &reply(202, "", location));
    let expected: Vec<Output> = id.map(|id| Output::Snapshot(id.into())).into_iter().collect();
    assert_eq!((understood, outputs), (true, expected));
}

#[test]
fn a_new_server_is_learnt_and_the_password_that_was_chosen_for_it_is_told_once() {
    let body = r#"{"server":{"id":"s9","links":[],"OS-DCF:diskConfig":"MANUAL","adminPass":"Secret-1"}}"#;
    let (understood, code, said, outputs, body) = told(&create(), &reply(202, body, None));
    assert_eq!((understood, code, said), (true, None, None));
    let value = Hidden::new("Secret-1");
    let secret = Output::Secret { of: SecretOf::Password, name: "web".to_owned(), value };
    assert_eq!(outputs, [Output::Instance("s9".into()), secret]);
    assert!(!serde_json::to_string(&outputs).unwrap().contains("Secret-1"), "it is not written down");
    assert!(!format!("{outputs:?}").contains("Secret-1"), "it is not printed");
    assert!(body.contains(r#""adminPass":"***""#), "{body}");
}

#[rstest::rstest]
#[case(202, "", true)]
#[case(202, r#"{"server":{"id":"s"}}"#, true)]
#[case(202, "<html>welcome</html>", false)]
#[case(200, r#"{"x":1}"#, false)]
#[case(409, r#"{"conflictingRequest":{"message":"busy","code":409}}"#, true)]
#[case(403, "<html><body><h1>403 Forbidden</h1></body></html>", true)]
#[case(403, "<html><body><h1>Blocked</h1></body></html>", false)]
#[case(502, "<html>Bad gateway</html>", false)]
#[case(400, "", true)]
fn only_what_the_services_send_is_understood(#[case] status: u16, #[case] body: &str, #[case] expected: bool) {
    assert_eq!(told(&start(), &reply(status, body, None)).0, expected);
}

#[test]
fn a_404_is_about_the_address_only_where_nothing_else_stands_in_it() {
    let gone = reply(404, r#"{"itemNotFound":{"message":"Instance s could not be found.","code":404}}"#, None);
    let (_, code, said, ..) = told(&start(), &gone);
    assert_eq!((code.as_deref(), said.as_deref()), (Some("itemNotFound"), Some("Instance s could not be found.")));
    let (_, _, said, ..) = told(&create(), &reply(404, "<h1>Not Found</h1>", None));
    assert_eq!(said.as_deref(), Some("the address https://compute.tyo1.conoha.io/v2/t/servers answers 404: Not Found"));
}

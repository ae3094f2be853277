//! What answers mean, as a table.

use super::judge::judge;
use crate::domain::{Answer, Call, NewKey, Phrase, PowerCall, Ref, Timestamp, Verdict};
use crate::provider::indigo::wire::Ack;

fn power(what: PowerCall) -> Call {
    Call::Power { instance: "1".into(), what }
}
fn start() -> Call {
    power(PowerCall::Start)
}
fn stop() -> Call {
    power(PowerCall::Stop)
}
fn destroy() -> Call {
    Call::Destroy { instance: "1".into() }
}
fn take() -> Call {
    Call::TakeSnapshot { instance: "1".into(), name: "n".into() }
}
fn delete() -> Call {
    Call::DeleteSnapshot { snapshot: Ref::Known("2".into()), of: Some("1".into()) }
}
fn restore() -> Call {
    Call::Restore { instance: "1".into(), snapshot: Ref::Known("2".into()) }
}
fn assign() -> Call {
    Call::AssignFirewall { firewall: "3".into(), instance: "1".into() }
}
fn drop_firewall() -> Call {
    Call::DeleteFirewall { firewall: "3".into() }
}

fn add_key() -> Call {
    Call::AddKey { key: NewKey { name: "n".into(), public: "ssh-rsa AAAA".into() } }
}
fn change_key() -> Call {
    Call::ChangeKey { id: "4".into(), key: NewKey { name: "n".into(), public: "ssh-rsa AAAA".into() }, active: false }
}
fn delete_key() -> Call {
    Call::DeleteKey { id: "4".into() }
}

fn replied(status: u16, body: &str) -> Answer {
    let ack = Ack::parse(body);
    Answer::Replied {
        status,
        code: ack.as_ref().and_then(Ack::code),
        said: ack.as_ref().and_then(Ack::said).map(Phrase::from),
        request_id: Some("r".into()),
        body: body.to_owned(),
        understood: ack.is_some(),
        outputs: Vec::new(),
        wait_until: None,
    }
}

/// The verdict in one word, with the key of its phrase.
fn word(verdict: &Verdict) -> String {
    match verdict {
        Verdict::TookEffect => "took effect".into(),
        Verdict::TookEffectIfGone => "if gone".into(),
        Verdict::NoEffect { why, .. } => format!("again: {}", why.text.short()),
        Verdict::Refused(explained) => {
            let meaning = explained.meaning.as_ref().map(|m| m.text.short());
            format!("refused: {}", meaning.as_deref().unwrap_or("-"))
        }
        Verdict::Unknown => "unknown".into(),
    }
}

const STARTED: &str = include_str!("../../../../tests/recorded/indigo/statusupdate_start.json");
const STOPS: &str = include_str!("../../../../tests/recorded/indigo/statusupdate_stop.json");
const DESTROYED: &str = include_str!("../../../../tests/recorded/indigo/statusupdate_destroy.json");
const RUNS: &str = include_str!("../../../../tests/recorded/indigo/statusupdate_destroy_running.json");
const IN_USE: &str = include_str!("../../../../tests/recorded/indigo/deletefirewall_in_use.json");
const RESTORE_RUNS: &str = include_str!("../../../../tests/recorded/indigo/restoresnapshot_running.json");
const QUOTA: &str = include_str!("../../../../tests/recorded/indigo/quota_429.json");
const KEY_ADDED: &str =
    r#"{"success":true,"message":"SSH key has been added successfully","sshKey":{"name":"n","id":40277}}"#;
const KEY_CHANGED: &str = r#"{"success":true,"message":"SSH key has been updated successfully "}"#;
const BAD_KEY: &str = r#"{"success":false,"errorMessage":"Invalid SSH key.","errorCode":"I10034"}"#;
const OFF: &str = r#"{"success":true,"message":"Instance has stopped successfully ","sucessCode":"I20009"}"#;
const IS_ON: &str = r#"{"success":false,"errorMessage":"This instance is already running.","errorCode":"I10016"}"#;
const IS_OFF: &str = r#"{"success":false,"errorMessage":"This instance is already stopped.","errorCode":"I10017"}"#;
const IS_GONE: &str = r#"{"success":false,"errorMessage":"?","errorCode":"I10018"}"#;
const LICENCE: &str = r#"{"success":false,"errorMessage":"License Failed To Update.","errorCode":"I10037"}"#;
const NEW: &str = r#"{"success":false,"errorMessage":"Something new","errorCode":"I19999"}"#;
const NO_CODE: &str = r#"{"success":false,"errorMessage":"No."}"#;
const BEGUN: &str = r#"{"success":false,"message":"Begun","sucessCode":"I10099"}"#;
const SPIKE: &str =
    r#"{"fault":{"faultstring":"Spike arrest","detail":{"errorcode":"policies.ratelimit.SpikeArrestViolation"}}}"#;

#[rstest::rstest]
// What was recorded.
#[case(start(), 200, STARTED, "took effect")]
#[case(stop(), 200, STOPS, "took effect")]
#[case(power(PowerCall::ForceStop), 200, OFF, "took effect")]
#[case(stop(), 200, OFF, "took effect")]
#[case(destroy(), 200, DESTROYED, "took effect")]
#[case(destroy(), 400, RUNS, "refused: still-runs")]
#[case(destroy(), 200, RUNS, "refused: still-runs")]
#[case(restore(), 400, RESTORE_RUNS, "refused: restore-while-running")]
#[case(drop_firewall(), 400, IN_USE, "refused: firewall-on-machine")]
#[case(take(), 200, r#"{"STATUS":0}"#, "took effect")]
#[case(restore(), 200, r#"{"STATUS":0}"#, "took effect")]
#[case(take(), 200, r#"{"STATUS":7}"#, "refused: -")]
#[case(add_key(), 201, KEY_ADDED, "took effect")]
#[case(change_key(), 200, KEY_CHANGED, "took effect")]
#[case(add_key(), 400, BAD_KEY, "refused: key-kind")]
#[case(change_key(), 400, BAD_KEY, "refused: key-kind")]
// A key of the API that was made without its secret being told; and nothing about it is ever sent again by itself.
#[case(Call::CreateApiKey {}, 201, KEY_CHANGED, "unknown")]
#[case(Call::CreateApiKey {}, 409, NO_CODE, "refused: -")]
#[case(Call::CreateApiKey {}, 500, "", "unknown")]
#[case(add_key(), 409, NO_CODE, "refused: -")]
#[case(delete_key(), 404, NO_CODE, "if gone")]
// Already so, for this very command only.
#[case(start(), 400, IS_ON, "took effect")]
#[case(stop(), 400, IS_ON, "refused: runs-already")]
#[case(stop(), 400, IS_OFF, "took effect")]
#[case(power(PowerCall::ForceStop), 400, IS_OFF, "took effect")]
#[case(power(PowerCall::Reboot), 400, IS_OFF, "refused: off-already")]
#[case(destroy(), 400, IS_GONE, "if gone")]
#[case(destroy(), 404, "", "if gone")]
#[case(delete(), 404, "<html>", "if gone")]
#[case(start(), 404, NO_CODE, "refused: -")]
#[case(start(), 404, "<html>", "unknown")]
// Proven to have had no effect.
#[case(start(), 429, QUOTA, "again: too-much")]
#[case(destroy(), 429, "", "again: too-much")]
#[case(take(), 500, SPIKE, "again: too-much")]
#[case(take(), 409, NO_CODE, "again: busy")]
#[case(start(), 400, NEW, "again: prepares")]
#[case(start(), 400, NO_CODE, "again: prepares")]
#[case(assign(), 400, NEW, "again: prepares")]
#[case(start(), 400, LICENCE, "refused: licence")]
#[case(stop(), 400, NEW, "refused: -")]
#[case(take(), 401, "", "refused: token-key")]
#[case(take(), 403, NO_CODE, "refused: -")]
// Whatever is not clear may have taken effect.
#[case(power(PowerCall::Reboot), 200, BEGUN, "unknown")]
#[case(start(), 200, "", "unknown")]
#[case(start(), 200, "<html>ok</html>", "unknown")]
#[case(start(), 200, NO_CODE, "refused: -")]
#[case(start(), 302, "", "unknown")]
#[case(start(), 403, "<html>", "unknown")]
#[case(start(), 408, NO_CODE, "unknown")]
#[case(destroy(), 500, "", "unknown")]
#[case(destroy(), 502, NO_CODE, "unknown")]
fn an_answer_is_judged_by_code_then_success_then_status(
    #[case] call: Call,
    #[case] status: u16,
    #[case] body: &str,
    #[case] expected: &str,
) {
    assert_eq!(word(&judge(&call, &replied(status, body))), expected);
}

#[test]
fn words_alone_never_decide() {
    let misleading = r#"{"success":true,"message":"This instance is already running. Out of stock."}"#;
    assert_eq!(judge(&take(), &replied(200, misleading)), Verdict::TookEffect);
}

#[test]
fn a_refusal_keeps_the_providers_words_its_code_and_the_request_id() {
    let Verdict::Refused(explained) = judge(&stop(), &replied(400, NEW)) else { panic!("not refused") };
    assert_eq!((&explained.said, explained.code.as_deref()), (&"Something new".into(), Some("I19999")));
    assert_eq!(explained.request_id.as_deref(), Some("r"));
}

#[test]
fn what_was_never_sent_had_no_effect_and_what_was_lost_may_have() {
    let said = || Phrase::from("x");
    let at = Timestamp(7);
    let cases = [
        (Answer::NotConnected { said: said() }, "again: not-connected"),
        (Answer::OverBudget { until: at }, "again: budget"),
        (Answer::NotJournalled { said: said() }, "refused: not-sent"),
        (Answer::NotAuthorised { said: said() }, "refused: not-logged-in"),
        (Answer::Lost { said: said() }, "unknown"),
    ];
    for (answer, expected) in cases {
        assert_eq!(word(&judge(&destroy(), &answer)), expected);
    }
    let verdict = judge(&start(), &Answer::OverBudget { until: at });
    assert!(matches!(verdict, Verdict::NoEffect { not_before: Some(Timestamp(7)), .. }));
}

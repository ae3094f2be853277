//! What answers mean, as a table.

use super::judge::judge;
use crate::domain::{Answer, Call, Direction, Order, Phrase, PowerCall, Ref, Rule, Timestamp, Verdict};
use crate::provider::conoha_v2::DIALECT;

fn judged(call: &Call, answer: &Answer) -> Verdict {
    judge(call, answer, &DIALECT)
}

fn start() -> Call {
    Call::Power { instance: "1".into(), what: PowerCall::Start }
}
fn destroy() -> Call {
    Call::Destroy { instance: "1".into() }
}
fn take() -> Call {
    Call::TakeSnapshot { instance: "1".into(), name: "n".into() }
}
fn delete() -> Call {
    Call::DeleteSnapshot { snapshot: Ref::Known("2".into()), of: None }
}
fn rebuild() -> Call {
    Call::Restore { instance: "1".into(), snapshot: Ref::Known("2".into()) }
}
fn create() -> Call {
    Order::from_snapshot("n", Ref::Known("2".into()), &"p".into(), &[], None).into()
}
fn assign() -> Call {
    Call::AssignFirewall { firewall: "3".into(), instance: "1".into() }
}
fn remove_rule() -> Call {
    let [preset, protocol, ports, source] = ["", "tcp", "22", ""].map(str::to_owned);
    let rule = Rule { direction: Direction::In, preset, protocol, ports, source };
    Call::RemoveRule { firewall: Ref::Known("3".into()), rule, id: Some("4".into()) }
}
fn drop_firewall() -> Call {
    Call::DeleteFirewall { firewall: "3".into() }
}

const NOTHING: &str = "";
const FAULT: &str = "badRequest";

/// An answer; `said` is the provider's word in a body of a known shape, or `html`.
fn replied(status: u16, said: &str) -> Answer {
    Answer::Replied {
        status,
        code: (said == FAULT).then(|| said.to_owned()),
        said: (!said.is_empty()).then(|| said.into()),
        request_id: Some("r".into()),
        body: said.to_owned(),
        understood: said != "html",
        outputs: Vec::new(),
        wait_until: (status == 429).then_some(Timestamp(7)),
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

#[rstest::rstest]
// Accepted; the wait after it looks whether it is done.
#[case(start(), 202, NOTHING, "took effect")]
#[case(take(), 202, NOTHING, "took effect")]
#[case(rebuild(), 202, "json", "took effect")]
#[case(create(), 202, "json", "took effect")]
#[case(assign(), 200, "json", "took effect")]
#[case(destroy(), 204, NOTHING, "took effect")]
#[case(delete(), 204, NOTHING, "took effect")]
#[case(assign(), 200, "html", "unknown")]
#[case(create(), 202, "html", "unknown")]
// Gone already, or never there.
#[case(destroy(), 404, FAULT, "if gone")]
#[case(delete(), 404, "html", "if gone")]
#[case(remove_rule(), 404, FAULT, "if gone")]
#[case(remove_rule(), 404, "html", "unknown")]
#[case(start(), 404, FAULT, "refused: gone")]
#[case(create(), 404, "html", "refused: gone")]
// Proven to have had no effect.
#[case(start(), 409, FAULT, "again: busy")]
#[case(destroy(), 409, FAULT, "again: busy")]
#[case(rebuild(), 409, "html", "again: busy")]
#[case(take(), 413, FAULT, "again: too-much")]
#[case(assign(), 429, "html", "again: too-much")]
// A conflict that does not pass, and what is never sent twice.
#[case(create(), 409, FAULT, "refused: -")]
#[case(drop_firewall(), 409, FAULT, "refused: firewall-on-instance")]
// Refused.
#[case(take(), 400, "flat", "refused: save")]
#[case(take(), 400, FAULT, "refused: save")]
#[case(rebuild(), 400, FAULT, "refused: rebuild")]
#[case(create(), 400, FAULT, "refused: create")]
#[case(start(), 400, FAULT, "refused: -")]
#[case(start(), 401, FAULT, "refused: token-user")]
#[case(start(), 401, "html", "refused: token-user")]
#[case(delete(), 403, "html", "refused: image-protected")]
#[case(destroy(), 403, "html", "refused: -")]
#[case(start(), 405, FAULT, "refused: -")]
// Whatever is not clear may have taken effect.
#[case(start(), 400, "html", "unknown")]
#[case(start(), 408, FAULT, "unknown")]
#[case(create(), 302, NOTHING, "unknown")]
#[case(create(), 500, FAULT, "unknown")]
#[case(destroy(), 502, "html", "unknown")]
#[case(start(), 503, NOTHING, "unknown")]
fn an_answer_is_judged_by_its_status(
    #[case] call: Call,
    #[case] status: u16,
    #[case] said: &str,
    #[case] expected: &str,
) {
    assert_eq!(word(&judged(&call, &replied(status, said))), expected);
}

#[test]
fn words_alone_never_decide() {
    let misleading = "Cannot 'start' instance 1 while it is in vm_state active. 404 Not Found";
    assert_eq!(judged(&start(), &replied(202, misleading)), Verdict::TookEffect);
    assert_eq!(word(&judged(&start(), &replied(400, misleading))), "refused: -");
}

#[test]
fn a_refusal_keeps_the_providers_words_its_code_and_the_request_id() {
    let Verdict::Refused(explained) = judged(&create(), &replied(400, FAULT)) else { panic!("not refused") };
    assert_eq!((&explained.said, explained.code.as_deref()), (&FAULT.into(), Some(FAULT)));
    assert_eq!(explained.request_id.as_deref(), Some("r"));
    let Verdict::Refused(explained) = judged(&create(), &replied(403, NOTHING)) else { panic!("not refused") };
    assert_eq!(explained.said, "HTTP 403".into());
}

#[test]
fn the_providers_own_moment_is_kept() {
    let verdict = judged(&start(), &replied(429, FAULT));
    assert!(matches!(verdict, Verdict::NoEffect { not_before: Some(Timestamp(7)), .. }));
}

#[test]
fn what_was_never_sent_had_no_effect_and_what_was_lost_may_have() {
    let said = || Phrase::from("x");
    let cases = [
        (Answer::NotConnected { said: said() }, "again: not-connected"),
        (Answer::OverBudget { until: Timestamp(7) }, "again: budget"),
        (Answer::NotJournalled { said: said() }, "refused: not-sent"),
        (Answer::NotAuthorised { said: said() }, "refused: not-logged-in"),
        (Answer::Lost { said: said() }, "unknown"),
    ];
    for (answer, expected) in cases {
        assert_eq!(word(&judged(&create(), &answer)), expected);
    }
}

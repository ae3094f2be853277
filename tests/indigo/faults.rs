//! Whatever goes wrong: what had no effect is never taken for done, what may have had one never for nothing.

use rstest::rstest;
use vpsdeck::domain::{Collection, Fault as Why, InstanceStatus, ListKey, PowerCall, Verdict};
use vpsdeck::sim::{Fault, FaultKind};

use super::account::{WORLD, account, of, power};

const OFF: &str = "700002";

#[rstest]
#[case(FaultKind::LostAnswer, "unknown", 1)]
#[case(FaultKind::LostRequest, "unknown", 0)]
#[case(FaultKind::TruncatedBody, "unknown", 1)]
#[case(FaultKind::EmptyBody, "unknown", 1)]
#[case(FaultKind::HtmlOk, "unknown", 0)]
#[case(FaultKind::HtmlError { status: 502 }, "unknown", 0)]
#[case(FaultKind::HtmlError { status: 403 }, "unknown", 0)]
#[case(FaultKind::ServerError { status: 503 }, "unknown", 0)]
#[case(FaultKind::Redirect, "unknown", 0)]
#[case(FaultKind::Unreachable, "unknown", 0)]
#[case(FaultKind::Quota, "no effect", 0)]
#[case(FaultKind::Spike, "no effect", 0)]
#[case(FaultKind::ExpiredToken, "took effect", 1)]
#[case(FaultKind::Unauthorized, "took effect", 1)]
#[case(FaultKind::Drip { pause_ms: 1 }, "took effect", 1)]
#[tokio::test]
async fn a_start_that_runs_into_a_fault(#[case] kind: FaultKind, #[case] expected: &str, #[case] effects: usize) {
    let account = account().await;
    account.api.log_in().await.unwrap();
    account.sim.add_fault(Fault::new(kind).on("POST", "statusupdate").times(1));
    let verdict = account.judged(&power(OFF, PowerCall::Start)).await;
    let told = match verdict {
        Verdict::TookEffect => "took effect",
        Verdict::NoEffect { .. } => "no effect",
        Verdict::Unknown => "unknown",
        other => panic!("{other:?}"),
    };
    assert_eq!((told, account.effects().len()), (expected, effects), "{kind:?}");
}

#[tokio::test]
async fn a_401_that_stays_is_a_refusal_and_costs_one_login() {
    let account = account().await;
    account.sim.add_fault(Fault::new(FaultKind::Unauthorized).on("POST", "statusupdate"));
    for _ in 0..3 {
        let verdict = account.judged(&power(OFF, PowerCall::Start)).await;
        assert!(matches!(verdict, Verdict::Refused(_)), "{verdict:?}");
    }
    let logins = account.sim.requests().iter().filter(|r| r.path.ends_with("/accesstokens")).count();
    assert_eq!((logins, account.effects().len()), (2, 0));
}

#[tokio::test]
async fn a_shut_port_is_proven_to_have_had_no_effect() {
    let account = account().await;
    account.api.log_in().await.unwrap();
    account.sim.set_reachable(false);
    // The connection that stands may be cut in the middle of the first request.
    let _ = account.read(ListKey::Instances).await;
    let verdict = account.judged(&power(OFF, PowerCall::Start)).await;
    assert!(matches!(verdict, Verdict::NoEffect { .. }), "{verdict:?}");
    let fault = account.read(ListKey::Instances).await.unwrap_err();
    assert!(matches!(fault, Why::Unreachable { .. }), "{fault:?}");
    account.sim.set_reachable(true);
    let again = async {
        while account.read(ListKey::Instances).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), again).await.expect("the port is open again");
}

#[rstest]
#[case(FaultKind::LostAnswer, "broken off")]
#[case(FaultKind::TruncatedBody, "broken off")]
#[case(FaultKind::HtmlOk, "not understood")]
#[case(FaultKind::EmptyBody, "not understood")]
#[case(FaultKind::HugeBody { mebibytes: 33 }, "not understood")]
#[case(FaultKind::HtmlError { status: 502 }, "refused 502")]
#[case(FaultKind::ServerError { status: 500 }, "refused 500")]
#[case(FaultKind::Redirect, "refused 302")]
#[case(FaultKind::Quota, "quota")]
#[tokio::test]
async fn a_list_that_runs_into_a_fault(#[case] kind: FaultKind, #[case] expected: &str) {
    let account = account().await;
    account.api.log_in().await.unwrap();
    account.sim.add_fault(Fault::new(kind).on("GET", "getinstancelist").times(1));
    let told = match account.read(ListKey::Instances).await.unwrap_err() {
        Why::BrokenOff { .. } => "broken off".to_owned(),
        Why::NotUnderstood { .. } => "not understood".to_owned(),
        Why::Refused { status, .. } => format!("refused {status}"),
        Why::Quota { .. } => "quota".to_owned(),
        other => format!("{other:?}"),
    };
    assert_eq!(told, expected);
}

#[tokio::test]
async fn one_broken_record_never_loses_the_list() {
    let account = account().await;
    account.sim.add_fault(Fault::new(FaultKind::BrokenRecord).on("GET", "getinstancelist").times(1));
    let reading = account.read(ListKey::Instances).await.unwrap();
    assert_eq!(reading.malformed.as_ref().map(|(count, _)| *count), Some(1));
    let Collection::Instances(rows) = reading.collection else { panic!() };
    assert_eq!(rows.len(), 4);
    let InstanceStatus::Unknown(word) = &rows[0].status else { panic!("{:?}", rows[0].status) };
    assert!(word.starts_with("not understood: "), "{word}");
    assert!(rows[0].raw.text().is_some_and(|raw| !raw.is_empty()));
}

#[tokio::test]
async fn a_wrong_secret_is_tried_once_until_a_person_asks() {
    let account = of(&WORLD.replace("quota = 0", "quota = 0\nconfigured_secret = \"wrong\"")).await;
    for _ in 0..3 {
        let fault = account.read(ListKey::Instances).await.unwrap_err();
        assert!(matches!(fault, Why::WrongCredentials { .. }), "{fault:?}");
        let verdict = account.judged(&power(OFF, PowerCall::Start)).await;
        assert!(matches!(verdict, Verdict::Refused(_)), "{verdict:?}");
    }
    assert_eq!(account.sim.requests().len(), 1);
    account.api.try_again();
    assert!(account.api.log_in().await.is_err());
    assert_eq!(account.sim.requests().len(), 2);
}

#[tokio::test]
async fn a_token_with_a_short_life_is_used_until_its_end() {
    let account = of(&format!("{WORLD}\n[durations]\ntoken = 59.0\n")).await;
    let logins = || account.sim.requests().iter().filter(|request| request.path.ends_with("/accesstokens")).count();
    for _ in 0..3 {
        account.instances().await;
    }
    assert!(account.sim.requests().iter().all(|r| r.status != Some(401)), "{:?}", account.sim.requests());
    assert_eq!(logins(), 1);
    account.pass(60);
    account.instances().await;
    assert_eq!(logins(), 2);
}

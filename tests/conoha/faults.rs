//! Whatever goes wrong: what had no effect is never taken for done, what may have had one never for nothing.

use rstest::rstest;
use vpsdeck::domain::{Collection, Fault as Why, InstanceStatus, ListKey, PowerCall, Verdict};
use vpsdeck::sim::{Fault, FaultKind};

use super::account::{account, power, quirky};

#[rstest]
#[case(FaultKind::LostAnswer, "unknown", 1)]
#[case(FaultKind::LostRequest, "unknown", 0)]
#[case(FaultKind::HtmlOk, "unknown", 0)]
#[case(FaultKind::HtmlError { status: 502 }, "unknown", 0)]
#[case(FaultKind::ServerError { status: 503 }, "unknown", 0)]
#[case(FaultKind::Redirect, "unknown", 0)]
#[case(FaultKind::Quota, "no effect", 0)]
#[case(FaultKind::Spike, "no effect", 0)]
#[case(FaultKind::ExpiredToken, "took effect", 1)]
#[case(FaultKind::Unauthorized, "took effect", 1)]
#[tokio::test]
async fn a_start_that_runs_into_a_fault(#[case] kind: FaultKind, #[case] expected: &str, #[case] effects: usize) {
    let account = account().await;
    let db = account.id("db").await;
    account.sim.add_fault(Fault::new(kind).on("POST", "/action").times(1));
    let told = match account.judged(&power(&db, PowerCall::Start)).await {
        Verdict::TookEffect => "took effect",
        Verdict::NoEffect { .. } => "no effect",
        Verdict::Unknown => "unknown",
        other => panic!("{other:?}"),
    };
    assert_eq!((told, account.effects().len()), (expected, effects), "{kind:?}");
}

#[rstest]
#[case(FaultKind::LostAnswer, "broken off")]
#[case(FaultKind::TruncatedBody, "broken off")]
#[case(FaultKind::HtmlOk, "not understood")]
#[case(FaultKind::EmptyBody, "not understood")]
#[case(FaultKind::HtmlError { status: 502 }, "refused 502")]
#[case(FaultKind::ServerError { status: 500 }, "refused 500")]
#[case(FaultKind::Redirect, "refused 302")]
#[case(FaultKind::Quota, "quota")]
#[tokio::test]
async fn a_list_that_runs_into_a_fault(#[case] kind: FaultKind, #[case] expected: &str) {
    let account = account().await;
    account.api.log_in().await.unwrap();
    account.sim.add_fault(Fault::new(kind).on("GET", "/servers/detail").times(1));
    let told = match account.read(ListKey::Instances).await.unwrap_err() {
        Why::BrokenOff { .. } => "broken off".to_owned(),
        Why::NotUnderstood { .. } => "not understood".to_owned(),
        Why::Quota { .. } => "quota".to_owned(),
        Why::Refused { status, .. } => format!("refused {status}"),
        other => panic!("{other:?}"),
    };
    assert_eq!(told, expected, "{kind:?}");
    if kind != FaultKind::Quota {
        assert_eq!(account.instances().await.len(), 3, "the next one is read");
    }
}

#[tokio::test]
async fn too_much_is_too_much_in_both_statuses() {
    let account = quirky(|quirks| quirks.over_limit = 413).await;
    account.api.log_in().await.unwrap();
    account.sim.add_fault(Fault::new(FaultKind::Quota).on("GET", "/servers/detail").times(1));
    assert!(matches!(account.read(ListKey::Instances).await, Err(Why::Quota { .. })));
}

#[tokio::test]
async fn a_page_in_the_place_of_one_server_does_not_say_that_it_is_gone() {
    let account = account().await;
    let web = account.id("web-01").await;
    account.sim.add_fault(Fault::new(FaultKind::HtmlError { status: 404 }).on("GET", web.as_str()).times(1));
    let fault = account.read(ListKey::Instance(web)).await.unwrap_err();
    assert!(matches!(fault, Why::Refused { status: 404, .. }), "{fault:?}");
}

#[tokio::test]
async fn one_broken_record_leaves_the_others_alone() {
    let account = account().await;
    account.api.log_in().await.unwrap();
    account.sim.add_fault(Fault::new(FaultKind::BrokenRecord).on("GET", "/servers/detail").times(1));
    let reading = account.read(ListKey::Instances).await.unwrap();
    let Collection::Instances(rows) = reading.collection else { panic!() };
    assert_eq!((rows.len(), reading.malformed.map(|(many, _)| many)), (3, Some(1)));
    assert!(rows.iter().filter(|i| matches!(i.status, InstanceStatus::Unknown(_))).count() == 1);
}

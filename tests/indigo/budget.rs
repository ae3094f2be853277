//! The guard of the budget against the provider's own count.

use vpsdeck::domain::{Fault, Limit, ListKey};

use super::account::{WORLD, of, open};

const SIX: Option<Limit> = Some(Limit { per_minute: 6, spacing_ms: 0 });

#[tokio::test]
async fn the_seventh_request_of_a_minute_is_held_back_and_the_provider_never_says_no() {
    let account = of(&WORLD.replace("quota = 0", "quota = 6")).await;
    let api = open(&account.sim, SIX, None);
    for _ in 0..5 {
        api.read(&ListKey::Instances, None).await.unwrap();
    }
    let fault = api.read(&ListKey::Instances, None).await.unwrap_err();
    assert!(matches!(fault, Fault::OverBudget { .. }), "{fault:?}");
    let requests = account.sim.requests();
    assert_eq!(requests.len(), 6, "the login counts too");
    assert!(requests.iter().all(|r| r.status != Some(429)));
}

#[tokio::test]
async fn two_processes_share_the_allowance_through_the_state_folder() {
    let folder = tempfile::tempdir().unwrap();
    let account = of(&WORLD.replace("quota = 0", "quota = 6")).await;
    let one = open(&account.sim, SIX, Some(folder.path().to_owned()));
    let other = open(&account.sim, SIX, Some(folder.path().to_owned()));
    let mut held = 0;
    for _ in 0..4 {
        for api in [&one, &other] {
            if let Err(fault) = api.read(&ListKey::Instances, None).await {
                assert!(matches!(fault, Fault::OverBudget { .. }), "{fault:?}");
                held += 1;
            }
        }
    }
    let requests = account.sim.requests();
    assert_eq!((requests.len(), held), (6, 4), "two logins and four lists");
    assert!(requests.iter().all(|r| r.status != Some(429)));
}

#[tokio::test]
async fn headers_of_a_refusal_set_the_budget() {
    let account = of(&WORLD.replace("quota = 0", "quota = 2").replace("\"never\"", "\"on_refusal\"")).await;
    let api = open(&account.sim, None, None);
    api.read(&ListKey::Instances, None).await.unwrap();
    let Fault::Quota { until: Some(until) } = api.read(&ListKey::Instances, None).await.unwrap_err() else { panic!() };
    let fault = api.read(&ListKey::Instances, None).await.unwrap_err();
    assert_eq!(fault, Fault::OverBudget { until });
    assert_eq!(account.sim.requests().len(), 3);
}

//! Lists of more pages than may be asked for at once.

use vpsdeck::domain::{Cut, Fault, ListKey};
use vpsdeck::sim::quirks::PageLinks;
use vpsdeck::sim::{Fault as Bad, FaultKind};

use super::account::{open, setup};
use super::pages::paged;

#[tokio::test]
async fn a_list_longer_than_the_budget_goes_on_where_it_was_held_back() {
    let account = paged(7, PageLinks::Next).await;
    let mut setup = setup(&account.sim, &[]);
    setup.limit = Some(vpsdeck::domain::Limit { per_minute: 6, spacing_ms: 0 });
    let secret = vpsdeck::provider::SecretAtHand(account.sim.accounts()[0].secret.clone().into());
    let tight = vpsdeck::provider::open(setup, std::sync::Arc::new(secret)).unwrap();
    for _ in 0..3 {
        let held = tight.read(&ListKey::Images, None).await;
        assert!(matches!(held, Err(Fault::OverBudget { .. })), "{held:?}");
    }
    assert_eq!(account.requests("GET", "images/detail"), 5, "a login and five pages, none of them twice");
}

#[tokio::test]
async fn where_the_provider_wants_no_more_requests_a_list_is_cut_and_what_was_known_of_it_stays() {
    let account = paged(7, PageLinks::Next).await;
    let known = account.read(ListKey::Images).await.unwrap().collection;
    let again = open(&account.sim, &[], None);
    account.sim.add_fault(Bad::new(FaultKind::Quota).on("GET", "images/detail").after_passing(4));
    let reading = again.read(&ListKey::Images, None).await.unwrap();
    assert_eq!((reading.cut, reading.collection.len()), (Some(Cut::Budget), 28));
    account.sim.clear_faults();
    account.sim.add_fault(Bad::new(FaultKind::Quota).on("GET", "images/detail").after_passing(4));
    // Another process: this one heard that it is to wait.
    let again = open(&account.sim, &[], None);
    let reading = again.read(&ListKey::Images, Some(std::sync::Arc::new(known.clone()))).await.unwrap();
    assert_eq!((reading.cut, reading.collection.len()), (Some(Cut::Budget), known.len()));
}

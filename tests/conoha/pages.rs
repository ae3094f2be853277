//! Lists in pages: of whatever length they are, and however they say that they go on, all of them is read.

use std::sync::Arc;

use rstest::rstest;
use vpsdeck::domain::{Collection, Cut, Fault, ListKey};
use vpsdeck::sim::quirks::PageLinks;
use vpsdeck::sim::{Fault as Bad, FaultKind};

use super::account::{Account, quirky};

const LISTS: [ListKey; 6] = [
    ListKey::Instances,
    ListKey::Snapshots(None),
    ListKey::Images,
    ListKey::Plans(None),
    ListKey::Keys,
    ListKey::Firewalls,
];

pub(crate) async fn paged(page: usize, links: PageLinks) -> Account {
    quirky(|quirks| (quirks.page, quirks.page_links) = (page, links)).await
}

async fn lengths(account: &Account) -> Vec<(usize, Option<Cut>)> {
    let mut all = Vec::new();
    for list in LISTS {
        let reading = account.read(list).await.unwrap();
        all.push((reading.collection.len(), reading.cut));
    }
    all
}

#[rstest]
#[tokio::test]
async fn every_list_is_read_to_its_end(
    #[values(3, 20)] page: usize,
    #[values(PageLinks::Next, PageLinks::Absent, PageLinks::Foreign)] links: PageLinks,
) {
    let whole = lengths(&paged(0, PageLinks::Next).await).await;
    assert!(whole.iter().all(|(records, cut)| *records > 0 && cut.is_none()), "{whole:?}");
    let account = paged(page, links).await;
    assert_eq!(lengths(&account).await, whole);
    // Of a firewall it is known on which servers it is, from ports in pages.
    let on = account.firewall("web").await.on.clone().unwrap();
    assert!(on.contains(&account.id("web-01").await), "{on:?}");
}

#[tokio::test]
async fn the_first_page_of_servers_is_there_before_the_next_is_asked_for() {
    let account = paged(1, PageLinks::Next).await;
    let first = account.api.read(&ListKey::Instances, None).await.unwrap();
    assert_eq!((first.collection.len(), first.cut), (1, Some(Cut::Rest)));
    assert_eq!(account.requests("GET", "servers/detail"), 1);
    let whole = account.api.read(&ListKey::Instances, Some(Arc::new(first.collection.clone()))).await.unwrap();
    assert_eq!(whole.cut, None);
    let (Collection::Instances(first), Collection::Instances(all)) = (&first.collection, &whole.collection) else {
        panic!()
    };
    assert!(all.len() > 2 && Arc::ptr_eq(&first[0], &all[0]), "what was shown stays where it was");
    assert_eq!(account.requests("GET", "servers/detail"), all.len(), "no page is asked for twice");
    // Once there is a list, nobody is shown a part of it.
    let again = account.api.read(&ListKey::Instances, Some(Arc::new(whole.collection.clone()))).await.unwrap();
    assert_eq!((again.collection.len(), again.cut), (all.len(), None));
}

#[tokio::test]
async fn links_in_a_circle_end_and_the_list_says_so() {
    let account = paged(2, PageLinks::Circle).await;
    let reading = account.read(ListKey::Instances).await.unwrap();
    assert_eq!((reading.collection.len(), reading.cut), (account.instances().await.len(), Some(Cut::Circle)));
    let firewall = account.firewall("web").await;
    assert_eq!(firewall.on, None, "more ports may be there");
}

#[tokio::test]
async fn what_was_whole_costs_one_request_from_then_on() {
    let account = paged(0, PageLinks::Absent).await;
    for asked in [2, 3, 4] {
        account.instances().await;
        assert_eq!(account.requests("GET", "servers/detail"), asked);
    }
}

#[tokio::test]
async fn a_service_that_refuses_a_marker_has_sent_all_there_is() {
    let account = paged(0, PageLinks::Absent).await;
    let refusal = Bad::new(FaultKind::Refusal { status: 400 }).saying("Unknown parameter marker.");
    account.sim.add_fault(refusal.on("GET", "servers/detail").after_passing(1).times(1));
    let reading = account.read(ListKey::Instances).await.unwrap();
    assert_eq!((reading.collection.len(), reading.cut), (account.instances().await.len(), None));
    assert_eq!(account.requests("GET", "servers/detail"), 3, "it is not asked that again");
}

#[tokio::test]
async fn a_page_that_was_promised_and_fails_fails_the_list() {
    let account = paged(2, PageLinks::Next).await;
    account.sim.add_fault(Bad::new(FaultKind::HtmlError { status: 502 }).on("GET", "servers/detail").after_passing(1));
    let fault = account.read(ListKey::Instances).await.unwrap_err();
    assert!(matches!(fault, Fault::Refused { status: 502, .. }), "{fault:?}");
}

#[tokio::test]
async fn a_firewall_goes_on_a_server_with_ports_in_pages() {
    let account = paged(1, PageLinks::Absent).await;
    let db = account.id("db").await;
    account.carry_out(&account.place("web", "db", true).await).await.unwrap();
    assert!(account.firewall("web").await.on.as_ref().unwrap().contains(&db));
}

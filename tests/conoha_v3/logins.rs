//! Who we are: by name or by id, and what is said where one of them is wrong.

use rstest::rstest;
use vpsdeck::domain::{Fault as Why, ListKey};
use vpsdeck::sim::quirks::CatalogueShape;
use vpsdeck::words::english;

use super::account::{account, open, quirky};

#[rstest]
#[case(&[])]
#[case(&[("tenant_id", ""), ("tenant_name", "conoha")])]
#[case(&[("user_domain", "gnc")])]
#[case(&[("user_domain_id", "default")])]
#[tokio::test]
async fn user_and_tenant_are_named_as_the_documents_and_as_clients_have_it(#[case] other: &[(&str, &str)]) {
    let mut account = account().await;
    account.api = open(&account.sim, other, None);
    assert_eq!(account.instances().await.len(), 3);
}

#[rstest]
#[case(&[("username", "gncu9")], None)]
#[case(&[], Some("Wrong-password-1"))]
#[case(&[("tenant_id", "ffffffffffffffffffffffffffffffff")], None)]
#[case(&[("user_domain", "elsewhere")], None)]
#[tokio::test]
async fn a_wrong_login_makes_the_account_rest(#[case] other: &[(&str, &str)], #[case] password: Option<&str>) {
    let mut account = account().await;
    account.api = open(&account.sim, other, password);
    for _ in 0..3 {
        let Err(Why::WrongCredentials { said }) = account.read(ListKey::Instances).await else { panic!("{other:?}") };
        assert!(english(&said.unwrap()).contains("is wrong"));
    }
    assert_eq!(account.requests("POST", "/tokens"), 1);
}

/// That names are taken without one is documented, and not at upstream's.
#[tokio::test]
async fn where_a_domain_is_needed_it_is_asked_for_and_taken() {
    let mut account = quirky(|quirks| quirks.no_domain = false).await;
    let Err(Why::WrongCredentials { said }) = account.read(ListKey::Instances).await else { panic!() };
    assert!(english(&said.unwrap()).contains("name user_domain and project_domain"));
    account.api = open(&account.sim, &[("user_domain", "gnc")], None);
    assert_eq!(account.instances().await.len(), 3);
}

#[rstest]
#[case(CatalogueShape::Versioned)]
#[case(CatalogueShape::Bare)]
#[tokio::test]
async fn the_catalogue_tells_the_addresses_that_are_not_configured(#[case] shape: CatalogueShape) {
    let mut account = quirky(|quirks| quirks.catalogue_v3 = shape).await;
    account.api = open(&account.sim, &[("compute", ""), ("image", ""), ("network", "")], None);
    assert_eq!(account.instances().await.len(), 3);
    assert!(!account.snapshots().await.is_empty() && !account.firewalls().await.is_empty());
}

#[tokio::test]
async fn an_empty_catalogue_of_another_cloud_is_said() {
    let mut account = quirky(|quirks| quirks.catalogue_v3 = CatalogueShape::Empty).await;
    assert_eq!(account.instances().await.len(), 3, "all are configured");
    account.api = open(&account.sim, &[("compute", "")], None);
    assert!(account.read(ListKey::Instances).await.is_err());
    assert!(!account.firewalls().await.is_empty());
}

//! Who we are: wrong passwords, wrong tenants, tokens that die, services that do not take them.

use vpsdeck::domain::{Fault as Why, ListKey};
use vpsdeck::provider;
use vpsdeck::sim::{Fault, FaultKind};
use vpsdeck::words::english;

use super::account::{account, open, quirky, setup};

#[tokio::test]
async fn a_wrong_password_or_tenant_makes_the_account_rest_until_asked_again() {
    let mut account = account().await;
    let right = account.sim.accounts()[0].conoha.clone().unwrap().tenant_id;
    let compute = account.sim.accounts()[0].conoha.clone().unwrap().compute;
    let wrong = [("tenant_id", "ffffffffffffffffffffffffffffffff"), ("compute", compute.as_str())];
    for (other, password) in
        [(&[][..], Some("Wrong-password-1")), (&wrong[..], None), (&[("username", "gncu9")][..], None)]
    {
        account.api = open(&account.sim, other, password);
        let before = account.requests("POST", "/tokens");
        for _ in 0..3 {
            let Err(Why::WrongCredentials { said }) = account.read(ListKey::Instances).await else {
                panic!("{other:?}")
            };
            let said = english(&said.unwrap());
            assert!(said.contains("tenant_id"), "{said}");
        }
        assert_eq!(account.requests("POST", "/tokens"), before + 1);
        account.api.try_again();
        assert!(account.api.log_in().await.is_err());
        assert_eq!(account.requests("POST", "/tokens"), before + 2);
    }
    account.api = open(&account.sim, &[("tenant_id", &right)], None);
    account.api.log_in().await.unwrap();
}

#[tokio::test]
async fn a_token_that_dies_is_renewed_once_and_the_request_repeated() {
    let account = account().await;
    account.instances().await;
    account.sim.add_fault(Fault::new(FaultKind::ExpiredToken).on("GET", "/servers/detail").times(1));
    assert_eq!(account.instances().await.len(), 3);
    assert_eq!(account.requests("POST", "/tokens"), 2);
    account.pass(25 * 3_600);
    assert_eq!(account.instances().await.len(), 3, "a day later");
    assert_eq!(account.requests("POST", "/tokens"), 3);
}

#[tokio::test]
async fn a_service_that_does_not_take_a_fresh_token_rests_alone() {
    let account = account().await;
    account.sim.add_fault(Fault::new(FaultKind::Unauthorized).on("GET", "/network/*"));
    for _ in 0..4 {
        let fault = account.read(ListKey::Firewalls).await.unwrap_err();
        assert_eq!(fault, Why::Unauthorised { service: "network service".to_owned() });
        assert_eq!(account.instances().await.len(), 3);
        assert!(account.read(ListKey::Quota).await.is_ok());
    }
    assert!(account.requests("POST", "/tokens") <= 3, "{}", account.requests("POST", "/tokens"));
}

#[tokio::test]
async fn an_address_at_which_there_is_nothing_is_named() {
    let mut account = account().await;
    let base = account.sim.accounts()[0].url.clone();
    let nowhere = format!("{base}/nowhere/v2.0");
    account.api = open(&account.sim, &[("network", &nowhere)], None);
    let Err(Why::Refused { status: 404, said, .. }) = account.read(ListKey::Firewalls).await else { panic!() };
    let said = english(&said);
    assert!(said.starts_with(&format!("the address {nowhere}/")) && said.contains(" answers 404"), "{said}");
    assert_eq!(account.instances().await.len(), 3);
    let call = format!("{}/tokens", account.sim.accounts()[0].conoha.clone().unwrap().identity);
    open(&account.sim, &[("identity", &call)], None).log_in().await.unwrap();
    account.api = open(&account.sim, &[("identity", &nowhere)], None);
    let Err(Why::Refused { status: 404, said, .. }) = account.api.log_in().await else { panic!() };
    let said = english(&said);
    assert!(said.starts_with(&format!("the address {nowhere}/tokens answers 404")), "{said}");
}

#[tokio::test]
async fn a_mistake_in_the_configuration_is_said_before_anything_is_sent() {
    let account = quirky(|_| {}).await;
    let secret = || std::sync::Arc::new(provider::SecretAtHand("x".to_owned().into()));
    let said = |other: &[(&str, &str)]| english(&provider::open(setup(&account.sim, other), secret()).err().unwrap());
    assert!(said(&[("region", "mars1"), ("network", "")]).contains("tyo1, tyo2, tyo3, sin1, sjc1"));
    assert!(said(&[("username", "")]).contains("username"));
    assert!(said(&[("compute", "somewhere")]).contains("somewhere"));
    assert!(provider::open(setup(&account.sim, &[("region", "mars1")]), secret()).is_ok(), "all four are given");
}

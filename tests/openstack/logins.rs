//! Who we are, by Identity v3: in each of its forms, and what is said where one of them is wrong.

use rstest::rstest;
use vpsdeck::domain::{Fault as Why, ListKey};
use vpsdeck::provider;
use vpsdeck::sim::{Fault, FaultKind, Options, Simulation};
use vpsdeck::words::english;

use super::account::{Account, account, open, setup};

const NO_USER: [(&str, &str); 4] = [("username", ""), ("user_domain", ""), ("project", ""), ("project_domain", "")];

/// The account with what the simulator says of it in these forms.
async fn by(values: impl FnOnce(&vpsdeck::sim::OpenstackInfo) -> Vec<(&'static str, String)>) -> Account {
    let account = account().await;
    let info = account.sim.accounts()[0].openstack.clone().unwrap();
    let values = values(&info);
    let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let api = open(&account.sim, &values, None);
    Account { api, ..account }
}

#[tokio::test]
async fn names_and_ids_of_user_project_and_domain_all_do() {
    let by_name = account().await;
    assert_eq!(by_name.instances().await.len(), 3);
    let ids = by(|info| {
        let own = [("user_id", info.user_id.clone()), ("project_id", info.project_id.clone())];
        NO_USER.map(|(key, value)| (key, value.to_owned())).into_iter().chain(own).collect()
    });
    assert_eq!(ids.await.instances().await.len(), 3);
    let domains = by(|_| {
        ["user", "project"]
            .into_iter()
            .flat_map(|of| match of {
                "user" => [("user_domain", String::new()), ("user_domain_id", "default".to_owned())],
                _ => [("project_domain", String::new()), ("project_domain_id", "default".to_owned())],
            })
            .collect()
    });
    assert_eq!(domains.await.instances().await.len(), 3);
    let credential = by(|info| {
        let own = [("application_credential_id", info.application_credential_id.clone())];
        NO_USER.map(|(key, value)| (key, value.to_owned())).into_iter().chain(own).collect()
    });
    assert_eq!(credential.await.instances().await.len(), 3);
    let named = by(|_| {
        let own = [("application_credential_name", "robot"), ("project", ""), ("project_domain", "")];
        own.map(|(key, value)| (key, value.to_owned())).to_vec()
    });
    assert_eq!(named.await.instances().await.len(), 3);
}

#[tokio::test]
async fn the_address_of_identity_may_go_on_to_the_call_or_lack_its_version() {
    let account = account().await;
    let url = account.sim.accounts()[0].openstack.clone().unwrap().auth_url;
    for other in [format!("{url}/"), format!("{url}/auth/tokens"), url.trim_end_matches("/v3").to_owned()] {
        open(&account.sim, &[("auth_url", &other)], None).log_in().await.unwrap();
    }
}

#[rstest]
#[case(&[("username", "nobody")], None, "is wrong")]
#[case(&[], Some("wrong"), "is wrong")]
#[case(&[("project", "other")], None, "is wrong")]
#[case(&[("project_domain", "Other")], None, "is wrong")]
#[case(&[("user_domain", ""), ("project_domain", "")], None, "name user_domain and project_domain")]
#[tokio::test]
async fn a_wrong_login_makes_the_account_rest_until_asked_again(
    #[case] other: &[(&str, &str)],
    #[case] password: Option<&str>,
    #[case] part: &str,
) {
    let mut account = account().await;
    account.api = open(&account.sim, other, password);
    for _ in 0..3 {
        let Err(Why::WrongCredentials { said }) = account.read(ListKey::Instances).await else { panic!("{other:?}") };
        let said = english(&said.unwrap());
        assert!(said.contains(part), "{said}");
    }
    assert_eq!(account.requests("POST", "/tokens"), 1);
    account.api.try_again();
    assert!(account.api.log_in().await.is_err());
    assert_eq!(account.requests("POST", "/tokens"), 2);
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

/// A token that lives shorter than anybody renews one before its end is used all the same.
#[tokio::test]
async fn a_token_of_seconds_is_used() {
    let mut options = Options::world("openstack").unwrap().manual();
    options.world.durations.cloud_token = 20.0;
    let sim = Simulation::start(options, None).await.unwrap();
    let account = Account { api: open(&sim, &[], None), sim };
    for _ in 0..3 {
        assert_eq!(account.instances().await.len(), 3);
    }
    assert_eq!(account.requests("POST", "/tokens"), 1);
}

#[tokio::test]
async fn a_service_that_does_not_take_a_fresh_token_rests_alone() {
    let account = account().await;
    account.sim.add_fault(Fault::new(FaultKind::Unauthorized).on("GET", "/image/*"));
    for _ in 0..4 {
        let fault = account.read(ListKey::Images).await.unwrap_err();
        assert_eq!(fault, Why::Unauthorised { service: "image service".to_owned() });
        assert_eq!(account.instances().await.len(), 3);
        assert_eq!(account.firewalls().await.len(), 4);
    }
    assert!(account.requests("POST", "/tokens") <= 3, "{}", account.requests("POST", "/tokens"));
}

#[tokio::test]
async fn a_region_and_an_interface_that_are_not_in_the_catalogue_name_those_that_are() {
    let mut account = account().await;
    account.api = open(&account.sim, &[("region", "Mars")], None);
    let Err(Why::NotOffered { said }) = account.read(ListKey::Instances).await else { panic!() };
    let said = english(&said);
    assert!(said.contains("no compute service in region Mars") && said.contains("is in RegionOne"), "{said}");
    for (key, value) in [("region", ""), ("interface", "internal")] {
        account.api = open(&account.sim, &[(key, value)], None);
        assert_eq!(account.instances().await.len(), 3, "{key}");
    }
    let url = account.sim.accounts()[0].url.clone();
    let named = format!("{url}/compute/v2.1");
    account.api = open(&account.sim, &[("region", "Mars"), ("compute", &named)], None);
    assert_eq!(account.instances().await.len(), 3, "what the configuration names counts");
}

#[rstest]
#[case(&[("username", "")], "username: is missing; accepted: name of the user, or its id as user_id")]
#[case(&[("project", "")], "project: is missing; accepted: name of the project, or its id as project_id")]
#[case(&[("user_id", "u")], "user_id: stands beside username; accepted: one of the two")]
#[case(&[("project_domain_id", "d")], "project_domain: stands beside project_domain_id")]
#[case(&[("application_credential_id", "c")], "project: an application credential is for one project by itself")]
#[case(&[("auth_url", "https://cloud.example.com/v2.0")], "auth_url: https://cloud.example.com/v2.0 is not for Identity v3")]
#[tokio::test]
async fn a_mistake_in_the_configuration_is_said_before_anything_is_sent(
    #[case] other: &[(&str, &str)],
    #[case] part: &str,
) {
    let account = account().await;
    let secret = std::sync::Arc::new(provider::SecretAtHand("x".to_owned().into()));
    let said = english(&provider::open(setup(&account.sim, other), secret).err().unwrap());
    assert!(said.starts_with("account \"lab\": ") && said.contains(part), "{said}");
    assert!(account.sim.requests().is_empty());
}

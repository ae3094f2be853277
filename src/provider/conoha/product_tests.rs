//! Where the services are.

use std::collections::BTreeMap;

use secrecy::SecretString;

use super::*;
use crate::domain::Fault;
use crate::provider::openstack::identity::places;
use crate::provider::openstack::session::Bearer;
use crate::words::english;

fn of(product: Product, given: &[(&str, &str)]) -> Result<Endpoints, String> {
    let mut values =
        BTreeMap::from([("region".to_owned(), "tyo1".to_owned()), ("tenant_id".to_owned(), "t".to_owned())]);
    values.extend(given.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
    let provider = crate::provider::PROVIDERS.iter().find(|p| p.key == "conoha-v2").unwrap();
    let setup = AccountSetup { name: "c".into(), provider, values, limit: None, state_dir: None };
    product.endpoints(&setup).map_err(|said| english(&said))
}

fn given(given: &[(&str, &str)]) -> Result<Endpoints, String> {
    of(VER_2, given)
}

fn session(catalogue: &str) -> Bearer {
    let catalogue = places(serde_json::from_str(catalogue).unwrap());
    Bearer { token: SecretString::from("t"), ends: None, project: "t".to_owned(), is_admin: false, catalogue }
}

#[test]
fn a_region_fills_all_addresses() {
    let (endpoints, session) = (given(&[("region", "sin1")]).unwrap(), session("[]"));
    let at = |service| endpoints.at(service, None, &session, &Path::new(&["x"]).unwrap()).unwrap().to_string();
    assert_eq!(endpoints.login.as_str(), "https://identity.sin1.conoha.io/v2.0/tokens");
    assert_eq!(at(Service::Compute), "https://compute.sin1.conoha.io/v2/t/x");
    assert_eq!(at(Service::Image), "https://image-service.sin1.conoha.io/v2/x");
    assert_eq!(at(Service::Network), "https://networking.sin1.conoha.io/v2.0/x");
}

/// The documents show the catalogue with and without versions, and the volume service with the project behind it.
#[rstest::rstest]
#[case("[]", "https://compute.c3j1.conoha.io/v2.1/x", "https://networking.c3j1.conoha.io/v2.0/x")]
#[case(
    r#"[{"type":"volumev3","endpoints":[{"region":"c3j1","publicURL":"https://block-storage.c3j1.conoha.io/v3/t"}]}]"#,
    "https://compute.c3j1.conoha.io/v2.1/x",
    "https://networking.c3j1.conoha.io/v2.0/x"
)]
#[case(
    r#"[{"type":"compute","endpoints":[{"region":"c3j1","publicURL":"https://compute.c3j1.conoha.io/v2.1"}]},
        {"type":"network","endpoints":[{"region":"c3j1","publicURL":"https://networking.c3j1.conoha.io"}]}]"#,
    "https://compute.c3j1.conoha.io/v2.1/x",
    "https://networking.c3j1.conoha.io/v2.0/x"
)]
fn the_addresses_of_the_third_version_name_no_tenant(
    #[case] catalogue: &str,
    #[case] compute: &str,
    #[case] network: &str,
) {
    let (endpoints, session) = (of(VER_3, &[("region", "c3j1")]).unwrap(), session(catalogue));
    let at = |service| endpoints.at(service, None, &session, &Path::new(&["x"]).unwrap()).unwrap().to_string();
    assert_eq!(endpoints.login.as_str(), "https://identity.c3j1.conoha.io/v3/auth/tokens");
    assert_eq!((at(Service::Compute).as_str(), at(Service::Network).as_str()), (compute, network));
    assert_eq!(at(Service::Image), "https://image-service.c3j1.conoha.io/v2/x");
    assert_eq!(at(Service::Volume), "https://block-storage.c3j1.conoha.io/v3/t/x");
}

#[test]
fn an_unknown_region_needs_all_four_addresses() {
    let said = given(&[("region", "c3j1"), ("compute", "https://h")]).unwrap_err();
    assert!(said.contains("\"c3j1\"") && said.contains("tyo1, tyo2, tyo3, sin1, sjc1"), "{said}");
    let all = [("identity", "https://i"), ("compute", "https://c"), ("image", "https://g"), ("network", "https://n")];
    let all_given: Vec<_> = all.into_iter().chain([("region", "c3j1")]).collect();
    assert_eq!(given(&all_given).unwrap().login.as_str(), "https://i/v2.0/tokens");
    assert!(given(&[("image", "no address")]).unwrap_err().contains("no address"));
    assert!(given(&[("tenant_id", " ")]).unwrap_err().contains("tenant_id"));
}

#[test]
fn the_catalogue_counts_where_the_configuration_is_silent() {
    let endpoints = given(&[("image", "https://proxy.example/glance/v2")]).unwrap();
    let session = session(
        r#"[{"type":"compute","endpoints":[{"region":"tyo2","publicURL":"https://two/v2/t"},
            {"region":"tyo1","publicURL":"https://one/v2/t"}]},
            {"type":"image","endpoints":[{"region":"tyo1","publicURL":"https://other"}]},
            {"type":"network","endpoints":[{"region":"tyo1","publicURL":"http://not-guarded.example"}]}]"#,
    );
    let at = |service| endpoints.at(service, None, &session, &Path::new(&["x"]).unwrap()).unwrap().to_string();
    assert_eq!(at(Service::Compute), "https://one/v2/t/x");
    assert_eq!(at(Service::Image), "https://proxy.example/glance/v2/x");
    assert_eq!(at(Service::Network), "https://networking.tyo1.conoha.io/v2.0/x", "no token without TLS");
}

/// Where the compute service of another cloud is, and its token goes; what is said where that is not known.
fn elsewhere(identity: &str, catalogue: &str) -> Result<String, String> {
    let endpoints = given(&[("identity", identity)]).unwrap();
    match endpoints.at(Service::Compute, None, &session(catalogue), &Path::new(&["x"]).unwrap()) {
        Ok(url) => Ok(url.to_string()),
        Err(Fault::NotOffered { said }) => Err(english(&said)),
        Err(other) => panic!("{other:?}"),
    }
}

const LAB: &str = "https://cloud.example.com:5000/v2.0";

#[rstest::rstest]
#[case(r#"[{"type":"compute","endpoints":[{"region":"RegionOne","publicURL":"https://nova.example.com/v2"}]}]"#)]
#[case(
    r#"[{"type":"compute","endpoints":[{"region":"B","publicURL":"https://other.example.com/v2"},
    {"region":"tyo1","publicURL":"https://nova.example.com/v2"}]}]"#
)]
fn a_token_of_another_cloud_goes_where_its_catalogue_says(#[case] catalogue: &str) {
    assert_eq!(elsewhere(LAB, catalogue).unwrap(), "https://nova.example.com/v2/t/x");
}

#[rstest::rstest]
#[case("[]")]
#[case(r#"[{"type":"image","endpoints":[{"region":"tyo1","publicURL":"https://glance.example.com"}]}]"#)]
#[case(r#"[{"type":"compute","endpoints":[{"region":"tyo1","publicURL":"http://nova.example.com/v2"}]}]"#)]
#[case(
    r#"[{"type":"compute","endpoints":[{"region":"A","publicURL":"https://a.example.com/v2"},
    {"region":"B","publicURL":"https://b.example.com/v2"}]}]"#
)]
fn a_token_of_another_cloud_never_goes_to_the_provider(
    #[case] catalogue: &str,
    #[values(LAB, "http://127.0.0.1:9/v2.0", "https://identity.tyo1.conoha.io.example.com/v2.0")] identity: &str,
) {
    let said = elsewhere(identity, catalogue).unwrap_err();
    assert!(said.starts_with("the catalogue of ") && said.contains("no compute service"), "{said}");
}

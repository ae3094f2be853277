//! What a catalogue and a list of versions tell of where a service is.

use secrecy::SecretString;

use super::*;
use crate::words::english;

fn session(catalogue: &[[&str; 4]]) -> Bearer {
    let entry = |[kind, interface, region, url]: &[&str; 4]| CatalogueEntry {
        kind: (*kind).to_owned(),
        interface: (*interface).to_owned(),
        region: (*region).to_owned(),
        url: (*url).to_owned(),
    };
    let catalogue = catalogue.iter().map(entry).collect();
    Bearer { token: SecretString::from("t"), ends: None, project: "p".to_owned(), is_admin: false, catalogue }
}

fn endpoints(region: Option<&str>) -> Endpoints {
    Endpoints {
        region: region.map(str::to_owned),
        interface: "public".to_owned(),
        login: "https://cloud.example.com/v3/auth/tokens".parse().unwrap(),
        compute: ComputePath::Versioned("v2.1"),
        any_region: false,
        configured: BTreeMap::new(),
        known: BTreeMap::new(),
    }
}

fn asked(service: Service, region: Option<&str>, catalogue: &[[&str; 4]]) -> Result<String, String> {
    let path = Path::new(&["x"]).unwrap();
    match endpoints(region).at(service, None, &session(catalogue), &path) {
        Ok(url) => Ok(url.to_string()),
        Err(Fault::NotOffered { said }) => Err(english(&said)),
        Err(other) => panic!("{other:?}"),
    }
}

#[rstest::rstest]
#[case("https://nova", "https://nova/v2.1/x")]
#[case("https://nova/v2.1/", "https://nova/v2.1/x")]
#[case("https://nova/v2.1/p", "https://nova/v2.1/p/x")]
#[case("https://cloud/compute", "https://cloud/compute/v2.1/x")]
#[case("https://cloud/compute/v2.1/p", "https://cloud/compute/v2.1/p/x")]
#[case("https://nova/v2", "https://nova/v2/p/x")]
#[case("https://nova/v2/p", "https://nova/v2/p/x")]
fn an_address_of_compute_has_its_version_with_or_without_the_project(#[case] given: &str, #[case] expected: &str) {
    assert_eq!(asked(Service::Compute, None, &[["compute", "public", "r", given]]).unwrap(), expected);
}

#[rstest::rstest]
#[case("imagev2", "https://glance/v2/x")]
#[case("image", "https://glance/v2/x")]
#[case("volume", "no image service")]
fn an_older_name_of_a_type_is_known(#[case] kind: &str, #[case] expected: &str) {
    let at = asked(Service::Image, Some("r"), &[[kind, "public", "r", "https://glance"]]);
    let at = at.unwrap_or_else(|said| said);
    assert!(at.contains(expected), "{at}");
}

#[test]
fn what_is_not_here_is_said_by_what_is() {
    let there = [["network", "internal", "r1", "https://n"], ["network", "admin", "r1", "https://n"]];
    let of = |region, catalogue: &[[&str; 4]]| asked(Service::Network, region, catalogue).unwrap_err();
    assert!(of(None, &[]).contains("names no network service; "));
    assert!(of(None, &there).contains("for the interface admin, internal and not for public"));
    let two = [["network", "public", "r2", "https://n"], ["network", "public", "r1", "https://n"]];
    assert!(
        of(Some("r3"), &two).contains("no network service in region r3") && of(Some("r3"), &two).contains("r1, r2")
    );
    assert!(of(None, &two).contains("in r1, r2; the key region of the account says which"));
    let plain = [["network", "public", "r1", "http://n.example.com"]];
    assert!(of(Some("r1"), &plain).contains("with https"));
}

/// As Nova, Glance and Keystone of Zed answer (2026), cut.
const NOVA: &str = r#"{"choices": [{"id": "v2.0", "status": "SUPPORTED", "links": [{"rel": "self",
    "href": "http://10.0.0.1:8774/v2/servers/detail"}]}, {"id": "v2.1", "status": "CURRENT", "links": [{"rel": "self",
    "href": "http://10.0.0.1:8774/v2.1/servers/detail"}]}]}"#;
const GLANCE: &str = r#"{"versions": [{"id": "v2.15", "links": [{"rel": "self", "href": "http://10.0.0.1:9292/v2/"}]},
    {"id": "v1.1", "links": [{"rel": "self", "href": "http://10.0.0.1:9292/v1/"}]}]}"#;
const KEYSTONE: &str =
    r#"{"versions": {"values": [{"id": "v3.14", "links": [{"rel": "self", "href": "http://k/v3/"}]}]}}"#;

#[rstest::rstest]
#[case(Service::Compute, NOVA, Some("https://nova.example.com/v2.1"))]
#[case(Service::Image, GLANCE, Some("https://nova.example.com/v2"))]
#[case(Service::Network, KEYSTONE, None)]
#[case(Service::Compute, r#"{"versions":[{"id":"v2.1","links":null},{"id":7},null]}"#, None)]
fn a_list_of_versions_tells_a_path_and_never_a_host(
    #[case] service: Service,
    #[case] body: &str,
    #[case] expected: Option<&str>,
) {
    let asked = "https://nova.example.com/v9/servers?limit=1".parse().unwrap();
    let told = Versions::read(body).unwrap().endpoint(service, &asked);
    assert_eq!(told, expected.map(|url| Endpoint::new(url).unwrap()));
}

#[test]
fn what_is_no_list_of_versions_is_none() {
    for body in ["", "<html>", "{}", "[]", r#"{"versions":null}"#, r#"{"versions":[]}"#, r#"{"servers":[]}"#] {
        assert!(Versions::read(body).is_none(), "{body}");
    }
}

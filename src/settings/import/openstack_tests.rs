//! What becomes of credentials that other programs were told.

use std::path::Path;

use rstest::rstest;
use secrecy::ExposeSecret;

use super::*;
use crate::words::english;

const LOGIN: [(&str, &str); 5] = [
    ("OS_AUTH_URL", "https://identity.tyo1.conoha.io/v2.0"),
    ("OS_USERNAME", "gncu1"),
    ("OS_PASSWORD", "hunter2"),
    ("OS_TENANT_ID", "t1"),
    ("OS_REGION_NAME", "tyo1"),
];

/// The usual variables, one of them as given; an empty one counts as not set.
fn with(name: &'static str, value: &'static str) -> Result<TakenOver, String> {
    let variables: Vec<(&str, &str)> = LOGIN.into_iter().filter(|(n, _)| *n != name).chain([(name, value)]).collect();
    let env = Environment::below(Path::new("/nowhere"), &variables);
    take_over_environment(&env).map_err(|error| english(&error.phrase()))
}

#[test]
fn the_variables_make_an_account() {
    let taken = with("OS_PROJECT_ID", "").unwrap();
    assert_eq!((taken.provider.key, taken.name.as_str()), ("conoha-v2", "conoha-v2"));
    let values = [("region", "tyo1"), ("tenant_id", "t1"), ("username", "gncu1")];
    assert_eq!(taken.values, values.map(|(k, v)| (k.to_owned(), v.to_owned())).into());
    assert_eq!(taken.secret.expose_secret(), "hunter2");
    assert!(!format!("{:?}", (&taken.secret, &taken.values)).contains("hunter2"));
}

#[rstest]
#[case("OS_AUTH_URL", "", "the variable OS_AUTH_URL is missing")]
#[case("OS_USERNAME", "", "the variable OS_USERNAME is missing")]
#[case("OS_PASSWORD", "", "the variable OS_PASSWORD is missing")]
#[case("OS_TENANT_ID", "", "the variable OS_TENANT_ID or OS_PROJECT_ID (an id; a name is not enough) is missing")]
#[case("OS_AUTH_URL", "https://identity.c3j1.conoha.io/v3", "https://identity.c3j1.conoha.io/v3 is for Identity v3")]
fn what_is_missing_or_foreign_is_said_by_its_name(
    #[case] name: &'static str,
    #[case] value: &'static str,
    #[case] begins: &str,
) {
    let said = with(name, value).unwrap_err();
    assert!(said.starts_with(begins) && !said.contains("hunter2"), "{said}");
}

#[test]
fn another_address_is_kept_and_those_of_services_come_along() {
    let values = with("OS_AUTH_URL", "http://127.0.0.1:1/v2.0").unwrap().values;
    assert_eq!(values["identity"], "http://127.0.0.1:1/v2.0");
    let values = with("OS_COMPUTE_ENDPOINT_OVERRIDE", "http://127.0.0.1:1/c").unwrap().values;
    assert_eq!(values["compute"], "http://127.0.0.1:1/c");
}

const CLOUD: &str = "clouds:\n  home:\n    auth:\n      auth_url: https://identity.tyo2.conoha.io/v2.0\n      \
    username: gncu1\n      project_id: t1\n";

#[test]
fn a_file_is_known_by_its_ending_or_by_what_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let read = |name: &str, text: &str| take_over_file(&folder.path().join(name), text, None);
    let FromFile::EnvFile(_) = read("x", "IndigoApiKey=K\nIndigoApiPrivateKey=P\n").unwrap() else { panic!() };
    assert_eq!(read("clouds.yaml", CLOUD).unwrap_err(), TakeOverError::Missing(text::import::PASSWORD.into()));
    std::fs::write(folder.path().join("secure.yaml"), "clouds: {home: {auth: {password: 007}}}").unwrap();
    for name in ["clouds.yaml", "mine.yml", "clouds"] {
        let FromFile::Account(taken) = read(name, CLOUD).unwrap() else { panic!("{name}") };
        assert_eq!((taken.name.as_str(), taken.values["region"].as_str()), ("home", "tyo2"));
        assert_eq!(taken.secret.expose_secret(), "007");
    }
    assert_eq!(read("openrc.sh", "export OS_AUTH_URL=https://x/v2.0\n").unwrap_err(), TakeOverError::Openrc);
    assert!(matches!(read("x", "nothing\n").unwrap_err(), TakeOverError::EnvFile(_)));
}

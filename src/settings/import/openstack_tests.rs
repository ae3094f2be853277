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
#[case("OS_AUTH_URL", "https://identity.c3j1.conoha.io/v3", "region tyo1 is none of ConoHa VPS Ver.3.0")]
fn what_is_missing_or_foreign_is_said_by_its_name(
    #[case] name: &'static str,
    #[case] value: &'static str,
    #[case] begins: &str,
) {
    let said = with(name, value).unwrap_err();
    assert!(said.starts_with(begins) && !said.contains("hunter2"), "{said}");
}

#[test]
fn the_third_version_of_the_provider_is_known_by_its_address() {
    let variables = [
        ("OS_AUTH_URL", "https://identity.c3j1.conoha.io/v3"),
        ("OS_USERNAME", "gncu1"),
        ("OS_PASSWORD", "hunter2"),
        ("OS_PROJECT_NAME", "gnct1"),
        ("OS_USER_DOMAIN_NAME", "gnc"),
        ("OS_REGION_NAME", "c3j1"),
        ("OS_IDENTITY_API_VERSION", "3"),
    ];
    let taken = take_over_environment(&Environment::below(Path::new("/nowhere"), &variables)).unwrap();
    let values = [("region", "c3j1"), ("tenant_name", "gnct1"), ("user_domain", "gnc"), ("username", "gncu1")];
    assert_eq!((taken.provider.key, taken.name.as_str()), ("conoha", "conoha"));
    assert_eq!(taken.values, values.map(|(k, v)| (k.to_owned(), v.to_owned())).into());
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
    let env = Environment::below(folder.path(), &[]);
    let read = |name: &str, text: &str| take_over_file(&folder.path().join(name), text, None, &env);
    let FromFile::EnvFile(_) = read("x", "IndigoApiKey=K\nIndigoApiPrivateKey=P\n").unwrap() else { panic!() };
    assert_eq!(read("clouds.yaml", CLOUD).unwrap_err(), TakeOverError::Missing(text::import::secret("password")));
    std::fs::write(folder.path().join("secure.yaml"), "clouds: {home: {auth: {password: 007}}}").unwrap();
    for name in ["clouds.yaml", "mine.yml", "clouds"] {
        let FromFile::Accounts(taken) = read(name, CLOUD).unwrap() else { panic!("{name}") };
        let [taken] = &taken[..] else { panic!("{taken:?}") };
        assert_eq!((taken.name.as_str(), taken.values["region"].as_str()), ("home", "tyo2"));
        assert_eq!(taken.secret.expose_secret(), "007");
    }
    assert_eq!(read("openrc.sh", "export OS_AUTH_URL=https://x/v2.0\n").unwrap_err(), TakeOverError::Openrc);
    assert!(matches!(read("x", "nothing\n").unwrap_err(), TakeOverError::EnvFile(_)));
}

/// A cloud of upstream's; `auth` stands in place of user, password and project.
fn upstream(auth: &str, beside: &str) -> Result<TakenOver, String> {
    let auth = format!("auth: {{auth_url: 'https://cloud.example.com:5000/v3', {auth}}}");
    let clouds = format!("clouds:\n  lab:\n    {auth}\n{beside}");
    let clouds = CloudText { name: "clouds.yaml", text: &clouds };
    let texts = CloudTexts { clouds, secure: None, public: None };
    let env = Environment::below(Path::new("/nowhere"), &[]);
    let taken = clouds::read(&texts, None, &env).and_then(|clouds| take_over_clouds(clouds, &env));
    taken.map(|mut all| all.remove(0)).map_err(|error| english(&error.phrase()))
}

#[test]
fn a_cloud_of_identity_v3_is_taken_over_in_each_of_its_forms() {
    let told = |taken: TakenOver| {
        assert_eq!(taken.provider.key, "openstack");
        let mut values = taken.values;
        assert_eq!(values.remove("auth_url").as_deref(), Some("https://cloud.example.com:5000/v3"));
        let values: Vec<String> = values.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
        (values.join(" "), taken.secret.expose_secret().to_owned())
    };
    let user = "username: demo, password: hunter2, project_name: p, user_domain_name: Default";
    let beside = "    region_name: r1\n    cacert: /ca.pem\n    auth_type: password\n    interface: publicURL\n";
    assert_eq!(
        told(upstream(user, beside).unwrap()),
        (
            "ca_file=/ca.pem project=p project_domain_id=default region=r1 user_domain=Default username=demo"
                .to_owned(),
            "hunter2".to_owned()
        )
    );
    // As the dashboards write it: both the name and the id.
    let both = "username: demo, password: x, project_name: p, project_id: 7, user_domain_name: Default";
    assert_eq!(told(upstream(both, "").unwrap()).0, "project_id=7 user_domain=Default username=demo");
    let credential = "application_credential_id: c, application_credential_secret: s";
    assert_eq!(
        told(upstream(credential, "    auth_type: v3applicationcredential\n").unwrap()),
        ("application_credential_id=c auth_type=v3applicationcredential".to_owned(), "s".to_owned())
    );
    assert_eq!(
        told(upstream("token: t, project_id: 7", "    auth_type: v3token\n").unwrap()),
        ("auth_type=v3token project_id=7".to_owned(), "t".to_owned())
    );
}

#[rstest]
#[case("password: x, project_name: p", "", "auth.username is missing")]
#[case("username: u, password: x", "", "auth.project_name or auth.project_id is missing")]
#[case("username: u, project_id: p", "", "auth.password (here or in secure.yaml) is missing")]
#[case("username: u, password: x, project_id: p", "    verify: false\n", "it turns the check of certificates off")]
#[case(
    "username: u, password: x, project_id: p",
    "    auth_type: v3oidcpassword\n",
    "auth_type: \"v3oidcpassword\" is not known; accepted: v3password"
)]
#[case("username: u, password: x", "    identity_api_version: 2\n", "https://cloud.example.com:5000/v3 ")]
#[case("application_credential_name: c, password: x", "", "application_credential_name: needs its user beside it")]
fn what_a_cloud_of_identity_v3_lacks_is_said(#[case] auth: &str, #[case] beside: &str, #[case] begins: &str) {
    let said = upstream(auth, beside).unwrap_err();
    assert!(said.starts_with(begins), "{said}");
}

#[test]
fn the_variables_of_identity_v3_make_an_account() {
    let variables = [
        ("OS_AUTH_URL", "https://cloud.example.com:5000"),
        ("OS_IDENTITY_API_VERSION", "3"),
        ("OS_USERNAME", "demo"),
        ("OS_PASSWORD", "hunter2"),
        ("OS_PROJECT_NAME", "demo"),
        ("OS_USER_DOMAIN_NAME", "Default"),
        ("OS_PROJECT_DOMAIN_ID", "default"),
        ("OS_INTERFACE", "public"),
    ];
    let taken = take_over_environment(&Environment::below(Path::new("/nowhere"), &variables)).unwrap();
    assert_eq!((taken.provider.key, taken.values["project_domain_id"].as_str()), ("openstack", "default"));
    assert_eq!(taken.secret.expose_secret(), "hunter2");
}

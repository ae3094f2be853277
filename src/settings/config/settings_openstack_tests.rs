//! Accounts at any OpenStack in the configuration.

use std::path::Path;

use rstest::rstest;

use super::Settings;
use crate::words::english;

fn parse(text: &str) -> Result<Settings, String> {
    Settings::parse(Path::new("config.toml"), text).map_err(|error| english(&error.phrase()))
}

const ACCOUNT: &str =
    "[[account]]\nname = \"lab\"\nprovider = \"openstack\"\nauth_url = \"https://cloud.example.com:5000/v3\"\n";

#[test]
fn an_account_is_read_in_each_of_its_forms() {
    for who in [
        "username = \"demo\"\nuser_domain = \"Default\"\nproject = \"demo\"\nproject_domain = \"Default\"\n",
        "user_id = \"u\"\nproject_id = \"p\"\nregion = \"RegionOne\"\nca_file = \"/etc/ssl/private-ca.pem\"\n",
        "application_credential_id = \"c\"\ninterface = \"internal\"\n",
        "application_credential_name = \"c\"\nusername = \"demo\"\nuser_domain_id = \"default\"\n",
        "auth_type = \"v3token\"\nproject_id = \"p\"\n",
    ] {
        let settings = parse(&format!("{ACCOUNT}{who}")).unwrap();
        let account = &settings.accounts[0];
        assert_eq!((account.provider.key, account.limit), ("openstack", None));
        assert_eq!(account.place(), "https://cloud.example.com:5000/v3");
    }
}

#[rstest]
#[case("project = \"p\"", 1, "username: is missing; accepted: name of the user, or its id as user_id")]
#[case("username = \"u\"", 1, "project: is missing; accepted: name of the project, or its id as project_id")]
#[case("project = \"p\"\nproject_id = \"q\"", 6, "project_id: stands beside project; accepted: one of the two")]
#[case(
    "application_credential_id = \"c\"\nproject = \"p\"",
    6,
    "project: an application credential is for one project"
)]
#[case("application_credential_name = \"c\"", 5, "application_credential_name: needs its user beside it")]
#[case("auth_type = \"v2password\"", 5, "auth_type: \"v2password\" is not known; did you mean v3password? Accepted: ")]
#[case("interface = \"outside\"", 5, "interface: \"outside\" is not known; accepted: public, internal, admin")]
#[case("compute = \"http://nova.example.com\"", 5, "compute: plain http to nova.example.com would send")]
#[case("tenant_id = \"t\"", 5, "tenant_id: unknown key; ")]
#[case("password = \"hunter2\"", 5, "password: a secret never stands in this file. ")]
fn a_mistake_names_line_and_key_and_what_is_accepted(#[case] lines: &str, #[case] at: usize, #[case] begins: &str) {
    let said = parse(&format!("{ACCOUNT}{lines}\n")).unwrap_err();
    assert!(said.starts_with(&format!("config.toml:{at}: [[account]] {begins}")), "{said}");
    assert!(!said.contains("hunter2") && said.lines().count() == 1, "{said}");
}

#[test]
fn an_address_of_another_version_is_a_mistake() {
    let said = parse(&ACCOUNT.replace("/v3", "/v2.0")).unwrap_err();
    assert!(said.starts_with(
        "config.toml:4: [[account]] auth_url: https://cloud.example.com:5000/v2.0 is not for Identity v3"
    ));
}

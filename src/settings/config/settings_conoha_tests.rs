//! Accounts of the second provider in the configuration, with the providers as they are.

use std::path::Path;

use rstest::rstest;

use super::Settings;
use crate::words::english;

fn parse(text: &str) -> Result<Settings, String> {
    Settings::parse(Path::new("config.toml"), text).map_err(|error| english(&error.phrase()))
}

const ACCOUNT: &str = "[[account]]\nname = \"c\"\nprovider = \"conoha-v2\"\ntenant_id = \"t\"\nusername = \"gncu1\"\n";

#[test]
fn an_account_with_everything_is_read() {
    let text = "[[account]]\nname = \"conoha-v2\"\nprovider = \"conoha-v2\"\nregion = \"tyo1\"\ntenant_id = \"...\"\n\
                username = \"gncu...\"\nidentity = \"https://identity.tyo1.conoha.io/v2.0\"\n\
                compute = \"https://compute.tyo1.conoha.io/v2/TENANT_ID\"\n\
                image = \"https://image-service.tyo1.conoha.io\"\nnetwork = \"https://networking.tyo1.conoha.io\"\n";
    let settings = parse(text).unwrap();
    let account = &settings.accounts[0];
    assert_eq!((account.provider.key, account.limit), ("conoha-v2", None));
    assert_eq!(account.place(), "https://identity.tyo1.conoha.io/v2.0");
    assert_eq!(account.values.len(), 7);
}

#[test]
fn the_region_has_a_default_and_says_where_it_is() {
    let settings = parse(ACCOUNT).unwrap();
    let account = &settings.accounts[0];
    assert_eq!((account.endpoint(), account.region(), account.place()), (None, Some("tyo1"), "tyo1"));
}

#[rstest]
#[case("region = \"tyo9\"", "region: \"tyo9\" is not known; did you mean tyo1? Accepted: tyo1, tyo2, tyo3, sin1, sjc1")]
#[case("region = \"c3j1\"", "region: \"c3j1\" is not known; accepted: tyo1, tyo2, tyo3, sin1, sjc1")]
#[case("network = \"http://networking.tyo1.conoha.io\"", "network: plain http to networking.tyo1.conoha.io would send")]
#[case("tenant = \"t\"", "tenant: unknown key; ")]
#[case("password = \"hunter2\"", "password: a secret never stands in this file. ")]
fn a_mistake_names_key_and_what_is_accepted(#[case] line: &str, #[case] begins: &str) {
    let said = parse(&format!("{ACCOUNT}{line}\n")).unwrap_err();
    assert!(said.starts_with(&format!("config.toml:6: [[account]] {begins}")), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn an_account_of_the_third_version_is_read_by_names_or_ids() {
    let account =
        |own: &str| parse(&format!("[[account]]\nname = \"conoha\"\nprovider = \"conoha\"\nregion = \"c3j1\"\n{own}"));
    let settings = account("tenant_id = \"...\"\nusername = \"gncu...\"\n").unwrap();
    assert_eq!((settings.accounts[0].provider.key, settings.accounts[0].place()), ("conoha", "c3j1"));
    assert!(account("tenant_name = \"gnct1\"\nuser_id = \"u\"\n").is_ok());
    let said = account("tenant_id = \"t\"\n").unwrap_err();
    assert!(said.contains("username: is missing; accepted: name of the API user"), "{said}");
    let said = account("tenant_id = \"t\"\nusername = \"u\"\nidentity = \"https://i.example.com/v2.0\"\n").unwrap_err();
    assert!(said.starts_with("config.toml:7: [[account]] identity: "), "{said}");
}

#[test]
fn what_is_missing_is_said() {
    let said = parse("[[account]]\nname = \"c\"\nprovider = \"conoha-v2\"\n").unwrap_err();
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].starts_with("config.toml:1: [[account]] tenant_id: is missing; accepted: "), "{said}");
    assert!(lines[1].starts_with("config.toml:1: [[account]] username: is missing; accepted: "), "{said}");
}

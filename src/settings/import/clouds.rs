//! Reads `clouds.yaml`, in which `OpenStack`'s own clients keep their clouds, and the `secure.yaml` beside it, which
//! holds the passwords.

use std::collections::BTreeMap;

use secrecy::SecretString;

use crate::provider::Login;
use crate::settings::import::openstack::TakeOverError;
use crate::settings::import::yaml::{self, Node};

#[derive(Debug)]
pub(super) struct Cloud {
    pub(super) name: String,
    pub(super) login: Login,
    pub(super) password: Option<SecretString>,
}

/// The cloud of this name; where none is named, the only one there is.
pub(super) fn read(text: &str, secure: Option<&str>, named: Option<&str>) -> Result<Cloud, TakeOverError> {
    let parsed = |name: &'static str, text| {
        yaml::parse(text).map_err(|yaml::NotYaml(line)| TakeOverError::NotYaml { name, line })
    };
    let document = parsed("clouds.yaml", text)?;
    let known = document.get("clouds").and_then(Node::keys).ok_or(TakeOverError::NoClouds)?;
    let name = match (named, known.as_slice()) {
        (Some(named), _) if known.iter().any(|name| name == named) => named.to_owned(),
        (Some(named), _) => return Err(TakeOverError::NoCloud { name: named.to_owned(), known }),
        (None, [only]) => only.clone(),
        (None, _) => return Err(TakeOverError::WhichCloud(known)),
    };
    let secure = secure.map(|text| parsed("secure.yaml", text)).transpose()?;
    // What stands in secure.yaml counts, as with the clients themselves.
    let get = |path: &[&str]| {
        let within = |document: &Node| {
            let cloud = document.get("clouds")?.get(&name)?;
            path.iter().try_fold(cloud, |node, key| node.get(key)).and_then(Node::text).map(str::to_owned)
        };
        let found = secure.as_deref().and_then(within).or_else(|| within(&document));
        found.filter(|value| !value.is_empty())
    };
    let auth = |key: &str| get(&["auth", key]);
    if let Some(profile) = get(&["profile"]).filter(|_| auth("auth_url").is_none()) {
        return Err(TakeOverError::Profile(profile));
    }
    let services = ["compute", "image", "network"].into_iter();
    let services = services.filter_map(|s| Some((s.to_owned(), get(&[&format!("{s}_endpoint_override")])?)));
    let login = Login {
        auth_url: auth("auth_url").unwrap_or_default(),
        version: get(&["identity_api_version"]),
        username: auth("username"),
        project_id: auth("project_id").or_else(|| auth("tenant_id")),
        region: get(&["region_name"]),
        services: services.collect::<BTreeMap<_, _>>(),
    };
    let password = auth("password").map(SecretString::from);
    Ok(Cloud { name, login, password })
}

pub(super) fn looks_like(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').lines().any(|line| line.trim_end() == "clouds:")
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;
    use crate::words::english;

    const TWO: &str = "clouds:\n  conoha:\n    auth:\n      auth_url: https://identity.tyo1.conoha.io/v2.0\n      \
        username: gncu1\n      password: 0123\n      tenant_id: t1\n    region_name: tyo1\n    \
        identity_api_version: 2\n  lab:\n    auth: {auth_url: 'http://127.0.0.1/v3', username: demo, password: p}\n";

    fn refused(text: &str, secure: Option<&str>, named: Option<&str>) -> String {
        english(&read(text, secure, named).unwrap_err().phrase())
    }

    #[test]
    fn the_named_cloud_is_read_and_the_only_one_needs_no_name() {
        let cloud = read(TWO, None, Some("conoha")).unwrap();
        assert_eq!((cloud.login.username.as_deref(), cloud.login.project_id.as_deref()), (Some("gncu1"), Some("t1")));
        assert_eq!((cloud.login.version.as_deref(), cloud.login.region.as_deref()), (Some("2"), Some("tyo1")));
        assert_eq!(cloud.password.unwrap().expose_secret(), "0123", "no number is made of it");
        let (only, _) = TWO.split_once("  lab:").unwrap();
        assert_eq!(read(only, None, None).unwrap().name, "conoha");
    }

    #[test]
    fn what_stands_in_secure_yaml_counts() {
        let secure = "clouds: {lab: {auth: {password: other}}}";
        let cloud = read(TWO, Some(secure), Some("lab")).unwrap();
        assert_eq!(cloud.password.unwrap().expose_secret(), "other");
        assert_eq!(cloud.login.username.as_deref(), Some("demo"));
    }

    #[test]
    fn addresses_of_services_come_along() {
        let text = format!("{TWO}    compute_endpoint_override: http://127.0.0.1/c\n    volume_endpoint_override: x\n");
        let services = read(&text, None, Some("lab")).unwrap().login.services;
        assert_eq!(services, [("compute".to_owned(), "http://127.0.0.1/c".to_owned())].into());
    }

    #[test]
    fn what_is_wrong_is_said_without_a_value() {
        assert_eq!(refused(TWO, None, None), "it has several clouds; name one with --cloud: conoha, lab");
        assert_eq!(refused(TWO, None, Some("x")), "it has no cloud x; there are: conoha, lab");
        assert_eq!(refused("cloud: 1\n", None, None), "it has no clouds: a mapping clouds is expected");
        let broken = TWO.replace("password: 0123", "password: \"hunter2");
        assert_eq!(refused(&broken, None, Some("lab")), "clouds.yaml is no YAML: line 6");
        assert!(refused(TWO, Some("a: [hunter2"), Some("lab")).starts_with("secure.yaml is no YAML: line "));
        let profile = "clouds: {a: {profile: vexxhost, auth: {username: u}}}";
        assert!(refused(profile, None, None).contains("profile vexxhost"));
    }
}

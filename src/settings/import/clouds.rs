//! Reads `clouds.yaml`, in which `OpenStack`'s own clients keep their clouds, and the `secure.yaml` beside it, which
//! holds the passwords, and `clouds-public.yaml`, which tells what a profile stands for.

use std::collections::BTreeMap;

use secrecy::SecretString;

use crate::provider::Login;
use crate::settings::import::openstack::TakeOverError;
use crate::settings::import::yaml::{self, Node};

/// The texts of the files that belong together.
#[derive(Debug, Clone, Copy)]
pub(super) struct CloudTexts<'t> {
    pub(super) clouds: &'t str,
    /// `secure.yaml`, which counts before it.
    pub(super) secure: Option<&'t str>,
    /// `clouds-public.yaml`, with what a profile stands for.
    pub(super) public: Option<&'t str>,
}

#[derive(Debug)]
pub(super) struct Cloud {
    pub(super) name: String,
    pub(super) login: Login,
    pub(super) secret: Option<SecretString>,
}

/// What else a login is told, besides what every version of Identity has.
pub(super) const OTHERS: [&str; 11] = [
    "user_id",
    "user_domain_name",
    "user_domain_id",
    "project_name",
    "project_domain_name",
    "project_domain_id",
    "application_credential_id",
    "application_credential_name",
    "auth_type",
    "interface",
    "cacert",
];

/// What the secret of a login is called.
pub(super) fn secret_of(login: &Login) -> &'static str {
    let told = |key: &str| login.others.get(key).map(String::as_str);
    match told("auth_type") {
        Some("v3applicationcredential") => "application_credential_secret",
        Some("v3token" | "token") => "token",
        None if told("application_credential_id").or(told("application_credential_name")).is_some() => {
            "application_credential_secret"
        }
        _ => "password",
    }
}

/// The cloud of this name; where none is named, the only one there is.
pub(super) fn read(texts: &CloudTexts<'_>, named: Option<&str>) -> Result<Cloud, TakeOverError> {
    let parsed = |name: &'static str, text| {
        yaml::parse(text).map_err(|yaml::NotYaml(line)| TakeOverError::NotYaml { name, line })
    };
    let document = parsed("clouds.yaml", texts.clouds)?;
    let known = document.get("clouds").and_then(Node::keys).ok_or(TakeOverError::NoClouds)?;
    let name = match (named, known.as_slice()) {
        (Some(named), _) if known.iter().any(|name| name == named) => named.to_owned(),
        (Some(named), _) => return Err(TakeOverError::NoCloud { name: named.to_owned(), known }),
        (None, [only]) => only.clone(),
        (None, _) => return Err(TakeOverError::WhichCloud(known)),
    };
    let secure = texts.secure.map(|text| parsed("secure.yaml", text)).transpose()?;
    let public = texts.public.map(|text| parsed("clouds-public.yaml", text)).transpose()?;
    let of = |document: &Node, path: &[&str]| text(document, &["clouds", &name], path);
    let profile = of(&document, &["profile"]).or_else(|| of(&document, &["cloud"]));
    // What stands in secure.yaml counts, as with the clients themselves, and a profile last.
    let get = |path: &[&str]| {
        let of_secure = secure.as_deref().and_then(|secure| of(secure, path));
        let of_profile = || text(public.as_deref()?, &["public-clouds", profile.as_deref()?], path);
        of_secure.or_else(|| of(&document, path)).or_else(of_profile)
    };
    // What belongs to the login may stand beside it.
    let auth = |key: &str| get(&["auth", key]).or_else(|| get(&[key]));
    if let Some(profile) = profile.as_ref().filter(|_| auth("auth_url").is_none()) {
        return Err(TakeOverError::Profile(profile.clone()));
    }
    for (key, value, said) in [("insecure", "true", "insecure: true"), ("verify", "false", "verify: false")] {
        if get(&[key]).is_some_and(|sent| sent.eq_ignore_ascii_case(value)) {
            return Err(TakeOverError::Insecure(said));
        }
    }
    let services = ["compute", "image", "network"].into_iter();
    let services = services.filter_map(|s| Some((s.to_owned(), get(&[&format!("{s}_endpoint_override")])?)));
    let mut others: BTreeMap<String, String> =
        OTHERS.iter().filter_map(|key| Some(((*key).to_owned(), auth(key)?))).collect();
    // One domain for both.
    for both in ["domain_name", "domain_id"] {
        let Some(value) = auth(both) else { continue };
        for key in [format!("user_{both}"), format!("project_{both}")] {
            others.entry(key).or_insert_with(|| value.clone());
        }
    }
    let login = Login {
        auth_url: auth("auth_url").unwrap_or_default(),
        version: get(&["identity_api_version"]),
        username: auth("username"),
        project_id: auth("project_id").or_else(|| auth("tenant_id")),
        region: get(&["region_name"]),
        others,
        services: services.collect::<BTreeMap<_, _>>(),
    };
    let secret = auth(secret_of(&login)).map(SecretString::from);
    Ok(Cloud { name, login, secret })
}

/// A text below two keys; an empty one is none.
fn text(document: &Node, within: &[&str], path: &[&str]) -> Option<String> {
    let found = within.iter().chain(path).try_fold(document, |node, key| node.get(key))?;
    found.text().filter(|value| !value.is_empty()).map(str::to_owned)
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

    fn cloud(clouds: &str, secure: Option<&str>, named: Option<&str>) -> Result<Cloud, TakeOverError> {
        read(&CloudTexts { clouds, secure, public: None }, named)
    }

    fn refused(text: &str, secure: Option<&str>, named: Option<&str>) -> String {
        english(&cloud(text, secure, named).unwrap_err().phrase())
    }

    #[test]
    fn the_named_cloud_is_read_and_the_only_one_needs_no_name() {
        let home = cloud(TWO, None, Some("conoha")).unwrap();
        assert_eq!((home.login.username.as_deref(), home.login.project_id.as_deref()), (Some("gncu1"), Some("t1")));
        assert_eq!((home.login.version.as_deref(), home.login.region.as_deref()), (Some("2"), Some("tyo1")));
        assert_eq!(home.secret.unwrap().expose_secret(), "0123", "no number is made of it");
        let (only, _) = TWO.split_once("  lab:").unwrap();
        assert_eq!(cloud(only, None, None).unwrap().name, "conoha");
    }

    #[test]
    fn what_stands_in_secure_yaml_counts() {
        let secure = "clouds: {lab: {auth: {password: other}}}";
        let cloud = cloud(TWO, Some(secure), Some("lab")).unwrap();
        assert_eq!(cloud.secret.unwrap().expose_secret(), "other");
        assert_eq!(cloud.login.username.as_deref(), Some("demo"));
    }

    #[test]
    fn addresses_of_services_come_along() {
        let text = format!("{TWO}    compute_endpoint_override: http://127.0.0.1/c\n    volume_endpoint_override: x\n");
        let services = cloud(&text, None, Some("lab")).unwrap().login.services;
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
        for (key, said) in [("insecure: true", "(insecure: true)"), ("verify: False", "(verify: false)")] {
            assert!(refused(&format!("{TWO}    {key}\n"), None, Some("lab")).contains(said), "{key}");
        }
        let profile = "clouds: {a: {profile: vexxhost, auth: {username: u}}}";
        assert!(refused(profile, None, None).contains("profile vexxhost"));
    }

    #[test]
    fn a_profile_stands_in_clouds_public_yaml() {
        let clouds = "clouds: {a: {profile: big, region_name: r1, auth: {username: u, project_name: p}}}";
        let public = "public-clouds: {big: {auth: {auth_url: 'https://big.example/v3', user_domain_name: Default}, \
            region_name: r2, interface: internal}}";
        let read = read(&CloudTexts { clouds, secure: None, public: Some(public) }, None).unwrap().login;
        assert_eq!((read.auth_url.as_str(), read.region.as_deref()), ("https://big.example/v3", Some("r1")));
        let others = [("interface", "internal"), ("project_name", "p"), ("user_domain_name", "Default")];
        assert_eq!(read.others, others.map(|(key, value)| (key.to_owned(), value.to_owned())).into());
    }

    #[test]
    fn the_secret_is_what_the_kind_of_login_calls_it() {
        let of = |auth: &str| {
            let text = format!("clouds: {{a: {{{auth}, password: p, token: t}}}}");
            let cloud = cloud(&text, None, None).unwrap();
            (cloud.secret.map(|s| s.expose_secret().to_owned()), cloud.login.others.get("user_domain_name").cloned())
        };
        let credential = "auth: {application_credential_id: c, application_credential_secret: s}";
        assert_eq!(of(credential).0.as_deref(), Some("s"));
        assert_eq!(of("auth_type: v3token, auth: {}").0.as_deref(), Some("t"));
        assert_eq!(of("auth: {domain_name: D}"), (Some("p".to_owned()), Some("D".to_owned())));
    }
}

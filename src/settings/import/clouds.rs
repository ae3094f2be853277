//! Reads `clouds.yaml`, in which `OpenStack`'s own clients keep their clouds, and the `secure.yaml` beside it, which
//! holds the passwords, and `clouds-public.yaml`, which tells what a profile stands for.

use std::collections::BTreeMap;
use std::rc::Rc;

use secrecy::SecretString;

use crate::provider::Login;
use crate::settings::environment::Environment;
use crate::settings::import::openstack::TakeOverError;
use crate::settings::import::yaml::{self, Node};

/// The texts of the files that belong together, each with its name.
#[derive(Debug, Clone, Copy)]
pub(super) struct CloudTexts<'t> {
    pub(super) clouds: CloudText<'t>,
    /// `secure.yaml`, which counts before it.
    pub(super) secure: Option<CloudText<'t>>,
    /// `clouds-public.yaml`, with what a profile stands for.
    pub(super) public: Option<CloudText<'t>>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct CloudText<'t> {
    pub(super) name: &'t str,
    pub(super) text: &'t str,
}

/// A cloud in one of its regions.
#[derive(Debug)]
pub(super) struct Cloud {
    pub(super) name: String,
    /// Where it has several, this one of them.
    pub(super) region: Option<String>,
    pub(super) login: Login,
    pub(super) secret: Option<SecretString>,
}

/// What else a login is told, besides what every version of Identity has.
const OTHERS: [&str; 11] = [
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

/// The services, and what their addresses are called after.
const SERVICES: [(&str, &[&str]); 4] = [
    ("compute", &["compute"]),
    ("image", &["image"]),
    ("network", &["network"]),
    ("volume", &["block_storage", "volumev3", "volume"]),
];

/// What was called otherwise once, and still is in the files of some.
const OLDER: [(&str, &str); 4] = [
    ("project_name", "tenant_name"),
    ("interface", "endpoint_type"),
    ("user_domain_id", "default_domain"),
    ("project_domain_id", "default_domain"),
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

/// The files as trees.
struct Documents {
    clouds: Rc<Node>,
    secure: Option<Rc<Node>>,
    public: Option<Rc<Node>>,
}

fn parsed(texts: &CloudTexts<'_>) -> Result<Documents, TakeOverError> {
    let one = |CloudText { name, text }: CloudText<'_>| {
        yaml::parse(text).map_err(|yaml::NotYaml(line)| TakeOverError::NotYaml { name: name.to_owned(), line })
    };
    Ok(Documents {
        clouds: one(texts.clouds)?,
        secure: texts.secure.map(one).transpose()?,
        public: texts.public.map(one).transpose()?,
    })
}

/// The names of all clouds.
pub(super) fn names(texts: &CloudTexts<'_>) -> Result<Vec<String>, TakeOverError> {
    parsed(texts)?.clouds.get("clouds").and_then(Node::keys).ok_or(TakeOverError::NoClouds)
}

/// The cloud of this name, in each of its regions, of which there is at least one; where none is named, the only cloud
/// there is.
pub(super) fn read(
    texts: &CloudTexts<'_>,
    named: Option<&str>,
    env: &Environment,
) -> Result<Vec<Cloud>, TakeOverError> {
    let documents = parsed(texts)?;
    let known = documents.clouds.get("clouds").and_then(Node::keys).ok_or(TakeOverError::NoClouds)?;
    let name = match (named, known.as_slice()) {
        (Some(named), _) if known.iter().any(|name| name == named) => named.to_owned(),
        (Some(named), _) => return Err(TakeOverError::NoCloud { name: named.to_owned(), known }),
        (None, [only]) => only.clone(),
        (None, _) => return Err(TakeOverError::WhichCloud(known)),
    };
    let own = at(&documents.clouds, &["clouds", &name]);
    let profile = own.and_then(|own| text(own, &["profile"]).or_else(|| text(own, &["cloud"])));
    let of_profile = profile.as_deref().and_then(|p| at(documents.public.as_deref()?, &["public-clouds", p]));
    let secure = documents.secure.as_deref().and_then(|secure| at(secure, &["clouds", &name]));
    let regions = own.and_then(regions_of).or_else(|| of_profile.and_then(regions_of)).unwrap_or_default();
    let several = regions.len() > 1;
    let one = |region: Option<&CloudRegion>| {
        let values = region.and_then(|region| region.values.as_deref());
        // What stands in secure.yaml counts, as with the clients themselves, then what a region has of its own, and a
        // profile last.
        let stack: Vec<&Node> = secure.into_iter().chain(values).chain(own).chain(of_profile).collect();
        let auth = |key: &str| auth(&stack, key);
        if let Some(profile) = profile.as_ref().filter(|_| auth("auth_url").is_none()) {
            return Err(TakeOverError::Profile(profile.clone()));
        }
        let get = |key: &str| stack.iter().find_map(|cloud| text(cloud, &[key]));
        let mut login = login(get, auth, region.map(|region| region.name.clone()))?;
        // No shell reads the tilde.
        if let (Some(file), Some(home)) = (login.others.get_mut("cacert"), env.variable("HOME"))
            && let Some(below) = file.strip_prefix("~/")
        {
            *file = format!("{home}/{below}");
        }
        let secret = auth(secret_of(&login)).map(SecretString::from);
        let region = region.filter(|_| several).map(|region| region.name.clone());
        Ok(Cloud { name: name.clone(), region, login, secret })
    };
    if regions.is_empty() { Ok(vec![one(None)?]) } else { regions.iter().map(|region| one(Some(region))).collect() }
}

struct CloudRegion {
    name: String,
    /// What it has of its own, in the shape of a cloud.
    values: Option<Rc<Node>>,
}

/// The regions that a cloud or a profile names: a list of names or of `{name, values}`, or names with commas between.
fn regions_of(cloud: &Node) -> Option<Vec<CloudRegion>> {
    let plain = |name: &str| CloudRegion { name: name.trim().to_owned(), values: None };
    let of_list = |items: &[Rc<Node>]| -> Vec<CloudRegion> {
        let one = |item: &Rc<Node>| match item.text() {
            Some(name) => Some(plain(name)),
            None => {
                let values = if let Node::Map(entries) = item.as_ref() {
                    entries.iter().find(|(key, _)| key == "values").map(|(_, values)| Rc::clone(values))
                } else {
                    None
                };
                Some(CloudRegion { values, ..plain(item.get("name")?.text()?) })
            }
        };
        items.iter().filter_map(one).filter(|region| !region.name.is_empty()).collect()
    };
    let found = ["regions", "region_name"].into_iter().find_map(|key| {
        let node = cloud.get(key)?;
        let names = || Some(node.text()?.split(',').map(plain).filter(|region| !region.name.is_empty()).collect());
        node.items().map(of_list).or_else(names)
    })?;
    (!found.is_empty()).then_some(found)
}

/// `get`: a value of a cloud; `auth`: one that belongs to its login.
pub(super) fn login(
    get: impl Fn(&str) -> Option<String>,
    auth: impl Fn(&str) -> Option<String>,
    region: Option<String>,
) -> Result<Login, TakeOverError> {
    for (key, values) in [("insecure", ["true", "yes", "on", "1"]), ("verify", ["false", "no", "off", "0"])] {
        if let Some(sent) = get(key).filter(|sent| values.iter().any(|value| sent.eq_ignore_ascii_case(value))) {
            return Err(TakeOverError::Insecure(format!("{key}: {}", sent.to_ascii_lowercase())));
        }
    }
    let services = SERVICES.iter().filter_map(|(service, names)| {
        let address = names.iter().find_map(|name| get(&format!("{name}_endpoint_override")))?;
        Some(((*service).to_owned(), address))
    });
    let mut others: BTreeMap<String, String> =
        OTHERS.iter().filter_map(|key| Some(((*key).to_owned(), auth(key)?))).collect();
    // One domain for both.
    for both in ["domain_name", "domain_id"] {
        let Some(value) = auth(both) else { continue };
        for key in [format!("user_{both}"), format!("project_{both}")] {
            others.entry(key).or_insert_with(|| value.clone());
        }
    }
    for (key, older) in OLDER {
        let named = key.strip_suffix("_id").is_some_and(|domain| others.contains_key(&format!("{domain}_name")));
        if let (false, Some(value)) = (named, auth(older)) {
            others.entry(key.to_owned()).or_insert(value);
        }
    }
    Ok(Login {
        auth_url: auth("auth_url").unwrap_or_default(),
        version: get("identity_api_version"),
        username: auth("username"),
        project_id: auth("project_id").or_else(|| auth("tenant_id")),
        region,
        others,
        services: services.collect(),
    })
}

/// What belongs to the login, which may stand beside it.
fn auth(stack: &[&Node], key: &str) -> Option<String> {
    stack.iter().find_map(|cloud| text(cloud, &["auth", key]).or_else(|| text(cloud, &[key])))
}

fn at<'n>(document: &'n Node, path: &[&str]) -> Option<&'n Node> {
    path.iter().try_fold(document, |node, key| node.get(key))
}

/// A text below some keys; an empty one is none.
fn text(document: &Node, path: &[&str]) -> Option<String> {
    at(document, path)?.text().filter(|value| !value.is_empty()).map(str::to_owned)
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
        Ok(all(clouds, secure, None, named)?.remove(0))
    }

    fn all(
        clouds: &str,
        secure: Option<&str>,
        public: Option<&str>,
        named: Option<&str>,
    ) -> Result<Vec<Cloud>, TakeOverError> {
        let of = |name, text| CloudText { name, text };
        let secure = secure.map(|text| of("secure.yaml", text));
        let public = public.map(|text| of("clouds-public.yaml", text));
        let env = Environment::below(std::path::Path::new("/nowhere"), &[]);
        read(&CloudTexts { clouds: of("clouds.yaml", clouds), secure, public }, named, &env)
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
        let told = [("compute", "http://127.0.0.1/c"), ("volume", "x")];
        assert_eq!(services, told.map(|(service, address)| (service.to_owned(), address.to_owned())).into());
    }

    #[test]
    fn what_is_wrong_is_said_without_a_value() {
        assert_eq!(refused(TWO, None, None), "it has several clouds; name one with --cloud: conoha, lab");
        assert_eq!(refused(TWO, None, Some("x")), "it has no cloud x; there are: conoha, lab");
        assert_eq!(refused("cloud: 1\n", None, None), "it has no clouds: a mapping clouds is expected");
        let broken = TWO.replace("password: 0123", "password: \"hunter2");
        assert_eq!(refused(&broken, None, Some("lab")), "clouds.yaml is no YAML: line 6");
        assert!(refused(TWO, Some("a: [hunter2"), Some("lab")).starts_with("secure.yaml is no YAML: line "));
        for (key, said) in [
            ("insecure: true", "(insecure: true)"),
            ("verify: False", "(verify: false)"),
            ("verify: no", "(verify: no)"),
        ] {
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
        let read = all(clouds, None, Some(public), None).unwrap().remove(0).login;
        assert_eq!((read.auth_url.as_str(), read.region.as_deref()), ("https://big.example/v3", Some("r1")));
        let others = [("interface", "internal"), ("project_name", "p"), ("user_domain_name", "Default")];
        assert_eq!(read.others, others.map(|(key, value)| (key.to_owned(), value.to_owned())).into());
    }

    #[test]
    fn a_cloud_of_several_regions_is_one_login_in_each() {
        let of = |regions: &str| {
            let clouds = format!(
                "clouds: {{a: {{{regions}, interface: admin, auth: {{auth_url: 'https://a/v3', username: u, project_id: p}}}}}}"
            );
            let read = all(&clouds, None, None, None).unwrap().into_iter();
            read.map(|cloud| {
                let login = cloud.login;
                let told = (login.region.unwrap_or_default(), login.others["interface"].clone(), login.project_id);
                (cloud.region, told.0, told.1, told.2.unwrap_or_default())
            })
            .collect::<Vec<_>>()
        };
        let row = |region: Option<&str>, name: &str, interface: &str, project: &str| {
            (region.map(str::to_owned), name.to_owned(), interface.to_owned(), project.to_owned())
        };
        let two = [row(Some("r1"), "r1", "admin", "p"), row(Some("r2"), "r2", "admin", "p")];
        assert_eq!(of("regions: [r1, r2], region_name: r2"), two);
        assert_eq!(of("region_name: 'r1, r2'"), two);
        assert_eq!(of("regions: [{name: r1}]"), [row(None, "r1", "admin", "p")]);
        let own = of("regions: [r1, {name: r2, values: {interface: internal, auth: {project_id: q}}}]");
        assert_eq!(own, [row(Some("r1"), "r1", "admin", "p"), row(Some("r2"), "r2", "internal", "q")]);
    }

    #[test]
    fn what_was_called_otherwise_once_is_known() {
        let clouds = "clouds: {a: {endpoint_type: internalURL, default_domain: default, auth: {auth_url: 'https://a/v3', \
            username: u, tenant_name: p, project_domain_name: P}}}";
        let others = cloud(clouds, None, None).unwrap().login.others;
        let told =
            ["project_name", "interface", "user_domain_id", "project_domain_name"].map(|key| others[key].as_str());
        assert_eq!(told, ["p", "internalURL", "default", "P"]);
        assert!(!others.contains_key("project_domain_id"));
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

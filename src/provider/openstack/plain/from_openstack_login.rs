//! An account from a login that was written down for `OpenStack`'s own clients.

use std::collections::BTreeMap;

use crate::domain::text;
use crate::provider::openstack::plain::account::{AUTH_TYPES, mistake};
use crate::provider::setup::AccountMistake;
use crate::provider::{Login, LoginPart, NotTaken};

/// Names of the clients, and the keys here.
const KEYS: [(&str, &str); 11] = [
    ("user_id", "user_id"),
    ("user_domain_name", "user_domain"),
    ("user_domain_id", "user_domain_id"),
    ("project_name", "project"),
    ("project_domain_name", "project_domain"),
    ("project_domain_id", "project_domain_id"),
    ("application_credential_id", "application_credential_id"),
    ("application_credential_name", "application_credential_name"),
    ("auth_type", "auth_type"),
    ("interface", "interface"),
    ("cacert", "ca_file"),
];

/// What the configuration needs.
pub(super) fn from_openstack_login(login: &Login) -> Result<BTreeMap<String, String>, NotTaken> {
    let url = login.auth_url.trim().trim_end_matches('/');
    if url.is_empty() {
        return Err(NotTaken::Missing(LoginPart::AuthUrl));
    }
    if login.version.as_deref().is_some_and(|version| version.trim().trim_start_matches('v').starts_with('2')) {
        return Err(NotTaken::NotMine(text::mistake::not_v3(url)));
    }
    let mut values = BTreeMap::from([("auth_url".to_owned(), url.to_owned())]);
    let mut put = |key: &str, value: &str| drop(values.insert(key.to_owned(), value.trim().to_owned()));
    let own = [("username", &login.username), ("project_id", &login.project_id), ("region", &login.region)];
    for (key, value) in own {
        value.iter().filter(|value| !value.trim().is_empty()).for_each(|value| put(key, value));
    }
    for (name, key) in KEYS {
        login.others.get(name).filter(|value| !value.trim().is_empty()).into_iter().for_each(|value| put(key, value));
    }
    login.services.iter().for_each(|(service, address)| put(service, address));
    one_of_two(&mut values);
    // As the clients have it where a name stands without its domain.
    for (name, domain) in [("username", "user_domain"), ("project", "project_domain")] {
        let id = format!("{domain}_id");
        if values.contains_key(name) && !values.contains_key(domain) && !values.contains_key(&id) {
            values.insert(id, "default".to_owned());
        }
    }
    if let Some(kind) = values.get("auth_type").filter(|kind| !AUTH_TYPES.contains(&kind.as_str())) {
        let what = text::mistake::not_known(kind, text::mistake::accepted(AUTH_TYPES.join(", ")));
        return Err(NotTaken::Refused(text::plain::at("auth_type", what)));
    }
    match mistake(&values) {
        None => Ok(values),
        Some(AccountMistake { key: "username", .. }) => Err(NotTaken::Missing(LoginPart::Username)),
        Some(AccountMistake { key: "project", .. }) => Err(NotTaken::Missing(LoginPart::Project)),
        Some(AccountMistake { key: "auth_url", what }) => Err(NotTaken::NotMine(what)),
        Some(AccountMistake { key, what }) => Err(NotTaken::Refused(text::plain::at(key, what))),
    }
}

/// The clients are told one thing in two ways, of which the id counts; and much that does not concern who logs in.
fn one_of_two(values: &mut BTreeMap<String, String>) {
    // How `auth_type` is written by those who do not name the version.
    let kind = values.remove("auth_type").map(|kind| match kind.as_str() {
        "password" => "v3password".to_owned(),
        "token" => "v3token".to_owned(),
        _ => kind,
    });
    let is_credential = kind.as_deref() == Some("v3applicationcredential");
    values.extend(kind.filter(|kind| kind != "v3password").map(|kind| ("auth_type".to_owned(), kind)));
    if is_credential {
        for key in ["project", "project_id", "project_domain", "project_domain_id"] {
            values.remove(key);
        }
    }
    if let Some(interface) = values.remove("interface") {
        let plain = interface.strip_suffix("URL").unwrap_or(&interface);
        if plain != "public" {
            values.insert("interface".to_owned(), plain.to_owned());
        }
    }
    let pairs = [
        ("user_id", "username"),
        ("project_id", "project"),
        ("user_domain_id", "user_domain"),
        ("project_domain_id", "project_domain"),
        ("application_credential_id", "application_credential_name"),
    ];
    for (id, name) in pairs {
        if values.contains_key(id) {
            values.remove(name);
        }
    }
}

//! From the keys of an account to who logs in and where.

use std::collections::BTreeMap;
use std::sync::Arc;

use reqwest::Url;

use crate::domain::{Phrase, Text, text};
use crate::provider::http::NotInPath;
use crate::provider::openstack::api::OpenstackApi;
use crate::provider::openstack::endpoint::Endpoint;
use crate::provider::openstack::endpoints::{ComputePath, Endpoints, configured};
use crate::provider::openstack::identity::{Identity, Scoped, Who, given as get, named};
use crate::provider::openstack::plain::DIALECT;
use crate::provider::openstack::plain::own_lists::Limits;
use crate::provider::secret_source::SecretSource;
use crate::provider::setup::{AccountMistake, AccountSetup, AccountValues, Opened};

pub(super) const AUTH_TYPES: &[&str] = &["v3password", "v3applicationcredential", "v3token"];

pub(super) fn open(setup: &AccountSetup, secret: Arc<dyn SecretSource>) -> Opened {
    let wrong = |AccountMistake { key, what }: AccountMistake| text::account::wrong(setup.name.as_str(), key, what);
    let who = who(&setup.values).map_err(wrong)?;
    let url = login(setup.required("auth_url")?).map_err(wrong)?;
    let endpoints = Endpoints {
        region: setup.value("region").map(str::to_owned),
        interface: setup.value("interface").unwrap_or("public").to_owned(),
        login: url.clone(),
        compute: ComputePath::Versioned("v2.1"),
        any_region: false,
        configured: configured(setup)?,
        known: BTreeMap::new(),
    };
    let identity = Identity::V3(Scoped { url, who });
    Ok(Arc::new(OpenstackApi::open(&DIALECT, &Limits, endpoints, identity, setup, secret)))
}

/// What is wrong with the keys of an account taken together.
pub(super) fn mistake(values: &AccountValues) -> Option<AccountMistake> {
    get(values, "auth_url").and_then(|address| login(address).err()).or_else(|| who(values).err())
}

/// Where tokens are given out, below an address with or without its version.
fn login(address: &str) -> Result<Url, AccountMistake> {
    let wrong = |what: Phrase| AccountMistake { key: "auth_url", what };
    let endpoint = Endpoint::new(address).map_err(wrong)?.without(&["auth", "tokens"]);
    if endpoint.version().is_some_and(|version| !version.starts_with("v3")) {
        return Err(wrong(text::mistake::not_v3(address)));
    }
    let at = || endpoint.versioned("v3")?.at_parts(&["auth", "tokens"]);
    at().map_err(|error: NotInPath| wrong(error.phrase()))
}

fn who(values: &AccountValues) -> Result<Who, AccountMistake> {
    let get = |key: &str| get(values, key);
    let credential = (get("application_credential_id"), get("application_credential_name"));
    let is_credential = match get("auth_type") {
        Some(kind) => kind == "v3applicationcredential",
        None => credential != (None, None),
    };
    if is_credential {
        return of_credential(values, credential);
    }
    if let Some(key) =
        ["application_credential_id", "application_credential_name"].into_iter().find(|key| get(key).is_some())
    {
        return Err(AccountMistake { key, what: text::mistake::CREDENTIAL_TYPE.into() });
    }
    let project = named(values, "project", "project_id", "project_domain")?;
    let missing = |key, what: Text| AccountMistake { key, what: text::mistake::missing(what) };
    let project = project.ok_or_else(|| missing("project", text::login::PROJECT_OR_ID))?;
    if get("auth_type") == Some("v3token") {
        return Ok(Who::Token { project });
    }
    let user = named(values, "username", "user_id", "user_domain")?;
    let user = user.ok_or_else(|| missing("username", text::login::USER_OR_ID))?;
    Ok(Who::User { user, project })
}

fn of_credential(values: &AccountValues, (id, name): (Option<&str>, Option<&str>)) -> Result<Who, AccountMistake> {
    if let Some(key) = ["project", "project_id"].into_iter().find(|key| get(values, key).is_some()) {
        return Err(AccountMistake { key, what: text::mistake::CREDENTIAL_PROJECT.into() });
    }
    let user = named(values, "username", "user_id", "user_domain")?;
    match (id, name) {
        (Some(id), _) => Ok(Who::ApplicationCredential { id: Some(id.to_owned()), name: None, user: None }),
        (None, Some(name)) if user.is_some() => {
            Ok(Who::ApplicationCredential { id: None, name: Some(name.to_owned()), user })
        }
        (None, Some(_)) => {
            Err(AccountMistake { key: "application_credential_name", what: text::mistake::CREDENTIAL_USER.into() })
        }
        (None, None) => Err(AccountMistake {
            key: "application_credential_id",
            what: text::mistake::missing(text::login::CREDENTIAL_ID),
        }),
    }
}

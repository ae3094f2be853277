//! Makes an account of credentials that other programs were told: the variables and the `clouds.yaml` of `OpenStack`'s
//! clients. Which provider they are for, and what its configuration needs, the providers say.

use std::collections::BTreeMap;
use std::path::Path;

use secrecy::SecretString;

use crate::domain::{Phrase, text};
use crate::provider::{Login, LoginPart, NotTaken, PROVIDERS, Provider};
use crate::settings::environment::Environment;
use crate::settings::import::clouds::{self, CloudTexts};
use crate::settings::import::env_file::{ImportError, Imported, parse_env_file};

/// An account as it was found elsewhere.
#[derive(Debug, Clone)]
pub struct TakenOver {
    /// What to call it, where nothing else is said.
    pub name: String,
    pub provider: &'static Provider,
    pub values: BTreeMap<String, String>,
    /// Its secret.
    pub secret: SecretString,
}

#[derive(Debug, Clone)]
pub enum FromFile {
    /// The keys of the article about Indigo's API, the two perhaps in each other's place.
    EnvFile(Imported),
    Account(Box<TakenOver>),
}

/// Why there is no account to take over. Never with a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakeOverError {
    Missing(Phrase),
    /// It is for no provider that is here.
    NotTaken(Phrase),
    NotYaml {
        name: &'static str,
        line: usize,
    },
    /// It holds no clouds.
    NoClouds,
    /// It holds several and none was named.
    WhichCloud(Vec<String>),
    /// It has none of that name.
    NoCloud {
        name: String,
        known: Vec<String>,
    },
    /// It refers to a list of clouds that only the clients have.
    Profile(String),
    /// Whom the login goes to would not be known.
    Insecure(&'static str),
    Openrc,
    /// It is no env file either.
    EnvFile(ImportError),
}

impl TakeOverError {
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Missing(what) => text::form::missing(what.clone()),
            Self::NotTaken(why) => why.clone(),
            Self::NotYaml { name, line } => text::import::no_yaml(*name, line.to_string()),
            Self::NoClouds => text::import::NO_CLOUDS.into(),
            Self::WhichCloud(known) => text::import::which_cloud(known.join(", ")),
            Self::NoCloud { name, known } => text::import::no_cloud(name.as_str(), known.join(", ")),
            Self::Profile(name) => text::import::profile(name.as_str()),
            Self::Insecure(said) => text::import::insecure(*said),
            Self::Openrc => text::import::OPENRC.into(),
            Self::EnvFile(error) => error.phrase(),
        }
    }
}

/// Where parts of a login are looked for: the names a person knows.
type Names = fn(LoginPart) -> Phrase;

/// Makes an account of the `OS_*` variables.
///
/// # Errors
/// What is missing, or why no provider takes it.
pub fn take_over_environment(env: &Environment) -> Result<TakenOver, TakeOverError> {
    let get = |name: &str| env.variable(name).filter(|value| !value.is_empty()).map(str::to_owned);
    let services = ["compute", "image", "network"].into_iter();
    let services = services
        .filter_map(|s| Some((s.to_owned(), get(&format!("OS_{}_ENDPOINT_OVERRIDE", s.to_ascii_uppercase()))?)));
    let login = Login {
        auth_url: get("OS_AUTH_URL").unwrap_or_default(),
        version: get("OS_IDENTITY_API_VERSION"),
        username: get("OS_USERNAME"),
        project_id: get("OS_PROJECT_ID").or_else(|| get("OS_TENANT_ID")),
        region: get("OS_REGION_NAME"),
        others: clouds::OTHERS.iter().filter_map(|n| Some(((*n).to_owned(), get(&variable(n))?))).collect(),
        services: services.collect(),
    };
    let names: Names = |part| match part {
        LoginPart::AuthUrl => text::import::variable("OS_AUTH_URL"),
        LoginPart::Username => text::import::variable("OS_USERNAME"),
        LoginPart::Project => text::import::PROJECT_VARIABLES.into(),
        LoginPart::ProjectId => text::import::PROJECT_VARIABLE.into(),
    };
    let variable = variable(clouds::secret_of(&login));
    let secret = get(&variable).map(SecretString::from).ok_or_else(|| text::import::variable(variable));
    of_login(&login, secret, names, None)
}

/// The variable that holds a value of `clouds.yaml`.
fn variable(name: &str) -> String {
    format!("OS_{}", name.to_ascii_uppercase())
}

/// Makes an account of a cloud of `clouds.yaml`.
///
/// # Errors
/// What is missing, or why no provider takes it.
fn take_over_cloud(texts: &CloudTexts<'_>, cloud: Option<&str>) -> Result<TakenOver, TakeOverError> {
    let cloud = clouds::read(texts, cloud)?;
    let names: Names = |part| match part {
        LoginPart::AuthUrl => "auth.auth_url".into(),
        LoginPart::Username => "auth.username".into(),
        LoginPart::Project => text::import::PROJECT_KEYS.into(),
        LoginPart::ProjectId => text::import::PROJECT.into(),
    };
    let secret = cloud.secret.ok_or_else(|| text::import::secret(clouds::secret_of(&cloud.login)));
    of_login(&cloud.login, secret, names, Some(cloud.name))
}

/// Reads a file with credentials of whatever kind; the `secure.yaml` beside a `clouds.yaml` is read too.
///
/// # Errors
/// What is wrong with it.
pub fn take_over_file(file: &Path, text: &str, cloud: Option<&str>) -> Result<FromFile, TakeOverError> {
    let is_yaml = file.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
    if is_yaml || clouds::looks_like(text) {
        let beside = |name: &str| std::fs::read_to_string(file.with_file_name(name)).ok();
        let (secure, public) = (beside("secure.yaml"), beside("clouds-public.yaml"));
        let texts = CloudTexts { clouds: text, secure: secure.as_deref(), public: public.as_deref() };
        return take_over_cloud(&texts, cloud).map(Box::new).map(FromFile::Account);
    }
    match parse_env_file(text) {
        Err(ImportError::Missing(_)) if text.contains("OS_AUTH_URL=") => Err(TakeOverError::Openrc),
        other => other.map(FromFile::EnvFile).map_err(TakeOverError::EnvFile),
    }
}

fn of_login(
    login: &Login,
    secret: Result<SecretString, Phrase>,
    names: Names,
    name: Option<String>,
) -> Result<TakenOver, TakeOverError> {
    let missing = |part| TakeOverError::Missing(names(part));
    // The first that takes it; else what is missing where it is for one, and what the first of them says.
    let (mut lacks, mut why) = (None, None);
    for provider in PROVIDERS {
        let Some(from_openstack_login) = provider.from_openstack_login else { continue };
        match from_openstack_login(login) {
            Ok(values) => {
                let secret = secret.map_err(TakeOverError::Missing)?;
                return Ok(TakenOver {
                    name: name.unwrap_or_else(|| provider.key.to_owned()),
                    provider,
                    values,
                    secret,
                });
            }
            Err(NotTaken::Missing(part)) => lacks = lacks.or(Some(missing(part))),
            Err(NotTaken::NotMine(said)) => why = why.or(Some(TakeOverError::NotTaken(said))),
            Err(NotTaken::Refused(said)) => return Err(TakeOverError::NotTaken(said)),
        }
    }
    Err(lacks.or(why).unwrap_or_else(|| missing(LoginPart::AuthUrl)))
}

#[cfg(test)]
#[path = "openstack_tests.rs"]
mod tests;

//! Makes an account of credentials that other programs were told: the variables and the `clouds.yaml` of `OpenStack`'s
//! clients. Which provider they are for, and what its configuration needs, the providers say.

use std::collections::BTreeMap;
use std::path::Path;

use secrecy::SecretString;

use crate::domain::{Phrase, text};
use crate::provider::{Login, LoginPart, NotTaken, PROVIDERS, Provider};
use crate::settings::environment::Environment;
use crate::settings::import::clouds::{self, Cloud, CloudText, CloudTexts};
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
    /// A cloud: an account for each of its regions.
    Accounts(Vec<TakenOver>),
}

/// An account as a cloud of the clients' own files has it, whose secret stays there.
#[derive(Debug, Clone)]
pub(in crate::settings) struct CloudAccount {
    pub(in crate::settings) name: String,
    /// Which of several regions of the cloud it is in.
    pub(in crate::settings) region: Option<String>,
    pub(in crate::settings) provider: &'static Provider,
    pub(in crate::settings) values: BTreeMap<String, String>,
}

/// Why there is no account to take over. Never with a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakeOverError {
    Missing(Phrase),
    /// It is for no provider that is here.
    NotTaken(Phrase),
    NotYaml {
        /// The file.
        name: String,
        line: usize,
    },
    Unreadable {
        file: String,
        said: String,
    },
    /// None of the files in which clouds stand; those that were looked for.
    NoFile(Vec<String>),
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
    Insecure(String),
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
            Self::NotYaml { name, line } => text::import::no_yaml(name.as_str(), line.to_string()),
            Self::Unreadable { file, said } => text::file::unreadable(file.as_str(), said.as_str()),
            Self::NoFile(looked) => text::import::no_file(looked.join(", ")),
            Self::NoClouds => text::import::NO_CLOUDS.into(),
            Self::WhichCloud(known) => text::import::which_cloud(known.join(", ")),
            Self::NoCloud { name, known } => text::import::no_cloud(name.as_str(), known.join(", ")),
            Self::Profile(name) => text::import::profile(name.as_str()),
            Self::Insecure(said) => text::import::insecure(said.as_str()),
            Self::Openrc => text::import::OPENRC.into(),
            Self::EnvFile(error) => error.phrase(),
        }
    }
}

/// No account's name is longer.
const NAME_LENGTH: usize = 64;

/// Where parts of a login are looked for: the names a person knows.
type Names = fn(LoginPart) -> Phrase;

/// Makes an account of the `OS_*` variables.
///
/// # Errors
/// What is missing, or why no provider takes it.
pub fn take_over_environment(env: &Environment) -> Result<TakenOver, TakeOverError> {
    let get = |key: &str| env.filled(&variable(key)).map(str::to_owned);
    let login = clouds::login(get, get, get("region_name"))?;
    let names: Names = |part| match part {
        LoginPart::AuthUrl => text::import::variable("OS_AUTH_URL"),
        LoginPart::Username => text::import::variable("OS_USERNAME"),
        LoginPart::Project => text::import::PROJECT_VARIABLES.into(),
        LoginPart::ProjectId => text::import::PROJECT_VARIABLE.into(),
    };
    let name = variable(clouds::secret_of(&login));
    let secret = env.filled(&name).map(SecretString::from).ok_or_else(|| text::import::variable(name));
    let (provider, values) = provider_of(&login, names)?;
    Ok(TakenOver { name: provider.key.to_owned(), provider, values, secret: secret.map_err(TakeOverError::Missing)? })
}

/// The variable that holds a value of `clouds.yaml`.
fn variable(name: &str) -> String {
    format!("OS_{}", name.to_ascii_uppercase())
}

const CLOUD_NAMES: Names = |part| match part {
    LoginPart::AuthUrl => "auth.auth_url".into(),
    LoginPart::Username => "auth.username".into(),
    LoginPart::Project => text::import::PROJECT_KEYS.into(),
    LoginPart::ProjectId => text::import::PROJECT.into(),
};

/// What an account of a cloud is called: by its region, too, where it has several. What no account may be called is
/// written otherwise.
fn account_name(cloud: &Cloud) -> String {
    let name = cloud.region.as_ref().map_or_else(|| cloud.name.clone(), |region| format!("{}-{region}", cloud.name));
    let fits = |c: char| !(c.is_whitespace() || c.is_control() || matches!(c, '/' | '\\' | '='));
    let name: String = name.chars().map(|c| if fits(c) { c } else { '-' }).take(NAME_LENGTH).collect();
    name.trim_start_matches(['-', '.']).to_owned()
}

/// A cloud as accounts that leave their secret where it is.
pub(super) fn accounts_of(clouds: &[Cloud]) -> Result<Vec<CloudAccount>, TakeOverError> {
    let one = |cloud: &Cloud| {
        let (provider, values) = provider_of(&cloud.login, CLOUD_NAMES)?;
        Ok(CloudAccount { name: account_name(cloud), region: cloud.region.clone(), provider, values })
    };
    clouds.iter().map(one).collect()
}

/// A cloud as accounts with their secret. `env`: where a secret stands that the files do not have.
pub(super) fn take_over_clouds(clouds: Vec<Cloud>, env: &Environment) -> Result<Vec<TakenOver>, TakeOverError> {
    let accounts = accounts_of(&clouds)?;
    let one = |(cloud, account): (Cloud, CloudAccount)| {
        let secret = secret_of(cloud, env).map_err(TakeOverError::Missing)?;
        Ok(TakenOver { name: account.name, provider: account.provider, values: account.values, secret })
    };
    clouds.into_iter().zip(accounts).map(one).collect()
}

/// The secret of a cloud: where its files have none, that of the variable from which the clients take it then.
pub(super) fn secret_of(cloud: Cloud, env: &Environment) -> Result<SecretString, Phrase> {
    let name = clouds::secret_of(&cloud.login);
    let of_variable = || env.filled(&variable(name)).map(SecretString::from);
    cloud.secret.or_else(of_variable).ok_or_else(|| text::import::secret(name))
}

/// Reads a file with credentials of whatever kind; the `secure.yaml` beside a `clouds.yaml` is read too.
///
/// # Errors
/// What is wrong with it.
pub fn take_over_file(
    file: &Path,
    text: &str,
    cloud: Option<&str>,
    env: &Environment,
) -> Result<FromFile, TakeOverError> {
    let is_yaml = file.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
    if is_yaml || clouds::looks_like(text) {
        let beside = |name: &str| std::fs::read_to_string(file.with_file_name(name)).ok();
        let (secure, public) = (beside("secure.yaml"), beside("clouds-public.yaml"));
        fn named<'t>(name: &'t str, text: &'t Option<String>) -> Option<CloudText<'t>> {
            Some(CloudText { name, text: text.as_deref()? })
        }
        let texts = CloudTexts {
            clouds: CloudText { name: "clouds.yaml", text },
            secure: named("secure.yaml", &secure),
            public: named("clouds-public.yaml", &public),
        };
        return take_over_clouds(clouds::read(&texts, cloud, env)?, env).map(FromFile::Accounts);
    }
    match parse_env_file(text) {
        Err(ImportError::Missing(_)) if text.contains("OS_AUTH_URL=") => Err(TakeOverError::Openrc),
        other => other.map(FromFile::EnvFile).map_err(TakeOverError::EnvFile),
    }
}

/// The first provider that takes a login, and what its configuration needs; else what is missing where it is for one, and
/// what the first of them says.
fn provider_of(login: &Login, names: Names) -> Result<(&'static Provider, BTreeMap<String, String>), TakeOverError> {
    let missing = |part| TakeOverError::Missing(names(part));
    let (mut lacks, mut why) = (None, None);
    for provider in PROVIDERS {
        let Some(from_openstack_login) = provider.from_openstack_login else { continue };
        match from_openstack_login(login) {
            Ok(values) => return Ok((provider, values)),
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

//! Where `OpenStack`'s own clients look for the files of their clouds. The first file of each kind that there is counts,
//! wherever those of the other kinds are (openstacksdk 4, `config/loader.py`).

use std::io::ErrorKind;
use std::path::PathBuf;

use secrecy::SecretString;

use crate::domain::Phrase;
use crate::settings::environment::Environment;
use crate::settings::import::clouds::{self, Cloud, CloudText, CloudTexts};
use crate::settings::import::openstack::{
    CloudAccount, TakeOverError, TakenOver, accounts_of, secret_of, take_over_clouds,
};

/// JSON is YAML, too.
const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

struct CloudFile {
    name: String,
    text: String,
}

impl CloudFile {
    fn text(&self) -> CloudText<'_> {
        CloudText { name: &self.name, text: &self.text }
    }
}

struct CloudFiles {
    clouds: CloudFile,
    secure: Option<CloudFile>,
    public: Option<CloudFile>,
}

impl CloudFiles {
    fn find(env: &Environment) -> Result<Self, TakeOverError> {
        let places = |kind: &str, variable: Option<&str>| -> Vec<PathBuf> {
            let named = variable.and_then(|name| env.filled(name));
            let beside = |folder: &PathBuf| ENDINGS.map(|ending| folder.join(format!("{kind}.{ending}")));
            named.map(PathBuf::from).into_iter().chain(folders(env).iter().flat_map(beside)).collect()
        };
        let first = |places: &[PathBuf]| -> Result<Option<CloudFile>, TakeOverError> {
            for place in places {
                let name = place.display().to_string();
                match std::fs::read_to_string(place) {
                    Ok(text) => return Ok(Some(CloudFile { name, text })),
                    // One that is somebody else's is passed over.
                    Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => {}
                    Err(error) => return Err(TakeOverError::Unreadable { file: name, said: error.to_string() }),
                }
            }
            Ok(None)
        };
        let looked = places("clouds", Some("OS_CLIENT_CONFIG_FILE"));
        let clouds = first(&looked)?.ok_or_else(|| {
            let plain = looked.iter().filter(|place| !place.extension().is_some_and(|e| e == "yml" || e == "json"));
            TakeOverError::NoFile(plain.map(|place| place.display().to_string()).collect())
        })?;
        let secure = first(&places("secure", Some("OS_CLIENT_SECURE_FILE")))?;
        Ok(Self { clouds, secure, public: first(&places("clouds-public", None))? })
    }

    fn texts(&self) -> CloudTexts<'_> {
        CloudTexts {
            clouds: self.clouds.text(),
            secure: self.secure.as_ref().map(CloudFile::text),
            public: self.public.as_ref().map(CloudFile::text),
        }
    }
}

/// The folders in which they may be, this one first.
fn folders(env: &Environment) -> Vec<PathBuf> {
    let variable = |name: &str| env.filled(name).map(PathBuf::from);
    let own = variable("XDG_CONFIG_HOME").map(|config| config.join("openstack"));
    let home = variable("HOME").map(|home| home.join(".config/openstack"));
    let mut all: Vec<PathBuf> =
        [Some(PathBuf::from(".")), own, home, Some("/etc/openstack".into())].into_iter().flatten().collect();
    all.dedup();
    all
}

fn cloud(env: &Environment, named: Option<&str>) -> Result<Vec<Cloud>, TakeOverError> {
    clouds::read(&CloudFiles::find(env)?.texts(), named, env)
}

/// The accounts of a cloud, one for each of its regions; their secrets stay where they are.
///
/// # Errors
/// What is wrong with the files or the cloud.
pub(in crate::settings) fn accounts_of_cloud(
    env: &Environment,
    name: &str,
) -> Result<Vec<CloudAccount>, TakeOverError> {
    accounts_of(&cloud(env, Some(name))?)
}

/// The secret of a cloud, as it stands in its files now.
///
/// # Errors
/// What is wrong with them, or that there is none.
pub(in crate::settings) fn secret_of_cloud(
    env: &Environment,
    name: &str,
    region: Option<&str>,
) -> Result<SecretString, Phrase> {
    let clouds = cloud(env, Some(name)).map_err(|error| error.phrase())?;
    let of_region = clouds.into_iter().find(|cloud| cloud.region.as_deref() == region);
    let of_region = of_region.ok_or_else(|| TakeOverError::NoClouds.phrase())?;
    secret_of(of_region, env).map_err(|what| TakeOverError::Missing(what).phrase())
}

/// Makes accounts of a cloud of the clients' own files; where none is named, of the only one there is.
///
/// # Errors
/// What is wrong with the files or the cloud.
pub fn take_over_cloud(env: &Environment, name: Option<&str>) -> Result<Vec<TakenOver>, TakeOverError> {
    take_over_clouds(cloud(env, name)?, env)
}

/// The names of all clouds of the clients' own files; none where they cannot be read.
#[must_use]
pub fn cloud_names(env: &Environment) -> Vec<String> {
    CloudFiles::find(env).and_then(|files| clouds::names(&files.texts())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;
    use crate::words::english;

    fn write(folder: &std::path::Path, name: &str, text: &str) -> String {
        std::fs::create_dir_all(folder).unwrap();
        let file = folder.join(name);
        std::fs::write(&file, text).unwrap();
        file.display().to_string()
    }

    #[test]
    fn the_first_file_of_each_kind_counts_and_each_kind_may_be_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let (config, home) = (folder.path().join("xdg"), folder.path().join("home"));
        let clouds = |user: &str| {
            format!(
                "clouds: {{lab: {{profile: ours, auth: {{username: {user}, project_id: p, user_domain_name: D}}}}}}"
            )
        };
        write(&config.join("openstack"), "clouds.yml", &clouds("first"));
        write(&home.join(".config/openstack"), "clouds.yaml", &clouds("second"));
        write(&home.join(".config/openstack"), "secure.json", r#"{"clouds":{"lab":{"auth":{"password":"hunter2"}}}}"#);
        write(
            &home.join(".config/openstack"),
            "clouds-public.yaml",
            "public-clouds: {ours: {auth: {auth_url: 'https://a/v3'}, cacert: ~/ca.pem}}",
        );
        let (config, home) = (config.display().to_string(), home.display().to_string());
        let env = |more: &[(&str, &str)]| {
            let both = [("XDG_CONFIG_HOME", config.as_str()), ("HOME", home.as_str())];
            Environment::below(folder.path(), &both.iter().chain(more).copied().collect::<Vec<_>>())
        };
        let user = |env: &Environment| accounts_of_cloud(env, "lab").unwrap()[0].values["username"].clone();
        assert_eq!(user(&env(&[])), "first");
        let accounts = accounts_of_cloud(&env(&[]), "lab").unwrap();
        let values = &accounts[0].values;
        assert_eq!(
            (values["auth_url"].as_str(), values["ca_file"].clone()),
            ("https://a/v3", format!("{home}/ca.pem"))
        );
        assert_eq!(secret_of_cloud(&env(&[]), "lab", None).unwrap().expose_secret(), "hunter2");
        let named = write(folder.path(), "mine", &clouds("named"));
        let secure = write(folder.path(), "keys", "clouds: {lab: {auth: {password: other}}}");
        let own = env(&[("OS_CLIENT_CONFIG_FILE", &named), ("OS_CLIENT_SECURE_FILE", &secure)]);
        assert_eq!(user(&own), "named");
        assert_eq!(secret_of_cloud(&own, "lab", None).unwrap().expose_secret(), "other");
        // Read anew each time.
        write(folder.path(), "keys", "clouds: {lab: {auth: {password: renewed}}}");
        assert_eq!(secret_of_cloud(&own, "lab", None).unwrap().expose_secret(), "renewed");
        assert_eq!(cloud_names(&own), ["lab"]);
    }

    #[test]
    fn a_password_that_the_files_lack_is_the_variable_s() {
        let folder = tempfile::tempdir().unwrap();
        let text = "clouds: {lab: {auth: {auth_url: 'https://a/v3', username: u, project_id: p}}}";
        let file = write(folder.path(), "clouds.yaml", text);
        let env = Environment::below(folder.path(), &[("OS_CLIENT_CONFIG_FILE", &file), ("OS_PASSWORD", "hunter2")]);
        assert_eq!(secret_of_cloud(&env, "lab", None).unwrap().expose_secret(), "hunter2");
        let env = Environment::below(folder.path(), &[("OS_CLIENT_CONFIG_FILE", &file)]);
        let said = english(&secret_of_cloud(&env, "lab", None).unwrap_err());
        assert_eq!(said, "auth.password (here or in secure.yaml) is missing");
    }

    #[test]
    fn what_is_not_there_is_said_with_where_it_was_looked_for() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().display().to_string();
        let env = Environment::below(folder.path(), &[("HOME", &home), ("OS_CLIENT_CONFIG_FILE", "/no/such")]);
        let said = english(&accounts_of_cloud(&env, "lab").unwrap_err().phrase());
        assert!(said.starts_with("there is no clouds.yaml; looked for /no/such, ./clouds.yaml, "), "{said}");
        assert!(said.ends_with(&format!("{home}/.config/openstack/clouds.yaml, /etc/openstack/clouds.yaml")), "{said}");
    }

    #[test]
    fn an_account_is_called_after_its_cloud_and_one_of_several_regions() {
        let folder = tempfile::tempdir().unwrap();
        let text = "clouds: {'-my cloud/x': {regions: [r1, r 2], auth: {auth_url: 'https://a/v3', username: u, project_id: p}}}";
        let file = write(folder.path(), "clouds.yaml", text);
        let env = Environment::below(folder.path(), &[("OS_CLIENT_CONFIG_FILE", &file)]);
        let accounts = accounts_of_cloud(&env, "-my cloud/x").unwrap();
        let told: Vec<_> = accounts.iter().map(|a| (a.name.as_str(), a.values["region"].as_str())).collect();
        assert_eq!(told, [("my-cloud-x-r1", "r1"), ("my-cloud-x-r-2", "r 2")]);
    }
}

//! Where files lie, and what the environment says. Read once, in one place; tests make their own.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::BaseStrategy;

/// There is no home folder to find files in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoHome;

#[derive(Clone, PartialEq, Eq)]
pub struct Environment {
    /// The configuration file, which need not exist.
    pub config: PathBuf,
    /// Whether a person named that file, so that it is missed where it does not exist.
    pub config_named: bool,
    pub state_dir: PathBuf,
    /// The folder of last known inventories.
    pub cache_dir: PathBuf,
    /// The cloud of the files of `OpenStack`'s clients that stands in the place of the accounts of the configuration.
    pub cloud: Option<String>,
    /// Whether a person named that cloud for this run, so that it counts beside a configuration, too.
    pub cloud_named: bool,
    /// The folder of a person's own lists of prices, which need not exist.
    pub prices_dir: Option<PathBuf>,
    variables: Arc<BTreeMap<String, String>>,
}

impl Environment {
    /// Reads the environment of this process: the XDG folders, `VPSDECK_CONFIG`, `VPSDECK_STATE_DIR`,
    /// `VPSDECK_CACHE_DIR`, and all variables, since a secret may be named by any.
    ///
    /// # Errors
    /// [`NoHome`] where a folder would have to be below a home that is not known.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn from_process() -> Result<Self, NoHome> {
        let variables: BTreeMap<String, String> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        // A path need not be UTF-8, and an empty variable is as good as none.
        let path = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let xdg = etcetera::base_strategy::Xdg::new();
        let below = |named: Option<PathBuf>, folder: fn(&etcetera::base_strategy::Xdg) -> Option<PathBuf>| {
            named.or_else(|| xdg.as_ref().ok().and_then(folder).map(|base| base.join("vpsdeck"))).ok_or(NoHome)
        };
        let prices_dir = below(None, |xdg| Some(xdg.config_dir())).ok().map(|folder| folder.join("prices"));
        let named = path("VPSDECK_CONFIG");
        let config_named = named.is_some();
        let config = match named {
            Some(file) => file,
            None => below(None, |xdg| Some(xdg.config_dir()))?.join("config.toml"),
        };
        Ok(Self {
            config,
            config_named,
            cloud: cloud_of(&variables),
            cloud_named: false,
            state_dir: below(path("VPSDECK_STATE_DIR"), BaseStrategy::state_dir)?,
            cache_dir: below(path("VPSDECK_CACHE_DIR"), |xdg| Some(xdg.cache_dir()))?,
            prices_dir,
            variables: Arc::new(variables),
        })
    }

    /// An environment with everything below one folder, for tests.
    #[must_use]
    pub fn below(folder: &Path, variables: &[(&str, &str)]) -> Self {
        let variables: BTreeMap<String, String> =
            variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self {
            cloud: cloud_of(&variables),
            cloud_named: false,
            config: folder.join("config").join("config.toml"),
            config_named: false,
            state_dir: folder.join("state"),
            cache_dir: folder.join("cache"),
            prices_dir: Some(folder.join("config").join("prices")),
            variables: Arc::new(variables),
        }
    }

    /// The same with another configuration file, as `--config` names it.
    #[must_use]
    pub fn with_config(mut self, file: PathBuf) -> Self {
        self.config = file;
        self.config_named = true;
        self
    }

    /// The same over a cloud, as `--os-cloud` names it.
    #[must_use]
    pub fn with_cloud(self, name: String) -> Self {
        Self { cloud: Some(name), cloud_named: true, ..self }
    }

    /// The same over the accounts of the configuration alone, as what changes them sees it.
    #[must_use]
    pub fn without_cloud(&self) -> Self {
        Self { cloud: None, cloud_named: false, ..self.clone() }
    }

    /// A variable, where it is set and UTF-8.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }

    /// The same; an empty one is as good as none.
    #[must_use]
    pub fn filled(&self, name: &str) -> Option<&str> {
        self.variable(name).filter(|value| !value.is_empty())
    }
}

fn cloud_of(variables: &BTreeMap<String, String>) -> Option<String> {
    variables.get("OS_CLOUD").filter(|name| !name.is_empty()).cloned()
}

/// Names no value of a variable: any may be a secret.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("config", &self.config)
            .field("config_named", &self.config_named)
            .field("state_dir", &self.state_dir)
            .field("cache_dir", &self.cache_dir)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_debug_print_names_no_variable() {
        let env = Environment::below(Path::new("/nowhere"), &[("INDIGO_SECRET", "hunter2hunter2")]);
        assert_eq!(env.variable("INDIGO_SECRET"), Some("hunter2hunter2"));
        assert!(!format!("{env:?}").contains("hunter2"));
    }
}

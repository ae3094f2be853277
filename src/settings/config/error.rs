//! Why there are no settings, and the text that they are read from.

use std::path::{Path, PathBuf};

use crate::domain::{Phrase, text};
use crate::settings::config::mistake::Mistakes;

/// Why there are no settings.
#[derive(Debug)]
pub enum ConfigError {
    /// There is no such file.
    Missing(PathBuf),
    Unreadable {
        file: PathBuf,
        said: Phrase,
    },
    Mistakes(Mistakes),
    /// What is wrong with the cloud that stands in the place of its accounts.
    Cloud {
        name: String,
        what: Phrase,
    },
}

impl ConfigError {
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Missing(file) => text::file::no_configuration(file.display().to_string()),
            Self::Unreadable { file, said } => text::file::unreadable(file.display().to_string(), said.clone()),
            Self::Mistakes(mistakes) => mistakes.phrase(),
            Self::Cloud { name, what } => text::import::of_cloud(name.as_str(), what.clone()),
        }
    }
}

/// A name that no account has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchAccount {
    pub name: String,
    pub known: Vec<String>,
}

impl NoSuchAccount {
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self.known.as_slice() {
            [] => text::account::none(self.name.as_str()),
            known => text::account::none_of(self.name.as_str(), known.join(", ")),
        }
    }
}

/// The text of a configuration file, of whatever mode.
pub(in crate::settings) fn read(file: &Path) -> Result<String, ConfigError> {
    let unreadable = |said: Phrase| ConfigError::Unreadable { file: file.to_path_buf(), said };
    std::fs::read_to_string(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ConfigError::Missing(file.to_path_buf()),
        std::io::ErrorKind::InvalidData => unreadable(text::file::NOT_UTF8.into()),
        _ => unreadable(error.to_string().into()),
    })
}

//! Why there are no settings, and the text that they are read from.

use std::path::{Path, PathBuf};

use crate::settings::config::mistake::Mistakes;

/// Why there are no settings. Each line is for people.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// There is no such file.
    #[error("there is no configuration at {}", .0.display())]
    Missing(PathBuf),
    #[error("{} cannot be read: {said}", file.display())]
    Unreadable { file: PathBuf, said: String },
    #[error("{0}")]
    Mistakes(Mistakes),
}

/// A name that no account has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no account {name}; there {}", among(.known))]
pub struct NoSuchAccount {
    pub name: String,
    pub known: Vec<String>,
}

fn among(known: &[String]) -> String {
    if known.is_empty() { "is none at all".to_owned() } else { format!("are: {}", known.join(", ")) }
}

/// The text of a configuration file, of whatever mode.
pub(in crate::settings) fn read(file: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ConfigError::Missing(file.to_path_buf()),
        std::io::ErrorKind::InvalidData => {
            ConfigError::Unreadable { file: file.to_path_buf(), said: "it is not UTF-8 text".to_owned() }
        }
        _ => ConfigError::Unreadable { file: file.to_path_buf(), said: error.to_string() },
    })
}

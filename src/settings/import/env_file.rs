//! Reads the file in which people who followed the article about Indigo's API keep their key: shell assignments of
//! `IndigoApiKey` and `IndigoApiPrivateKey`.
//!
//! The article assigns the two crosswise in its file, yet uses them the right way round, so files of both kinds exist.
//! The key is 32 characters and the private key 16 in the provider's own samples: enough to suspect, not to know.

use secrecy::{ExposeSecret, SecretString};

use crate::domain::{Phrase, text};
use crate::provider::PROVIDERS;
use crate::settings::import::openstack::TakenOver;

const ENV_FILE_PROVIDER: &str = "indigo";

const KEY: &str = "IndigoApiKey";
const PRIVATE_KEY: &str = "IndigoApiPrivateKey";
const KEY_LENGTH: usize = 32;
const PRIVATE_KEY_LENGTH: usize = 16;

#[derive(Debug, Clone)]
pub struct Imported {
    key: SecretString,
    private_key: SecretString,
}

/// Why it is no such file. Never with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportError {
    Missing(&'static str),
    Empty(usize, &'static str),
    /// Only a shell could tell the value.
    Shell(usize, &'static str),
}

impl ImportError {
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match *self {
            Self::Missing(name) => text::import::line_missing(name, KEY, PRIVATE_KEY),
            Self::Empty(line, name) => text::import::line_empty(line, name),
            Self::Shell(line, name) => text::import::shell(line, name),
        }
    }
}

impl Imported {
    /// The API key: no secret, it stands in the configuration.
    #[must_use]
    pub fn client_id(&self) -> &str {
        self.key.expose_secret()
    }

    /// The API private key.
    #[must_use]
    pub const fn secret(&self) -> &SecretString {
        &self.private_key
    }

    /// Whether the lengths say that the two stand in each other's place.
    #[must_use]
    pub fn looks_swapped(&self) -> bool {
        let fits = |key: &SecretString, private_key: &SecretString| {
            u8::from(key.expose_secret().chars().count() == KEY_LENGTH)
                + u8::from(private_key.expose_secret().chars().count() == PRIVATE_KEY_LENGTH)
        };
        fits(&self.private_key, &self.key) > fits(&self.key, &self.private_key)
    }

    /// The lengths of key and private key, to say why they look swapped.
    #[must_use]
    pub fn lengths(&self) -> (usize, usize) {
        (self.key.expose_secret().chars().count(), self.private_key.expose_secret().chars().count())
    }

    #[must_use]
    pub fn account(&self) -> Option<TakenOver> {
        let provider = PROVIDERS.iter().find(|provider| provider.key == ENV_FILE_PROVIDER)?;
        let values = [("client_id".to_owned(), self.client_id().to_owned())].into();
        Some(TakenOver { name: provider.key.to_owned(), provider, values, secret: self.private_key.clone() })
    }

    /// The two in each other's place.
    #[must_use]
    pub fn swapped(self) -> Self {
        Self { key: self.private_key, private_key: self.key }
    }
}

/// Reads the text of such a file, with or without `export`, quotes and carriage returns.
///
/// # Errors
/// What is missing, or cannot be read without a shell.
pub(super) fn parse_env_file(text: &str) -> Result<Imported, ImportError> {
    let (mut key, mut private_key) = (None, None);
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        let line = line.strip_prefix("export ").map_or(line, str::trim_start);
        let Some((name, rest)) = line.split_once('=') else { continue };
        // As in a shell, the last assignment counts.
        match name {
            KEY => key = Some(unquoted(rest, number + 1, KEY)?),
            PRIVATE_KEY => private_key = Some(unquoted(rest, number + 1, PRIVATE_KEY)?),
            _ => {}
        }
    }
    let key = key.ok_or(ImportError::Missing(KEY))?;
    let private_key = private_key.ok_or(ImportError::Missing(PRIVATE_KEY))?;
    Ok(Imported { key: SecretString::from(key), private_key: SecretString::from(private_key) })
}

fn unquoted(value: &str, line: usize, name: &'static str) -> Result<String, ImportError> {
    let shell = || ImportError::Shell(line, name);
    let plain = match value.chars().next() {
        Some(quote @ ('\'' | '"')) => {
            let inner = &value[1..];
            let end = inner.find(quote).ok_or_else(shell)?;
            let after = inner[end + 1..].trim_start_matches(';').trim_start();
            if !(after.is_empty() || after.starts_with('#'))
                || (quote == '"' && inner[..end].contains(['$', '`', '\\']))
            {
                return Err(shell());
            }
            &inner[..end]
        }
        _ => {
            let word = value.split(|c: char| c.is_whitespace() || c == ';').next().unwrap_or_default();
            if word.contains(['$', '`', '\\', '\'', '"', '(', '&', '|', '<', '>']) {
                return Err(shell());
            }
            word
        }
    };
    if plain.is_empty() { Err(ImportError::Empty(line, name)) } else { Ok(plain.to_owned()) }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::words::english;

    const LONG: &str = "k2345678901234567890123456789012";
    const SHORT: &str = "p234567890123456";

    #[rstest]
    #[case("IndigoApiPrivateKey=P\nIndigoApiKey=K\n")]
    #[case("export IndigoApiKey=\"K\"\r\nexport IndigoApiPrivateKey='P'\r\n")]
    #[case("\u{feff}# mine\nIndigoApiKey=old\nIndigoApiKey=K # new\n  IndigoApiPrivateKey=P; export IndigoApiKey\n")]
    fn it_is_read_as_a_shell_would(#[case] text: &str) {
        let read = parse_env_file(text).unwrap();
        assert_eq!((read.client_id(), read.secret().expose_secret()), ("K", "P"));
    }

    #[rstest]
    #[case(
        "IndigoApiKey=K\n",
        "IndigoApiPrivateKey is missing; accepted: lines IndigoApiKey=… and IndigoApiPrivateKey=…"
    )]
    #[case("IndigoApiKey=\nIndigoApiPrivateKey=P\n", "line 1: IndigoApiKey is empty")]
    #[case(
        "IndigoApiKey=K\nIndigoApiPrivateKey=$(pass indigo)\n",
        "line 2: the value of IndigoApiPrivateKey is worked out by the shell; write it out, or use account add"
    )]
    fn what_is_wrong_is_said_without_the_value(#[case] text: &str, #[case] said: &str) {
        assert_eq!(english(&parse_env_file(text).unwrap_err().phrase()), said);
    }

    #[rstest]
    #[case(LONG, SHORT, false)]
    #[case(SHORT, LONG, true)]
    #[case("short", LONG, true)]
    #[case(SHORT, "odd", true)]
    #[case("odd", "odder", false)]
    #[case(LONG, LONG, false)]
    fn lengths_tell_whether_the_two_look_swapped(#[case] key: &str, #[case] private: &str, #[case] swapped: bool) {
        let text = format!("IndigoApiKey={key}\nIndigoApiPrivateKey={private}\n");
        assert_eq!(parse_env_file(&text).unwrap().looks_swapped(), swapped);
    }

    #[test]
    fn a_debug_print_shows_no_key() {
        let read = parse_env_file(&format!("IndigoApiKey={LONG}\nIndigoApiPrivateKey={SHORT}\n")).unwrap();
        let print = format!("{read:?}");
        assert!(!print.contains(LONG) && !print.contains(SHORT), "{print}");
    }
}

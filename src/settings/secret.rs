//! Where an account's secret comes from, and how it is had when it is needed. It is never kept longer than that.

use std::fmt;
use std::process::Stdio;
use std::time::Duration;

use secrecy::SecretString;
use tokio::io::{AsyncRead, AsyncReadExt};

use super::Environment;
use super::keyring::{self, KeyringError};
use crate::domain::AccountName;

/// How long a command may take, a question it asks in a window of its own included.
const COMMAND_LIMIT: Duration = Duration::from_secs(30);
/// More than any secret is long.
const MOST_BYTES: u64 = 64 * 1024;
/// So much of what a command said is repeated.
const MOST_SAID: usize = 300;

/// Where an account's secret comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretFrom {
    /// The system's keyring: service `vpsdeck`, user = the account's name.
    Keyring,
    /// An environment variable.
    Env(String),
    /// The first line of what a program prints; program and arguments, no shell.
    Command(Vec<String>),
}

impl fmt::Display for SecretFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keyring => f.write_str("keyring"),
            Self::Env(name) => write!(f, "env {name}"),
            Self::Command(argv) => write!(f, "command {}", argv.join(" ")),
        }
    }
}

/// Why a secret could not be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// The variable is not there.
    #[error("the environment variable {0} is not set")]
    NotSet(String),
    /// The program did not start.
    #[error("{program} did not start: {said}")]
    NotStarted {
        /// The program.
        program: String,
        /// What the system said.
        said: String,
    },
    /// The program failed.
    #[error("{program} ended with {status}: {said}")]
    Failed {
        /// The program.
        program: String,
        /// How it ended.
        status: String,
        /// What it wrote on standard error, cut short.
        said: String,
    },
    /// The program took too long and was ended.
    #[error("{program} did not end within {} s", COMMAND_LIMIT.as_secs())]
    TooSlow {
        /// The program.
        program: String,
    },
    /// It printed nothing usable.
    #[error("{program} printed no secret on its first line")]
    Nothing {
        /// The program.
        program: String,
    },
    /// The keyring has none, or there is no keyring.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
}

/// The secret of one account, to be had when it is needed.
#[derive(Debug, Clone)]
pub struct AccountSecret {
    account: AccountName,
    from: SecretFrom,
    env: Environment,
}

impl AccountSecret {
    /// Names the secret of an account.
    #[must_use]
    pub fn new(account: &AccountName, from: &SecretFrom, env: &Environment) -> Self {
        Self { account: account.clone(), from: from.clone(), env: env.clone() }
    }

    /// Where it is had from.
    #[must_use]
    pub const fn from(&self) -> &SecretFrom {
        &self.from
    }

    /// Gets the secret. Takes at most as long as a person needs to open a keyring.
    ///
    /// # Errors
    /// Why it could not be had.
    pub async fn get(&self) -> Result<SecretString, SecretError> {
        match &self.from {
            SecretFrom::Keyring => Ok(keyring::get(self.account.as_str(), keyring::limit(&self.env)).await?),
            SecretFrom::Env(name) => match self.env.variable(name) {
                // `export A="$(cat FILE; echo)"` and the files of some managers end it so; no secret does.
                Some(value) if !value.trim_end_matches(['\n', '\r']).is_empty() => {
                    Ok(SecretString::from(value.trim_end_matches(['\n', '\r'])))
                }
                _ => Err(SecretError::NotSet(name.clone())),
            },
            SecretFrom::Command(argv) => run(argv, COMMAND_LIMIT).await,
        }
    }
}

async fn run(argv: &[String], limit: Duration) -> Result<SecretString, SecretError> {
    let Some((program, arguments)) = argv.split_first() else {
        return Err(SecretError::Nothing { program: String::new() });
    };
    let not_started =
        |error: std::io::Error| SecretError::NotStarted { program: program.clone(), said: error.to_string() };
    let mut child = tokio::process::Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(not_started)?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let all = async { tokio::join!(begin_of(out), begin_of(err), child.wait()) };
    let Ok((out, err, status)) = tokio::time::timeout(limit, all).await else {
        return Err(SecretError::TooSlow { program: program.clone() });
    };
    let status = status.map_err(not_started)?;
    if !status.success() {
        let said = said(&err);
        return Err(SecretError::Failed { program: program.clone(), status: status.to_string(), said });
    }
    let text = String::from_utf8(out).map_err(|_| SecretError::Nothing { program: program.clone() })?;
    match text.lines().next() {
        Some(first) if !first.is_empty() => Ok(SecretString::from(first)),
        _ => Err(SecretError::Nothing { program: program.clone() }),
    }
}

/// The beginning of what a pipe brings; the rest is read as well, so that the program can end.
async fn begin_of(pipe: Option<impl AsyncRead + Unpin>) -> Vec<u8> {
    let mut begin = Vec::new();
    if let Some(mut pipe) = pipe {
        // A pipe that breaks off has given what it had.
        let _ = (&mut pipe).take(MOST_BYTES).read_to_end(&mut begin).await;
        let _ = tokio::io::copy(&mut pipe, &mut tokio::io::sink()).await;
    }
    begin
}

/// What a program said, in one line without control characters.
fn said(err: &[u8]) -> String {
    let text = String::from_utf8_lossy(err);
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST_SAID) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None if line.is_empty() => "it said nothing".to_owned(),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use secrecy::ExposeSecret;

    use super::*;

    async fn shell(script: &str, limit: Duration) -> Result<String, SecretError> {
        let argv = ["sh", "-c", script].map(str::to_owned);
        run(&argv, limit).await.map(|secret| secret.expose_secret().to_owned())
    }

    #[tokio::test]
    async fn a_variable_that_is_not_set_or_empty_is_named() {
        let env =
            Environment::below(Path::new("/nowhere"), &[("A", "s3cret"), ("E", ""), ("N", " s3cret\r\n"), ("L", "\n")]);
        let get = async |name: &str| {
            let from = SecretFrom::Env(name.to_owned());
            AccountSecret::new(&"lab".into(), &from, &env).get().await.map(|s| s.expose_secret().to_owned())
        };
        assert_eq!(get("A").await.unwrap(), "s3cret");
        assert_eq!(get("B").await.unwrap_err().to_string(), "the environment variable B is not set");
        assert_eq!(get("E").await.unwrap_err().to_string(), "the environment variable E is not set");
        assert_eq!(get("N").await.unwrap(), " s3cret", "only the newline is no part of it");
        assert!(get("L").await.is_err());
    }

    #[tokio::test]
    async fn only_the_first_line_of_a_command_is_the_secret() {
        let minute = Duration::from_secs(60);
        assert_eq!(shell("printf ' s3cret \\r\\nuser: me\\n'", minute).await.unwrap(), " s3cret ");
        assert_eq!(
            shell("echo; echo s3cret", minute).await.unwrap_err(),
            SecretError::Nothing { program: "sh".into() }
        );
    }

    #[tokio::test]
    async fn a_command_that_fails_says_why_in_one_line_and_shows_nothing_of_its_output() {
        let script = "echo s3cret; printf 'gpg: no\\033[31m key\\nsorry\\n' >&2; exit 3";
        let error = shell(script, Duration::from_secs(60)).await.unwrap_err().to_string();
        assert_eq!(error, "sh ended with exit status: 3: gpg: no [31m key sorry");
    }

    #[tokio::test]
    async fn a_command_that_never_ends_is_ended() {
        let error = shell("sleep 600", Duration::from_millis(50)).await.unwrap_err().to_string();
        assert_eq!(error, "sh did not end within 30 s");
    }

    #[tokio::test]
    async fn a_command_that_does_not_exist_is_named() {
        let argv = ["/no/such/program".to_owned()];
        let error = run(&argv, COMMAND_LIMIT).await.unwrap_err().to_string();
        assert_eq!(error, "/no/such/program did not start: No such file or directory (os error 2)");
    }

    #[tokio::test]
    async fn more_output_than_fits_does_not_hold_a_command_up() {
        let script = "echo s3cret; head -c 300000 /dev/zero";
        assert_eq!(shell(script, Duration::from_secs(60)).await.unwrap(), "s3cret");
    }
}

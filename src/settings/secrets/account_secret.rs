//! Where an account's secret comes from, and how it is had when it is needed. It is kept no longer than that, but for one
//! that a person was asked for beside a dashboard.

use std::fmt;
use std::io::IsTerminal as _;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use process_wrap::tokio::ChildWrapper;
use secrecy::SecretString;
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::domain::{AccountName, Fault, Phrase, text};
use crate::settings::environment::Environment;
use crate::settings::import::secret_of_cloud;
use crate::settings::secrets::detached;
use crate::settings::secrets::keyring::{self, KeyringError};

/// How long a command may take, a question it asks in a window of its own included.
const COMMAND_LIMIT: Duration = Duration::from_secs(30);
/// How long one may take that asks at the terminal.
const PERSON_LIMIT: Duration = Duration::from_secs(300);
/// More than any secret is long.
const MOST_BYTES: u64 = 64 * 1024;
const MOST_SAID: usize = 300;

/// How the configuration names a variable and a program.
pub(in crate::settings) const ENV_FORM: &str = r#"{ env = "NAME" }"#;
pub(in crate::settings) const COMMAND_FORM: &str = r#"{ command = ["PROGRAM", "ARGUMENT"] }"#;

/// Where an account's secret comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretFrom {
    /// The system's keyring: service `vpsdeck`, user = the account's name.
    Keyring,
    Env(String),
    /// The first line of what a program prints; program and arguments, no shell.
    Command(Vec<String>),
    /// The files of `OpenStack`'s clients, read each time.
    Cloud {
        name: String,
        /// Which of several regions.
        region: Option<String>,
    },
}

impl fmt::Display for SecretFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keyring => f.write_str("keyring"),
            Self::Env(name) => write!(f, "env {name}"),
            Self::Command(argv) => write!(f, "command {}", argv.join(" ")),
            Self::Cloud { name, .. } => write!(f, "cloud {name}"),
        }
    }
}

/// Why a secret could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretError {
    /// The variable is not there.
    NotSet(String),
    /// The program did not start.
    NotStarted {
        program: String,
        said: String,
    },
    Failed {
        program: String,
        status: String,
        said: Phrase,
    },
    TooSlow {
        program: String,
        limit: Duration,
    },
    /// It printed nothing usable.
    Nothing {
        program: String,
    },
    /// The keyring has none, or there is no keyring.
    Keyring(KeyringError),
    /// The files of a cloud have none, or cannot be read.
    Cloud {
        name: String,
        said: Phrase,
    },
}

impl SecretError {
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::NotSet(name) => text::secret_from::not_set(name.as_str()),
            Self::NotStarted { program, said } => text::secret_from::not_started(program.as_str(), said.as_str()),
            Self::Failed { program, status, said } => {
                text::secret_from::failed(program.as_str(), status.as_str(), said.clone())
            }
            Self::TooSlow { program, limit } => text::secret_from::slow(program.as_str(), limit.as_secs()),
            Self::Nothing { program } => text::secret_from::nothing(program.as_str()),
            Self::Keyring(error) => error.phrase(),
            Self::Cloud { name, said } => text::import::of_cloud(name.as_str(), said.clone()),
        }
    }
}

/// Where a program that tells a secret may ask for what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PromptPlace {
    /// At the terminal, which is nobody else's meanwhile.
    AtTerminal,
    /// In a window of its own, or nowhere: a dashboard has the terminal.
    Elsewhere,
}

/// The secret of one account, to be had when it is needed.
#[derive(Debug, Clone)]
pub struct AccountSecret {
    account: AccountName,
    from: SecretFrom,
    env: Environment,
    asks: PromptPlace,
    /// What its program told when it had the terminal: a person is not asked again at each login.
    told: Arc<Mutex<Option<Told>>>,
}

#[derive(Debug)]
struct Told {
    secret: SecretString,
    used: bool,
}

impl AccountSecret {
    /// Names the secret of an account. A program that tells it may ask at the terminal.
    #[must_use]
    pub fn new(account: &AccountName, from: &SecretFrom, env: &Environment) -> Self {
        let (account, from, env) = (account.clone(), from.clone(), env.clone());
        Self { account, from, env, asks: PromptPlace::AtTerminal, told: Arc::default() }
    }

    /// The same beside a dashboard: its program has no terminal, until it is given one.
    #[must_use]
    pub fn beside_dashboard(self) -> Self {
        Self { asks: PromptPlace::Elsewhere, ..self }
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
        if let Some(told) = self.told.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            told.used = true;
            return Ok(told.secret.clone());
        }
        match &self.from {
            SecretFrom::Keyring => {
                keyring::get(self.account.as_str(), keyring::limit(&self.env)).await.map_err(SecretError::Keyring)
            }
            SecretFrom::Env(name) => match self.env.variable(name) {
                // `export A="$(cat FILE; echo)"` and the files of some managers end it so; no secret does.
                Some(value) if !value.trim_end_matches(['\n', '\r']).is_empty() => {
                    Ok(SecretString::from(value.trim_end_matches(['\n', '\r'])))
                }
                _ => Err(SecretError::NotSet(name.clone())),
            },
            SecretFrom::Command(argv) => run(argv, self.asks).await,
            SecretFrom::Cloud { name, region } => of_cloud(&self.env, name, region.as_deref()).await,
        }
    }

    #[must_use]
    pub fn fault(&self, error: &SecretError) -> Fault {
        let said = error.phrase();
        match error {
            SecretError::Failed { .. } | SecretError::TooSlow { .. } | SecretError::Nothing { .. }
                if self.asks == PromptPlace::Elsewhere =>
            {
                Fault::LockedSecret { said }
            }
            _ => Fault::NoSecret { said },
        }
    }

    /// The program that tells it, with its arguments; none where it comes from elsewhere.
    #[must_use]
    pub fn program(&self) -> Option<&[String]> {
        match &self.from {
            SecretFrom::Command(argv) => Some(argv),
            SecretFrom::Keyring | SecretFrom::Env(_) | SecretFrom::Cloud { .. } => None,
        }
    }

    /// Takes what that program printed while it had the terminal, for all logins until [`AccountSecret::forget`].
    ///
    /// # Errors
    /// That there is no secret in it.
    pub fn take(&self, printed: Vec<u8>) -> Result<(), SecretError> {
        let program = self.program().and_then(|argv| argv.first()).map_or("", String::as_str);
        let secret = first_line(program, printed)?;
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = Some(Told { secret, used: false });
        Ok(())
    }

    /// Forgets what was told, where a login was tried with it: a person asks again.
    pub fn forget(&self) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.as_ref().is_some_and(|told| told.used) {
            *told = None;
        }
    }
}

/// What stands in the files now: a home folder may be far away.
async fn of_cloud(env: &Environment, name: &str, region: Option<&str>) -> Result<SecretString, SecretError> {
    let (env, cloud, region) = (env.clone(), name.to_owned(), region.map(str::to_owned));
    let read = tokio::task::spawn_blocking(move || secret_of_cloud(&env, &cloud, region.as_deref()));
    let secret = read.await.unwrap_or_else(|error| Err(error.to_string().into()));
    secret.map_err(|said| SecretError::Cloud { name: name.to_owned(), said })
}

/// Held while a program may ask at the terminal: one after the other, since two would share what is typed.
static TERMINAL: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Whether a program that tells a secret may ask at the terminal just now, so that nothing else is to be written there.
pub(crate) fn asks_at_terminal() -> bool {
    TERMINAL.try_lock().is_err() && std::io::stdin().is_terminal()
}

async fn run(argv: &[String], asks: PromptPlace) -> Result<SecretString, SecretError> {
    let Some((program, arguments)) = argv.split_first() else {
        return Err(SecretError::Nothing { program: String::new() });
    };
    let mut command = tokio::process::Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    match asks {
        PromptPlace::Elsewhere => ended(program, detached::spawn(command), COMMAND_LIMIT).await,
        PromptPlace::AtTerminal => {
            let _terminal = TERMINAL.lock().await;
            // gpg looks there for a terminal; what is not one may be input for us.
            if std::io::stdin().is_terminal() {
                command.stdin(Stdio::inherit());
            }
            let child = command.kill_on_drop(true).spawn().map(|child| Box::new(child) as Box<dyn ChildWrapper>);
            ended(program, child, PERSON_LIMIT).await
        }
    }
}

/// What a program tells until it has ended.
async fn ended(
    program: &str,
    child: std::io::Result<Box<dyn ChildWrapper>>,
    limit: Duration,
) -> Result<SecretString, SecretError> {
    let program = program.to_owned();
    let not_started =
        |error: std::io::Error| SecretError::NotStarted { program: program.clone(), said: error.to_string() };
    let mut child = child.map_err(not_started)?;
    let (out, err) = (child.stdout().take(), child.stderr().take());
    let all = async { tokio::join!(begin_of(out), begin_of(err), child.wait()) };
    let Ok((out, err, status)) = tokio::time::timeout(limit, all).await else {
        // What it began as well.
        let _ = child.start_kill();
        return Err(SecretError::TooSlow { program, limit });
    };
    let status = status.map_err(not_started)?;
    if !status.success() {
        return Err(SecretError::Failed { program, status: status.to_string(), said: said(&err) });
    }
    first_line(&program, out)
}

fn first_line(program: &str, printed: Vec<u8>) -> Result<SecretString, SecretError> {
    let nothing = || SecretError::Nothing { program: program.to_owned() };
    let text = String::from_utf8(printed).map_err(|_| nothing())?;
    match text.lines().next() {
        Some(first) if !first.is_empty() => Ok(SecretString::from(first)),
        _ => Err(nothing()),
    }
}

/// The beginning of what a pipe brings; the rest is read as well, so that the program can end.
pub(crate) async fn begin_of(pipe: Option<impl AsyncRead + Unpin>) -> Vec<u8> {
    let mut begin = Vec::new();
    if let Some(mut pipe) = pipe {
        // A pipe that breaks off has given what it had.
        let _ = (&mut pipe).take(MOST_BYTES).read_to_end(&mut begin).await;
        let _ = tokio::io::copy(&mut pipe, &mut tokio::io::sink()).await;
    }
    begin
}

/// What a program said, in one line without control characters.
fn said(err: &[u8]) -> Phrase {
    let text = String::from_utf8_lossy(err);
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST_SAID) {
        Some((end, _)) => format!("{}…", &line[..end]).into(),
        None if line.is_empty() => text::secret_from::SILENT.into(),
        None => line.into(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use secrecy::ExposeSecret;

    use super::*;
    use crate::words::english;

    async fn shell(script: &str, limit: Duration) -> Result<String, SecretError> {
        let mut command = tokio::process::Command::new("sh");
        command.args(["-c", script]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        ended("sh", detached::spawn(command), limit).await.map(|secret| secret.expose_secret().to_owned())
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
        assert_eq!(english(&get("B").await.unwrap_err().phrase()), "the environment variable B is not set");
        assert_eq!(english(&get("E").await.unwrap_err().phrase()), "the environment variable E is not set");
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
        let error = english(&shell(script, Duration::from_secs(60)).await.unwrap_err().phrase());
        assert_eq!(error, "sh ended with exit status: 3: gpg: no [31m key sorry");
    }

    #[tokio::test]
    async fn a_command_that_never_ends_is_ended() {
        let error = english(&shell("sleep 600", Duration::from_millis(50)).await.unwrap_err().phrase());
        assert_eq!(error, "sh did not end within 0 s");
    }

    #[tokio::test]
    async fn a_command_that_does_not_exist_is_named() {
        let argv = ["/no/such/program".to_owned()];
        let error = english(&run(&argv, PromptPlace::Elsewhere).await.unwrap_err().phrase());
        assert_eq!(error, "/no/such/program did not start: No such file or directory (os error 2)");
    }

    #[tokio::test]
    async fn more_output_than_fits_does_not_hold_a_command_up() {
        let script = "echo s3cret; head -c 300000 /dev/zero";
        assert_eq!(shell(script, Duration::from_secs(60)).await.unwrap(), "s3cret");
    }
}

//! Opens what a command works with: its environment, its settings, its session, the log.

use std::time::Duration;

use crate::cli::args::Global;
use crate::cli::print::{refuse, warn};
use crate::cli::wording::words;
use crate::domain::{Phrase, text};
use crate::runtime::log;
use crate::session::run::{May, Session};
use crate::settings::{AccountSettings, ConfigError, Environment, NoHome, SecretFrom, Settings};
use crate::words::Words;

/// The environment of this process with what the command line says of it.
///
/// # Errors
/// The exit code; why is printed.
pub(super) fn environment(global: &Global) -> Result<Environment, u8> {
    let env = Environment::from_process().map_err(|NoHome| refuse(text::file::NO_HOME))?;
    let env = global.config.iter().fold(env, |env, file| env.with_config(file.clone()));
    Ok(global.os_cloud.iter().fold(env, |env, cloud| env.with_cloud(cloud.clone())))
}

/// The settings of the accounts that are meant.
///
/// # Errors
/// The exit code; why is printed.
pub(super) fn settings(env: &Environment, global: &Global) -> Result<Settings, u8> {
    let mut settings = Settings::load(env).map_err(|error| refuse(error.phrase()))?;
    settings.keep_only(&global.accounts).map_err(|error| refuse(error.phrase()))?;
    Ok(settings)
}

/// # Errors
/// The exit code; why is printed.
pub(super) fn settings_or_none(env: &Environment) -> Result<Settings, u8> {
    Settings::load_or_none(env).map_err(|error| refuse(error.phrase()))
}

/// The settings where an account is to be added: a file that is not there yet will be written.
pub(super) fn settings_or_new(env: &Environment) -> Result<Settings, u8> {
    match Settings::load(&env.without_cloud()) {
        Err(ConfigError::Missing(_)) => Ok(Settings::default()),
        other => other.map_err(|error| refuse(error.phrase())),
    }
}

/// The engine over these accounts. What is waited for is said beside the result.
///
/// # Errors
/// The exit code; why is printed.
pub(super) fn session(env: &Environment, settings: &Settings, read_only: bool, may: May) -> Result<Session, u8> {
    settings.accounts.iter().for_each(|account| note_newline(account, env, &words()));
    start_log(env);
    Session::open(env, settings, read_only, may, tell_waits()).map_err(refuse)
}

/// Opens the log. What it cannot write is said once.
pub(super) fn start_log(env: &Environment) {
    log::start(env, |error| warn(&words().say(&text::log::not_written(error.to_string()))));
}

pub(super) fn tell_waits() -> impl FnMut(&Phrase) + Send + 'static {
    let words = words();
    move |phrase: &Phrase| warn(&words.say(phrase))
}

/// Says that a variable ends with a newline, which is no part of the secret: whoever set it may look for it elsewhere.
pub(super) fn note_newline(account: &AccountSettings, env: &Environment, words: &Words) {
    if let SecretFrom::Env(variable) = &account.secret
        && env.variable(variable).is_some_and(|value| value.ends_with(['\n', '\r']))
    {
        warn(&words.say(&text::cli_secret::newline(account.name.as_str(), variable.as_str())));
    }
}

/// The engine over the accounts of the configuration, to look only, and for no longer than this.
///
/// # Errors
/// The exit code; why is printed.
pub(super) fn to_look(timeout: Option<Duration>, env: &Environment, global: &Global) -> Result<Session, u8> {
    let settings = settings(env, global)?;
    let mut session = session(env, &settings, true, May::Read)?;
    session.give(timeout);
    Ok(session)
}

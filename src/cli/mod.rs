//! The program without a screen: the command line, and what its commands do.
//!
//! It may use everything but `app` and `ui`. Asking (`prompt`) and printing (`print`) have a place of their own;
//! what is done stands in `settings` and is the same that the dashboard's forms call.

mod account;
pub mod args;
mod complete;
mod confirm;
mod cost;
mod create;
mod decide;
mod document;
pub mod exit;
pub mod firewall;
mod journal;
mod key;
mod left;
mod list;
mod manual;
mod parse;
mod print;
mod prompt;
mod protect;
mod record;
mod show;
mod simulate;
mod table;
mod texts;
mod verb;
mod watch;

use std::ffi::OsString;

use self::args::{
    AccountCommand, ApiKeyCommand, Command, DeleteCommand, Global, KeyCommand, ListArgs, OutputArgs, Things,
};
use self::firewall::args::FirewallCommand;
pub use self::parse::{Dashboard, Parsed};
use crate::domain::Phrase;
use crate::provider::PROVIDERS;
use crate::runtime::session::{May, Session};
use crate::settings::{AccountSettings, Environment, SecretFrom, Settings};
use crate::words::{Clock, Language, Words};

/// Reads the command line. Help, version and mistakes are printed here.
///
/// # Errors
/// The exit code where there is nothing more to do.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Parsed, u8> {
    let args: Vec<OsString> = args.into_iter().collect();
    // Not among the commands: no person types it, and no list of them names it.
    if args.get(1).is_some_and(|word| word == complete::ASKS) {
        complete::run(&args[2..]);
        return Err(exit::DONE);
    }
    parse::parse(args).map_err(|error| {
        print::usage(&error);
        print::ended(if error.use_stderr() { exit::USAGE } else { exit::DONE })
    })
}

/// Carries out a command and says how it went by its exit code.
#[must_use]
pub fn run(command: &Command, global: &Global) -> u8 {
    print::ended(carry_out(command, global))
}

fn carry_out(command: &Command, global: &Global) -> u8 {
    match command {
        Command::Completions { shell } => return manual::completions(*shell),
        Command::Man => return manual::page(),
        _ => {}
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return refuse(&error.to_string()),
    };
    if let Command::Simulate(args) = command {
        return runtime.block_on(simulate::run(args, &words()));
    }
    let env = match environment(global) {
        Ok(env) => env,
        Err(code) => return code,
    };
    let words = words();
    let command = match command {
        Command::Account(command) => command,
        Command::Journal(args) => return journal::run(args, &env, global),
        other => {
            let code = runtime.block_on(followed(other, &env, global));
            // What is under way is in the journal; a request that hangs must not hold the program.
            runtime.shutdown_timeout(std::time::Duration::from_millis(100));
            return code;
        }
    };
    let code = runtime.block_on(async {
        match command {
            AccountCommand::Add(args) => account::add::run(args, &env, &words).await,
            AccountCommand::List { output } => account::list::run(*output, &env, global, &words),
            AccountCommand::Check(args) => account::check::run(args, &env, global, &words).await,
            AccountCommand::Remove { name, yes } => account::remove::run(name, *yes, &env, &words).await,
            AccountCommand::Import(args) => account::import::run(args, &env, &words).await,
        }
    });
    // Nor must a name that is still being looked up.
    runtime.shutdown_timeout(std::time::Duration::from_millis(100));
    code
}

async fn followed(command: &Command, env: &Environment, global: &Global) -> u8 {
    match command {
        Command::Watch(args) => watch::run(args, env, global).await,
        Command::Decide(args) => decide::decide(args, env, global).await,
        Command::Cancel(args) => decide::cancel(args, env, global).await,
        Command::List(args) => list::run(args, env, global).await,
        Command::Show(args) => show::run(args, env, global).await,
        Command::Key(KeyCommand::List(args)) => list::run(&all(Things::Keys, args), env, global).await,
        Command::Key(KeyCommand::Api(ApiKeyCommand::List(args))) => {
            list::run(&all(Things::ApiKeys, args), env, global).await
        }
        Command::Cost(args) => cost::run(args, env, global).await,
        Command::Protect(args) => protect::run(args, None, env, global).await,
        Command::Unprotect(args) => protect::run(&args.which, Some(args.yes), env, global).await,
        Command::Create(args) => create::run(args, env, global).await,
        Command::Firewall(command) => firewall::run(command, env, global).await,
        Command::Delete(DeleteCommand::Firewall(args)) => {
            firewall::run(&FirewallCommand::Delete(args.clone()), env, global).await
        }
        other => match verb::asked(other) {
            Ok(Some((asked, change))) => verb::run(&asked, change, env, global).await,
            Ok(None) => exit::DONE,
            Err(code) => code,
        },
    }
}

fn all(things: Things, args: &OutputArgs) -> ListArgs {
    ListArgs { things, output: args.output, timeout: args.timeout }
}

/// The environment of this process with what the command line says of it.
///
/// # Errors
/// The exit code; why is printed.
pub fn environment(global: &Global) -> Result<Environment, u8> {
    let env = Environment::from_process().map_err(|error| refuse(&error.to_string()))?;
    Ok(match &global.config {
        Some(file) => env.with_config(file.clone()),
        None => env,
    })
}

/// The engine over these accounts. What is waited for is said beside the result.
///
/// # Errors
/// The exit code; why is printed.
fn session(env: &Environment, settings: &Settings, read_only: bool, may: May) -> Result<Session, u8> {
    settings.accounts.iter().for_each(|account| note_newline(account, env, &words()));
    Session::open(env, settings, read_only, may, tell_waits()).map_err(|said| refuse(&said))
}

fn tell_waits() -> impl FnMut(&Phrase) + Send + 'static {
    let words = words();
    move |phrase: &Phrase| print::note(&format!("vpsdeck: {}", words.say(phrase)))
}

/// Says that a variable ends with a newline, which is no part of the secret: whoever set it may look for it elsewhere.
fn note_newline(account: &AccountSettings, env: &Environment, words: &Words) {
    if let SecretFrom::Env(variable) = &account.secret
        && env.variable(variable).is_some_and(|value| value.ends_with(['\n', '\r']))
    {
        let phrase = Phrase::new("cli.secret.newline").with("account", account.name.as_str());
        print::note(&format!("vpsdeck: {}", words.say(&phrase.with("variable", variable.as_str()))));
    }
}

/// Says why nothing was done, for wrong usage or wrong configuration.
#[must_use]
pub fn refuse(why: &str) -> u8 {
    warn(why);
    exit::USAGE
}

/// Says something that is wrong and holds nothing up.
pub fn warn(what: &str) {
    for line in what.lines() {
        print::note(&format!("vpsdeck: {line}"));
    }
}

/// The same, with times as the person's own clock shows them.
fn local_words() -> Words {
    with_clock(Clock::new(jiff::tz::TimeZone::system()))
}

fn words() -> Words {
    with_clock(Clock::utc())
}

fn with_clock(clock: Clock) -> Words {
    let mut brought = vec![texts::TEXTS];
    brought.extend(PROVIDERS.iter().map(|provider| provider.phrases));
    Words::new(Language::English, &brought, clock)
}

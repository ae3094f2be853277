//! From what was typed to the command that carries it out.

use std::ffi::OsString;
use std::time::Duration;

use crate::cli::args::{
    AccountCommand, ApiKeyCommand, Command, DeleteCommand, Global, KeyCommand, ListArgs, OutputArgs, Things,
};
use crate::cli::firewall::args::FirewallCommand;
use crate::cli::open::environment;
use crate::cli::parse::{self, Parsed};
use crate::cli::print::refuse;
use crate::cli::wording::words;
use crate::cli::{
    account, complete, cost, create, decide, exit, firewall, journal, list, manual, print, protect, show, simulate,
    verb, watch,
};
use crate::runtime::dashboard::crash;
use crate::settings::Environment;

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
    crash::on_purpose();
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
    let code = runtime.block_on(carry_out_in(command, &env, global));
    // What is under way is in the journal; neither a request that hangs nor a name that is still being looked up must
    // hold the program.
    runtime.shutdown_timeout(Duration::from_millis(100));
    code
}

async fn carry_out_account(command: &AccountCommand, env: &Environment, global: &Global) -> u8 {
    let words = words();
    match command {
        AccountCommand::Add(args) => account::add::run(args, env, &words).await,
        AccountCommand::List { output } => account::list::run(*output, env, global, &words),
        AccountCommand::Check(args) => account::check::run(args, env, global, &words).await,
        AccountCommand::Remove { name, yes, output } => account::remove::run(name, *yes, *output, env, &words).await,
        AccountCommand::Import(args) => account::import::run(args, env, &words).await,
    }
}

async fn carry_out_in(command: &Command, env: &Environment, global: &Global) -> u8 {
    match command {
        Command::Account(command) => carry_out_account(command, env, global).await,
        Command::Journal(args) => journal::run(args, env, global),
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

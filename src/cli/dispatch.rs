//! From what was typed to the command that carries it out.

use std::ffi::OsString;
use std::time::Duration;

use crate::cli::args::{
    AccountCommand, ApiKeyCommand, CliCommand, DeleteCommand, Global, KeyCommand, ListArgs, OutputArgs, Things,
};
use crate::cli::firewall::args::FirewallCommand;
use crate::cli::open::environment;
use crate::cli::parse::{self, Parsed};
use crate::cli::print::refuse;
use crate::cli::wording::words;
use crate::cli::{
    account, complete, console_output, cost, create, decide, exit, firewall, journal, list, manual, print, protect,
    show, simulate, verb, watch,
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
pub fn run(command: &CliCommand, global: &Global) -> u8 {
    crash::on_purpose();
    print::ended(carry_out(command, global))
}

fn carry_out(command: &CliCommand, global: &Global) -> u8 {
    match command {
        CliCommand::Completions { shell } => return manual::completions(*shell),
        CliCommand::Man => return manual::page(),
        _ => {}
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return refuse(error.to_string()),
    };
    if let CliCommand::Simulate(args) = command {
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

async fn carry_out_in(command: &CliCommand, env: &Environment, global: &Global) -> u8 {
    match command {
        CliCommand::Account(command) => carry_out_account(command, env, global).await,
        CliCommand::Journal(args) => journal::run(args, env, global),
        CliCommand::Watch(args) => watch::run(args, env, global).await,
        CliCommand::Decide(args) => decide::decide(args, env, global).await,
        CliCommand::Cancel(args) => decide::cancel(args, env, global).await,
        CliCommand::List(args) => list::run(args, env, global).await,
        CliCommand::Show(args) => show::run(args, env, global).await,
        CliCommand::ConsoleOutput(args) => console_output::run(args, env, global).await,
        CliCommand::Key(KeyCommand::List(args)) => list::run(&all(Things::Keys, args), env, global).await,
        CliCommand::Key(KeyCommand::Api(ApiKeyCommand::List(args))) => {
            list::run(&all(Things::ApiKeys, args), env, global).await
        }
        CliCommand::Cost(args) => cost::run(args, env, global).await,
        CliCommand::Protect(args) => protect::run(args, None, env, global).await,
        CliCommand::Unprotect(args) => protect::run(&args.which, Some(args.yes), env, global).await,
        CliCommand::Create(args) => create::run(args, env, global).await,
        CliCommand::Firewall(command) => firewall::run(command, env, global).await,
        CliCommand::Delete(DeleteCommand::Firewall(args)) => {
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

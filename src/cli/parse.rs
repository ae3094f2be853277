//! From words to what is to be done. The keys of the providers become options of `account add`.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Arg, ArgMatches, CommandFactory, FromArgMatches};

use crate::cli::args::{AccountCommand, Cli, CliCommand, Global, StartPane, StartPlace};
use crate::cli::wording::words;
use crate::domain::text;
use crate::provider::PROVIDERS;

#[derive(Debug, Clone)]
pub enum Parsed {
    Dashboard(Dashboard),
    /// A command, see [`crate::cli::run`].
    Command(CliCommand, Global),
}

#[derive(Debug, Clone, Default)]
pub struct Dashboard {
    pub pane: Option<StartPane>,
    /// The filter to begin with, without its slash.
    pub filter: Option<String>,
    /// Over the simulator, with no account, no network and no file.
    pub demo: bool,
    /// The options that hold everywhere.
    pub global: Global,
}

/// The whole command line, as help, completions and manual know it.
pub(super) fn command() -> clap::Command {
    let mut keys: Vec<(&str, String, Vec<&str>)> = Vec::new();
    for provider in PROVIDERS {
        for key in provider.keys {
            match keys.iter_mut().find(|(name, ..)| *name == key.name) {
                Some((.., providers)) => providers.push(provider.key),
                None => keys.push((key.name, words().get(key.what).to_owned(), vec![provider.key])),
            }
        }
    }
    let options = keys.into_iter().map(|(name, what, providers)| {
        Arg::new(name)
            .long(name.replace('_', "-"))
            .value_name("TEXT")
            .help(format!("{what} ({})", providers.join(", ")))
    });
    Cli::command()
        .mut_subcommand("account", |account| account.mut_subcommand("add", |add| add.args(options.collect::<Vec<_>>())))
}

/// Reads the command line.
///
/// # Errors
/// What clap has to say: a mistake, or the help or version that was asked for.
pub(super) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Parsed, clap::Error> {
    let mut command = command();
    let matches = command.try_get_matches_from_mut(args)?;
    let mut cli = Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))?;
    if let Some(CliCommand::Account(AccountCommand::Add(add))) = &mut cli.command {
        add.values = values(&matches);
    }
    if let (Some(_), Some(CliCommand::Account(AccountCommand::Add(_) | AccountCommand::Remove { .. }))) =
        (&cli.global.os_cloud, &cli.command)
    {
        return Err(command.error(ErrorKind::ArgumentConflict, words().get(text::cli_import::NOT_CHANGED)));
    }
    if cli.dashboard.demo && cli.global.os_cloud.is_some() {
        return Err(command.error(ErrorKind::ArgumentConflict, words().get(text::cli_import::DEMO)));
    }
    if let Some(wanted) = cli.command {
        if cli.dashboard.demo || !cli.dashboard.places.is_empty() {
            return Err(command.error(
                ErrorKind::ArgumentConflict,
                "a pane, a filter and --demo are for the dashboard, not for a command",
            ));
        }
        return Ok(Parsed::Command(wanted, cli.global));
    }
    let mut dashboard = Dashboard { demo: cli.dashboard.demo, global: cli.global, ..Dashboard::default() };
    for place in cli.dashboard.places {
        let twice = match place {
            StartPlace::Pane(pane) if dashboard.filter.is_none() => dashboard.pane.replace(pane).is_some(),
            StartPlace::Filter(filter) => dashboard.filter.replace(filter).is_some(),
            StartPlace::Pane(_) => true,
        };
        if twice {
            return Err(command.error(ErrorKind::TooManyValues, "one pane at most, then one /FILTER at most"));
        }
    }
    Ok(Parsed::Dashboard(dashboard))
}

fn values(matches: &ArgMatches) -> std::collections::BTreeMap<String, String> {
    let Some(add) = matches.subcommand_matches("account").and_then(|account| account.subcommand_matches("add")) else {
        return std::collections::BTreeMap::new();
    };
    let given = |name: &str| Some((name.to_owned(), add.get_one::<String>(name)?.clone()));
    PROVIDERS.iter().flat_map(|provider| provider.keys).filter_map(|key| given(key.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Result<Parsed, clap::Error> {
        parse(std::iter::once("vpsdeck").chain(line.split_whitespace()).map(OsString::from))
    }

    fn dashboard(line: &str) -> Dashboard {
        match words(line).unwrap() {
            Parsed::Dashboard(dashboard) => dashboard,
            Parsed::Command(..) => panic!("a command"),
        }
    }

    #[test]
    fn the_definition_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn pane_and_filter_are_told_by_the_slash() {
        let both = dashboard("snapshots /web --ascii");
        assert_eq!((both.pane, both.filter.as_deref()), (Some(StartPane::Snapshots), Some("web")));
        assert!(both.global.ascii);
        assert_eq!(dashboard("/web").filter.as_deref(), Some("web"));
        assert_eq!(dashboard("").pane, None);
        assert!(dashboard("--demo").demo);
        assert_eq!(dashboard("--os-cloud lab").global.os_cloud.as_deref(), Some("lab"));
        for wrong in [
            "--demo account list",
            "--demo --os-cloud lab",
            "--os-cloud lab account remove lab",
            "instances man",
            "servers",
            "/a /b",
            "/web instances",
            "instances images",
        ] {
            assert_eq!(words(wrong).unwrap_err().exit_code(), 2, "{wrong}");
        }
    }

    #[test]
    fn global_options_are_taken_before_and_after_a_command() {
        for line in ["--config /x --account a account list", "account list --account a --config /x"] {
            let Parsed::Command(_, global) = words(line).unwrap() else { panic!("{line}") };
            assert_eq!((global.config, global.accounts), (Some("/x".into()), vec!["a".to_owned()]), "{line}");
        }
    }

    #[test]
    fn a_secret_is_never_an_argument() {
        for option in ["--secret", "--password", "--api-private-key"] {
            let error = words(&format!("account add lab {option} hunter2")).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UnknownArgument, "{option}");
        }
    }

    #[test]
    fn a_language_that_is_not_there_is_said() {
        let error = words("--lang ja").unwrap_err().to_string();
        assert!(error.contains("'ja'") && error.contains("[possible values: en]"), "{error}");
    }
}

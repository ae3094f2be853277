//! Which value is being typed on an unfinished command line, by the definition of the command line.

use clap::{Arg, Command};

use crate::domain::Kind;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CompletionKind {
    Accounts,
    Clouds,
    Worlds,
    /// `ACCOUNT/NAME` or `NAME` of one of these.
    Targets(&'static [Kind]),
    /// A name within the account that is named elsewhere.
    Names(Kind),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Completion {
    pub(super) wanted: CompletionKind,
    pub(super) accounts: Vec<String>,
    pub(super) config: Option<String>,
    pub(super) cloud: Option<String>,
    pub(super) typed: String,
    /// What stands before it in the same word, such as `--account=`.
    pub(super) before: String,
}

/// What an argument takes; `None` where only the definition of the command line tells.
pub(super) fn wanted(path: &[&str], argument: &str) -> Option<CompletionKind> {
    use Kind::{ApiKey, Firewall, Image, Instance, Key, Plan, Snapshot};
    Some(match (path, argument) {
        (_, "accounts") | (["account", "check"], "names") | (["account", "remove"], "name") => CompletionKind::Accounts,
        (_, "os_cloud") | (["account", "import"], "cloud") => CompletionKind::Clouds,
        (["simulate"], "world") => CompletionKind::Worlds,
        (["create"], "image") => CompletionKind::Names(Image),
        (["create" | "restore"], "from") => CompletionKind::Names(Snapshot),
        (["create" | "resize"], "plan") => CompletionKind::Names(Plan),
        (["create"], "key") => CompletionKind::Names(Key),
        (["create"], "firewalls") => CompletionKind::Names(Firewall),
        (_, "instance") | (["firewall", _], "on") => CompletionKind::Targets(&[Instance]),
        (["firewall", _], "target" | "firewall") | (["delete", "firewall"], "target") => {
            CompletionKind::Targets(&[Firewall])
        }
        (["delete", "snapshot"], "target") => CompletionKind::Targets(&[Snapshot]),
        (["delete", "image"], "target") => CompletionKind::Targets(&[Image]),
        (["key", "api", _], "target") => CompletionKind::Targets(&[ApiKey]),
        (["key", _] | ["delete", "key"], "target") => CompletionKind::Targets(&[Key]),
        (["show"], "target") => CompletionKind::Targets(&[Instance, Snapshot]),
        (["watch"], "target") => CompletionKind::Targets(&[Instance, Snapshot, Firewall]),
        (["protect" | "unprotect"], "target") => CompletionKind::Targets(&[Instance, Snapshot, Firewall, Key]),
        _ => return None,
    })
}

/// The place of the last of these words, the first of which is the program.
pub(super) fn find(command: &mut Command, words: &[String]) -> Option<Completion> {
    command.build();
    let (typed, before) = words.get(1..)?.split_last()?;
    let mut line = TypedLine { command, path: Vec::new(), positionals: 0, only_positionals: false, awaits: None };
    let (mut accounts, mut config, mut cloud) = (Vec::new(), None, None);
    for word in before {
        let taken = line.take(word);
        match taken {
            Some(("accounts", value)) => accounts.push(value),
            Some(("config", value)) => config = Some(value),
            Some(("os_cloud", value)) => cloud = Some(value),
            _ => {}
        }
    }
    let option = typed.split_once('=').filter(|(name, _)| name.starts_with("--") && !line.only_positionals);
    let (argument, typed, before) = match (line.awaits, option) {
        (Some(argument), _) => (argument, typed.clone(), String::new()),
        (None, Some((name, value))) => (line.option(name)?, value.to_owned(), format!("{name}=")),
        (None, None) if typed.starts_with('-') && !line.only_positionals => return None,
        (None, None) => (line.positional()?, typed.clone(), String::new()),
    };
    let wanted = wanted(&line.path, argument.get_id().as_str())?;
    Some(Completion { wanted, accounts, config, cloud, typed, before })
}

struct TypedLine<'a> {
    command: &'a Command,
    path: Vec<&'a str>,
    /// So many positional arguments of the command were read.
    positionals: usize,
    /// `--` was read.
    only_positionals: bool,
    awaits: Option<&'a Arg>,
}

impl<'a> TypedLine<'a> {
    /// Reads a word; the option whose value it held, and the value.
    fn take(&mut self, word: &str) -> Option<(&'a str, String)> {
        if let Some(option) = self.awaits.take() {
            return Some((option.get_id().as_str(), word.to_owned()));
        }
        if self.only_positionals || !word.starts_with('-') || word == "-" {
            match self.command.find_subcommand(word).filter(|_| self.positionals == 0) {
                Some(found) => {
                    self.command = found;
                    self.path.push(found.get_name());
                }
                None => self.positionals += 1,
            }
            return None;
        }
        if word == "--" {
            self.only_positionals = true;
            return None;
        }
        let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
        let option = self.option(name)?;
        match value {
            Some(value) => return Some((option.get_id().as_str(), value.to_owned())),
            None if option.get_action().takes_values() => self.awaits = Some(option),
            None => {}
        }
        None
    }

    fn option(&self, name: &str) -> Option<&'a Arg> {
        let command = self.command;
        command.get_arguments().find(|argument| match name.strip_prefix("--") {
            Some(long) => argument.get_long() == Some(long),
            None => argument.get_short() == name.chars().nth(1),
        })
    }

    /// The positional argument that comes next; the last one may take many.
    fn positional(&self) -> Option<&'a Arg> {
        let command = self.command;
        let all: Vec<&Arg> = command.get_positionals().collect();
        let many = |argument: &&&Arg| argument.get_num_args().is_some_and(|count| count.max_values() > 1);
        all.get(self.positionals).or_else(|| all.last().filter(many)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::parse;

    fn at(line: &[&str]) -> Option<Completion> {
        let words: Vec<String> = std::iter::once("vpsdeck").chain(line.iter().copied()).map(str::to_owned).collect();
        find(&mut parse::command(), &words)
    }

    fn wanted_at(line: &[&str]) -> Option<CompletionKind> {
        at(line).map(|place| place.wanted)
    }

    #[test]
    fn the_place_is_found_by_the_definition_of_the_command_line() {
        use Kind::{Firewall, Instance, Snapshot};
        assert_eq!(wanted_at(&["stop", ""]), Some(CompletionKind::Targets(&[Instance])));
        assert_eq!(wanted_at(&["stop", "--yes", "-o", "json", "we"]), Some(CompletionKind::Targets(&[Instance])));
        assert_eq!(wanted_at(&["restore", "web", "--from", ""]), Some(CompletionKind::Names(Snapshot)));
        assert_eq!(wanted_at(&["--account", ""]), Some(CompletionKind::Accounts));
        assert_eq!(wanted_at(&["account", "check", "a", "b"]), Some(CompletionKind::Accounts));
        assert_eq!(wanted_at(&["firewall", "assign", "web", "d"]), Some(CompletionKind::Targets(&[Instance])));
        assert_eq!(wanted_at(&["firewall", "edit", "--", "-w"]), Some(CompletionKind::Targets(&[Firewall])));
        for line in
            [&["sto"][..], &["stop", "web", ""], &["stop", "--"], &["list", ""], &["stop", "--timeout", ""], &[]]
        {
            assert_eq!(wanted_at(line), None, "{line:?}");
        }
    }

    #[test]
    fn what_the_line_names_counts() {
        let place = at(&["--config", "/x", "stop", "--account=lab", "--account", "b", "w"]).unwrap();
        assert_eq!(
            (place.accounts, place.config, place.typed),
            (vec!["lab".into(), "b".into()], Some("/x".into()), "w".into())
        );
        let place = at(&["list", "keys", "--account=la"]).unwrap();
        assert_eq!((place.before.as_str(), place.typed.as_str()), ("--account=", "la"));
    }

    #[test]
    fn every_argument_that_takes_a_target_is_known() {
        fn walk(command: &Command, path: &mut Vec<String>, missing: &mut Vec<String>) {
            for argument in command.get_arguments() {
                let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
                let names: Vec<&str> = path.iter().map(String::as_str).collect();
                if help.starts_with("ACCOUNT/NAME") && wanted(&names, argument.get_id().as_str()).is_none() {
                    missing.push(format!("{path:?} {}", argument.get_id()));
                }
            }
            for sub in command.get_subcommands() {
                path.push(sub.get_name().to_owned());
                walk(sub, path, missing);
                path.pop();
            }
        }
        let mut missing = Vec::new();
        walk(&parse::command(), &mut Vec::new(), &mut missing);
        assert!(missing.is_empty(), "{missing:?}");
    }
}

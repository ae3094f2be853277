//! Completion scripts and the manual page, made from the definition of the command line.

use std::io::{self, Write as _};

use clap_mangen::Man;

use crate::cli::print::refuse;
use crate::cli::{complete, exit, parse, print};

/// What the manual says beyond the options. In roff.
const FURTHER: &str = r#".SH "EXIT STATUS"
.TP
0
done
.TP
1
the provider refused it, or the operation failed
.TP
2
wrong usage or wrong configuration
.TP
3
not authenticated
.TP
4
the provider is not reachable
.TP
5
refused here: not confirmed, read\-only, guarded, protected, busy with another operation
.TP
6
the outcome is unknown: the request may have taken effect
.PP
With several results: the first of 2, 3, 4, 6, 5, 1 that occurred.
.SH JSON
With \-\-output json, standard output has one document and nothing else; lines for people go to standard error.
.PP
Every list is an object: the things as an array under their name (instances, snapshots, firewalls, images, keys, api_keys,
plans, operations, accounts), and under errors an array of the accounts that could not be read: account, error (a word such
as wrong_credentials), reason, code (the provider's own) and exit, the status that it alone would have given.
.PP
A change is an object with verb, account, target, result (done, failed, cancelled, unknown, halted or running), reason,
code, step and steps, asked, ended and seconds, and under made what came of it: kind, id and name, of an instance also
address and addresses. What was not begun has result, reason and exit instead; where nothing was to be done, result is
already_so and exit is 0.
.SH FILES
.TP
.I $XDG_CONFIG_HOME/vpsdeck/config.toml
accounts, keys, theme, polling; never a secret
.TP
.I $XDG_STATE_HOME/vpsdeck/
journal and log
.TP
.I $XDG_CACHE_HOME/vpsdeck/
the last known picture of each account
.SH ENVIRONMENT
.TP
.B VPSDECK_CONFIG
the configuration file
.TP
.B VPSDECK_STATE_DIR, VPSDECK_CACHE_DIR
folders instead of those above
"#;

pub(super) fn completions(shell: clap_complete::Shell) -> u8 {
    print::document(script(shell).as_bytes());
    exit::DONE
}

pub(super) fn script(shell: clap_complete::Shell) -> String {
    let whole = parse::command();
    // Panes and filters stand where a command does; zsh would look for the command behind them.
    let options = whole.get_arguments().filter(|argument| !argument.is_positional()).cloned();
    let mut command = clap::Command::new("vpsdeck")
        .version(env!("CARGO_PKG_VERSION"))
        .args(options.collect::<Vec<_>>())
        .subcommands(whole.get_subcommands().cloned().collect::<Vec<_>>());
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "vpsdeck", &mut script);
    complete::with_values(shell, &String::from_utf8_lossy(&script), &command)
}

/// One page: the program, then each command that does something by itself. Nothing is cited that is no page.
pub(super) fn page() -> u8 {
    match rendered() {
        Ok(page) => {
            print::document(&page);
            exit::DONE
        }
        Err(error) => refuse(error.to_string()),
    }
}

fn rendered() -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let mut command = parse::command();
    command.build();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    page.extend_from_slice(b".SH COMMANDS\n");
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        write_command(sub, sub.get_name(), &mut page)?;
    }
    page.extend_from_slice(FURTHER.as_bytes());
    Ok(page)
}

/// What a command is for, how it is written and what it takes; of one that is a group, the same of each of its own.
fn write_command(command: &clap::Command, path: &str, page: &mut Vec<u8>) -> io::Result<()> {
    let mut own = command.get_subcommands().filter(|sub| sub.get_name() != "help").peekable();
    if own.peek().is_some() {
        return own.try_for_each(|sub| write_command(sub, &format!("{path} {}", sub.get_name()), page));
    }
    // What holds everywhere stands above, once.
    let hidden = |argument: clap::Arg| {
        let is_own = !argument.is_global_set() && argument.get_id() != "help";
        argument.hide(!is_own)
    };
    let man = Man::new(command.clone().mut_args(hidden));
    writeln!(page, ".SS {}", path.replace('-', "\\-"))?;
    let mut sections = Vec::new();
    man.render_description_section(&mut sections)?;
    sections.extend_from_slice(b".PP\n");
    man.render_synopsis_section(&mut sections)?;
    man.render_options_section(&mut sections)?;
    let sections = String::from_utf8_lossy(&sections);
    let lines = sections.lines().filter(|line| !line.starts_with(".SH ") && !line.contains(".ds Aq"));
    lines.map(|line| format!("{line}\n")).for_each(|line| page.extend_from_slice(line.as_bytes()));
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_tells_of_every_command_and_cites_no_page_that_is_not_there() {
        let page = String::from_utf8(super::rendered().unwrap()).unwrap();
        assert!(!page.contains("(1)"), "{page}");
        for command in ["force\\-stop", "firewall add\\-rule", "key api create", "account import", "delete snapshot"] {
            assert!(page.contains(&format!(".SS {command}\n")), "{command}");
        }
        assert!(page.contains("\\-\\-from") && page.matches("\\-\\-ascii").count() == 1, "{page}");
    }
}

//! Completion scripts: what the definition of the command line yields, and in front of it what asks for values.

use clap::Command;
use clap_complete::Shell;

use crate::cli::complete::place::wanted;

const BASH: &str = r#"
_vpsdeck_values() {
    local value values=()
    while IFS= read -r value; do
        values+=("$value")
    done < <("$1" __complete bash "${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null)
    if ((${#values[@]})); then
        COMPREPLY=("${values[@]}")
    else
        _vpsdeck "$@"
    fi
}
complete -F _vpsdeck_values -o bashdefault -o default vpsdeck
"#;

/// Loaded by its name, the file is the body of the function of that name, which stays what it is defined as here.
const ZSH: &str = r#"_vpsdeck() {
    local -a values=("${(@f)$("${(@Q)words[1]}" __complete zsh "${(@Q)words[1,CURRENT]}" 2>/dev/null)}")
    if [[ -n "$values" ]]; then
        compadd -- "${values[@]}"
    else
        _vpsdeck_definition "$@"
    fi
}

"#;
/// Where the function that is generated begins, and where what loads it does.
const ZSH_BEGIN: &str = "\n_vpsdeck() {";
const ZSH_END: &str = "if [ \"$funcstack[1]\" = \"_vpsdeck\" ]; then";

const FISH: &str = r"
function __fish_vpsdeck_values
    vpsdeck __complete fish (commandline -opc) (commandline -ct) 2>/dev/null
end
complete -c vpsdeck -n 'count (__fish_vpsdeck_values) >/dev/null' -f -k -a '(__fish_vpsdeck_values)'
";

/// The script of a shell with values before what else it knows; other shells know the definition alone.
pub(in crate::cli) fn with_values(shell: Shell, script: &str, command: &Command) -> String {
    match shell {
        Shell::Bash => format!("{script}{BASH}"),
        Shell::Zsh => {
            let script = script.replacen(ZSH_BEGIN, "\n_vpsdeck_definition() {", 1);
            script.replacen(ZSH_END, &format!("{ZSH}{ZSH_END}"), 1)
        }
        Shell::Fish => {
            let mut options = Vec::new();
            options_with_values(command, &mut Vec::new(), &mut options);
            options.sort_unstable();
            options.dedup();
            let line =
                |option: &String| format!("complete -c vpsdeck -l {option} -x -k -a '(__fish_vpsdeck_values)'\n");
            format!("{script}{FISH}{}", options.iter().map(line).collect::<String>())
        }
        _ => script.to_owned(),
    }
}

/// The options whose values are asked for: what fish offers for a command does not count behind an option.
fn options_with_values(command: &Command, path: &mut Vec<String>, into: &mut Vec<String>) {
    for argument in command.get_arguments() {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        if wanted(&names, argument.get_id().as_str()).is_some() {
            into.extend(argument.get_long().map(str::to_owned));
        }
    }
    for sub in command.get_subcommands() {
        path.push(sub.get_name().to_owned());
        options_with_values(sub, path, into);
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::manual::script;

    #[test]
    fn each_script_asks_for_values_before_it_answers_by_the_definition() {
        let bash = script(Shell::Bash);
        assert!(
            bash.starts_with("_vpsdeck() {")
                && bash.trim_end().ends_with("complete -F _vpsdeck_values -o bashdefault -o default vpsdeck")
        );
        let zsh = script(Shell::Zsh);
        assert_eq!(zsh.matches("\n_vpsdeck_definition() {").count(), 1);
        assert!(zsh.find("\n_vpsdeck() {") < zsh.find(ZSH_END) && zsh.contains("    _vpsdeck \"$@\"\n"));
        let fish = script(Shell::Fish);
        for option in ["account", "from", "image", "plan", "key", "firewall", "on", "world"] {
            assert!(fish.contains(&format!("complete -c vpsdeck -l {option} -x")), "{option}");
        }
    }

    #[test]
    fn the_command_is_the_first_word_for_every_shell() {
        // Where a pane or a filter was expected first, zsh took the command for it and knew nothing behind.
        assert!(!script(Shell::Zsh).contains("$line[2]"));
    }
}

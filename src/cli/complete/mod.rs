//! What stands for a value on an unfinished command line: accounts from the configuration, and what the cache on disk
//! knows of each. A completion script asks with a word that is no command; nothing is sent, and nothing is asked for.

mod place;
mod script;
mod values;

use std::ffi::OsString;

pub(super) use script::with_values;

use crate::cli::complete::place::{Completion, CompletionKind};
use crate::cli::{parse, print};
use crate::settings::{Environment, Settings, cloud_names};

/// The word that a script asks with, the shell behind it, then all words of the line up to the one that is typed.
pub(super) const ASKS: &str = "__complete";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shell {
    /// Hands over words as they are typed, and takes what stands on the line then.
    Bash,
    /// Hands over words without quotes and quotes by itself.
    Zsh,
    /// The same, but for the word that is typed.
    Fish,
}

/// Prints a value a line; nothing where nothing is known for the place, for which the script has its own answer.
pub(super) fn run(words: &[OsString]) {
    let shell = match words.first().and_then(|shell| shell.to_str()) {
        Some("bash") => Shell::Bash,
        Some("zsh") => Shell::Zsh,
        Some("fish") => Shell::Fish,
        _ => return,
    };
    let words: Vec<String> = words[1..].iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let Some((typed, _)) = words.split_last() else { return };
    let open = typed.chars().next().filter(|quote| shell == Shell::Bash && matches!(quote, '"' | '\''));
    let Some(place) = place::find(&mut parse::command(), &unquoted(shell, &words)) else { return };
    for value in candidates(&place) {
        let whole = format!("{}{value}", place.before);
        let shown = match (shell, open) {
            (Shell::Zsh | Shell::Fish, _) => Some(whole),
            (Shell::Bash, None) => Some(escaped(&value)),
            // Within quotes nothing is escaped: what would end them or mean something there is not offered.
            (Shell::Bash, Some(_)) => Some(value).filter(|value| !value.contains(['"', '\'', '\\', '$', '`', '!'])),
        };
        shown.iter().for_each(|line| print::out(line));
    }
}

fn candidates(place: &Completion) -> Vec<String> {
    let env = || {
        let env = Environment::from_process().ok()?;
        let env = place.config.iter().fold(env, |env, file| env.with_config(file.into()));
        Some(place.cloud.iter().fold(env, |env, cloud| env.with_cloud(cloud.clone())))
    };
    let mut all = match place.wanted {
        CompletionKind::Worlds => crate::sim::WorldFile::names().into_iter().map(str::to_owned).collect(),
        CompletionKind::Clouds => env().map_or_else(Vec::new, |env| cloud_names(&env)),
        CompletionKind::Accounts => {
            let settings = env().and_then(|env| Settings::load(&env).ok());
            let names = settings.map(|settings| settings.accounts).unwrap_or_default();
            names.into_iter().map(|account| account.name.to_string()).filter(|name| values::is_seen(name)).collect()
        }
        CompletionKind::Targets(kinds) => env().map_or_else(Vec::new, |env| values::targets(&env, place, kinds)),
        CompletionKind::Names(kind) => env().map_or_else(Vec::new, |env| values::names(&env, place, kind)),
    };
    all.retain(|value| value.starts_with(&place.typed));
    all.sort_unstable();
    all.dedup();
    all
}

fn unquoted(shell: Shell, words: &[String]) -> Vec<String> {
    let last = words.len() - 1;
    let plain = |(at, word): (usize, &String)| match shell {
        Shell::Zsh => word.clone(),
        Shell::Fish if at < last => word.clone(),
        Shell::Bash | Shell::Fish => {
            let mut plain = String::new();
            let mut letters = word.chars();
            while let Some(letter) = letters.next() {
                match letter {
                    '\\' => plain.extend(letters.next()),
                    '"' | '\'' => {}
                    _ => plain.push(letter),
                }
            }
            plain
        }
    };
    let words: Vec<String> = words.iter().enumerate().map(plain).collect();
    if shell != Shell::Bash {
        return words;
    }
    // bash makes three words of `--account=NAME`.
    let is_sign = |at: usize| words[at] == "=" && at > 0 && words[at - 1].starts_with("--");
    let mut whole: Vec<String> = (0..words.len()).filter(|at| !is_sign(*at)).map(|at| words[at].clone()).collect();
    if is_sign(last) {
        whole.push(String::new());
    }
    whole
}

/// As a word that bash takes for exactly this text.
fn escaped(value: &str) -> String {
    let mut word = String::with_capacity(value.len());
    for letter in value.chars() {
        if !(letter.is_alphanumeric() || "/_-.,+@%".contains(letter)) {
            word.push('\\');
        }
        word.push(letter);
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(shell: Shell, line: &[&str]) -> Vec<String> {
        unquoted(shell, &line.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn words_are_taken_as_each_shell_hands_them_over() {
        let bash = words(Shell::Bash, &["vpsdeck", "--account", "=", "\"my", "show", "a\\ b"]);
        assert_eq!(bash, ["vpsdeck", "--account", "my", "show", "a b"]);
        assert_eq!(words(Shell::Bash, &["vpsdeck", "--account", "="]), ["vpsdeck", "--account", ""]);
        assert_eq!(words(Shell::Zsh, &["vpsdeck", "a\\b"]), ["vpsdeck", "a\\b"]);
        assert_eq!(words(Shell::Fish, &["vpsdeck", "a\\b", "c\\ d"]), ["vpsdeck", "a\\b", "c d"]);
    }

    #[test]
    fn what_means_something_to_bash_is_escaped() {
        assert_eq!(escaped("lab/web-01"), "lab/web-01");
        assert_eq!(
            escaped("my $(rm -rf ~) \"a\" 'b';`c`\\"),
            "my\\ \\$\\(rm\\ -rf\\ \\~\\)\\ \\\"a\\\"\\ \\'b\\'\\;\\`c\\`\\\\"
        );
        assert_eq!(escaped("東京"), "東京");
    }
}

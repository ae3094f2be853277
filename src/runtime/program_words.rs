//! A program with its arguments, as a variable such as `EDITOR` names it. No shell reads it: nothing is filled in.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// The words of a value. As a shell parts them, but that a path to a program that is there needs no quotes for its blanks.
/// `None` where a quote is not closed.
pub(super) fn parse(value: &str) -> Option<Vec<String>> {
    let value = value.trim();
    let ends = value.match_indices(char::is_whitespace).map(|(at, _)| at).chain([value.len()]);
    // The longest, so that `/opt/my editor` is not `/opt/my` with an argument.
    let path =
        ends.map(|end| value.split_at(end)).rfind(|(path, _)| path.contains(char::is_whitespace) && is_program(path));
    match path {
        Some((path, arguments)) => {
            let mut words = vec![path.to_owned()];
            words.extend(shell_words::split(arguments).ok()?);
            Some(words)
        }
        None => shell_words::split(value).ok(),
    }
}

/// A name without a slash is looked for in `PATH` and never lies in the folder one is in.
fn is_program(path: &str) -> bool {
    let is_executable = |file: std::fs::Metadata| file.is_file() && file.permissions().mode() & 0o111 != 0;
    path.contains('/') && Path::new(path).metadata().is_ok_and(is_executable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("vi", &["vi"])]
    #[case("  code  --wait ", &["code", "--wait"])]
    #[case("'/opt/my editor/ed' --wait", &["/opt/my editor/ed", "--wait"])]
    #[case("\"/opt/my editor/ed\"", &["/opt/my editor/ed"])]
    #[case(r"/opt/my\ editor/ed -f", &["/opt/my editor/ed", "-f"])]
    #[case("emacsclient -a '' -c", &["emacsclient", "-a", "", "-c"])]
    #[case("ed '$HOME' `id`;x", &["ed", "$HOME", "`id`;x"])]
    fn a_value_is_parted_as_a_shell_parts_it_and_nothing_is_filled_in(#[case] value: &str, #[case] words: &[&str]) {
        assert_eq!(parse(value).unwrap(), words);
    }

    #[rstest::rstest]
    #[case("/my editor", &["/my editor"])]
    #[case("/my editor --wait 'a b'", &["/my editor", "--wait", "a b"])]
    #[case("/it's mine -x", &["/it's mine", "-x"])]
    // The longest that is there, and only what can be run.
    #[case("/my editor two", &["/my editor two"])]
    #[case("/my text", &["/my", "text"])]
    #[case("/my folder", &["/my", "folder"])]
    fn a_path_to_a_program_keeps_its_blanks_without_quotes(#[case] value: &str, #[case] words: &[&str]) {
        let home = tempfile::tempdir().unwrap();
        for (name, mode) in [("my editor", 0o755), ("my editor two", 0o755), ("it's mine", 0o755), ("my text", 0o644)] {
            std::fs::write(home.path().join(name), "").unwrap();
            std::fs::set_permissions(home.path().join(name), std::fs::Permissions::from_mode(mode)).unwrap();
        }
        std::fs::create_dir(home.path().join("my folder")).unwrap();
        let home = home.path().to_str().unwrap();
        let mut wanted: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        wanted[0].insert_str(0, home);
        assert_eq!(parse(&format!("{home}{value}")).unwrap(), wanted);
    }

    #[test]
    fn a_quote_that_is_not_closed_is_no_program() {
        assert_eq!(parse("'/opt/my editor/ed --wait"), None);
    }
}

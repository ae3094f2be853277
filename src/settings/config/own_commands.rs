//! Commands of the person's own: one `[[command]]` for each. Which keys and panes there are, the dashboard knows.

use crate::domain::{ArgumentPiece, OwnCommand, PLACEHOLDERS, pieces, text};
use crate::settings::config::mistake::accepted;
use crate::settings::config::walk::{Section, Walk};

/// So many letters of a name fit into menus.
const NAME_LENGTH: usize = 40;

pub(super) fn commands<'t>(walk: &mut Walk<'t>, top: Section<'t>) -> Vec<OwnCommand> {
    walk.tables(top, "command", "[[command]]").into_iter().filter_map(|section| command(walk, section)).collect()
}

fn command<'t>(walk: &mut Walk<'t>, section: Section<'t>) -> Option<OwnCommand> {
    walk.unknown_keys(section, &["key", "name", "run", "confirm", "panes"]);
    let line = walk.line(Walk::item(section, "key").map_or(section.at, |found| found.at));
    let key = walk.text(section, "key").map(|found| found.value);
    let name = name(walk, section);
    let run = run(walk, section);
    let confirm = walk.yes_no(section, "confirm").unwrap_or(false);
    let panes = walk.texts(section, "panes").unwrap_or_default();
    Some(OwnCommand { line, key, name: name?, run: run?, confirm, panes })
}

fn name<'t>(walk: &mut Walk<'t>, section: Section<'t>) -> Option<String> {
    if Walk::item(section, "name").is_none() {
        walk.missing(section, "name", text::mistake::COMMAND_NAME);
        return None;
    }
    let found = walk.text(section, "name")?;
    if found.value.chars().count() > NAME_LENGTH || found.value.chars().any(char::is_control) {
        walk.wrong(section, "name", found.at, text::mistake::long(NAME_LENGTH));
        return None;
    }
    Some(found.value)
}

fn run<'t>(walk: &mut Walk<'t>, section: Section<'t>) -> Option<Vec<String>> {
    let form = || text::mistake::program(r#"["ping", "-c", "3", "{address}"]"#);
    let Some(found) = Walk::item(section, "run") else {
        walk.missing(section, "run", form());
        return None;
    };
    let run = walk.texts(section, "run")?;
    let wrong = match run.first() {
        None => Some(text::mistake::empty(form())),
        // Whose name it bears is not for a provider's data to say.
        Some(program) if places(program).next().is_some() => Some(text::mistake::program_fixed(form())),
        Some(_) => run
            .iter()
            .flat_map(|argument| places(argument))
            .find(|place| !PLACEHOLDERS.contains(place))
            .map(|place| text::mistake::no_placeholder(format!("{{{place}}}"), accepted(place, &PLACEHOLDERS))),
    };
    if let Some(what) = wrong {
        walk.wrong(section, "run", found.at, what);
        return None;
    }
    Some(run)
}

fn places(argument: &str) -> impl Iterator<Item = &str> {
    pieces(argument).into_iter().filter_map(|piece| match piece {
        ArgumentPiece::Place(name) => Some(name),
        ArgumentPiece::Text(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rstest::rstest;

    use crate::settings::config::settings::Settings;
    use crate::words::english;

    #[test]
    fn a_command_is_a_name_and_a_program_and_what_else_is_said() {
        let text = "[[command]]\nname = \"logs\"\nrun = [\"ssh\", \"{user}@{address}\", \"journalctl -f\"]\n\
                    [[command]]\nname = \"ping\"\nkey = \"F5\"\nrun = [\"ping\", \"{ipv6}\"]\nconfirm = true\n\
                    panes = [\"instances\", \"operations\"]";
        let read = Settings::parse(Path::new("c.toml"), text).unwrap().commands;
        let (logs, ping) = (&read[0], &read[1]);
        assert_eq!((logs.key.as_deref(), logs.confirm, logs.panes.len(), logs.line), (None, false, 0, 1));
        assert_eq!((ping.key.as_deref(), ping.confirm, ping.panes.len(), ping.line), (Some("F5"), true, 2, 6));
        assert_eq!(ping.run, ["ping", "{ipv6}"]);
    }

    #[rstest]
    #[case("run = [\"x\"]", 1, "name", "is missing")]
    #[case("name = \"x\"", 1, "run", "is missing")]
    #[case("name = \"x\"\nrun = []", 3, "run", "is empty")]
    #[case("name = \"x\"\nrun = \"ping {address}\"", 3, "run", "a list of texts")]
    #[case("name = \"x\"\nrun = [\"ping\", \"{adress}\"]", 3, "run", "did you mean address")]
    #[case("name = \"x\"\nrun = [\"{name}\"]", 3, "run", "the program itself")]
    #[case("name = \"x\"\nrun = [\"y\"]\nconfirm = 1", 4, "confirm", "true or false")]
    #[case("name = \"x\"\nrun = [\"y\"]\nkeys = \"F5\"", 4, "keys", "did you mean key")]
    fn a_mistake_names_line_key_and_what_is_accepted(
        #[case] text: &str,
        #[case] line: usize,
        #[case] key: &str,
        #[case] accepted: &str,
    ) {
        let said =
            english(&Settings::parse(Path::new("c.toml"), &format!("[[command]]\n{text}")).unwrap_err().phrase());
        let (line, key) = (format!("c.toml:{line}: "), format!("[[command]] {key}"));
        assert!(said.contains(&line) && said.contains(&key) && said.contains(accepted), "{said}");
    }
}

//! README.md says what is so: its table of keys is the command table, and its two commands exist.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use vpsdeck::app::tables::commands::{COMMANDS, Keymap};
use vpsdeck::words::{Clock, Language, Words};

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

fn table() -> String {
    let words = Words::new(Language::English, Clock::utc());
    let keymap = Keymap::new([]).unwrap();
    let mut lines = vec!["| keys | command | what |".to_owned(), "| --- | --- | --- |".to_owned()];
    for row in COMMANDS {
        let keys: Vec<String> = keymap.keys(row.command).iter().map(|k| format!("`{k}`")).collect();
        let keys = if keys.is_empty() { "in `a` and `:`".to_owned() } else { keys.join(" ") };
        let panes: Vec<&str> = row.panes.iter().map(|p| p.name()).collect();
        let place = if panes.is_empty() { String::new() } else { format!(" ({})", panes.join(", ")) };
        lines.push(format!("| {keys} | {} | {}{place} |", row.name, words.get(row.text)));
    }
    lines.join("\n")
}

#[test]
fn the_table_of_keys_is_the_command_table() {
    let table = table();
    assert!(readme().contains(&table), "README.md should hold:\n\n{table}\n");
}

#[test]
fn the_pictures_exist() {
    let text = readme();
    for (at, _) in text.match_indices("](screenshots/") {
        let name = text[at + 2..].split(')').next().unwrap();
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(name).exists(), "{name} is missing");
    }
}

#[test]
fn the_files_that_it_names_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = readme();
    let mut files = 0;
    for name in text.lines().flat_map(quoted).filter(|name| name.ends_with(".rs")) {
        assert!([root.join(name), root.join("src").join(name)].iter().any(|path| path.exists()), "{name} is not there");
        files += 1;
    }
    assert!(files > 5, "the way of a key is told by files");
}

#[test]
fn the_two_commands_are_named() {
    let text = readme();
    assert!(text.contains("cargo run --release -- --demo") && text.contains("cargo test"));
}

/// What stands between backquotes.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

#[test]
fn the_map_of_the_code_names_files_and_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join(".github/ARCHITECTURE.md")).unwrap();
    let mut tests = 0;
    for line in text.lines() {
        let mut file = None;
        for name in quoted(line).filter(|name| name.chars().all(|c| c.is_alphanumeric() || "_/.".contains(c))) {
            if name.contains('/') || name.ends_with(".rs") {
                let path = [root.join(name), root.join("src").join(name)].into_iter().find(|path| path.exists());
                file = Some(path.unwrap_or_else(|| panic!("{name} is not there")));
            } else if let Some(path) = file.as_ref().filter(|path| path.is_file() && line.starts_with('|')) {
                let test = format!("fn {name}(");
                assert!(fs::read_to_string(path).unwrap().contains(&test), "{name} is not in {}", path.display());
                tests += 1;
            }
        }
    }
    assert!(tests > 10, "each invariant names its tests");
}

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
fn the_two_commands_are_named() {
    let text = readme();
    assert!(text.contains("cargo run --release -- --demo") && text.contains("cargo test"));
}

//! Every text is used, and everything that is said has a text.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "tests" && name != "sim" {
                sources(&path, found);
            }
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

/// The string literals of a text, escapes left as they are.
fn literals(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('"') {
        let body = &rest[open + 1..];
        let mut end = 0;
        let bytes = body.as_bytes();
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        found.push(body[..end.min(body.len())].to_owned());
        rest = body.get(end + 1..).unwrap_or("");
    }
    found
}

/// The keys of the tables: literals of small letters with a dot and no blank.
fn keys(text: &str) -> BTreeSet<String> {
    let is_key = |l: &String| {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
        l.contains('.') && l.chars().all(plain) && l.starts_with(|c: char| c.is_ascii_lowercase())
    };
    literals(text).into_iter().filter(is_key).filter(|l| !l.ends_with('.') && !l.starts_with('.')).collect()
}

/// Code without unit tests and comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
    text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

struct Found {
    tables: BTreeSet<String>,
    used: BTreeSet<String>,
    said: BTreeSet<String>,
}

fn found() -> Found {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut found = Found { tables: BTreeSet::new(), used: BTreeSet::new(), said: BTreeSet::new() };
    for file in files {
        let name = file.to_string_lossy().into_owned();
        if name.ends_with("words/en.rs") || name.ends_with("/words.rs") || name.ends_with("cli/texts.rs") {
            found.tables.extend(keys(&fs::read_to_string(&file).unwrap()));
            continue;
        }
        let code = code(&file);
        found.used.extend(literals(&code));
        for (at, _) in code.match_indices("Phrase::new(\"") {
            found.said.insert(code[at + 13..].split('"').next().unwrap().to_owned());
        }
    }
    // These are put together from a part that varies.
    for row in vpsdeck::app::tables::commands::COMMANDS {
        found.used.insert(format!("command.{}", row.name));
        found.said.insert(row.text.to_owned());
    }
    for verb in vpsdeck::domain::Verb::ALL {
        found.used.insert(format!("title.{}", verb.name()));
        found.said.insert(format!("title.{}", verb.name()));
        found.used.insert(format!("button.{}", verb.name()));
        found.said.insert(format!("button.{}", verb.name()));
    }
    found
}

#[test]
fn everything_that_is_said_has_a_text() {
    let found = found();
    let without: Vec<_> = found.said.difference(&found.tables).collect();
    assert!(without.is_empty(), "said without a text: {without:?}");
}

#[test]
fn every_text_is_used() {
    let found = found();
    let idle: Vec<_> = found.tables.difference(&found.used).collect();
    assert!(idle.is_empty(), "texts that nothing uses: {idle:#?}");
}

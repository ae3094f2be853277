#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
//! The house has layers; what each may use stands in this table and in the contributing notes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("words", &["domain"]),
    ("engine", &["domain"]),
    ("proposal", &["domain", "words", "engine"]),
    ("app", &["domain", "words", "engine", "proposal"]),
    ("ui", &["domain", "words", "engine", "proposal", "app"]),
    ("provider", &["domain", "words"]),
    ("settings", &["domain", "provider"]),
    ("sim", &[]),
    ("runtime", &["domain", "words", "engine", "proposal", "app", "ui", "provider", "settings", "sim"]),
    ("session", &["domain", "words", "engine", "proposal", "provider", "settings", "sim", "runtime"]),
    ("cli", &["domain", "words", "engine", "proposal", "provider", "settings", "sim", "runtime", "session"]),
];

/// What a pure layer never touches: time, network, files, tasks.
const PURE: &[&str] = &["domain", "words", "engine", "proposal", "app", "ui"];
const IMPURE: &[&str] = &[
    "tokio::",
    "reqwest::",
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "Instant::now",
    "SystemTime::now",
    "Timestamp::now",
    "Zoned::now",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file without comments, its unit tests included.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|l| l.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

fn layers() -> BTreeMap<&'static str, Vec<PathBuf>> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut layers = BTreeMap::new();
    for (layer, _) in MAY_USE {
        let mut found = Vec::new();
        sources(&src.join(layer), &mut found);
        assert!(!found.is_empty(), "{layer} is empty");
        layers.insert(*layer, found);
    }
    let on_disk = fs::read_dir(&src).unwrap().filter(|e| e.as_ref().unwrap().path().is_dir()).count();
    assert_eq!(on_disk, MAY_USE.len(), "a folder of src is not in the table");
    layers
}

/// The layers that a text names as `crate::layer` or inside `use crate::{…}`.
fn named(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let group = &group[..group.find("};").unwrap_or(group.len())];
            let mut depth = 0;
            let mut word = String::new();
            for c in group.chars().chain([',']) {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        found.push(word.trim().split("::").next().unwrap_or("").to_owned());
                        word.clear();
                        continue;
                    }
                    _ => {}
                }
                word.push(c);
            }
        } else {
            found.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    found
}

#[test]
fn no_layer_uses_what_it_may_not() {
    let mut breaches = Vec::new();
    for (layer, files) in layers() {
        let may = MAY_USE.iter().find(|(l, _)| *l == layer).unwrap().1;
        for file in files {
            for name in named(&code(&file)) {
                let is_layer = MAY_USE.iter().any(|(l, _)| *l == name);
                if is_layer && name != layer && !may.contains(&name.as_str()) {
                    breaches.push(format!("{} uses {name}", file.display()));
                }
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn pure_layers_touch_neither_time_nor_network_nor_files() {
    let mut breaches = Vec::new();
    for (layer, files) in layers() {
        if !PURE.contains(&layer) {
            continue;
        }
        for file in files {
            let code = code(&file);
            for impure in IMPURE {
                if code.contains(impure) {
                    breaches.push(format!("{} uses {impure}", file.display()));
                }
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn no_pure_layer_names_a_provider() {
    let mut breaches = Vec::new();
    for (layer, files) in layers() {
        if !["domain", "engine", "proposal", "app", "ui"].contains(&layer) {
            continue;
        }
        for file in files {
            let text = fs::read_to_string(&file).unwrap().to_lowercase();
            for name in ["indigo", "conoha", "webarena"] {
                if text.contains(name) {
                    breaches.push(format!("{} names {name}", file.display()));
                }
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn a_breach_would_be_found() {
    assert_eq!(named("use crate::{domain::{A, B}, ui::C};\nlet x = crate::app::y();"), ["domain", "ui", "app"]);
}

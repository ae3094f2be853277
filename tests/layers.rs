#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
//! The house has layers; what each may use stands in this table and in the contributing notes. Inside a layer imports
//! run one way round, too.

#[path = "layers/imports.rs"]
mod imports;
#[path = "layers/sentences.rs"]
mod sentences;
#[path = "layers/verbs.rs"]
mod verbs;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use imports::{Tree, circles, folder_arrows};

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

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn layers() -> BTreeMap<&'static str, Vec<PathBuf>> {
    let src = src();
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

/// What breaks the table of layers.
fn breaches(tree: &Tree) -> Vec<String> {
    let mut breaches = Vec::new();
    for (from, to) in tree.arrows() {
        let layer_of = |file: &str| file.split('/').next().unwrap_or_default().to_owned();
        let Some((layer, may)) = MAY_USE.iter().find(|(layer, _)| *layer == layer_of(&from)) else { continue };
        for (file, names) in to {
            let used = layer_of(&file);
            if used != *layer && MAY_USE.iter().any(|(l, _)| *l == used) && !may.contains(&used.as_str()) {
                breaches.push(format!("{from} uses {names:?} of {file}"));
            }
        }
    }
    breaches
}

#[test]
fn no_layer_uses_what_it_may_not() {
    let breaches = breaches(&Tree::read(&src()));
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

/// Files that import each other in a loop can only be understood together.
const LARGEST_CIRCLE: usize = 3;

#[test]
fn imports_run_one_way_round() {
    let arrows = Tree::read(&src()).arrows();
    let large: Vec<String> =
        circles(&arrows).iter().filter(|c| c.len() > LARGEST_CIRCLE).map(|c| c.join(", ")).collect();
    assert!(large.is_empty(), "files import each other in a circle:\n{}", large.join("\n"));
    let between = folder_arrows(&arrows);
    let folders: Vec<String> = circles(&between)
        .iter()
        .flatten()
        .flat_map(|folder| between[folder].iter().map(move |(to, files)| format!("{folder} -> {to}: {files:?}")))
        .collect();
    assert!(folders.is_empty(), "folders import each other in a circle:\n{}", folders.join("\n"));
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

/// A function longer than this does more than one thing.
const LONGEST_FUNCTION: usize = 70;

/// The lines of a file before its unit tests.
fn tested_lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    let begins_tests = |two: &[&str]| two[0] == "#[cfg(test)]" && two[1].starts_with("mod ") && two[1].ends_with('{');
    lines.truncate(lines.windows(2).position(begins_tests).unwrap_or(lines.len()));
    lines
}

/// The files of a layer that hold no tests.
fn tested_files(layer: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    sources(layer, &mut files);
    files.retain(|path| {
        let path = path.to_string_lossy();
        !path.contains("/tests/")
            && !["_tests.rs", "/recorded.rs", "/fixtures.rs"].iter().any(|end| path.ends_with(end))
    });
    files
}

/// The functions of a text that are too long, from the line of their name to their closing brace; its unit tests do not
/// count.
fn long_functions(text: &str) -> Vec<String> {
    let lines = tested_lines(text);
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let head = line.trim_start();
        let Some((before, name)) = head.split_once("fn ") else { continue };
        let is_qualifier = |word: &str| word.starts_with("pub") || ["const", "async", "unsafe"].contains(&word);
        if !before.split_whitespace().all(is_qualifier) || head.ends_with(['}', ';']) {
            continue;
        }
        let indent = &line[..line.len() - head.len()];
        let ends = |line: &&str| {
            line.strip_prefix(indent).is_some_and(|l| l == "}" || (l.starts_with(')') && l.ends_with(';')))
        };
        let length = lines[at..].iter().position(ends).expect("a function ends") + 1;
        if length > LONGEST_FUNCTION {
            found.push(format!("{}: {length} lines", name.split(['(', '<']).next().unwrap_or_default()));
        }
    }
    found
}

#[test]
fn no_function_is_too_long() {
    let mut long = Vec::new();
    for file in tested_files(&src()) {
        let found = long_functions(&fs::read_to_string(&file).unwrap());
        long.extend(found.into_iter().map(|function| format!("{}: {function}", file.display())));
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn a_long_function_would_be_found() {
    let function = |name: &str, inside: usize| {
        format!("    pub(super) async fn {name}<T>(\n    ) {{\n{}    }}\n", "        x();\n".repeat(inside))
    };
    let text = format!(
        "impl A {{\n{}{}}}\ntrait B {{\n    fn short();\n    fn c(\n    ) -> u8;\n}}\n#[cfg(test)]\nmod tests {{\n{}}}\n",
        function("fits", LONGEST_FUNCTION - 3),
        function("exceeds", LONGEST_FUNCTION - 2),
        function("tests_much", LONGEST_FUNCTION),
    );
    assert_eq!(long_functions(&text), ["exceeds: 71 lines"]);
}

/// The names of types that several places define, each with its files; what a trait names does not count.
fn shared_names(files: &[(String, String)]) -> Vec<String> {
    let mut defined: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (file, text) in files {
        for line in tested_lines(text) {
            let words: Vec<&str> =
                line.split_whitespace().skip_while(|word| word.starts_with("pub") || word.ends_with(')')).collect();
            let is_alias = words.first() == Some(&"type") && !line.starts_with(' ');
            if let [kind, name, ..] = words[..]
                && (is_alias || ["struct", "enum", "trait"].contains(&kind))
            {
                let name = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                defined.entry(name).or_default().push(file);
            }
        }
    }
    let several = defined.iter().filter(|(_, files)| files.len() > 1);
    several.map(|(name, files)| format!("{name}: {}", files.join(", "))).collect()
}

#[test]
fn every_type_has_a_name_of_its_own() {
    let layers = MAY_USE.iter().filter(|(layer, _)| *layer != "sim");
    let files = layers.flat_map(|(layer, _)| tested_files(&src().join(layer)));
    let read = |file: PathBuf| (file.display().to_string(), fs::read_to_string(&file).unwrap());
    let shared = shared_names(&files.map(read).collect::<Vec<_>>());
    assert!(shared.is_empty(), "{}", shared.join("\n"));
}

#[test]
fn a_type_name_that_stands_twice_would_be_found() {
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let one = "pub struct Line<T> {\n    type Session = A;\n#[cfg(test)]\nmod tests {\n    struct Stub;\n}\n";
    let other = "    pub(in crate::a) enum Line {\nstruct Stub;\n    type Session = B;\ntype Pair = (Line, Line);\n";
    let files = [file("a.rs", one), file("b.rs", other), file("c.rs", "pub(crate) trait Pair: Send {\n")];
    assert_eq!(shared_names(&files), ["Line: a.rs, b.rs", "Pair: b.rs, c.rs"]);
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
fn a_breach_and_a_circle_would_be_found() {
    let tree = Tree::of(&[
        ("lib.rs", "mod app; mod domain; mod engine;"),
        ("domain/mod.rs", "mod a; mod b; mod c; mod d; pub use a::{A, a}; pub use b::B as Bee;"),
        ("domain/a.rs", "use crate::{domain::{Bee, d::{self, D}}, engine::Engine}; fn a() { d::d() }"),
        ("domain/b.rs", "use super::c::C; // use crate::app::App;\nconst TEXT: &str = \"crate::app::x\";"),
        ("domain/c.rs", "struct C(super::d::D);"),
        ("domain/d.rs", "fn d(_: crate::domain::A) {} #[cfg(test)] mod tests { use crate::app::App; }"),
        ("engine/mod.rs", "mod state; pub use state::Engine;"),
        ("engine/state.rs", "pub struct Engine;"),
        ("app/mod.rs", "mod panes; mod layers; pub struct App;"),
        ("app/panes/mod.rs", "mod pane; pub use pane::Pane;"),
        ("app/panes/pane.rs", "use crate::app::layers::open;"),
        ("app/layers/mod.rs", "pub fn open(_: crate::app::panes::Pane) {}"),
    ]);
    assert_eq!(breaches(&tree), ["domain/a.rs uses {\"Engine\"} of engine/state.rs"]);
    let arrows = tree.arrows();
    assert_eq!(circles(&arrows)[0], ["domain/a.rs", "domain/b.rs", "domain/c.rs", "domain/d.rs"]);
    let between = folder_arrows(&arrows);
    assert_eq!(circles(&between), [["app/layers", "app/panes"]]);
}

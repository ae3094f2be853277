//! How many files name a verb, so that a new one is made in a few.

use vpsdeck::domain::Verb;

use crate::imports::Tree;
use crate::src;

/// A new verb is named in at most so many files that are no tests.
const MOST: usize = 9;

/// Its row, the names of its words, and its words in the one language there is.
const ROW_AND_WORDS: usize = 3;

/// Verbs with a feature of their own, which names them in its files, too: in so many in all, and never in more.
const FEATURES: &[(Verb, usize, &str)] = &[];

/// The files that name a verb besides those of its row and words. The simulator is the other side and knows none.
fn files<'a>(tree: &'a Tree, variant: &str, texts: &[&str]) -> Vec<&'a str> {
    let texts = texts.iter().filter_map(|name| name.split_once('.'));
    let names: Vec<(&str, &str)> = texts.chain(["Verb", "Action"].map(|of| (of, variant))).collect();
    let is_other = |file: &&str| !file.starts_with("sim/") && *file != "domain/verb.rs";
    tree.naming(&names).into_iter().filter(is_other).collect()
}

#[test]
fn a_verb_is_named_in_few_files() {
    let tree = Tree::read(&src());
    let mut wrong = Vec::new();
    for verb in Verb::ALL {
        let texts = [verb.text(), verb.title(), verb.button()].map(|text| text.name().to_owned());
        let files = files(&tree, &format!("{verb:?}"), &texts.each_ref().map(String::as_str));
        let count = files.len() + ROW_AND_WORDS;
        let own = FEATURES.iter().find(|(of, ..)| *of == verb);
        let most = own.map_or(MOST, |(_, most, _)| *most);
        if count > most {
            wrong.push(format!("{verb:?} is named in {count} files, {most} at most: {}", files.join(", ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_that_names_a_verb_would_be_counted() {
    let tree = Tree::of(&[
        ("lib.rs", "mod app; mod domain; mod sim;"),
        ("app.rs", "fn a(v: Verb) -> bool { v == Verb::Start } const A: Text = text::title::START;"),
        ("domain/mod.rs", "mod verb; mod b; mod c; mod d;"),
        ("domain/verb.rs", "const ALL: [Verb; 1] = [Verb::Start];"),
        ("domain/b.rs", "fn b(a: &Action) { matches!(a, crate::domain::Action::Start { .. }); }"),
        (
            "domain/c.rs",
            "// Verb::Start\nfn c(v: Verb) { Verb::Stop; } #[cfg(test)] mod tests { fn t() { Verb::Start; } }",
        ),
        ("domain/d.rs", "use crate::domain::Verb::Start;"),
        ("sim.rs", "fn s() { Verb::Start; }"),
    ]);
    assert_eq!(files(&tree, "Start", &["title.START"]), ["app.rs", "domain/b.rs", "domain/d.rs"]);
    assert_eq!(files(&tree, "Stop", &["title.STOP"]), ["domain/c.rs"]);
}

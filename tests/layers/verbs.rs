//! How many files name a verb, so that a new one is made in a few.

use vpsdeck::domain::Verb;

use crate::imports::Tree;
use crate::src;

/// A new verb is named in at most so many files that are no tests.
const MOST: usize = 9;

/// Its row, the names of its words, and its words in the one language there is.
const ROW_AND_WORDS: usize = 3;

/// Verbs with a feature of their own, which names them in its files, too: in exactly so many in all, a number that only
/// falls.
const FEATURES: &[(Verb, usize, &str)] = &[
    (Verb::Reboot, 16, "it has several ways, and a watchdog reboots by itself"),
    (Verb::Destroy, 15, "snapshots go with it, and each provider keeps others"),
    (Verb::TakeSnapshot, 13, "the machine may be off for it"),
    (Verb::Restore, 14, "of two ways one is chosen, and the disk may be saved first"),
    (
        Verb::DeleteSnapshot,
        12,
        "what the last copies are each provider says, and what only names others takes them along",
    ),
    (Verb::RestoreAsNew, 16, "it is the other way to restore, with a plan, and what was parked comes back by it"),
    (Verb::Resize, 10, "a plan is chosen for it, which each cloud limits in its own way"),
    (Verb::CreateInstance, 16, "an order has pages of its own"),
    (Verb::CreateFirewall, 12, "the rule editor makes it"),
    (Verb::UpdateFirewall, 19, "the rule editor, letting in one's own address, following it"),
    (Verb::AddKey, 13, "a form and the keys of this machine"),
    (Verb::ChangeKey, 14, "a form, on and off"),
    (Verb::CreateApiKey, 12, "its secret is told once"),
];

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
        let (fits, wanted) = match own {
            Some((_, exactly, why)) => (count == *exactly && count > MOST, format!("{exactly} for its feature, {why}")),
            None => (count <= MOST, format!("{MOST} at most")),
        };
        if !fits {
            wrong.push(format!("{verb:?} is named in {count} files ({wanted}): {}", files.join(", ")));
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
        ("sim/mod.rs", "fn s() { Verb::Start; }"),
    ]);
    assert_eq!(files(&tree, "Start", &["title.START"]), ["app.rs", "domain/b.rs", "domain/d.rs"]);
    assert_eq!(files(&tree, "Stop", &["title.STOP"]), ["domain/c.rs"]);
}

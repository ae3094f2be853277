//! English in the code: what a person reads stands in the files of `words`, where a language is one file. What is counted
//! is a text with three words or more. The log, and reasons given to the compiler, are for nobody else.

use std::collections::BTreeMap;

use crate::imports::tokens;

/// How many there still are in a file. The numbers may only fall.
const ALLOWED: &[(&str, usize)] = &[
    // What clap says beside its own English, what shells and a manual are given, and a line of a command.
    ("app/operations/command_line.rs", 2),
    ("cli/args.rs", 4),
    ("cli/complete/script.rs", 5),
    ("cli/firewall/args.rs", 1),
    ("cli/manual.rs", 1),
    ("cli/parse.rs", 2),
    // Programs' and files' own words, and what only a programmer meets.
    ("domain/public_key.rs", 1),
    ("domain/public_key/forms.rs", 6),
    ("domain/text/mod.rs", 1),
    ("domain/verb.rs", 2),
    // What decoders say, beside the English of serde.
    ("provider/indigo/wire/firewall.rs", 1),
    ("provider/indigo/wire/lenient.rs", 3),
    ("provider/lenient.rs", 4),
    ("provider/openstack/lists.rs", 1),
    ("provider/openstack/rule.rs", 1),
    // Where there is no language at hand yet.
    ("provider/policy/told.rs", 4),
];

/// The texts of a file's code that are English; its unit tests do not count.
pub(crate) fn sentences(text: &str) -> Vec<String> {
    let all = tokens(text);
    let begins_tests = |some: &[String]| some[..7].join("") == "[cfg(test)]mod" && some[8] == "{";
    let end = all.windows(9).position(begins_tests).unwrap_or(all.len());
    let is_said = |at: &usize| {
        let statement = all[..*at].iter().rev().take_while(|token| ![";", "{", "}"].contains(&token.as_str()));
        !statement.take(40).any(|token| token == "tracing") && all[at.saturating_sub(2)..*at].join("") != "reason="
    };
    let texts = (0..end).filter(|at| all[*at].starts_with('"')).filter(is_said).map(|at| all[at].clone());
    texts.filter(|text| words(text) >= 3).collect()
}

/// How many words a text has, but for what is filled in.
fn words(text: &str) -> usize {
    let parts = text.split('{').enumerate();
    let own = parts.map(|(n, part)| if n == 0 { part } else { part.split_once('}').map_or("", |(_, rest)| rest) });
    let is_word = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic() || c == '\'' || c == '-')
    };
    own.collect::<Vec<_>>().join(" ").split_whitespace().filter(|word| is_word(word)).count()
}

#[test]
fn no_english_stands_outside_the_language_file() {
    let src = crate::src();
    let allowed: BTreeMap<&str, usize> = ALLOWED.iter().copied().collect();
    let mut wrong = Vec::new();
    for file in crate::tested_files(&src) {
        let name = file.strip_prefix(&src).unwrap().to_str().unwrap();
        if ["words/", "sim/"].iter().any(|folder| name.starts_with(folder)) {
            continue;
        }
        let found = sentences(&std::fs::read_to_string(&file).unwrap());
        let most = allowed.get(name).copied().unwrap_or(0);
        if found.len() != most {
            wrong.push(format!("{name}: {} where {most} are allowed: {found:#?}", found.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn english_would_be_found() {
    let text = r##"
        // "no sentence of a comment counts"
        #[allow(dead_code, reason = "nor what is told the compiler")]
        fn a() {
            tracing::warn!(path = %path.display(), "nor a line of the log");
            refuse(r#"this is one"#);
            Err(format!("{host}: so is \"this one\", {said}"))
        }
        #[cfg(test)]
        mod tests { const A: &str = "a test may say everything"; }
    "##;
    assert_eq!(sentences(text).len(), 2, "{:?}", sentences(text));
    for (text, count) in [("\"{a} of {b}", 1), ("\"GET v2/{id}", 1), ("\"it's no re-use: 42", 3)] {
        assert_eq!(words(text), count, "{text}");
    }
}

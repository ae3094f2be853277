//! A test harness for tests that need something from outside: it says which were skipped, and why. They run one after
//! the other.
#![allow(dead_code, clippy::print_stdout, reason = "it is shared, and it is a test harness")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

pub(crate) type Outcome = Result<(), Box<dyn std::error::Error>>;

pub(crate) struct Test<'a> {
    pub(crate) name: &'static str,
    /// What is not there, so that it is skipped.
    pub(crate) lacking: Option<&'a str>,
    pub(crate) run: Box<dyn Fn() -> Outcome + 'a>,
}

/// Runs the tests that the command line asks for.
pub(crate) fn run(tests: &[Test<'_>]) -> ExitCode {
    // What `cargo test` passes on: a list that is asked for, and filters by name.
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.iter().any(|word| word == "--list") {
        for test in tests {
            println!("{}: test", test.name);
        }
        println!("\n{} tests, 0 benchmarks", tests.len());
        return ExitCode::SUCCESS;
    }
    let is_value =
        |at: usize| at > 0 && matches!(words[at - 1].as_str(), "--test-threads" | "--skip" | "--format" | "--color");
    let filters: Vec<&str> = words
        .iter()
        .enumerate()
        .filter(|(at, word)| !word.starts_with('-') && !is_value(*at))
        .map(|(_, word)| word.as_str())
        .collect();
    let is_asked = |name: &str| filters.is_empty() || filters.iter().any(|filter| name.contains(filter));
    let asked: Vec<&Test<'_>> = tests.iter().filter(|test| is_asked(test.name)).collect();
    println!("\nrunning {} tests", asked.len());
    let (mut passed, mut failed, mut ignored) = (0, 0, 0);
    for Test { name, lacking, run } in &asked {
        if let Some(lacking) = lacking {
            println!("test {name} ... ignored, {lacking}");
            ignored += 1;
            continue;
        }
        let said = match catch_unwind(AssertUnwindSafe(run)) {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("it panicked".to_owned()),
        };
        match said {
            None => {
                println!("test {name} ... ok");
                passed += 1;
            }
            Some(said) => {
                println!("test {name} ... FAILED\n\n{said}\n");
                failed += 1;
            }
        }
    }
    let (word, apart) = (if failed == 0 { "ok" } else { "FAILED" }, tests.len() - asked.len());
    println!(
        "\ntest result: {word}. {passed} passed; {failed} failed; {ignored} ignored; 0 measured; {apart} filtered out\n"
    );
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(101) }
}

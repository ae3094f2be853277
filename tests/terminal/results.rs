//! What becomes of a result that cannot be written.

use std::fs::File;
use std::process::{Command, Stdio};

use vpsdeck::sim::{Fault, FaultKind};

use super::lab::{self, Lab};

/// Its exit code, and what it printed on standard error.
fn run_into(lab: &Lab, line: &str, out: impl Into<Stdio>) -> (i32, String) {
    let program = lab.program(&line.split_whitespace().collect::<Vec<_>>());
    let mut command = Command::new(&program.argv[0]);
    command.args(&program.argv[1..]).env_clear().envs(&program.variables).current_dir(&program.folder);
    let output = command.stdin(Stdio::null()).stdout(out).stderr(Stdio::piped()).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn full() -> File {
    File::options().write(true).open("/dev/full").unwrap()
}

/// A pipe whose reader went away.
fn closed() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

/// Every way in which a result is printed.
const PRINTED: [&str; 19] = [
    "list instances",
    "list images --output json",
    "list snapshots --output name",
    "list operations",
    "list operations --output name",
    "show web-01",
    "firewall list --output json",
    "key list",
    "cost",
    "journal --output json",
    "watch --output json",
    "account list",
    "account check",
    "protect db",
    "completions bash",
    "man",
    "--help",
    "help list",
    "--version",
];

#[test]
fn a_result_that_cannot_be_written_is_an_error_in_one_line() {
    let lab = Lab::small();
    assert_eq!(lab.without_terminal(&["start", "db", "--yes", "--wait"]).status.code(), Some(0));
    for line in PRINTED.into_iter().chain(["simulate"]) {
        let (code, err) = run_into(&lab, line, full());
        let said = "the result cannot be written to standard output: No space left on device";
        assert_eq!((code, err.matches(said).count()), (1, 1), "{line}: {err}");
    }
    for line in ["list snapshots", "cost"] {
        assert_eq!(run_into(&lab, line, full()).1.lines().count(), 1, "and no line beside it: {line}");
    }
}

#[test]
fn what_cannot_be_written_is_waited_for_no_longer() {
    let lab = Lab::of("both");
    // It never answers within the test.
    lab.simulation.add_fault(Fault::new(FaultKind::Slow { seconds: 600.0 }).of("conoha"));
    for line in ["list plans", "list instances --output name", "account check"] {
        let (code, err) = run_into(&lab, line, full());
        let lost = "vpsdeck: the result cannot be written to standard output: No space left on device";
        assert!(code == 1 && err.lines().last().is_some_and(|last| last.starts_with(lost)), "{line}: {err}");
        assert_eq!(run_into(&lab, line, closed()).0, 0, "{line}");
    }
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    let lab = Lab::small();
    assert_eq!(lab.without_terminal(&["start", "db", "--yes", "--wait"]).status.code(), Some(0));
    for line in PRINTED {
        let (code, err) = run_into(&lab, line, closed());
        assert_eq!((code, err.contains("output")), (0, false), "{line}: {err}");
    }
}

#[test]
fn a_secret_that_has_nowhere_to_go_is_not_asked_for() {
    let lab = Lab::small();
    for line in ["key api create --yes", "key api create --yes --output json"] {
        let (code, err) = run_into(&lab, line, full());
        assert_eq!((code, lab.changes_sent()), (1, 0), "{line}: {err}");
        assert!(err.contains("nowhere to go, so nothing was sent"), "{line}: {err}");
        assert_eq!(run_into(&lab, line, closed()).0, 1, "{line}");
    }
    assert_eq!(lab.changes_sent(), 0);
}

#[test]
fn a_secret_that_cannot_be_written_any_more_is_kept_or_shown() {
    for line in ["key api create --yes", "key api create --yes --output json"] {
        let lab = Lab::small();
        lab.simulation.add_fault(Fault {
            path: Some("create/apikey".to_owned()),
            ..Fault::new(FaultKind::Slow { seconds: 1.5 })
        });
        let (reader, writer) = std::io::pipe().unwrap();
        // Whoever reads goes away once it is asked for, and before that is answered.
        let (code, err) = std::thread::scope(|scope| {
            scope.spawn(|| {
                while !lab.records().iter().any(|record| record == "intent") {
                    std::thread::sleep(std::time::Duration::from_millis(10));
                }
                drop(reader);
            });
            run_into(&lab, line, writer)
        });
        assert_eq!((code, lab.effects().len()), (1, 1), "{line}: {err}");
        let key = lab.simulation.change(|world| world.accounts[0].api_keys.last().unwrap().clone());
        let user = format!("indigo:{}", key.key);
        let kept = err.contains(&format!("service vpsdeck, user {user}"));
        assert!(err.contains("could not be written") && (kept || err.contains(&key.secret)), "{err}");
        if kept {
            // A keyring of the kernel outlives the test's home.
            assert!(
                lab::runtime()
                    .block_on(vpsdeck::settings::keyring::remove(&user, std::time::Duration::from_secs(10)))
                    .unwrap()
            );
        }
    }
}

//! What is written to disk, by whom it can be read, and what must never be in it.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use rustix::process::Signal;
use vpsdeck::sim::{Fault, FaultKind, Op};

use super::lab::{Lab, go_to, mode};

#[test]
fn the_journal_tells_a_change_from_asked_to_ended_and_only_its_owner_reads_it() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    terminal.keys("s").wait_for("y yes").keys("y").wait_line(&["start db", "Done"]);
    let wanted = ["asked", "intent", "answered", "step_done", "step_done", "ended"];
    terminal.wait_that("the journal is written", || lab.records().len() >= wanted.len());
    assert_eq!(lab.records(), wanted);
    let journal = lab.journal();
    assert!(journal.iter().all(|line| line["v"] == 1 && line["op"] == journal[0]["op"]));
    assert!(journal.iter().all(|line| line["at"].as_str().unwrap().ends_with('Z')));
    assert_eq!(journal[1]["before"]["status"], "stopped");
    assert_eq!(journal[5]["result"], "done");
    assert_eq!(mode(&lab.state().join("journal.jsonl")), 0o600);
}

#[test]
fn a_change_that_cannot_be_journalled_is_not_sent() {
    let lab = Lab::small();
    std::fs::create_dir_all(lab.state().join("journal.jsonl")).unwrap();
    let terminal = lab.fleet("db");
    terminal.keys("s").wait_for("y yes").keys("y").wait_line(&["start db", "Failed"]);
    terminal.keys("5<Enter>").wait_for("the journal cannot be written, so nothing was sent");
    assert_eq!((lab.changes_sent(), lab.effects().len()), (0, 0));
}

/// A log that can be opened and never written, as on a full disk.
fn with_a_full_log() -> Lab {
    let lab = Lab::small();
    std::fs::create_dir_all(lab.state()).unwrap();
    std::os::unix::fs::symlink("/dev/full", lab.state().join("vpsdeck.log")).unwrap();
    lab
}

#[test]
fn a_log_that_cannot_be_written_is_told_in_one_line_and_nothing_else_falls_upon_the_screen() {
    let lab = with_a_full_log();
    let terminal = lab.run(&[]);
    terminal.wait_for("the log cannot be written: No space left on device").wait_line(&["web-01", "► Running"]);
    let written = terminal.written();
    assert!(!String::from_utf8_lossy(&written).contains("tracing"), "{}", terminal.screen());
    // Nor does anything that a library says: standard error leads nowhere as long as the screen is there.
    let stderr = || std::fs::read_link(format!("/proc/{}/fd/2", terminal.pid().as_raw_nonzero())).unwrap();
    assert_eq!(stderr(), Path::new("/dev/null"));
    terminal.keys("<C-z>").wait_that("it has stopped", || terminal.state() == 'T');
    assert!(stderr().starts_with("/dev/pts"), "{}", stderr().display());
    terminal.signal(Signal::CONT).wait_line(&["web-01", "► Running"]);
    terminal.wait_that("it leads nowhere again", || stderr() == Path::new("/dev/null")).keys("q");
    assert_eq!((terminal.exit_code(), terminal.leftovers().len()), (0, 0));

    let output = lab.without_terminal(&["list", "instances"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said, "vpsdeck: the log cannot be written: No space left on device (os error 28)\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_last_picture_is_there_at_the_next_start_even_without_a_network() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), 0);
    assert!(!lab.files().is_empty());
    lab.simulation.set_reachable(false);
    let terminal = lab.run(&[]);
    terminal.wait_line(&["web-01", "► Running"]).wait_until("why", |lines| lines[0].contains("not reachable"));
    terminal.wait_line(&["db", "▪ Stopped"]);
    for file in lab.files() {
        if !file.starts_with(lab.config().parent().unwrap()) {
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
    }
    assert_eq!(mode(&lab.state()), 0o700);
}

#[test]
fn no_secret_is_on_the_screen_or_in_any_file() {
    let lab = Lab::small().sized(120, 36);
    let terminal = lab.fleet("db");
    terminal.wait_for("web-01");
    // Every pane, details and raw bodies.
    for (pane, row) in [("1", "db"), ("2", "nightly"), ("3", "HTTPS"), ("4", "Linux")] {
        terminal.keys(pane).wait_line(&["│ > ", row]);
        terminal.keys("v").wait_for("as the provider sent it").keys("G<C-u>q");
        terminal.wait_gone("as the provider sent it");
        terminal.keys("<Enter><Enter>").keys("q").wait_for("1 Instances");
    }
    // Changes, one of them with a lost answer, one refused.
    lab.simulation.add_fault(Fault::new(FaultKind::LostAnswer).on("POST", "statusupdate").times(1));
    terminal.keys("1");
    go_to(&terminal, "db");
    terminal.keys("s").wait_for("y yes").keys("y").wait_line(&["start db", "Done"]);
    terminal.keys("t").wait_for("y yes").keys("y").wait_line(&["snapshot db", "of db", "Done"]);
    // Every fault once, and a token that dies before its time.
    for kind in [FaultKind::HtmlOk, FaultKind::TruncatedBody, FaultKind::ExpiredToken, FaultKind::BrokenRecord] {
        let faults = || lab.simulation.requests().iter().filter(|r| r.fault.is_some()).count();
        let before = faults();
        lab.simulation.add_fault(Fault::new(kind).on("GET", "getinstancelist").times(1));
        terminal.keys("<C-r>").wait_that("the fault has struck", || faults() > before);
    }
    let secrets = lab.secrets();
    lab.elsewhere(Op::ChangeSecret { secret: "anothersecret001".to_owned() });
    terminal.wait_for("password refused").keys("q");
    assert_eq!(terminal.exit_code(), 0);

    let everywhere = std::iter::once((terminal.written(), "the terminal".to_owned()))
        .chain(lab.files().into_iter().map(|file| (std::fs::read(&file).unwrap(), file.display().to_string())));
    let mut looked_at = Vec::new();
    for (bytes, place) in everywhere {
        let text = String::from_utf8_lossy(&bytes);
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{secret:?} is in {place}");
        }
        looked_at.push(place);
    }
    assert!(secrets.len() >= 5, "{secrets:?}");
    for name in ["journal.jsonl", "vpsdeck.log", "config.toml", "instances.bin", "budget-indigo.json"] {
        assert!(looked_at.iter().any(|place| place.ends_with(name)), "{name} is not in {looked_at:?}");
    }
}

#[test]
fn a_configuration_of_others_is_read_and_a_log_is_for_the_owner_alone() {
    let lab = Lab::small();
    std::fs::set_permissions(lab.config(), std::fs::Permissions::from_mode(0o644)).unwrap();
    let terminal = lab.fleet("db");
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(mode(&lab.state().join("vpsdeck.log")), 0o600);
}

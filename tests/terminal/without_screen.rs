//! `watch` and `journal`: operations without a screen.

use std::io::Read as _;

use rustix::process::{Pid, Signal, kill_process};
use vpsdeck::sim::{Fault, FaultKind};

use super::lab::{Lab, begin, texts};

/// Begins a stop and a start of `web-01`, and kills the dashboard once the machine is stopped.
fn left_undone(lab: &Lab) {
    let terminal = lab.fleet("web-01");
    terminal.keys("r").wait_for("stop, wait and start instead").keys("1").wait_for("1 [x]").keys("y");
    terminal.wait_that("the stop is answered", || lab.records().iter().any(|r| r == "answered"));
    terminal.signal(Signal::KILL).exit_code();
    lab.long_ago(3 * 3600);
}

#[test]
fn watch_reads_only_and_says_what_nobody_carries_on() {
    let lab = Lab::small();
    left_undone(&lab);
    let (requests, records) = (lab.simulation.requests().len(), lab.records());
    let output = lab.without_terminal(&["watch"]);
    let (out, err) = texts(&output);
    assert_eq!(output.status.code(), Some(1), "{out}{err}");
    assert!(out.contains("reboot web-01: step ") && !out.contains('\u{1b}'), "{out}");
    let op = lab.journal()[0]["op"].as_str().unwrap().to_owned();
    assert!(err.contains(&format!("vpsdeck watch {op} --continue goes on with it")), "{err}");
    assert_eq!((lab.simulation.requests().len(), lab.records()), (requests, records), "nothing is sent or written");
}

#[test]
fn watch_continue_takes_over_says_how_long_ago_it_was_confirmed_and_ends_with_it() {
    let lab = Lab::small();
    left_undone(&lab);
    let output = lab.without_terminal(&["watch", "indigo/web-01", "--continue"]);
    let (out, err) = texts(&output);
    assert_eq!((output.status.code(), lab.changes_sent()), (Some(5), 1), "{out}{err}");
    assert!(out.contains("reboot web-01 in indigo: confirmed 3 h ago; still to be sent:"), "{out}");
    assert!(out.contains("  3. start web-01") && err.contains("--yes answers the question"), "{out}{err}");
    let output = lab.without_terminal(&["watch", "indigo/web-01", "--continue", "--yes"]);
    let (out, err) = texts(&output);
    assert_eq!(output.status.code(), Some(0), "{out}{err}");
    let lines: Vec<&str> = out.lines().collect();
    let at = |text: &str| lines.iter().position(|l| l.contains(text)).unwrap_or_else(|| panic!("{text}: {out}"));
    assert!(at("goes on with step 3/4 start web-01; confirmed 3 h ago") < at("step 4/4"), "{out}");
    assert!(lines.last().unwrap().contains("reboot web-01: Done"), "{out}");
    assert_eq!(lines.iter().collect::<std::collections::BTreeSet<_>>().len(), lines.len(), "no line twice: {out}");
    assert_eq!(lab.verbs(), ["stop", "start"]);
    let output = lab.without_terminal(&["watch", "--continue"]);
    assert_eq!((output.status.code(), texts(&output).1.contains("nothing is under way")), (Some(0), true));
}

#[test]
fn watch_continue_as_json_writes_one_document_and_nothing_else() {
    let lab = Lab::small();
    left_undone(&lab);
    let output = lab.without_terminal(&["watch", "--continue", "--yes", "--output", "json"]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let op = &document["operations"][0];
    assert_eq!((op["verb"].as_str(), op["result"].as_str()), (Some("reboot"), Some("done")), "{document}");
    assert!(texts(&output).1.contains("confirmed 3 h ago"));
}

#[test]
fn an_interrupted_watch_says_what_stands_and_how_to_go_on() {
    let lab = Lab::small();
    left_undone(&lab);
    lab.simulation.add_fault(Fault::new(FaultKind::Slow { seconds: 600.0 }).on("POST", "statusupdate"));
    let mut watch = begin(&lab, "watch --continue --yes");
    let begun = std::time::Instant::now();
    while lab.changes_sent() < 2 {
        assert!(begun.elapsed() < super::pty::LIMIT, "{:?}", lab.records());
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    kill_process(Pid::from_child(&watch), Signal::INT).unwrap();
    let mut said = String::new();
    watch.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(watch.wait().unwrap().code(), Some(6), "{said}");
    assert!(said.contains("stands at step 3/4 start web-01, and a request is open"), "{said}");
}

#[test]
fn watch_follows_what_another_carries_on_until_it_ends() {
    let lab = Lab::slower();
    let terminal = lab.fleet("web-01");
    terminal.keys("x").wait_for("y yes").keys("y");
    terminal.wait_that("it is asked", || lab.records().iter().any(|r| r == "answered"));
    let output = lab.without_terminal(&["watch", "web-01"]);
    let (out, err) = texts(&output);
    assert_eq!((output.status.code(), err.as_str()), (Some(0), ""), "{out}");
    assert!(
        out.contains("stop web-01: step 2/2 wait until it is Stopped") && out.contains("stop web-01: Done"),
        "{out}"
    );
    assert!(!lab.records().iter().any(|r| r == "taken_over"));
}

#[test]
fn a_refused_continue_is_wrong_usage_or_refused_here() {
    let lab = Lab::small();
    assert_eq!(lab.without_terminal(&["watch", "--continue", "--read-only"]).status.code(), Some(5));
    assert_eq!(lab.without_terminal(&["watch", "--account", "nobody"]).status.code(), Some(2));
    assert_eq!(lab.without_terminal(&["journal", "--since", "soon"]).status.code(), Some(2));
}

#[test]
fn the_journal_tells_what_was_asked_and_what_became_of_it() {
    let lab = Lab::small();
    let output = lab.without_terminal(&["journal"]);
    assert_eq!((output.status.code(), texts(&output).1.as_str()), (Some(0), "the journal is empty\n"));
    left_undone(&lab);
    let terminal = lab.run(&[]);
    terminal.wait_for("Still wanted?").keys("n").wait_gone("Still wanted?");
    super::lab::go_to(&terminal, "db");
    terminal.keys("s").wait_for("y yes").keys("y").wait_line(&["db", "► Running"]);
    terminal.wait_line(&["web-01", "▪ Stopped"]);
    terminal.wait_that("it ended", || lab.records().iter().any(|r| r == "ended"));
    terminal.signal(Signal::TERM).exit_code();
    let (out, err) = texts(&lab.without_terminal(&["journal"]));
    let lines: Vec<&str> = out.lines().collect();
    assert!(
        lines[0].starts_with("ASKED") && lines[1].contains("reboot web-01") && lines[1].contains("Interrupted 3/4"),
        "{out}"
    );
    assert!(lines[2].contains("indigo") && lines[2].contains("start db") && lines[2].contains("Done"), "{out}{err}");
    let (out, _) = texts(&lab.without_terminal(&["journal", "--since", "1h", "--output", "json"]));
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    let all = document["operations"].as_array().unwrap();
    assert_eq!((all.len(), all[0]["verb"].as_str(), all[0]["result"].as_str()), (1, Some("start"), Some("done")));
    assert!(all[0]["asked"].as_str().unwrap().ends_with('Z') && all[0]["requests"] == 1, "{document}");
    std::fs::write(lab.state().join("journal.jsonl"), "{\"v\":1,\n").unwrap();
    assert!(texts(&lab.without_terminal(&["journal"])).1.contains("1 line of the journal is torn"));
}

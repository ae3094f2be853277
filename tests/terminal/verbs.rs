//! The verbs without a screen: what is sent, what is said, and the exit code.

use std::io::Read as _;

use rustix::process::{Pid, Signal, kill_process};
use vpsdeck::sim::{Fault, FaultKind};

use super::lab::{Lab, begin, json, run};

#[test]
fn a_question_is_answered_by_yes_and_the_journal_has_it() {
    let lab = Lab::small();
    let (code, out, err) = run(&lab, "stop web-01");
    assert_eq!((code, lab.changes_sent()), (5, 0), "{out}{err}");
    assert!(err.contains("--yes answers the question") && out.contains("1. stop web-01"), "{out}{err}");
    let (code, out, err) = run(&lab, "stop indigo/web-01 --yes --wait");
    assert_eq!((code, lab.effects()), (0, vec!["stop instance 616513".to_owned()]), "{out}{err}");
    assert!(out.lines().last().unwrap().contains("stop web-01: Done"), "{out}");
    assert_eq!(lab.records().last().unwrap(), "ended");
    // What is so already is said, and is no failure.
    let (code, _, err) = run(&lab, "stop indigo/616513 --yes");
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("web-01: "), "{err}");
    assert!(
        !std::fs::read_dir(lab.state()).unwrap().any(|f| f.unwrap().file_name().to_string_lossy().contains("owner"))
    );
}

#[test]
fn without_wait_it_ends_with_the_answer_and_the_next_verb_is_not_held_up() {
    let lab = Lab::small();
    let (code, out, _) = run(&lab, "stop web-01 --yes");
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("--wait waits"), "{out}");
    while !run(&lab, "list instances").1.contains("web-01   Stopped") {}
    let (code, document) = json(&lab, "start web-01 --yes --wait");
    assert_eq!((code, document["result"].as_str(), document["verb"].as_str()), (0, Some("done"), Some("start")));
    assert!(document["asked"].as_str().unwrap().ends_with('Z'), "{document}");
    assert_eq!(lab.records().iter().filter(|r| *r == "ended").count(), 2, "both ended: {:?}", lab.records());
}

#[test]
fn what_is_typed_in_the_dialog_is_given_by_confirm() {
    for typed in ["db", "616516"] {
        let lab = Lab::small();
        let (code, _, err) = run(&lab, "destroy db --yes");
        assert_eq!((code, lab.changes_sent()), (5, 0), "{err}");
        assert!(err.contains("--confirm db or 616516"), "{err}");
        let (code, _, err) = run(&lab, "destroy db --confirm web-01");
        assert_eq!((code, lab.changes_sent()), (5, 0), "{err}");
        let (code, out, err) = run(&lab, &format!("destroy db --confirm {typed} --wait"));
        assert_eq!((code, lab.effects()), (0, vec!["destroy instance 616516".to_owned()]), "{out}{err}");
    }
}

#[test]
fn the_code_confirms_at_a_provider_with_long_ids() {
    let lab = Lab::of("conoha");
    let (code, document) = json(&lab, "destroy db --dry-run");
    let code_of = document["confirm_with"][1].as_str().unwrap().to_owned();
    assert_eq!((code, code_of.len(), lab.changes_sent()), (0, 6, 0), "{document}");
    let (code, _, err) = run(&lab, &format!("destroy db --confirm {code_of}"));
    assert_eq!((code, lab.changes_sent()), (0, 1), "{err}");
}

#[test]
fn a_dry_run_says_steps_and_facts_and_sends_nothing() {
    let lab = Lab::small();
    let (code, out, _) = run(&lab, "destroy web-01 --dry-run");
    assert_eq!((code, lab.changes_sent(), lab.records().len()), (0, 0, 0), "{out}");
    assert!(
        out.contains("destroy web-01 in indigo") && out.contains("! ") && out.contains("3. destroy web-01"),
        "{out}"
    );
    let (code, document) = json(&lab, "take-snapshot web-01 --name before --dry-run");
    assert_eq!((code, document["verb"].as_str(), lab.changes_sent()), (0, Some("take_snapshot"), 0), "{document}");
    assert!(document["steps"].to_string().contains("before") && document["confirm_with"].is_null(), "{document}");
}

#[test]
fn snapshots_are_taken_restored_and_deleted() {
    let lab = Lab::small();
    let (code, document) = json(&lab, "take-snapshot db --name before --yes --wait");
    assert_eq!((code, document["result"].as_str()), (0, Some("done")), "{document}");
    let (code, _, err) = run(&lab, "restore db --from before-upgrade --confirm db");
    assert_eq!((code, err.contains("there is no before-upgrade")), (2, true), "{err}");
    let (code, out, err) = run(&lab, "delete snapshot indigo/before --confirm before --wait");
    assert_eq!(code, 0, "{out}{err}");
    let (code, out, err) = run(&lab, "restore db --from nightly --confirm db");
    assert_eq!(code, 0, "{out}{err}");
    assert_eq!(lab.verbs(), ["take_snapshot", "delete_snapshot", "restore_snapshot"]);
}

#[test]
fn a_snapshot_that_nobody_waited_for_holds_nothing_up_once_it_is_there() {
    let lab = Lab::of("conoha");
    let (code, out, err) = run(&lab, "take-snapshot db --name before --yes");
    assert_eq!(code, 0, "{out}{err}");
    while !run(&lab, "list snapshots").1.lines().any(|l| l.contains(" before ") && l.contains("Available")) {}
    let (code, out, err) = run(&lab, "start db --yes");
    assert_eq!(code, 0, "{out}{err}");
    assert_eq!(lab.records().iter().filter(|r| *r == "ended").count(), 1, "{:?}", lab.records());
}

#[test]
fn an_ambiguous_or_unknown_target_is_wrong_usage() {
    let lab = Lab::of("both");
    let (code, document) = json(&lab, "start db --yes");
    assert_eq!((code, document["result"].as_str(), lab.changes_sent()), (2, Some("ambiguous"), 0), "{document}");
    let candidates = document["candidates"].to_string();
    assert!(candidates.contains("indigo/db (616516)") && candidates.contains("conoha/db ("), "{document}");
    let (code, _, err) = run(&lab, "start nobody --yes");
    assert_eq!((code, err.as_str()), (2, "vpsdeck: there is no nobody\n"));
    assert_eq!(run(&lab, "start").0, 2);
    assert_eq!(run(&lab, "start db --account conoha --yes").0, 0);
    assert_eq!(lab.changes_sent(), 1);
}

#[test]
fn what_is_read_only_protected_or_busy_is_refused_here() {
    let lab = Lab::small();
    let (code, _, err) = run(&lab, "start db --yes --read-only");
    assert_eq!((code, err.contains("indigo is read-only")), (5, true), "{err}");
    lab.simulation.add_fault(Fault::new(FaultKind::Slow { seconds: 600.0 }).on("POST", "statusupdate"));
    let mut stop = begin(&lab, "stop web-01 --yes");
    while lab.changes_sent() < 1 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let (code, _, err) = run(&lab, "reboot web-01 --yes");
    assert_eq!((code, err.contains("stop web-01")), (5, true), "{err}");
    // Interrupted with a request open.
    kill_process(Pid::from_child(&stop), Signal::INT).unwrap();
    let mut said = String::new();
    stop.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(stop.wait().unwrap().code(), Some(6), "{said}");
    let op = lab.journal()[0]["op"].as_str().unwrap().to_owned();
    assert!(said.contains(&format!("a request is open; vpsdeck watch {op} --continue finds out")), "{said}");
    lab.configure("budget = { per_minute = 0 }", "[safety]\nprotect = [\"d*\"]\n");
    let (code, _, err) = run(&lab, "start db --yes");
    assert_eq!((code, err.contains("db is protected")), (5, true), "{err}");
    assert_eq!(lab.changes_sent(), 1);
}

#[test]
fn interrupted_while_it_waits_it_says_how_to_go_on() {
    let lab = Lab::slower();
    let mut stop = begin(&lab, "stop web-01 --yes --wait");
    while !lab.records().iter().any(|r| r == "answered") {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    kill_process(Pid::from_child(&stop), Signal::INT).unwrap();
    let mut said = String::new();
    stop.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(stop.wait().unwrap().code(), Some(1), "{said}");
    let op = lab.journal()[0]["op"].as_str().unwrap().to_owned();
    assert!(said.contains("stop web-01: stands at"), "{said}");
    assert!(said.contains(&format!("vpsdeck watch {op} --continue waits for its end")), "{said}");
}

#[test]
fn a_timeout_ends_it_as_an_interrupt_does() {
    let lab = Lab::small();
    lab.simulation.add_fault(Fault::new(FaultKind::Slow { seconds: 600.0 }).on("POST", "statusupdate"));
    let (code, _, err) = run(&lab, "stop web-01 --yes --timeout 3s");
    assert_eq!((code, err.contains("a request is open")), (6, true), "{err}");
}

#[test]
fn a_lost_answer_that_nothing_settles_is_an_unknown_outcome() {
    let lab = Lab::small();
    lab.simulation.add_fault(Fault::new(FaultKind::LostAnswer).on("POST", "statusupdate").times(1));
    let (code, document) = json(&lab, "reboot web-01 --yes");
    assert_eq!((code, document["result"].as_str(), lab.changes_sent()), (6, Some("halted"), 1), "{document}");
}

#[test]
fn who_is_not_let_in_and_who_is_not_there_have_their_codes() {
    let lab = Lab::small().with("SECRET_INDIGO", "wrongwrongwrong1");
    let (code, document) = json(&lab, "start db --yes");
    assert_eq!((code, document["result"].as_str()), (3, Some("not_read")), "{document}");
    let lab = Lab::small();
    lab.simulation.add_fault(Fault::new(FaultKind::Unreachable));
    let (code, _, err) = run(&lab, "start db --yes");
    assert_eq!((code, err.contains("indigo: ")), (4, true), "{err}");
    let lab = Lab::small();
    lab.simulation.add_fault(Fault::new(FaultKind::ServerError { status: 503 }));
    assert_eq!(run(&lab, "start db --yes").0, 1);
}

#[test]
fn at_a_terminal_it_asks() {
    let lab = Lab::small();
    let terminal = lab.run(&["start", "db"]);
    terminal.wait_for("Do it? [y/N]").keys("n\r");
    assert_eq!((terminal.exit_code(), lab.changes_sent()), (5, 0));
    let terminal = lab.run(&["destroy", "db"]);
    terminal.wait_for("Type db or 616516 to go on").keys("db\r");
    assert_eq!((terminal.exit_code(), lab.changes_sent()), (0, 1));
    let terminal = lab.run(&["start", "v6-only"]);
    terminal.wait_for("Do it? [y/N]").keys("\u{3}");
    assert_eq!((terminal.exit_code(), lab.changes_sent()), (1, 1));
}

/// The requests of a command line, as `METHOD what`.
fn requests(lab: &Lab, line: &str) -> Vec<String> {
    let before = lab.simulation.requests().len();
    let (code, out, err) = run(lab, line);
    assert_eq!(code, 0, "{out}{err}");
    let last = |path: &str| path.split('/').rfind(|part| !part.chars().all(|c| c.is_ascii_digit())).unwrap().to_owned();
    lab.simulation.requests()[before..].iter().map(|r| format!("{} {}", r.method, last(&r.path))).collect()
}

#[test]
fn a_verb_spends_no_request_that_it_can_do_without() {
    let (login, list, change) = ("POST accesstokens", "GET getinstancelist", "POST statusupdate");
    let lab = Lab::unhurried();
    assert_eq!(requests(&lab, "stop indigo/web-01 --yes"), [login, list, change]);
    assert_eq!(requests(&lab, "start db --yes"), [login, list, change]);
    let lab = Lab::unhurried();
    assert_eq!(requests(&lab, "destroy db --confirm db"), [login, list, "GET snapshotlist", change]);
    let lab = Lab::unhurried();
    let restore = requests(&lab, "restore db --from nightly --confirm db");
    assert_eq!(restore[..4], [login, list, "GET snapshotlist", "POST restoresnapshot"]);
}

#[test]
fn what_can_be_ordered_is_kept_from_one_order_to_the_next() {
    let lab = Lab::unhurried();
    let before_the_order = |name: &str, image: &str| {
        let all =
            requests(&lab, &format!("create --name {name} --image {image} --plan 2 --key laptop --no-start --yes"));
        all.into_iter().take_while(|request| request != "POST createinstance").collect::<Vec<_>>()
    };
    let first = before_the_order("one", "22");
    assert!(first.iter().any(|request| request.contains("oslist")) && first.len() > 4, "{first:?}");
    assert_eq!(before_the_order("two", "22").len(), 3, "login, instances and keys");
    // What is not in what was kept is looked for again before it is said that there is none.
    let requests = lab.simulation.requests().len();
    let (code, _, err) = run(&lab, "create --name three --image nowhere --plan 2 --key laptop --yes");
    assert_eq!((code, err.contains("there is no nowhere")), (2, true), "{err}");
    let asked: Vec<String> = lab.simulation.requests()[requests..].iter().map(|r| r.path.clone()).collect();
    assert!(asked.iter().any(|path| path.contains("oslist")), "{asked:?}");
}

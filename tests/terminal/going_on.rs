//! What an interrupted command left: going on with it, deciding about it and dropping it, all without a screen.

use std::io::Read as _;
use std::process::Child;

use rustix::process::{Pid, Signal, kill_process};
use vpsdeck::sim::{Fault, FaultKind};

use super::lab::{Lab, begin, json, run};

/// Waits until something holds, then interrupts as Ctrl-C does; the exit code and what was said beside.
fn interrupted(mut child: Child, mut holds: impl FnMut() -> bool) -> (i32, String) {
    let begun = std::time::Instant::now();
    while !holds() {
        assert!(begun.elapsed() < super::pty::LIMIT, "it never came so far");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap().code().unwrap(), said)
}

/// Whether the answer to its first request was taken in.
fn answered(lab: &Lab) -> bool {
    lab.records().iter().any(|r| r == "step_done")
}

/// The commands that a message names, such as `vpsdeck watch 1x-1 --continue`, without the program's name.
fn commands(said: &str) -> Vec<String> {
    let ends = [" goes", " waits", " leaves", " finds", " says", ",", ";", "\n"];
    let named = said.split("vpsdeck ").skip(1).map(|rest| {
        let end = ends.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
        rest[..end].to_owned()
    });
    named.filter(|command| ["watch", "cancel", "decide"].iter().any(|name| command.starts_with(name))).collect()
}

/// A destruction of `web-01` that is interrupted while its stop is waited for.
fn half_destroyed() -> (Lab, String) {
    let lab = Lab::slower();
    let child = begin(&lab, "destroy web-01 --confirm web-01");
    let (code, said) = interrupted(child, || answered(&lab));
    assert_eq!((code, lab.verbs()), (1, vec!["stop".to_owned()]), "{said}");
    (lab, said)
}

#[test]
fn what_must_be_typed_is_typed_again_before_an_interrupted_destruction_goes_on() {
    let (lab, said) = half_destroyed();
    lab.long_ago(3 * 86_400);
    let named = commands(&said);
    assert!(named[0].starts_with("watch ") && named[0].ends_with(" --continue"), "{named:?}: {said}");
    for line in ["watch --continue", "watch --continue --yes", "watch web-01 --continue --confirm db", &named[0]] {
        let (code, out, err) = run(&lab, line);
        assert_eq!((code, lab.verbs()), (5, vec!["stop".to_owned()]), "{line}: {out}{err}");
        assert!(out.contains("destroy web-01 in indigo: confirmed 3 d ago"), "{line}: {out}");
        assert!(out.contains("3. destroy web-01") && err.contains("--confirm"), "{line}: {out}{err}");
    }
    // A target limits it.
    let (code, out, err) = run(&lab, "watch db --continue --confirm web-01");
    assert_eq!((code, lab.verbs().len(), out.contains("destroy")), (0, 1, false), "{out}{err}");
    let (code, out, err) = run(&lab, &format!("{} --confirm web-01", named[0]));
    assert_eq!((code, lab.verbs()), (0, vec!["stop".to_owned(), "destroy".to_owned()]), "{out}{err}");
}

#[test]
fn at_a_terminal_a_person_is_asked_and_can_say_no() {
    let (lab, _) = half_destroyed();
    let terminal = lab.run(&["watch", "--continue"]);
    terminal.wait_for("Type web-01 or 616513 to go on").keys("y<Enter>");
    assert_eq!((terminal.exit_code(), lab.verbs().len()), (5, 1), "{}", terminal.screen());
    let terminal = lab.run(&["watch", "--continue"]);
    terminal.wait_for("3. destroy web-01").wait_for("Type web-01 or 616513 to go on").keys("web-01<Enter>");
    assert_eq!((terminal.exit_code(), lab.verbs().len()), (0, 2), "{}", terminal.screen());
}

#[test]
fn what_is_left_is_named_by_a_verb_that_it_refuses_and_can_be_dropped() {
    let lab = Lab::slower();
    let child = begin(&lab, "restore web-01 --from before-upgrade --confirm web-01");
    let (code, said) = interrupted(child, || answered(&lab));
    assert_eq!(code, 1, "{said}");
    let (_, document) = json(&lab, "list operations");
    assert_eq!(document["operations"][0]["result"], "interrupted", "{document}");
    let (code, _, err) = run(&lab, "restore web-01 --from before-upgrade --confirm web-01");
    assert_eq!((code, err.contains("restore web-01 is still under way")), (5, true), "{err}");
    let named = commands(&err);
    assert_eq!(named.len(), 2, "{err}");
    let (_, table, _) = run(&lab, "list operations");
    let op = named[1].strip_prefix("cancel ").unwrap();
    assert!(table.contains(op) && table.contains("Interrupted"), "the list has its id: {table}");
    assert_eq!(run(&lab, &format!("{} --read-only", named[1])).0, 5);
    let requests = lab.simulation.requests().len();
    let (code, document) = json(&lab, &named[1]);
    assert_eq!((code, document["result"].as_str(), document["op"].as_str()), (0, Some("cancelled"), Some(op)));
    assert_eq!(lab.simulation.requests().len(), requests, "it needs no provider");
    let (code, out, err) = run(&lab, "restore web-01 --from before-upgrade --dry-run");
    assert_eq!(code, 0, "{out}{err}");
    let (code, _, err) = run(&lab, &named[1]);
    assert_eq!((code, err.contains("it has ended")), (5, true), "{err}");
    assert_eq!((run(&lab, "cancel nobody").0, run(&lab, "decide nobody leave").0), (2, 2));
}

/// A reboot of `web-01` whose answer was lost, so that nothing tells whether it happened; its id.
fn doubtful() -> (Lab, String) {
    let lab = Lab::small();
    lab.simulation.add_fault(Fault::new(FaultKind::LostAnswer).on("POST", "statusupdate").times(1));
    let (code, out, err) = run(&lab, "reboot web-01 --yes");
    assert_eq!(code, 6, "{out}{err}");
    assert!(err.contains("happened, again or leave says what became of it"), "{err}");
    let op = lab.journal()[0]["op"].as_str().unwrap().to_owned();
    assert_eq!(json(&lab, "list operations").1["operations"][0]["result"], "unknown");
    (lab, op)
}

#[test]
fn a_person_says_that_it_happened_that_it_did_not_or_that_nobody_cares() {
    let (lab, op) = doubtful();
    let (code, _, err) = run(&lab, "reboot web-01 --yes");
    assert_eq!((code, err.contains(&format!("vpsdeck decide {op} happened"))), (5, true), "{err}");
    let (code, document) = json(&lab, &format!("decide {op} happened --wait"));
    assert_eq!((code, document["result"].as_str()), (0, Some("done")), "{document}");
    assert_eq!(lab.verbs().len(), 1);

    let (lab, op) = doubtful();
    let (code, document) = json(&lab, &format!("decide {op} again --wait"));
    assert_eq!((code, document["result"].as_str(), lab.verbs().len()), (0, Some("done"), 2), "{document}");
    let records = lab.records();
    let last = |record: &str| records.iter().rposition(|r| r == record).unwrap();
    assert!(last("settled") < last("intent") && last("intent") < last("answered"), "{records:?}");

    let (lab, op) = doubtful();
    let (code, document) = json(&lab, &format!("decide {op} leave"));
    assert_eq!((code, document["result"].as_str(), lab.verbs().len()), (0, Some("unknown"), 1), "{document}");
    assert_eq!(run(&lab, "stop web-01 --yes").0, 0, "it is free again");
}

#[test]
fn what_is_lost_by_it_is_typed_before_it_is_sent_again() {
    let lab = Lab::slower();
    lab.simulation.add_fault(Fault::new(FaultKind::LostAnswer).on("POST", "restoresnapshot").without_effect().times(1));
    let (code, _, err) = run(&lab, "restore web-01 --from before-upgrade --confirm web-01");
    assert_eq!((code, lab.verbs()), (6, vec!["stop".to_owned()]), "{err}");
    let op = lab.journal()[0]["op"].as_str().unwrap().to_owned();
    let (code, _, err) = run(&lab, &format!("decide {op} again --yes"));
    assert_eq!((code, lab.verbs().len(), err.contains("--confirm web-01")), (5, 1, true), "{err}");
    let (code, out, err) = run(&lab, &format!("decide {op} again --confirm web-01 --timeout 8s"));
    assert_eq!(lab.verbs(), ["stop", "restore_snapshot"], "{code}: {out}{err}");
    // What it stands at is no doubt any more.
    assert_eq!(run(&lab, &format!("decide {op} happened")).0, 5);
}

#[test]
fn a_second_of_the_same_name_is_not_made_while_nobody_knows_of_the_first() {
    let lab = Lab::small();
    let hangs = Fault::new(FaultKind::Slow { seconds: 600.0 }).on("POST", "createinstance").without_effect();
    lab.simulation.add_fault(hangs.times(1));
    let line = "create --name new --image 22 --plan 2 --key laptop --yes";
    let child = begin(&lab, line);
    let (code, said) = interrupted(child, || lab.changes_sent() == 1);
    assert_eq!(code, 6, "{said}");
    let (code, _, err) = run(&lab, line);
    assert_eq!((code, lab.changes_sent()), (5, 1), "{err}");
    assert!(err.contains("whether an earlier create new took effect is not known"), "{err}");
    let op = lab.journal()[0]["op"].as_str().unwrap().to_owned();
    let (code, _, err) = run(&lab, &format!("decide {op} again"));
    assert_eq!((code, lab.changes_sent()), (5, 1), "an order is never sent twice: {err}");
    assert_eq!(run(&lab, &format!("decide {op} leave")).0, 0);
    let (code, out, err) = run(&lab, line);
    assert_eq!((code, lab.verbs()), (0, vec!["create_instance".to_owned(), "start".to_owned()]), "{out}{err}");
}

#[test]
fn to_watch_what_is_not_there_is_a_mistake() {
    let lab = Lab::small();
    let (code, _, err) = run(&lab, "watch nobody");
    assert_eq!((code, err.as_str()), (2, "vpsdeck: there is no nobody\n"));
    let (code, _, err) = run(&lab, "watch indigo/db");
    assert_eq!((code, err.contains("nothing is under way")), (0, true), "{err}");
    assert_eq!(lab.changes_sent(), 0);
}

//! What goes wrong is said in one clear line, and the last picture stays.

use rstest::rstest;
use vpsdeck::sim::{Fault, FaultKind, Op};

use super::lab::Lab;

#[rstest]
#[case(FaultKind::HtmlOk, "not understood")]
#[case(FaultKind::HtmlError { status: 502 }, "answered 502")]
#[case(FaultKind::ServerError { status: 503 }, "answered 503")]
#[case(FaultKind::Quota, "too many requests")]
#[case(FaultKind::TruncatedBody, "broke off")]
#[case(FaultKind::LostAnswer, "broke off")]
#[case(FaultKind::HugeBody { mebibytes: 64 }, "indigo: ")]
#[case(FaultKind::Redirect, "answered 302")]
fn a_fault_is_one_line_and_the_last_picture_stays(#[case] kind: FaultKind, #[case] said: &str) {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    lab.simulation.add_fault(Fault::new(kind).on("GET", "getinstancelist"));
    terminal.wait_until(said, |lines| lines[0].contains("indigo") && lines[0].contains(said));
    terminal.wait_line(&["web-01", "► Running"]);
    lab.simulation.clear_faults();
    if matches!(kind, FaultKind::Quota) {
        // It said to wait, and so it is waited.
        return;
    }
    terminal.keys("<C-r>").wait_until("all well", |lines| !lines[0].contains(said)).wait_line(&["web-01", "► Running"]);
}

#[test]
fn a_host_that_cannot_be_reached_is_named_and_found_again() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    lab.simulation.set_reachable(false);
    terminal.wait_until("why", |lines| lines[0].contains("not reachable") || lines[0].contains("broke off"));
    terminal.wait_line(&["web-01", "► Running"]);
    lab.simulation.set_reachable(true);
    terminal.keys("<C-r>").wait_until("all well", |lines| !lines[0].contains("indigo:"));
}

#[test]
fn a_host_that_was_never_reached_is_named_with_what_to_do() {
    let lab = Lab::small();
    lab.simulation.set_reachable(false);
    let terminal = lab.run(&[]);
    terminal.wait_for("cannot be reached").wait_for("it is tried again");
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_wrong_key_is_said_once_and_not_tried_again_by_itself() {
    let lab = Lab::small().with("SECRET_INDIGO", "wrongwrongwrong1");
    let terminal = lab.run(&[]);
    terminal.wait_for("password refused").wait_for("Its secret is in SECRET_INDIGO: start vpsdeck again");
    let asked = lab.simulation.requests().len();
    assert!(asked <= 2, "{asked}");
    terminal.keys("2").wait_for("Snapshots").keys("3").wait_for("Firewalls").keys("1");
    terminal.wait_for("password refused");
    assert_eq!(lab.simulation.requests().len(), asked);
    assert!(!String::from_utf8_lossy(&terminal.written()).contains("wrongwrong"));
    // Asked for, it is tried again.
    terminal.keys("<C-r>").wait_that("it is tried again", || lab.simulation.requests().len() > asked);
}

#[test]
fn a_secret_that_is_not_there_is_said_and_the_program_goes_on() {
    let lab = Lab::small();
    let text = std::fs::read_to_string(lab.config()).unwrap().replace("SECRET_INDIGO", "NOT_SET");
    lab.write_config(&text);
    let terminal = lab.run(&[]);
    terminal.wait_for("no secret").wait_for("NOT_SET").keys("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(lab.simulation.requests().len(), 0);
}

#[test]
fn a_broken_record_is_shown_as_it_came_among_the_good_ones() {
    let lab = Lab::small();
    let json = serde_json::json!({ "id": 616516, "instance_name": "db", "instancestatus": { "a": [] }, "status": 7 });
    lab.elsewhere(Op::RawRecord { instance: Some("db".to_owned()), snapshot: None, json });
    let terminal = lab.run(&[]);
    terminal.wait_line(&["web-01", "► Running"]).wait_line(&["v6-only", "▪ Stopped"]);
    terminal.wait_line(&["db", "Unknown (not un"]);
    terminal.keys("]v").wait_for("as the provider sent it").wait_for("instance_name");
}

#[test]
fn a_lost_answer_is_never_sent_again_and_settles_by_what_is_seen() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    lab.simulation.add_fault(Fault::new(FaultKind::LostAnswer).on("POST", "statusupdate").times(1));
    terminal.keys("s").wait_for("y yes").keys("y").wait_line(&["db", "► Running"]);
    terminal.wait_line(&["start db", "Done"]);
    assert_eq!(lab.effects(), ["start instance 616516"]);
    assert_eq!(lab.changes_sent(), 1);
    terminal.wait_that("it is in the journal", || lab.records().last().is_some_and(|last| last == "ended"));
    let records = lab.records();
    assert_eq!(records.iter().filter(|r| *r == "intent").count(), 1, "{records:?}");
    assert!(records.contains(&"unsure".to_owned()) && records.contains(&"settled".to_owned()), "{records:?}");
}

#[test]
fn an_outcome_that_nothing_shows_is_left_to_the_person() {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    lab.simulation.add_fault(Fault::new(FaultKind::LostAnswer).on("POST", "statusupdate").times(1));
    terminal.keys("r").wait_for("y yes").keys("y").wait_line(&["reboot web-01", "Unknown outcome: Enter decides"]);
    terminal.keys("5").wait_line(&[">", "reboot web-01", "Unknown outcome"]);
    // The cursor begins on what does nothing.
    terminal.keys("<Enter>").wait_line(&["h", "it happened: go on with the next step"]);
    terminal.wait_line(&["s", "send it again"]).wait_line(&[">", "l", "leave it here"]);
    terminal.keys("h").wait_line(&["reboot web-01", "Done"]);
    assert_eq!(lab.changes_sent(), 1);
}

#[test]
fn a_refusal_is_explained_in_words_with_the_providers_code() {
    let lab = Lab::of(
        r#"
        [[account]]
        name = "indigo"
        client_id = "AKrefuserefuserefuserefuserefuse"
        secret = "refusesecret0001"
        [[account.instance]]
        name = "db"
        state = "stopped"
        odd = { licence_fails = true }
        [[account.instance]]
        name = "web"
        "#,
    );
    let terminal = lab.fleet("db");
    terminal.keys("s").wait_for("y yes").keys("y").wait_line(&["start db", "Failed"]);
    terminal.keys("5").wait_line(&["start db", "Failed"]).keys("<Enter>").wait_line(&["Code", "I10"]);
    assert!(lab.effects().is_empty());
}

#[test]
fn names_that_would_move_the_cursor_become_marks() {
    let lab = Lab::of(
        "[[account]]\nname = \"indigo\"\nclient_id = \"AKnamesnamesnamesnamesnamesname\"\nsecret = \"namessecret00001\"\n\
         [[account.instance]]\nname = \"db\"\n\
         [[account.instance]]\nname = \"evil\\u001b[2J\\u001b]0;pwned\\u0007x\"\n\
         [[account.instance]]\nname = \"bidi\\u202Egnp\\u200B\"\n\
         [[account.instance]]\nname = \"tab\\tnew\\nline\\u0085\\u009b31m\"\n",
    );
    let terminal = lab.fleet("db");
    terminal.wait_line(&["evil^[[2J"]).wait_line(&["bidi<202E>gnp"]).wait_line(&["tab^Inew^Jline"]);
    terminal.keys("g").wait_line(&[">", "bidi"]).keys("<Enter>").wait_for("Status").keys("q").wait_gone("Status ");
    terminal.keys("G").wait_line(&[">", "tab^Inew"]).keys("D").wait_for("Type ").keys("<Esc>");
    terminal
        .wait_gone("Type ")
        .wait_that("the list is read", || lab.reads() > 0)
        .keys("v")
        .wait_for("as the provider sent it")
        .keys("q");
    terminal.wait_gone("as the provider sent it").keys("q");
    terminal.exit_code();
    let written = terminal.written();
    let text = String::from_utf8_lossy(&written);
    for raw in ["\u{7}", "\u{202e}", "\u{200b}", "\u{85}", "\u{9b}", "\u{1b}]0;", "\u{1b}[2J\u{1b}]"] {
        assert!(!text.contains(raw), "{raw:?} was written");
    }
}

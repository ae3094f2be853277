//! What stands between a key and a change.

use rstest::rstest;
use rustix::process::Signal;
use vpsdeck::sim::Op;

use super::lab::Lab;

#[test]
fn keys_typed_before_a_dialog_was_drawn_do_nothing_and_it_says_so() {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    terminal.keys("xyy").wait_for("2 keys ignored").wait_for("y yes");
    terminal.keys("<Esc>").wait_gone("y yes");
    terminal.keys("Dy").wait_for("1 key ignored").wait_for("Type web-01");
    assert_eq!((lab.changes_sent(), lab.records().len()), (0, 0));
}

#[rstest]
#[case("n")]
#[case("<Esc>")]
#[case("<C-c>")]
#[case("<Enter>")]
fn a_question_is_declined(#[case] keys: &str) {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    terminal.keys("x").wait_for("[ Cancel ]").keys(keys).wait_gone("y yes").wait_line(&[">", "web-01"]);
    assert_eq!((lab.changes_sent(), lab.records().len()), (0, 0));
}

#[test]
fn a_paste_is_never_a_command_but_may_fill_the_field() {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    terminal.paste("x").keys("k").wait_line(&[">", "v6-only"]).keys("j").wait_line(&[">", "web-01"]);
    terminal.keys("x").wait_for("y yes").paste("y\n").keys("<Tab>").wait_for("[ Stop ]").keys("<Esc>");
    terminal.wait_gone("y yes");
    assert_eq!(lab.changes_sent(), 0);
    terminal.keys("X").wait_for("Type web-01").paste(" web-01\n").wait_for("go on:  web-01");
    assert_eq!(lab.changes_sent(), 0);
    terminal.keys("<Enter>").wait_line(&["force-stop web-01", "Done"]);
    assert_eq!(lab.effects(), ["forcestop instance 616513"]);
}

#[test]
fn a_destruction_counts_down_in_every_pane_and_u_takes_it_back() {
    let lab = Lab::small();
    lab.configure("budget = { per_minute = 0 }", "[safety]\ngrace = \"20s\"\n");
    let terminal = lab.fleet("db");
    terminal.keys("D").wait_for("Type db").keys("db<Enter>").wait_line(&["destroy db in", "u takes it back"]);
    for pane in ["2", "3", "4", "5"] {
        terminal.keys(pane);
        terminal.wait_until("the countdown", |lines| lines[23].contains("destroy db in") && lines[23].contains(" s "));
    }
    terminal.wait_line(&["destroy db", "Waiting"]).keys("1").keys("u").wait_line(&["destroy db: cancelled"]);
    terminal.keys("5").wait_line(&["destroy db", "Cancelled"]);
    assert_eq!((lab.changes_sent(), lab.effects().len()), (0, 0));
    terminal.wait_that("it is in the journal", || lab.records() == ["asked", "ended"]);
}

#[rstest]
#[case(Signal::TERM)]
#[case(Signal::HUP)]
fn a_signal_cancels_what_counts_down_without_asking(#[case] signal: Signal) {
    let lab = Lab::small();
    lab.configure("budget = { per_minute = 0 }", "[safety]\ngrace = \"20s\"\n");
    let terminal = lab.fleet("db");
    terminal.keys("D").wait_for("Type db").keys("db<Enter>").wait_line(&["destroy db in"]).signal(signal);
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!((lab.changes_sent(), lab.effects().len()), (0, 0));
    assert_eq!(lab.records(), ["asked", "ended"]);
    assert_eq!(lab.journal()[1]["result"], "cancelled");
}

#[test]
fn leaving_asks_while_something_is_still_to_be_sent() {
    let lab = Lab::small();
    lab.configure("budget = { per_minute = 0 }", "[safety]\ngrace = \"20s\"\n");
    let terminal = lab.fleet("db");
    terminal.keys("D").wait_for("Type db").keys("db<Enter>").wait_line(&["destroy db in"]);
    terminal.keys("q").wait_for("Leave now?").wait_for("destroy db: nothing was sent, nothing will be");
    terminal.keys("n").wait_gone("Leave now?").wait_line(&["destroy db in"]);
    terminal.keys("q").wait_for("Leave now?").keys("y");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(lab.changes_sent(), 0);
    assert_eq!(lab.journal()[1]["result"], "cancelled");
}

#[test]
fn a_dialog_that_was_overtaken_turns_into_a_notice() {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    terminal.keys("x").wait_for("y yes");
    lab.elsewhere(Op::SetStatus { instance: "web-01".to_owned(), status: "Stopped".to_owned() });
    terminal.wait_for("web-01 changed its state meanwhile.").wait_for("Nothing was sent.").keys("y");
    terminal.keys("<Esc>").wait_gone("Nothing was sent.").wait_line(&["web-01", "▪ Stopped"]);
    assert_eq!((lab.changes_sent(), lab.records().len()), (0, 0));
}

#[test]
fn what_changed_unseen_is_found_by_the_look_before_sending() {
    let lab = Lab::small();
    // Nothing is polled of itself, so that only the look before sending can see it.
    lab.configure("budget = { per_minute = 0 }", "[safety]\ngrace = \"0s\"\n[poll]\nfresh = \"1h\"\n");
    let terminal = lab.fleet("web-01");
    terminal.keys("x").wait_for("y yes");
    lab.elsewhere(Op::Rename { instance: "web-01".to_owned(), name: "www".to_owned() });
    terminal.keys("y").wait_line(&["stop web-01", "Failed"]).wait_line(&["www", "► Running"]);
    assert_eq!(lab.changes_sent(), 0);
}

#[test]
fn what_is_read_only_or_protected_is_refused_and_nothing_is_sent() {
    let lab = Lab::small();
    let terminal = lab.run(&["--read-only"]);
    terminal.wait_line(&[">", "db"]).keys("s").wait_for("indigo is read-only").keys("q");
    assert_eq!(terminal.exit_code(), 0);
    lab.configure("budget = { per_minute = 0 }", "[safety]\nprotect = [\"d*\"]\n");
    let terminal = lab.fleet("db");
    terminal.keys("D").wait_for("db is protected by the configuration");
    assert_eq!((lab.changes_sent(), lab.records().len()), (0, 0));
}

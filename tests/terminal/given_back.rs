//! The terminal is given back, however the program ends.

use rstest::rstest;
use rustix::process::{Pid, Signal};

use super::lab::Lab;
use super::pty::Terminal;

const NOTHING: [&str; 0] = [];

#[rstest]
#[case("q")]
#[case("<C-c>")]
fn after_leaving_by_a_key_the_terminal_is_as_it_was(#[case] keys: &str) {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    assert!(!terminal.leftovers().is_empty(), "while it runs, the terminal is taken");
    terminal.keys(keys);
    assert_eq!((terminal.exit_code(), terminal.leftovers().as_slice()), (0, &NOTHING[..]));
    assert_eq!(terminal.screen().trim(), "", "what was there before is shown again");
}

#[rstest]
#[case(Signal::TERM)]
#[case(Signal::HUP)]
#[case(Signal::INT)]
fn after_a_signal_the_terminal_is_as_it_was(#[case] signal: Signal) {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    // An open dialog does not hold it.
    terminal.keys("s").wait_for("y yes").signal(signal);
    assert_eq!((terminal.exit_code(), terminal.leftovers().as_slice()), (0, &NOTHING[..]));
    assert_eq!(lab.changes_sent(), 0);
}

/// The fleet, in a dashboard that a shell began.
fn from_a_shell(lab: &Lab) -> Terminal {
    let mut program = lab.program(&[]);
    let binary = program.argv[0].clone();
    program.argv = ["bash", "--norc", "--noprofile", "-i"].map(Into::into).to_vec();
    program.variables.insert("PS1".to_owned(), "shell> ".to_owned());
    program.variables.insert("DECK".to_owned(), binary.to_str().unwrap().to_owned());
    let terminal = Terminal::start(&program);
    terminal.wait_for("shell>").keys("\"$DECK\"\r").wait_line(&["web-01", "► Running"]);
    terminal
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_again_as_it_was() {
    let lab = Lab::small();
    let terminal = from_a_shell(&lab);
    terminal.keys("/web").wait_for("1 of 3").keys("<Enter>").wait_line(&[">", "web-01"]);
    terminal.keys("<C-z>").wait_for("Stopped").wait_until("a prompt", prompts);
    assert!(terminal.leftovers().iter().all(|left| ["raw mode", "paste told"].contains(left)), "readline has its own");
    terminal.keys("echo still $((40 + 2))\r").wait_for("still 42");
    terminal.keys("fg\r").wait_line(&[">", "web-01", "► Running"]).wait_for("1 of 3").wait_gone("still 42");
    terminal.keys("<Esc>").wait_for("v6-only").keys("q").wait_until("a prompt", prompts);
    terminal.keys("exit $?\r");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn stopped_by_a_signal_that_nobody_hears_it_takes_the_terminal_again_when_it_goes_on() {
    let lab = Lab::small();
    let terminal = from_a_shell(&lab);
    let shell = terminal.pid().as_raw_nonzero();
    let children = std::fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap();
    let pid = children.trim().parse().ok().and_then(Pid::from_raw).expect("one program");
    rustix::process::kill_process(pid, Signal::STOP).unwrap();
    terminal.wait_until("a prompt", prompts).keys("stty sane; echo still $((40 + 2))\r").wait_for("still 42");
    terminal.keys("fg\r").wait_gone("still 42").wait_line(&["web-01", "► Running"]);
    terminal.keys("/web").wait_for("1 of 3").keys("<Esc>").wait_for("v6-only").keys("q");
    terminal.wait_until("a prompt", prompts).keys("exit $?\r");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn while_suspended_nothing_counts_down_and_after_it_the_new_size_is_known() {
    let lab = Lab::small();
    lab.configure("budget = { per_minute = 0 }", "[safety]\ngrace = \"20s\"\n");
    let terminal = lab.fleet("db");
    terminal.keys("D").wait_for("Type db").keys("db<Enter>").wait_line(&["destroy db in"]).keys("<C-z>");
    terminal.wait_that("it has stopped", || terminal.state() == 'T');
    // What it wrote last may still be on its way to the screen.
    terminal.wait_that("the terminal is given back", || terminal.leftovers().is_empty());
    assert_eq!(lab.records(), ["asked", "ended"]);
    terminal.resize(120, 36).signal(Signal::CONT);
    terminal.wait_until("the wide layout", |lines| lines.len() == 36 && lines[34].contains('└'));
    terminal.wait_line(&["web-01", "► Running"]);
    assert_eq!(lab.changes_sent(), 0);
    // Stopped from outside, it is suspended in the same way.
    terminal.signal(Signal::TSTP).wait_that("it has stopped", || terminal.state() == 'T');
    terminal.wait_that("the terminal is given back", || terminal.leftovers().is_empty());
    terminal.signal(Signal::CONT).wait_line(&["web-01", "► Running"]).keys("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_terminal_that_goes_away_ends_the_program_and_cancels_what_counts_down() {
    let lab = Lab::small();
    lab.configure("budget = { per_minute = 0 }", "[safety]\ngrace = \"20s\"\n");
    let terminal = lab.fleet("db");
    terminal.keys("D").wait_for("Type db").keys("db<Enter>").wait_line(&["destroy db in"]);
    let pid = terminal.hang_up();
    wait_ended(pid);
    assert_eq!(lab.records(), ["asked", "ended"]);
    let log = std::fs::read_to_string(lab.state().join("vpsdeck.log")).unwrap();
    assert!(!log.contains("panic"), "{log}");
    assert_eq!(lab.changes_sent(), 0);
}

/// Waits until a process has ended.
#[track_caller]
pub(crate) fn wait_ended(pid: Pid) {
    let begun = std::time::Instant::now();
    while !has_ended(pid) {
        assert!(begun.elapsed() < super::pty::LIMIT, "it goes on without a terminal");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

/// Whether the shell waits in the last line: what is typed sooner may still be the program's.
fn prompts(lines: &[String]) -> bool {
    lines.iter().rfind(|line| !line.is_empty()).is_some_and(|line| line.trim() == "shell>")
}

/// Whether it has ended, and perhaps nobody has asked how.
pub(crate) fn has_ended(pid: Pid) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
    stat.map_or(true, |stat| stat.rsplit(") ").next().is_some_and(|rest| rest.starts_with('Z')))
}

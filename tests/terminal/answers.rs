//! Terminals that answer late, twice, among keys, or never; and terminals that take nothing any more, or are gone.

use rstest::rstest;
use rustix::process::{Pid, Signal};

use super::given_back::{has_ended, wait_ended};
use super::lab::Lab;
use super::pty::Terminal;

/// The answer of a terminal that draws every glyph in one cell.
const NARROW: &[u8] = b"\x1b[1;5R";

/// The fleet, before any answer.
fn unanswered(lab: &Lab, words: &[&str]) -> Terminal {
    let terminal = Terminal::silent(&lab.program(words));
    terminal.wait_line(&[" db ", "Stopped"]).wait_line(&["web-01", "* Running"]);
    terminal
}

#[rstest]
#[case(&[])]
#[case(&["--ascii"])]
fn without_any_answer_it_starts_paints_anew_suspends_and_ends(#[case] words: &[&str]) {
    let lab = Lab::small();
    let terminal = unanswered(&lab, words);
    let asked = terminal.unanswered();
    terminal.keys("<C-l>/web").wait_for("1 of 3").keys("<Enter><C-l><C-z>");
    terminal.wait_that("it has stopped", || terminal.state() == 'T').signal(Signal::CONT);
    terminal.wait_line(&["web-01", "* Running"]).resize(120, 36);
    terminal.wait_until("the wide layout", |lines| lines.len() == 36 && lines[35].contains("help"));
    assert_eq!(terminal.unanswered(), asked, "nothing is asked but at the start");
    terminal.keys("q");
    assert_eq!((terminal.exit_code(), terminal.leftovers().len()), (0, 0));
}

#[test]
fn a_late_answer_counts_and_is_no_key_however_often_it_comes() {
    let lab = Lab::small();
    let terminal = unanswered(&lab, &[]);
    let keys = [b"/w", NARROW, NARROW, b"\x1b[?62;22c", b"eb", NARROW, b"\r"].concat();
    terminal.send(&keys).wait_for("1 of 3").wait_line(&[">", "web-01", "► Running"]);
    // None of its characters did anything: `1`, `5` and `R` are keys.
    terminal.send(NARROW).keys("x").wait_for("y yes").send(NARROW).keys("n").wait_gone("y yes").keys("q");
    assert_eq!((terminal.exit_code(), terminal.leftovers().len()), (0, 0));
}

#[test]
fn keys_typed_before_the_answer_are_heard_in_order() {
    let lab = Lab::small();
    let terminal = Terminal::silent(&lab.program(&[]));
    terminal.wait_that("it asks", || !terminal.unanswered().is_empty());
    terminal.send(b"/we").send(NARROW).send(b"b\r");
    terminal.wait_for("1 of 3").wait_line(&[">", "web-01", "► Running"]).keys("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn wide_answers_get_ascii() {
    let lab = Lab::small();
    let terminal = Terminal::silent(&lab.program(&[]));
    terminal.wait_that("it asks", || !terminal.unanswered().is_empty());
    terminal.send(b"\x1b[1;9R").wait_line(&["web-01", "* Running"]).keys("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn one_that_takes_nothing_any_more_does_not_hold_the_program() {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    let pid = terminal.pid();
    terminal.hang(true);
    // Painted again until nothing more is taken: the call (write has a number on each kind of machine) and where it goes.
    let writes = || {
        let call = std::fs::read_to_string(format!("/proc/{}/syscall", pid.as_raw_nonzero())).unwrap_or_default();
        ["1 0x1 ", "64 0x1 "].iter().any(|write| call.starts_with(write))
    };
    terminal.wait_that("it waits for the terminal", || {
        terminal.keys("<C-l>");
        let first = writes();
        std::thread::sleep(std::time::Duration::from_millis(20));
        first && writes()
    });
    terminal.signal(Signal::TERM);
    wait_ended(pid);
    assert!(terminal.is_cooked());
    terminal.hang(false);
    assert_eq!(terminal.exit_code(), 0);
}

/// Terminals that go while the program is a leader of its own, so that no signal tells it.
#[rstest]
#[case::while_it_shows_the_fleet(true, "")]
#[case::while_it_asks(false, "")]
#[case::while_keys_wait(true, "<C-l>:<C-l>")]
fn one_that_is_gone_without_a_signal_ends_it(#[case] answering: bool, #[case] keys: &str) {
    let lab = Lab::small();
    let mut program = lab.program(&[]);
    program.argv.splice(0..0, ["setsid", "--wait"].map(Into::into));
    let terminal = if answering { Terminal::start(&program) } else { Terminal::silent(&program) };
    if answering {
        terminal.wait_line(&["web-01", "► Running"]);
    } else {
        terminal.wait_that("it asks", || !terminal.unanswered().is_empty());
    }
    let child = child_of(terminal.pid());
    terminal.keys(keys);
    terminal.hang_up();
    wait_ended(child);
}

/// What a process began.
pub(crate) fn child_of(pid: Pid) -> Pid {
    // Each thread has children of its own.
    let tasks = std::fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero())).unwrap();
    let children = tasks.map(|task| std::fs::read_to_string(task.unwrap().path().join("children")).unwrap());
    let child = children.collect::<String>().split_whitespace().next().unwrap().parse().unwrap();
    let child = Pid::from_raw(child).unwrap();
    assert!(!has_ended(child));
    child
}

#[test]
fn a_paste_without_an_end_is_one_after_a_silence_and_a_long_one_is_cut() {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    terminal.keys("/").send(b"\x1b[200~web").wait_for("1 of 3").keys("<C-u>");
    let long = [&b"\x1b[200~"[..], &b"web".repeat(60_000), b"\x1b[201~"].concat();
    terminal.send(&long).wait_for("cut: a field takes 10000 characters").wait_for("0 of 3");
    terminal.keys("<C-u>db").wait_for("1 of 3").keys("<Enter>q");
    assert_eq!((terminal.exit_code(), terminal.leftovers().len()), (0, 0));
}

//! The program is killed in the middle of what it does, at each request of it, and started again: each change takes
//! effect at most once, and the operation ends in the truth.

use rustix::process::Signal;
use vpsdeck::sim::{Fault, FaultKind};

use super::lab::Lab;
use super::pty::Terminal;

/// Where the program is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Killed {
    /// Its n-th change hangs on the way, and never arrives.
    OnTheWay(usize),
    /// Its n-th change took effect, and the answer is not there yet.
    Unanswered(usize),
    /// The answer to its n-th change is in the journal.
    Answered(usize),
}

/// One operation.
#[derive(Clone, Copy)]
struct Story {
    world: &'static str,
    machine: &'static str,
    /// Asks for it and confirms it.
    begin: fn(&Terminal),
    /// What it does to the world.
    effects: &'static [&'static str],
}

const RESTORE: Story = Story {
    world: "small",
    machine: "web-01",
    begin: |terminal| {
        terminal.wait_line(&["web-01", "12d"]).keys("R").wait_line(&["1", "before-upgrade"]).keys("1");
        terminal.wait_for("Type web-01").keys("web-01<Enter>");
    },
    effects: &["stop", "restore_snapshot", "start"],
};

const DESTROY: Story = Story {
    world: "small",
    machine: "web-01",
    begin: |terminal| {
        terminal.wait_line(&["web-01", "12d"]).keys("D").wait_for("1 snapshot stays and is billed");
        terminal.keys("<Tab> ").wait_for("[x] delete its 1 snapshot first").keys("<S-Tab>web-01<Enter>");
    },
    effects: &["delete_snapshot", "stop", "destroy"],
};

const SAVE: Story = Story {
    world: "conoha",
    machine: "web-01",
    begin: |terminal| {
        terminal.keys("t").wait_for("y yes").keys("y");
    },
    effects: &["stop", "take_snapshot", "start"],
};

const PARK: Story = Story {
    world: "conoha",
    machine: "web-01",
    begin: |terminal| {
        terminal.keys(":park").wait_for("save, then destroy").keys("<Enter>").wait_for("Type web-01");
        terminal.keys("web-01<Enter>");
    },
    effects: &["stop", "take_snapshot", "destroy"],
};

/// What is done about a request, so that it is there for the kill.
fn hold(lab: &Lab, killed: Killed) {
    let (Killed::OnTheWay(at) | Killed::Unanswered(at)) = killed else { return };
    let fault = Fault::on_change(FaultKind::Slow { seconds: 600.0 }, u32::try_from(at).unwrap());
    lab.simulation.add_fault(if matches!(killed, Killed::OnTheWay(_)) { fault.without_effect() } else { fault });
}

fn count(lab: &Lab, record: &str) -> usize {
    lab.records().iter().filter(|r| *r == record).count()
}

fn last_intent(lab: &Lab) -> String {
    let last = lab.journal().into_iter().rfind(|line| line["record"] == "intent");
    last.map(|line| line["call"].to_string()).unwrap_or_default()
}

fn kill(terminal: &Terminal) {
    terminal.signal(Signal::KILL).exit_code();
}

/// Begins, kills, starts again as often as it takes, and answers what is asked by what really happened.
fn told_to_its_end(story: Story, killed: Killed) {
    let lab = Lab::of(story.world);
    hold(&lab, killed);
    let terminal = lab.fleet(story.machine);
    (story.begin)(&terminal);
    let what = format!("{:?} {killed:?}", story.effects);
    pass_until(&lab, &terminal, &what, |lab| match killed {
        Killed::OnTheWay(at) | Killed::Unanswered(at) => lab.changes_sent() >= at,
        Killed::Answered(at) => count(lab, "answered") >= at,
    });
    run_to_the_end(&lab, &what);
    // A deletion that never arrived shows as such: then it ends there, and says so.
    let (effects, result) = match killed {
        Killed::OnTheWay(at) if story.effects[at - 1] == "delete_snapshot" => (&story.effects[..at - 1], "failed"),
        _ => (story.effects, "done"),
    };
    assert_eq!(lab.verbs(), effects, "{what}: each once, in their order");
    let last = lab.journal().pop().unwrap();
    assert_eq!((last["record"].as_str(), last["result"].as_str()), (Some("ended"), Some(result)), "{what}: {last}");
    // The next start has nothing more to ask.
    let terminal = lab.run(&[]);
    let shown = if result == "done" { "Done" } else { "Failed" };
    terminal.keys("5").wait_line(&[story.machine, shown]).keys("q");
    assert_eq!(terminal.exit_code(), 0, "{what}");
    assert_eq!(lab.verbs(), effects, "{what}: and nothing afterwards");
}

/// Starts the program an hour later, as often as it takes.
fn run_to_the_end(lab: &Lab, what: &str) {
    let mut left = 12;
    while count(lab, "ended") == 0 {
        left -= 1;
        assert!(left > 0, "{what}: it does not end: {:?}", lab.records());
        lab.long_ago(3600);
        pass_until(lab, &lab.run(&[]), what, |lab| count(lab, "ended") > 0);
    }
}

/// Lets the program go on until something is so, then kills it. Answers what it asks. Where nothing but time is waited
/// for, it is killed as well: the time passes without it.
fn pass_until(lab: &Lab, terminal: &Terminal, what: &str, is_so: impl Fn(&Lab) -> bool) {
    let begun = std::time::Instant::now();
    while !is_so(lab) {
        assert!(
            begun.elapsed() < super::pty::LIMIT,
            "{what}: nothing happens: {:?}\n{}",
            lab.records(),
            terminal.screen()
        );
        let screen = terminal.screen();
        if screen.contains("Still wanted?") {
            terminal.keys("1").wait_gone("Still wanted?");
        } else if screen.contains("/6 let it settle") {
            break;
        } else if screen.contains("Unknown outcome") {
            // Where the provider shows it, it settles by itself. Else a person looks, and says what was.
            let happened = lab.verbs().len() >= count(lab, "intent");
            let is_shown = happened || last_intent(lab).contains("delete_snapshot");
            if is_shown && !screen.contains("Enter decides") {
                std::thread::sleep(std::time::Duration::from_millis(20));
                continue;
            }
            lab.simulation.clear_faults();
            terminal.keys("5").wait_line(&[">", "Unknown outcome"]).keys(":decide<Enter>");
            terminal.wait_for("it happened: go on").keys(if happened { "h" } else { "s" }).wait_gone("it happened");
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    kill(terminal);
    lab.simulation.clear_faults();
}

/// Every place of a story at once: what takes the time is the waiting.
fn everywhere(story: Story) {
    std::thread::scope(|scope| {
        for at in 1..=story.effects.len() {
            for killed in [Killed::OnTheWay(at), Killed::Unanswered(at), Killed::Answered(at)] {
                scope.spawn(move || told_to_its_end(story, killed));
            }
        }
    });
}

#[test]
fn a_restore_killed_at_any_request_is_found_again_and_nothing_happens_twice() {
    everywhere(RESTORE);
}

#[test]
fn a_destruction_killed_at_any_request_is_found_again_and_nothing_happens_twice() {
    everywhere(DESTROY);
}

#[test]
fn a_save_killed_at_any_request_is_found_again_and_nothing_happens_twice() {
    everywhere(SAVE);
}

#[test]
fn a_park_killed_at_any_request_is_found_again_and_nothing_happens_twice() {
    everywhere(PARK);
}

#[test]
fn of_two_only_one_carries_an_operation_on_and_the_other_takes_over_when_it_is_gone() {
    let lab = Lab::small();
    lab.simulation.add_fault(Fault::new(FaultKind::Slow { seconds: 600.0 }).on("POST", "restoresnapshot").times(1));
    let (first, second) = (lab.fleet("web-01"), lab.fleet("web-01"));
    (RESTORE.begin)(&first);
    first.wait_that("the restore is on its way", || lab.changes_sent() == 2);
    // The other sees it, and the machine is not free for it either.
    second.wait_line(&["restore before-upgrade", "3/6 restore"]);
    second.keys("s").wait_for("restore web-01 is still under way");
    assert_eq!((lab.changes_sent(), count(&lab, "taken_over")), (2, 0));
    kill(&first);
    second.wait_for("Enter decides");
    assert_eq!(count(&lab, "taken_over"), 1);
    assert_eq!(lab.changes_sent(), 2, "nothing is sent unasked");
    second.keys("5").wait_line(&[">", "Unknown outcome"]).keys("<Enter>").wait_for("it happened: go on");
    second.keys("h").wait_line(&["4/6 let it settle"]);
    // What a person decided is on disk a moment after it is on the screen.
    second.wait_that("the decision is on disk", || count(&lab, "settled") == 1);
    kill(&second);
    run_to_the_end(&lab, "two at once");
    assert_eq!(lab.verbs(), RESTORE.effects);
}

#[test]
fn a_journal_with_torn_foreign_and_newer_lines_is_said_and_the_rest_works() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    terminal.keys("s").wait_for("y yes").keys("y").wait_line(&["start db", "Done"]).keys("q");
    assert_eq!(terminal.exit_code(), 0);
    let path = lab.state().join("journal.jsonl");
    let whole = std::fs::read_to_string(&path).unwrap();
    let newer = r#"{"v":9,"at":"2031-01-01T00:00:00Z","process":"p","op":"p-1","record":"dreamt"}"#;
    std::fs::write(&path, format!("hello\n{whole}{newer}\n{}", &whole[..whole.len() / 9])).unwrap();
    let terminal = lab.run(&[]);
    terminal.wait_for("of the journal").wait_for("skipped");
    terminal.keys("5").wait_line(&["start db", "Done"]).keys("1");
    super::lab::go_to(&terminal, "db");
    terminal.keys("x").wait_for("y yes").keys("y").wait_line(&["stop db", "Done"]);
    assert_eq!(lab.verbs(), ["start", "stop"]);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("hello\n") && text.contains(newer), "nothing of it is thrown away");
}

#[test]
fn on_a_full_disk_the_change_is_refused_before_it_is_sent() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    std::os::unix::fs::symlink("/dev/full", lab.state().join("journal.jsonl")).unwrap();
    terminal.keys("s").wait_for("y yes").keys("y").wait_line(&["start db", "Failed"]);
    terminal.keys("5<Enter>").wait_for("the journal cannot be written, so nothing was sent").wait_for("No space left");
    assert_eq!(lab.changes_sent(), 0);
    // What is read from such a file never ends.
    std::fs::remove_file(lab.state().join("journal.jsonl")).unwrap();
    kill(&terminal);
}

#[test]
fn a_state_folder_that_cannot_be_written_refuses_the_change_before_it_is_sent() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    // As good as a full disk, also for root: the journal is a folder of that name.
    std::fs::create_dir_all(lab.state().join("journal.jsonl")).unwrap();
    terminal.keys("s").wait_for("y yes").keys("y").wait_line(&["start db", "Failed"]);
    terminal.keys("5<Enter>").wait_for("the journal cannot be written, so nothing was sent");
    assert_eq!(lab.changes_sent(), 0);
    terminal.keys("q").keys("q");
    assert_eq!(terminal.exit_code(), 0);
    let terminal = lab.run(&[]);
    terminal.wait_for("the journal cannot be read").wait_line(&["db", "Stopped"]);
}

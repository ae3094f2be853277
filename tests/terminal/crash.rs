//! A panic, as a person meets it.

use super::lab::Lab;

const SAID: &str = "index out of bounds, {\"password\":\"hunter2hunter2\"}";

#[test]
fn a_panic_in_any_thread_of_the_dashboard_gives_the_terminal_back_and_says_what_happened() {
    let lab = Lab::small().with("VPSDECK_PANIC", SAID);
    let terminal = lab.run(&[]);
    assert_eq!((terminal.last_code(), terminal.leftovers().as_slice()), (101, [].as_slice() as &[&str]));
    let screen = terminal.screen();
    assert!(screen.contains("vpsdeck has a defect and ended: index out of bounds"), "{screen}");
    assert!(screen.contains("src/runtime/dashboard/crash.rs:"), "{screen}");
    assert!(screen.contains("the next start shows how it stands"), "{screen}");
    assert!(!String::from_utf8_lossy(&terminal.written()).contains("hunter2"), "{screen}");
    let log = std::fs::read_to_string(lab.state().join("vpsdeck.log")).unwrap();
    assert!(log.contains("index out of bounds") && !log.contains("hunter2"), "{log}");
}

#[test]
fn a_panic_in_a_command_says_what_happened_without_escapes_and_leaves_its_output_alone() {
    let lab = Lab::small().with("VPSDECK_PANIC", SAID);
    let output = lab.without_terminal(&["list", "instances"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(101), b"".as_slice()), "{said}");
    assert!(said.starts_with("vpsdeck has a defect and ended: index out of bounds"), "{said}");
    assert!(!said.contains('\u{1b}') && !said.contains("hunter2"), "{said}");
}

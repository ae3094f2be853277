//! Programs that ask at the terminal: they have it alone, or not at all.

use std::os::unix::fs::PermissionsExt as _;

use rstest::rstest;
use rustix::process::Signal;

use super::lab::{Lab, SLOWER};

/// Asks for a passphrase at the terminal, as pinentry does, and then tells the secret. Who asks is noted.
const PROGRAM: &str = "#!/bin/sh\n\
    echo \"${GPG_TTY-none} $1\" >> \"$HOME/asked\"\n\
    if ! ( : < /dev/tty ) 2> /dev/null; then echo 'gpg: there is no terminal' >&2; exit 2; fi\n\
    printf 'Passphrase: ' > /dev/tty\nread -r line < /dev/tty\n\
    [ \"$line\" = xryDS ] || exit 3\necho \"$SECRET\"\n";

/// A home whose account has such a program. (Logins of a world that goes faster are over at once.)
fn locked(lab: Lab) -> Lab {
    let program = lab.home().join("unlock");
    std::fs::write(&program, PROGRAM).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let text = std::fs::read_to_string(lab.config()).unwrap();
    let command = format!("command = [{:?}, \"show\"]", program.to_str().unwrap());
    lab.write_config(&text.replacen("env = \"SECRET_INDIGO\"", &command, 1));
    let secret = lab.simulation.accounts().remove(0).secret;
    lab.with("SECRET", &secret)
}

#[test]
fn without_the_terminal_it_says_so_and_with_it_every_key_is_its_own() {
    let lab = locked(Lab::slower()).with("GPG_TTY", "/dev/tty");
    let terminal = lab.run(&[]);
    terminal.wait_for("no secret without a terminal").wait_for("Press Ctrl-r");
    assert!(terminal.shows("unlock ended with exit status: 2: gpg: there is no terminal"), "{}", terminal.screen());
    let asked = std::fs::read_to_string(lab.home().join("asked")).unwrap();
    assert_eq!(asked, "/dev/none show\n", "not tried again by itself, and led to no terminal");

    terminal.keys("<C-r>").wait_for("Passphrase:").wait_for("vpsdeck: indigo: ").keys("wrong\r");
    terminal.wait_for("unlock ended with status 3").wait_for("Press Ctrl-r").keys("<C-r>");
    // What stood there before stands there again.
    terminal.wait_until("it asks again", |lines| lines.iter().filter(|line| line.contains("Passphrase:")).count() == 2);
    assert!(terminal.is_cooked() && !terminal.shows("Instances"));
    terminal.keys("xryDS\r").wait_line(&["web-01", "► Running"]);
    assert_eq!(lab.changes_sent(), 0);
    terminal.keys("q");
    assert_eq!((terminal.exit_code(), terminal.leftovers().len()), (0, 0));
    let written = terminal.written();
    for secret in lab.secrets() {
        assert!(!String::from_utf8_lossy(&written).contains(&secret), "on the screen");
    }
}

#[test]
fn while_another_account_is_shown_its_machines_get_no_key() {
    let lab = locked(Lab::paced("both", SLOWER));
    let terminal = lab.run(&[]);
    terminal.wait_for("secret is locked").wait_until("machines of the other account", |lines| {
        lines.iter().any(|line| line.contains("conoha") && line.contains("Running"))
    });
    terminal.keys("]").wait_for("no secret without a terminal").keys("<Esc>").wait_gone("no secret without");
    terminal.keys("<C-r>").wait_for("Passphrase:").keys("xryDS\r").wait_line(&["indigo", "Running"]);
    assert_eq!(lab.changes_sent(), 0);
}

#[rstest]
#[case(&["list", "instances"], "web-01")]
#[case(&["account", "check"], "indigo  ok")]
fn a_command_without_a_screen_lets_it_ask(#[case] words: &[&str], #[case] wanted: &str) {
    let lab = locked(Lab::slower());
    let terminal = lab.run(words);
    terminal.wait_for("Passphrase:").keys("xryDS\r").wait_for(wanted);
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(lab.without_terminal(words).status.code(), Some(3));
}

#[test]
fn nothing_is_written_beside_what_asks() {
    let lab = locked(Lab::paced("both", SLOWER));
    let terminal = lab.run(&["list", "instances", "--output", "name"]);
    terminal.wait_for("Passphrase:");
    // Longer than a secret is waited for without a word: what must not come is no condition to wait for.
    std::thread::sleep(std::time::Duration::from_millis(2500));
    assert_eq!(terminal.screen().trim(), "Passphrase:");
    terminal.keys("xryDS\r").wait_for("indigo/");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_signal_ends_what_asks_and_us() {
    let lab = locked(Lab::slower());
    let terminal = lab.run(&["account", "check"]);
    terminal.wait_for("Passphrase:").signal(Signal::TERM);
    terminal.exit_code();
    let terminal = lab.run(&[]);
    terminal.wait_for("Press Ctrl-r").keys("<C-r>").wait_for("Passphrase:").signal(Signal::TERM);
    assert_eq!(terminal.exit_code(), 0);
    assert!(terminal.leftovers().is_empty(), "{:?}", terminal.leftovers());
}

#[test]
fn a_hook_has_no_terminal() {
    let lab = locked(Lab::slower());
    let (hook, secret) = (lab.home().join("unlock"), lab.simulation.accounts().remove(0).secret);
    lab.configure(
        "budget = { per_minute = 0 }",
        &format!("[notify]\nhook = [{:?}, \"hook\"]\n", hook.to_str().unwrap()),
    );
    let lab = lab.with("SECRET_INDIGO", &secret);
    let terminal = lab.fleet("db");
    terminal.keys("s").wait_for("y yes").keys("y").wait_line(&["start db", "Done"]);
    let asked = || std::fs::read_to_string(lab.home().join("asked")).unwrap_or_default();
    terminal.wait_that("the hook ran", || asked().ends_with("hook\n"));
    assert_eq!(asked(), "/dev/none hook\n");
    let log = || std::fs::read_to_string(lab.state().join("vpsdeck.log")).unwrap();
    terminal.wait_that("it ended without asking", || log().contains("the hook failed"));
    assert!(!terminal.shows("Passphrase"));
}

//! Programs that the terminal is given to: ssh, and commands of one's own. And what is copied for them.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use base64::Engine as _;
use rstest::rstest;
use rustix::process::{Signal, kill_process, kill_process_group};

use super::answers::child_of;
use super::given_back::wait_ended;
use super::lab::{Lab, go_to};
use super::pty::Terminal;

/// Says what it was given, waits for a line, and ends as the file `code` says; `stop` stops it first.
const SCRIPT: &str = "#!/bin/sh\nenv > \"$HOME/env\"\n\
    printf '%s:' \"${0##*/}\"; for a in \"$@\"; do printf ' [%s]' \"$a\"; done; echo\nread -r line\nif [ \"$line\" = stop ]; then kill -STOP $$; read -r line; fi\n\
    exit $(cat \"$HOME/code\" 2>/dev/null || echo 0)\n";

/// A home where `ssh` and `tool` are such scripts, with these sections in the configuration.
fn lab(sections: &str) -> Lab {
    equipped(Lab::small(), sections)
}

fn equipped(lab: Lab, sections: &str) -> Lab {
    let bin = lab.home().join("bin");
    std::fs::create_dir(&bin).unwrap();
    for name in ["ssh", "tool"] {
        executable(&bin.join(name), SCRIPT);
    }
    let text = std::fs::read_to_string(lab.config()).unwrap();
    lab.write_config(&format!("{text}{sections}"));
    let path = format!("{}:/usr/bin:/bin", bin.display());
    lab.with("PATH", &path)
}

const WAY: &str = "[ssh]\nuser = \"me\"\noptions = [\"-o\", \"A=b c\"]\n\
    [[ssh.for]]\naccount = \"indigo\"\nname = \"web-*\"\nport = 2222\njump = \"me@bastion\"\n";

#[test]
fn ssh_gets_the_terminal_and_gives_it_back_as_it_was() {
    let lab = lab(WAY);
    let terminal = lab.fleet("web-01");
    terminal.keys("!").wait_for("ssh: [-l] [me] [-p] [2222] [-J] [me@bastion] [-o] [A=b c] [--] [203.0.113.11]");
    assert!(terminal.is_cooked() && !terminal.shows("Instances"));
    terminal.keys("q<Enter>").wait_line(&[">", "web-01", "► Running"]);
    assert!(!terminal.is_cooked());
    let env = std::fs::read_to_string(lab.home().join("env")).unwrap();
    assert!(env.contains("TERM=") && !env.contains("SECRET_INDIGO"), "{env}");
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), 0);
    assert!(terminal.leftovers().is_empty(), "{:?}", terminal.leftovers());
}

#[test]
fn what_is_under_way_goes_on_behind_it_and_the_screen_fits_when_it_comes_back() {
    let lab = equipped(Lab::slower(), "");
    let terminal = lab.fleet("db");
    terminal.keys("s").wait_for("y yes").keys("y").wait_line(&["db", "Starting"]);
    go_to(&terminal, "web-01");
    terminal.keys("!").wait_for("ssh: [-l] [root] [--] [203.0.113.11]").resize(120, 36);
    terminal.wait_that("the start is seen to its end", || {
        lab.journal().iter().any(|line| line["record"] == "ended" && line["result"] == "done")
    });
    terminal.keys("<Enter>").wait_line(&["db", "► Running"]).wait_line(&["start db", "Done"]);
    assert_eq!(terminal.lines().len(), 36);
    terminal.wait_until("details stand at the right", |lines| {
        lines.iter().any(|line| line.find("203.0.113.11").is_some() && line.contains("Address"))
    });
}

#[test]
fn only_what_ssh_itself_says_is_told_and_a_key_that_interrupts_is_for_it_alone() {
    let lab = lab("");
    let terminal = lab.fleet("web-01");
    std::fs::write(lab.home().join("code"), "3").unwrap();
    terminal.keys("!").wait_for("ssh:").keys("<Enter>").wait_line(&[">", "web-01"]);
    assert!(!terminal.shows("ended"), "the last command over there ended so");
    std::fs::write(lab.home().join("code"), "255").unwrap();
    // What the one before printed still stands there.
    let begun = |n: usize| move |lines: &[String]| lines.iter().filter(|line| line.contains("ssh:")).count() == n;
    terminal.keys("!").wait_until("a second ssh", begun(2)).keys("<Enter>").wait_for("ssh ended with status 255");
    terminal.keys("!").wait_until("a third ssh", begun(3)).keys("<C-c>").wait_line(&[">", "web-01", "► Running"]);
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn it_ends_with_us_and_shares_no_key_with_the_shell() {
    let lab = lab("");
    let mut program = lab.program(&[]);
    // Below another process, so that the system tells nobody.
    program.argv.splice(0..0, ["sh", "-c", "\"$0\"; echo ended; read -r line"].map(Into::into));
    let terminal = Terminal::start(&program);
    terminal.wait_line(&["web-01", "► Running"]).keys("G").wait_line(&[">", "web-01"]).keys("!").wait_for("ssh:");
    let dashboard = child_of(terminal.pid());
    let ssh = child_of(dashboard);
    kill_process(dashboard, Signal::TERM).unwrap();
    terminal.wait_for("ended");
    wait_ended(ssh);
}

#[test]
fn where_it_is_stopped_the_shell_has_the_terminal_until_both_are_continued() {
    let lab = lab("");
    let terminal = lab.fleet("web-01");
    terminal.keys("!").wait_for("ssh:").keys("stop<Enter>");
    terminal.wait_that("it stops with it", || terminal.state() == 'T');
    kill_process_group(terminal.pid(), Signal::CONT).unwrap();
    terminal.wait_that("it goes on", || terminal.state() != 'T');
    terminal.keys("<Enter>").wait_line(&[">", "web-01", "► Running"]);
}

#[test]
fn without_an_address_it_says_why() {
    let lab = lab(
        "[[ssh.for]]\nname = \"v6-only\"\naddress = \"ipv4\"\n[[ssh.for]]\nname = \"web-*\"\naddress = \"ipv6\"\nkey = \"~/.ssh/k\"\n",
    );
    let terminal = lab.fleet("v6-only");
    terminal.keys("!").wait_for("v6-only has no IPv4 address");
    terminal.keys("a").wait_line(&["log in with ssh", "v6-only has no IPv4 address"]).keys("<Esc>");
    go_to(&terminal, "web-01");
    let key = format!("[-i] [{}/.ssh/k] [--] [2001:db8:10::a]", lab.home().display());
    terminal
        .wait_line(&[">", "web-01"])
        .keys("!")
        .wait_until("the file of the key", |lines| lines.concat().contains(&key));
    terminal.keys("<Enter>").wait_line(&[">", "web-01"]);
}

#[test]
fn the_demo_has_nothing_to_log_in_to() {
    let lab = lab("");
    let terminal = lab.run(&["--demo"]);
    terminal.wait_line(&["web-01", "Running"]).keys("!").wait_for("the machines of the demo are simulated");
}

#[test]
fn what_counts_down_is_cancelled_only_after_a_question() {
    let lab = lab("");
    lab.configure("budget = { per_minute = 0 }", "[safety]\ngrace = \"10m\"\n");
    let terminal = lab.fleet("db");
    terminal.keys("D").wait_for("Type db").keys("db<Enter>").wait_for("u takes it back");
    go_to(&terminal, "web-01");
    terminal.keys("!").wait_for("destroy db counts down").keys("n").wait_gone("destroy db counts down");
    assert!(terminal.shows("u takes it back"));
    terminal.keys("!").wait_for("y runs it").keys("y").wait_for("ssh:").keys("<Enter>").wait_line(&[">", "web-01"]);
    terminal.wait_gone("u takes it back");
    assert_eq!(lab.changes_sent(), 0);
}

const COMMANDS: &str = "[ssh]\nuser = \"me\"\nport = 2222\n\
    [[command]]\nkey = \"F5\"\nname = \"look at it\"\nrun = [\"tool\", \"{name}\", \"{user}@{address}:{port}\", \"$(id); x\"]\n\
    [[command]]\nkey = \"ctrl-g\"\nname = \"ask first\"\nrun = [\"tool\", \"{account}/{id}\"]\nconfirm = true\n\
    panes = [\"instances\", \"snapshots\"]\n\
    [[command]]\nname = \"with a key\"\nrun = [\"tool\", \"{key}\"]\n";

#[test]
fn a_command_of_ones_own_runs_by_its_key_with_what_is_under_the_cursor() {
    let lab = lab(COMMANDS);
    let terminal = lab.fleet("web-01");
    terminal.send(b"\x1b[15~").wait_for("tool: [web-01] [me@203.0.113.11:2222] [$(id); x]");
    let written = || std::fs::read_to_string(lab.home().join("env")).unwrap_or_default();
    terminal.wait_that("its environment", || written().contains("TERM="));
    assert!(!written().contains("SECRET_INDIGO"), "{}", written());
    std::fs::write(lab.home().join("code"), "3").unwrap();
    terminal.keys("<Enter>").wait_for("tool ended with status 3").wait_line(&[">", "web-01", "► Running"]);
    // It stands wherever the others stand.
    terminal.keys("a").wait_line(&["F5", "look at it"]).wait_line(&["with a key", "no key is set"]).keys("<Esc>");
    terminal.keys("?").wait_line(&["F5", "look at it"]).keys("<Esc>").wait_gone("look at it");
    terminal.keys(":look").wait_line(&["look at it", "F5"]).keys("<Enter>");
    // What it printed before still stands there.
    terminal
        .wait_until("it runs again", |lines| lines.iter().filter(|line| line.contains("tool: [web-01]")).count() == 2);
    terminal.keys("<Enter>").wait_line(&[">", "web-01"]);
}

#[test]
fn one_that_asks_shows_all_its_arguments_first() {
    let lab = lab(COMMANDS);
    let terminal = lab.fleet("web-01");
    terminal.keys("<C-g>").wait_for("tool indigo/616513").keys("n").wait_gone("tool indigo/616513");
    terminal.keys("<C-g>").wait_for("y runs it").keys("y").wait_for("tool: [indigo/616513]").keys("<Enter>");
    terminal.wait_line(&[">", "web-01"]);
    terminal.keys("*").wait_for("3 marked").keys("<C-g>").wait_for("one at a time");
}

#[test]
fn a_key_that_is_taken_is_a_mistake_that_names_both() {
    for (text, wanted) in [
        ("key = \"x\"\nname = \"mine\"\nrun = [\"y\"]", "both \"mine\" and \"stop\" want this key"),
        ("key = \"ctrl-i\"\nname = \"mine\"\nrun = [\"y\"]", "is no key"),
        ("name = \"mine\"\nrun = [\"y\"]\npanes = [\"machines\"]", "accepted: instances, snapshots"),
    ] {
        let lab = lab(&format!("[[command]]\n{text}\n"));
        let line = std::fs::read_to_string(lab.config()).unwrap().lines().position(|l| l == "[[command]]").unwrap();
        let output = lab.without_terminal(&[]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        let near = |n: usize| said.contains(&format!("config.toml:{n}: [[command]]"));
        assert!(said.contains(wanted) && (near(line + 1) || near(line + 2)), "{said}");
    }
}

#[test]
fn what_is_copied_is_what_ssh_would_be_told_and_of_a_key_what_is_public() {
    let lab = lab(WAY);
    let terminal = lab.fleet("web-01");
    // ssh -p 2222 -J me@bastion -o 'A=b c' me@203.0.113.11
    terminal.keys("y").wait_line(&["ssh line", "me@203.0.113.11"]).keys("s").wait_for("copied");
    let line = b"c3NoIC1wIDIyMjIgLUogbWVAYmFzdGlvbiAtbyAnQT1iIGMnIG1lQDIwMy4wLjExMy4xMQ==";
    terminal.wait_that("the line is copied", || terminal.copied().contains(&line.to_vec()));
    terminal.keys("K").wait_line(&[">", "laptop"]).keys("y").wait_line(&["public key", "ssh-rsa"]).keys("p");
    terminal.wait_that("the key is copied", || terminal.copied().len() == 2);
    assert!(terminal.copied()[1].starts_with(b"c3NoLXJzYSBB"), "ssh-rsa A");
}

/// A browser that writes down what it was given, each on a line.
const BROWSER: &str = "#!/bin/sh\nenv > \"$HOME/env\"\nprintf '%s\\n' \"$@\" > \"$HOME/opened\"\n";

/// A world at ConoHa whose consoles have addresses of this scheme, and a browser by this name.
fn with_console_in(scheme: &str, name: &str) -> Lab {
    let world = include_str!("../../assets/worlds/conoha.toml");
    let lab = Lab::of(&format!("quirks.conoha.console_scheme = {scheme:?}\n{world}"));
    executable(&lab.home().join(name), BROWSER);
    lab
}

fn executable(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// The same, and `$BROWSER` names it.
fn with_console(scheme: &str) -> Lab {
    let lab = with_console_in(scheme, "browser");
    let path = lab.home().join("browser").to_str().unwrap().to_owned();
    lab.with("BROWSER", &path)
}

/// The lines that the browser wrote down, once it has.
fn opened(lab: &Lab) -> Vec<String> {
    let text = std::fs::read_to_string(lab.home().join("opened")).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn a_console_is_opened_in_the_browser() {
    let lab = with_console("https");
    let terminal = lab.fleet("web-01");
    terminal.keys("o").wait_for("the console opens in the browser");
    let wanted = "https://vnc.tyo1.conoha.io/vnc_auto.html?token=";
    terminal.wait_that("the browser has it", || opened(&lab).iter().any(|line| line.starts_with(wanted)));
    let env = std::fs::read_to_string(lab.home().join("env")).unwrap();
    assert!(!env.contains("SECRET_"), "{env}");
}

#[rstest]
#[case("{}", 0)]
#[case("'{}' --new-window", 1)]
#[case("{} --new-window", 1)]
fn a_browser_with_blanks_in_its_path_and_with_arguments_is_opened(#[case] value: &str, #[case] arguments: usize) {
    let lab = with_console_in("https", "my browser");
    let value = value.replace("{}", lab.home().join("my browser").to_str().unwrap());
    let lab = lab.with("BROWSER", &value);
    let terminal = lab.fleet("web-01");
    terminal.keys("o").wait_for("the console opens in the browser");
    terminal.wait_that("the browser has it", || opened(&lab).len() == arguments + 1);
    assert_eq!(opened(&lab)[..arguments], ["--new-window"][..arguments]);
}

#[test]
fn the_desktop_opens_a_console_where_there_is_a_screen() {
    let lab = with_console_in("https", "xdg-open");
    let path = format!("{}:/usr/bin:/bin", lab.home().display());
    let lab = lab.with("PATH", &path).with("WAYLAND_DISPLAY", "wayland-0");
    let terminal = lab.fleet("web-01");
    terminal.keys("o").wait_for("the console opens in the browser");
    terminal.wait_that("the browser has it", || opened(&lab).len() == 1);
}

#[rstest]
#[case::no_screen(&[])]
#[case::no_opener(&[("DISPLAY", ":99"), ("PATH", "/nonexistent")])]
#[case::no_such_program(&[("DISPLAY", ":99"), ("BROWSER", "/nonexistent/browser")])]
#[case::it_fails(&[("BROWSER", "/bin/false")])]
fn without_a_browser_the_address_of_a_console_is_copied_once_and_written_nowhere(
    #[case] variables: &[(&str, &str)],
    #[values((80, 24), (120, 36))] size: (u16, u16),
) {
    let lab = with_console_in("https", "xdg-open").sized(size.0, size.1);
    let path = format!("{}:/usr/bin:/bin", lab.home().display());
    let lab = lab.with("PATH", &path);
    let lab = variables.iter().fold(lab, |lab, (name, value)| lab.with(name, value));
    let terminal = lab.fleet("web-01");
    terminal.keys("o").wait_for("No browser can be opened here").wait_line(&["Instance", "web-01"]);
    terminal.wait_line(&["Address", "https://vnc.tyo1.conoha.io/vnc_auto.html?token="]).wait_for("y copy   Esc close");
    terminal.keys("ky").wait_for("copied to the clipboard");
    terminal.wait_that("it is copied", || terminal.copied().len() == 1);
    let copied = base64::engine::general_purpose::STANDARD.decode(&terminal.copied()[0]).unwrap();
    let address = String::from_utf8(copied).unwrap();
    let token = address.strip_prefix("https://vnc.tyo1.conoha.io/vnc_auto.html?token=").unwrap();
    assert!(!token.is_empty() && opened(&lab).is_empty(), "{address}");
    terminal.keys("<Esc>").wait_gone("vnc_auto").keys("@").wait_for("Requests");
    assert!(!terminal.shows(token), "{}", terminal.screen());
    // All that is to be written is written at the end.
    terminal.signal(Signal::TERM).exit_code();
    for file in lab.files() {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        assert!(!text.contains(token), "{}", file.display());
    }
}

#[test]
fn an_address_of_a_console_that_is_none_of_the_web_is_not_opened() {
    let lab = with_console("file");
    let terminal = lab.fleet("web-01");
    terminal.keys("o").wait_for("begins with file:");
    assert!(opened(&lab).is_empty() && !terminal.shows("vnc_auto"));
}

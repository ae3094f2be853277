//! Letting an address in: in the dashboard, and without a screen whenever it changes; and what would lock a person out.

use std::io::{BufRead as _, BufReader};

use rstest::rstest;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use vpsdeck::sim::address::{Answer, Source};

use super::lab::{Lab, begin, go_to, run};
use super::pty::Terminal;

/// A firewall that lets two addresses in to port 22, on one machine.
const INDIGO: &str = r#"
[[account]]
name = "indigo"
client_id = "AKsmallsmallsmallsmallsmallsmall"
secret = "smallsecret00001"

[[account.firewall]]
name = "home"
age = "90d"
inbound = [
  { type = "HTTP", protocol = "TCP", port = "80", source = "0.0.0.0" },
  { type = "Custom", protocol = "TCP", port = "22", source = "198.51.100.77" },
  { type = "Custom", protocol = "TCP", port = "22", source = "198.51.100.80" },
]

[[account.instance]]
name = "web-01"
id = 616513
plan = 1
image = 22
age = "120d"
firewalls = ["home"]

[[account.instance]]
name = "db"
id = 616516
plan = 2
image = 24
age = "200d"
state = "stopped"
"#;

/// The same at a provider that tells on which machines a firewall is.
const CONOHA: &str = r#"
[[account]]
name = "conoha"
provider = "conoha-v2"
username = "gncu00000001"
secret = "Conoha-password-1"
tenant_id = "0123456789abcdef0123456789abcdef"

[[account.firewall]]
name = "home"
age = "90d"
inbound = [
  { type = "Custom", protocol = "TCP", port = "22", source = "198.51.100.77" },
  { type = "Custom", protocol = "TCP", port = "22", source = "2001:db8:1::9" },
]

[[account.instance]]
name = "web-01"
flavour = "g-c2m1d100"
os = "vmi-ubuntu-20.04-amd64-100gb"
ipv4 = "203.0.113.10"
age = "120d"
firewalls = ["home"]

[[account.instance]]
name = "db"
flavour = "g-c1m512d30"
os = "vmi-ubuntu-20.04-amd64-30gb"
ipv4 = "203.0.113.11"
age = "200d"
state = "stopped"
firewalls = ["default"]
"#;

/// A world, and sources that say this, each under a path of its own.
fn lab(world: &str, says: &str) -> (Lab, Source) {
    asking(world, says, false)
}

/// The same, where the sources are asked without a command or are not.
fn asking(world: &str, says: &str, ask: bool) -> (Lab, Source) {
    let (lab, source) = (Lab::of(world), Lab::source(says));
    let url = source.url();
    lab.configure(
        "budget = { per_minute = 0 }",
        &format!(
            "[safety]\ngrace = \"0s\"\n[poll]\nfresh = \"1s\"\nwatch = \"1s\"\n\
             [address]\nsources = [\"{url}/one\", \"{url}/two\", \"{url}/three\"]\nask = {ask}\n"
        ),
    );
    (lab, source)
}

/// The sources that the first firewall lets in to port 22.
fn let_in(lab: &Lab) -> Vec<String> {
    let mut found = Vec::new();
    lab.simulation.change(|world| {
        let firewall = world.accounts[0].firewalls.iter().find(|f| f.name == "home").unwrap();
        found.extend(firewall.inbound.iter().filter(|rule| rule.port == "22").map(|rule| rule.source.clone()));
    });
    found
}

/// The layer on the firewall `home`.
#[track_caller]
fn opened(lab: &Lab) -> Terminal {
    let terminal = lab.fleet("db");
    terminal.keys("3").wait_line(&["home", "198.51.100.77"]).keys("/home<Enter>").wait_line(&[">", "home"]);
    terminal.keys("m").wait_for("Which address?");
    terminal
}

#[test]
fn where_one_is_logged_in_from_takes_the_place_of_an_address_and_is_remembered() {
    let (lab, source) = lab(INDIGO, "192.0.2.200");
    let lab = lab.with("SSH_CONNECTION", "203.0.113.9 50022 192.0.2.1 22");
    let terminal = opened(&lab);
    terminal.wait_line(&["203.0.113.9", "where you are logged in from"]);
    terminal.keys("2").wait_for("To which port?").keys("<Enter>").wait_for("In the place of which rule?");
    terminal.wait_line(&["1", "198.51.100.77"]).wait_line(&["2", "198.51.100.80"]).wait_line(&["none: it is added"]);
    terminal.keys("2").wait_for("would be closed to 198.51.100.80").wait_for("y yes").keys("y");
    terminal.wait_that("the rule is another", || let_in(&lab) == ["198.51.100.77", "203.0.113.9"]);
    terminal.wait_line(&["edit-rules home", "Done"]).keys("q").exit_code();
    // Another day, from elsewhere: what was let in from here stands first.
    let lab = lab.with("SSH_CONNECTION", "203.0.113.44 50022 192.0.2.1 22");
    let terminal = opened(&lab);
    terminal.wait_line(&["203.0.113.44"]).keys("2").wait_for("To which port?").keys("1");
    terminal.wait_line(&["> 1", "203.0.113.9", "allowed from here before"]);
    terminal.keys("<Enter>").wait_for("y yes").keys("y");
    terminal.wait_that("the rule moved on", || let_in(&lab) == ["198.51.100.77", "203.0.113.44"]);
    // What is let in needs nothing.
    terminal.wait_gone("y yes").wait_line(&["edit-rules home", "Done"]);
    terminal.keys("m").wait_for("Which address?").keys("2").wait_for("To which port?").keys("1");
    terminal.wait_for("203.0.113.44 is allowed to port 22 by home already").keys("<Enter>").wait_gone("already");
    assert_eq!((source.asked(), lab.changes_sent()), (0, 2), "nobody is asked who was not chosen");
}

#[test]
fn sources_are_asked_only_when_this_machine_is_chosen_and_two_must_agree() {
    let (lab, source) = lab(INDIGO, "203.0.113.9");
    source.set("/two", Answer::text("203.0.113.66"));
    source.set("/three", Answer { kind: "text/html".to_owned(), ..Answer::text("<html>203.0.113.9</html>") });
    let terminal = opened(&lab);
    terminal.wait_line(&["this machine's", "asks 3 sources, of which two must agree"]);
    assert_eq!(source.asked(), 0);
    terminal.keys("1").wait_for("The sources disagree:").wait_for("203.0.113.66");
    source.set("/two", Answer { status: 302, ..Answer::text("203.0.113.9") });
    terminal.keys("1").wait_for("No two sources name an address:").wait_for("a web page");
    source.set("/three", Answer::text("{\"ip\": \"203.0.113.9\"}"));
    terminal.keys("1").wait_line(&["203.0.113.9", "this machine, as 2 sources say"]);
    assert_eq!((source.asked(), lab.changes_sent()), (9, 0));
    // One step back at a time, and nothing was done.
    terminal.keys("1").wait_for("To which port?").keys("<Esc>").wait_for("Which address?").keys("<Esc>");
    terminal.wait_gone("Allow an address");
}

#[test]
fn what_is_typed_is_checked_and_a_change_that_may_lock_one_out_is_typed_too() {
    let (lab, _source) = lab(INDIGO, "203.0.113.9");
    let terminal = opened(&lab);
    terminal.keys("2").wait_for("The address, IPv4 or IPv6:").keys("203.0.113.333<Enter>");
    terminal.wait_for("That cannot be allowed: no address").keys("<BS><Enter>").wait_for("To which port?");
    terminal
        .keys("2")
        .wait_for("The port, 1 to 65535:")
        .keys("0<Enter>")
        .wait_for("0 is no port")
        .keys("<BS>22<Enter>");
    terminal.wait_for("In the place of which rule?").keys("1");
    terminal.wait_for("From which address you come is not known here").wait_for("198.51.100.77").wait_for("Type home");
    terminal.keys("y<Enter>").wait_for("what is typed is not what the dialog asks for");
    assert_eq!(lab.changes_sent(), 0);
    terminal.keys("<BS>home<Enter>");
    terminal.wait_that("it is done", || let_in(&lab) == ["203.0.113.33", "198.51.100.80"]);
}

#[test]
fn of_an_ipv6_address_its_household_can_be_let_in() {
    let (lab, _source) = lab(CONOHA, "203.0.113.9");
    let lab = lab.with("SSH_CONNECTION", "2001:db8:2:3::4 50022 2001:db8::1 22");
    let terminal = lab.fleet("web-01");
    terminal.keys("m").wait_line(&["Firewall", "home"]).wait_for("Which address?").keys("2");
    terminal.wait_for("How much of it?").wait_line(&["2001:db8:2:3::4/128", "this address alone"]);
    terminal.keys("2").wait_line(&["Address", "2001:db8:2:3::/64"]).keys("1").wait_for("In the place of which rule?");
    terminal.wait_line(&["2001:db8:1::9"]).keys("2").wait_for("y yes").keys("y");
    terminal.keys("3").wait_line(&["home", "2001:db8:2:3::/64"]);
}

#[test]
fn a_group_that_is_taken_off_closes_port_22_and_says_so() {
    let (lab, _source) = lab(CONOHA, "203.0.113.9");
    let lab = lab.with("SSH_CONNECTION", "198.51.100.77 50022 192.0.2.1 22");
    let terminal = lab.fleet("web-01");
    terminal.keys("3").wait_line(&["home", "198.51.100.77"]).keys("1");
    go_to(&terminal, "web-01");
    terminal.keys("f").wait_line(&["[x] home"]);
    let at = terminal.lines().iter().find(|l| l.contains("[x] home")).unwrap().clone();
    let number = at.chars().find(char::is_ascii_digit).unwrap();
    terminal.keys(&number.to_string());
    terminal.wait_for("Port 22 of web-01 would be closed to 198.51.100.77: where you are").wait_for("logged in from.");
    terminal.wait_for("Type web-01").keys("<Esc>");
    assert_eq!(lab.changes_sent(), 0);
}

#[test]
fn where_the_configuration_says_so_the_sources_are_asked_at_the_start() {
    let (lab, source) = asking(INDIGO, "198.51.100.77", true);
    let terminal = opened(&lab);
    terminal.wait_line(&["198.51.100.77", "this machine, as 3 sources say"]);
    assert_eq!(source.asked(), 3);
    // So that a lock-out is seen to come, also without a screen.
    let line = "firewall allow home --address 192.0.2.7 --replace 198.51.100.77 --dry-run";
    let (code, out, err) = run(&lab, line);
    assert_eq!((code, lab.changes_sent()), (0, 0), "{out}{err}");
    assert!(out.contains("would be closed to 198.51.100.77: this machine, as 3 sources say"), "{out}");
}

#[test]
fn follow_is_told_once_which_rule_and_then_follows_it() {
    let (lab, source) = lab(INDIGO, "203.0.113.9");
    let (code, out, err) = run(&lab, "firewall follow indigo/home --dry-run");
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("--replace SOURCE") && out.contains("198.51.100.77, 198.51.100.80"), "{out}{err}");
    let (code, _, err) = run(&lab, "firewall follow home --replace 198.51.100.80");
    assert_eq!((code, lab.changes_sent()), (5, 0), "{err}");
    assert!(err.contains("--yes answers the question"), "{err}");
    let line = "firewall follow home --replace 198.51.100.80 --yes";
    let (code, out, err) = run(&lab, line);
    assert_eq!((code, let_in(&lab)), (0, vec!["198.51.100.77".to_owned(), "203.0.113.9".to_owned()]), "{out}{err}");
    // Nothing changed: nothing is done. It changed: the same line moves the rule, and so does the short one.
    let (code, out, _) = run(&lab, line);
    assert_eq!((code, lab.changes_sent(), out.contains("already")), (0, 1, true), "{out}");
    for (address, line) in [("203.0.113.10", line), ("203.0.113.11", "firewall follow home --port 22 --yes")] {
        source.say(address);
        let (code, out, err) = run(&lab, line);
        assert_eq!((code, let_in(&lab)), (0, vec!["198.51.100.77".to_owned(), address.to_owned()]), "{out}{err}");
    }
}

#[test]
fn follow_replaces_no_rule_that_it_did_not_set_and_was_not_told() {
    let (lab, source) = lab(INDIGO, "203.0.113.9");
    let words = ["firewall", "add-rule", "home", "tcp 22 192.0.2.7", "--yes"];
    assert_eq!(lab.without_terminal(&words).status.code(), Some(0));
    let others = "198.51.100.77 198.51.100.80 192.0.2.7";
    for address in ["203.0.113.9", "203.0.113.10"] {
        source.say(address);
        let (code, out, err) = run(&lab, "firewall follow home --yes");
        assert_eq!((code, let_in(&lab).join(" ")), (0, format!("{others} {address}")), "{out}{err}");
        assert_eq!(out.contains("is added"), address == "203.0.113.9", "it says so once: {out}");
    }
    // What a colleague is let in with stays, also where one's own rule is taken away elsewhere.
    let words = ["firewall", "remove-rule", "home", "tcp 22 203.0.113.10", "--confirm", "home"];
    assert_eq!(lab.without_terminal(&words).status.code(), Some(0));
    source.say("203.0.113.11");
    let (code, out, err) = run(&lab, "firewall follow home --yes --output json");
    let document: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"));
    assert_eq!((code, document["replaced"].is_null()), (0, true), "{document}");
    assert_eq!(let_in(&lab).join(" "), format!("{others} 203.0.113.11"));
}

#[test]
fn without_an_address_nothing_is_changed_and_the_code_says_why() {
    let (lab, source) = lab(INDIGO, "203.0.113.9");
    source.set("/one", Answer::text("203.0.113.1"));
    source.set("/two", Answer::text("203.0.113.2"));
    let (code, _, err) = run(&lab, "firewall allow home --yes");
    assert_eq!(code, 5, "{err}");
    assert!(err.contains("/one says 203.0.113.1") && err.contains("says 203.0.113.2"), "{err}");
    source.say("<html>");
    source.set("/one", Answer { status: 500, ..Answer::text("") });
    let (code, _, err) = run(&lab, "firewall allow home --yes");
    assert_eq!(code, 4, "{err}");
    let asked = source.asked();
    let (code, _, err) = run(&lab, "firewall allow home --address login --yes");
    assert_eq!((code, err.contains("SSH_CONNECTION")), (2, true), "{err}");
    let (code, _, err) = run(&lab, "firewall allow home --address 10.0.0.0/8 --yes");
    assert_eq!((code, err.contains("10.0.0.0/8 cannot be allowed")), (2, true), "{err}");
    let (code, _, err) = run(&lab, "firewall allow home --address 203.0.113.5 --prefix 64 --add --yes");
    assert_eq!((code, err.contains("/64")), (2, true), "{err}");
    let (code, _, err) = run(&lab, "firewall follow home --watch --every 1s --output json");
    assert_eq!(code, 2, "{err}");
    assert_eq!((source.asked(), lab.changes_sent()), (asked, 0));
}

#[test]
fn what_locks_out_takes_more_than_a_yes() {
    let (lab, _source) = lab(INDIGO, "203.0.113.9");
    let line = "firewall allow home --address 192.0.2.7 --replace 198.51.100.77";
    let (code, _, err) = run(&lab, &format!("{line} --yes"));
    assert_eq!((code, err.contains("--confirm home")), (5, true), "{err}");
    let (code, out, err) = run(&lab, &format!("{line} --confirm home"));
    assert_eq!((code, let_in(&lab)), (0, vec!["192.0.2.7".to_owned(), "198.51.100.80".to_owned()]), "{out}{err}");
    // Added, nobody loses anything.
    let (code, out, err) = run(&lab, "firewall allow home --address 2001:db8::7 --prefix 64 --add --yes --output json");
    let document: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"));
    assert_eq!((code, document["source"].as_str()), (0, Some("2001:db8::/64")), "{document}");
    assert!(let_in(&lab).contains(&"2001:db8::/64".to_owned()));
}

#[rstest]
fn watch_stays_and_follows_each_change_until_it_is_interrupted(#[values(INDIGO, CONOHA)] world: &str) {
    let (lab, source) = lab(world, "203.0.113.9");
    let mut child = begin(&lab, "firewall follow home --replace 198.51.100.77 --yes --watch --every 1s");
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut until = |text: &str| {
        let found = lines.by_ref().any(|line| line.contains(text));
        assert!(found, "never said: {text}");
    };
    until("203.0.113.9: this machine");
    until("edit-rules home: Done");
    for address in ["203.0.113.10", "203.0.113.11"] {
        source.say(address);
        until(&format!("{address}: this machine"));
        until("edit-rules home: Done");
    }
    // Sources that fail for a while end nothing.
    source.say("<html>");
    let asked = source.asked();
    while source.asked() < asked + 3 {
        std::thread::yield_now();
    }
    source.say("203.0.113.12");
    until("203.0.113.12: this machine");
    until("edit-rules home: Done");
    kill_process(Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap(), Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let (code, out, _) = run(&lab, "firewall follow home --yes");
    assert_eq!((code, out.contains("already")), (0, true), "{out}");
}

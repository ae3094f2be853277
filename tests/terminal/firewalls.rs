//! Firewalls: rules edited in a table and in one's own editor, what somebody else changes meanwhile, and all of it
//! without a screen.

use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt as _;

use rstest::rstest;
use serde_json::{Value, json};
use vpsdeck::sim::{Fault, FaultKind, Op};

use super::lab::{Lab, go_to};
use super::pty::Terminal;

/// Runs a command line, words in quotes together; its exit code, what it printed, and what it printed beside.
fn run(lab: &Lab, line: &str) -> (i32, String, String) {
    let words: Vec<String> =
        line.split('"')
            .enumerate()
            .flat_map(|(n, part)| {
                if n % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }
            })
            .collect();
    let output = lab.without_terminal(&words.iter().map(String::as_str).collect::<Vec<_>>());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn done(lab: &Lab, line: &str) -> String {
    let (code, out, err) = run(lab, line);
    assert_eq!(code, 0, "{line}: {out}{err}");
    out
}

/// The inward rules of a firewall, as the command line shows them.
fn rules(lab: &Lab, target: &str) -> Vec<String> {
    let out = done(lab, &format!("firewall show {target}"));
    let rules = out.lines().filter_map(|line| line.strip_prefix("rule ")).map(|rule| rule.trim().to_owned());
    rules.filter(|rule| !rule.starts_with("out ")).collect()
}

/// The editor of the firewall `web`, open.
fn editor(lab: &Lab) -> Terminal {
    let terminal = lab.fleet("web-01");
    terminal.keys("3").wait_line(&[" web "]);
    go_to(&terminal, "web");
    let is_read = |line: &String| line.contains(" web ") && (line.contains("443") || line.contains("HTTPS"));
    terminal.wait_until("its rules are read", |lines| lines.iter().any(is_read));
    terminal.keys("e").wait_for("Rules of web").wait_for("Nothing is changed yet.");
    terminal
}

/// A program in the home of a lab that stands for a person's editor.
fn script(lab: &Lab, text: &str) -> String {
    let path = lab.home().join("editor.sh");
    std::fs::write(&path, format!("#!/bin/sh\n{text}")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[rstest]
#[case("small", "indigo")]
#[case("conoha", "conoha")]
fn a_rule_is_typed_corrected_reviewed_and_sent(#[case] world: &str, #[case] account: &str) {
    let lab = Lab::of(world);
    let terminal = editor(&lab);
    // A new row: SSH by its preset, then where from.
    terminal.keys("ap").wait_line(&["+", "SSH", "TCP", "22"]).keys("lll198.51.100.7/24");
    terminal.wait_for("198.51.100.0/24, the address 198.51.100.7");
    terminal.keys("<C-s>").wait_for("Rules of web").keys("<Enter><C-u>198.51.100.7<Enter>");
    terminal.wait_line(&["+", "SSH", "198.51.100.7"]).wait_for("1 new, 0 changed, 0 removed");
    assert_eq!(lab.changes_sent(), 0);
    terminal.keys("<C-s>").wait_for("Change a firewall").wait_line(&["+", "22 from 198.51.100.7"]).keys("y");
    terminal.wait_gone("Rules of web").wait_for("edit-rules web: done");
    let mut now = rules(&lab, &format!("{account}/web"));
    now.sort();
    assert_eq!(now, ["in tcp 22 198.51.100.7", "in tcp 443 any", "in tcp 80 any"]);
}

#[test]
fn esc_keeps_what_was_changed_until_it_is_said_twice() {
    let lab = Lab::small();
    let terminal = editor(&lab);
    terminal.keys("D").wait_line(&["-", "HTTP", "any"]).keys("<Esc>").wait_for("Esc again drops it");
    terminal.keys("j").wait_gone("Esc again").wait_line(&["-", "HTTP", "any"]);
    terminal.keys("<Esc>").wait_for("Esc again drops it").keys("<Esc>").wait_gone("Rules of web");
    assert_eq!(lab.changes_sent(), 0);
}

#[test]
fn a_set_without_a_rule_says_what_it_means_and_is_typed() {
    let lab = Lab::small();
    let terminal = editor(&lab);
    terminal.keys("Dj").wait_line(&["-", "HTTP", "any"]).keys("D").wait_line(&["-", "HTTPS", "any"]).keys("<C-s>");
    terminal.wait_for("all that reaches the machines").wait_for("Type web").keys("web<Enter>");
    terminal.wait_for("edit-rules web: done");
    assert_eq!(rules(&lab, "web"), ["no rules: nothing gets in"]);
}

#[test]
fn what_comes_back_from_an_editor_with_a_mistake_is_corrected_there() {
    let lab = Lab::small();
    let wrong = "[[rule]]\\nprotocol = \"tcp\"\\nports = \"0\"\\nsource = \"any\"\\n";
    let text = format!(
        "if grep -q '^#! there is no port 0' \"$1\"; then sed -i -e 's/\"0\"/\"8080\"/' \"$1\"; else printf '{wrong}' >> \"$1\"; fi\n"
    );
    let editor_program = script(&lab, &text);
    let lab = lab.with("EDITOR", &editor_program);
    let terminal = editor(&lab);
    terminal.keys("E").wait_for("1 mistake: there is no port 0").keys("e");
    terminal.wait_line(&["+", "Custom", "8080", "any"]).keys("<C-s>").wait_line(&["+", "8080 from anywhere"]).keys("y");
    terminal.wait_for("edit-rules web: done");
    assert_eq!(rules(&lab, "web"), ["in tcp 80 any", "in tcp 443 any", "in tcp 8080 any"]);
}

#[rstest]
#[case("{}")]
#[case("{} --wait")]
#[case("'{}' --wait")]
fn an_editor_with_blanks_in_its_path_is_started(#[case] value: &str, #[values("VISUAL", "EDITOR")] variable: &str) {
    let lab = Lab::small();
    // Its file is the last of its arguments.
    let text = "for f; do :; done\nprintf '\\n[[rule]]\\npreset = \"SSH\"\\nsource = \"192.0.2.1\"\\n' >> \"$f\"\n";
    let program = lab.home().join("my editor");
    std::fs::rename(script(&lab, text), &program).unwrap();
    let lab = lab.with(variable, &value.replace("{}", program.to_str().unwrap()));
    editor(&lab).keys("E").wait_line(&["+", "SSH", "192.0.2.1"]);
    let terminal = lab.run(&["firewall", "edit", "web"]);
    terminal.wait_for("+ in tcp 22 192.0.2.1").wait_for("Do it?").keys("n<Enter>");
    assert_eq!(lab.changes_sent(), 0);
}

#[test]
fn an_editor_whose_quote_is_not_closed_is_told_by_its_variable() {
    let lab = Lab::small().with("VISUAL", "'/opt/my editor/ed --wait");
    editor(&lab).keys("E").wait_for("VISUAL has a quote that is not closed");
    let terminal = lab.run(&["firewall", "edit", "web"]);
    terminal.wait_for("VISUAL has a quote that is not closed");
    assert_eq!(terminal.exit_code(), 2, "{}", terminal.screen());
}

#[rstest]
#[case("exit 3\n", "the editor did not end well")]
#[case(": > \"$1\"\n", "came back empty")]
fn an_editor_that_fails_or_leaves_nothing_changes_nothing(#[case] text: &str, #[case] said: &str) {
    let lab = Lab::small();
    let editor_program = script(&lab, text);
    let lab = lab.with("EDITOR", &editor_program);
    let terminal = editor(&lab);
    terminal.keys("E").wait_for(said).wait_for("Nothing is changed yet.");
    assert_eq!(lab.changes_sent(), 0);
}

#[rstest]
#[case("small")]
#[case("conoha")]
fn what_somebody_else_changes_stops_it_and_can_be_taken_over(#[case] world: &str) {
    let lab = Lab::of(world);
    let terminal = editor(&lab);
    terminal.keys("ap").keys("lll192.0.2.1<Enter>").wait_line(&["+", "SSH", "192.0.2.1"]).keys("<C-s>");
    terminal.wait_for("Change a firewall");
    done(&lab, "firewall add-rule web \"tcp 8081 any\" --yes");
    terminal.wait_for("Somebody else changed the rules of web").wait_line(&["+", "8081 from anywhere"]);
    terminal.wait_for("What you were about to send").keys("y<Esc>").wait_gone("What you were about");
    terminal.wait_for("R takes that over").keys("R").wait_gone("R takes that over");
    terminal.wait_line(&["8081", "any"]).wait_for("1 new, 0 changed, 0 removed").keys("<C-s>");
    terminal.wait_line(&["+", "22 from 192.0.2.1"]).wait_gone("+ TCP 8081").keys("y").wait_for("edit-rules web: done");
    let now = rules(&lab, "web");
    assert!(now.contains(&"in tcp 8081 any".to_owned()) && now.contains(&"in tcp 22 192.0.2.1".to_owned()), "{now:?}");
}

#[test]
fn what_is_changed_between_reading_and_sending_is_told_and_nothing_is_sent() {
    let lab = Lab::small();
    let binary = env!("CARGO_BIN_EXE_vpsdeck");
    let mut text = String::new();
    // A program that is given the terminal has no secret of ours: this one brings its own.
    writeln!(text, "export SECRET_INDIGO='{}'", lab.secrets()[0]).unwrap();
    writeln!(text, "{binary} firewall add-rule web 'tcp 8081 any' --yes >/dev/null").unwrap();
    writeln!(text, "printf '\\n[[rule]]\\npreset = \"SSH\"\\nsource = \"192.0.2.1\"\\n' >> \"$1\"").unwrap();
    let editor_program = script(&lab, &text);
    let lab = lab.with("EDITOR", &editor_program);
    let terminal = lab.run(&["firewall", "edit", "web"]);
    terminal.wait_for("+ in tcp 22 192.0.2.1").wait_for("Do it?").keys("y<Enter>");
    assert_eq!(terminal.exit_code(), 5, "{}", terminal.screen());
    let said: String = terminal.screen().split_whitespace().collect();
    assert!(said.contains("bysomebodyelse:+intcp8081any"), "{said}");
    assert_eq!(rules(&lab, "web"), ["in tcp 80 any", "in tcp 443 any", "in tcp 8081 any"]);
}

#[test]
fn a_new_one_is_made_and_put_on_machines_and_what_was_set_here_is_remembered() {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    terminal.keys("3").wait_line(&[" web "]).keys("c").wait_for("A new firewall").keys("ssh-home<Enter>");
    terminal.keys("ap").wait_line(&["+", "SSH"]).keys("lll198.51.100.7<Enter>").wait_line(&["+", "198.51.100.7"]);
    terminal.keys("jj").keys("<Space>").wait_for("[x] v6-only").keys("<C-s>");
    terminal.wait_for("Make a firewall").wait_for("It is put on v6-only.");
    // From which address the test comes nobody knows, so that it is typed.
    terminal.wait_for("port 22 of v6-only").keys("ssh-home<Enter>");
    terminal.wait_for("create-firewall ssh-home: done").wait_line(&["ssh-home", "22 from 198.51.100.7"]);
    terminal.keys("/ssh<Enter><Enter>").wait_for("v6-only, set here").keys("<Esc>");
    // A later run knows it from the journal, and names the machine with each change.
    drop(terminal);
    assert!(done(&lab, "firewall show ssh-home").contains("v6-only, set here"));
    let out = done(&lab, "firewall rename ssh-home ssh-office --yes");
    assert!(out.contains("Named as those it is on: v6-only."), "{out}");
    let (code, _, err) = run(&lab, "firewall delete ssh-office --confirm ssh-office");
    assert_eq!(code, 1, "{err}");
    let terminal = lab.fleet("v6-only");
    terminal.keys("3").wait_line(&["ssh-office"]).keys("1<Enter>").wait_for("ssh-office (set here");
    terminal.keys("<Esc>").wait_gone("ssh-office (set here");
    terminal.keys("f").wait_for("Firewalls of v6-only").wait_line(&["[x]", "ssh-office"]);
}

#[test]
fn at_a_provider_that_does_not_tell_a_firewall_is_assigned_and_none_is_taken_off() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    terminal.keys("f").wait_for("Firewalls of db").wait_for("[ ] web").keys("1");
    terminal.wait_for("never shows on which machines").keys("y").wait_for("assign db: done");
    assert_eq!(lab.effects(), ["assign_firewall firewall 12830 to instance 616516"]);
    terminal.keys("f").wait_line(&["[x]", "web"]).keys("1").wait_for("no call is known");
    let (code, _, err) = run(&lab, "firewall detach web db --yes");
    assert_eq!(code, 5, "{err}");
    assert!(err.contains("no call is known that takes a firewall off"), "{err}");
}

#[rstest]
#[case("small", "indigo")]
#[case("conoha", "conoha")]
fn the_same_without_a_screen(#[case] world: &str, #[case] account: &str) {
    let lab = Lab::of(world);
    let (code, out, err) =
        run(&lab, &format!("firewall create {account}/new --rule \"http any\" --rule \"tcp 22 198.51.100.7/32\""));
    assert_eq!((code, lab.changes_sent()), (5, 0), "{out}{err}");
    assert!(out.contains("+ in tcp 80 any") && out.contains("+ in tcp 22 198.51.100.7"), "{out}");
    done(&lab, &format!("firewall create {account}/new --rule \"http any\" --rule \"tcp 22 198.51.100.7/32\" --yes"));
    assert_eq!(rules(&lab, "new"), ["in tcp 80 any", "in tcp 22 198.51.100.7"]);
    // Twice the same is no rule more, however it is written.
    let before = lab.changes_sent();
    assert_eq!(run(&lab, "firewall add-rule new \"ssh 198.51.100.7\" --yes").0, 0);
    assert_eq!(lab.changes_sent(), before);
    done(&lab, "firewall add-rule new \"udp 8000-8010 192.0.2.0/24\" \"icmp any\" --yes");
    // Where no machine is known that it is on, whichever they are would be closed to whoever logs in.
    done(&lab, "firewall remove-rule new \"ssh 198.51.100.7\" \"tcp 80 0.0.0.0/0\" --confirm new");
    assert_eq!(rules(&lab, "new"), ["in udp 8000-8010 192.0.2.0/24", "in icmp any"]);
    for (wrong, said) in [
        ("tcp 0 any", "there is no port 0"),
        ("tcp 65536 any", "65536 is too high"),
        ("tcp 90-80 any", "80-90"),
        ("tcp 22 192.0.2.7/24", "the network is 192.0.2.0/24"),
        ("tcp 22", "a source is missing"),
    ] {
        let (code, _, err) = run(&lab, &format!("firewall add-rule new \"{wrong}\" --yes"));
        assert_eq!(code, 2, "{wrong}: {err}");
        assert!(err.contains(said), "{wrong}: {err}");
    }
    // The last rule away needs more than a yes.
    let (code, _, err) = run(&lab, "firewall remove-rule new \"icmp any\" \"udp 8000-8010 192.0.2.0/24\" --yes");
    assert_eq!(code, 5, "{err}");
    assert!(err.contains("--confirm new"), "{err}");
    done(&lab, "firewall rename new newer --yes");
    let file = lab.home().join("rules.toml");
    std::fs::write(&file, "[[rule]]\npreset = \"HTTPS\"\nsource = \"any\"\n\n[[rule]]\nports = 22\n").unwrap();
    let (code, _, err) = run(&lab, "firewall edit newer --file rules.toml --yes");
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("rules.toml:5: a protocol or a preset is missing"), "{err}");
    std::fs::write(&file, "name = \"web-2\"\n\n[[rule]]\npreset = \"HTTPS\"\nsource = \"any\"\n").unwrap();
    let out = done(&lab, "firewall edit newer --file rules.toml --yes --output json");
    let document: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(document["result"], "done", "{document}");
    assert_eq!(rules(&lab, "web-2"), ["in tcp 443 any"]);
    let document: Value =
        serde_json::from_str(&done(&lab, "firewall add-rule web-2 \"http any\" --dry-run --output json")).unwrap();
    assert_eq!(document["changes"].as_array().unwrap().last().unwrap()["line"], "in tcp 80 any", "{document}");
    done(&lab, "firewall assign web-2 db --confirm db --wait");
    let (code, out, err) = run(&lab, "delete firewall web-2 --confirm web-2");
    if account == "conoha" {
        assert_eq!(code, 5, "what is known to be on a machine is not tried: {out}{err}");
        assert!(err.contains("it is on db"), "{err}");
        done(&lab, "firewall detach web-2 db --yes --wait");
        done(&lab, "delete firewall web-2 --confirm web-2 --wait");
        assert!(!done(&lab, "firewall list --output name").contains("web-2"));
    } else {
        assert_eq!(code, 1, "{out}{err}");
        assert!(out.contains("It was put on db from here"), "{out}");
        assert!(err.contains("still on a machine") || out.contains("still on a machine"), "{out}{err}");
    }
}

#[test]
fn the_providers_own_are_not_edited() {
    let lab = Lab::of("conoha");
    let terminal = lab.fleet("web-01");
    terminal.keys("3").wait_for("gncs-ipv4-ssh").keys("/gncs-ipv4-ssh<Enter>").wait_line(&[">", "gncs-ipv4-ssh"]);
    terminal.keys("e").wait_for("it is the provider's own and cannot be changed");
    assert_eq!(run(&lab, "firewall add-rule gncs-ipv4-ssh \"http any\" --yes").0, 5);
    assert_eq!(lab.changes_sent(), 0);
}

/// Rules that cannot be made here, put into the firewall `web` by somebody else.
fn odd_rules(lab: &Lab) {
    for json in [
        json!({"protocol": "icmp", "port_range_min": -1, "port_range_max": -1}),
        json!({"protocol": "tcp", "port_range_min": 22, "port_range_max": 22, "remote_address_group_id": "ag1"}),
        json!({"protocol": "tcp", "port_range_min": 8000}),
        json!({"protocol": "47"}),
    ] {
        let json = json.as_object().unwrap().clone();
        lab.elsewhere(Op::AddRule { firewall: "web".to_owned(), json });
    }
}

const ODD: [&str; 4] = ["in icmp any", "in tcp 22 address-group:ag1", "in tcp 8000- 0.0.0.0/0", "in 47 any"];

#[test]
fn rules_that_cannot_be_made_here_stay_while_others_change() {
    let lab = Lab::of("conoha");
    odd_rules(&lab);
    let usual = ["in tcp 80 any", "in tcp 443 any"];
    assert_eq!(rules(&lab, "conoha/web"), [&usual[..], &ODD[..]].concat());
    let (code, out, err) = run(&lab, "firewall add-rule web \"tcp 2222 198.51.100.7\" --dry-run");
    assert_eq!((code, lab.changes_sent()), (0, 0), "{out}{err}");
    done(&lab, "firewall add-rule web \"tcp 2222 198.51.100.7\" --yes");
    assert_eq!(rules(&lab, "web"), [&usual[..], &ODD[..], &["in tcp 2222 198.51.100.7"]].concat());
    assert_eq!(lab.changes_sent(), 1, "what stays is not sent");
    // Whoever comes from that group of addresses is not known.
    done(&lab, "firewall remove-rule web \"in tcp 22 address-group:ag1\" \"icmp any\" --confirm web");
    assert_eq!(rules(&lab, "web"), [&usual[..], &ODD[2..], &["in tcp 2222 198.51.100.7"]].concat());
    // Taken in by a file and written out again nothing of them is lost.
    let terminal = editor(&lab);
    terminal.wait_line(&["8000-", "0.0.0.0/0"]).wait_line(&["47", "any"]).keys("jjD<C-s>");
    terminal.wait_line(&["-", "80 from anywhere"]).keys("y").wait_for("edit-rules web: done");
    assert_eq!(rules(&lab, "web"), ["in tcp 443 any", ODD[2], ODD[3], "in tcp 2222 198.51.100.7"]);
}

#[test]
fn a_rule_for_a_group_of_addresses_is_never_shown_as_one_for_anybody() {
    let lab = Lab::of("conoha");
    odd_rules(&lab);
    let terminal = lab.fleet("web-01");
    terminal.keys("3").wait_line(&[" web "]);
    go_to(&terminal, "web");
    terminal.keys("<Enter>").wait_for("tcp 22 from address-group:ag1").wait_for("icmp -1/-1 from anywhere");
    terminal.wait_for("47 from anywhere");
}

/// Of three rules that are asked for the second is refused.
#[test]
fn what_is_refused_in_the_middle_is_never_done_and_again_makes_what_is_missing() {
    let lab = Lab::of("conoha");
    let refusal = Fault::new(FaultKind::Refusal { status: 403 }).on("POST", "security-group-rules");
    lab.simulation.add_fault(refusal.after_passing(1).times(1));
    let rules_asked = "--rule \"tcp 22 198.51.100.7\" --rule \"http any\" --rule \"https any\"";
    let (code, out, err) = run(&lab, &format!("firewall create conoha/half {rules_asked} --yes --wait --output json"));
    let document: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &document["result"]), (1, &json!("failed")), "{document} {err}");
    assert_eq!((&document["step"], &document["steps"]), (&json!(2), &json!(4)), "{document}");
    assert!(document["target"]["id"].as_str().is_some_and(|id| !id.is_empty()), "{document}");
    assert!(err.contains("Failed at step 3/4") && err.contains("2 of 4 steps are done"), "{err}");
    assert_eq!(rules(&lab, "conoha/half"), ["in tcp 22 198.51.100.7"]);
    let sent = lab.changes_sent();
    let terminal = lab.fleet("web-01");
    terminal.keys("5").wait_line(&["create-firewall", "half", "Failed"]).keys(":again<Enter>");
    terminal.wait_for("Make a firewall").keys("y").wait_for("create-firewall half: done");
    assert_eq!((rules(&lab, "conoha/half").len(), lab.changes_sent()), (3, sent + 2));
    assert_eq!(done(&lab, "firewall list --output name").matches("half").count(), 1);
}

/// The answer to the second rule never comes: whether it took effect is read from the rules.
#[rstest]
#[case(FaultKind::LostAnswer, 0, 3)]
#[case(FaultKind::ServerError { status: 503 }, 6, 1)]
fn a_lost_answer_to_a_rule_is_settled_by_the_rules_that_are_there(
    #[case] kind: FaultKind,
    #[case] expected: i32,
    #[case] there: usize,
) {
    let lab = Lab::of("conoha");
    lab.simulation.add_fault(Fault::new(kind).on("POST", "security-group-rules").after_passing(1).times(1));
    let rules_asked = "--rule \"tcp 22 198.51.100.7\" --rule \"http any\" --rule \"https any\"";
    let line = format!("firewall create conoha/half {rules_asked} --yes --wait --timeout 20s --output json");
    let (code, out, err) = run(&lab, &line);
    let document: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, expected, "{document} {err}");
    assert_eq!(document["result"] == "done", expected == 0, "{document}");
    assert!(document["target"]["id"].as_str().is_some_and(|id| !id.is_empty()), "{document}");
    assert_eq!(rules(&lab, "conoha/half").len(), there);
}

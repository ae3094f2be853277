//! `list` and `show` by the real binary.

use serde_json::Value;
use vpsdeck::sim::quirks::PageLinks;
use vpsdeck::sim::{Fault, FaultKind, Options};

use super::lab::{Lab, run};

fn json(lab: &Lab, line: &str) -> Value {
    let (code, out, err) = run(lab, &format!("{line} --output json"));
    assert_eq!(code, 0, "{out}{err}");
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"))
}

#[test]
fn instances_of_all_accounts_stand_in_one_table() {
    let lab = Lab::of("both");
    let (code, out, err) = run(&lab, "list instances");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!((code, err.as_str(), lines.len()), (0, "", 7), "{out}");
    assert!(lines[0].starts_with("ACCOUNT  NAME"), "{out}");
    let at = lines[0].find("STATUS").unwrap();
    assert!(lines.iter().any(|l| l.starts_with("indigo   web-01") && l[at..].starts_with("Running")), "{out}");
    assert!(lines.iter().any(|l| l.starts_with("conoha   db") && l[at..].starts_with("Stopped")), "{out}");
    let (_, out, _) = run(&lab, "list instances --output name --account conoha");
    assert_eq!(out.lines().collect::<Vec<_>>(), ["conoha/web-01", "conoha/db", "conoha/batch"], "{out}");
}

#[test]
fn a_name_that_is_there_twice_is_listed_by_its_id() {
    let lab = Lab::of("both");
    let (_, out, _) = run(&lab, "list snapshots --output name");
    assert!(out.contains("conoha/nightly\n") && out.contains("indigo/nightly\n"), "{out}");
    assert!(!out.contains("conoha/golden"), "{out}");
    for line in out.lines() {
        assert_eq!(run(&lab, &format!("show {line}")).0, 0, "{line}");
    }
}

#[test]
fn records_have_words_of_no_language_sizes_in_bytes_and_the_providers_own_body() {
    let lab = Lab::of("both");
    let document = json(&lab, "list instances");
    let all = document["instances"].as_array().unwrap();
    let web = all.iter().find(|i| i["name"] == "web-01" && i["account"] == "indigo").unwrap();
    assert_eq!((web["status"].as_str(), web["id"].as_str()), (Some("running"), Some("616513")), "{web}");
    assert!(web["raw"].is_object() && web["created"].as_str().unwrap().ends_with('Z'), "{web}");
    assert!(web["spec"]["memory"].as_u64().unwrap() > 1 << 20, "{web}");
    for things in ["snapshots", "firewalls", "images", "keys", "plans"] {
        let document = json(&lab, &format!("list {things}"));
        let all = document[things].as_array().unwrap();
        // What stands for bringing an image of one's own is no record of the provider.
        let has_raw = |one: &Value| one["raw"].is_object() || one["kind"] == "import";
        assert!(!all.is_empty() && all.iter().all(has_raw), "{things}");
        assert!(run(&lab, &format!("list {things}")).1.starts_with("ACCOUNT"), "{things}");
    }
    let said = format!("{document}{}", run(&lab, "show indigo/web-01").1);
    assert!(lab.secrets().iter().all(|secret| !said.contains(secret)), "a secret is shown");
}

#[test]
fn show_prefers_an_instance_and_refuses_what_is_ambiguous() {
    let lab = Lab::of("both");
    assert_eq!(json(&lab, "show indigo/db")["status"], "stopped");
    assert_eq!(json(&lab, "show indigo/nightly")["status"], "available");
    assert!(run(&lab, "show indigo/db").1.contains("\nname "));
    let (code, _, err) = run(&lab, "show db");
    assert_eq!((code, err.contains("indigo/db (616516), conoha/db (")), (2, true), "{err}");
    assert_eq!(run(&lab, "show nobody").0, 2);
}

/// The small world with two machines more, whose names nobody would give them.
fn oddly_named() -> Lab {
    let long = "x".repeat(500);
    let machine = |name: &str| format!("\n[[account.instance]]\nname = \"{name}\"\nage = \"1d\"\n");
    let world = include_str!("../../assets/worlds/small.toml");
    Lab::of(&format!("{world}{}{}", machine("up\\ndown\\u001b[31m"), machine(&long)))
}

#[test]
fn a_newline_in_a_name_breaks_no_line_and_what_is_listed_is_a_target() {
    let lab = oddly_named();
    let (code, out, err) = run(&lab, "list instances --output name");
    assert_eq!((code, out.lines().count(), err.as_str()), (0, 5, ""), "{out:?}");
    let odd = out.lines().find(|line| !["web", "db", "v6", "xx"].iter().any(|n| line.contains(n))).unwrap();
    assert!(odd.strip_prefix("indigo/").unwrap().parse::<u64>().is_ok(), "by its id: {odd:?}");
    assert_eq!(json(&lab, &format!("show {odd}"))["name"], "up\ndown\u{1b}[31m");
    let (_, out, _) = run(&lab, "list instances");
    assert_eq!(out.lines().count(), 6, "{out:?}");
    let line = out.lines().find(|line| line.contains("up^Jdown^[[31m")).unwrap();
    assert!(line.contains("Running"), "{out:?}");
    let shown = run(&lab, &format!("show {odd}"));
    assert!(shown.1.lines().any(|line| line.ends_with(" up^Jdown^[[31m")), "{shown:?}");
    assert_eq!(run(&lab, "show up^Jdown^[[31m").0, 0, "as it is shown, too");
}

#[test]
fn one_long_name_makes_no_table_wider_than_can_be_read() {
    let lab = oddly_named();
    let (_, out, _) = run(&lab, "list instances");
    assert!(out.lines().all(|line| line.chars().count() < 160), "{out}");
    assert!(run(&lab, "list instances --output name").1.contains(&"x".repeat(500)));
    let lab = lab.sized(60, 24);
    let terminal = lab.run(&["list", "instances"]);
    assert_eq!(terminal.exit_code(), 0, "{}", terminal.screen());
    let lines = terminal.lines();
    assert_eq!(lines.iter().filter(|line| line.starts_with("indigo")).count(), 5, "a line each: {lines:?}");
    assert!(lines.iter().any(|line| line.contains("xx~xx") && line.contains("Running")), "{lines:?}");
}

#[test]
fn an_account_that_fails_is_named_and_the_others_are_listed() {
    let lab = Lab::of("both").with("SECRET_CONOHA", "Wrong-password-1");
    let (code, out, err) = run(&lab, "list instances");
    assert_eq!((code, out.lines().count()), (3, 4), "{out}{err}");
    assert!(err.starts_with("vpsdeck: conoha: "), "{err}");
    lab.simulation.add_fault(Fault::new(FaultKind::Unreachable));
    assert_eq!(run(&lab, "list instances --account indigo").0, 4);
}

#[test]
fn operations_are_those_of_the_journal() {
    let lab = Lab::small();
    assert_eq!(run(&lab, "list operations").2, "the journal is empty\n");
    assert_eq!(run(&lab, "start db --yes --wait").0, 0);
    assert_eq!(json(&lab, "list operations")["operations"][0]["verb"], "start");
    assert_eq!(run(&lab, "list operations --output name").1.lines().count(), 1);
}

#[test]
fn completions_know_what_was_seen_quote_it_and_send_nothing() {
    let hostile = "my $(touch pwned) 'q' \"d\"; `x` & *";
    let world = include_str!("../../assets/worlds/both.toml");
    let lab = Lab::of(&format!("{world}\n[[account.instance]]\nname = {hostile:?}\nage = \"1d\"\n"));
    let asked = |words: &[&str]| {
        let words: Vec<&str> = ["__complete", "zsh", "vpsdeck"].iter().chain(words).copied().collect();
        let output = lab.without_terminal(&words);
        assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(asked(&["--account", ""]), ["conoha", "indigo"]);
    assert!(asked(&["stop", ""]).is_empty(), "nothing was seen yet");
    assert_eq!((run(&lab, "list instances").0, run(&lab, "list snapshots").0), (0, 0));
    let sent = lab.simulation.requests().len();
    assert_eq!(asked(&["stop", "v"]), ["v6-only"]);
    assert_eq!(asked(&["stop", "indigo/"]), ["indigo/db", "indigo/v6-only", "indigo/web-01"]);
    assert_eq!(asked(&["stop", "--account", "indigo", "w"]), ["web-01"], "of two, the one that is meant");
    assert_eq!(asked(&["stop", "--account=conoha", "d"]), ["db"]);
    assert!(asked(&["restore", "db", "--from", ""]).contains(&"nightly".to_owned()));
    assert!(asked(&["stop", "--y"]).is_empty() && asked(&["sto"]).is_empty(), "the definition tells those");
    // bash takes what stands on the line then.
    let script = lab.without_terminal(&["completions", "bash"]).stdout;
    std::fs::write(lab.home().join("completions"), script).unwrap();
    let line = "source completions; COMP_WORDS=(\"$0\" stop my); COMP_CWORD=2; _vpsdeck_values \"$0\" my stop\n\
        eval \"set -- ${COMPREPLY[0]}\"; printf '%s' \"$#:$1\"";
    let mut program = lab.program(&[]);
    let binary = program.argv.remove(0);
    let mut bash = std::process::Command::new("bash");
    bash.args(["-c", line]).arg(binary).env_clear().envs(&program.variables).current_dir(&program.folder);
    let output = bash.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), format!("1:{hostile}"), "{output:?}");
    assert!(!lab.home().join("pwned").exists());
    assert_eq!(lab.simulation.requests().len(), sent, "nothing is sent");
}

/// The small world of ConoHa, whose lists come in pages of two.
fn in_pages(links: PageLinks) -> Lab {
    let mut options = Options::world("conoha").unwrap();
    (options.quirks.conoha.page, options.quirks.conoha.page_links) = (2, links);
    let lab = Lab::at(options);
    lab.configure("budget = { per_minute = 0 }", "");
    lab
}

#[test]
fn what_stands_on_a_later_page_is_listed_shown_and_found() {
    let lab = in_pages(PageLinks::Absent);
    let (code, out, err) = run(&lab, "list instances --output name");
    assert_eq!((code, out.as_str()), (0, "conoha/web-01\nconoha/db\nconoha/batch\n"), "{err}");
    assert_eq!(json(&lab, "show batch")["name"], "batch");
    assert_eq!(json(&lab, "list instances").get("cut"), None);
}

#[test]
fn a_list_that_is_cut_says_so_everywhere() {
    let lab = in_pages(PageLinks::Circle);
    let said = "conoha: the list of instances may go on: its pages lead back to one that was read";
    for line in ["list instances", "list instances --output name", "list instances --output json", "cost --output json"]
    {
        let (code, out, err) = run(&lab, line);
        assert_eq!(code, 1, "{line}: {err}");
        assert!(err.contains(said) && out.contains("batch"), "{line}: {err}");
        if line.ends_with("json") {
            let document: Value = serde_json::from_str(&out).unwrap();
            let cut = document["cut"].as_array().unwrap();
            assert!(cut.iter().any(|c| c["list"] == "instances" && c["why"] == "circle"), "{document}");
        }
    }
    let (code, _, err) = run(&lab, "show nobody");
    assert_eq!(code, 2);
    assert!(err.contains(said) && err.contains("there is no nobody among those that could be read"), "{err}");
    let (code, _, err) = run(&lab, "stop nobody --yes");
    assert_eq!(code, 2);
    assert!(err.contains("among those of conoha that could be read"), "{err}");
    let terminal = lab.fleet("batch");
    terminal.wait_for("1 Instances 3+").keys("A").wait_for("not all instances are known");
}

#[test]
fn plans_that_are_listed_by_system_are_asked_for_with_one() {
    let lab = Lab::small();
    let (code, out, err) = run(&lab, "list plans --output name");
    assert_eq!(code, 0, "{err}");
    let mut names: Vec<&str> = out.lines().collect();
    assert!(names.contains(&"indigo/2vCPU2GB40GB"), "{out}");
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all, "each once: {out}");
    let asked: Vec<String> = lab.simulation.requests().into_iter().map(|r| r.path).collect();
    let times = |path: &str| asked.iter().filter(|p| p.ends_with(path)).count();
    assert_eq!((times("/vm/oslist"), times("/vm/getinstancespec")), (1, 2), "{asked:?}");
}

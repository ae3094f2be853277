//! What things cost, two things side by side, and what is protected: by the real binary.

use serde_json::Value;

use super::lab::{Lab, go_to, run};

fn json(lab: &Lab, line: &str) -> Value {
    let (code, out, err) = run(lab, &format!("{line} --output json"));
    assert_eq!(code, 0, "{out}{err}");
    serde_json::from_str(&out).unwrap()
}

fn is_protected(lab: &Lab, name: &str) -> bool {
    let list = json(lab, "list instances");
    let found = list["instances"].as_array().unwrap().iter().find(|i| i["name"] == name).unwrap();
    found["protected"].as_bool().unwrap()
}

#[test]
fn costs_are_shown_and_lead_to_what_costs() {
    let lab = Lab::of("both");
    let terminal = lab.fleet("db");
    terminal.keys("$").wait_line(&["indigo", "prices of 2026-09"]).wait_line(&["conoha", "+"]);
    terminal.wait_line(&["db", "off, billed"]).wait_line(&["nightly", "snapshot", "of db", "?"]);
    terminal.wait_for("free").keys("G").wait_for("Not in it").keys("g").wait_line(&["> ", "off, billed"]);
    // Once all is read: down to the snapshot, and to it.
    terminal
        .wait_line(&["before-upgrade", "snapshot"])
        .keys("jjjj")
        .wait_line(&["> nightly"])
        .keys("<Enter>")
        .wait_gone("AT MOST")
        .wait_line(&[">", "nightly"]);
    assert_eq!(lab.changes_sent(), 0);
}

#[test]
fn an_own_price_counts_everywhere_and_a_mistake_in_it_is_named() {
    let lab = Lab::of("conoha");
    let before = json(&lab, "cost");
    assert_eq!(before["accounts"][0]["at_most"]["yen"], 0, "{before}");
    assert!(before["accounts"][0]["at_most"]["unknown"].as_u64().unwrap() > 0, "{before}");
    let prices = lab.config().with_file_name("prices");
    std::fs::create_dir_all(&prices).unwrap();
    let own = "[plans]\ng-c2m1d100 = { yen_per_month = 900 }\n";
    std::fs::write(prices.join("conoha-v2.toml"), own).unwrap();
    let (code, out, err) = run(&lab, "cost");
    assert_eq!(code, 0, "{err}");
    assert!(out.lines().any(|line| line.contains("g-c2m1d100") && line.ends_with(" 900")), "{out}");
    let terminal = lab.run(&[]);
    terminal.wait_for("JPY 900/mo +").keys("q");
    std::fs::write(prices.join("conoha-v2.toml"), "[plans.x]\nyen = 1\n").unwrap();
    let (code, _, err) = run(&lab, "cost");
    assert_eq!((code, err.contains("conoha-v2.toml:2: [plans.…] yen: unknown key")), (2, true), "{err}");
}

#[test]
fn a_dialog_says_what_a_destruction_saves() {
    let lab = Lab::small();
    let (_, out, err) = run(&lab, "destroy web-01 --dry-run");
    assert!(out.contains("It saves JPY "), "{out}{err}");
}

#[test]
fn two_are_compared_field_by_field() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    terminal.keys("=").wait_for("mark two with Space");
    go_to(&terminal, "db");
    terminal.keys("<Space>").wait_for("1 marked");
    go_to(&terminal, "web-01");
    terminal.keys("<Space>").wait_for("2 marked").keys("=").wait_for("db and web-01").wait_line(&["Status", "|"]);
    terminal.keys("G").wait_line(&["plan_id", "|"]).keys("gd").wait_line(&["Status", "|"]).keys("<Esc>");
    terminal.wait_gone("db and web-01").wait_for("2 marked");
    assert_eq!(lab.changes_sent(), 0);
}

#[test]
fn what_is_protected_here_is_refused_there_until_it_is_unprotected() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    terminal.keys("P").wait_line(&["P>", "db"]).wait_for("db is protected: nothing changes it");
    // Another process knows at once, and so do its snapshots.
    assert!(is_protected(&lab, "db") && !is_protected(&lab, "web-01"));
    for line in [
        "start db --yes",
        "destroy db --confirm db",
        "take-snapshot db --yes",
        "restore db --from nightly --confirm db",
    ] {
        let (code, _, err) = run(&lab, line);
        assert_eq!((code, err.contains("db is protected")), (5, true), "{line}: {err}");
    }
    let (code, _, err) = run(&lab, "delete snapshot nightly --confirm nightly");
    assert_eq!((code, err.contains("vpsdeck unprotect indigo/db")), (5, true), "{err}");
    terminal.keys("s").wait_for("start db: db is protected");
    assert_eq!(lab.changes_sent(), 0);
    // And the other way round: the dashboard sees what a command did.
    let (code, _, err) = run(&lab, "unprotect indigo/db");
    assert_eq!((code, err.contains("--yes answers the question")), (5, true), "{err}");
    let (code, out, _) = run(&lab, "unprotect indigo/db --yes");
    assert_eq!((code, out.as_str()), (0, "instance db in indigo is protected no more\n"));
    terminal.wait_gone("P>").keys("s").wait_for("y yes").keys("y").wait_line(&["start db", "Done"]);
    assert_eq!(lab.effects(), ["start instance 616516"]);
}

#[test]
fn unprotecting_asks_and_firewalls_and_keys_can_be_protected() {
    let lab = Lab::small();
    for (kind, name) in [("firewall", "web"), ("key", "laptop")] {
        let (code, out, err) = run(&lab, &format!("protect {name} --kind {kind}"));
        assert_eq!((code, out.contains(" is protected")), (0, true), "{out}{err}");
    }
    let terminal = lab.fleet("db");
    terminal.keys("3").wait_line(&["P> web"]).keys("D").wait_for("web is protected");
    terminal.keys("P").wait_for("Unprotect web?").keys("n").wait_gone("Unprotect web?").wait_line(&["P> web"]);
    terminal.keys("P").wait_for("Unprotect web?").keys("y").wait_for("web is protected no more").wait_gone("P> web");
    assert_eq!(lab.changes_sent(), 0);
}

#[test]
fn what_the_configuration_protects_is_unprotected_only_there() {
    let lab = Lab::small();
    lab.configure("budget = { per_minute = 0 }", "[safety]\nprotect = [\"d*\"]\n");
    let (code, _, err) = run(&lab, "unprotect db --yes");
    assert_eq!((code, err.contains("[safety] protect in the configuration")), (5, true), "{err}");
    assert!(is_protected(&lab, "db"));
    let terminal = lab.fleet("db");
    terminal.wait_line(&["P>", "db"]).keys("P").wait_for("unprotected only there");
}

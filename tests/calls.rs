//! Every call that was recorded is made by the program, and README.md says where: a scripted session over both providers,
//! its requests as the simulator logged them, and the table in README.md say the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]
#![allow(dead_code, reason = "the lab is shared with other tests")]

#[path = "terminal/lab.rs"]
mod lab;
#[path = "terminal/pty.rs"]
mod pty;

use std::collections::BTreeMap;
use std::path::Path;

use lab::Lab;

/// The heading in README.md below which the tables stand.
const HEADING: &str = "## What is asked of the providers";

/// What the recorded bodies of a call with several meanings must have done.
const VERBS: [(&str, &[&str]); 2] = [
    ("indigo", &["start", "stop", "forcestop", "reset", "destroy"]),
    ("conoha", &["start", "stop", "forcestop", "reboot", "destroy", "take_snapshot"]),
];

/// Runs a command line that must go well; what it printed. Its words are divided by `|`.
fn run(lab: &Lab, line: &str) -> String {
    let output = lab.without_terminal(&line.split('|').map(str::trim).collect::<Vec<_>>());
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert_eq!(output.status.code(), Some(0), "{line}: {said:?}");
    let [out, _] = said;
    out
}

/// Reads, power, snapshots.
fn machines(lab: &Lab) {
    run(lab, "account | check");
    for things in ["instances", "snapshots", "firewalls", "images", "keys", "plans"] {
        run(lab, &format!("list | {things}"));
    }
    run(lab, "cost");
    for account in ["indigo", "conoha"] {
        let at = |name: &str| format!("{account}/{name}");
        run(lab, &format!("stop | {} | --yes | --wait", at("web-01")));
        run(lab, &format!("start | {} | --yes | --wait", at("web-01")));
        run(lab, &format!("reboot | {} | --yes | --wait", at("web-01")));
        run(lab, &format!("force-stop | {} | --confirm | web-01 | --wait", at("web-01")));
        run(lab, &format!("take-snapshot | {} | --name | before | --yes | --wait", at("db")));
        run(lab, &format!("delete | snapshot | {} | --confirm | before | --wait", at("before")));
        run(lab, &format!("destroy | {} | --confirm | web-01 | --wait", at("web-01")));
    }
    run(lab, "restore | indigo/db | --from | nightly | --confirm | db");
}

/// Keys of both kinds.
fn keys(lab: &Lab) {
    std::fs::write(lab.home().join("calls.pub"), include_str!("terminal/key.pub")).unwrap();
    for account in ["indigo", "conoha"] {
        run(lab, &format!("key | add | --account | {account} | --name | calls | calls.pub | --yes"));
    }
    run(lab, "key | deactivate | indigo/calls | --yes");
    run(lab, "delete | key | indigo/calls | --confirm | calls");
    run(lab, "delete | key | conoha/calls | --confirm | calls");
    run(lab, "key | api | create | --account | indigo | --yes");
    let listed: serde_json::Value = serde_json::from_str(&run(lab, "key | api | list | --output | json")).unwrap();
    let made = listed["api_keys"].as_array().unwrap().iter().find(|key| key["in_use"] == false).unwrap();
    let id = made["id"].as_str().unwrap();
    run(lab, &format!("key | api | delete | indigo/{id} | --confirm | {id}"));
}

/// New instances, and firewalls from their making to their end.
fn makes(lab: &Lab) {
    let of = |account: &str, plan: &str, image: &str| {
        let with = format!("--image | {image} | --plan | {plan} | --key | laptop");
        run(lab, &format!("create | --account | {account} | --name | calls | {with} | --yes"));
    };
    of("indigo", "2vCPU2GB40GB", "Debian 12");
    of("conoha", "g-c2m1d100", "vmi-ubuntu-20.04-amd64-100gb");
    for (account, machine) in [("indigo", "v6-only"), ("conoha", "batch")] {
        let firewall = format!("{account}/calls");
        run(lab, &format!("firewall | create | {firewall} | --rule | tcp 22 any | --yes"));
        run(lab, &format!("firewall | add-rule | {firewall} | tcp 443 any | --yes"));
        run(lab, &format!("firewall | remove-rule | {firewall} | tcp 443 any | --yes"));
        run(lab, &format!("firewall | rename | {firewall} | calls-2 | --yes"));
        run(lab, &format!("firewall | create | {account}/spare | --rule | tcp 22 any | --yes"));
        run(lab, &format!("firewall | assign | {account}/calls-2 | {machine} | --confirm | {machine} | --wait"));
        run(lab, &format!("delete | firewall | {account}/spare | --confirm | spare"));
    }
    run(lab, "firewall | detach | conoha/calls-2 | batch | --confirm | batch | --wait");
}

/// What only the dashboard has: graphs and backups in the details, the console, trying a failed snapshot again.
fn looks(lab: &Lab) {
    let terminal = lab.run(&["--account", "conoha", "/batch"]);
    terminal.wait_line(&["> batch", "Running"]).keys("<Enter>");
    for part in ["/rrd/interface", "/rrd/disk", "/rrd/cpu", "/backup"] {
        terminal.wait_that(part, || lab.simulation.requests().iter().any(|request| request.path.ends_with(part)));
    }
    terminal.keys("o").wait_for("the console opens in the browser");
    drop(terminal);
    let terminal = lab.run(&["--account", "indigo", "/v6"]);
    terminal.wait_line(&["> v6-only"]).keys("2").wait_line(&["broken", "Error"]);
    terminal.keys(":retake<Enter>").wait_for("y yes").keys("y").wait_for("retake-snapshot broken: done");
}

/// A path with what names one thing replaced by what it names.
fn normal(path: &str) -> String {
    let hex = |text: &str, most: usize| text.len() == most && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let mut parts: Vec<String> = Vec::new();
    for part in path.split('/') {
        let before = parts.last().map(String::as_str).unwrap_or_default();
        let is_id = hex(part, 36) || (!part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
        parts.push(match (before, part) {
            ("v2", part) if hex(part, 32) => "{tenant}".to_owned(),
            ("os-keypairs", _) => "{name}".to_owned(),
            _ if is_id => "{id}".to_owned(),
            _ => part.to_owned(),
        });
    }
    parts.join("/")
}

/// The calls of README.md by provider, each with the rest of its line.
fn told(readme: &str) -> BTreeMap<(String, String), String> {
    let mut told = BTreeMap::new();
    let mut provider = "";
    let section = readme.split(HEADING).nth(1).unwrap_or_default();
    for line in section.lines() {
        match line {
            _ if line.starts_with("## ") => break,
            _ if line.starts_with("### WebARENA") => provider = "indigo",
            _ if line.starts_with("### ConoHa") => provider = "conoha",
            _ if line.starts_with("| `") => {
                let (call, rest) = line.trim_start_matches("| `").split_once("` |").unwrap();
                let former = told.insert((provider.to_owned(), call.to_owned()), rest.to_owned());
                assert_eq!(former, None, "{call} stands in it twice");
            }
            _ => {}
        }
    }
    told
}

#[test]
fn the_table_of_calls_is_what_a_session_sends() {
    let machine = "image = 25\nage = \"3d\"\nkey = \"laptop\"\nstate = \"stopped\"\n";
    let broken = "\n[[account.instance.snapshot]]\nname = \"broken\"\nage = \"2d\"\nfails = true\n";
    let world = include_str!("../assets/worlds/both.toml").replacen(machine, &format!("{machine}{broken}"), 1);
    let lab = Lab::of(&world).with("BROWSER", "/bin/true");
    machines(&lab);
    keys(&lab);
    makes(&lab);
    looks(&lab);
    run(&lab, "restore | conoha/db | --from | nightly | --confirm | db | --wait");
    let mut sent: BTreeMap<(String, String), bool> = BTreeMap::new();
    for request in lab.simulation.requests() {
        let call = format!("{} {}", request.method, normal(&request.path));
        *sent.entry((request.account, call)).or_default() |= request.status.is_some_and(|s| (200..300).contains(&s));
    }
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let told = told(&readme);
    if !told.keys().eq(sent.keys()) {
        let mut right = String::new();
        for (provider, call) in sent.keys() {
            let rest = told.get(&(provider.clone(), call.clone())).map_or(" ? | ? |", String::as_str);
            right.push_str(&format!("{provider}: | `{call}` |{rest}\n"));
        }
        panic!("README.md should hold these calls and no others:\n{right}");
    }
    // What was recorded was answered well at least once.
    for (call, rest) in told.iter().filter(|(_, rest)| rest.starts_with(" yes ")) {
        assert!(sent[call], "{call:?} was never answered well:{rest}");
    }
    for (account, verbs) in VERBS {
        let done: Vec<String> =
            lab.simulation.effects().into_iter().filter(|e| e.account == account).map(|e| e.verb).collect();
        for verb in verbs {
            assert!(done.iter().any(|d| d == verb), "{account}: {verb} is not among {done:?}");
        }
    }
}

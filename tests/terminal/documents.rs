//! What scripts read: the documents of the command line.

use serde_json::{Value, json};
use vpsdeck::sim::Op;

use super::lab::{Lab, begin, texts};

/// Runs a command line; its exit code, its one document, and what it printed beside.
fn run(lab: &Lab, line: &str) -> (i32, Value, String) {
    let mut words: Vec<&str> = line.split_whitespace().collect();
    words.extend(["--output", "json"]);
    let output = lab.without_terminal(&words);
    let (out, err) = texts(&output);
    let document = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{line}: {error}: {out}{err}"));
    (output.status.code().unwrap(), document, err)
}

#[test]
fn every_list_has_one_shape_and_a_failing_account_stands_in_it() {
    let lab = Lab::of("both").with("SECRET_CONOHA", "Wrong-password-1");
    assert_eq!(run(&lab, "start indigo/db --yes --wait").0, 0);
    let read = [
        ("list instances", "instances"),
        ("list snapshots", "snapshots"),
        ("list firewalls", "firewalls"),
        ("list images", "images"),
        ("list keys", "keys"),
        ("list plans", "plans"),
        ("firewall list", "firewalls"),
        ("key list", "keys"),
        ("cost", "accounts"),
        ("account check", "accounts"),
    ];
    let kept = [
        ("list api-keys", "api_keys"),
        ("key api list", "api_keys"),
        ("list operations", "operations"),
        ("journal", "operations"),
        ("watch", "operations"),
        ("account list", "accounts"),
    ];
    for (line, things) in read.into_iter().chain(kept) {
        let (code, document, err) = run(&lab, line);
        let map = document.as_object().unwrap_or_else(|| panic!("{line}: {document}"));
        let (all, errors) = (map[things].as_array().unwrap(), map["errors"].as_array().unwrap());
        assert!(map.keys().all(|key| [things, "errors", "currency"].contains(&key.as_str())), "{line}: {document}");
        assert!(
            line == "watch" || all.iter().any(|one| one["account"] == "indigo" || one["name"] == "indigo"),
            "{line}"
        );
        if kept.iter().any(|(other, _)| *other == line) {
            assert_eq!((code, errors.len()), (0, 0), "{line}: {err}");
        } else {
            assert_eq!(errors.len(), 1, "{line}: {document}");
            let told = (&errors[0]["account"], &errors[0]["error"], &errors[0]["exit"]);
            assert_eq!(told, (&json!("conoha"), &json!("wrong_credentials"), &json!(code)), "{line}");
            assert!(!errors[0]["reason"].as_str().unwrap().is_empty(), "{line}");
        }
    }
    let (code, document, _) = run(&lab, "account check");
    let usable: Vec<_> = document["accounts"].as_array().unwrap().iter().map(|one| &one["usable"]).collect();
    assert_eq!((code, usable), (3, vec![&json!(true), &json!(false)]));
    let (code, document, _) = run(&lab, "show web-01");
    assert_eq!((code, &document["name"], &document["errors"][0]["account"]), (3, &json!("web-01"), &json!("conoha")));
    for line in ["show nobody", "protect nobody", "stop nobody --yes"] {
        let (code, document, _) = run(&lab, line);
        assert_eq!((code, &document["result"]), (3, &json!("not_read")), "{line}: {document}");
        assert_eq!(document["errors"][0]["error"], "wrong_credentials", "{line}");
    }
}

#[test]
fn what_was_made_is_told_with_its_id_and_its_address() {
    for (world, words) in [
        ("small", "--image Debian_12 --plan 2vCPU2GB40GB --key laptop"),
        ("conoha", "--image vmi-ubuntu-22.04-amd64-100gb --plan g-c2m1d100 --key laptop --firewall default"),
    ] {
        let lab = Lab::of(world);
        let mut line: Vec<String> = vec!["create".into(), "--name".into(), "new".into()];
        line.extend(words.split(' ').map(|word| word.replace('_', " ")));
        line.extend(["--yes", "--wait", "--output", "json"].map(str::to_owned));
        let output = lab.without_terminal(&line.iter().map(String::as_str).collect::<Vec<_>>());
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(0), "{said}");
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        let made = &document["made"][0];
        let (_, list, _) = run(&lab, "list instances");
        let new = list["instances"].as_array().unwrap().iter().find(|one| one["name"] == "new").unwrap();
        assert_eq!((&made["id"], &made["kind"], &made["name"]), (&new["id"], &json!("instance"), &json!("new")));
        assert_eq!((&document["target"]["id"], &made["addresses"]), (&new["id"], &new["addresses"]), "{document}");
        assert_eq!(made["address"], new["addresses"][0]["text"], "{document}");

        let (code, document, err) = run(&lab, "take-snapshot db --name fresh --yes --wait");
        assert_eq!(code, 0, "{err}");
        let (_, list, _) = run(&lab, "list snapshots");
        let fresh = list["snapshots"].as_array().unwrap().iter().find(|one| one["name"] == "fresh").unwrap();
        let made = json!([{ "kind": "snapshot", "id": fresh["id"], "name": "fresh" }]);
        assert_eq!((&document["made"], &document["target"]["name"]), (&made, &json!("db")), "{document}");
    }
}

#[test]
fn a_reason_is_words_with_everything_filled_in() {
    let lab = Lab::slower();
    let stop = begin(&lab, "stop web-01 --yes --wait --output json");
    while lab.changes_sent() == 0 {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    lab.elsewhere(Op::RemoveInstance { instance: "web-01".to_owned() });
    let output = stop.wait_with_output().unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &document["result"]), (Some(1), &json!("failed")), "{document}");
    let reason = json!("web-01 is no longer there.");
    assert_eq!(document["reason"], reason);
    assert_eq!(lab.journal().last().unwrap()["reason"], reason);
    assert_eq!(run(&lab, "journal").1["operations"][0]["reason"], reason);
}

#[test]
fn what_is_so_already_is_said_and_is_no_failure() {
    let lab = Lab::slower();
    for (line, why) in [
        ("start web-01 --yes", "it runs already"),
        ("stop db --yes --dry-run", "it is off already"),
        ("key activate laptop --yes", "it is active already"),
        ("firewall rename web web --yes", "nothing"),
    ] {
        let (code, document, err) = run(&lab, line);
        assert_eq!(
            (code, &document["result"], &document["exit"]),
            (0, &json!("already_so"), &json!(0)),
            "{line}: {err}"
        );
        assert!(document["reason"].as_str().unwrap().contains(why) && err.contains(why), "{line}: {document}");
    }
    assert_eq!(lab.changes_sent(), 0);
    // What is on its way to be otherwise is not so.
    assert_eq!(run(&lab, "stop web-01 --yes").0, 0);
    let (code, document, err) = run(&lab, "start web-01 --yes");
    assert_eq!((code, &document["result"]), (5, &json!("refused")), "{err}");
    assert!(err.contains("stop web-01 is still under way"), "{err}");
}

#[test]
fn protecting_tells_what_stands() {
    let lab = Lab::small();
    let told = |line: &str| {
        let (code, document, _) = run(&lab, line);
        let target = json!({ "kind": "instance", "id": "616516", "name": "db" });
        assert_eq!((&document["account"], &document["target"]), (&json!("indigo"), &target), "{line}: {document}");
        (code, document["result"].clone(), document["protected"].clone())
    };
    assert_eq!(told("protect db"), (0, json!("done"), json!(true)));
    assert_eq!(told("protect db"), (0, json!("already_so"), json!(true)));
    let (code, document, err) = run(&lab, "unprotect db");
    assert_eq!((code, &document["result"], &document["exit"]), (5, &json!("not_confirmed"), &json!(5)), "{err}");
    assert_eq!(told("unprotect db --yes"), (0, json!("done"), json!(false)));
    assert_eq!(told("unprotect db --yes"), (0, json!("already_so"), json!(false)));
}

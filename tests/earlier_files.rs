#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
//! Journals and configurations that earlier versions wrote are read for ever, and mean what they meant. What is in
//! `journals/` was written by real runs against the simulator, `expected.json` by the version that wrote them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::Value;
use vpsdeck::domain::{JournalLine, Monotonic, OpState, Poll, Safety, Timestamp};
use vpsdeck::engine::{self, Engine, Env, Ledger, Msg};
use vpsdeck::settings::Settings;

const JOURNALS: [&str; 3] = ["every-record", "rotated", "newer"];

fn folder(of: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(of)
}

/// The lines that are understood, the file that was rotated away first.
fn lines(journal: &str) -> Vec<JournalLine> {
    let files = ["journal.1.jsonl", "journal.jsonl"].map(|name| folder("journals").join(journal).join(name));
    let text: String = files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

fn ledger(lines: &[JournalLine]) -> Ledger {
    let mut ledger = Ledger::new();
    lines.iter().for_each(|line| ledger.apply(line));
    ledger
}

#[test]
fn journals_of_earlier_versions_tell_what_they_told() {
    for journal in JOURNALS {
        let home = tempfile::tempdir().unwrap();
        let state = home.path().join(".local/state/vpsdeck");
        std::fs::create_dir_all(&state).unwrap();
        for file in std::fs::read_dir(folder("journals").join(journal)).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), state.join(file.file_name())).unwrap();
        }
        let ran = Command::new(env!("CARGO_BIN_EXE_vpsdeck"))
            .args(["journal", "--output", "json"])
            .env_clear()
            .env("HOME", home.path())
            .output()
            .unwrap();
        let told: Value = serde_json::from_slice(&ran.stdout).unwrap();
        let expected = std::fs::read_to_string(folder("journals").join(journal).join("expected.json")).unwrap();
        assert_eq!(told, serde_json::from_str::<Value>(&expected).unwrap(), "{journal}");
        let said = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(said.contains("torn"), journal == "newer", "{said}");
    }
}

/// Name, verb, how far and in which state each is, for a program that has just begun.
fn states(lines: Vec<JournalLine>) -> Vec<String> {
    let mut engine = Engine::new("now".to_owned(), Safety::default(), Poll::default());
    let wall = lines.last().unwrap().at + Duration::from_secs(600);
    engine::update(&mut engine, Msg::Journal(lines), &Env { tick: Monotonic(1_000), wall });
    let state = |state: &OpState| match state {
        OpState::Ended(result) => result.word(),
        OpState::OutcomeUnknown => "outcome unknown",
        OpState::Checking => "next is sent",
        OpState::Watching => "is watched",
        OpState::Settling { .. } => "settles",
        OpState::Turn => "waits for its turn",
        OpState::Halted(_) => "asks",
        other => panic!("{other:?}"),
    };
    let row = |op: &vpsdeck::domain::Operation| {
        let action = &op.action;
        format!(
            "{} {}: {}/{} {}",
            action.verb().name(),
            action.subject().name,
            op.at.min(op.steps.len()),
            op.steps.len(),
            state(&op.state)
        )
    };
    engine.operations().iter().map(row).collect()
}

#[test]
fn operations_of_earlier_versions_are_found_again_in_their_state() {
    let all = states(lines("every-record"));
    assert_eq!(
        all,
        [
            "stop web-01: 2/2 done",
            "start web-01: 2/2 done",
            "take-snapshot batch: 6/6 done",
            "create-firewall shop: 1/1 done",
            "stop web-01: 0/2 failed",
            "take-snapshot web-01: 2/2 done",
            "assign db: 1/1 done",
            "reboot web-01: 0/2 unknown",
            "restore web-01: 6/6 done",
            "stop web-01: 2/2 done",
            "stop batch: 2/2 done",
            "start web-01: 1/2 cancelled",
        ]
    );
    // Cut after each line: whatever the process was at when it was killed.
    let lines = lines("every-record");
    for cut in 1..lines.len() {
        states(lines[..cut].to_vec());
    }
    assert_eq!(states(lines_until_last(&lines, "unsure")).last().unwrap(), "reboot web-01: 0/2 outcome unknown");
    let rotated = states(self::lines("rotated"));
    assert!(rotated.contains(&"restore web-01: 4/6 next is sent".to_owned()), "{rotated:?}");
    assert_eq!(states(self::lines("newer")), ["stop web-01: 2/2 done", "start web-01: 0/2 outcome unknown"]);
}

/// The lines up to the last of this kind.
fn lines_until_last(lines: &[JournalLine], record: &str) -> Vec<JournalLine> {
    let is = |line: &JournalLine| serde_json::to_value(line).unwrap()["record"] == record;
    lines[..=lines.iter().rposition(is).unwrap()].to_vec()
}

#[test]
fn a_ledger_knows_who_carries_on_what_is_protected_and_what_was_confirmed_and_a_line_told_twice_changes_nothing() {
    let every = lines("every-record");
    let once = ledger(&every);
    assert!(once.protected().next().is_none(), "both were unprotected again");
    let restore = once.operations().find(|(_, e)| e.action.verb().name() == "restore").unwrap().1;
    assert_eq!((restore.owner.as_str(), restore.asks, restore.requests), ("1l84isz1dbx83", false, 3));
    let confirmed: Timestamp = serde_json::from_str("\"2026-11-27T18:18:13.906Z\"").unwrap();
    assert_eq!(restore.confirmed, confirmed);
    let rotated = ledger(&lines("rotated"));
    assert_eq!(rotated.protected().map(|(_, name)| name).collect::<Vec<_>>(), ["v6-only"]);
    assert_eq!(rotated.open().map(|(_, entry)| entry.owner.as_str()).collect::<Vec<_>>(), ["1l84isz1dbx83"]);
    for journal in JOURNALS {
        let lines = lines(journal);
        let twice: Vec<JournalLine> = lines.iter().flat_map(|line| [line.clone(), line.clone()]).collect();
        let again = [lines.clone(), lines.clone()].concat();
        for told in [ledger(&twice), ledger(&again)] {
            assert_eq!(told, ledger(&lines), "{journal}");
        }
    }
}

#[test]
fn every_line_of_an_earlier_version_is_written_as_it_was_read() {
    let text = std::fs::read_to_string(folder("journals/every-record/journal.jsonl")).unwrap();
    for line in text.lines() {
        let read: JournalLine = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), line);
    }
}

fn settings(name: &str) -> Settings {
    let file = folder("configurations").join(name);
    Settings::parse(&file, &std::fs::read_to_string(&file).unwrap()).unwrap()
}

#[test]
fn configurations_of_earlier_versions_are_read() {
    let one = settings("one-indigo-account.toml");
    assert_eq!((one.accounts.len(), one.accounts[0].provider.key), (1, "indigo"));
    let conoha = settings("conoha-by-addresses.toml");
    let account = &conoha.accounts[0];
    assert_eq!((account.provider.key, account.region()), ("conoha-v2", Some("tyo1")));
    assert_eq!(account.values["identity"], "http://127.0.0.1:34233/a/conoha/identity/v2.0");
    assert_eq!((conoha.lang.as_deref(), conoha.secret_variables()), (Some("en"), vec!["CONOHA_PASSWORD".to_owned()]));
    let all = settings("every-section.toml");
    let [indigo, conoha] = &all.accounts[..] else { panic!("two accounts") };
    assert!(!indigo.read_only && conoha.read_only && indigo.colour.is_some());
    assert_eq!(indigo.limit.unwrap().per_minute, 6);
    assert!(all.safety.protects("prod-1") && all.safety.protects("db") && !all.safety.protects("web"));
    assert_eq!(all.safety.grace, Duration::from_secs(8));
    assert_eq!((all.watchdogs.len(), all.watchdogs[1].failures), (2, 5));
    assert_eq!((all.watchdogs[0].every, all.watchdogs[1].every), (Duration::from_secs(30), Duration::from_secs(60)));
    assert_eq!(all.commands.iter().map(|own| own.name.as_str()).collect::<Vec<_>>(), ["ping", "logs"]);
    assert_eq!((all.ssh.way.port, all.ssh.only.len()), (Some(2222), 1));
    assert_eq!(all.keys["stop"], ["S"]);
    assert_eq!(all.keys["refresh"], ["ctrl-r", "f2"]);
    assert!(all.address.ask);
}

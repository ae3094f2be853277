//! python-openstackclient beside the program: what both list must be the same.
#![allow(dead_code, clippy::unwrap_used, clippy::panic, reason = "shared by tests, which fail by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

/// The folder of its programs: `VPSDECK_OPENSTACK_CLIENT` names it, or it is where PATH has `openstack`.
pub(crate) fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("VPSDECK_OPENSTACK_CLIENT").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = named.into_iter().chain(std::env::split_paths(&path));
    all.into_iter().find(|folder| folder.join("openstack").is_file())
}

/// The client with an account's variables, `OS_AUTH_URL` and so on.
pub(crate) struct OpenstackClient {
    pub(crate) folder: PathBuf,
    pub(crate) variables: BTreeMap<String, String>,
    pub(crate) home: PathBuf,
}

/// A list of both.
struct Compared {
    /// The client's words for it.
    words: &'static [&'static str],
    /// The program's word.
    list: &'static str,
    /// The columns that must agree, as the client and as the program calls them.
    columns: &'static [(&'static str, &'static str)],
}

const NAMED: &[(&str, &str)] = &[("ID", "id"), ("Name", "name")];

const LISTS: [Compared; 5] = [
    Compared {
        words: &["server", "list", "--no-name-lookup"],
        list: "instances",
        columns: &[("ID", "id"), ("Name", "name"), ("Status", "raw_status")],
    },
    Compared { words: &["image", "list"], list: "images", columns: NAMED },
    Compared { words: &["flavor", "list"], list: "plans", columns: NAMED },
    Compared { words: &["security", "group", "list"], list: "firewalls", columns: NAMED },
    Compared { words: &["keypair", "list"], list: "keys", columns: &[("Name", "name")] },
];

impl OpenstackClient {
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.folder.join(program));
        command.env_clear().env("HOME", &self.home).env("PATH", &self.folder).envs(&self.variables);
        command.current_dir(&self.home);
        command
    }

    /// Runs the client; what it printed.
    #[track_caller]
    pub(crate) fn run(&self, words: &[&str]) -> String {
        let ran = self.command("openstack").args(words).output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        assert!(ran.status.success(), "openstack {}: {out}{err}", words.join(" "));
        out.into_owned()
    }

    /// The same as JSON.
    #[track_caller]
    pub(crate) fn json(&self, words: &[&str]) -> Value {
        let all: Vec<&str> = words.iter().copied().chain(["-f", "json"]).collect();
        let out = self.run(&all);
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }

    /// Compares every list with that of the program, which is asked by `ours`; says what they were.
    #[track_caller]
    pub(crate) fn compare(&self, ours: impl Fn(&str) -> Value) -> String {
        let mut told = String::new();
        for Compared { words, list, columns } in LISTS {
            let theirs = rows(&self.json(words), &columns.iter().map(|(theirs, _)| *theirs).collect::<Vec<_>>());
            let own = rows(&own_rows(&ours(list), list), &columns.iter().map(|(_, own)| *own).collect::<Vec<_>>());
            assert_eq!(theirs, own, "openstack {} and vpsdeck list {list}", words.join(" "));
            told += &format!("{list}: {} the same\n", own.len());
        }
        told
    }
}

/// The list in the program's document. Its status is in the cloud's own words, to which it adds what is under way.
fn own_rows(document: &Value, name: &str) -> Value {
    let mut all = document[name].clone();
    for row in all.as_array_mut().unwrap_or_else(|| panic!("no list: {document}")) {
        if let Some(status) = row["raw_status"].as_str() {
            row["raw_status"] = Value::from(status.split(' ').next().unwrap());
        }
    }
    all
}

/// The rows as a set: neither has an order of its own.
fn rows(list: &Value, columns: &[&str]) -> BTreeSet<Vec<String>> {
    let row = |row: &Value| columns.iter().map(|column| row[*column].as_str().unwrap_or("").to_owned()).collect();
    list.as_array().unwrap().iter().map(row).collect()
}

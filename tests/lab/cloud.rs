//! A home of its own, the account in it, and the real program in that home.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::pty::{Program, Terminal};

/// What the file of the lab says.
pub(crate) struct Surroundings {
    pub(crate) variables: BTreeMap<String, String>,
}

impl Surroundings {
    /// Those of the file that `VPSDECK_LAB` names.
    pub(crate) fn named() -> Option<Self> {
        let file = std::env::var_os("VPSDECK_LAB").filter(|file| !file.is_empty())?;
        let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let pair = |line: &str| {
            let (name, value) = line.trim().trim_start_matches("export ").split_once('=')?;
            Some((name.trim().to_owned(), value.trim().trim_matches(['"', '\'']).to_owned()))
        };
        Some(Self {
            variables: text.lines().filter(|line| !line.trim_start().starts_with('#')).filter_map(pair).collect(),
        })
    }

    pub(crate) fn get(&self, name: &str) -> &str {
        self.variables.get(name).unwrap_or_else(|| panic!("{name} is missing in the lab's file"))
    }

    /// The administrator's name, password and project.
    pub(crate) fn administrator(&self) -> Option<[&str; 3]> {
        let of =
            |end: &str| self.variables.iter().find(|(name, _)| name.ends_with(end)).map(|(_, value)| value.as_str());
        Some([of("ADMIN_USERNAME")?, of("ADMIN_PASSWORD")?, of("ADMIN_PROJECT")?])
    }
}

/// What ran has done and said.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }
}

pub(crate) struct Cloud<'s> {
    pub(crate) surroundings: &'s Surroundings,
    home: TempDir,
    /// What stands before every name that is made.
    prefix: String,
}

pub(crate) fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap())
}

impl<'s> Cloud<'s> {
    pub(crate) fn open(surroundings: &'s Surroundings) -> Self {
        let cloud =
            Self { surroundings, home: tempfile::tempdir().unwrap(), prefix: format!("vd{}", std::process::id()) };
        cloud.configure(surroundings.get("OS_AUTH_URL"));
        cloud
    }

    /// Writes the configuration, with this address of the identity service.
    pub(crate) fn configure(&self, auth_url: &str) {
        let all = [
            ("username", "OS_USERNAME"),
            ("user_domain", "OS_USER_DOMAIN_NAME"),
            ("project", "OS_PROJECT_NAME"),
            ("project_domain", "OS_PROJECT_DOMAIN_NAME"),
            ("region", "OS_REGION_NAME"),
        ];
        let mut config = format!("[[account]]\nname = \"lab\"\nprovider = \"openstack\"\nauth_url = {auth_url:?}\n");
        for (key, name) in all {
            config += &format!("{key} = {:?}\n", self.surroundings.get(name));
        }
        config += "secret = { env = \"SECRET\" }\n[safety]\ngrace = \"0s\"\n";
        std::fs::write(self.home.path().join("config.toml"), config).unwrap();
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// A name of something that is made.
    pub(crate) fn named(&self, name: &str) -> String {
        format!("{}-{name}", self.prefix)
    }

    fn program(&self, words: &[&str]) -> Program {
        let argv = [env!("CARGO_BIN_EXE_vpsdeck"), "--config", "config.toml"].iter().chain(words);
        let home = self.home().to_str().unwrap();
        let variables = [
            ("HOME", home),
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("TZ", "UTC"),
            ("PATH", "/usr/bin:/bin"),
            ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent"),
            ("SECRET", self.surroundings.get("OS_PASSWORD")),
        ];
        Program {
            argv: argv.map(Into::into).collect(),
            variables: variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            folder: self.home().to_path_buf(),
            size: (120, 36),
        }
    }

    /// The dashboard in a terminal.
    pub(crate) fn dashboard(&self, words: &[&str]) -> Terminal {
        Terminal::start(&self.program(words))
    }

    /// Runs a command without a terminal and tells it.
    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        let program = self.program(words);
        let mut command = Command::new(&program.argv[0]);
        command.args(&program.argv[1..]).env_clear().envs(&program.variables).current_dir(&program.folder);
        let ran = command.stdin(Stdio::null()).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let ran = Ran { code: ran.status.code().unwrap_or(-1), out: text(&ran.stdout), err: text(&ran.stderr) };
        println!("  vpsdeck {}  -> {}", words.join(" "), ran.code);
        ran
    }

    /// A list, or what is shown of one thing.
    #[track_caller]
    pub(crate) fn json(&self, words: &[&str]) -> Value {
        let ran = self.run(&[words, &["--output", "json"]].concat());
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        ran.json()
    }

    /// A change that is waited for, and its document. It must be done.
    #[track_caller]
    pub(crate) fn change(&self, words: &[&str]) -> Value {
        let ran = self.run(&[words, &["--yes", "--wait", "--timeout", "5m", "--output", "json"]].concat());
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        let document = ran.json();
        assert_eq!(document["result"], "done", "{document}");
        document
    }

    /// The row of a list with this name, where there is one.
    #[track_caller]
    pub(crate) fn row(&self, list: &str, name: &str) -> Option<Value> {
        let document = self.json(&["list", list]);
        document[list].as_array().unwrap().iter().find(|row| row["name"] == name).cloned()
    }

    /// The same, which must be there.
    #[track_caller]
    pub(crate) fn must_have(&self, list: &str, name: &str) -> Value {
        self.row(list, name).unwrap_or_else(|| panic!("{name} is not among the {list}"))
    }

    /// A public image that fits the smallest plan that fits one, and that plan: their names.
    #[track_caller]
    pub(crate) fn smallest(&self) -> (String, String) {
        let (images, plans) = (self.json(&["list", "images"]), self.json(&["list", "plans"]));
        let number = |row: &Value, at: &str| row.pointer(at).and_then(Value::as_u64).unwrap_or(0);
        let is_public = |row: &&Value| row["raw"]["visibility"] == "public";
        let images = images["images"].as_array().unwrap().iter().filter(is_public);
        let image = images.min_by_key(|row| number(row, "/min_disk_gb")).expect("a public image");
        let needed = number(image, "/raw/min_disk").max(1);
        let fits = |row: &&Value| {
            number(row, "/raw/disk") >= needed && number(row, "/raw/ram") >= number(image, "/raw/min_ram")
        };
        let plans = plans["plans"].as_array().unwrap().iter().filter(fits);
        let plan = plans.min_by_key(|row| number(row, "/raw/disk") << 32 | number(row, "/raw/ram")).expect("a plan");
        let name = |row: &Value| row["name"].as_str().unwrap().to_owned();
        (name(image), name(plan))
    }

    /// Orders a server with this name and waits until it runs; its id.
    #[track_caller]
    pub(crate) fn server(&self, name: &str) -> String {
        let (image, plan) = self.smallest();
        let order = ["create", "--account", "lab", "--name", name, "--image", &image, "--plan", &plan];
        self.change(&order)["made"][0]["id"].as_str().unwrap().to_owned()
    }

    #[track_caller]
    pub(crate) fn destroy(&self, name: &str) {
        self.change(&["destroy", name, "--confirm", name]);
        assert!(self.row("instances", name).is_none(), "{name} is still there");
    }

    /// Takes away what a journey that failed has left. What cannot be taken away is told.
    fn sweep(&self) {
        let ways: [(&str, &[&str]); 4] = [
            ("instances", &["destroy"]),
            ("snapshots", &["delete", "snapshot"]),
            ("firewalls", &["delete", "firewall"]),
            ("keys", &["delete", "key"]),
        ];
        for (list, words) in ways {
            let ran = self.run(&["list", list, "--output", "json"]);
            let Ok(document) = serde_json::from_str::<Value>(&ran.out) else { continue };
            for row in document[list].as_array().into_iter().flatten() {
                let name = row["name"].as_str().unwrap_or_default();
                if name.starts_with(&self.prefix) {
                    let target = format!("lab/{}", row["id"].as_str().unwrap_or(name));
                    let ran = self
                        .run(&[words, &[&target, "--confirm", name, "--yes", "--wait", "--timeout", "2m"]].concat());
                    if ran.code != 0 {
                        println!("  {name} is left: {}", ran.err);
                    }
                }
            }
        }
    }
}

impl Drop for Cloud<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.configure(self.surroundings.get("OS_AUTH_URL"));
            self.sweep();
        }
    }
}

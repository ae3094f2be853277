//! A home of its own, a world of its own, and the program between them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use vpsdeck::sim::{Change, Op, Options, Simulation, WorldFile};

use super::pty::{Program, Terminal};

/// World seconds a real second: a stop takes a bit more than one of ours.
const SPEED: f64 = 60.0;
/// Where what is under way is to be seen: a stop takes five seconds.
pub(crate) const SLOWER: f64 = 15.0;

/// A home and a world.
pub(crate) struct Lab {
    home: TempDir,
    pub(crate) simulation: Simulation,
    variables: BTreeMap<String, String>,
    size: (u16, u16),
}

/// The simulators of all tests run here.
pub(crate) fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap())
}

impl Lab {
    /// Three quiet machines: `db` and `v6-only` are off, `web-01` runs.
    pub(crate) fn small() -> Self {
        Self::of("small")
    }

    /// The same, slower.
    pub(crate) fn slower() -> Self {
        Self::paced("small", SLOWER)
    }

    /// The same at the speed of the world, so that no login ends meanwhile.
    pub(crate) fn unhurried() -> Self {
        Self::paced("small", 1.0)
    }

    /// A world by name or as TOML, in a hurry and without a quota.
    pub(crate) fn of(world: &str) -> Self {
        Self::paced(world, SPEED)
    }

    /// At so many world seconds a real second.
    pub(crate) fn paced(world: &str, speed: f64) -> Self {
        let mut world = WorldFile::named(world).unwrap();
        for account in &mut world.accounts {
            account.quota = 0;
        }
        world.quirks.spike_seconds = 0.0;
        let mut options = Options::of(world);
        options.speed = speed;
        let lab = Self::at(options);
        lab.configure(
            "budget = { per_minute = 0 }",
            "[safety]\ngrace = \"0s\"\n[poll]\nfresh = \"1s\"\nwatch = \"1s\"\n",
        );
        lab
    }

    /// A world as it is, and no configuration yet.
    pub(crate) fn at(options: Options) -> Self {
        let simulation = runtime().block_on(Simulation::start(options, None)).unwrap();
        let home = TempDir::new().unwrap();
        let mut variables: BTreeMap<String, String> = [
            ("HOME", home.path().to_str().unwrap()),
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("TZ", "UTC"),
            ("PATH", "/usr/bin:/bin"),
            ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent"),
            ("VPSDECK_LOG", "trace"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        for account in simulation.accounts() {
            variables.insert(secret_of(&account.name), account.secret);
        }
        Self { home, simulation, variables, size: (80, 24) }
    }

    /// Another size of the screen.
    pub(crate) fn sized(mut self, columns: u16, lines: u16) -> Self {
        self.size = (columns, lines);
        self
    }

    /// One variable more, or another value.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Writes a configuration with all accounts of the world, each with these lines more, and with these sections.
    pub(crate) fn configure(&self, each: &str, sections: &str) {
        let mut text = String::new();
        for account in self.simulation.accounts() {
            let provider = serde_json::to_value(account.provider).unwrap();
            writeln!(text, "[[account]]\nname = {:?}\nprovider = {provider}", account.name).unwrap();
            for (key, value) in account.settings() {
                writeln!(text, "{key} = {value:?}").unwrap();
            }
            writeln!(text, "secret = {{ env = {:?} }}\n{each}", secret_of(&account.name)).unwrap();
        }
        self.write_config(&(text + sections));
    }

    pub(crate) fn write_config(&self, text: &str) {
        std::fs::create_dir_all(self.config().parent().unwrap()).unwrap();
        std::fs::write(self.config(), text).unwrap();
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    pub(crate) fn config(&self) -> PathBuf {
        self.home().join(".config/vpsdeck/config.toml")
    }

    pub(crate) fn state(&self) -> PathBuf {
        self.home().join(".local/state/vpsdeck")
    }

    /// The lines of the journal; none where there is no journal.
    pub(crate) fn journal(&self) -> Vec<serde_json::Value> {
        let text = std::fs::read_to_string(self.state().join("journal.jsonl")).unwrap_or_default();
        // Its last line may be on its way to the disk.
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        whole.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The kinds of the journal's lines, in order.
    pub(crate) fn records(&self) -> Vec<String> {
        self.journal().iter().map(|line| line["record"].as_str().unwrap().to_owned()).collect()
    }

    /// Lets so many seconds pass for the journal, while nobody runs: what it holds happened earlier by as much.
    pub(crate) fn long_ago(&self, seconds: i64) {
        let path = self.state().join("journal.jsonl");
        let mut text = String::new();
        for mut line in self.journal() {
            let moved = |at: &serde_json::Value| {
                let at: jiff::Timestamp = at.as_str().unwrap().parse().unwrap();
                serde_json::Value::from((at - jiff::SignedDuration::from_secs(seconds)).to_string())
            };
            line["at"] = moved(&line["at"]);
            if let Some(at) = line.pointer_mut("/before/at") {
                *at = moved(at);
            }
            writeln!(text, "{line}").unwrap();
        }
        std::fs::write(path, text).unwrap();
    }

    /// A source on this machine that says which address it sees, whatever it is asked.
    pub(crate) fn source(body: &str) -> vpsdeck::sim::address::Source {
        runtime().block_on(vpsdeck::sim::address::Source::start(body)).unwrap()
    }

    /// Every file below the home.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![self.home().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files.sort();
        files
    }

    /// How the binary is started.
    pub(crate) fn program(&self, words: &[&str]) -> Program {
        let argv = std::iter::once(env!("CARGO_BIN_EXE_vpsdeck")).chain(words.iter().copied());
        Program {
            argv: argv.map(Into::into).collect(),
            variables: self.variables.clone(),
            folder: self.home().to_path_buf(),
            size: self.size,
        }
    }

    /// Starts the program in a terminal.
    pub(crate) fn run(&self, words: &[&str]) -> Terminal {
        Terminal::start(&self.program(words))
    }

    /// Starts the dashboard and waits for the fleet, the cursor on the machine named.
    #[track_caller]
    pub(crate) fn fleet(&self, name: &str) -> Terminal {
        let terminal = self.run(&[]);
        terminal.wait_line(&[" db "]).wait_for("► Running");
        go_to(&terminal, name);
        terminal
    }

    /// Runs the program without a terminal.
    pub(crate) fn without_terminal(&self, words: &[&str]) -> Output {
        self.spawn(words).wait_with_output().unwrap()
    }

    /// Begins to run the program without a terminal.
    pub(crate) fn spawn(&self, words: &[&str]) -> Child {
        let program = self.program(words);
        let mut command = Command::new(&program.argv[0]);
        command.args(&program.argv[1..]).env_clear().envs(&program.variables).current_dir(&program.folder);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// What a client's requests really did, as `verb target`.
    pub(crate) fn effects(&self) -> Vec<String> {
        let by_client = |effect: &vpsdeck::sim::Effect| effect.by == vpsdeck::sim::log::Origin::Client;
        self.simulation.effects().iter().filter(|e| by_client(e)).map(|e| format!("{} {}", e.verb, e.target)).collect()
    }

    /// Their verbs alone.
    pub(crate) fn verbs(&self) -> Vec<String> {
        self.effects().iter().map(|e| e.split(' ').next().unwrap().to_owned()).collect()
    }

    /// How many requests changed something or tried to.
    pub(crate) fn changes_sent(&self) -> usize {
        self.changes().len()
    }

    /// Those requests, as `METHOD path`.
    pub(crate) fn changes(&self) -> Vec<String> {
        let is_token = |path: &str| path.ends_with("/accesstokens") || path.ends_with("/tokens");
        let requests = self.simulation.requests().into_iter();
        requests
            .filter(|r| r.method != "GET" && !is_token(&r.path))
            .map(|r| format!("{} {}", r.method, r.path))
            .collect()
    }

    /// How many reads of a list were answered.
    pub(crate) fn reads(&self) -> usize {
        self.simulation.requests().iter().filter(|r| r.method == "GET").count()
    }

    /// Everything that nobody may read anywhere: secrets of accounts, tokens, passwords of consoles.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let mut secrets: Vec<String> = self.simulation.accounts().into_iter().map(|account| account.secret).collect();
        self.simulation.change(|world| {
            for account in &world.accounts {
                secrets.extend(account.tokens.iter().map(|token| token.value.clone()));
                secrets.extend(account.instances.iter().map(|instance| instance.console_password.clone()));
            }
        });
        secrets.retain(|secret| !secret.is_empty());
        secrets
    }

    /// Does something at the web panel.
    pub(crate) fn elsewhere(&self, op: Op) {
        let account = self.simulation.accounts().remove(0).name;
        self.simulation.make(&Change { account, op }).unwrap();
    }
}

/// Moves the cursor of the instances pane to a machine.
#[track_caller]
pub(crate) fn go_to(terminal: &Terminal, name: &str) {
    let at = |lines: &[String], cursor: bool| {
        lines.iter().skip(2).position(|line| line.contains(&format!(" {name} ")) && line.contains('>') == cursor)
    };
    terminal.wait_until(name, |lines| at(lines, true).is_some() || at(lines, false).is_some());
    for _ in 0..200 {
        let lines = terminal.lines();
        if at(&lines, true).is_some() {
            return;
        }
        let (cursor, wanted) = (lines.iter().position(|line| line.contains("> ")), at(&lines, false));
        // Half a frame: the rest is on its way.
        let Some(wanted) = wanted else {
            std::thread::sleep(std::time::Duration::from_millis(20));
            continue;
        };
        let before = cursor;
        terminal.keys(if cursor.is_some_and(|cursor| cursor > wanted + 2) { "k" } else { "j" });
        terminal.wait_until("the cursor moves", |lines| lines.iter().position(|l| l.contains("> ")) != before);
    }
    panic!("the cursor never came to {name}\n{}", terminal.screen());
}

/// The variable that holds an account's secret.
fn secret_of(account: &str) -> String {
    format!("SECRET_{}", account.to_uppercase().replace('-', "_"))
}

/// Permission bits.
pub(crate) fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// What it printed, and what it printed beside.
pub(crate) fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

/// Runs a command line; its exit code, what it printed, and what it printed beside.
pub(crate) fn run(lab: &Lab, line: &str) -> (i32, String, String) {
    let output = lab.without_terminal(&line.split_whitespace().collect::<Vec<_>>());
    let (out, err) = texts(&output);
    assert!(!out.contains('\u{1b}') && !err.contains('\u{1b}'), "{out}{err}");
    (output.status.code().unwrap(), out, err)
}

/// The same as JSON: one document on standard output.
pub(crate) fn json(lab: &Lab, line: &str) -> (i32, Value) {
    let (code, out, err) = run(lab, &format!("{line} --output json"));
    (code, serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}")))
}

pub(crate) fn begin(lab: &Lab, line: &str) -> Child {
    lab.spawn(&line.split_whitespace().collect::<Vec<_>>())
}

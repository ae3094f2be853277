//! The keyring for real: a session bus and a Secret Service (gnome-keyring) of the test's own, in a home of its own.
//! Where they are not installed the test is shown as ignored, not as passed.
#![allow(clippy::disallowed_methods, reason = "it is its own test harness")]

#[path = "harness/mod.rs"]
mod harness;
#[path = "terminal/pty.rs"]
#[allow(dead_code, clippy::unwrap_used, clippy::panic, reason = "shared with the tests of the terminal")]
mod pty;

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Output, Stdio};
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use harness::{Outcome, Test};
use vpsdeck::sim::{Options, Simulation, WorldFile};

const NAME: &str = "a_secret_is_in_the_keyring_and_nowhere_else";
const NEEDED: [(&str, &str); 3] =
    [("dbus-daemon", "dbus-daemon"), ("gnome-keyring-daemon", "gnome-keyring"), ("secret-tool", "libsecret-tools")];

type Error = Box<dyn std::error::Error>;

/// A daemon that ends with the test.
struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn main() -> ExitCode {
    let missing = NEEDED.iter().find(|(program, _)| !is_installed(program));
    let lacking = missing.map(|(_, package)| format!("{package} is not installed"));
    harness::run(&[Test { name: NAME, lacking: lacking.as_deref(), run: Box::new(test) }])
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn test() -> Outcome {
    let home = tempfile::tempdir()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let simulation = runtime.block_on(Simulation::start(Options::world("small")?, None))?;
    let account = simulation.accounts().into_iter().next().ok_or("the world has no account")?;
    let (_bus, address) = session_bus(home.path())?;
    let keyring = keyring(home.path(), &address)?;

    let config = home.path().join("config/vpsdeck/config.toml");
    let add = ["account", "add", "lab", "--client-id", &account.client_id, "--endpoint", &account.url];
    let added = vpsdeck(home.path(), &address, &[&add[..], &["--secret-from-stdin"]].concat(), &account.secret)?;
    let said = text(&added);
    must(added.status.success(), "the account is added and logs in", &said)?;
    must(said.contains("lab: the secret is in the keyring (Secret Service)"), "it is said where it is kept", &said)?;
    must(said.contains("lab  ok"), "it is checked at once", &said)?;

    let found = look_up(home.path(), &address)?;
    must(found.stdout == account.secret.as_bytes(), "the keyring holds the secret", &text(&found))?;

    let list = vpsdeck(home.path(), &address, &["account", "list"], "")?;
    must(text(&list).contains("keyring"), "the list names the keyring", &text(&list))?;
    let check = vpsdeck(home.path(), &address, &["account", "check"], "")?;
    must(check.status.success(), "another process finds the secret again", &text(&check))?;

    must(std::fs::read_to_string(&config)?.contains("name = \"lab\""), "the configuration has the account", "")?;
    for output in [&added, &list, &check] {
        must(!text(output).contains(&account.secret), "no output holds the secret", "")?;
    }
    for folder in ["config", "state", "cache"] {
        holds_no(&home.path().join(folder), account.secret.as_bytes())?;
    }

    let removed = vpsdeck(home.path(), &address, &["account", "remove", "lab", "--yes"], "")?;
    must(text(&removed).contains("lab: its secret is forgotten"), "the secret is forgotten", &text(&removed))?;
    let found = look_up(home.path(), &address)?;
    must(found.stdout.is_empty(), "the keyring holds it no more", "")?;

    let answers = [
        ("Name of the account [indigo]:", "lab"),
        ("the API key", account.client_id.as_str()),
        ("API private key:", account.secret.as_str()),
    ];
    let seen = at_a_terminal(home.path(), &address, &["account", "add", "--endpoint", &account.url], &answers)?;
    must(seen.contains("lab  ok"), "an account is added at a terminal", &seen)?;
    must(!seen.contains(&account.secret), "a secret is asked without echo", "")?;
    let found = look_up(home.path(), &address)?;
    must(found.stdout == account.secret.as_bytes(), "what was typed is in the keyring", &text(&found))?;

    // The article's file has the two crosswise.
    let crosswise = format!("IndigoApiPrivateKey={}\nIndigoApiKey={}\n", account.client_id, account.secret);
    std::fs::write(home.path().join(".webarenaindigo"), crosswise)?;
    let import = ["account", "import", ".webarenaindigo", "--name", "lab", "--replace", "--endpoint", &account.url];
    let asked = [("Exchange the two? [y/N]", "y")];
    let seen = at_a_terminal(home.path(), &address, &import, &asked)?;
    must(seen.contains("lab  ok"), "what was exchanged logs in", &seen)?;
    must(!seen.contains(&account.secret), "no secret is shown", "")?;
    let found = look_up(home.path(), &address)?;
    must(found.stdout == account.secret.as_bytes(), "the private key is the secret", &text(&found))?;
    drop(simulation);
    makes_an_api_key(&runtime, home.path(), &address)?;
    answers_no_more(&runtime, home.path(), &address, &keyring)
}

/// A keyring that waits for somebody who is not there is given up, and holds up no other account.
fn answers_no_more(runtime: &tokio::runtime::Runtime, home: &Path, address: &str, keyring: &Daemon) -> Outcome {
    let mut world = WorldFile::named("small")?;
    world.accounts.iter_mut().for_each(|account| account.quota = 0);
    let simulation = runtime.block_on(Simulation::start(Options::of(world), None))?;
    let account = simulation.accounts().into_iter().next().ok_or("the world has no account")?;
    let secret = home.join("secret");
    std::fs::write(&secret, &account.secret)?;
    let of = |name: &str, secret: &str| {
        let (url, id) = (&account.url, &account.client_id);
        format!(
            "[[account]]\nname = \"{name}\"\nprovider = \"indigo\"\nendpoint = \"{url}\"\nclient_id = \"{id}\"\n{secret}\n"
        )
    };
    let open = of("open", &format!("secret = {{ command = [\"cat\", \"{}\"] }}", secret.display()));
    std::fs::write(home.join("config/vpsdeck/config.toml"), of("lab", "") + &open)?;
    let pid = rustix::process::Pid::from_child(&keyring.0);
    rustix::process::kill_process(pid, rustix::process::Signal::STOP)?;
    for (words, row) in [(&["list", "instances"][..], "open     web-01"), (&["account", "check"][..], "open  ok")] {
        let ran = vpsdeck(home, address, words, "")?;
        let said = text(&ran);
        must(ran.status.code() == Some(3), "it ends with the code of an account without a secret", &said)?;
        must(said.contains(row), "the other account is shown", &said)?;
        must(said.contains("lab: waits for its secret (keyring)"), "it is said what is waited for", &said)?;
        must(said.contains("the keyring did not answer within 10 s"), "it is given up", &said)?;
    }
    rustix::process::kill_process(pid, rustix::process::Signal::CONT)?;
    Ok(())
}

/// A key that is made in the dashboard takes the place of the one that the account logs in with, or is kept beside it.
fn makes_an_api_key(runtime: &tokio::runtime::Runtime, home: &Path, address: &str) -> Outcome {
    let mut world = WorldFile::named("small")?;
    world.accounts.iter_mut().for_each(|account| account.quota = 0);
    world.quirks.spike_seconds = 0.0;
    let simulation = runtime.block_on(Simulation::start(Options::of(world), None))?;
    let account = simulation.accounts().into_iter().next().ok_or("the world has no account")?;
    let add = ["account", "add", "lab", "--client-id", &account.client_id, "--endpoint", &account.url, "--replace"];
    let added = vpsdeck(home, address, &[&add[..], &["--secret-from-stdin"]].concat(), &account.secret)?;
    must(added.status.success(), "the account is there again", &text(&added))?;
    let config = home.join("config/vpsdeck/config.toml");
    let before = std::fs::read_to_string(&config)?;
    std::fs::write(&config, format!("{before}# kept\nbudget = {{ per_minute = 0 }}\n"))?;
    let variables = variables(home, address);
    let variable = |(name, value): (&str, OsString)| (name.to_owned(), value.to_string_lossy().into_owned());
    let mut variables: std::collections::BTreeMap<_, _> = variables.into_iter().map(variable).collect();
    variables.extend([("TERM", "xterm-256color"), ("LANG", "C.UTF-8")].map(|(n, v)| (n.to_owned(), v.to_owned())));
    let program = pty::Program {
        argv: vec![env!("CARGO_BIN_EXE_vpsdeck").into()],
        variables,
        folder: home.to_path_buf(),
        size: (80, 24),
    };
    let made = || {
        let mut made = (String::new(), String::new());
        simulation.change(|world| {
            if let Some(key) = world.accounts[0].api_keys.last() {
                made = (key.key.clone(), key.secret.clone());
            }
        });
        made
    };
    let terminal = pty::Terminal::start(&program);
    terminal.wait_for("web-01").keys("KK").wait_for("In use here");
    terminal.keys("c").wait_for("y yes").keys("y").wait_for("k keep in the keyring");
    terminal.keys("k").wait_for("1  keep it in the keyring, beside").keys("1").wait_for("kept in the keyring");
    let (key, secret) = made();
    let found = look_up_of(home, address, &format!("lab:{key}"))?;
    must(found.stdout == secret.as_bytes(), "the secret is kept beside", &text(&found))?;
    terminal.keys("k").wait_for("2  use it for lab").keys("2").wait_for("lab logs in with it from now on");
    let found = look_up(home, address)?;
    must(found.stdout == secret.as_bytes(), "the account's secret is the new one", &text(&found))?;
    let after = std::fs::read_to_string(&config)?;
    let kept = after.contains("# kept") && after.contains("per_minute = 0");
    must(
        after.contains(&key) && !after.contains(&account.client_id) && kept,
        "the configuration names the key",
        &after,
    )?;
    terminal.keys("\u{1b}").wait_for("Esc once more").keys("\u{1b}").wait_gone("Esc once more");
    terminal.wait_until("the new key is in use", |lines| {
        lines.iter().any(|line| line.contains(&key[..20]) && line.contains("In use here"))
    });
    terminal.keys("qq");
    must(terminal.exit_code() == 0, "the dashboard ends well", &terminal.screen())?;
    for folder in ["config", "state", "cache"] {
        holds_no(&home.join(folder), secret.as_bytes())?;
    }
    let check = vpsdeck(home, address, &["account", "check"], "")?;
    must(check.status.success(), "the account logs in with the new key", &text(&check))
}

/// Adds an account as a person does, at a terminal, and gives back all that stood on it.
fn at_a_terminal(home: &Path, address: &str, words: &[&str], answers: &[(&str, &str)]) -> Result<String, Error> {
    let pair = portable_pty::native_pty_system().openpty(portable_pty::PtySize::default())?;
    let mut program = portable_pty::CommandBuilder::new(env!("CARGO_BIN_EXE_vpsdeck"));
    program.args(words);
    program.cwd(home);
    program.env_clear();
    for (name, value) in variables(home, address) {
        program.env(name, value);
    }
    let mut child = pair.slave.spawn_command(program)?;
    drop(pair.slave);
    // A question that nobody expected would wait for ever.
    let (ended, end) = std::sync::mpsc::channel::<()>();
    let mut killer = child.clone_killer();
    std::thread::spawn(move || {
        if end.recv_timeout(Duration::from_secs(60)).is_err_and(|why| why == RecvTimeoutError::Timeout) {
            let _ = killer.kill();
        }
    });
    let (mut from, mut to) = (pair.master.try_clone_reader()?, pair.master.take_writer()?);
    let (mut seen, mut answered, mut chunk) = (String::new(), 0, [0; 1024]);
    // The terminal ends with the program, as an error or as nothing more to read.
    while let Ok(count @ 1..) = from.read(&mut chunk) {
        seen.push_str(&String::from_utf8_lossy(&chunk[..count]));
        if let Some((question, answer)) = answers.get(answered)
            && seen.contains(question)
        {
            to.write_all(format!("{answer}\r").as_bytes())?;
            answered += 1;
        }
    }
    let status = child.wait()?;
    drop(ended);
    must(status.success(), "the program ends well", &seen)?;
    Ok(seen)
}

/// Starts a session bus; it says its address once it listens. It starts no service by itself: a Secret Service that
/// the system would start is not ours.
fn session_bus(home: &Path) -> Result<(Daemon, String), Error> {
    let config = home.join("bus.conf");
    let policy = "<allow send_destination='*' eavesdrop='true'/><allow eavesdrop='true'/><allow own='*'/>";
    let listen = format!("<listen>unix:dir={}</listen>", home.display());
    std::fs::write(
        &config,
        format!("<busconfig><type>session</type>{listen}<policy context='default'>{policy}</policy></busconfig>"),
    )?;
    let mut bus = Command::new("dbus-daemon");
    bus.arg(format!("--config-file={}", config.display())).args(["--nofork", "--print-address"]);
    bus.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut bus = Daemon(surroundings(&mut bus, home, "").spawn()?);
    let mut address = String::new();
    BufReader::new(bus.0.stdout.take().ok_or("no output of the bus")?).read_line(&mut address)?;
    must(address.starts_with("unix:"), "the bus says its address", &address)?;
    Ok((bus, address.trim().to_owned()))
}

/// Starts a Secret Service whose keyring is open, and waits until it is on the bus.
fn keyring(home: &Path, address: &str) -> Result<Daemon, Error> {
    let mut daemon = Command::new("gnome-keyring-daemon");
    daemon.args(["--foreground", "--components=secrets", "--unlock"]);
    daemon.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut daemon = Daemon(surroundings(&mut daemon, home, address).spawn()?);
    daemon.0.stdin.take().ok_or("no input of the keyring")?.write_all(b"password of the test's own keyring")?;
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        let found = look_up(home, address)?;
        if found.stderr.is_empty() {
            return Ok(daemon);
        }
        must(Instant::now() < end, "the keyring is there within 30 s", &text(&found))?;
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What another program finds in the keyring under the account's name.
fn look_up(home: &Path, address: &str) -> std::io::Result<Output> {
    look_up_of(home, address, "lab")
}

fn look_up_of(home: &Path, address: &str, user: &str) -> std::io::Result<Output> {
    let mut look_up = Command::new("secret-tool");
    look_up.args(["lookup", "service", "vpsdeck", "username", user]);
    surroundings(&mut look_up, home, address).output()
}

fn vpsdeck(home: &Path, address: &str, words: &[&str], stdin: &str) -> std::io::Result<Output> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_vpsdeck"));
    program.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = surroundings(&mut program, home, address).spawn()?;
    if let Some(mut to) = child.stdin.take() {
        // A program that asks for nothing may be gone already.
        let _ = to.write_all(stdin.as_bytes());
    }
    child.wait_with_output()
}

/// Nothing of the real home and the real bus.
fn surroundings<'a>(command: &'a mut Command, home: &Path, address: &str) -> &'a mut Command {
    // The daemons want their folder to be there.
    let _ = std::fs::create_dir_all(home.join("run"));
    command.env_clear().envs(variables(home, address))
}

fn variables(home: &Path, address: &str) -> Vec<(&'static str, OsString)> {
    vec![
        ("PATH", std::env::var_os("PATH").unwrap_or_default()),
        ("HOME", home.into()),
        ("XDG_RUNTIME_DIR", home.join("run").into()),
        ("XDG_CONFIG_HOME", home.join("config").into()),
        ("XDG_STATE_HOME", home.join("state").into()),
        ("XDG_CACHE_HOME", home.join("cache").into()),
        ("XDG_DATA_HOME", home.join("data").into()),
        ("DBUS_SESSION_BUS_ADDRESS", address.into()),
    ]
}

fn holds_no(folder: &Path, secret: &[u8]) -> Outcome {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            holds_no(&path, secret)?;
            continue;
        }
        let mut content = Vec::new();
        std::fs::File::open(&path)?.read_to_end(&mut content)?;
        let found = content.windows(secret.len()).any(|window| window == secret);
        must(!found, "no file holds the secret", &path.display().to_string())?;
    }
    Ok(())
}

fn must(holds: bool, what: &str, seen: &str) -> Outcome {
    if holds { Ok(()) } else { Err(format!("it does not hold that {what}. Seen:\n{seen}").into()) }
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

//! The figures of README.md, measured on the real binary in a pseudo-terminal: `cargo bench --bench figures`.
//!
//! Beside it a bare ratatui list of the same height, which is this very program called with `--bare N`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measuring program: it ends where something is wrong, and it prints"
)]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vpsdeck::sim::{Options, Simulation, WorldFile};

const SIZE: (u16, u16) = (120, 36);

fn main() {
    let mut args = std::env::args().skip(1);
    if args.next().as_deref() == Some("--bare") {
        bare(args.next().and_then(|n| n.parse().ok()).unwrap_or(1000));
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    println!("| figure | measured |\n| --- | --- |");
    for count in [100, 1_000, 10_000] {
        runtime.block_on(fleet(count));
    }
    runtime.block_on(quota());
}

/// A program in a terminal of its own, and what it shows.
struct Shown {
    child: Box<dyn Child + Send + Sync>,
    pid: u32,
    input: Box<dyn Write + Send>,
    _master: Box<dyn MasterPty + Send>,
    seen: Arc<Mutex<Seen>>,
}

struct Seen {
    parser: vt100::Parser,
    bytes: usize,
    last: Instant,
}

impl Shown {
    fn start(program: &Path, args: &[&str], env: &[(&str, String)]) -> Self {
        let size = PtySize { rows: SIZE.1, cols: SIZE.0, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        command.cwd("/");
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("TZ", "UTC"), ("HOME", "/nonexistent")]
        {
            command.env(name, value);
        }
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let pid = child.process_id().unwrap();
        let mut output = pair.master.try_clone_reader().unwrap();
        let cells = |n| std::num::NonZero::new(n).unwrap();
        let parser = vt100::Parser::new(cells(SIZE.1), cells(SIZE.0), 0);
        let seen = Arc::new(Mutex::new(Seen { parser, bytes: 0, last: Instant::now() }));
        let (input, answers) = (pair.master.take_writer().unwrap(), Arc::clone(&seen));
        let input = Arc::new(Mutex::new(input));
        let reply = Arc::clone(&input);
        std::thread::spawn(move || {
            let mut chunk = [0; 65_536];
            while let Ok(n @ 1..) = output.read(&mut chunk) {
                let mut seen = answers.lock().unwrap();
                seen.parser.process(&chunk[..n]);
                seen.bytes += n;
                seen.last = Instant::now();
                // The program asks where the cursor is, to learn how wide its glyphs are drawn.
                if chunk[..n].windows(4).any(|w| w == b"\x1b[6n") {
                    let (row, column) = seen.parser.screen().cursor_position();
                    let answer = format!("\x1b[{};{}R", row + 1, column + 1);
                    reply.lock().unwrap().write_all(answer.as_bytes()).unwrap();
                }
            }
        });
        Self { child, pid, input: Box::new(Shared(input)), _master: pair.master, seen }
    }

    fn screen(&self) -> String {
        self.seen.lock().unwrap().parser.screen().contents()
    }

    fn bytes(&self) -> usize {
        self.seen.lock().unwrap().bytes
    }

    fn wait(&self, text: &str) {
        let begun = Instant::now();
        while !self.screen().contains(text) {
            assert!(begun.elapsed() < Duration::from_secs(60), "{text:?} never came:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Waits until nothing was written for so long.
    fn quiet(&self, long: Duration) {
        while self.seen.lock().unwrap().last.elapsed() < long {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn keys(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
    }

    /// Processor time of all its threads, from the scheduler, in milliseconds.
    fn cpu(&self) -> f64 {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.pid)).unwrap();
        let nanos: f64 = tasks
            .filter_map(|t| std::fs::read_to_string(t.ok()?.path().join("schedstat")).ok())
            .filter_map(|s| s.split_whitespace().next()?.parse::<f64>().ok())
            .sum();
        nanos / 1e6
    }

    /// Resident memory in MiB.
    fn resident(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid)).unwrap();
        let line = status.lines().find(|l| l.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
    }

    /// The median time from a key to the first change of the screen, in milliseconds.
    fn key_to_screen(&mut self, times: usize) -> f64 {
        let mut took = Vec::new();
        for i in 0..times {
            self.quiet(Duration::from_millis(30));
            let before = self.bytes();
            let begun = Instant::now();
            self.keys(if i % 2 == 0 { "j" } else { "k" });
            while self.bytes() == before && begun.elapsed() < Duration::from_secs(1) {
                std::hint::spin_loop();
            }
            took.push(begun.elapsed().as_secs_f64() * 1e3);
        }
        took.sort_by(f64::total_cmp);
        took[times / 2]
    }

    /// How long 500 keys at once take until the last is shown, in milliseconds.
    fn flood(&mut self) -> f64 {
        self.quiet(Duration::from_millis(100));
        let begun = Instant::now();
        self.keys(&"j".repeat(500));
        while self.seen.lock().unwrap().last < begun && begun.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_micros(100));
        }
        self.quiet(Duration::from_millis(60));
        let last = self.seen.lock().unwrap().last;
        last.duration_since(begun).as_secs_f64() * 1e3
    }

    fn end(mut self) {
        self.keys("q");
        let begun = Instant::now();
        while self.child.try_wait().unwrap().is_none() && begun.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = self.child.kill();
    }
}

struct Shared(Arc<Mutex<Box<dyn Write + Send>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        self.0.lock().unwrap().flush()
    }
}

const VPSDECK: &str = env!("CARGO_BIN_EXE_vpsdeck");

fn configured(home: &Path, simulation: &Simulation, budget: &str) -> Vec<(&'static str, String)> {
    let account = &simulation.accounts()[0];
    let config = home.join("config.toml");
    let text = format!(
        "[[account]]\nname = \"bench\"\nprovider = \"indigo\"\nendpoint = {:?}\nclient_id = {:?}\n\
         secret = {{ env = \"BENCH_SECRET\" }}\nbudget = {budget}\n",
        account.url, account.client_id
    );
    std::fs::write(&config, text).unwrap();
    vec![
        ("VPSDECK_CONFIG", config.display().to_string()),
        ("VPSDECK_STATE_DIR", home.join("state").display().to_string()),
        ("VPSDECK_CACHE_DIR", home.join("cache").display().to_string()),
        ("BENCH_SECRET", account.secret.clone()),
    ]
}

fn row(what: &str, measured: &str) {
    println!("| {what} | {measured} |");
}

fn world(count: usize, speed: f64) -> Options {
    let text = format!(
        "about = \"a fleet\"\nspeed = {speed}\n[quirks]\nspike_seconds = 0.0\n[[account]]\nname = \"bench\"\n\
         client_id = \"AKbenchbenchbenchbenchbenchbench1\"\nsecret = \"benchsecret00001\"\nquota = 0\ninstance_limit = 20000\ngenerate = {count}\n"
    );
    Options::of(WorldFile::from_toml(&text).unwrap())
}

async fn fleet(count: usize) {
    let simulation = Simulation::start(world(count, 1.0), None).await.unwrap();
    let home = tempfile::tempdir().unwrap();
    let env = configured(home.path(), &simulation, "{ per_minute = 0 }");
    tokio::task::spawn_blocking(move || {
        // The first run fills the disk, the second starts from it.
        let first = Shown::start(Path::new(VPSDECK), &[], &env);
        first.wait(&format!("{count}"));
        first.quiet(Duration::from_secs(2));
        first.end();
        let mut second = Shown::start(Path::new(VPSDECK), &[], &env);
        second.wait("Running");
        row(
            &format!("processor time from start to the first frame, {count} instances"),
            &format!("{:.0} ms", second.cpu()),
        );
        second.quiet(Duration::from_secs(2));
        let own = second.key_to_screen(60);
        let own_flood = second.flood();
        let mut bare = Shown::start(&std::env::current_exe().unwrap(), &["--bare", &count.to_string()], &[]);
        bare.wait("row 1");
        let list = bare.key_to_screen(60);
        let list_flood = bare.flood();
        bare.end();
        row(&format!("key to changed screen, {count} instances"), &format!("{own:.2} ms (a bare list: {list:.2} ms)"));
        row(
            &format!("500 keys at once, {count} instances"),
            &format!("{own_flood:.0} ms (a bare list: {list_flood:.0} ms)"),
        );
        row(&format!("resident memory, {count} instances"), &format!("{:.0} MiB", second.resident()));
        if count == 1_000 {
            second.quiet(Duration::from_secs(2));
            let (bytes, cpu) = (second.bytes(), second.cpu());
            std::thread::sleep(Duration::from_secs(60));
            row("written in an idle minute, polled every 5 s", &format!("{} bytes", second.bytes() - bytes));
            row("processor time in that minute", &format!("{:.0} ms", second.cpu() - cpu));
        }
        second.end();
    })
    .await
    .unwrap();
}

/// Ten minutes under the real quota, in real time, and what a confirmed stop waited.
async fn quota() {
    let simulation = Simulation::start(Options::world("small").unwrap(), None).await.unwrap();
    let home = tempfile::tempdir().unwrap();
    let env = configured(home.path(), &simulation, "{ per_minute = 6, spacing_ms = 500 }");
    let log = simulation.clone();
    tokio::task::spawn_blocking(move || {
        let mut shown = Shown::start(Path::new(VPSDECK), &["/web-01"], &env);
        shown.wait("Running");
        let begun = Instant::now();
        std::thread::sleep(Duration::from_secs(300));
        shown.keys("x");
        shown.wait("y yes");
        let confirmed = Instant::now();
        shown.keys("y");
        let sent = |r: &vpsdeck::sim::Logged| r.path.ends_with("statusupdate");
        while !log.requests().iter().any(sent) {
            std::thread::sleep(Duration::from_millis(2));
        }
        let waited = confirmed.elapsed().as_secs_f64();
        std::thread::sleep(Duration::from_secs(600).saturating_sub(begun.elapsed()));
        let requests = log.requests();
        let refused = requests.iter().filter(|r| r.status == Some(429)).count();
        row("requests in ten minutes under 6 a minute", &format!("{}, of them refused: {refused}", requests.len()));
        row("a confirmed stop waited", &format!("{waited:.1} s"));
        shown.end();
    })
    .await
    .unwrap();
}

/// A list and nothing else.
fn bare(count: usize) {
    use crossterm::event::{Event, KeyCode, read};
    use ratatui::widgets::{List, ListState};
    let rows: Vec<String> = (1..=count).map(|i| format!("row {i}   Running   bench   203.0.113.7   12d")).collect();
    let mut terminal = ratatui::init();
    let mut state = ListState::default().with_selected(Some(0));
    loop {
        let list = List::new(rows.iter().map(String::as_str)).highlight_symbol("> ");
        terminal.draw(|frame| frame.render_stateful_widget(list, frame.area(), &mut state)).unwrap();
        if let Event::Key(key) = read().unwrap() {
            match key.code {
                KeyCode::Char('j') => state.select_next(),
                KeyCode::Char('k') => state.select_previous(),
                _ => break,
            }
        }
    }
    ratatui::restore();
}

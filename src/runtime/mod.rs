//! Where things happen: the loop, the tasks that carry out effects, the journal, the log, the terminal. The only layer
//! that knows all others.

mod accounts;
pub mod allow;
mod away;
mod browser;
pub mod cache;
mod clock;
mod colours;
pub mod decide;
mod decoder;
mod demo;
mod document;
mod duty;
pub(crate) mod english;
pub mod given;
pub mod headless;
mod hook;
mod input;
pub(crate) mod journal;
mod journal_watch;
pub mod keep;
pub mod key_wish;
pub mod local_keys;
mod log;
pub mod look_back;
mod notify;
pub mod ordering;
pub mod own_address;
mod probe;
mod program;
mod run;
mod screen;
pub mod session;
mod signals;
pub mod target;
mod tasks;
mod terminal;
pub mod verb;
mod waits;

pub use away::edit_text;

use std::io::IsTerminal as _;
use std::sync::Arc;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::app::tables::commands::Keymap;
use crate::app::tables::pane::Pane;
use crate::app::{self, App};
use crate::cli::{self, Dashboard, args, exit};
use crate::domain::{Phrase, Poll, Ssh};
use crate::engine::Engine;
use crate::provider::PROVIDERS;
use crate::settings::{ConfigError, Environment, Settings};
use crate::words::{Clock, Language, Words};

use self::cache::Cache;
use self::journal::Journal;
use self::run::Happened;
use self::tasks::Tasks;

enum Ended {
    Quit,
    StartDemo,
}

/// Runs the dashboard and says how it went by its exit code.
#[must_use]
pub fn dashboard(asked: &Dashboard) -> u8 {
    let env = match cli::environment(&asked.global) {
        Ok(env) => env,
        Err(code) => return code,
    };
    let settings = if asked.demo { Ok(Settings::default()) } else { Settings::load(&env) };
    let (mut settings, configured) = match settings {
        Ok(settings) => {
            let configured = asked.demo || !settings.accounts.is_empty();
            (settings, configured)
        }
        Err(ConfigError::Missing(_)) if !env.config_named => (Settings::default(), false),
        Err(error) => return cli::refuse(&error.to_string()),
    };
    if let Err(error) = settings.keep_only(if asked.demo { &[] } else { &asked.global.accounts }) {
        return cli::refuse(&error.to_string());
    }
    let keymap = match keymap(&settings, &env.config.display().to_string()) {
        Ok(keymap) => keymap,
        Err(said) => return cli::refuse(&said),
    };
    if !(std::io::stdout().is_terminal() && std::io::stdin().is_terminal()) {
        return no_terminal(configured);
    }
    let (to, mut signals) = unbounded_channel();
    if !asked.demo {
        start_log(&env, to.clone());
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return cli::refuse(&error.to_string()),
    };
    let code = runtime.block_on(async {
        // From here on a signal ends it in order, and never between taking the terminal and giving it back.
        match signals::hear(&to) {
            Ok(()) => shown(asked, &env, &settings, &keymap, configured, &mut signals).await,
            Err(error) => cli::refuse(&error.to_string()),
        }
    });
    // What is under way is in the journal; a request that hangs must not hold the program.
    runtime.shutdown_timeout(std::time::Duration::from_millis(100));
    code
}

/// Opens the log. What it cannot write is told on the screen.
fn start_log(env: &Environment, to: UnboundedSender<Happened>) {
    log::start(env, move |error| {
        let what = Phrase::new("log.not-written").with("said", error.to_string());
        let _ = to.send(Happened::App(app::Msg::Tell { what, bad: true }));
    });
}

/// Takes the terminal, runs until the end, and gives it back.
async fn shown(
    asked: &Dashboard,
    env: &Environment,
    settings: &Settings,
    keymap: &Keymap,
    configured: bool,
    signals: &mut UnboundedReceiver<Happened>,
) -> u8 {
    let mut terminal = match terminal::Terminal::take(env, asked.global.ascii, settings.theme) {
        Ok(terminal) => terminal,
        Err(error) => return cli::refuse(&format!("the terminal cannot be used: {error}")),
    };
    let mut is_demo = asked.demo;
    loop {
        let result = if is_demo {
            run_demo(asked, env, keymap, &mut terminal, signals).await
        } else {
            run_accounts(asked, env, settings, keymap, configured, &mut terminal, signals).await
        };
        match result {
            Ok(Ended::StartDemo) => is_demo = true,
            Ok(Ended::Quit) => return exit::DONE,
            Err(error) => {
                terminal.give_back();
                return cli::refuse(&format!("{error}"));
            }
        }
    }
}

async fn run_accounts(
    asked: &Dashboard,
    env: &Environment,
    settings: &Settings,
    keymap: &Keymap,
    configured: bool,
    terminal: &mut terminal::Terminal,
    signals: &mut UnboundedReceiver<Happened>,
) -> color_eyre::Result<Ended> {
    let read_only = asked.global.read_only;
    let cache = Cache::below(&env.cache_dir);
    let journal = journal::JournalFile::below(&env.state_dir);
    let mut tasks = Tasks::new(Journal::file(journal.clone()), Some(cache.clone()));
    let engine = Engine::new(clock::process(), settings.safety.clone(), settings.poll);
    let mut app = begin(asked, engine, keymap, terminal, configured);
    app.ssh = at_home(settings.ssh.clone(), env);
    let (mut first, mut secrets) = (Vec::new(), away::Secrets::new());
    for account in &settings.accounts {
        let secret = account.secret(env).beside_dashboard();
        secrets.insert(account.name.clone(), secret.clone());
        let api = account.open_with(secret, env).map_err(|said| color_eyre::eyre::eyre!(said))?;
        tasks.open(&account.name, api);
        first.push(crate::engine::Msg::AccountAdded(account.account(read_only)));
        for (list, collection, read_at) in cache.load(&account.name) {
            first.push(crate::engine::Msg::Kept { account: account.name.clone(), list, collection, read_at });
        }
    }
    first.extend(logged_in_from(env));
    let adding = accounts::Adding { env: env.clone(), read_only };
    let writable = settings.accounts.iter().filter(|a| !a.account(read_only).read_only);
    let accounts = writable.map(|a| a.name.clone()).collect();
    let journal_watch = journal_watch::JournalWatch::new(&env.state_dir, journal, accounts, read_only);
    let duty = duty::Duty::new(&env.state_dir, settings.watchdogs.clone(), read_only);
    let tmux = env.variable("TMUX").is_some_and(|tmux| !tmux.is_empty());
    let notifier = notify::Notifier::new(settings.notify.clone(), settings.secret_variables(), tmux, clock::now().tick);
    run::run(
        app,
        first,
        tasks,
        terminal,
        signals,
        run::Beside {
            adding: Some(adding),
            journal: Some(journal_watch),
            duty: Some(duty),
            demo: None,
            notifier: Some(notifier),
            address: settings.address.clone(),
            without: settings.secret_variables(),
            secrets,
        },
        env.clone(),
    )
    .await
}

async fn run_demo(
    asked: &Dashboard,
    env: &Environment,
    keymap: &Keymap,
    terminal: &mut terminal::Terminal,
    signals: &mut UnboundedReceiver<Happened>,
) -> color_eyre::Result<Ended> {
    let demo = demo::Demo::start().await?;
    let mut tasks = Tasks::new(Journal::in_memory(), None);
    tasks.probe_within(demo.simulation());
    let safety = crate::domain::Safety::default();
    let mut app = begin(asked, Engine::new(clock::process(), safety, Poll::default()), keymap, terminal, true);
    app.demo = true;
    let mut first = Vec::new();
    for (account, api) in demo.accounts(asked.global.read_only)? {
        tasks.open(&account.name, api);
        first.push(crate::engine::Msg::AccountAdded(account));
    }
    first.extend(logged_in_from(env));
    let beside = run::Beside { address: demo.address_sources(), demo: Some(demo), ..run::Beside::default() };
    run::run(app, first, tasks, terminal, signals, beside, env.clone()).await
}

/// Where the person is logged in from, where that is told.
fn logged_in_from(env: &Environment) -> Option<crate::engine::Msg> {
    own_address::from_environment(env).map(|own| crate::engine::Msg::OwnAddress(vec![own]))
}

fn begin(asked: &Dashboard, engine: Engine, keymap: &Keymap, terminal: &terminal::Terminal, configured: bool) -> App {
    let zone = jiff::tz::TimeZone::system();
    let brought: Vec<_> = PROVIDERS.iter().map(|p| p.phrases).collect();
    let words = Words::new(Language::English, &brought, Clock::new(zone));
    App::new(app::Start {
        engine,
        keymap: keymap.clone(),
        words: Arc::new(words),
        size: terminal.size(),
        pane: asked.pane.map_or(Pane::Instances, |pane| match pane {
            args::Pane::Instances => Pane::Instances,
            args::Pane::Snapshots => Pane::Snapshots,
            args::Pane::Firewalls => Pane::Firewalls,
            args::Pane::Images => Pane::Images,
            args::Pane::Operations => Pane::Operations,
        }),
        filter: asked.filter.clone(),
        demo: asked.demo,
        configured,
        forms: accounts::forms(),
        now: clock::now(),
    })
}

/// The keys, with the commands of the person's own.
fn keymap(settings: &Settings, file: &str) -> Result<Keymap, String> {
    let rebound = settings.keys.iter().map(|(name, keys)| (name.as_str(), keys.iter().map(String::as_str).collect()));
    let keymap = Keymap::new(rebound).map_err(|error| format!("{file}: {error}"))?;
    keymap.with_own(&settings.commands).map_err(|mistake| format!("{file}:{mistake}"))
}

/// The files of keys where they are: no shell reads the tilde.
fn at_home(mut ssh: Ssh, env: &Environment) -> Ssh {
    let Some(home) = env.variable("HOME") else { return ssh };
    let ways = std::iter::once(&mut ssh.way).chain(ssh.only.iter_mut().map(|only| &mut only.way));
    for key in ways.filter_map(|way| way.key.as_mut()) {
        if let Some(below) = key.strip_prefix("~/") {
            *key = format!("{home}/{below}");
        }
    }
    ssh
}

/// Without a terminal the same is offered in lines.
fn no_terminal(configured: bool) -> u8 {
    let mut lines = vec!["the dashboard needs a terminal on standard input and output"];
    if !configured {
        lines.push("there is no configuration yet; what to do:");
        lines.push("  vpsdeck --demo                          look round the demo");
        lines.push("  vpsdeck account add --provider indigo   add an account");
        lines.push("  vpsdeck account import FILE             take over the env file of an API key");
    }
    cli::refuse(&lines.join("\n"))
}

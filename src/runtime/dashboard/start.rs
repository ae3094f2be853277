//! Begins the dashboard: reads the configuration, hears signals, takes the terminal, and runs it over the accounts or the
//! demo until it ends.

use std::io::IsTerminal as _;
use std::sync::Arc;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::app::tables::commands::Keymap;
use crate::app::tables::pane::Pane;
use crate::app::{self, App};
use crate::domain::{Phrase, Poll, Safety, Ssh, text};
use crate::engine::{self, Engine};
use crate::runtime::cache::Cache;
use crate::runtime::dashboard::accounts::{self, Adding};
use crate::runtime::dashboard::demo::Demo;
use crate::runtime::dashboard::ending;
use crate::runtime::dashboard::event::DashboardEvent;
use crate::runtime::dashboard::notify::Notifier;
use crate::runtime::dashboard::run::{self, Beside, Ended};
use crate::runtime::dashboard::terminal::Terminal;
use crate::runtime::driver::Driver;
use crate::runtime::event::{Event, Events, Signal};
use crate::runtime::external_program::Secrets;
use crate::runtime::journal::{Journal, JournalFile};
use crate::runtime::journal_watch::JournalWatch;
use crate::runtime::tasks::Tasks;
use crate::runtime::watchdog_lease::WatchdogLease;
use crate::runtime::{clock, log, own_address, signals};
use crate::settings::{Environment, Settings};
use crate::words::{Clock, Language, Words};

const SIGNALS: [Signal; 6] =
    [Signal::Terminate, Signal::Hangup, Signal::Interrupt, Signal::Suspend, Signal::Continue, Signal::Resize];

/// Where the dashboard begins, and what holds for it.
#[derive(Debug, Clone)]
pub struct DashboardOptions {
    /// The pane in focus, by its name.
    pub pane: Option<&'static str>,
    /// The filter to begin with, without its slash.
    pub filter: Option<String>,
    /// Over the simulator, with no account, no network and no file.
    pub demo: bool,
    /// The accounts to open; all where none is named.
    pub accounts: Vec<String>,
    pub read_only: bool,
    pub ascii: bool,
}

/// Runs the dashboard until it ends.
///
/// # Errors
/// Why it could not begin, or had to end.
pub fn run(asked: &DashboardOptions, env: &Environment) -> Result<(), Phrase> {
    let mut settings =
        if asked.demo { Settings::default() } else { Settings::load_or_none(env).map_err(|error| error.phrase())? };
    let configured = asked.demo || !settings.accounts.is_empty();
    settings.keep_only(if asked.demo { &[] } else { &asked.accounts }).map_err(|error| error.phrase())?;
    let keymap = keymap(&settings, &env.config.display().to_string())?;
    if !(std::io::stdout().is_terminal() && std::io::stdin().is_terminal()) {
        return Err(no_terminal(configured));
    }
    let (to, heard) = unbounded_channel();
    if !asked.demo {
        start_log(env, to.clone());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let ended = runtime.block_on(async {
        // From here on a signal ends it in order, and never between taking the terminal and giving it back.
        signals::hear(&SIGNALS, &to, ending::on_signal).map_err(|error| error.to_string())?;
        shown(asked, env, &settings, &keymap, configured, heard).await
    });
    // What is under way is in the journal; a request that hangs must not hold the program.
    runtime.shutdown_timeout(std::time::Duration::from_millis(100));
    ended
}

/// Opens the log. What it cannot write is told on the screen.
fn start_log(env: &Environment, to: Events<DashboardEvent>) {
    log::start(env, move |error| {
        let what = text::log::not_written(error.to_string());
        let _ = to.send(Event::Failed(what));
    });
}

/// Takes the terminal, runs until the end, and gives it back.
async fn shown(
    asked: &DashboardOptions,
    env: &Environment,
    settings: &Settings,
    keymap: &Keymap,
    configured: bool,
    mut signals: UnboundedReceiver<Event<DashboardEvent>>,
) -> Result<(), Phrase> {
    let terminal = Terminal::take(env, asked.ascii, settings.theme);
    let mut terminal = terminal.map_err(|error| text::terminal::unusable(error.to_string()))?;
    let mut is_demo = asked.demo;
    loop {
        let result = if is_demo {
            run_demo(asked, env, keymap, &mut terminal, signals).await
        } else {
            run_accounts(asked, env, settings, keymap, configured, &mut terminal, signals).await
        };
        match result {
            Ok((Ended::StartDemo, back)) => (is_demo, signals) = (true, back),
            Ok((Ended::Quit, _)) => return Ok(()),
            Err(error) => {
                terminal.give_back();
                tracing::error!("{error:?}");
                return Err(format!("{error:#}").into());
            }
        }
    }
}

async fn run_accounts(
    asked: &DashboardOptions,
    env: &Environment,
    settings: &Settings,
    keymap: &Keymap,
    configured: bool,
    terminal: &mut Terminal,
    signals: UnboundedReceiver<Event<DashboardEvent>>,
) -> color_eyre::Result<(Ended, UnboundedReceiver<Event<DashboardEvent>>)> {
    let read_only = asked.read_only;
    let cache = Cache::below(&env.cache_dir);
    let journal = JournalFile::below(&env.state_dir);
    let mut tasks = Tasks::new(Journal::file(journal.clone()), Some(cache.clone()));
    let engine = Engine::new(clock::process(), settings.safety.clone(), settings.poll);
    let mut app = begin(asked, engine, keymap, terminal, configured);
    app.ssh = at_home(settings.ssh.clone(), env);
    let (mut first, mut secrets) = (Vec::new(), Secrets::new());
    for account in &settings.accounts {
        let secret = account.secret(env).beside_dashboard();
        secrets.insert(account.name.clone(), secret.clone());
        let api = account.open_with(secret, env).map_err(|said| color_eyre::eyre::eyre!(app.words.say(&said)))?;
        tasks.open(&account.name, api);
        first.push(engine::Msg::AccountAdded(account.account(read_only)));
        for (list, collection, read_at) in cache.load(&account.name) {
            first.push(engine::Msg::Kept { account: account.name.clone(), list, collection, read_at });
        }
    }
    first.extend(logged_in_from(env));
    let adding = Adding { env: env.without_cloud(), read_only, header: app.words.get(text::file::HEADER) };
    let writable = settings.accounts.iter().filter(|a| !a.account(read_only).read_only);
    let accounts = writable.map(|a| a.name.clone()).collect();
    let journal_watch = JournalWatch::new(&env.state_dir, journal, accounts, read_only);
    let watchdog_lease = WatchdogLease::new(&env.state_dir, settings.watchdogs.clone(), read_only);
    let tmux = env.variable("TMUX").is_some_and(|tmux| !tmux.is_empty());
    let notifier = Notifier::new(settings.notify.clone(), settings.secret_variables(), tmux, clock::now().tick);
    run::run(
        app,
        first,
        Driver::new(tasks, signals),
        terminal,
        Beside {
            adding: Some(adding),
            journal: Some(journal_watch),
            watchdog_lease: Some(watchdog_lease),
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
    asked: &DashboardOptions,
    env: &Environment,
    keymap: &Keymap,
    terminal: &mut Terminal,
    signals: UnboundedReceiver<Event<DashboardEvent>>,
) -> color_eyre::Result<(Ended, UnboundedReceiver<Event<DashboardEvent>>)> {
    let demo = Demo::start().await?;
    let mut tasks = Tasks::new(Journal::in_memory(), None);
    tasks.probe_within(demo.simulation());
    let engine = Engine::new(clock::process(), Safety::default(), Poll::default());
    let mut app = begin(asked, engine, keymap, terminal, true);
    app.demo = true;
    let mut first = Vec::new();
    for (account, api) in demo.accounts(asked.read_only)? {
        tasks.open(&account.name, api);
        first.push(engine::Msg::AccountAdded(account));
    }
    first.extend(logged_in_from(env));
    let beside = Beside { address: demo.address_sources(), demo: Some(demo), ..Beside::default() };
    run::run(app, first, Driver::new(tasks, signals), terminal, beside, env.clone()).await
}

/// Where the person is logged in from, where that is told.
fn logged_in_from(env: &Environment) -> Option<engine::Msg> {
    own_address::from_environment(env).map(|own| engine::Msg::OwnAddress(vec![own]))
}

fn begin(asked: &DashboardOptions, engine: Engine, keymap: &Keymap, terminal: &Terminal, configured: bool) -> App {
    let zone = jiff::tz::TimeZone::system();
    let words = Words::new(Language::English, Clock::new(zone));
    let forms = accounts::forms(&words);
    App::new(app::Start {
        engine,
        keymap: keymap.clone(),
        words: Arc::new(words),
        size: terminal.size(),
        pane: Pane::ALL.into_iter().find(|pane| asked.pane == Some(pane.name())).unwrap_or(Pane::Instances),
        filter: asked.filter.clone(),
        demo: asked.demo,
        configured,
        forms,
        now: clock::now(),
    })
}

/// The keys, with the commands of the person's own.
fn keymap(settings: &Settings, file: &str) -> Result<Keymap, Phrase> {
    let rebound = settings.keys.iter().map(|(name, keys)| (name.as_str(), keys.iter().map(String::as_str).collect()));
    let keymap = Keymap::new(rebound).map_err(|error| text::plain::at(file, error.phrase()))?;
    keymap
        .with_own(&settings.commands)
        .map_err(|mistake| text::plain::at(format!("{file}:{}", mistake.line), mistake.what))
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
fn no_terminal(configured: bool) -> Phrase {
    match configured {
        true => text::terminal::NEEDED.into(),
        false => text::plain::lines(text::terminal::NEEDED, text::terminal::NOT_CONFIGURED),
    }
}

//! The dashboard as a handler of events: messages go to the app, and what the app wants done is carried out. Everything that
//! waits is taken in before anything is painted.

use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;

use crate::app::{self, App, AppEffect, AppMsg, ExternalProgram};
use crate::domain::{Monotonic, Phrase, text};
use crate::engine;
use crate::runtime::dashboard::accounts::Adding;
use crate::runtime::dashboard::decoder::Decoder;
use crate::runtime::dashboard::demo::Demo;
use crate::runtime::dashboard::event::{DashboardEvent, tell};
use crate::runtime::dashboard::input::Input;
use crate::runtime::dashboard::notify::Notifier;
use crate::runtime::dashboard::terminal::Terminal;
use crate::runtime::dashboard::{console, crash, screen};
use crate::runtime::driver::Driver;
use crate::runtime::event::{Event, Signal};
use crate::runtime::external_program::{self, Secrets};
use crate::runtime::journal_watch::JournalWatch;
use crate::runtime::watchdog_lease::WatchdogLease;
use crate::runtime::{clock, local_keys, own_address};
use crate::settings::{AddressSources, Environment};

/// Longer than anything is waited for.
const LONG: Duration = Duration::from_secs(3600);

pub(super) enum Ended {
    Quit,
    StartDemo,
}

fn just_now(at: Monotonic) -> bool {
    clock::now().tick.since(at) < Duration::from_secs(1)
}

struct Loop<'a> {
    app: App,
    driver: Driver<DashboardEvent>,
    terminal: &'a mut Terminal,
    input: Option<Input>,
    ended: Option<Ended>,
    beside: Beside,
    env: Environment,
    /// Whether a program has the terminal: nothing is painted and no key is read.
    away: bool,
    /// Whether SIGCONT is to come for a stop of our own, after which the terminal was taken again.
    stopped: bool,
    /// When a program last gave the terminal back.
    came_back: Option<Monotonic>,
}

#[derive(Default)]
pub(super) struct Beside {
    /// What is needed to add accounts; nothing in the demo.
    pub(super) adding: Option<Adding>,
    /// The journal that processes share; none in the demo.
    pub(super) journal: Option<JournalWatch>,
    /// What is watched over; nothing in the demo.
    pub(super) watchdog_lease: Option<WatchdogLease>,
    /// The demo, where it is that.
    pub(super) demo: Option<Demo>,
    /// Tells when something ends; not in the demo.
    pub(super) notifier: Option<Notifier>,
    /// Who is asked which address this machine has.
    pub(super) address: AddressSources,
    /// The variables that no program is given, since they hold secrets.
    pub(super) without: Vec<String>,
    /// Where the secrets of accounts come from; none in the demo.
    pub(super) secrets: Secrets,
}

/// Runs until the end; gives back the channel of signals.
///
/// # Errors
/// What the terminal said when it could not be painted.
pub(super) async fn run(
    app: App,
    first: Vec<engine::Msg>,
    driver: Driver<DashboardEvent>,
    terminal: &mut Terminal,
    beside: Beside,
    env: Environment,
) -> color_eyre::Result<(Ended, UnboundedReceiver<Event<DashboardEvent>>)> {
    let mut this = Loop {
        app,
        driver,
        terminal,
        input: None,
        ended: None,
        beside,
        env,
        away: false,
        stopped: false,
        came_back: None,
    };
    this.app.address_sources = this.beside.address.names();
    this.take(AppMsg::Begin(first))?;
    this.paint()?;
    crash::on_purpose();
    if this.beside.address.ask {
        this.ask_address();
    }
    // Beside the loop: the first frame does not wait for it.
    let to = &this.driver.to;
    this.beside.journal.take().into_iter().for_each(|journal| journal.watch(to.clone()));
    this.beside.watchdog_lease.take().into_iter().for_each(|watchdog_lease| watchdog_lease.take(to.clone()));
    let decoder = this.terminal.decoder();
    this.input = Some(Input::start(decoder, to.clone())?);
    let ended = this.go().await;
    if ended.is_err() {
        // The terminal has gone: what counts down is cancelled, as by SIGHUP.
        this.take(AppMsg::Terminate)?;
    }
    this.driver.tasks.flush();
    Ok((ended?, this.driver.into_signals()))
}

impl Loop<'_> {
    async fn go(&mut self) -> color_eyre::Result<Ended> {
        loop {
            let event = self.driver.next(LONG).await;
            self.happened(event)?;
            while let Some(event) = self.driver.waiting() {
                self.happened(event)?;
            }
            if let Some(demo) = &mut self.beside.demo
                && let Some(msg) = demo.play(&self.app)
            {
                self.take(AppMsg::Engine(Box::new(msg)))?;
            }
            if let Some(ended) = self.ended.take() {
                return Ok(ended);
            }
            self.tell_requests()?;
            self.paint()?;
        }
    }

    /// What was sent since, while somebody looks at it. Each request's answer wakes the loop anyway.
    fn tell_requests(&mut self) -> color_eyre::Result<()> {
        if !self.app.requests_open {
            return Ok(());
        }
        let last = self.app.requests.back().map_or(0, |request| request.number);
        let new = crate::provider::http::requests_since(last);
        if new.is_empty() { Ok(()) } else { self.take(AppMsg::Requests(new)) }
    }

    fn happened(&mut self, event: Event<DashboardEvent>) -> color_eyre::Result<()> {
        match event {
            Event::Engine(msg) => self.take(AppMsg::Engine(msg)),
            Event::Failed(what) => self.take(AppMsg::Tell { what, bad: true }),
            Event::Signal(signal) => self.signalled(signal),
            Event::Own(own) => self.own(own),
        }
    }

    fn own(&mut self, event: DashboardEvent) -> color_eyre::Result<()> {
        match event {
            DashboardEvent::Focus(here) => self.notifiers(|notifier| notifier.focus(here)),
            DashboardEvent::Measured(column) => self.terminal.measured_late(column),
            DashboardEvent::Typed(batch) => {
                self.notifiers(|notifier| notifier.key(clock::now().tick));
                return batch.into_iter().try_for_each(|msg| self.take(msg));
            }
            DashboardEvent::App(msg) => return self.take(msg),
            DashboardEvent::AccountOpened(opened) => {
                self.driver.tasks.open(&opened.account.name, opened.api);
                self.take(AppMsg::Engine(Box::new(engine::Msg::AccountAdded(opened.account))))?;
                return self.take(AppMsg::AccountSaved(Ok(opened.saved)));
            }
            DashboardEvent::Exited(from, result) => {
                self.away = false;
                self.came_back = Some(clock::now().tick);
                self.terminal.retake()?;
                self.listen()?;
                return self.take(AppMsg::ExternalExited(from, result));
            }
        }
        Ok(())
    }

    fn signalled(&mut self, signal: Signal) -> color_eyre::Result<()> {
        match signal {
            Signal::Resize => self.measure(),
            Signal::Terminate | Signal::Hangup => self.take(AppMsg::Terminate),
            // A key that interrupts goes to whoever has the terminal. It is heard here, too, perhaps only after the
            // program that it ended; a key of ours is no signal.
            Signal::Interrupt if self.away || self.came_back.is_some_and(just_now) => Ok(()),
            Signal::Interrupt => self.take(AppMsg::Terminate),
            // Who has the terminal is suspended: then we stop with it, see there.
            Signal::Suspend if self.away => Ok(()),
            Signal::Suspend => {
                self.take(AppMsg::Engine(Box::new(engine::Msg::CancelCountdowns)))?;
                self.suspend()
            }
            Signal::Continue if std::mem::take(&mut self.stopped) || self.away => Ok(()),
            // SIGSTOP cannot be heard: whoever had the terminal meanwhile set it as it liked, and wrote there.
            Signal::Continue => {
                self.terminal.retake()?;
                self.measure()
            }
        }
    }

    fn notifiers(&mut self, with: impl FnOnce(&mut Notifier)) {
        if let Some(notifier) = &mut self.beside.notifier {
            with(notifier);
        }
    }

    /// Hands a message to the app and carries out what it wants done.
    fn take(&mut self, msg: AppMsg) -> color_eyre::Result<()> {
        let mut suspends = false;
        let mut leaves = None;
        for effect in app::update(&mut self.app, msg, &clock::now()) {
            match effect {
                AppEffect::Engine(effect) => {
                    if let engine::Effect::TryAgain { account } = &effect
                        && let Some(secret) = self.beside.secrets.get(account)
                    {
                        secret.forget();
                    }
                    self.driver.carry_out(effect);
                }
                AppEffect::Copy(text) => self.copy(&text),
                AppEffect::CopySecret(value) => self.copy(value.reveal()),
                AppEffect::KeepSecret(secret) => match &self.beside.adding {
                    Some(adding) => adding.keep(secret, &self.driver.to),
                    None => self.tell(AppMsg::SecretKept(Err(Phrase::new(text::form::NOT_IN_DEMO)))),
                },
                AppEffect::LocalKeys => self.read_local_keys(),
                AppEffect::Quit => self.ended = Some(Ended::Quit),
                AppEffect::StartDemo => self.ended = Some(Ended::StartDemo),
                // After all the others: nothing else is carried out while suspended.
                AppEffect::Suspend => suspends = true,
                AppEffect::Alert(text) => self.notifiers(|notifier| notifier.alert(&text)),
                AppEffect::Redraw => self.terminal.forget()?,
                AppEffect::HandOver(to) => leaves = Some(to),
                AppEffect::AddAccount { provider, fields } => match &self.beside.adding {
                    Some(adding) => adding.add(provider, fields.0, &self.driver.to),
                    None => self.not_here(),
                },
                AppEffect::Console(asked) => {
                    if let Some(api) = self.driver.tasks.api(&asked.account) {
                        console::open(asked, api, &self.env, &self.beside.without, &self.driver.to);
                    }
                }
                AppEffect::MyAddress => self.ask_address(),
                AppEffect::ImportAccounts(file) => match &self.beside.adding {
                    Some(adding) => adding.import(file, &self.driver.to),
                    None => self.not_here(),
                },
            }
        }
        if let Some(to) = leaves.filter(|_| !self.away) {
            self.leave(to);
        }
        if suspends { self.suspend() } else { Ok(()) }
    }

    /// Reads what public keys this machine has, beside the loop.
    fn read_local_keys(&self) {
        if self.beside.demo.is_some() {
            return self.tell(AppMsg::LocalKeys(local_keys::of_demo()));
        }
        let (home, to) = (self.env.variable("HOME").map(str::to_owned), self.driver.to.clone());
        tokio::task::spawn_blocking(move || {
            tell(&to, AppMsg::LocalKeys(local_keys::below(home.as_deref())));
        });
    }

    #[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
    fn ask_address(&self) {
        let (to, sources) = (self.driver.to.clone(), self.beside.address.clone());
        tokio::spawn(async move {
            tell(&to, AppMsg::MyAddress(own_address::look_up(&sources).await));
        });
    }

    fn not_here(&self) {
        self.tell(AppMsg::AccountSaved(Err(Phrase::new(text::form::NOT_IN_DEMO))));
    }

    fn tell(&self, msg: AppMsg) {
        tell(&self.driver.to, msg);
    }

    /// Through the terminal (OSC 52), so that it works over ssh.
    fn copy(&self, text: &str) {
        let copied = crossterm::execute!(
            std::io::stdout(),
            crossterm::clipboard::CopyToClipboard::to_clipboard_from(text.as_bytes())
        );
        if let Err(error) = copied {
            let what = text::copy::failed(error.to_string());
            self.tell(AppMsg::Tell { what, bad: true });
        }
    }

    fn leave(&mut self, to: ExternalProgram) {
        self.away = true;
        // No key is taken from whoever has the terminal.
        self.input = None;
        self.driver.tasks.flush();
        self.terminal.give_back();
        self.notifiers(Notifier::gave_back);
        external_program::begin(to, &self.env, self.beside.without.clone(), &self.beside.secrets, &self.driver.to);
    }

    fn suspend(&mut self) -> color_eyre::Result<()> {
        self.input = None;
        // It may be long before this goes on, or never.
        self.driver.tasks.flush();
        self.stopped = true;
        self.terminal.suspend()?;
        self.notifiers(Notifier::gave_back);
        self.listen()
    }

    /// Reads the terminal again, whose size may be another.
    fn listen(&mut self) -> color_eyre::Result<()> {
        self.input = Some(Input::start(Decoder::default(), self.driver.to.clone())?);
        self.measure()
    }

    fn measure(&mut self) -> color_eyre::Result<()> {
        let size = screen::size()?;
        self.take(AppMsg::Resized(size.width, size.height))
    }

    fn paint(&mut self) -> color_eyre::Result<()> {
        if self.away {
            return Ok(());
        }
        self.terminal.paint(&self.app)?;
        if let Some(notifier) = &mut self.beside.notifier {
            let bytes = notifier.look(&self.app.engine, clock::now().tick, &self.app.words);
            self.terminal.tell(&bytes, || notifier.farewell())?;
        }
        self.take(AppMsg::Painted)
    }
}

//! The loop: whatever happens comes in on one channel, so there is one order of events; only signals, and that the log
//! cannot be written, have one of their own, which is there before the terminal is. Everything that waits is taken in
//! before anything is painted.

use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::accounts::{Adding, Opened};
use super::away::Secrets;
use super::decoder::Decoder;
use super::demo::Demo;
use super::duty::Duty;
use super::input::Input;
use super::journal_watch::JournalWatch;
use super::notify::Notifier;
use super::tasks::Tasks;
use super::terminal::Terminal;
use super::{Ended, clock, local_keys, screen};
use crate::app::{self, App, Effect, Msg};
use crate::domain::{Monotonic, Phrase};
use crate::engine;
use crate::settings::{AddressSources, Environment};

pub(super) enum Happened {
    Input(Vec<Msg>),
    /// The terminal says whether its window is in focus.
    Focus(bool),
    App(Msg),
    /// An account was added: its calls, and what to tell the app.
    Opened(Box<Opened>),
    Back(crate::app::Away, Result<crate::app::Back, Phrase>),
    Interrupted,
    Continued,
    /// The terminal is to be given back until the program is continued.
    Suspend,
    Resized,
    /// The terminal says in which column its cursor was after the sample.
    Measured(u16),
}

fn just_now(at: Monotonic) -> bool {
    clock::now().tick.since(at) < Duration::from_secs(1)
}

struct Loop<'a> {
    app: App,
    tasks: Tasks,
    terminal: &'a mut Terminal,
    adding: Option<Adding>,
    to: UnboundedSender<Happened>,
    input: Option<Input>,
    wake: Option<Monotonic>,
    ended: Option<Ended>,
    demo: Option<Demo>,
    notifier: Option<Notifier>,
    address: AddressSources,
    env: Environment,
    /// The variables that no program is given, since they hold secrets.
    without: Vec<String>,
    secrets: Secrets,
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
    pub(super) duty: Option<Duty>,
    /// The demo, where it is that.
    pub(super) demo: Option<Demo>,
    /// Tells when something ends; not in the demo.
    pub(super) notifier: Option<Notifier>,
    /// Who is asked which address this machine has.
    pub(super) address: AddressSources,
    /// The variables that hold secrets.
    pub(super) without: Vec<String>,
    /// Where the secrets of accounts come from; none in the demo.
    pub(super) secrets: Secrets,
}

/// Runs until the end.
///
/// # Errors
/// What the terminal said when it could not be painted.
pub(super) async fn run(
    app: App,
    first: Vec<engine::Msg>,
    tasks: Tasks,
    terminal: &mut Terminal,
    signals: &mut UnboundedReceiver<Happened>,
    beside: Beside,
    env: Environment,
) -> color_eyre::Result<Ended> {
    let (to, happens) = unbounded_channel();
    let Beside { adding, journal, duty, demo, notifier, address, without, secrets } = beside;
    let mut this = Loop {
        app,
        tasks,
        terminal,
        adding,
        to,
        input: None,
        wake: None,
        ended: None,
        demo,
        notifier,
        address,
        env,
        without,
        secrets,
        away: false,
        stopped: false,
        came_back: None,
    };
    this.app.address_sources = this.address.names();
    this.take(Msg::Begin(first))?;
    this.paint()?;
    if this.address.ask {
        this.ask_address();
    }
    // Beside the loop: the first frame does not wait for it.
    journal.into_iter().for_each(|journal| journal.watch(this.to.clone()));
    duty.into_iter().for_each(|duty| duty.take(this.to.clone()));
    let decoder = this.terminal.decoder();
    this.input = Some(Input::start(decoder, this.to.clone())?);
    let ended = this.go(happens, signals).await;
    if ended.is_err() {
        // The terminal has gone: what counts down is cancelled, as by SIGHUP.
        this.take(Msg::Terminate)?;
    }
    this.tasks.flush();
    ended
}

impl Loop<'_> {
    async fn go(
        &mut self,
        mut happens: UnboundedReceiver<Happened>,
        signals: &mut UnboundedReceiver<Happened>,
    ) -> color_eyre::Result<Ended> {
        loop {
            let until = self.wake.map_or(Duration::from_secs(3600), clock::until);
            tokio::select! {
                // What happened before what is only due: a key is never behind a timer.
                biased;
                Some(happened) = signals.recv() => self.happened(happened)?,
                Some(happened) = happens.recv() => self.happened(happened)?,
                () = tokio::time::sleep(until) => {
                    self.wake = None;
                    self.take(Msg::Engine(Box::new(engine::Msg::Woke)))?;
                }
            }
            while let Ok(happened) = happens.try_recv() {
                self.happened(happened)?;
            }
            if let Some(demo) = &mut self.demo
                && let Some(msg) = demo.play(&self.app)
            {
                self.take(Msg::Engine(Box::new(msg)))?;
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
        if new.is_empty() { Ok(()) } else { self.take(Msg::Requests(new)) }
    }

    fn happened(&mut self, happened: Happened) -> color_eyre::Result<()> {
        match happened {
            Happened::Focus(here) => {
                self.notifier.iter_mut().for_each(|notifier| notifier.focus(here));
                Ok(())
            }
            Happened::Resized => self.measure(),
            Happened::Measured(column) => {
                self.terminal.measured_late(column);
                Ok(())
            }
            Happened::Input(batch) => {
                if batch.iter().any(|msg| matches!(msg, Msg::Key(_) | Msg::Paste(_))) {
                    self.notifier.iter_mut().for_each(|notifier| notifier.key(clock::now().tick));
                }
                batch.into_iter().try_for_each(|msg| self.take(msg))
            }
            Happened::App(msg) => self.take(msg),
            Happened::Opened(opened) => {
                self.tasks.open(&opened.account.name, opened.api);
                self.take(Msg::Engine(Box::new(engine::Msg::AccountAdded(opened.account))))?;
                self.take(Msg::AccountSaved(Ok(opened.saved)))
            }
            Happened::Back(from, result) => {
                self.away = false;
                self.came_back = Some(clock::now().tick);
                self.terminal.retake()?;
                self.listen()?;
                self.take(Msg::CameBack(from, result))
            }
            // A key that interrupts goes to whoever has the terminal. It is heard here, too, perhaps only after the
            // program that it ended; a key of ours is no signal.
            Happened::Interrupted if self.away || self.came_back.is_some_and(just_now) => Ok(()),
            Happened::Interrupted => self.take(Msg::Terminate),
            // Who has the terminal is suspended: then we stop with it, see there.
            Happened::Suspend if self.away => Ok(()),
            Happened::Suspend => {
                self.take(Msg::Engine(Box::new(engine::Msg::CancelCountdowns)))?;
                self.suspend()
            }
            Happened::Continued if std::mem::take(&mut self.stopped) || self.away => Ok(()),
            // SIGSTOP cannot be heard: whoever had the terminal meanwhile set it as it liked, and wrote there.
            Happened::Continued => {
                self.terminal.retake()?;
                self.measure()
            }
        }
    }

    /// Hands a message to the app and carries out what it wants done.
    fn take(&mut self, msg: Msg) -> color_eyre::Result<()> {
        let mut suspends = false;
        let mut leaves = None;
        for effect in app::update(&mut self.app, msg, &clock::now()) {
            match effect {
                Effect::Engine(engine::Effect::WakeAt(at)) => self.wake = Some(at),
                Effect::Engine(effect) => {
                    if let engine::Effect::TryAgain { account } = &effect
                        && let Some(secret) = self.secrets.get(account)
                    {
                        secret.forget();
                    }
                    self.tasks.carry_out(effect, &self.to);
                }
                Effect::Copy(text) => self.copy(&text),
                Effect::CopySecret(value) => self.copy(value.reveal()),
                Effect::KeepSecret(secret) => match &self.adding {
                    Some(adding) => adding.keep(secret, &self.to),
                    None => {
                        let why = Phrase::new("form.not-in-demo");
                        let _ = self.to.send(Happened::App(Msg::SecretKept(Err(why))));
                    }
                },
                Effect::LocalKeys => self.read_local_keys(),
                Effect::Quit => self.ended = Some(Ended::Quit),
                Effect::StartDemo => self.ended = Some(Ended::StartDemo),
                // After all the others: nothing else is carried out while suspended.
                Effect::Suspend => suspends = true,
                Effect::Alert(text) => self.notifier.iter_mut().for_each(|notifier| notifier.alert(&text)),
                Effect::Redraw => self.terminal.forget()?,
                Effect::Away(to) => leaves = Some(to),
                Effect::AddAccount { provider, fields } => match &self.adding {
                    Some(adding) => adding.add(provider, fields.0, &self.to),
                    None => self.not_here(),
                },
                Effect::Console(asked) => self.tasks.console(asked, &self.env, &self.without, &self.to),
                Effect::MyAddress => self.ask_address(),
                Effect::ImportAccounts(file) => match &self.adding {
                    Some(adding) => adding.import(file, &self.to),
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
        if self.demo.is_some() {
            let _ = self.to.send(Happened::App(Msg::LocalKeys(local_keys::of_demo())));
            return;
        }
        let (home, to) = (self.env.variable("HOME").map(str::to_owned), self.to.clone());
        tokio::task::spawn_blocking(move || {
            let keys = local_keys::below(home.as_deref());
            let _ = to.send(Happened::App(Msg::LocalKeys(keys)));
        });
    }

    #[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
    fn ask_address(&self) {
        let (to, sources) = (self.to.clone(), self.address.clone());
        tokio::spawn(async move {
            let result = super::own_address::look_up(&sources).await;
            let _ = to.send(Happened::App(Msg::MyAddress(result)));
        });
    }

    fn not_here(&self) {
        let _ = self.to.send(Happened::App(Msg::AccountSaved(Err(Phrase::new("form.not-in-demo")))));
    }

    /// Through the terminal (OSC 52), so that it works over ssh.
    fn copy(&self, text: &str) {
        let copied = crossterm::execute!(
            std::io::stdout(),
            crossterm::clipboard::CopyToClipboard::to_clipboard_from(text.as_bytes())
        );
        if let Err(error) = copied {
            let what = Phrase::new("copy.failed").with("said", error.to_string());
            let _ = self.to.send(Happened::App(Msg::Tell { what, bad: true }));
        }
    }

    fn leave(&mut self, to: crate::app::Away) {
        self.away = true;
        // No key is taken from whoever has the terminal.
        self.input = None;
        self.tasks.flush();
        self.terminal.give_back();
        self.notifier.iter_mut().for_each(Notifier::gave_back);
        super::away::begin(to, &self.env, self.without.clone(), &self.secrets, &self.to);
    }

    fn suspend(&mut self) -> color_eyre::Result<()> {
        self.input = None;
        // It may be long before this goes on, or never.
        self.tasks.flush();
        self.stopped = true;
        self.terminal.suspend()?;
        self.notifier.iter_mut().for_each(Notifier::gave_back);
        self.listen()
    }

    /// Reads the terminal again, whose size may be another.
    fn listen(&mut self) -> color_eyre::Result<()> {
        self.input = Some(Input::start(Decoder::default(), self.to.clone())?);
        self.measure()
    }

    fn measure(&mut self) -> color_eyre::Result<()> {
        let size = screen::size()?;
        self.take(Msg::Resized(size.width, size.height))
    }

    fn paint(&mut self) -> color_eyre::Result<()> {
        if self.away {
            return Ok(());
        }
        self.terminal.paint(&self.app)?;
        if let Some(notifier) = &mut self.notifier {
            let bytes = notifier.look(&self.app.engine, clock::now().tick);
            self.terminal.tell(&bytes, || notifier.farewell())?;
        }
        self.take(Msg::Painted)
    }
}

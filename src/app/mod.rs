//! The dashboard over the engine: panes, focus, selection by id, marks, filter, dialogs as data, layout, and the one
//! command table. Pure: keys and answers come in as [`Msg`], everything to be done goes out as [`Effect`].
//! Longer than most files here because the message, the effect and the state stand together.

pub mod allow;
pub mod commands;
pub mod compare;
pub mod confirm;
pub mod costs;
pub mod create;
pub mod details;
pub mod faults;
pub mod filter;
pub mod form;
pub mod help;
pub mod key_form;
pub mod keys;
pub mod layer;
pub mod layout;
pub mod local_keys;
pub mod own_commands;
pub mod pane;
pub mod rows;
pub mod secret;
pub mod texts;
pub mod totals;

pub mod accepted;
mod accounts;
mod act;
mod ago;
mod api_keys;
mod away;
mod choices;
mod chosen;
mod confirm_keys;
pub mod console;
mod details_instance;
mod details_keys;
mod details_operation;
mod details_stored;
mod dialog_keys;
mod firewalls;
mod interests;
mod key_change;
mod key_facts;
mod key_form_keys;
mod layer_keys;
pub mod looking_back;
mod makers;
mod many;
pub(crate) mod menus;
mod message;
mod operation_words;
mod order;
mod price_facts;
mod problems;
pub mod protect;
mod renew;
pub mod requests;
pub mod resume;
pub mod rule_editor;
mod rule_facts;
mod run;
mod sparks;
mod ssh;
pub mod step_words;
pub mod times;
mod tips;
mod watchdogs;
mod ways;

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::time::Duration;

use crate::domain::{AccountName, Hidden, Monotonic, Phrase, ResourceRef};
use crate::engine::{self, Engine, Env};
use crate::words::Words;

use commands::Keymap;
use keys::Key;
use layer::Layer;
use layout::Layout;
use pane::{Pane, PaneState};
use renew::{earliest, overtake, own_wake, painted, pass, renew_rows};
use rows::RowKey;

/// Rows do not change places within this time of a key.
const QUIET_AFTER_KEY: Duration = Duration::from_secs(1);
/// The snapshots of the instance under the cursor have room as for so many rows.
const FOLLOWING: usize = 2;

#[derive(Debug, Clone)]
pub enum Msg {
    Key(Key),
    /// Text was pasted. Never a command.
    Paste(String),
    Resized(u16, u16),
    Painted,
    Engine(Box<engine::Msg>),
    /// What there is at the start: the accounts, and what an earlier run kept of each. Rows are made once for all of it.
    Begin(Vec<engine::Msg>),
    Tell {
        what: Phrase,
        bad: bool,
    },
    /// A program that had the terminal has ended, or could not begin.
    CameBack(Away, Result<Back, Phrase>),
    /// What became of a new account: a line for the form, and whether it is done.
    AccountSaved(Result<Phrase, Phrase>),
    /// What sources say of the addresses that this machine has on the internet.
    MyAddress(Result<Vec<crate::domain::OwnAddress>, crate::domain::NoAgreement>),
    /// What became of a console that was asked for.
    Console(console::Outcome),
    /// The public keys of this machine, as [`Effect::LocalKeys`] asked for them.
    LocalKeys(Vec<local_keys::LocalKey>),
    /// What became of a secret that was to be kept in the keyring.
    SecretKept(Result<Phrase, Phrase>),
    /// Requests that were sent since the last ones, while the live log is open.
    Requests(Vec<crate::domain::Request>),
    /// The program is to end without asking: SIGTERM, SIGHUP.
    Terminate,
}

#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "few at a time, and nearly all of the engine's")]
pub enum Effect {
    Engine(engine::Effect),
    Copy(String),
    /// Copy a secret to the clipboard.
    CopySecret(Hidden),
    /// Keep a secret in the keyring: then [`Msg::SecretKept`] comes.
    KeepSecret(secret::Keep),
    /// Read the public keys of this machine: then [`Msg::LocalKeys`] comes.
    LocalKeys,
    Quit,
    /// Give the terminal back and stop until continued.
    Suspend,
    /// Paint everything anew.
    Redraw,
    /// Give the terminal to a program, and take it back when that has ended: then [`Msg::CameBack`] comes.
    Away(Away),
    /// Something that is watched changed: to be told also where nobody looks.
    Alert(String),
    AddAccount {
        provider: &'static str,
        fields: form::Filled,
    },
    /// Show an instance's console in a browser: then [`Msg::Console`] comes.
    Console(console::Console),
    /// Ask sources which addresses this machine has on the internet: then [`Msg::MyAddress`] comes.
    MyAddress,
    ImportAccounts(String),
    StartDemo,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Away {
    /// This one, with its arguments; no shell between.
    Run { program: Vec<String> },
    /// The programs that tell the secrets of these accounts.
    Secrets { accounts: Vec<AccountName> },
    Edit {
        text: String,
        /// What the file's name ends with, such as `.toml`.
        ending: &'static str,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    /// How it ended; `None` where a signal ended it.
    pub status: Option<i32>,
    /// The text as it stands now, where one was edited.
    pub text: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zoom {
    /// Beside the list where there is room.
    List,
    Details,
    Full,
}

#[derive(Debug)]
pub struct App {
    /// Everything that is known and under way.
    pub engine: Engine,
    pub keymap: Keymap,
    pub words: Arc<Words>,
    /// The size of the screen in cells.
    pub size: (u16, u16),
    pub focus: Pane,
    pub panes: [PaneState; Pane::COUNT],
    pub zoom: Zoom,
    /// The first line of the details shown.
    pub details_scroll: usize,
    /// What lies over the panes, the topmost last.
    pub layers: Vec<Layer>,
    /// Secrets that were told and are not shown yet, the first to be shown first.
    pub secrets: std::collections::VecDeque<secret::SecretBox>,
    /// The accounts that are not shown.
    pub hidden: BTreeSet<AccountName>,
    /// Whether the snapshots of all instances are shown.
    pub all_snapshots: bool,
    pub demo: bool,
    pub ssh: crate::domain::Ssh,
    /// The forms of the first run.
    pub forms: form::Forms,
    /// What the sources are called that can be asked for this machine's address.
    pub address_sources: Vec<String>,
    /// Counts and cost over all instances that are shown.
    pub totals: totals::Totals,
    /// The SSH public keys of this machine, once they were asked for.
    pub local_keys: Vec<local_keys::LocalKey>,
    /// The form for a new instance that was left before it was sent.
    pub draft: Option<Box<create::CreateForm>>,
    /// The present moment.
    pub now: Env,
    /// Whether the live log of requests is open: then its requests come as messages.
    pub requests_open: bool,
    /// The live log of requests, the oldest first; as it was when it was closed last.
    pub requests: std::collections::VecDeque<crate::domain::Request>,
    /// The names that instances of more than one shown account bear.
    repeated: HashSet<String>,
    recount: bool,
    message: Option<message::Message>,
    tips: tips::Tips,
    last_key: Monotonic,
    /// The operations about which it was asked by itself whether they are still wanted.
    resume_asked: Vec<crate::domain::OpId>,
    /// The instances about which it was asked by itself whether to reboot them.
    offers_asked: Vec<ResourceRef>,
    dirty: [Dirty; Pane::COUNT],
    /// The instance whose snapshots were listed last; `None` where those of all were.
    snapshots_of: Option<ResourceRef>,
    /// The pane to go back to from one that stands aside.
    came_from: Pane,
    interests: Vec<engine::Interest>,
    /// The problem shown last, and where the cursor was then.
    problem: Option<(problems::Problem, Pane, Option<RowKey>)>,
    queue: Vec<engine::Msg>,
    taken_back: Option<crate::domain::OpId>,
    /// What was confirmed for several in this turn, and what of that has not ended.
    confirmed: Vec<(Pane, Vec<(RowKey, crate::domain::Action)>)>,
    batches: Vec<many::Batch>,
    engine_wake: Option<Monotonic>,
}

/// Why the rows of a pane must be made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Dirty {
    No,
    /// They are up to date, but not all in their places: a key was pressed just now.
    Places,
    /// Data came: rows stay where they are for a moment after a key.
    Data,
    /// A person asked for another filter, order or selection.
    Asked,
}

#[derive(Debug)]
pub struct Start {
    /// The engine, with its accounts or without.
    pub engine: Engine,
    pub keymap: Keymap,
    pub words: Arc<Words>,
    pub size: (u16, u16),
    pub pane: Pane,
    pub filter: Option<String>,
    pub demo: bool,
    /// Whether there is a configuration; without one the first screen offers what to do.
    pub configured: bool,
    /// The forms that the first screen offers.
    pub forms: form::Forms,
    /// The present moment.
    pub now: Env,
}

impl App {
    #[must_use]
    pub fn new(start: Start) -> Self {
        let mut panes = Pane::ALL.map(PaneState::new);
        // The instances are asked for, and say whose snapshots are shown, wherever one begins.
        for pane in [Pane::Instances, start.pane] {
            panes[pane.index()].opened = true;
        }
        if let Some(filter) = start.filter {
            panes[start.pane.index()].filter = tui_input::Input::new(filter);
        }
        let mut layers = Vec::new();
        if !start.configured {
            layers.push(accounts::welcome());
        }
        Self {
            engine: start.engine,
            keymap: start.keymap,
            words: start.words,
            size: start.size,
            focus: start.pane,
            panes,
            zoom: Zoom::List,
            details_scroll: 0,
            layers,
            secrets: std::collections::VecDeque::new(),
            hidden: BTreeSet::new(),
            all_snapshots: false,
            demo: start.demo,
            ssh: crate::domain::Ssh::default(),
            forms: start.forms,
            address_sources: Vec::new(),
            totals: totals::Totals::default(),
            local_keys: Vec::new(),
            draft: None,
            now: start.now,
            repeated: HashSet::new(),
            recount: true,
            message: None,
            tips: tips::Tips::new(start.demo, start.now.tick),
            last_key: Monotonic(0),
            requests_open: false,
            requests: std::collections::VecDeque::new(),
            resume_asked: Vec::new(),
            offers_asked: Vec::new(),
            dirty: [Dirty::Asked; Pane::COUNT],
            snapshots_of: None,
            came_from: Pane::Instances,
            interests: Vec::new(),
            problem: None,
            queue: Vec::new(),
            taken_back: None,
            confirmed: Vec::new(),
            batches: Vec::new(),
            engine_wake: None,
        }
    }

    #[must_use]
    pub const fn pane(&self) -> &PaneState {
        &self.panes[self.focus.index()]
    }

    pub(crate) const fn pane_mut(&mut self) -> &mut PaneState {
        &mut self.panes[self.focus.index()]
    }

    #[must_use]
    pub fn layout(&self) -> Layout {
        let rows = Pane::ALL.map(|pane| match pane {
            // No border moves while the cursor does: what follows it has the same room whatever it lists.
            Pane::Snapshots if !self.all_snapshots => FOLLOWING,
            _ => self.panes[pane.index()].rows.len(),
        });
        Layout::of(self.size.0, self.size.1, self.focus, rows, self.tip().is_some())
    }

    /// The instance under the cursor of the instances pane.
    #[must_use]
    pub fn selected_instance(&self) -> Option<ResourceRef> {
        match self.panes[Pane::Instances.index()].selected()? {
            RowKey::Resource(resource) => Some(resource.clone()),
            RowKey::Operation(_) | RowKey::ExternalChange(..) => None,
        }
    }

    /// Whether more than one account is shown, so that each row names its own.
    #[must_use]
    pub fn several_accounts(&self) -> bool {
        self.engine.accounts().iter().filter(|a| !self.hidden.contains(&a.account.name)).count() > 1
    }

    /// A name, with its account where another account has an instance of the same name.
    #[must_use]
    pub fn told_apart(&self, name: &str, account: &AccountName) -> String {
        if self.repeated.contains(name) { format!("{name} ({account})") } else { name.to_owned() }
    }

    fn all_dirty(&mut self, why: Dirty) {
        self.recount = true;
        for dirty in &mut self.dirty {
            *dirty = (*dirty).max(why);
        }
    }

    fn asked(&mut self, pane: Pane) {
        self.dirty[pane.index()] = Dirty::Asked;
    }
}

/// Takes in what happened and says what is to be done. The only way anything changes here.
pub fn update(app: &mut App, msg: Msg, env: &Env) -> Vec<Effect> {
    app.now = *env;
    let data_came = match &msg {
        Msg::Engine(msg) => match **msg {
            engine::Msg::Woke => false,
            // A probe moves no row, unless an operation waits for it.
            engine::Msg::Probed { .. } => app.engine.operations().iter().any(|o| !o.is_over()),
            _ => true,
        },
        _ => false,
    };
    let mut effects = Vec::new();
    match msg {
        Msg::Key(key) => {
            app.last_key = env.tick;
            app.heed(|app| dialog_keys::key(app, key, &mut effects));
        }
        Msg::Paste(text) => app.heed(|app| dialog_keys::paste(app, &text)),
        Msg::Resized(width, height) => {
            app.size = (width, height);
            app.all_dirty(Dirty::Data);
            if app.layout() == Layout::TooSmall {
                match app.layers.last_mut() {
                    Some(Layer::Confirm(confirm)) => confirm.drawn = false,
                    Some(Layer::Leaving(leaving)) => leaving.drawn = false,
                    Some(Layer::Handing(handing)) => handing.drawn = false,
                    Some(Layer::Menu(menu)) => menu.drawn = false,
                    Some(Layer::Secret(shown)) => shown.drawn = false,
                    _ => {}
                }
            }
        }
        Msg::Requests(new) => take_requests(app, new),
        Msg::Painted => painted(app),
        Msg::Engine(msg) => {
            if data_came {
                app.all_dirty(Dirty::Data);
            }
            pass(app, *msg, &mut effects);
            if data_came {
                allow::renew(app);
                firewalls::renew(app);
                rule_editor::renew(app);
            }
        }
        Msg::Begin(first) => {
            app.all_dirty(Dirty::Data);
            for msg in first {
                pass(app, msg, &mut effects);
            }
        }
        Msg::Tell { what, bad } => app.tell(what, bad),
        Msg::MyAddress(result) => allow::heard(app, result, &mut effects),
        Msg::AccountSaved(result) => accounts::account_saved(app, result),
        Msg::LocalKeys(keys) => local_keys::came(app, keys),
        Msg::SecretKept(result) => secret::kept(app, result),
        Msg::Console(outcome) => console::came(app, outcome),
        Msg::CameBack(from, result) => away::came_back(app, &from, result),
        Msg::Terminate => {
            pass(app, engine::Msg::CancelCountdowns, &mut effects);
            effects.push(Effect::Quit);
        }
    }
    // What the person asked the engine for in this turn.
    for msg in std::mem::take(&mut app.queue) {
        app.all_dirty(Dirty::Data);
        pass(app, msg, &mut effects);
    }
    many::begun(app);
    if let Some(id) = app.taken_back.take()
        && let Some(stands) = app.engine.operation(&id).and_then(|op| looking_back::left(app, op))
    {
        app.tell(stands, false);
    }
    renew_rows(app);
    many::ended(app);
    if std::mem::take(&mut app.recount) {
        app.totals = totals::of(app);
        app.repeated = totals::repeated(app);
    }
    let interests = interests::interests(app);
    if interests != app.interests && interests::may_change(app) {
        app.interests.clone_from(&interests);
        pass(app, engine::Msg::Interests(interests), &mut effects);
        renew_rows(app);
    }
    costs::renew(app);
    compare::renew(app);
    requests::follow(app);
    overtake(app, data_came);
    secret::show_next(app);
    resume::ask_by_itself(app);
    watchdogs::ask_by_itself(app);
    app.forget_message();
    app.tips.pass(env.tick);
    if let Some(at) = earliest(app.engine_wake, own_wake(app)) {
        // A moment that passed while keys came is due now.
        effects.push(Effect::Engine(engine::Effect::WakeAt(at.max(Monotonic(env.tick.0 + 1)))));
    }
    effects
}

/// So many requests the live log shows.
const MOST_REQUESTS: usize = 500;

/// Those that are there already are not taken twice.
fn take_requests(app: &mut App, new: Vec<crate::domain::Request>) {
    let last = app.requests.back().map_or(0, |request| request.number);
    app.requests.extend(new.into_iter().filter(|request| request.number > last));
    let spare = app.requests.len().saturating_sub(MOST_REQUESTS);
    app.requests.drain(..spare);
}

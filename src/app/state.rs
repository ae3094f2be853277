//! The state of the dashboard. Nothing of it is changed but by [`update`](crate::app::update()).

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::time::Duration;

use crate::app::layers::layer::Layer;
use crate::app::layers::{create, form, secret};
use crate::app::layout::Layout;
use crate::app::message::Message;
use crate::app::panes::row::RowKey;
use crate::app::panes::state::PaneState;
use crate::app::panes::totals;
use crate::app::tables::commands::Keymap;
use crate::app::tables::pane::Pane;
use crate::app::{public_keys, tips};
use crate::domain::{AccountName, Action, Monotonic, OpId, Phrase, ResourceRef, Text, text};
use crate::engine;
use crate::engine::{AccountState, Engine, Env};
use crate::words::Words;

/// Rows do not change places within this time of a key.
pub(in crate::app) const QUIET_AFTER_KEY: Duration = Duration::from_secs(1);
/// The snapshots of the instance under the cursor have room as for so many rows.
pub(in crate::app) const FOLLOWING: usize = 2;
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zoom {
    /// Beside the list where there is room.
    List,
    Details,
    Full,
}

#[derive(Debug)]
pub struct App {
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
    pub local_keys: Vec<public_keys::LocalKey>,
    /// The form for a new instance that was left before it was sent.
    pub draft: Option<Box<create::CreateForm>>,
    /// The present moment.
    pub now: Env,
    /// Whether the live log of requests is open: then its requests come as messages.
    pub requests_open: bool,
    /// The live log of requests, the oldest first; as it was when it was closed last.
    pub requests: std::collections::VecDeque<crate::domain::LoggedRequest>,
    /// The names that instances of more than one shown account bear.
    pub(in crate::app) repeated: HashSet<String>,
    pub(in crate::app) recount: bool,
    pub(in crate::app) message: Option<Message>,
    pub(in crate::app) tips: tips::Tips,
    pub(in crate::app) last_key: Monotonic,
    /// The operations about which it was asked by itself whether they are still wanted.
    pub(in crate::app) resume_asked: Vec<OpId>,
    /// The instances about which it was asked by itself whether to reboot them.
    pub(in crate::app) offers_asked: Vec<ResourceRef>,
    pub(in crate::app) dirty: [Dirty; Pane::COUNT],
    /// The instance whose snapshots were listed last; `None` where those of all were.
    pub(in crate::app) snapshots_of: Option<ResourceRef>,
    /// The pane to go back to from one that stands aside.
    pub(in crate::app) primary_pane: Pane,
    pub(in crate::app) interests: Vec<engine::Interest>,
    /// The problem shown last, and where the cursor was then.
    pub(in crate::app) problem: Option<(Problem, Pane, Option<RowKey>)>,
    pub(in crate::app) queue: Vec<engine::Msg>,
    pub(in crate::app) cancelled: Option<OpId>,
    /// What was confirmed for several in this turn, and what of that has not ended.
    pub(in crate::app) confirmed: Vec<(Pane, Vec<(RowKey, Action)>)>,
    pub(in crate::app) batches: Vec<Batch>,
    pub(in crate::app) engine_wake: Option<Monotonic>,
}

/// Why the rows of a pane must be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::app) enum Dirty {
    No,
    /// They are up to date, but not all in their places: a key was pressed just now.
    Places,
    /// Data came: rows stay where they are for a moment after a key.
    Data,
    /// A person asked for another filter, order or selection.
    Asked,
}

/// Something that is not well, and where it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) enum Problem {
    Row(Pane, RowKey),
    Account(AccountName),
}

/// What was confirmed in one dialog for several, until all of it ended.
#[derive(Debug, Clone)]
pub(in crate::app) struct Batch {
    pub(in crate::app) pane: Pane,
    /// What each was marked as, with its operation, where one was begun.
    pub(in crate::app) all: Vec<(RowKey, Option<OpId>)>,
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
        let mut panes = Pane::ALL.map(|_| PaneState::default());
        // The instances are asked for, and say whose snapshots are shown, wherever one begins.
        for pane in [Pane::Instances, start.pane] {
            panes[pane.index()].opened = true;
        }
        if let Some(filter) = start.filter {
            panes[start.pane.index()].filter = tui_input::Input::new(filter);
        }
        let mut layers = Vec::new();
        if !start.configured {
            layers.push(Layer::welcome());
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
            primary_pane: Pane::Instances,
            interests: Vec::new(),
            problem: None,
            queue: Vec::new(),
            cancelled: None,
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
        Layout::new(self.size.0, self.size.1, self.focus, rows, self.tip().is_some())
    }

    /// The instance under the cursor of the instances pane.
    #[must_use]
    pub fn selected_instance(&self) -> Option<ResourceRef> {
        match self.panes[Pane::Instances.index()].selected()? {
            RowKey::Resource(resource) => Some(resource.clone()),
            RowKey::Operation(_) | RowKey::ExternalChange(..) => None,
        }
    }

    pub(crate) fn shown_accounts(&self) -> impl Iterator<Item = &AccountState> {
        self.engine.accounts().iter().filter(|account| !self.hidden.contains(&account.account.name))
    }

    /// Whether more than one account is shown, so that each row names its own.
    #[must_use]
    pub fn several_accounts(&self) -> bool {
        self.shown_accounts().count() > 1
    }

    /// A name, with its account where another account has an instance of the same name.
    #[must_use]
    pub fn distinct_name(&self, name: &str, account: &AccountName) -> String {
        if self.repeated.contains(name) { format!("{name} ({account})") } else { name.to_owned() }
    }

    pub(in crate::app) fn all_dirty(&mut self, why: Dirty) {
        self.recount = true;
        for dirty in &mut self.dirty {
            *dirty = (*dirty).max(why);
        }
    }

    pub(in crate::app) fn asked(&mut self, pane: Pane) {
        self.dirty[pane.index()] = Dirty::Asked;
    }

    /// The message to show now, and whether it is bad news.
    #[must_use]
    pub fn message(&self) -> Option<(&Phrase, bool)> {
        let message = self.message.as_ref().filter(|message| message.goes() > self.now.tick)?;
        Some((&message.what, message.bad))
    }

    pub(crate) fn tell(&mut self, what: Phrase, bad: bool) {
        self.message = Some(Message::new(what, bad, self.now.tick));
    }

    pub(crate) fn tell_nothing(&mut self) {
        self.tell(Phrase::new(text::refused::NOTHING), false);
    }

    /// Does what a key or a paste asks for: a message that comes of it goes with the layers that are open then.
    pub(super) fn heed(&mut self, ask: impl FnOnce(&mut Self)) {
        let former = self.message.take();
        ask(self);
        match &mut self.message {
            Some(message) => message.depth = self.layers.len(),
            None => self.message = former.filter(|message| message.depth == 0),
        }
    }

    /// What a dialog said that is closed goes with it.
    pub(super) fn forget_message(&mut self) {
        let depth = self.layers.len();
        self.message.take_if(|message| message.depth > depth);
    }

    pub(super) fn message_goes(&self) -> Option<Monotonic> {
        self.message.as_ref().map(Message::goes).filter(|gone| *gone > self.now.tick)
    }

    #[must_use]
    pub fn tip(&self) -> Option<Text> {
        self.tips.first()
    }

    pub(crate) fn go_to(&mut self, pane: Pane) {
        if !self.focus.is_secondary() {
            self.primary_pane = self.focus;
        }
        if self.focus != pane {
            self.details_scroll = 0;
            self.zoom = Zoom::List;
        }
        self.focus = pane;
        self.panes[pane.index()].opened = true;
    }
}

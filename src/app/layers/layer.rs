//! What lies over the panes: dialogs, menus, viewers. Each is data; the topmost gets the keys.

use tui_input::Input;

use crate::app::layers::allow::Allow;
use crate::app::layers::compare::CompareView;
use crate::app::layers::confirm::ConfirmDialog;
use crate::app::layers::console_output_view::ConsoleOutputView;
use crate::app::layers::costs::CostView;
use crate::app::layers::create::CreateForm;
use crate::app::layers::form::Form;
use crate::app::layers::key_form::KeyForm;
use crate::app::layers::rule_editor::RuleEditor;
use crate::app::layers::secret::SecretBox;
use crate::app::panes::row::Row;
use crate::app::public_keys::LocalKey;
use crate::app::tables::commands::Command;
use crate::domain::{AccountName, OpId, Phrase, ResourceRef, Target, Verb, text};

#[derive(Debug, Clone)]
pub enum Layer {
    /// A changing action asks first.
    Confirm(Box<ConfirmDialog>),
    Notice(NoticeBox),
    Help(Viewer),
    Raw(Viewer),
    /// The live log of requests; its lines come from the app.
    Requests(Viewer),
    /// What an instance writes to its console; its lines come from the inventory.
    ConsoleOutput(ConsoleOutputView),
    Cost(CostView),
    Compare(Box<CompareView>),
    Menu(Menu),
    Leaving(Leaving),
    HandOver(HandOver),
    NewAccount(Form),
    Create(Box<CreateForm>),
    KeyForm(Box<KeyForm>),
    /// A secret that is shown once.
    Secret(Box<SecretBox>),
    Rules(Box<RuleEditor>),
    Allow(Box<Allow>),
}

impl Layer {
    /// It was painted, or there is no room for it: keys typed before it was are dropped where an answer sends something.
    pub(in crate::app) fn set_drawn(&mut self, drawn: bool) {
        match self {
            Self::Confirm(confirm) => confirm.drawn = drawn,
            Self::Leaving(leaving) => leaving.drawn = drawn,
            Self::HandOver(handing) => handing.drawn = drawn,
            Self::Menu(menu) => menu.drawn = drawn,
            Self::Secret(shown) => shown.drawn = drawn,
            _ => {}
        }
    }

    /// Whether a key is dropped since it was typed before this was painted. What waits for an answer counts them.
    pub(in crate::app) const fn drops_key(&mut self) -> bool {
        let (drawn, ignored) = match self {
            Self::Confirm(confirm) => (confirm.drawn, &mut confirm.ignored),
            Self::Leaving(leaving) => (leaving.drawn, &mut leaving.ignored),
            Self::HandOver(handing) => (handing.drawn, &mut handing.ignored),
            Self::Secret(shown) => (shown.drawn, &mut shown.ignored),
            Self::Menu(menu) => return !menu.drawn && matches!(menu.kind, MenuKind::Decide | MenuKind::Unprotect),
            _ => return false,
        };
        if !drawn {
            *ignored += 1;
        }
        !drawn
    }

    /// What is offered where there is no configuration.
    pub(in crate::app) fn welcome() -> Self {
        let entries = vec![
            MenuEntry::new("d", text::welcome::DEMO, MenuChoice::Demo),
            MenuEntry::new("n", text::welcome::NEW, MenuChoice::NewAccount),
            MenuEntry::new("i", text::welcome::IMPORT, MenuChoice::Import),
            MenuEntry::new("q", text::welcome::QUIT, MenuChoice::Command(Command::Leave)),
        ];
        let intro = vec![Phrase::new(text::welcome::WHAT), Phrase::new(text::welcome::NONE)];
        Self::Menu(Menu { intro, ..Menu::new(MenuKind::Welcome, Phrase::new(text::title::WELCOME), entries) })
    }
}

#[derive(Debug, Clone)]
pub struct NoticeBox {
    pub title: Phrase,
    /// What it says, a paragraph each.
    pub lines: Vec<Phrase>,
    pub keys: Phrase,
}

impl NoticeBox {
    /// A notice that is read and closed, and no more.
    #[must_use]
    pub const fn new(title: Phrase, lines: Vec<Phrase>) -> Self {
        Self { title, lines, keys: Phrase::new(text::confirm::CLOSE) }
    }
}

#[derive(Debug, Clone)]
pub struct Viewer {
    pub title: Phrase,
    /// Its lines; empty for help, which is made from the command table.
    pub lines: Vec<String>,
    /// The first line shown.
    pub scroll: usize,
}

#[derive(Debug, Clone)]
pub struct Menu {
    pub kind: MenuKind,
    pub title: Phrase,
    /// What is said above the entries, a paragraph each.
    pub intro: Vec<Phrase>,
    /// What there is to choose from, filtered and ordered.
    pub entries: Vec<MenuEntry>,
    pub cursor: usize,
    pub typed: Option<Input>,
    /// Whether it was painted: where a choice makes something be sent, keys typed before that are dropped.
    pub drawn: bool,
    /// The row it is about, where its entries are made again when data come.
    pub about: Option<Row>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuKind {
    Actions,
    Palette,
    Order,
    Accounts,
    Copy,
    Snapshots,
    RestoreWays,
    Firewalls,
    Plans,
    Providers,
    Decide,
    LocalKeys,
    KeyChange,
    KeyAccount,
    RuleMistakes,
    Unprotect,
    /// The first run: no configuration.
    Welcome,
}

impl Menu {
    /// A menu with its cursor on the first entry.
    #[must_use]
    pub const fn new(kind: MenuKind, title: Phrase, entries: Vec<MenuEntry>) -> Self {
        Self { kind, title, intro: Vec::new(), entries, cursor: 0, typed: None, drawn: false, about: None }
    }
}

#[derive(Debug, Clone)]
pub struct MenuEntry {
    pub pick: MenuChoice,
    /// The key that chooses it, where there is one.
    pub key: String,
    pub text: Phrase,
    /// Why it cannot be chosen, where it cannot.
    pub why_not: Option<Phrase>,
    /// Whether it is switched on, where it is a switch.
    pub on: Option<bool>,
}

impl MenuEntry {
    /// One that can be chosen and is no switch.
    pub(crate) fn new(key: impl Into<String>, text: impl Into<Phrase>, pick: MenuChoice) -> Self {
        Self { pick, key: key.into(), text: text.into(), why_not: None, on: None }
    }

    /// The same, with the digit of its place for a key, as long as there is one.
    pub(crate) fn numbered(at: usize, text: impl Into<Phrase>, pick: MenuChoice) -> Self {
        Self::new(if at < 9 { (at + 1).to_string() } else { String::new() }, text, pick)
    }
}

#[derive(Debug, Clone)]
pub enum MenuChoice {
    Command(Command),
    /// By the column at this place.
    Order(usize),
    Account(AccountName),
    Copy(String),
    /// Restore this snapshot, in one way or the other.
    Restore(Row),
    Ask(Verb, Row),
    /// This verb on the instance of this row, with this firewall or plan.
    With(Verb, Row, Target),
    Demo,
    NewAccount,
    Import,
    Provider(usize),
    /// Leave this operation and ask for what it was to make once more, with a new dialog.
    Anew(OpId),
    Decide(Vec<OpId>, crate::engine::Decision),
    /// Add this key of this machine, or one that is typed.
    LocalKey(Option<LocalKey>),
    /// Offer the selected SSH keys to new instances, or no more.
    OfferKey(bool),
    RenameKey,
    NewApiKey(AccountName),
    EditAgain(String),
    Offered(ResourceRef, crate::engine::OfferAnswer),
    /// These are protected no more.
    Unprotect(Vec<(ResourceRef, String)>),
    Nothing,
}

#[derive(Debug, Clone)]
pub struct Leaving {
    /// A line for each operation that still has a request to send.
    pub lines: Vec<Phrase>,
    /// Whether it was painted: keys typed before that are dropped.
    pub drawn: bool,
    /// How many keys were dropped.
    pub ignored: usize,
}

/// Asks before the terminal is given to a program.
#[derive(Debug, Clone)]
pub struct HandOver {
    pub title: Phrase,
    pub lines: Vec<Phrase>,
    pub to: crate::app::ExternalProgram,
    /// Whether it was painted: keys typed before that are dropped.
    pub drawn: bool,
    /// How many keys were dropped.
    pub ignored: usize,
}

/// How many lines of a viewer fit on a screen of this size: header, footer and frame stay.
#[must_use]
pub fn viewer_height(size: (u16, u16)) -> usize {
    usize::from(size.1.saturating_sub(4)).max(1)
}

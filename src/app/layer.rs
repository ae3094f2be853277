//! What lies over the panes: dialogs, menus, viewers. Each is data; the topmost gets the keys.

use tui_input::Input;

use crate::domain::{AccountName, OpId, Phrase, ResourceRef, Target, Verb};

use super::allow::Allow;
use super::commands::Command;
use super::compare::CompareView;
use super::confirm::Confirm;
use super::costs::CostView;
use super::create::CreateForm;
use super::form::Form;
use super::key_form::KeyForm;
use super::local_keys::LocalKey;
use super::pane::Column;
use super::rows::Row;
use super::rule_editor::{Outside, RuleEditor};
use super::secret::SecretBox;

/// Something over the panes.
#[derive(Debug, Clone)]
pub enum Layer {
    /// A changing action asks first.
    Confirm(Box<Confirm>),
    /// Something to be read and closed.
    Notice(NoticeBox),
    /// The keys of this place.
    Help(Viewer),
    /// Text to be read and scrolled.
    Raw(Viewer),
    /// The live log of requests; its lines come from the app.
    Requests(Viewer),
    /// What all accounts cost this month.
    Cost(CostView),
    /// Two things side by side.
    Compare(Box<CompareView>),
    /// A list to choose from.
    Menu(Menu),
    /// What stands if one leaves now.
    Leaving(Leaving),
    /// The terminal is to be given to a program.
    Handing(Handing),
    /// A new account.
    NewAccount(Form),
    /// A new instance.
    Create(Box<CreateForm>),
    /// A new SSH key.
    KeyForm(Box<KeyForm>),
    /// A secret that is shown once.
    Secret(Box<SecretBox>),
    /// The rules of a firewall.
    Rules(Box<RuleEditor>),
    /// An address is let in.
    Allow(Box<Allow>),
}

/// Something to be read and closed.
#[derive(Debug, Clone)]
pub struct NoticeBox {
    /// The title.
    pub title: Phrase,
    /// What it says, a paragraph each.
    pub lines: Vec<Phrase>,
    /// Which keys it waits for.
    pub keys: Phrase,
}

impl NoticeBox {
    /// A notice that is read and closed, and no more.
    #[must_use]
    pub const fn new(title: Phrase, lines: Vec<Phrase>) -> Self {
        Self { title, lines, keys: Phrase::new("confirm.close") }
    }
}

/// Text to be read and scrolled.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// The title.
    pub title: Phrase,
    /// Its lines; empty for help, which is made from the command table.
    pub lines: Vec<String>,
    /// The first line shown.
    pub scroll: usize,
}

/// A list to choose from.
#[derive(Debug, Clone)]
pub struct Menu {
    /// What is chosen.
    pub kind: MenuKind,
    /// The title.
    pub title: Phrase,
    /// What is said above the entries, a paragraph each.
    pub intro: Vec<Phrase>,
    /// What there is to choose from, filtered and ordered.
    pub entries: Vec<Entry>,
    /// The entry under the cursor.
    pub cursor: usize,
    /// What is typed to find one, in a palette.
    pub typed: Option<Input>,
    /// Whether it was painted: where a choice makes something be sent, keys typed before that are dropped.
    pub drawn: bool,
    /// The row it is about, where its entries are made anew when data come.
    pub about: Option<Row>,
}

/// What a menu is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "menus by their names")]
pub enum MenuKind {
    Actions,
    Palette,
    Order,
    Accounts,
    Copy,
    Snapshots,
    RestoreWays,
    Firewalls,
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
    pub const fn new(kind: MenuKind, title: Phrase, entries: Vec<Entry>) -> Self {
        Self { kind, title, intro: Vec::new(), entries, cursor: 0, typed: None, drawn: false, about: None }
    }
}

/// One entry of a menu.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What happens when it is chosen.
    pub pick: Pick,
    /// The key that chooses it, where there is one.
    pub key: String,
    /// What it says.
    pub text: Phrase,
    /// Why it cannot be chosen, where it cannot.
    pub why_not: Option<Phrase>,
    /// Whether it is switched on, where it is a switch.
    pub on: Option<bool>,
}

/// What happens when an entry is chosen.
#[derive(Debug, Clone)]
pub enum Pick {
    /// A command.
    Command(Command),
    /// Order by this column.
    Order(Column),
    /// Show or hide an account.
    Account(AccountName),
    /// Copy this text.
    Copy(String),
    /// Restore this snapshot, in one way or the other.
    Restore(Row),
    /// Ask about this verb on this row.
    Ask(Verb, Row),
    /// Put this firewall on the instance of this row, or take it off.
    Firewall(Verb, Row, Target),
    /// Look round the demo.
    Demo,
    /// A new account.
    NewAccount,
    /// Take over a file with credentials.
    Import,
    /// A new account at the provider of this form.
    Provider(usize),
    /// Leave this operation and ask for what it was to make once more, with a new dialog.
    Anew(OpId),
    /// Decide about operations.
    Decide(Vec<OpId>, crate::engine::Decision),
    /// Add this key of this machine, or one that is typed.
    LocalKey(Option<LocalKey>),
    /// Offer the selected SSH keys to new instances, or no more.
    OfferKey(bool),
    /// Give the selected SSH key another name.
    RenameKey,
    /// Make a key of the API in this account.
    NewApiKey(AccountName),
    /// Open the person's editor again, over this.
    EditAgain(Outside),
    /// Answer what a watchdog offers.
    Offered(ResourceRef, crate::engine::OfferAnswer),
    /// These are protected no more.
    Unprotect(Vec<(ResourceRef, String)>),
    /// Close the menu.
    Nothing,
}

/// What stands if one leaves now.
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
pub struct Handing {
    /// The title.
    pub title: Phrase,
    /// What runs, and what is cancelled by it.
    pub lines: Vec<Phrase>,
    /// The program.
    pub to: super::Away,
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

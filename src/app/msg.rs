//! What comes in, what goes out, and programs that the terminal is given to.

use crate::app::layers::{form, secret};
use crate::app::public_keys;
use crate::app::tables::key::KeyStroke;
use crate::domain::{AccountName, Hidden, Phrase, ResourceId};
use crate::engine;

#[derive(Debug, Clone)]
pub enum AppMsg {
    Key(KeyStroke),
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
    ExternalExited(ExternalProgram, Result<ExternalExit, Phrase>),
    /// What became of a new account: a line for the form, and whether it is done.
    AccountSaved(Result<Phrase, Phrase>),
    /// What sources say of the addresses that this machine has on the internet.
    MyAddress(Result<Vec<crate::domain::OwnAddress>, crate::domain::NoAgreement>),
    /// What became of a console that was asked for.
    Console(ConsoleOutcome),
    /// The public keys of this machine, as [`AppEffect::LocalKeys`] asked for them.
    LocalKeys(Vec<public_keys::LocalKey>),
    /// What became of a secret that was to be kept in the keyring.
    SecretKept(Result<Phrase, Phrase>),
    /// Requests that were sent since the last ones, while the live log is open.
    Requests(Vec<crate::domain::LoggedRequest>),
    /// The program is to end without asking: SIGTERM, SIGHUP.
    Terminate,
}

#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "few at a time, and nearly all of the engine's")]
pub enum AppEffect {
    Engine(engine::Effect),
    Copy(String),
    /// Copy a secret to the clipboard.
    CopySecret(Hidden),
    /// Keep a secret in the keyring: then [`AppMsg::SecretKept`] comes.
    KeepSecret(secret::StoreSecret),
    /// Read the public keys of this machine: then [`AppMsg::LocalKeys`] comes.
    LocalKeys,
    Quit,
    /// Give the terminal back and stop until continued.
    Suspend,
    /// Paint everything again.
    Redraw,
    /// Give the terminal to a program, and take it back when that has ended: then [`AppMsg::ExternalExited`] comes.
    HandOver(ExternalProgram),
    /// Something that is watched changed: to be told also where nobody looks.
    Alert(String),
    AddAccount {
        provider: &'static str,
        fields: form::Filled,
    },
    /// Show an instance's console in a browser: then [`AppMsg::Console`] comes.
    Console(Console),
    /// Ask sources which addresses this machine has on the internet: then [`AppMsg::MyAddress`] comes.
    MyAddress,
    ImportAccounts(String),
    StartDemo,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExternalProgram {
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
pub struct ExternalExit {
    /// How it ended; `None` where a signal ended it.
    pub status: Option<i32>,
    /// The text as it stands now, where one was edited.
    pub text: Option<String>,
}

/// An instance whose console is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Console {
    pub account: AccountName,
    pub instance: ResourceId,
    pub name: String,
}

/// What became of a console that was asked for.
#[derive(Debug, Clone)]
pub enum ConsoleOutcome {
    Opened,
    /// Nothing here opens its address, which is this.
    NoBrowser(Console, Hidden),
    /// There is no address to open, and why.
    Failed(Phrase),
}

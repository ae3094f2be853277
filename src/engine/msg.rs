//! What comes into the engine and what it wants done. Both are plain data.

use std::sync::Arc;

use crate::domain::{
    Account, AccountName, Action, Answer, Before, Budget, Call, Fault, Hidden, Learnt, Line, ListKey, Listing, OpId,
    OpResult, OwnAddress, Phrase, Probe, Reading, Record, ResourceRef, SecretOf, Tick, Wall, Watchdog,
};

use super::watchdog::OfferAnswer;

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Msg {
    /// The moment came that [`Effect::WakeAt`] named, or time passed otherwise.
    Woke,
    /// An account was added, or changed its settings.
    AccountAdded(Account),
    /// What the screen shows now; it decides what is kept fresh.
    Looks(Vec<Look>),
    /// Something under way waits for the secret, and has for a while: whatever keeps it may wait for a person.
    SecretAwaited {
        /// Whose.
        account: AccountName,
        /// Where it is kept.
        from: String,
    },
    /// A login ended.
    LoggedIn {
        /// Whose.
        account: AccountName,
        /// How.
        result: Result<(), Fault>,
        /// What is left to be spent.
        budget: Budget,
    },
    /// A read ended.
    Read {
        /// Whose.
        account: AccountName,
        /// Which list.
        list: ListKey,
        /// When it began, as [`Effect::Read`] said.
        begun: Tick,
        /// What was read.
        result: Result<Reading, Fault>,
        /// What is left to be spent.
        budget: Budget,
    },
    /// A change was answered, or was not.
    Answered {
        /// The operation.
        op: OpId,
        /// Its step.
        step: usize,
        /// Which attempt.
        attempt: u32,
        /// What came back.
        answer: Answer,
        /// What is left to be spent.
        budget: Budget,
    },
    /// A list that an earlier run kept on disk.
    Kept {
        /// Whose.
        account: AccountName,
        /// Which.
        list: ListKey,
        /// Its content.
        listing: Arc<Listing>,
        /// When it was read.
        as_of: Wall,
    },
    /// A person confirmed these, in one dialog; all may run at once.
    Ask(Vec<Action>),
    /// The same, confirmed beforehand: what they were put together from was read just now, and is fresh enough to be
    /// checked against.
    AskShown(Vec<Action>),
    /// A person confirmed these, in one dialog.
    AskMany {
        /// What is to be done.
        actions: Vec<Action>,
        /// Whether also what interrupts service runs all at once; else one goes after the other, and none after one
        /// that did not end well.
        together: bool,
    },
    /// A person takes back an operation that counts down.
    TakeBack(OpId),
    /// A person leaves an operation where it stands: as [`Msg::TakeBack`], and where all was sent its end is not waited
    /// for any more.
    Leave(OpId),
    /// A person decided about an operation that halted.
    Decide(OpId, Decision),
    /// A person wants fresh data of this account now.
    Refresh(AccountName),
    /// The journal as it stands on disk, all of it: at start, and whenever another process wrote to it.
    Journal(Vec<Line>),
    /// A person wants to be told, or no more, when this changes.
    Watch(ResourceRef, bool),
    /// The addresses that the person comes from, those of one origin: they replace what was known of that origin.
    OwnAddress(Vec<OwnAddress>),
    /// What is to be watched over, as the configuration has it.
    Watchdogs(Vec<Watchdog>),
    /// A probe ended.
    Probed {
        /// What was tried.
        of: ResourceRef,
        /// How.
        probe: Probe,
        /// When it began, as [`Effect::Probe`] said.
        begun: Tick,
        /// Nothing, or why it failed, in a few words.
        result: Result<(), String>,
    },
    /// A person answered what a watchdog offered.
    Offered(ResourceRef, OfferAnswer),
    /// A person protects something from every change, or does no more.
    Protect {
        /// What.
        resource: ResourceRef,
        /// What it is called.
        name: String,
        /// Whether it is protected from now on.
        on: bool,
    },
    /// The program ends or is suspended: what counts down is cancelled.
    CancelCountdowns,
}

/// What a person decides about a change whose outcome nothing shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It happened: go on with the next step.
    ItHappened,
    /// It did not: send it again.
    SendAgain,
    /// Leave the operation here.
    LeaveIt,
}

/// One list that the screen shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Whose.
    pub account: AccountName,
    /// Which.
    pub list: ListKey,
    /// How much of a person's attention it has.
    pub attention: Attention,
}

/// How much of a person's attention a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attention {
    /// One of many lists that are shown together: they are read in turn.
    Turn,
    /// On the screen, elsewhere than where the cursor is.
    Beside,
    /// The pane in focus, or what belongs to the selection.
    Focus,
    /// A form that a person fills in.
    Form,
}

/// Something to be done.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Log in, so that the first list need not.
    LogIn {
        /// Whose.
        account: AccountName,
    },
    /// Read a list. The answer names `begun` again.
    Read {
        /// Whose.
        account: AccountName,
        /// Which.
        list: ListKey,
        /// The present moment.
        begun: Tick,
        /// What was read last, to share records with.
        former: Option<Arc<Listing>>,
    },
    /// Write an intent line, then send a change, once; then write what came back.
    Change(Box<Change>),
    /// Write a line to the journal.
    Record {
        /// The operation.
        op: OpId,
        /// What happened.
        record: Record,
    },
    /// Write to the journal how an operation ended, the reason in words.
    Ended {
        /// The operation.
        op: OpId,
        /// How.
        result: OpResult,
    },
    /// Keep a list for the next run.
    Keep {
        /// Whose.
        account: AccountName,
        /// Which.
        list: ListKey,
        /// Its content.
        listing: Arc<Listing>,
        /// When it was read.
        as_of: Wall,
    },
    /// Forget that the credentials were refused.
    TryAgain {
        /// Whose.
        account: AccountName,
    },
    /// Send [`Msg::Woke`] at this moment. It replaces an earlier wish.
    WakeAt(Tick),
    /// A secret that a provider told, to be shown once and written down nowhere.
    Secret {
        /// The account.
        account: AccountName,
        /// Whose it is.
        of: SecretOf,
        /// What that is called.
        name: String,
        /// The secret.
        value: Hidden,
    },
    /// Try whether an instance answers. [`Msg::Probed`] names `of`, `probe` and `begun` again.
    Probe {
        /// The instance.
        of: ResourceRef,
        /// How.
        probe: Probe,
        /// What is tried, all at once: `HOST:PORT`, or addresses of pages. One that answers is enough.
        targets: Vec<String>,
        /// The present moment.
        begun: Tick,
    },
    /// Tell the person.
    Tell(Notice),
}

/// A change to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The account.
    pub account: AccountName,
    /// The operation.
    pub op: OpId,
    /// Its step.
    pub step: usize,
    /// Which attempt at it, from 1.
    pub attempt: u32,
    /// What is sent.
    pub call: Call,
    /// What earlier answers taught.
    pub learnt: Vec<Learnt>,
    /// What is there now.
    pub before: Before,
    /// What must not be protected, by whatever process, for this to leave. Nothing once the operation has begun.
    pub guards: Vec<ResourceRef>,
}

/// Something to tell a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// What.
    pub what: Phrase,
    /// Whether it is bad news.
    pub bad: bool,
    /// The operation it is about.
    pub op: Option<OpId>,
    /// Whether to call a person back who looks elsewhere: an operation ended or waits for a decision, or something that
    /// is watched changed.
    pub alert: bool,
}

//! What comes into the engine and what it wants done. Both are plain data.

use std::sync::Arc;

use crate::domain::{
    Account, AccountName, Action, Answer, Budget, Call, Collection, Fault, Hidden, Line, ListKey, Monotonic, OpId,
    OpResult, Output, OwnAddress, Phrase, PreState, Probe, Reading, Record, ResourceRef, SecretOf, Timestamp, Watchdog,
};

use super::watchdog::OfferAnswer;

#[derive(Debug, Clone)]
pub enum Msg {
    /// The moment came that [`Effect::WakeAt`] named, or time passed otherwise.
    Woke,
    /// An account was added, or changed its settings.
    AccountAdded(Account),
    /// What the screen shows now; it decides what is kept fresh.
    Interests(Vec<Interest>),
    /// Something under way waits for the secret, and has for a while: whatever keeps it may wait for a person.
    SecretAwaited {
        account: AccountName,
        from: String,
    },
    LoggedIn {
        account: AccountName,
        result: Result<(), Fault>,
        budget: Budget,
    },
    Read {
        account: AccountName,
        list: ListKey,
        /// When it began, as [`Effect::Read`] said.
        started_at: Monotonic,
        result: Result<Reading, Fault>,
        budget: Budget,
    },
    /// A change was answered, or was not.
    Answered {
        op: OpId,
        step: usize,
        attempt: u32,
        answer: Answer,
        budget: Budget,
    },
    /// A list that an earlier run kept on disk.
    Kept {
        account: AccountName,
        list: ListKey,
        collection: Arc<Collection>,
        read_at: Timestamp,
    },
    /// A person confirmed these, in one dialog; all may run at once.
    Ask(Vec<Action>),
    /// The same, confirmed beforehand: what they were put together from was read just now, and is fresh enough to be
    /// checked against.
    AskShown(Vec<Action>),
    AskMany {
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
    /// What was written to the journal since the last: at start all of it. Lines that were told before do no harm.
    Journal(Vec<Line>),
    /// A person wants to be told, or no more, when this changes.
    Watch(ResourceRef, bool),
    /// The addresses that the person comes from, those of one origin: they replace what was known of that origin.
    OwnAddress(Vec<OwnAddress>),
    /// What is to be watched over, as the configuration has it.
    Watchdogs(Vec<Watchdog>),
    Probed {
        of: ResourceRef,
        probe: Probe,
        /// When it began, as [`Effect::Probe`] said.
        started_at: Monotonic,
        /// Nothing, or why it failed, in a few words.
        result: Result<(), String>,
    },
    Offered(ResourceRef, OfferAnswer),
    /// A person protects something from every change, or does no more.
    Protect {
        resource: ResourceRef,
        name: String,
        on: bool,
    },
    /// The program ends or is suspended: what counts down is cancelled.
    CancelCountdowns,
}

/// What a person decides about a change whose outcome nothing shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    ItHappened,
    /// It did not: send it again.
    SendAgain,
    LeaveIt,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interest {
    pub account: AccountName,
    pub list: ListKey,
    pub priority: Priority,
}

/// How much of a person's attention a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// One of many lists that are shown together: they are read in turn.
    Turn,
    /// On the screen, elsewhere than where the cursor is.
    Beside,
    /// The pane in focus, or what belongs to the selection.
    Focus,
    Form,
}

#[derive(Debug, Clone)]
pub enum Effect {
    /// Log in, so that the first list need not.
    LogIn {
        account: AccountName,
    },
    /// Read a list. The answer names `begun` again.
    Read {
        account: AccountName,
        list: ListKey,
        /// The present moment.
        started_at: Monotonic,
        /// What was read last, to share records with.
        former: Option<Arc<Collection>>,
    },
    /// Write an intent line, then send a change, once; then write what came back.
    Change(Box<Change>),
    Record {
        op: OpId,
        record: Record,
    },
    /// Write to the journal how an operation ended, the reason in words.
    Ended {
        op: OpId,
        result: OpResult,
    },
    Keep {
        account: AccountName,
        list: ListKey,
        collection: Arc<Collection>,
        read_at: Timestamp,
    },
    TryAgain {
        account: AccountName,
    },
    /// Send [`Msg::Woke`] at this moment. It replaces an earlier wish.
    WakeAt(Monotonic),
    /// A secret that a provider told, to be shown once and written down nowhere.
    Secret {
        account: AccountName,
        of: SecretOf,
        name: String,
        /// The secret.
        value: Hidden,
    },
    /// Try whether an instance answers. [`Msg::Probed`] names `of`, `probe` and `begun` again.
    Probe {
        of: ResourceRef,
        probe: Probe,
        /// What is tried, all at once: `HOST:PORT`, or addresses of pages. One that answers is enough.
        targets: Vec<String>,
        /// The present moment.
        started_at: Monotonic,
    },
    Tell(Notice),
}

/// A change to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub account: AccountName,
    pub op: OpId,
    pub step: usize,
    /// Which attempt at it, from 1.
    pub attempt: u32,
    pub call: Call,
    pub outputs: Vec<Output>,
    pub pre_state: PreState,
    /// What must not be protected, by whatever process, for this to leave. Nothing once the operation has begun.
    pub guards: Vec<ResourceRef>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    pub what: Phrase,
    pub bad: bool,
    pub op: Option<OpId>,
    /// Whether to call a person back who looks elsewhere: an operation ended or waits for a decision, or something that
    /// is watched changed.
    pub alert: bool,
}

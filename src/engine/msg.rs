//! What comes into the engine.

use std::sync::Arc;

use crate::domain::{
    Account, AccountName, Action, Answer, Budget, Collection, Fault, JournalLine, ListKey, Monotonic, OpId, OwnAddress,
    Phrase, Probe, Reading, ResourceRef, Timestamp, Watchdog,
};

#[derive(Debug, Clone)]
pub enum Msg {
    /// The moment came that [`crate::engine::Effect::WakeAt`] named, or time passed otherwise.
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
        /// When it began, as [`crate::engine::Effect::Read`] said.
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
    Journal(Vec<JournalLine>),
    /// A person wants to be told, or no more, when this changes.
    Watch(ResourceRef, bool),
    /// The addresses that the person comes from, those of one origin: they replace what was known of that origin.
    OwnAddress(Vec<OwnAddress>),
    /// What is to be watched over, as the configuration has it.
    Watchdogs(Vec<Watchdog>),
    Probed {
        of: ResourceRef,
        probe: Probe,
        /// When it began, as [`crate::engine::Effect::Probe`] said.
        started_at: Monotonic,
        /// Nothing, or why it failed, in a few words.
        result: Result<(), Phrase>,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferAnswer {
    Reboot,
    /// Not now; it may be offered again later.
    NotNow,
    /// Not again as long as the program runs.
    NotAgain,
}

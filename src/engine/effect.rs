//! What the engine wants done: plain data, carried out by the runtime.

use std::sync::Arc;

use crate::domain::{
    AccountName, Call, Collection, Hidden, JournalRecord, ListKey, Monotonic, OpId, OpResult, Output, Phrase, PreState,
    Probe, ResourceRef, SecretOf, Timestamp,
};

#[derive(Debug, Clone)]
pub enum Effect {
    /// Log in, so that the first list need not.
    LogIn {
        account: AccountName,
    },
    /// Read a list. The answer names `started_at` again.
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
        record: JournalRecord,
    },
    /// Write to the journal how an operation ended, the reason in words.
    Ended {
        op: OpId,
        result: OpResult,
    },
    CacheList {
        account: AccountName,
        list: ListKey,
        collection: Arc<Collection>,
        read_at: Timestamp,
    },
    TryAgain {
        account: AccountName,
    },
    /// Send [`crate::engine::Msg::Woke`] at this moment. It replaces an earlier wish.
    WakeAt(Monotonic),
    /// A secret that a provider told, to be shown once and written down nowhere.
    Secret {
        account: AccountName,
        of: SecretOf,
        name: String,
        /// The secret.
        value: Hidden,
    },
    /// Try whether an instance answers. [`crate::engine::Msg::Probed`] names `of`, `probe` and `started_at` again.
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

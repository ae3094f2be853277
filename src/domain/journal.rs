//! What the journal holds: every change asked for and what became of it, one record a line.
//!
//! `journal.jsonl`, version 1: one JSON object a line, appended only, UTF-8, mode 0600. Past 4 MiB the file is set aside
//! as `journal.1.jsonl`, and what has not ended is carried over. Every line has
//!
//! | field | what |
//! | --- | --- |
//! | `v` | the version of the format; a reader takes what it understands of a newer one and skips the rest |
//! | `at` | when it was written, RFC 3339 UTC |
//! | `process` | the run that wrote it; the last of `asked` and `taken_over` carries the operation on |
//! | `op` | the operation it belongs to |
//! | `record` | what happened, with its own fields beside it: |
//!
//! | `record` | fields | what happened |
//! | --- | --- | --- |
//! | `asked` | `account`, `action`, `steps`, `by` | a person confirmed it, or `by` says who did; steps count from 0 everywhere |
//! | `intent` | `step`, `attempt`, `call`, `before` | a request is about to leave; `before` is what there was, to settle it by |
//! | `answered` | `step`, `attempt`, `answer` | what came back, secrets removed |
//! | `learnt` | `learnt` | an id that later steps need |
//! | `step_done` | `step` | |
//! | `undoing` | `step`, `steps` | it failed there, and what was made for it is taken away again by these steps, which follow it in the place of others |
//! | `unsure` | `step` | the outcome of its request is not known |
//! | `settled` | `step`, `took_effect`, `by` | what became of it: `shown` by the provider, or said by a `person`; without an `intent` before it all was so already, and nothing was sent |
//! | `taken_over` | | another process carries it on |
//! | `confirmed` | | a person said again that what is left is to be sent |
//! | `protected` | `resource`, `name`, `on` | a person protects something, or no more; its `op` is of no operation |
//! | `ended` | `result`, `reason`, `code` | `done`, `failed`, `cancelled` or `unknown` |
//!
//! What failed: `jq -c 'select(.record == "ended" and .result == "failed") | [.at, .op, .code, .reason]' journal.jsonl`

use serde::{Deserialize, Serialize};

use crate::domain::action::Action;
use crate::domain::answer::{Answer, Output};
use crate::domain::call::Call;
use crate::domain::ids::{AccountName, OpId, ResourceRef};
use crate::domain::provider_policy::PreState;
use crate::domain::step::Step;
use crate::domain::time::Timestamp;

pub const JOURNAL_VERSION: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalLine {
    pub v: u32,
    /// When it was written, RFC 3339 UTC.
    pub at: Timestamp,
    pub process: String,
    pub op: OpId,
    #[serde(flatten)]
    pub record: JournalRecord,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub enum JournalRecord {
    Asked {
        account: AccountName,
        /// What was asked, with its targets as the dialog showed them.
        action: Action,
        steps: Vec<Step>,
        /// The operation whose good end it waits for, where they were asked for together to run one at a time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<OpId>,
        /// Who asked for it, where that was no person by themselves: `watchdog`, or `offer` where a person took up what
        /// the watchdog offered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<String>,
    },
    /// A request is about to be sent. It is on disk before the request leaves.
    Intent {
        step: usize,
        /// Which attempt at it, from 1.
        attempt: u32,
        call: Call,
        /// What was there before.
        #[serde(rename = "before")]
        pre_state: PreState,
    },
    Answered {
        step: usize,
        attempt: u32,
        /// The answer, secrets removed.
        answer: Answer,
    },
    #[serde(rename = "learnt")]
    Output {
        #[serde(rename = "learnt")]
        output: Output,
    },
    StepDone {
        step: usize,
    },
    /// What it was to make failed at this step. These steps take its place and that of all that were to follow: they take
    /// away again what was made for it.
    Undoing {
        step: usize,
        steps: Vec<Step>,
    },
    /// The outcome of a request is not known.
    #[serde(rename = "unsure")]
    OutcomeUnknown {
        step: usize,
    },
    /// A person decided about an unknown outcome, or what the provider shows settled it.
    #[serde(rename = "settled")]
    Reconciled {
        step: usize,
        took_effect: bool,
        by: Why,
    },
    /// Another process carries it on, since the one that did is gone: the one that wrote this line.
    TakenOver {},
    /// A person said, after a sleep or in a later run, that what is still to be sent is to be sent.
    Confirmed {},
    /// A person protects something from every change, or does no more. Its operation is none: the id only tells lines
    /// apart.
    Protected {
        resource: ResourceRef,
        name: String,
        on: bool,
    },
    Ended {
        /// `done`, `failed`, `cancelled` or `unknown`.
        result: String,
        /// The provider's or our own reason, in English.
        reason: Option<String>,
        code: Option<String>,
    },
}

/// Who settled an unknown outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    Shown,
    Person,
}

//! A change under way: what was asked, its steps, and how far it has come.

use crate::domain::action::Action;
use crate::domain::answer::{Answer, Explained, Output};
use crate::domain::call::Call;
use crate::domain::ids::{AccountName, OpId};
use crate::domain::phrase::Phrase;
use crate::domain::provider_policy::PreState;
use crate::domain::step::{Condition, Step};
use crate::domain::time::{Monotonic, Timestamp};

#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    pub id: OpId,
    pub action: Action,
    pub account: AccountName,
    /// Who asked for it, where that was no person by themselves.
    pub by: Option<String>,
    pub owner: String,
    /// When a person last said that it may be sent, where that was before a sleep, in an earlier run or long ago: the
    /// next call asks first.
    pub asks_since: Option<Timestamp>,
    /// When a person last said that it may be sent.
    pub wanted_at: Timestamp,
    /// The operation whose good end it waits for before anything of it is sent.
    pub after: Option<OpId>,
    pub steps: Vec<Step>,
    /// What became of each step.
    pub marks: Vec<StepMark>,
    pub at: usize,
    pub state: OpState,
    pub asked: Timestamp,
    /// The same moment on the clock that only goes forward.
    pub confirmed: Monotonic,
    pub step_since: Monotonic,
    /// Only reads begun after this moment count for the step it is at.
    pub read_after: Monotonic,
    /// How often the call of this step was sent.
    pub attempt: u32,
    /// When the call of this step was sent first.
    pub first_sent: Option<Monotonic>,
    /// Whether it was asked for alone or stands first of those asked for together; the others leave requests for the
    /// list that is watched.
    pub alone: bool,
    /// Whether any request was sent at all.
    pub sent_any: bool,
    pub outputs: Vec<Output>,
    /// What was there before the call of this step.
    pub pre_state: PreState,
    /// When the call whose effect is waited for, or that is under way, was sent last; none where that tells nothing of
    /// how long it takes.
    pub sent: Option<Monotonic>,
    /// How long its calls took to show, those that were followed from the request to the end of the wait.
    pub lasted: Vec<Lasted>,
    /// How far the present step was shown to be, so that no bar jumps back.
    pub reached: f32,
    /// How far the whole was shown to be.
    pub reached_all: f32,
    /// Whether it was said that its stop takes longer than usual.
    pub told_late: bool,
    /// What failed, where what was made for it is taken away again, or was.
    pub undoes: Option<Phrase>,
    /// Every request that it sent and what came back, oldest first.
    pub attempts: Vec<Attempt>,
    pub ended: Option<Timestamp>,
    /// How long it took in all, once ended.
    pub took: Option<std::time::Duration>,
}

/// One request of an operation and what came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub step: usize,
    /// Which attempt at it, from 1.
    pub attempt: u32,
    pub at: Timestamp,
    pub answered: Option<Timestamp>,
    pub status: Option<u16>,
    pub code: Option<String>,
    pub request_id: Option<String>,
    /// The provider's words, or why none came.
    pub said: Option<Phrase>,
}

impl Attempt {
    /// A request that is sent now.
    #[must_use]
    pub const fn new(step: usize, attempt: u32, at: Timestamp) -> Self {
        Self { step, attempt, at, answered: None, status: None, code: None, request_id: None, said: None }
    }

    pub fn take(&mut self, answer: &Answer, at: Timestamp) {
        self.answered = Some(at);
        match answer {
            Answer::Replied { status, code, said, request_id, .. } => {
                self.status = Some(*status);
                self.code.clone_from(code);
                self.said.clone_from(said);
                self.request_id.clone_from(request_id);
            }
            Answer::NotConnected { said }
            | Answer::Lost { said }
            | Answer::NotJournalled { said }
            | Answer::NotSent { why: said }
            | Answer::NotAuthorised { said } => self.said = Some(said.clone()),
            Answer::OverBudget { .. } => {}
        }
    }
}

/// How long a call took, from the request until the wait after it was over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lasted {
    pub step: usize,
    /// How much it moved, in GB, where that was known.
    pub size_gb: Option<u64>,
    pub took: std::time::Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepMark {
    Ahead,
    Now,
    Done(std::time::Duration),
    Ended,
}

/// How the present step of an operation stands.
#[derive(Debug, Clone, PartialEq)]
pub enum OpState {
    /// Counts down; nothing was sent; can be taken back.
    Countdown {
        until: Monotonic,
    },
    /// Waits until the one before it is done; nothing was sent; can be taken back.
    Turn,
    /// Compares what the dialog showed with what a fresh read shows.
    Checking,
    /// Ready to be sent, held back by the budget or by the provider's wish.
    Queued {
        /// Not before this moment, where one is known.
        not_before: Option<Timestamp>,
        /// What the provider said, where it had refused for now.
        why: Option<Phrase>,
    },
    /// Sent; no answer yet.
    Sending,
    /// Waits until the provider shows it.
    Watching,
    /// Lets time pass, since the provider shows nothing.
    Settling {
        until: Monotonic,
    },
    /// The answer was lost; what the provider shows will settle it.
    OutcomeUnknown,
    /// Nothing can settle it; a person decides.
    Halted(Halt),
    Ended(Result),
}

/// What a person can decide about an operation that halted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Halt {
    /// The answer was lost and the provider never shows whether it took effect.
    OutcomeUnknown,
    /// What is still to be sent was confirmed long ago: a person says whether it still holds.
    StillWanted,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Result {
    Done,
    Failed {
        what: Phrase,
        /// What the provider said, where it did.
        said: Option<Explained>,
    },
    /// It was taken back or left before its end.
    Cancelled {
        why: Phrase,
    },
    /// It was left with its outcome unknown.
    Unknown,
}

impl Result {
    /// How it ended, in a word of no language.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed { .. } => "failed",
            Self::Cancelled { .. } => "cancelled",
            Self::Unknown => "unknown",
        }
    }

    /// Why: the provider's own words where there are any, else ours.
    #[must_use]
    pub fn reason(&self, say: impl Fn(&Phrase) -> String) -> Option<String> {
        match self {
            Self::Failed { said: Some(said), .. } => Some(say(&said.said)),
            Self::Failed { what: why, said: None } | Self::Cancelled { why } => Some(say(why)),
            Self::Done | Self::Unknown => None,
        }
    }

    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Failed { said: Some(said), .. } => said.code.as_deref(),
            _ => None,
        }
    }
}

impl Operation {
    /// One that was asked for just now, and of which nothing was sent.
    #[must_use]
    pub fn new(id: OpId, owner: String, action: Action, steps: Vec<Step>, asked: Timestamp, now: Monotonic) -> Self {
        let mark = |step| if step == 0 { StepMark::Now } else { StepMark::Ahead };
        Self {
            id,
            account: action.subject().account().clone(),
            action,
            by: None,
            owner,
            asks_since: None,
            wanted_at: asked,
            after: None,
            marks: (0..steps.len()).map(mark).collect(),
            steps,
            at: 0,
            state: OpState::Checking,
            asked,
            confirmed: now,
            step_since: now,
            read_after: now,
            attempt: 0,
            first_sent: None,
            alone: false,
            sent_any: false,
            outputs: Vec::new(),
            pre_state: PreState::default(),
            sent: None,
            lasted: Vec::new(),
            reached: 0.0,
            reached_all: 0.0,
            told_late: false,
            undoes: None,
            attempts: Vec::new(),
            ended: None,
            took: None,
        }
    }

    /// Takes in what an answer or a list taught. Steps ahead that stood for what was to be made name it from now on.
    pub fn learn(&mut self, output: Output) {
        self.steps.iter_mut().skip(self.at).for_each(|step| step.name(&output));
        self.outputs.push(output);
    }

    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.state, OpState::Ended(_))
    }

    #[must_use]
    pub fn step(&self) -> Option<&Step> {
        self.steps.get(self.at)
    }

    /// Whether all that is left of it is to wait for a machine to answer: everything that was to be sent took effect.
    #[must_use]
    pub fn only_listens(&self) -> bool {
        let listens = matches!(self.step(), Some(Step::Wait(Condition::Answers { .. })));
        listens && matches!(self.state, OpState::Watching) && !self.has_calls_ahead()
    }

    /// Whether a request is still to be sent, so that leaving now would leave it undone.
    #[must_use]
    pub fn has_calls_ahead(&self) -> bool {
        self.calls_ahead().next().is_some()
    }

    /// The requests that are still to be sent, with the numbers of their steps.
    pub fn calls_ahead(&self) -> impl Iterator<Item = (usize, &Call)> {
        let from = match self.state {
            OpState::Ended(_) => self.steps.len(),
            _ => self.at + usize::from(self.is_in_doubt()),
        };
        self.calls_from(from)
    }

    /// The requests of its steps from this one on, with their numbers.
    pub fn calls_from(&self, step: usize) -> impl Iterator<Item = (usize, &Call)> {
        self.steps.iter().enumerate().skip(step).filter_map(|(n, step)| Some((n, step.call()?)))
    }

    /// Whether what it was to make was made: only what comes after that is left.
    #[must_use]
    pub fn has_made(&self) -> bool {
        let making = |step: &Step| matches!(step, Step::Call { call, .. } if call.makes());
        !self.steps.iter().skip(self.at).any(making)
    }

    /// Whether it is not known if its last request took effect.
    #[must_use]
    pub const fn is_in_doubt(&self) -> bool {
        matches!(self.state, OpState::Sending | OpState::OutcomeUnknown | OpState::Halted(Halt::OutcomeUnknown))
    }
}

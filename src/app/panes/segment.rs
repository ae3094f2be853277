//! What stands in a cell: texts with what they mean, and the marks of states.

use crate::app::tone::Tone;
use crate::domain::{AccountColour, InstanceStatus, OpResult, OpState, Operation, StoreStatus};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    Text(String, Tone),
    /// The mark of a state, with a blank behind it.
    Mark(Mark),
    Account(String, Option<AccountColour>),
}

impl Segment {
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Vec<Self> {
        vec![Self::Text(text.into(), Tone::Plain)]
    }

    #[must_use]
    pub fn dim(text: impl Into<String>) -> Vec<Self> {
        vec![Self::Text(text.into(), Tone::Dim)]
    }

    /// A word behind its mark. The mark bears the colour; so does the word where something is wrong.
    #[must_use]
    pub fn marked(mark: Option<Mark>, word: String) -> Vec<Self> {
        let tone = if mark == Some(Mark::Wrong) { Tone::Bad } else { Tone::Plain };
        mark.map(Self::Mark).into_iter().chain([Self::Text(word, tone)]).collect()
    }
}

/// The mark before a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Running,
    Off,
    Busy,
    /// A person is to do something.
    Asks,
    Wrong,
}

impl Mark {
    #[must_use]
    pub const fn tone(self) -> Tone {
        match self {
            Self::Running => Tone::Good,
            Self::Off => Tone::Plain,
            Self::Busy | Self::Asks => Tone::Busy,
            Self::Wrong => Tone::Bad,
        }
    }

    #[must_use]
    pub const fn instance(status: &InstanceStatus) -> Self {
        match status {
            InstanceStatus::Running => Self::Running,
            InstanceStatus::Stopped | InstanceStatus::Paused | InstanceStatus::Suspended | InstanceStatus::Shelved => {
                Self::Off
            }
            InstanceStatus::Error | InstanceStatus::Unknown(_) => Self::Wrong,
            InstanceStatus::ConfirmResize | InstanceStatus::Rescue => Self::Asks,
            _ => Self::Busy,
        }
    }

    /// Of a snapshot or an image; none where it is good.
    #[must_use]
    pub const fn store(status: &StoreStatus) -> Option<Self> {
        match status {
            StoreStatus::Available => None,
            StoreStatus::Error | StoreStatus::Unknown(_) => Some(Self::Wrong),
            _ => Some(Self::Busy),
        }
    }

    /// Of an operation; none where it is over and well.
    #[must_use]
    pub const fn operation(op: &Operation) -> Option<Self> {
        match &op.state {
            OpState::Halted(_)
            | OpState::OutcomeUnknown
            | OpState::Ended(OpResult::Failed { .. } | OpResult::Unknown) => Some(Self::Wrong),
            OpState::Ended(_) => None,
            _ => Some(Self::Busy),
        }
    }
}

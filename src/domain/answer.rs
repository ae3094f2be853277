//! What comes back on a change, and what is made of it.

use crate::domain::text;
use serde::{Deserialize, Serialize};

use crate::domain::hidden::Hidden;
use crate::domain::ids::{Kind, ResourceId};
use crate::domain::phrase::Phrase;
use crate::domain::time::Timestamp;

/// What came back on a request that changes something. Not yet judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    Replied {
        status: u16,
        /// The provider's own code, from wherever it puts it.
        code: Option<String>,
        said: Option<Phrase>,
        request_id: Option<String>,
        /// The body, secrets removed, cut short.
        body: String,
        /// Whether the body had a shape that this provider is known to answer with.
        understood: bool,
        #[serde(rename = "learnt")]
        outputs: Vec<Output>,
        /// How long to stay silent, where it said so.
        wait_until: Option<Timestamp>,
    },
    /// No connection was made: nothing can have happened.
    NotConnected { said: Phrase },
    /// It was sent, or may have been, and no answer came.
    Lost { said: Phrase },
    /// Our own rate limiter held it back: nothing was sent.
    OverBudget { until: Timestamp },
    /// It could not be written to the journal first, so nothing was sent.
    NotJournalled { said: Phrase },
    /// There is no such request, or not enough is known for it: nothing was sent.
    NotSent { why: Phrase },
    /// There was no token to send it with: nothing was sent.
    NotAuthorised { said: Phrase },
}

impl Answer {
    /// The same, with what a language would word worded so: as the journal keeps it.
    #[must_use]
    pub fn worded(mut self, say: impl Fn(&Phrase) -> String) -> Self {
        match &mut self {
            Self::NotConnected { said }
            | Self::Lost { said }
            | Self::NotJournalled { said }
            | Self::NotSent { why: said }
            | Self::NotAuthorised { said }
            | Self::Replied { said: Some(said), .. } => *said = say(said).into(),
            Self::Replied { said: None, .. } | Self::OverBudget { .. } => {}
        }
        self
    }

    /// Whether a request was tried: what was held back here, or could not be made, is no attempt.
    #[must_use]
    pub const fn is_attempt(&self) -> bool {
        !matches!(self, Self::OverBudget { .. } | Self::NotJournalled { .. } | Self::NotSent { .. })
    }
}

/// Something that an answer or a later read told and that later steps need.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Output {
    /// The id of the snapshot or image that was made.
    Snapshot(ResourceId),
    Instance(ResourceId),
    Firewall(ResourceId),
    Key(ResourceId),
    Volume(ResourceId),
    /// A secret that the provider tells once. It is shown once and never written down.
    Secret {
        of: SecretOf,
        /// What it is called: the API key, or the instance's name.
        name: String,
        /// The secret.
        #[serde(skip)]
        value: Hidden,
    },
}

impl Output {
    /// The id of what was made, where it is of this kind.
    #[must_use]
    pub fn id(&self, of: Kind) -> Option<&ResourceId> {
        match (self, of) {
            (Self::Snapshot(id), Kind::Snapshot)
            | (Self::Instance(id), Kind::Instance)
            | (Self::Firewall(id), Kind::Firewall)
            | (Self::Key(id), Kind::Key)
            | (Self::Volume(id), Kind::Volume) => Some(id),
            _ => None,
        }
    }
}

/// Whose secret a provider tells once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecretOf {
    /// The secret part of an API key.
    ApiKey,
    /// The password of an instance's administrator, which the provider chose.
    Password,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It took effect, or had before.
    TookEffect,
    /// It took effect as far as the answer goes, but only once a list read afterwards agrees (a 404 on a delete).
    TookEffectIfGone,
    /// Proven to have had no effect; the same step may send it again.
    NoEffect {
        why: Phrase,
        /// Not before this moment, where that is known.
        not_before: Option<Timestamp>,
    },
    Refused(Explained),
    Unknown,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// What it means and what to do now, where this program knows.
    pub meaning: Option<Phrase>,
    /// The provider's own words; where nothing was sent, why not.
    pub said: Phrase,
    /// Whether it was refused here, before anything was sent.
    pub unsent: bool,
    pub code: Option<String>,
    pub request_id: Option<String>,
}

impl Explained {
    /// What is told: first the provider's own words, since a meaning is a guess, then what they may mean.
    #[must_use]
    pub fn told(&self) -> Phrase {
        match &self.meaning {
            Some(meaning) if self.unsent => meaning.clone(),
            Some(meaning) => text::failed::refused_means(self.said.clone().without_stop(), meaning.clone()),
            None => text::failed::refused(self.said.clone()),
        }
    }
}

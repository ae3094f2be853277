//! Why something could not be read.

use crate::domain::ids::AccountName;
use crate::domain::phrase::Phrase;
use crate::domain::secret_source::SecretOrigin;
use crate::domain::ssh::quoted;
use crate::domain::text;
use crate::domain::time::Timestamp;

/// Why a read failed. Each is a line a person can do something with; none holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No connection came about: name not found, refused, no route, TLS not agreed.
    Unreachable {
        host: String,
        said: Phrase,
    },
    TimedOut {
        /// The host that did not answer.
        host: String,
    },
    BrokenOff {
        said: Phrase,
    },
    /// The account's key, user or password is wrong. The account rests until asked again.
    WrongCredentials {
        /// What the provider said, where it said anything.
        said: Option<Phrase>,
    },
    /// There is no secret to log in with, or it could not be had.
    NoSecret {
        said: Phrase,
    },
    /// The secret is still waited for: a keyring or a program may wait for a person.
    SecretAwaited {
        from: String,
    },
    /// The program that tells the secret did not, without a terminal to ask at. It can be given ours.
    LockedSecret {
        said: Phrase,
    },
    /// One service does not accept a token that is fresh.
    Unauthorised {
        service: String,
    },
    /// The cloud has no such service where the account looks for it.
    NotOffered {
        said: Phrase,
    },
    OverBudget {
        until: Timestamp,
    },
    Quota {
        /// When the next may go, where it said.
        until: Option<Timestamp>,
    },
    Refused {
        status: u16,
        code: Option<String>,
        said: Phrase,
        request_id: Option<String>,
    },
    /// An answer that is not what was asked for.
    NotUnderstood {
        /// The path of the field, or `.` for the whole.
        field: String,
        said: Phrase,
        got: String,
    },
}

impl Fault {
    /// What happened, in a word of no language.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "unreachable",
            Self::TimedOut { .. } => "timed_out",
            Self::BrokenOff { .. } => "broken_off",
            Self::WrongCredentials { .. } => "wrong_credentials",
            Self::NoSecret { .. } => "no_secret",
            Self::SecretAwaited { .. } => "secret_awaited",
            Self::LockedSecret { .. } => "locked_secret",
            Self::Unauthorised { .. } => "unauthorised",
            Self::NotOffered { .. } => "not_offered",
            Self::OverBudget { .. } => "over_budget",
            Self::Quota { .. } => "quota",
            Self::Refused { .. } => "refused",
            Self::NotUnderstood { .. } => "not_understood",
        }
    }

    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Unreachable { host, said } => text::fault::unreachable(host.as_str(), said.clone()),
            Self::TimedOut { host } => text::fault::timed_out(host.as_str()),
            Self::BrokenOff { said } => text::fault::broken_off(said.clone()),
            Self::WrongCredentials { .. } => Phrase::new(text::fault::CREDENTIALS),
            Self::NoSecret { said } => text::fault::no_secret(said.clone()),
            Self::SecretAwaited { from } => text::fault::secret_awaited(from.as_str()),
            Self::LockedSecret { said } => text::fault::locked_secret(said.clone()),
            Self::Unauthorised { service } => text::fault::unauthorised(service.as_str()),
            Self::NotOffered { said } => text::fault::not_offered(said.clone()),
            Self::OverBudget { .. } => Phrase::new(text::fault::OVER_BUDGET),
            Self::Quota { .. } => Phrase::new(text::fault::QUOTA),
            Self::Refused { status, said, .. } => text::fault::refused(u64::from(*status), said.clone()),
            Self::NotUnderstood { field, said, .. } => text::fault::not_understood(field.as_str(), said.clone()),
        }
    }

    #[must_use]
    pub fn brief(&self) -> Phrase {
        match self {
            Self::Unreachable { .. } => Phrase::new(text::fault_brief::UNREACHABLE),
            Self::TimedOut { .. } => Phrase::new(text::fault_brief::TIMED_OUT),
            Self::BrokenOff { .. } => Phrase::new(text::fault_brief::BROKEN_OFF),
            Self::NoSecret { .. } => Phrase::new(text::fault_brief::NO_SECRET),
            Self::SecretAwaited { .. } => Phrase::new(text::fault_brief::SECRET_AWAITED),
            Self::Unauthorised { .. } => Phrase::new(text::fault_brief::UNAUTHORISED),
            Self::NotOffered { .. } => Phrase::new(text::fault_brief::NOT_OFFERED),
            Self::Quota { .. } => Phrase::new(text::fault_brief::QUOTA),
            Self::Refused { status, .. } => text::fault_brief::refused(u64::from(*status)),
            Self::NotUnderstood { .. } => Phrase::new(text::fault_brief::NOT_UNDERSTOOD),
            Self::LockedSecret { .. } => Phrase::new(text::fault_brief::LOCKED_SECRET),
            Self::WrongCredentials { .. } | Self::OverBudget { .. } => self.phrase(),
        }
    }

    /// What to do about it for this account, in one line.
    #[must_use]
    pub fn advice(&self, account: &AccountName, secret: &SecretOrigin) -> Phrase {
        use SecretOrigin::{Cloud, Demo, Keyring, Program, Variable};
        let name = || quoted(account.as_str());
        match (self, secret) {
            (Self::Unreachable { .. }, _) => Phrase::new(text::fault_do::UNREACHABLE),
            (Self::TimedOut { .. }, _) => Phrase::new(text::fault_do::TIMED_OUT),
            (Self::BrokenOff { .. }, _) => Phrase::new(text::fault_do::BROKEN_OFF),
            (Self::WrongCredentials { .. }, Keyring) => text::fault_do::credentials(name()),
            (Self::WrongCredentials { .. }, Variable(from)) => text::fault_do::credentials_variable(from.as_str()),
            (Self::WrongCredentials { .. }, Program(from)) => text::fault_do::credentials_program(from.as_str()),
            (Self::WrongCredentials { .. }, Cloud(name)) => text::fault_do::credentials_cloud(name.as_str()),
            (Self::NoSecret { .. }, Cloud(name)) => text::fault_do::no_secret_cloud(name.as_str()),
            (Self::WrongCredentials { .. } | Self::NoSecret { .. }, Demo) => Phrase::new(text::fault_do::DEMO),
            (Self::NoSecret { .. }, Keyring) => text::fault_do::no_secret(name()),
            (Self::NoSecret { .. }, Variable(from)) => text::fault_do::no_secret_variable(from.as_str()),
            (Self::NoSecret { .. }, Program(from)) => text::fault_do::no_secret_program(from.as_str()),
            (Self::SecretAwaited { .. }, _) => Phrase::new(text::fault_do::SECRET_AWAITED),
            (Self::LockedSecret { .. }, _) => Phrase::new(text::fault_do::LOCKED_SECRET),
            (Self::Unauthorised { .. }, _) => Phrase::new(text::fault_do::UNAUTHORISED),
            (Self::NotOffered { .. }, _) => Phrase::new(text::fault_do::NOT_OFFERED),
            (Self::OverBudget { .. }, _) => Phrase::new(text::fault_do::OVER_BUDGET),
            (Self::Quota { .. }, _) => Phrase::new(text::fault_do::QUOTA),
            (Self::Refused { .. }, _) => Phrase::new(text::fault_do::REFUSED),
            (Self::NotUnderstood { .. }, _) => Phrase::new(text::fault_do::NOT_UNDERSTOOD),
        }
    }

    /// Whether trying again by itself is senseless: a person must act first.
    #[must_use]
    pub const fn needs_a_person(&self) -> bool {
        matches!(self, Self::WrongCredentials { .. } | Self::NoSecret { .. } | Self::LockedSecret { .. })
    }

    /// Whether the list that it befell alone is left until a person asks again.
    #[must_use]
    pub const fn rests_alone(&self) -> bool {
        matches!(self, Self::Unauthorised { .. } | Self::NotOffered { .. })
    }
}

//! Why something could not be read.

use super::account::{Account, SecretSource};
use super::phrase::Phrase;
use super::ssh::quoted;
use super::time::Timestamp;

/// Why a read failed. Each is a line a person can do something with; none holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No connection came about: name not found, refused, no route, TLS not agreed.
    Unreachable {
        host: String,
        said: String,
    },
    TimedOut {
        /// The host that did not answer.
        host: String,
    },
    BrokenOff {
        said: String,
    },
    /// The account's key, user or password is wrong. The account rests until asked again.
    WrongCredentials {
        /// What the provider said, where it said anything.
        said: String,
    },
    /// There is no secret to log in with, or it could not be had.
    NoSecret {
        said: String,
    },
    /// The secret is still waited for: a keyring or a program may wait for a person.
    SecretAwaited {
        from: String,
    },
    /// The program that tells the secret did not, without a terminal to ask at. It can be given ours.
    LockedSecret {
        said: String,
    },
    /// One service does not accept a token that is fresh.
    Unauthorised {
        service: String,
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
        said: String,
        request_id: Option<String>,
    },
    /// An answer that is not what was asked for.
    NotUnderstood {
        /// The path of the field, or `.` for the whole.
        field: String,
        said: String,
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
            Self::OverBudget { .. } => "over_budget",
            Self::Quota { .. } => "quota",
            Self::Refused { .. } => "refused",
            Self::NotUnderstood { .. } => "not_understood",
        }
    }

    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Unreachable { host, said } => {
                Phrase::new("fault.unreachable").with("host", host.as_str()).with("said", said.as_str())
            }
            Self::TimedOut { host } => Phrase::new("fault.timed-out").with("host", host.as_str()),
            Self::BrokenOff { said } => Phrase::new("fault.broken-off").with("said", said.as_str()),
            Self::WrongCredentials { .. } => Phrase::new("fault.credentials"),
            Self::NoSecret { said } => Phrase::new("fault.no-secret").with("said", said.as_str()),
            Self::SecretAwaited { from } => Phrase::new("fault.secret-awaited").with("from", from.as_str()),
            Self::LockedSecret { said } => Phrase::new("fault.locked-secret").with("said", said.as_str()),
            Self::Unauthorised { service } => Phrase::new("fault.unauthorised").with("service", service.as_str()),
            Self::OverBudget { .. } => Phrase::new("fault.over-budget"),
            Self::Quota { .. } => Phrase::new("fault.quota"),
            Self::Refused { status, said, .. } => {
                Phrase::new("fault.refused").with("status", u64::from(*status)).with("said", said.as_str())
            }
            Self::NotUnderstood { field, said, .. } => {
                Phrase::new("fault.not-understood").with("field", field.as_str()).with("said", said.as_str())
            }
        }
    }

    #[must_use]
    pub fn brief(&self) -> Phrase {
        match self {
            Self::Unreachable { .. } => Phrase::new("fault.brief.unreachable"),
            Self::TimedOut { .. } => Phrase::new("fault.brief.timed-out"),
            Self::BrokenOff { .. } => Phrase::new("fault.brief.broken-off"),
            Self::NoSecret { .. } => Phrase::new("fault.brief.no-secret"),
            Self::SecretAwaited { .. } => Phrase::new("fault.brief.secret-awaited"),
            Self::Unauthorised { .. } => Phrase::new("fault.brief.unauthorised"),
            Self::Quota { .. } => Phrase::new("fault.brief.quota"),
            Self::Refused { status, .. } => Phrase::new("fault.brief.refused").with("status", u64::from(*status)),
            Self::NotUnderstood { .. } => Phrase::new("fault.brief.not-understood"),
            Self::LockedSecret { .. } => Phrase::new("fault.brief.locked-secret"),
            Self::WrongCredentials { .. } | Self::OverBudget { .. } => self.phrase(),
        }
    }

    /// What to do about it for this account, in one line.
    #[must_use]
    pub fn advice(&self, account: &Account) -> Phrase {
        use SecretSource::{Demo, Keyring, Program, Variable};
        let key = match (self, &account.secret) {
            (Self::Unreachable { .. }, _) => "fault.do.unreachable",
            (Self::TimedOut { .. }, _) => "fault.do.timed-out",
            (Self::BrokenOff { .. }, _) => "fault.do.broken-off",
            (Self::WrongCredentials { .. }, Keyring) => "fault.do.credentials",
            (Self::WrongCredentials { .. }, Variable(_)) => "fault.do.credentials-variable",
            (Self::WrongCredentials { .. }, Program(_)) => "fault.do.credentials-program",
            (Self::WrongCredentials { .. } | Self::NoSecret { .. }, Demo) => "fault.do.demo",
            (Self::NoSecret { .. }, Keyring) => "fault.do.no-secret",
            (Self::NoSecret { .. }, Variable(_)) => "fault.do.no-secret-variable",
            (Self::NoSecret { .. }, Program(_)) => "fault.do.no-secret-program",
            (Self::SecretAwaited { .. }, _) => "fault.do.secret-awaited",
            (Self::LockedSecret { .. }, _) => "fault.do.locked-secret",
            (Self::Unauthorised { .. }, _) => "fault.do.unauthorised",
            (Self::OverBudget { .. }, _) => "fault.do.over-budget",
            (Self::Quota { .. }, _) => "fault.do.quota",
            (Self::Refused { .. }, _) => "fault.do.refused",
            (Self::NotUnderstood { .. }, _) => "fault.do.not-understood",
        };
        let from = match &account.secret {
            Variable(name) | Program(name) => name.as_str(),
            Keyring | Demo => "",
        };
        // As it is typed in a shell.
        Phrase::new(key).with("account", quoted(account.name.as_str())).with("from", from)
    }

    /// Whether trying again by itself is senseless: a person must act first.
    #[must_use]
    pub const fn needs_a_person(&self) -> bool {
        matches!(self, Self::WrongCredentials { .. } | Self::NoSecret { .. } | Self::LockedSecret { .. })
    }
}

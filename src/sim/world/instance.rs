//! One machine and what happens to it by itself.

use serde::{Deserialize, Serialize};

use crate::sim::clock::Moment;
use crate::sim::world::cloud::Extras;
use crate::sim::world::durations::Durations;

/// What a machine is at. Where `until` is passed, the next state follows by itself.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    Installing {
        until: Moment,
    },
    Importing {
        /// When the download stood at `percent`.
        since: Moment,
        percent: f64,
        /// World seconds a percent.
        pace: f64,
        /// When and with which words it will fail, where it will.
        fails: Option<(Moment, String)>,
    },
    /// Its import failed; the provider shows the reason.
    ImportFailed {
        reason: String,
    },
    Stopped,
    Starting {
        until: Moment,
    },
    Running,
    /// Going down; never by itself where `until` is none.
    Stopping {
        until: Option<Moment>,
    },
    Resetting {
        until: Moment,
    },
    /// Being built by a provider that switches it on afterwards.
    Building {
        until: Moment,
    },
    /// Its disk is being written again; it runs afterwards.
    Rebuilding {
        until: Moment,
    },
    /// Being given another plan, which then waits to be confirmed. `was`: the plan it had, and whether it ran.
    Resizing {
        until: Moment,
        plan: u64,
        was: (u64, bool),
    },
    /// It has another plan, which waits to be confirmed.
    Resized {
        was: (u64, bool),
        /// Until when it is being confirmed, where it is.
        confirmed: Option<Moment>,
    },
    /// Being given back the plan it had.
    Reverting {
        until: Moment,
        was: (u64, bool),
    },
    Destroyed {
        until: Moment,
    },
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Oddities {
    /// A stop never ends; only a forced one does.
    pub hangs_on_stop: bool,
    pub licence_fails: bool,
    /// After a restore it stops at its boot loader: it shows Running, and a stop never ends until it was forced once.
    pub hangs_at_grub: bool,
    pub snapshots_fail: bool,
}

#[derive(Debug, Clone)]
pub struct Instance {
    pub id: u64,
    pub name: String,
    pub uuid: String,
    /// A number that Indigo builds its `VEID` from.
    pub set_no: u64,
    pub host: u64,
    pub plan: u64,
    pub image: u64,
    /// The number of the key it was created with, or 0.
    pub key: u64,
    /// The number of the snapshot it was created from, or 0.
    pub from_snapshot: u64,
    pub imported: bool,
    /// When it was ordered.
    pub created: Moment,
    pub provisioned: Option<Moment>,
    /// IPv4 address.
    pub v4: Option<String>,
    /// IPv6 address.
    pub v6: Option<String>,
    pub mac: String,
    pub console_port: u64,
    /// Password of its console: a live secret at the provider.
    pub console_password: String,
    pub state: State,
    /// Until when a start is refused as too soon.
    pub settles: Option<Moment>,
    /// Until when a restore works on it unseen.
    pub restoring: Option<Moment>,
    /// Whether its next start ends at the boot loader.
    pub at_grub: bool,
    /// What only a provider with tenants knows of it.
    pub cloud: Extras,
    pub odd: Oddities,
    /// Numbers of the firewalls on it. No read call of Indigo tells them.
    pub firewalls: Vec<u64>,
    pub word: Option<String>,
    /// What is sent in its place, to make a broken record.
    pub raw: Option<String>,
}

const fn at_rest(on: bool) -> State {
    if on { State::Running } else { State::Stopped }
}

impl Instance {
    pub fn due(&self) -> Option<Moment> {
        match &self.state {
            State::Installing { until }
            | State::Starting { until }
            | State::Resetting { until }
            | State::Building { until }
            | State::Rebuilding { until }
            | State::Destroyed { until } => Some(*until),
            State::Resizing { until, .. } | State::Reverting { until, .. } => Some(*until),
            State::Resized { confirmed, .. } => *confirmed,
            State::Stopping { until } => *until,
            State::Importing { since, percent, pace, fails } => {
                let done = since.plus((100.0 - percent) * pace);
                Some(fails.as_ref().map_or(done, |(at, _)| done.min(*at)))
            }
            State::ImportFailed { .. } | State::Stopped | State::Running => None,
        }
    }

    /// Makes the change that was due at `at`. A destroyed machine is taken away by its account.
    pub fn pass(&mut self, at: Moment, durations: &Durations) {
        self.state = match std::mem::replace(&mut self.state, State::Stopped) {
            State::Installing { .. } => {
                self.provision(at, durations);
                State::Stopped
            }
            State::Importing { fails: Some((when, reason)), .. } if when <= at => State::ImportFailed { reason },
            State::Importing { .. } => {
                self.provision(at, durations);
                State::Stopped
            }
            State::Building { .. } => {
                self.provisioned = Some(at);
                State::Running
            }
            State::Starting { .. } | State::Resetting { .. } | State::Rebuilding { .. } => State::Running,
            State::Stopping { .. } => State::Stopped,
            State::Resizing { plan, was, .. } => {
                self.plan = plan;
                State::Resized { was, confirmed: None }
            }
            State::Reverting { was, .. } => {
                self.plan = was.0;
                at_rest(was.1)
            }
            State::Resized { was, confirmed: Some(_) } => at_rest(was.1),
            other => other,
        };
        self.cloud.since = at;
    }

    fn provision(&mut self, at: Moment, durations: &Durations) {
        self.provisioned = Some(at);
        self.settles = Some(at.plus(durations.settle));
    }

    /// Whether it is still being made, or never came to be.
    pub const fn is_unprovisioned(&self) -> bool {
        matches!(
            self.state,
            State::Installing { .. }
                | State::Importing { .. }
                | State::ImportFailed { .. }
                | State::Building { .. }
                | State::Rebuilding { .. }
        )
    }

    /// Whether it draws power, whatever it is on its way to.
    pub const fn is_on(&self) -> bool {
        matches!(self.state, State::Starting { .. } | State::Running | State::Stopping { .. } | State::Resetting { .. })
    }

    /// Whether a restore works on it at `now`.
    pub fn is_restoring(&self, now: Moment) -> bool {
        self.restoring.is_some_and(|until| now < until)
    }

    /// Whether a start at `now` comes too soon after its creation.
    pub fn is_settling(&self, now: Moment) -> bool {
        self.settles.is_some_and(|until| now < until)
    }
}

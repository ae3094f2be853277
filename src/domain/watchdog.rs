//! What is watched over from here, and what is done where it stops answering.

use std::time::Duration;

use crate::domain::ids::AccountName;
use crate::domain::net::probe::Probe;
use crate::domain::pattern::glob;

/// One entry of the configuration: which instances, what is tried, and what for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watchdog {
    /// `ACCOUNT/NAME`, where `*` stands for any text.
    pub instance: String,
    pub probe: Probe,
    /// How often, at least ten seconds apart.
    pub every: Duration,
    /// How many failures in a row mean that it does not answer, at least one.
    pub failures: u32,
    pub then: Then,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    Offer,
    Reboot,
}

impl Watchdog {
    /// Whether it watches over an instance of this account and name.
    #[must_use]
    pub fn covers(&self, account: &AccountName, name: &str) -> bool {
        glob(&self.instance, &format!("{account}/{name}"))
    }
}

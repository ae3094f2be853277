//! The two limits of Indigo's gateway: a quota on a fixed clock minute and a spike arrest.
//!
//! Recorded 2024-05 and 2026: 6 requests a minute, the reset on a whole minute; 2 a second smoothed to one per 500 ms.

use std::collections::HashMap;

use crate::sim::clock::Moment;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Pass(Standing),
    /// The minute's quota is spent.
    OverQuota(Standing),
    /// It came too soon after the one before.
    Spike,
}

/// Where the quota stands, as the `X-Quota-*` headers tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Requests a minute.
    pub allowed: u32,
    /// Requests left in this minute.
    pub available: u32,
    /// When the next minute starts, world time.
    pub reset: Moment,
}

#[derive(Debug, Clone)]
pub struct Gate {
    allowed: u32,
    spike_seconds: f64,
    minute: Option<Moment>,
    used: u32,
    last: HashMap<Row, Moment>,
}

/// Requests that keep their distance to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Row {
    All,
    Logins,
    Reads,
    Changes,
}

impl Gate {
    /// A gate that lets `allowed` requests a minute pass, none sooner than `spike_seconds` after another. 0 turns a limit off.
    pub fn new(allowed: u32, spike_seconds: f64) -> Self {
        Self { allowed, spike_seconds, minute: None, used: 0, last: HashMap::new() }
    }

    /// Sets how many requests a minute may pass.
    pub const fn allow(&mut self, allowed: u32) {
        self.allowed = allowed;
    }

    /// Counts one request at `now`.
    pub fn pass(&mut self, row: Row, now: Moment) -> Verdict {
        let last = self.last.get(&row);
        if self.spike_seconds > 0.0 && last.is_some_and(|last| now.seconds_since(*last) < self.spike_seconds) {
            return Verdict::Spike;
        }
        self.last.insert(row, now);
        self.turn(now);
        if self.allowed > 0 && self.used >= self.allowed {
            return Verdict::OverQuota(self.standing(now));
        }
        self.used += 1;
        Verdict::Pass(self.standing(now))
    }

    /// Where the quota stands at `now`, without counting anything.
    pub fn standing(&self, now: Moment) -> Standing {
        let used = if self.minute == Some(now.minute()) { self.used } else { 0 };
        Standing { allowed: self.allowed, available: self.allowed.saturating_sub(used), reset: now.minute().plus(60.0) }
    }

    /// Makes this minute's quota spent, for a fault that pretends so.
    pub fn exhaust(&mut self, now: Moment) {
        self.turn(now);
        self.used = self.allowed;
    }

    fn turn(&mut self, now: Moment) {
        if self.minute != Some(now.minute()) {
            self.minute = Some(now.minute());
            self.used = 0;
        }
    }
}

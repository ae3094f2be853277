//! How many requests an account may still send: a pure value, fed by what was sent and by what the provider says.
//!
//! Two sources, in this order. Headers: so many are left until that moment. Without them: the configured limit over any
//! 60 s and our own count; a limit over *any* 60 s keeps every fixed minute as well. Times are wall-clock, since the
//! value is shared between processes; entries that a clock set back has left in the future are dropped.

use std::collections::VecDeque;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::domain::time::Timestamp;

/// What a provider said of a window that ended so long ago says nothing about now.
const FORGOTTEN: Duration = Duration::from_secs(300);
const WINDOW: Duration = Duration::from_secs(60);
/// Requests that leave this far apart may arrive closer together; so much more is kept between two.
const SPACING_MARGIN: Duration = Duration::from_millis(60);

/// What an account may send as far as the configuration knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// Requests in any 60 s.
    pub per_minute: u32,
    /// Milliseconds between two.
    pub spacing_ms: u64,
}

/// What a request is for. It decides how many are kept back from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Person,
    Step,
    Poll,
}

/// What the provider said of its quota in the headers of one answer, its times already put on our clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotaReading {
    /// When the request was sent that this is the answer to.
    pub sent: Timestamp,
    pub allowed: u32,
    /// Requests left in this window when the answer was made.
    pub available: u32,
    pub reset: Timestamp,
    /// Whether the answer was a success. Some gateways send the headers with refusals only.
    pub on_success: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permit {
    Now,
    /// Not before this moment; ask again then.
    At(Timestamp),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Window {
    allowed: u32,
    available: u32,
    reset: Timestamp,
    counted_from: Timestamp,
    on_success: bool,
}

/// What an account may still send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    limit: Option<Limit>,
    sent: VecDeque<Timestamp>,
    window: Option<Window>,
    silent_until: Option<Timestamp>,
    refusals: u32,
}

impl Budget {
    /// A budget with nothing spent.
    #[must_use]
    pub const fn new(limit: Option<Limit>) -> Self {
        Self { limit, sent: VecDeque::new(), window: None, silent_until: None, refusals: 0 }
    }

    #[must_use]
    pub const fn limit(&self) -> Option<Limit> {
        self.limit
    }

    /// Whether any limit is known.
    #[must_use]
    pub const fn is_limited(&self) -> bool {
        self.limit.is_some() || self.window.is_some()
    }

    /// Requests a minute, as far as is known.
    #[must_use]
    pub fn per_minute(&self) -> Option<u32> {
        match (self.limit, self.window) {
            (Some(limit), _) => Some(limit.per_minute),
            (None, Some(window)) => Some(window.allowed),
            (None, None) => None,
        }
    }

    /// Takes note of a request that was sent.
    pub fn spent(&mut self, at: Timestamp) {
        self.forget(at);
        let place = self.sent.iter().rposition(|t| *t <= at).map_or(0, |i| i + 1);
        self.sent.insert(place, at);
    }

    /// Takes over what another process, or the rate limiter that shares a file with it, knows to have been sent.
    pub fn learn(&mut self, other: &Self, now: Timestamp) {
        self.forget(now);
        self.sent = merged(&self.sent, &other.sent);
        if let Some(theirs) = other.window
            && self.window.is_none_or(|mine| theirs.counted_from >= mine.counted_from)
        {
            self.window = Some(theirs);
        }
        self.silent_until = self.silent_until.max(other.silent_until);
        self.refusals = other.refusals;
        self.forget(now);
    }

    /// Takes note of what the provider said of its quota.
    pub fn heard(&mut self, reading: QuotaReading) {
        let stale = self.window.is_some_and(|w| reading.sent < w.counted_from && reading.reset <= w.reset);
        if stale {
            return;
        }
        let on_success = reading.on_success || self.window.is_some_and(|w| w.on_success);
        self.window = Some(Window {
            allowed: reading.allowed,
            available: reading.available,
            reset: reading.reset,
            counted_from: reading.sent,
            on_success,
        });
    }

    /// Takes note that the provider refused for too much traffic. Without a moment it stays silent for 1 s, doubled
    /// with each refusal in a row, up to a minute.
    pub fn refused(&mut self, at: Timestamp, until: Option<Timestamp>) {
        let pause = Duration::from_secs(1 << self.refusals.min(6)).min(WINDOW);
        self.refusals = self.refusals.saturating_add(1);
        self.silent_until = self.silent_until.max(Some(until.unwrap_or(at + pause)));
    }

    /// Takes note that the provider answered as it should.
    pub const fn answered(&mut self) {
        self.refusals = 0;
    }

    /// Whether the provider refused lately for too much traffic.
    #[must_use]
    pub const fn is_refused(&self) -> bool {
        self.refusals > 0
    }

    /// Whether one more may leave now, if `keep` are to be left after it.
    #[must_use]
    pub fn permit(&self, now: Timestamp, keep: u32) -> Permit {
        let mut at = now;
        if let Some(until) = self.silent_until {
            at = at.max(until);
        }
        if let (Some(limit), Some(last)) = (self.limit, self.sent.back())
            && limit.spacing_ms > 0
            && *last <= now + SPACING_MARGIN
        {
            at = at.max(*last + Duration::from_millis(limit.spacing_ms) + SPACING_MARGIN);
        }
        at = at.max(self.when_more_than(now, keep));
        if at <= now { Permit::Now } else { Permit::At(at) }
    }

    /// How many are left now, of how many, and whether that is only our own count. `None`: no limit known. While the
    /// provider wants to be left alone none is left, of 0 where no limit is known.
    #[must_use]
    pub fn left(&self, now: Timestamp) -> Option<(u32, u32, bool)> {
        if let Some(until) = self.silent_until
            && until > now
        {
            let of = self.window.map(|w| w.allowed).or(self.limit.map(|l| l.per_minute));
            return Some((0, of.unwrap_or(0), false));
        }
        if let Some(window) = self.window.filter(|w| now < w.reset || w.on_success) {
            return Some((self.left_in(window, now), window.allowed, false));
        }
        let limit = self.limit?;
        Some((limit.per_minute.saturating_sub(self.count_since(now - WINDOW)), limit.per_minute, true))
    }

    /// When all that is spent now is given back, as far as is known.
    #[must_use]
    pub fn renewed(&self, now: Timestamp) -> Option<Timestamp> {
        if let Some(until) = self.silent_until.filter(|until| *until > now) {
            return Some(until);
        }
        match self.window.filter(|w| w.reset > now) {
            Some(window) => Some(window.reset),
            None => self.sent.back().map(|last| *last + WINDOW).filter(|_| self.limit.is_some()),
        }
    }

    fn left_in(&self, window: Window, now: Timestamp) -> u32 {
        if now < window.reset {
            let since = self.sent.iter().filter(|t| **t > window.counted_from).count();
            window.available.saturating_sub(u32::try_from(since).unwrap_or(u32::MAX))
        } else {
            let into = now.since(window.reset).as_millis() % WINDOW.as_millis();
            let begin = now - Duration::from_millis(u64::try_from(into).unwrap_or(0));
            window.allowed.saturating_sub(self.count_since(Timestamp(begin.0 - 1)))
        }
    }

    /// The first moment from `now` at which more than `keep` are left.
    fn when_more_than(&self, now: Timestamp, keep: u32) -> Timestamp {
        let mut at = now;
        let mut slide = true;
        if let Some(window) = self.window {
            if now < window.reset || window.on_success {
                slide = false;
            }
            // A window that allows no more than is kept back must not silence a poll for good.
            let keep = keep.min(window.allowed.saturating_sub(1));
            if self.left_in(window, now) <= keep {
                at = if now < window.reset {
                    window.reset
                } else {
                    let into = now.since(window.reset).as_millis() % WINDOW.as_millis();
                    now + (WINDOW - Duration::from_millis(u64::try_from(into).unwrap_or(0)))
                };
            }
        }
        if let (true, Some(limit)) = (slide, self.limit) {
            let keep = keep.min(limit.per_minute.saturating_sub(1));
            let may = (limit.per_minute - keep) as usize;
            let recent: Vec<Timestamp> =
                self.sent.iter().copied().filter(|t| now.since(*t) < WINDOW || *t > now).collect();
            if recent.len() >= may {
                at = at.max(recent[recent.len() - may] + WINDOW);
            }
        }
        at
    }

    fn count_since(&self, after: Timestamp) -> u32 {
        u32::try_from(self.sent.iter().filter(|t| **t > after).count()).unwrap_or(u32::MAX)
    }

    fn forget(&mut self, now: Timestamp) {
        while self.sent.front().is_some_and(|t| now.since(*t) > 2 * WINDOW) {
            self.sent.pop_front();
        }
        while self.sent.back().is_some_and(|t| t.since(now) > Duration::from_secs(5)) {
            self.sent.pop_back();
        }
        if self.silent_until.is_some_and(|until| until.since(now) > Duration::from_secs(3600)) {
            self.silent_until = None;
        }
        if self.window.is_some_and(|w| w.reset.since(now) > Duration::from_secs(3600) || now.since(w.reset) > FORGOTTEN)
        {
            self.window = None;
        }
    }
}

/// All moments of two ordered lists. What stands in both is the same request, as often as it stands in the one that has
/// it more often: two requests may leave in the same millisecond.
fn merged(one: &VecDeque<Timestamp>, other: &VecDeque<Timestamp>) -> VecDeque<Timestamp> {
    let (mut one, mut other) = (one.iter().copied().peekable(), other.iter().copied().peekable());
    let mut all = VecDeque::new();
    loop {
        match (one.peek(), other.peek()) {
            (Some(a), Some(b)) if a == b => {
                all.extend(one.next());
                other.next();
            }
            (Some(a), Some(b)) if a > b => all.extend(other.next()),
            (Some(_), _) => all.extend(one.next()),
            (None, Some(_)) => all.extend(other.next()),
            (None, None) => return all,
        }
    }
}

#[cfg(test)]
#[path = "budget_tests.rs"]
mod tests;

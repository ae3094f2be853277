//! How many requests an account may still send: a pure value, fed by what was sent and by what the provider says.
//!
//! Two sources, in this order. Headers: so many are left until that moment. Without them: the configured limit over any
//! 60 s and our own count; a limit over *any* 60 s keeps every fixed minute as well. Times are wall-clock, since the
//! value is shared between processes; entries that a clock set back has left in the future are dropped.

use std::collections::VecDeque;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::time::Wall;

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
    /// A person waits for it.
    Person,
    /// A step of an operation.
    Step,
    /// Keeping the screen fresh.
    Poll,
}

/// What the provider said of its quota in the headers of one answer, its times already put on our clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotaReading {
    /// When the request was sent that this is the answer to.
    pub sent: Wall,
    /// Requests in one window.
    pub allowed: u32,
    /// Requests left in this window when the answer was made.
    pub available: u32,
    /// When the window ends.
    pub reset: Wall,
    /// Whether the answer was a success. Some gateways send the headers with refusals only.
    pub on_success: bool,
}

/// Whether a request may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permit {
    /// Now.
    Now,
    /// Not before this moment; ask again then.
    At(Wall),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Window {
    allowed: u32,
    available: u32,
    reset: Wall,
    counted_from: Wall,
    on_success: bool,
}

/// What an account may still send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    limit: Option<Limit>,
    sent: VecDeque<Wall>,
    window: Option<Window>,
    silent_until: Option<Wall>,
    refusals: u32,
}

impl Budget {
    /// A budget with nothing spent.
    #[must_use]
    pub const fn new(limit: Option<Limit>) -> Self {
        Self { limit, sent: VecDeque::new(), window: None, silent_until: None, refusals: 0 }
    }

    /// The configured limit.
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
    pub fn spent(&mut self, at: Wall) {
        self.forget(at);
        let place = self.sent.iter().rposition(|t| *t <= at).map_or(0, |i| i + 1);
        self.sent.insert(place, at);
    }

    /// Takes over what another process, or the guard that shares a file with it, knows to have been sent.
    pub fn learn(&mut self, other: &Self, now: Wall) {
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
    pub fn refused(&mut self, at: Wall, until: Option<Wall>) {
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
    pub fn permit(&self, now: Wall, keep: u32) -> Permit {
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

    /// How many are left now, of how many, and whether that is only our own count. `None`: no limit known.
    #[must_use]
    pub fn left(&self, now: Wall) -> Option<(u32, u32, bool)> {
        if let Some(until) = self.silent_until
            && until > now
        {
            let of = self.window.map(|w| w.allowed).or(self.limit.map(|l| l.per_minute))?;
            return Some((0, of, false));
        }
        if let Some(window) = self.window.filter(|w| now < w.reset || w.on_success) {
            return Some((self.left_in(window, now), window.allowed, false));
        }
        let limit = self.limit?;
        Some((limit.per_minute.saturating_sub(self.count_since(now - WINDOW)), limit.per_minute, true))
    }

    /// When all that is spent now is given back, as far as is known.
    #[must_use]
    pub fn renewed(&self, now: Wall) -> Option<Wall> {
        match self.window.filter(|w| w.reset > now) {
            Some(window) => Some(window.reset),
            None => self.sent.back().map(|last| *last + WINDOW).filter(|_| self.limit.is_some()),
        }
    }

    fn left_in(&self, window: Window, now: Wall) -> u32 {
        if now < window.reset {
            let since = self.sent.iter().filter(|t| **t > window.counted_from).count();
            window.available.saturating_sub(u32::try_from(since).unwrap_or(u32::MAX))
        } else {
            let into = now.since(window.reset).as_millis() % WINDOW.as_millis();
            let begin = now - Duration::from_millis(u64::try_from(into).unwrap_or(0));
            window.allowed.saturating_sub(self.count_since(Wall(begin.0 - 1)))
        }
    }

    /// The first moment from `now` at which more than `keep` are left.
    fn when_more_than(&self, now: Wall, keep: u32) -> Wall {
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
            let recent: Vec<Wall> = self.sent.iter().copied().filter(|t| now.since(*t) < WINDOW || *t > now).collect();
            if recent.len() >= may {
                at = at.max(recent[recent.len() - may] + WINDOW);
            }
        }
        at
    }

    fn count_since(&self, after: Wall) -> u32 {
        u32::try_from(self.sent.iter().filter(|t| **t > after).count()).unwrap_or(u32::MAX)
    }

    fn forget(&mut self, now: Wall) {
        while self.sent.front().is_some_and(|t| now.since(*t) > 2 * WINDOW) {
            self.sent.pop_front();
        }
        while self.sent.back().is_some_and(|t| t.since(now) > Duration::from_secs(5)) {
            self.sent.pop_back();
        }
        if self.silent_until.is_some_and(|until| until.since(now) > Duration::from_secs(3600)) {
            self.silent_until = None;
        }
        if self.window.is_some_and(|w| w.reset.since(now) > Duration::from_secs(3600)) {
            self.window = None;
        }
    }
}

/// All moments of two ordered lists. What stands in both is the same request, as often as it stands in the one that has
/// it more often: two requests may leave in the same millisecond.
fn merged(one: &VecDeque<Wall>, other: &VecDeque<Wall>) -> VecDeque<Wall> {
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
mod tests {
    use super::*;

    const SIX: Limit = Limit { per_minute: 6, spacing_ms: 500 };
    const T0: Wall = Wall(1_700_000_000_000);

    fn at(ms: u64) -> Wall {
        T0 + Duration::from_millis(ms)
    }

    #[test]
    fn without_headers_no_sixty_seconds_see_more_than_the_limit() {
        let mut budget = Budget::new(Some(SIX));
        let mut now = T0;
        let mut sent = Vec::new();
        while now < at(600_000) {
            match budget.permit(now, 0) {
                Permit::Now => {
                    budget.spent(now);
                    sent.push(now);
                }
                Permit::At(later) => {
                    assert!(later > now, "a permit in the past would spin");
                    now = later;
                }
            }
        }
        assert!(sent.len() >= 60, "{} sent in ten minutes", sent.len());
        for (i, first) in sent.iter().enumerate() {
            let within = sent[i..].iter().filter(|t| t.since(*first) < WINDOW).count();
            assert!(within <= 6, "{within} within a minute of {first:?}");
        }
        assert!(sent.windows(2).all(|w| w[1].since(w[0]) >= Duration::from_millis(500)));
    }

    #[test]
    fn what_is_kept_back_is_there_for_a_person_at_any_moment() {
        let mut budget = Budget::new(Some(SIX));
        let mut now = T0;
        while now < at(300_000) {
            if budget.permit(now, 2) == Permit::Now {
                budget.spent(now);
            }
            now = now + Duration::from_millis(100);
            let free = budget.left(now).unwrap().0;
            assert!(free >= 2, "{free} left for a person");
        }
    }

    #[test]
    fn headers_overrule_our_own_count() {
        let mut budget = Budget::new(Some(SIX));
        budget.spent(T0);
        budget.heard(QuotaReading { sent: T0, allowed: 6, available: 0, reset: at(8_000), on_success: false });
        assert_eq!(budget.permit(at(1_000), 0), Permit::At(at(8_000)));
        assert_eq!(budget.left(at(1_000)), Some((0, 6, false)));
        assert_eq!(budget.permit(at(8_000), 0), Permit::Now);
    }

    #[test]
    fn a_header_on_success_makes_windows_of_which_each_is_used_in_full() {
        let mut budget = Budget::new(Some(SIX));
        for i in 0..3_u32 {
            let now = at(u64::from(i) * 600);
            budget.spent(now);
            budget.heard(QuotaReading { sent: now, allowed: 6, available: 5 - i, reset: at(10_000), on_success: true });
        }
        assert_eq!(budget.left(at(2_000)), Some((3, 6, false)));
        assert_eq!(budget.left(at(10_000)), Some((6, 6, false)));
    }

    #[test]
    fn a_refusal_without_a_moment_silences_longer_each_time() {
        let mut budget = Budget::new(Some(SIX));
        budget.refused(T0, None);
        assert_eq!(budget.permit(T0, 0), Permit::At(at(1_000)));
        budget.refused(at(1_000), None);
        assert_eq!(budget.permit(at(1_000), 0), Permit::At(at(3_000)));
        budget.answered();
        budget.refused(at(5_000), None);
        assert_eq!(budget.permit(at(5_000), 0), Permit::At(at(6_000)));
    }

    #[test]
    fn no_limit_known_lets_everything_pass() {
        let mut budget = Budget::new(None);
        for i in 0..1_000 {
            budget.spent(at(i));
        }
        assert_eq!(budget.permit(at(1_000), 5), Permit::Now);
        assert_eq!(budget.left(at(1_000)), None);
    }

    #[test]
    fn a_clock_set_back_by_an_hour_does_not_silence_the_account() {
        let mut budget = Budget::new(Some(SIX));
        for i in 0..6 {
            budget.spent(at(3_600_000 + i * 600));
        }
        budget.refused(at(3_600_000), Some(at(3_630_000)));
        budget.spent(at(0));
        budget.forget(at(0));
        assert!(
            matches!(budget.permit(at(2_000), 0), Permit::Now)
                || budget.silent_until.is_none_or(|u| u <= at(3_630_000))
        );
        assert!(budget.left(at(2_000)).is_some());
    }

    #[test]
    fn two_processes_that_learn_of_each_other_share_one_allowance() {
        let mut mine = Budget::new(Some(SIX));
        let mut theirs = Budget::new(Some(SIX));
        for i in 0..3 {
            mine.spent(at(i * 1_000));
            theirs.spent(at(i * 1_000 + 500));
        }
        mine.learn(&theirs, at(3_000));
        assert_eq!(mine.left(at(3_000)).unwrap().0, 0);
    }

    #[test]
    fn two_requests_of_one_millisecond_stay_two_and_what_both_know_is_counted_once() {
        let mut mine = Budget::new(Some(SIX));
        mine.spent(at(0));
        let mut shared = mine.clone();
        shared.spent(at(0));
        mine.learn(&shared, at(1));
        mine.learn(&shared, at(1));
        assert_eq!(mine.left(at(1)).unwrap().0, 4);
    }
}

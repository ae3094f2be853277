//! Times in a filter of operations: `today`, `yesterday`, `2h`, `2026-11-21`.

use std::time::Duration;

use crate::domain::Timestamp;
use crate::words::Clock;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Span {
    /// No longer ago than this.
    Within(Duration),
    /// On this local day, or in the month or year that it begins with.
    Day(String),
}

impl Span {
    fn parse(word: &str, clock: &Clock, now: Timestamp) -> Option<Self> {
        const DAY: Duration = Duration::from_secs(86_400);
        match word {
            "today" => return Some(Self::Day(clock.day(now))),
            "yesterday" => return Some(Self::Day(clock.day(now - DAY))),
            _ => {}
        }
        let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        if word.len() >= 7 && word.split('-').all(digits) && word.as_bytes().get(4) == Some(&b'-') {
            return Some(Self::Day(word.to_owned()));
        }
        let (count, unit) = word.split_at_checked(word.len().checked_sub(1)?)?;
        let seconds = match unit {
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            "w" => 604_800,
            _ => return None,
        };
        let count: u64 = count.parse().ok().filter(|_| digits(count))?;
        Some(Self::Within(Duration::from_secs(count.saturating_mul(seconds))))
    }

    pub(crate) fn holds(&self, at: Timestamp, clock: &Clock, now: Timestamp) -> bool {
        match self {
            Self::Within(lasts) => now.since(at) <= *lasts,
            Self::Day(day) => clock.day(at).starts_with(day.as_str()),
        }
    }
}

/// The times that a text names, and the text without them.
pub(crate) fn split(text: &str, clock: &Clock, now: Timestamp) -> (Vec<Span>, String) {
    let mut spans = Vec::new();
    let mut rest = Vec::new();
    for word in text.split_whitespace() {
        match Span::parse(&word.to_lowercase(), clock, now) {
            Some(span) => spans.push(span),
            None => rest.push(word),
        }
    }
    (spans, rest.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_name_a_time_are_told_from_others() {
        let clock = Clock::utc();
        // 2026-11-21T14:32:00Z.
        let now = Timestamp(1_795_271_520_000);
        let (spans, rest) = split("web today 2h v2 2026-11 10-2 stop", &clock, now);
        let day = |text: &str| Span::Day(text.to_owned());
        assert_eq!(spans, [day("2026-11-21"), Span::Within(Duration::from_secs(7_200)), day("2026-11")]);
        assert_eq!(rest, "web v2 10-2 stop");
        let held = |word: &str, hours: u64| {
            let at = now - Duration::from_secs(hours * 3_600);
            split(word, &clock, now).0[0].holds(at, &clock, now)
        };
        assert!(held("today", 14) && !held("today", 15) && held("yesterday", 15));
        assert!(held("2h", 2) && !held("2h", 3) && held("1d", 24) && held("2026-11-20", 20));
    }
}

//! The wall clock: the only place of the providers that reads it, and the only one that knows how servers write dates.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use jiff::fmt::rfc2822::DateTimeParser;

use crate::domain::Timestamp;

/// Now, on this machine's wall clock.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the HTTP client's clock")]
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Measures how long something takes: asked, it tells the time since it was made.
#[expect(clippy::disallowed_methods, reason = "the HTTP client's clock")]
pub(super) fn stopwatch() -> impl Fn() -> Duration {
    let began = Instant::now();
    move || began.elapsed()
}

/// A date as HTTP headers hold it, such as `Thu, 10 Oct 2024 22:36:32 GMT`.
pub(super) fn http_date(text: &str) -> Option<Timestamp> {
    const PARSER: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    PARSER.parse_timestamp(text.trim()).ok().map(|at| Timestamp(at.as_millisecond()))
}

/// How far a server's clock is behind ours, in milliseconds, from the `Date` of an answer that came at `heard`. Dates
/// have seconds only and answers take time, so less than two seconds count as none.
pub(super) fn skew(date: Timestamp, heard: Timestamp) -> i64 {
    let behind = heard.0 - date.0;
    if behind.abs() < 2_000 { 0 } else { behind }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_a_recorded_answer_is_read() {
        assert_eq!(http_date("Thu, 10 Oct 2024 22:36:32 GMT"), Some(Timestamp(1_728_599_792_000)));
        assert_eq!(http_date("yesterday"), None);
    }

    #[test]
    fn a_difference_that_seconds_and_travel_explain_is_no_skew() {
        assert_eq!(skew(Timestamp(1_000_000), Timestamp(1_001_999)), 0);
        assert_eq!(skew(Timestamp(1_000_000), Timestamp(1_300_000)), 300_000);
        assert_eq!(skew(Timestamp(1_300_000), Timestamp(1_000_000)), -300_000);
    }
}

//! What headers say of a quota, put on our clock.

use std::time::Duration;

use super::clock::http_date;
use crate::domain::{QuotaReading, Timestamp};

/// A provider that wants to be left alone for longer is asked again after this time.
const LONGEST: Duration = Duration::from_secs(3_600);

/// What one answer said of the provider's quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct QuotaHeaders {
    allowed: Option<u32>,
    available: Option<u32>,
    /// When the window ends, on our clock.
    reset: Option<Timestamp>,
    /// `Retry-After`, on our clock.
    retry_after: Option<Timestamp>,
}

impl QuotaHeaders {
    /// Reads `X-Quota-Allowed`, `X-Quota-Available`, `X-Quota-Reset` (epoch ms on the server's clock, recorded May
    /// 2024) and `Retry-After` (seconds, or a date on the server's clock). `skew`: how far that clock is behind ours.
    pub(super) fn from_headers(header: &impl Fn(&str) -> Option<String>, heard: Timestamp, skew: i64) -> Self {
        let number = |name: &str| header(name)?.trim().parse::<i64>().ok();
        let count = |name: &str| number(name).and_then(|n| u32::try_from(n.max(0)).ok());
        let retry_after = header("retry-after").and_then(|text| match text.trim().parse::<u64>() {
            Ok(seconds) => Some(heard + Duration::from_secs(seconds.min(86_400))),
            Err(_) => http_date(&text).map(|at| Timestamp(at.0.saturating_add(skew))),
        });
        let retry_after = retry_after.map(|at| at.min(heard + LONGEST));
        Self {
            allowed: count("x-quota-allowed"),
            available: count("x-quota-available"),
            reset: number("x-quota-reset").filter(|ms| *ms > 0).map(|ms| Timestamp(ms.saturating_add(skew))),
            retry_after,
        }
    }

    /// The reading for the budget, where the headers made one.
    pub(super) fn reading(self, sent: Timestamp, on_success: bool) -> Option<QuotaReading> {
        Some(QuotaReading { sent, allowed: self.allowed?, available: self.available?, reset: self.reset?, on_success })
    }

    /// Before this moment the provider wants no further request: its own wish first, else the end of the window.
    pub(super) fn wait_until(self) -> Option<Timestamp> {
        self.retry_after.or_else(|| self.reset.filter(|_| self.available.is_none_or(|left| left == 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(headers: &[(&str, &str)], heard: Timestamp, skew: i64) -> QuotaHeaders {
        let get = |name: &str| headers.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        QuotaHeaders::from_headers(&get, heard, skew)
    }

    #[test]
    fn the_recorded_refusal_names_the_next_whole_minute() {
        let heard = Timestamp(1_715_521_312_400);
        let headers = [("x-quota-allowed", "6"), ("x-quota-available", "0"), ("x-quota-reset", "1715521320000")];
        assert_eq!(said(&headers, heard, 0).wait_until(), Some(Timestamp(1_715_521_320_000)));
    }

    #[test]
    fn a_moment_on_a_server_that_is_ten_minutes_behind_is_put_on_our_clock() {
        let headers = [("x-quota-allowed", "6"), ("x-quota-available", "3"), ("x-quota-reset", "1715521320000")];
        let reading = said(&headers, Timestamp(1_715_521_912_000), 600_000).reading(Timestamp(0), true).unwrap();
        assert_eq!(reading.reset, Timestamp(1_715_521_920_000));
    }

    #[test]
    fn retry_after_comes_first_in_both_its_forms() {
        let heard = Timestamp(1_715_521_312_000);
        let of = |text: &str| said(&[("retry-after", text), ("x-quota-reset", "1")], heard, 0).wait_until();
        assert_eq!(of("7"), Some(Timestamp(1_715_521_319_000)));
        assert_eq!(of("Sun, 12 May 2024 13:42:00 GMT"), Some(Timestamp(1_715_521_320_000)));
        assert_eq!(of("Mon, 13 May 2024 13:42:00 GMT"), Some(heard + LONGEST));
    }

    #[test]
    fn half_a_reading_is_none() {
        assert_eq!(said(&[("x-quota-allowed", "6")], Timestamp(0), 0).reading(Timestamp(0), true), None);
    }
}

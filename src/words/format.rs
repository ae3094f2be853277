//! Numbers, sizes and times as people read them.

use std::time::Duration;

use jiff::tz::TimeZone;

use crate::domain::{Spec, TimeUnit, Timestamp, text};
use crate::words::Words;

/// The local time zone, handed in so that nothing here asks the system.
#[derive(Debug, Clone)]
pub struct Clock(TimeZone);

impl Clock {
    /// A clock in this zone.
    #[must_use]
    pub const fn new(zone: TimeZone) -> Self {
        Self(zone)
    }

    /// A clock in UTC.
    #[must_use]
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// `2025-10-10 05:26 JST`.
    #[must_use]
    pub fn date_time(&self, at: Timestamp) -> String {
        self.print(at, "%Y-%m-%d %H:%M %Z")
    }

    /// `2025-10-10`.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> String {
        self.print(at, "%Y-%m-%d")
    }

    /// `20251010`, for names.
    #[must_use]
    pub fn day_packed(&self, at: Timestamp) -> String {
        self.print(at, "%Y%m%d")
    }

    /// `20251010-0526`, for names.
    #[must_use]
    pub fn minute_packed(&self, at: Timestamp) -> String {
        self.print(at, "%Y%m%d-%H%M")
    }

    /// `05:26:07`.
    #[must_use]
    pub fn time(&self, at: Timestamp) -> String {
        self.print(at, "%H:%M:%S")
    }

    fn print(&self, at: Timestamp, format: &str) -> String {
        jiff::Timestamp::from_millisecond(at.0)
            .map(|t| t.to_zoned(self.0.clone()).strftime(format).to_string())
            .unwrap_or_default()
    }
}

impl Words {
    /// A length of time in its largest whole unit: `45 s`, `3 min`, `5 h`, `12 d`, `2 y`.
    #[must_use]
    pub fn lasts(&self, lasts: Duration) -> String {
        let (n, unit) = TimeUnit::largest(lasts);
        self.say(&match unit {
            TimeUnit::Second => text::unit::seconds(n),
            TimeUnit::Minute => text::unit::minutes(n),
            TimeUnit::Hour => text::unit::hours(n),
            TimeUnit::Day => text::unit::days(n),
            TimeUnit::Year => text::unit::years(n),
        })
    }

    /// The same where there is little room: `45s`, `3m`, `5h`, `12d`, `2y`.
    #[must_use]
    pub fn lasts_short(&self, lasts: Duration) -> String {
        let (n, unit) = TimeUnit::largest(lasts);
        self.say(&match unit {
            TimeUnit::Second => text::unit::seconds_short(n),
            TimeUnit::Minute => text::unit::minutes_short(n),
            TimeUnit::Hour => text::unit::hours_short(n),
            TimeUnit::Day => text::unit::days_short(n),
            TimeUnit::Year => text::unit::years_short(n),
        })
    }

    /// A number of bytes: `512 B`, `1.5 MB`, `20.0 GB` (1 GB = 10^9 bytes).
    #[must_use]
    pub fn bytes(&self, count: u64) -> String {
        #[allow(clippy::cast_precision_loss, reason = "one decimal is shown")]
        let in_units = |unit: f64| format!("{:.1}", count as f64 / unit);
        self.say(&match count {
            0..1_000 => text::unit::bytes(count),
            1_000..1_000_000 => text::unit::kilobytes(in_units(1e3)),
            1_000_000..1_000_000_000 => text::unit::megabytes(in_units(1e6)),
            _ => text::unit::gigabytes(in_units(1e9)),
        })
    }

    /// `1 vCPU  1 GB  20 GB  100 Mbps`.
    #[must_use]
    pub fn spec(&self, spec: &Spec) -> String {
        self.sizes(spec, 4, "  ")
    }

    /// `2 vCPU 4 GB`.
    #[must_use]
    pub fn spec_short(&self, spec: &Spec) -> String {
        self.sizes(spec, 2, " ")
    }

    fn sizes(&self, spec: &Spec, most: usize, between: &str) -> String {
        let sizes = spec.sizes().into_iter().take(most).flatten();
        sizes.map(|size| self.say(&size)).collect::<Vec<_>>().join(between)
    }
}

/// `6,420`.
#[must_use]
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    fn words() -> Words {
        Words::new(Language::English, Clock::utc())
    }

    #[test]
    fn a_length_of_time_is_told_in_its_largest_unit() {
        for (seconds, told) in [(0, "0s"), (59, "59s"), (60, "1m"), (3_599, "59m"), (7_200, "2h"), (86_400 * 12, "12d")]
        {
            assert_eq!(words().lasts_short(Duration::from_secs(seconds)), told);
        }
        assert_eq!(words().lasts(Duration::from_secs(200)), "3 min");
    }

    #[test]
    fn sizes_keep_one_decimal() {
        assert_eq!(words().bytes(1_071_529_984), "1.1 GB");
        assert_eq!(words().bytes(20_026_818_560), "20.0 GB");
        assert_eq!(words().bytes(999), "999 B");
    }
}

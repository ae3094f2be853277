//! Numbers, sizes and times as people read them.

use std::time::Duration;

use jiff::tz::TimeZone;

use crate::domain::{Spec, Timestamp};

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

/// A length of time in its largest whole unit: `45s`, `3m`, `5h`, `12d`, `2y`; with a blank and longer units where
/// `spelt`: `45 s`, `3 min`, `5 h`, `12 d`, `2 y`.
#[must_use]
pub fn short(lasts: Duration, spelt: bool) -> String {
    let s = lasts.as_secs();
    let (count, unit, long) = match s {
        0..60 => (s, "s", " s"),
        60..3_600 => (s / 60, "m", " min"),
        3_600..86_400 => (s / 3_600, "h", " h"),
        86_400..31_536_000 => (s / 86_400, "d", " d"),
        _ => (s / 31_536_000, "y", " y"),
    };
    format!("{count}{}", if spelt { long } else { unit })
}

/// A number of bytes: `512 B`, `1.5 MB`, `20.0 GB` (1 GB = 10^9 bytes).
#[must_use]
pub fn bytes(count: u64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "one decimal is shown")]
    let value = count as f64;
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{:.1} kB", value / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", value / 1e6),
        _ => format!("{:.1} GB", value / 1e9),
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

/// A size in words: `1 vCPU  1 GB  20 GB  100 Mbps`.
#[must_use]
pub fn spec_text(spec: &Spec) -> String {
    let mut parts = Vec::new();
    if let Some(n) = spec.vcpus {
        parts.push(format!("{n} vCPU"));
    }
    if let Some(mb) = spec.memory_mb {
        parts.push(if mb % 1024 == 0 { format!("{} GB", mb / 1024) } else { format!("{mb} MB") });
    }
    if let Some(gb) = spec.disk_gb {
        parts.push(format!("{gb} GB"));
    }
    if let Some(mbps) = spec.mbps {
        parts.push(format!("{mbps} Mbps"));
    }
    parts.join("  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_told_in_its_largest_unit() {
        for (seconds, told) in [(0, "0s"), (59, "59s"), (60, "1m"), (3_599, "59m"), (7_200, "2h"), (86_400 * 12, "12d")]
        {
            assert_eq!(short(Duration::from_secs(seconds), false), told);
        }
        assert_eq!(short(Duration::from_secs(200), true), "3 min");
    }

    #[test]
    fn sizes_keep_one_decimal() {
        assert_eq!(bytes(1_071_529_984), "1.1 GB");
        assert_eq!(bytes(20_026_818_560), "20.0 GB");
        assert_eq!(bytes(999), "999 B");
    }
}

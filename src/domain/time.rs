//! Two clocks, both handed in from outside: one for people and files, one for waiting.

use std::ops::{Add, Sub};
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Time of the wall clock: milliseconds since 1970-01-01 UTC. It may jump. In files that people read it is RFC 3339 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if !to.is_human_readable() {
            return to.serialize_i64(self.0);
        }
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(at) => to.collect_str(&format_args!("{at:.3}")),
            Err(error) => Err(serde::ser::Error::custom(error)),
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if !from.is_human_readable() {
            return i64::deserialize(from).map(Self);
        }
        let text = String::deserialize(from)?;
        text.parse::<jiff::Timestamp>().map(|at| Self(at.as_millisecond())).map_err(serde::de::Error::custom)
    }
}

/// Time that only goes forward: milliseconds since some moment before the process began to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Monotonic(pub u64);

impl Timestamp {
    /// How long ago `earlier` was; zero where it lies ahead.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl Monotonic {
    /// How long ago `earlier` was; zero where it lies ahead.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    Year,
}

impl TimeUnit {
    /// The largest unit that a time has at least one of, and how many whole ones.
    #[must_use]
    pub const fn largest(lasts: Duration) -> (u64, Self) {
        let s = lasts.as_secs();
        match s {
            0..60 => (s, Self::Second),
            60..3_600 => (s / 60, Self::Minute),
            3_600..86_400 => (s / 3_600, Self::Hour),
            86_400..31_536_000 => (s / 86_400, Self::Day),
            _ => (s / 31_536_000, Self::Year),
        }
    }
}

impl Add<Duration> for Timestamp {
    type Output = Self;
    fn add(self, by: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX)))
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;
    fn sub(self, by: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(by.as_millis()).unwrap_or(i64::MAX)))
    }
}

impl Add<Duration> for Monotonic {
    type Output = Self;
    fn add(self, by: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(by.as_millis()).unwrap_or(u64::MAX)))
    }
}

impl Sub<Duration> for Monotonic {
    type Output = Self;
    fn sub(self, by: Duration) -> Self {
        Self(self.0.saturating_sub(u64::try_from(by.as_millis()).unwrap_or(u64::MAX)))
    }
}

//! World time, and how it appears on a client's clock.
//!
//! World time starts at the real now. It runs `speed` times as fast, or stands until a test moves it. Whatever is sent to
//! a client is mapped back, so that a client which compares it with its own wall clock finds it consistent.

use std::time::{Duration, Instant};

use jiff::Timestamp;

/// A point of world time, in milliseconds since the Unix epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    /// The moment of so many milliseconds since the epoch.
    pub const fn of_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This moment moved by `seconds`, which may be negative.
    pub fn plus(self, seconds: f64) -> Self {
        Self(self.0.saturating_add(whole_millis(seconds)))
    }

    /// Seconds since `earlier`, negative where it is later.
    pub fn seconds_since(self, earlier: Self) -> f64 {
        self.0.saturating_sub(earlier.0) as f64 / 1000.0
    }

    /// The start of the clock minute this moment lies in.
    pub const fn minute(self) -> Self {
        Self(self.0.div_euclid(60_000) * 60_000)
    }

    /// The same moment for people and files; the epoch where it is out of range.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// `2024-10-09 20:26:06`, UTC without saying so, as Indigo writes it.
    pub fn text(self) -> String {
        self.timestamp().strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// `2024-10-09 20:26:06.875000`, the form inside Indigo's date objects.
    pub fn text_with_micros(self) -> String {
        self.timestamp().strftime("%Y-%m-%d %H:%M:%S%.6f").to_string()
    }

    /// `Sat, 12 Oct 2024 10:42:12 GMT`, the form of HTTP headers.
    pub fn http_date(self) -> String {
        self.timestamp().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }
}

fn whole_millis(seconds: f64) -> i64 {
    (seconds * 1000.0).round() as i64
}

#[derive(Debug)]
enum Drive {
    /// `speed` world seconds a real second.
    Running { since: Instant },
    /// Nothing but [`Clock::advance`].
    Manual { elapsed: Duration },
}

/// The clock of a world.
#[derive(Debug)]
pub struct Clock {
    start: Moment,
    speed: f64,
    drive: Drive,
}

impl Clock {
    /// A clock that runs by itself, `speed` times as fast as real time.
    #[allow(clippy::disallowed_methods, reason = "the simulator's clock owns its time")]
    pub fn running(speed: f64) -> Self {
        Self {
            start: real_now(),
            speed: if speed > 0.0 { speed } else { 1.0 },
            drive: Drive::Running { since: Instant::now() },
        }
    }

    /// A clock that stands until it is advanced.
    pub fn manual() -> Self {
        Self { start: real_now(), speed: 1.0, drive: Drive::Manual { elapsed: Duration::ZERO } }
    }

    pub fn now(&self) -> Moment {
        match &self.drive {
            Drive::Running { since } => self.start.plus(since.elapsed().as_secs_f64() * self.speed),
            Drive::Manual { elapsed } => self.start.plus(elapsed.as_secs_f64()),
        }
    }

    /// World time at the start, which is real time too.
    pub const fn start(&self) -> Moment {
        self.start
    }

    /// World seconds a real second.
    pub const fn speed(&self) -> f64 {
        self.speed
    }

    /// Moves world time forward by `by`; a running clock is moved by shifting its start.
    pub fn advance(&mut self, by: Duration) {
        match &mut self.drive {
            Drive::Running { since } => {
                let real = by.div_f64(self.speed);
                if let Some(earlier) = since.checked_sub(real) {
                    *since = earlier;
                }
            }
            Drive::Manual { elapsed } => *elapsed = elapsed.saturating_add(by),
        }
    }

    /// World time as it is told to a client: what lies after the start is squeezed onto the client's real clock,
    /// what lies before is told as it is.
    pub fn told(&self, moment: Moment) -> Moment {
        let since_start = moment.seconds_since(self.start);
        if since_start <= 0.0 { moment } else { self.start.plus(since_start / self.speed) }
    }
}

#[allow(clippy::disallowed_methods, reason = "the simulator's clock owns its time")]
fn real_now() -> Moment {
    Moment(Timestamp::now().as_millisecond())
}

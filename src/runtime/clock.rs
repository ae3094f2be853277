//! The two clocks, read here and nowhere else above the network.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::domain::Monotonic;
use crate::engine::Env;

static START: OnceLock<Instant> = OnceLock::new();
/// Ticks begin here, so that what earlier runs began fits before the start: a year.
const BEGIN: u64 = 365 * 86_400 * 1000;

/// The present moment on both clocks.
#[expect(clippy::disallowed_methods, reason = "the loop's clock")]
pub(crate) fn now() -> Env {
    let start = *START.get_or_init(Instant::now);
    let since = Instant::now().saturating_duration_since(start);
    Env { tick: Monotonic(BEGIN + millis(since)), wall: wall() }
}

pub(crate) use crate::provider::http::now as wall;

/// How long until a tick.
pub(crate) fn until(tick: Monotonic) -> Duration {
    Duration::from_millis(tick.0.saturating_sub(now().tick.0))
}

/// A name for this run that no other run has: when it began, and its process id, in base 36.
pub(crate) fn process() -> String {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(name_of_this_run).clone()
}

fn name_of_this_run() -> String {
    let mut number = (u128::from(wall().0.unsigned_abs()) << 22) | u128::from(std::process::id() & 0x003f_ffff);
    let mut digits = Vec::new();
    while number > 0 {
        digits.push(char::from_digit(u32::try_from(number % 36).unwrap_or(0), 36).unwrap_or('0'));
        number /= 36;
    }
    digits.iter().rev().collect()
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

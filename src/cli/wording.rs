//! The texts of the command line, with the clock they are told by.

use crate::words::{Clock, Language, Words};

/// With times as the person's own clock shows them.
pub(super) fn local_words() -> Words {
    with_clock(Clock::new(jiff::tz::TimeZone::system()))
}

pub(super) fn words() -> Words {
    with_clock(Clock::utc())
}

fn with_clock(clock: Clock) -> Words {
    Words::new(Language::English, clock)
}

/// The local time of day.
pub(super) fn time_of_day() -> String {
    let now = jiff::Timestamp::from_millisecond(crate::provider::http::now().0).unwrap_or_default();
    now.to_zoned(jiff::tz::TimeZone::system()).strftime("%H:%M:%S").to_string()
}

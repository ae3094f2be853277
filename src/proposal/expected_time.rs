//! How long something is expected to take, in words.

use std::time::Duration;

use crate::domain::{Phrase, TimeUnit, text};
use crate::engine::Expected;
use crate::words::Words;

/// `usually 3-5 min` where it was learnt, `usually about 2 min` where it is only supposed.
#[must_use]
pub fn usually(words: &Words, expected: &Expected) -> String {
    if expected.learnt {
        words.say(&text::place::usually(range(expected.from, expected.to)))
    } else {
        words.say(&text::confirm::usually(nearest(expected.median)))
    }
}

/// `3-5 min`, `45 s - 2 min`, `3 min`: never narrower than it is.
fn range(from: Duration, to: Duration) -> Phrase {
    let to = if to.as_secs() > 60 { Duration::from_secs(to.as_secs().div_ceil(60) * 60) } else { to };
    match (TimeUnit::largest(from), TimeUnit::largest(to)) {
        (one, other) if one == other => text::time::exactly(to),
        ((count, unit), (_, other)) if unit == other => text::unit::range(count, to),
        _ => text::unit::range_units(from, to),
    }
}

/// `3-5 min`, or `about 2 min` where it is only supposed.
#[must_use]
pub fn roughly(expected: &Expected) -> Phrase {
    if !expected.learnt && expected.from == expected.to {
        return text::time::about(nearest(expected.median));
    }
    range(expected.from, expected.to)
}

/// To the nearest minute, where minutes are told.
#[must_use]
pub fn nearest(lasts: Duration) -> Duration {
    let seconds = lasts.as_secs();
    Duration::from_secs(if (60..3_600).contains(&seconds) { (seconds + 30) / 60 * 60 } else { seconds })
}

/// How long several things, one after the other, are expected to take; `None` where nothing is known of any.
#[must_use]
pub fn sum(parts: impl IntoIterator<Item = Expected>) -> Option<Expected> {
    let add = |whole: Expected, next: Expected| Expected {
        from: whole.from + next.from,
        to: whole.to + next.to,
        median: whole.median + next.median,
        count: whole.count.min(next.count),
        learnt: whole.learnt && next.learnt,
    };
    parts.into_iter().reduce(add).filter(|whole| !whole.median.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Clock, Language};

    #[test]
    fn what_was_learnt_is_a_range_and_what_is_supposed_says_about() {
        let words = Words::new(Language::English, Clock::utc());
        let told = |from: u64, to: u64, learnt: bool| {
            let [from, to] = [from, to].map(Duration::from_secs);
            usually(&words, &Expected { from, to, median: from, count: 5, learnt })
        };
        assert_eq!(told(180, 300, true), "usually 3-5 min");
        assert_eq!(told(45, 120, true), "usually 45 s - 2 min");
        assert_eq!(told(120, 120, true), "usually 2 min");
        assert_eq!(told(200, 290, true), "usually 3-5 min");
        assert_eq!(told(90, 90, false), "usually about 2 min");
        assert_eq!(told(40, 40, false), "usually about 40 s");
    }
}

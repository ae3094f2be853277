//! What has become due: hours that exist are billed, from creation to destruction, whether something runs or not. Months
//! are those of Japan and close at their end; in each month an hourly price is capped. A started hour counts as a whole
//! one.

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use crate::domain::price::{Price, yen};
use crate::domain::time::Timestamp;

const HOUR: i64 = 3_600_000;

/// One month of Japan, from its first moment to that of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    pub from: Timestamp,
    /// The first moment of the next.
    pub to: Timestamp,
}

impl Month {
    /// The month that a moment lies in; `None` for one beyond all calendars.
    #[must_use]
    pub fn containing(at: Timestamp) -> Option<Self> {
        let japan = TimeZone::fixed(Offset::constant(9));
        let first = jiff::Timestamp::from_millisecond(at.0).ok()?.to_zoned(japan.clone()).date().first_of_month();
        let moment = |day: Date| Some(Timestamp(day.to_zoned(japan.clone()).ok()?.timestamp().as_millisecond()));
        Some(Self { from: moment(first)?, to: moment(first.checked_add(1.month()).ok()?)? })
    }

    /// How many hours of it something existed that was made `created` and still is there at `until`.
    #[must_use]
    pub fn hours(&self, created: Timestamp, until: Timestamp) -> u64 {
        let (from, to) = (created.0.max(self.from.0), until.0.min(self.to.0));
        u64::try_from((to - from + HOUR - 1).div_euclid(HOUR)).unwrap_or(0)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MonthCost {
    /// How many hours of this month it existed, where it is known when it was made.
    pub hours: Option<u64>,
    /// This month until now, in yen.
    pub so_far: Option<u64>,
    pub at_most: Option<u64>,
}

/// What is due this month for something of this price that was made `created`. Where it is not known when, only what a
/// month costs at most is.
#[must_use]
pub fn due(price: Option<Price>, created: Option<Timestamp>, now: Timestamp) -> MonthCost {
    let Some(month) = Month::containing(now) else { return MonthCost::default() };
    let hours = created.map(|created| month.hours(created, now));
    let Some(price) = price else { return MonthCost { hours, ..MonthCost::default() } };
    let at_most = match created {
        Some(created) => capped(price, month.hours(created.min(now), month.to)).or(price.yen_per_month),
        None => price.yen_a_month(),
    };
    MonthCost { hours, so_far: hours.and_then(|hours| capped(price, hours)), at_most }
}

/// What became due from creation until now, in yen, month by month; `None` where the price of an hour is not known.
#[must_use]
pub fn since_creation(price: Price, created: Timestamp, now: Timestamp) -> Option<u64> {
    let mut sum = 0_u64;
    let mut at = created;
    while at < now {
        let month = Month::containing(at)?;
        sum = sum.saturating_add(capped(price, month.hours(at, now))?);
        at = month.to;
    }
    Some(sum)
}

fn capped(price: Price, hours: u64) -> Option<u64> {
    let by_hours = yen(price.sen_per_hour?.saturating_mul(hours));
    Some(price.yen_per_month.map_or(by_hours, |most| by_hours.min(most)))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn wall(text: &str) -> Timestamp {
        Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    const SMALL: Price = Price::both(70, 449);
    const CAP_ONLY: Price = Price { sen_per_hour: None, yen_per_month: Some(1_630) };
    const HOURLY: Price = Price { sen_per_hour: Some(70), yen_per_month: None };

    #[rstest]
    // The month of Japan begins nine hours before that of UTC.
    #[case("2026-11-20T12:00:00Z", "2026-10-31T15:00:00Z", "2026-11-30T15:00:00Z")]
    #[case("2026-10-31T15:00:00Z", "2026-10-31T15:00:00Z", "2026-11-30T15:00:00Z")]
    #[case("2026-10-31T14:59:59Z", "2026-09-30T15:00:00Z", "2026-10-31T15:00:00Z")]
    #[case("2028-02-29T00:00:00Z", "2028-01-31T15:00:00Z", "2028-02-29T15:00:00Z")]
    #[case("2026-12-31T15:00:00Z", "2026-12-31T15:00:00Z", "2027-01-31T15:00:00Z")]
    fn months_are_those_of_japan(#[case] at: &str, #[case] from: &str, #[case] to: &str) {
        assert_eq!(Month::containing(wall(at)), Some(Month { from: wall(from), to: wall(to) }));
    }

    #[rstest]
    // Ten hours and a bit are eleven; the rest of the month is capped.
    #[case(SMALL, "2026-11-20T01:30:00Z", "2026-11-20T12:00:00Z", 11, Some(8), Some(178))]
    // Made long ago: all hours of this month, and no more than its cap.
    #[case(SMALL, "2024-01-01T00:00:00Z", "2026-11-20T15:00:00Z", 480, Some(336), Some(449))]
    #[case(SMALL, "2024-01-01T00:00:00Z", "2026-11-30T14:00:00Z", 719, Some(449), Some(449))]
    // The last hour of a month, and the first of the next.
    #[case(SMALL, "2026-11-30T14:00:00Z", "2026-11-30T14:59:59Z", 1, Some(1), Some(1))]
    #[case(SMALL, "2026-11-30T14:00:00Z", "2026-11-30T15:00:01Z", 1, Some(1), Some(449))]
    // Only a cap: so far is not known. Only an hourly price: nothing caps it.
    #[case(CAP_ONLY, "2024-01-01T00:00:00Z", "2026-11-20T12:00:00Z", 477, None, Some(1_630))]
    #[case(HOURLY, "2024-01-01T00:00:00Z", "2026-11-30T14:00:00Z", 719, Some(503), Some(504))]
    // A clock behind the provider's: nothing yet.
    #[case(SMALL, "2026-11-20T12:10:00Z", "2026-11-20T12:00:00Z", 0, Some(0), Some(170))]
    fn this_month(
        #[case] price: Price,
        #[case] created: &str,
        #[case] now: &str,
        #[case] hours: u64,
        #[case] so_far: Option<u64>,
        #[case] at_most: Option<u64>,
    ) {
        let due = due(Some(price), Some(wall(created)), wall(now));
        assert_eq!(due, MonthCost { hours: Some(hours), so_far, at_most });
    }

    #[test]
    fn what_is_not_known_is_not_nothing() {
        let now = wall("2026-11-20T12:00:00Z");
        assert_eq!(due(None, None, now), MonthCost::default());
        assert_eq!(due(None, Some(now), now), MonthCost { hours: Some(0), ..MonthCost::default() });
        assert_eq!(due(Some(SMALL), None, now), MonthCost { at_most: Some(449), ..MonthCost::default() });
    }

    #[rstest]
    // Two closed months at their cap, and 12 hours of November.
    #[case(SMALL, "2026-08-31T15:00:00Z", "2026-11-01T03:00:00Z", Some(449 + 449 + 8))]
    // The end of a month is in Japan: one hour on either side.
    #[case(SMALL, "2026-10-31T14:00:00Z", "2026-10-31T16:00:00Z", Some(2))]
    #[case(SMALL, "2026-11-20T00:00:00Z", "2026-11-20T00:00:00Z", Some(0))]
    #[case(HOURLY, "2026-09-30T15:00:00Z", "2026-10-31T15:00:00Z", Some(521))]
    #[case(CAP_ONLY, "2026-10-01T00:00:00Z", "2026-11-20T00:00:00Z", None)]
    fn since_it_was_made(
        #[case] price: Price,
        #[case] created: &str,
        #[case] now: &str,
        #[case] expected: Option<u64>,
    ) {
        assert_eq!(since_creation(price, wall(created), wall(now)), expected);
    }
}

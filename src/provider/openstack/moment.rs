//! Moments, in the forms that stand side by side in one account: `2021-11-21T00:19:29Z`, `2021-11-20T14:54:41.643491`,
//! `2015-05-08T09:17:07.00000000`. All are UTC; those without a zone as well (recorded 2021; the provider's reference).

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::domain::Timestamp;

/// Reads a moment; null, `""` and what is no date mean none: no record is lost over a date.
pub(in crate::provider) fn lenient<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::String(text) => parse(&text),
        _ => None,
    })
}

pub(in crate::provider) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some(Timestamp(at.as_millisecond()));
    }
    let civil: jiff::civil::DateTime = text.parse().ok()?;
    let zoned = civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(Timestamp(zoned.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("2021-11-21T00:19:29Z", Some(1_637_453_969_000))]
    #[case("2021-11-20T14:54:41.643491", Some(1_637_420_081_643))]
    #[case("2015-05-08T09:17:07.00000000", Some(1_431_076_627_000))]
    #[case("2014-07-17T13:35:26", Some(1_405_604_126_000))]
    #[case("2014-07-17T22:35:26+09:00", Some(1_405_604_126_000))]
    #[case("2014-07-17 13:35:26", Some(1_405_604_126_000))]
    #[case("", None)]
    #[case("yesterday", None)]
    fn every_form_is_read_as_utc(#[case] sent: &str, #[case] at: Option<i64>) {
        assert_eq!(parse(sent), at.map(Timestamp));
    }
}

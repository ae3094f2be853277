//! The shapes in which Indigo sends one and the same thing.

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::Value;

use crate::domain::{ResourceId, Timestamp};
pub(super) use crate::provider::lenient::{count, number, text};

/// An id: a number or a string. `0`, `""` and null mean none.
pub(super) fn id<'de, D: Deserializer<'de>>(from: D) -> Result<Option<ResourceId>, D::Error> {
    let text = text(from)?;
    Ok(Some(text.trim()).filter(|t| !t.is_empty() && *t != "0").map(ResourceId::new))
}

/// An id that must be there.
pub(super) fn required_id<'de, D: Deserializer<'de>>(from: D) -> Result<ResourceId, D::Error> {
    id(from)?.ok_or_else(|| D::Error::custom("no id"))
}

/// A moment: `2024-10-09 20:26:06` in lists, `{"date":"2024-10-09 20:26:06.875022","timezone":"UTC"}` in the answer to
/// a create, seconds since 1970 for `arpadate`. All are UTC. Null, `""`, `0` and `0000-00-00 00:00:00` mean none.
pub(super) fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    match Value::deserialize(from)? {
        Value::Object(mut object) => match object.remove("date") {
            Some(Value::String(date)) => parse_moment(&date).map_err(D::Error::custom),
            _ => Err(D::Error::custom("a date without its text")),
        },
        Value::String(date) => parse_moment(&date).map_err(D::Error::custom),
        Value::Number(seconds) => Ok(seconds.as_i64().filter(|s| *s > 0).map(|s| Timestamp(s.saturating_mul(1_000)))),
        Value::Null => Ok(None),
        other => Err(D::Error::custom(format!("{other} where a date was expected"))),
    }
}

fn parse_moment(text: &str) -> Result<Option<Timestamp>, String> {
    let text = text.trim();
    if text.is_empty() || text == "0" || text.starts_with("0000-00-00") {
        return Ok(None);
    }
    let civil: jiff::civil::DateTime = text.parse().map_err(|_| format!("\"{text}\" is no date"))?;
    let zoned = civil.to_zoned(jiff::tz::TimeZone::UTC).map_err(|error| error.to_string())?;
    Ok(Some(Timestamp(zoned.timestamp().as_millisecond())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Of {
        #[serde(deserialize_with = "moment")]
        at: Option<Timestamp>,
    }

    #[rstest::rstest]
    #[case("null", None)]
    #[case("0", None)]
    #[case(r#""""#, None)]
    #[case(r#""0000-00-00 00:00:00""#, None)]
    #[case("1728505630", Some(1_728_505_630_000))]
    #[case(r#""2024-10-09 20:27:10""#, Some(1_728_505_630_000))]
    #[case(r#"{"date":"2024-10-09 20:26:06.875022","timezone_type":3,"timezone":"UTC"}"#, Some(1_728_505_566_875))]
    fn every_recorded_form_of_a_date_is_read(#[case] sent: &str, #[case] at: Option<i64>) {
        let of: Of = serde_json::from_str(&format!(r#"{{"at":{sent}}}"#)).unwrap();
        assert_eq!(of.at, at.map(Timestamp));
    }
}

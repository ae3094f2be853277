//! Lengths of time as a person writes them: `500ms`, `5s`, `2m`, `1h`.

use std::time::Duration;

#[must_use]
pub fn parse(text: &str) -> Option<Duration> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().ok()?;
    let ms = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    number.checked_mul(ms).map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("0s", Some(0))]
    #[case("500ms", Some(500))]
    #[case("5s", Some(5_000))]
    #[case("2m", Some(120_000))]
    #[case("1h", Some(3_600_000))]
    #[case("5", None)]
    #[case("s", None)]
    #[case("-5s", None)]
    #[case("1.5s", None)]
    #[case("99999999999999999999h", None)]
    #[case("99999999999999999h", None)]
    fn a_number_and_a_unit_are_needed(#[case] text: &str, #[case] ms: Option<u64>) {
        assert_eq!(parse(text), ms.map(Duration::from_millis));
    }
}

//! How much may be saved.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::domain::Quota;

/// `{"quota":{"tyo1_image_size":"50GB"}}`.
#[derive(Debug, Deserialize)]
pub(in crate::provider) struct QuotaBody {
    quota: BTreeMap<String, Value>,
}

/// How much may be saved. The key has the region before it. Whether GB means 10^9 or 2^30 bytes the provider's pages do
/// not say: the smaller is taken, so that the screen says 50 where the panel does and never promises too much.
pub(in crate::provider) fn quota(body: &QuotaBody, region: &str) -> Quota {
    let own = body.quota.get(&format!("{region}_image_size"));
    let any = || body.quota.iter().find(|(key, _)| key.ends_with("image_size")).map(|(_, value)| value);
    Quota { images: own.or_else(any).and_then(bytes), ..Quota::default() }
}

/// `50GB`, `1 TB`, or a number of bytes.
fn bytes(value: &Value) -> Option<u64> {
    let text = match value {
        Value::String(text) => text.trim().to_ascii_uppercase(),
        other => other.as_u64()?.to_string(),
    };
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number: u64 = text.get(..end)?.parse().ok()?;
    let unit: u64 = match text.get(end..)?.trim() {
        "" | "B" => 1,
        "KB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        "TB" => 1_000_000_000_000,
        _ => return None,
    };
    number.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case(r#"{"quota":{"tyo1_image_size":"50GB"}}"#, Some(50_000_000_000))]
    #[case(r#"{"quota":{"sin1_image_size":"1GB","tyo1_image_size":"550GB"}}"#, Some(550_000_000_000))]
    #[case(r#"{"quota":{"image_size":"1 TB"}}"#, Some(1_000_000_000_000))]
    #[case(r#"{"quota":{"tyo1_image_size":1024}}"#, Some(1_024))]
    #[case(r#"{"quota":{"tyo1_image_size":"lots"}}"#, None)]
    #[case(r#"{"quota":{"tyo1_image_size":"99999999999999999TB"}}"#, None)]
    #[case(r#"{"quota":{}}"#, None)]
    fn a_quota_is_read_with_its_unit(#[case] body: &str, #[case] expected: Option<u64>) {
        assert_eq!(quota(&serde_json::from_str(body).unwrap(), "tyo1").images, expected);
    }
}

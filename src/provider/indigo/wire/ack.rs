//! What comes back on a change, and on anything that is refused.

use serde::Deserialize;

use super::lenient;

/// The union of the shapes of an answer that is no list. Recorded October 2024 unless said otherwise:
/// `{"success":true,"message":"…","sucessCode":"I20008","instanceStatus":"running"}`, the same with `success` false for
/// a stop that has begun (I10025), `{"success":false,"errorMessage":"…","errorCode":"I10055"}`, `{"STATUS":0}` for
/// snapshots, `{"errorCode":"429","errorMessage":"…","requestId":"…"}` of the gateway (May 2024), and the gateway's
/// stock `{"fault":{"faultstring":"…","detail":{"errorcode":"…"}}}` (never recorded here).
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Ack {
    /// False does not mean refused: go by the code.
    #[serde(default)]
    pub(crate) success: Option<bool>,
    /// A success's words, with blanks at the end and two in a row.
    #[serde(default, deserialize_with = "lenient::text")]
    message: String,
    /// A success's code. The misspelling is the provider's.
    #[serde(default, rename = "sucessCode", alias = "successCode", deserialize_with = "lenient::text")]
    success_code: String,
    #[serde(default, rename = "errorMessage", deserialize_with = "lenient::text")]
    error_message: String,
    /// A refusal's code; a letter and four or five digits, or `429`.
    #[serde(default, rename = "errorCode", deserialize_with = "lenient::text")]
    error_code: String,
    /// What the gateway adds, such as the identifier of the quota.
    #[serde(default, rename = "developerMessage", deserialize_with = "lenient::text")]
    developer_message: String,
    #[serde(default, rename = "requestId", deserialize_with = "lenient::text")]
    pub(crate) request_id: String,
    /// Of snapshots: 0 is success; nothing else was recorded.
    #[serde(default, rename = "STATUS", deserialize_with = "lenient::number")]
    pub(crate) status: Option<f64>,
    /// Of a new firewall a number, of a changed one a string.
    #[serde(default, rename = "firewallId", deserialize_with = "lenient::id")]
    pub(crate) firewall_id: Option<crate::domain::ResourceId>,
    #[serde(default)]
    fault: Option<Stock>,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Stock {
    #[serde(default, deserialize_with = "lenient::text")]
    faultstring: String,
    #[serde(default)]
    detail: Option<Detail>,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Detail {
    #[serde(default, deserialize_with = "lenient::text")]
    errorcode: String,
}

/// A code that stands in words, such as `I10055: Instance is in running status` or `… (F60009)`.
fn code_in(words: &str) -> Option<&str> {
    let is_code = |word: &&str| {
        let digits = word.strip_prefix(['I', 'F', 'S']).unwrap_or_default();
        matches!(digits.len(), 4 | 5) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    words.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').find(is_code)
}

impl Ack {
    /// Decodes a body, if it has any of these shapes at all.
    pub(crate) fn parse(body: &str) -> Option<Self> {
        let ack: Self = serde_json::from_str(body).ok()?;
        let known = ack.success.is_some() || ack.status.is_some() || ack.code().is_some() || ack.said().is_some();
        known.then_some(ack)
    }

    /// The code, from wherever it stands; in the words only where it has no place of its own.
    pub(crate) fn code(&self) -> Option<String> {
        let fault = self.fault.as_ref().and_then(|f| f.detail.as_ref()).map_or("", |d| d.errorcode.as_str());
        let own = [self.error_code.as_str(), &self.success_code, fault].into_iter().map(str::trim);
        let told = [self.error_message.as_str(), &self.message, &self.developer_message];
        own.into_iter().find(|c| !c.is_empty()).or_else(|| told.into_iter().find_map(code_in)).map(str::to_owned)
    }

    /// Whether it bears the mark of a refusal, whatever the HTTP status.
    pub(crate) fn is_refusal(&self) -> bool {
        !self.error_code.trim().is_empty()
            || self.fault.is_some()
            || (self.success == Some(false) && self.success_code.trim().is_empty())
            || self.status.is_some_and(|s| s != 0.0)
    }

    pub(crate) fn said(&self) -> Option<String> {
        let fault = self.fault.as_ref().map_or("", |f| f.faultstring.as_str());
        [self.error_message.as_str(), &self.message, fault, &self.developer_message]
            .into_iter()
            .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
            .find(|text| !text.is_empty())
            .or_else(|| self.status.map(|status| format!("STATUS {status}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case(r#"{"success":false,"errorMessage":"I10055: Instance is in running status."}"#, Some("I10055"))]
    #[case(r#"{"success":false,"message":"Shutdown of the instance is initiated (I10025)"}"#, Some("I10025"))]
    #[case(r#"{"message":"[F6004] updated"}"#, Some("F6004"))]
    #[case(r#"{"errorCode":"I10059","errorMessage":"I10055"}"#, Some("I10059"))]
    // Names and other numbers are no codes.
    #[case(r#"{"message":"web-I10055 of 10055, I100555 and XI10055"}"#, None)]
    fn a_code_may_stand_in_the_words(#[case] body: &str, #[case] code: Option<&str>) {
        assert_eq!(Ack::parse(body).unwrap().code().as_deref(), code);
    }
}

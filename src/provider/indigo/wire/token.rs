//! `POST /oauth/v1/accesstokens`.

use secrecy::SecretString;
use serde::Deserialize;

use super::lenient;

/// The answer, 201, recorded October 2024. Every value is a string, numbers included; the blanks around the commas
/// are odd. `scope` and `tokenType` (`BearerToken`) are of no use.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TokenBody {
    /// What stands behind `Bearer`, 28 letters.
    pub(crate) access_token: SecretString,
    /// Seconds until it ends, `"3599"`.
    #[serde(default, deserialize_with = "lenient::count")]
    pub(crate) expires_in: Option<u64>,
    /// When it was given out, milliseconds since 1970 on the server's clock.
    #[serde(default, deserialize_with = "lenient::count")]
    pub(crate) issued_at: Option<u64>,
}

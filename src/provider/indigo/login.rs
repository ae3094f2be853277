//! How one logs in: API key and API private key for a token of an hour.

use std::time::Duration;

use futures_util::future::BoxFuture;
use reqwest::Url;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use super::wire;
use crate::domain::{Fault, Phrase, Timestamp};
use crate::provider::http::{AuthSession, Authenticator, HttpClient, Reply, Request, RequestKind, one};

pub(super) struct AccessToken {
    pub(super) token: SecretString,
    ends: Option<Timestamp>,
}

impl AuthSession for AccessToken {
    fn ends(&self) -> Option<Timestamp> {
        self.ends
    }
}

pub(super) struct ApiKeyLogin {
    pub(super) url: Url,
    pub(super) client_id: String,
}

impl Authenticator for ApiKeyLogin {
    type Session = AccessToken;

    fn log_in<'a>(
        &'a self,
        http: &'a HttpClient,
        secret: &'a SecretString,
    ) -> BoxFuture<'a, Result<AccessToken, Fault>> {
        Box::pin(async move {
            let body = json!({
                "grantType": "client_credentials",
                "clientId": self.client_id,
                "clientSecret": secret.expose_secret(),
                "code": "",
            });
            let mut request = Request::change(reqwest::Method::POST, self.url.clone()).json(&body);
            request.effect = RequestKind::Read;
            let reply = http.send(request).await.map_err(crate::provider::http::SendFault::of_read)?;
            taken(&reply, http.server_now())
        })
    }
}

/// What a login's answer says. Which status refuses credentials was never recorded; clients in public expect 401.
fn taken(reply: &Reply, server_now: Timestamp) -> Result<AccessToken, Fault> {
    if matches!(reply.status, 400 | 401 | 403) {
        return Err(Fault::WrongCredentials {
            said: Some(super::api::said(reply)).filter(|said| !said.is_empty()).map(Phrase::from),
        });
    }
    if !reply.is_success() {
        return Err(super::api::refusal(reply));
    }
    let token: wire::TokenBody = one(&reply.text())?;
    Ok(AccessToken { ends: ends(&token, server_now), token: token.access_token })
}

/// When a token ends, on the server's clock. An end that has passed already is counted from now instead.
fn ends(token: &wire::TokenBody, server_now: Timestamp) -> Option<Timestamp> {
    let lasts = Duration::from_secs(token.expires_in?.min(86_400));
    let issued = token.issued_at.and_then(|ms| i64::try_from(ms).ok()).map(Timestamp);
    Some(issued.map(|at| at + lasts).filter(|ends| *ends > server_now).unwrap_or(server_now + lasts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, body: body.into(), request_id: None, wait_until: None, location: None, subject_token: None }
    }

    #[test]
    fn a_recorded_token_ends_an_hour_after_it_was_given_out() {
        let body = include_str!("../../../tests/recorded/indigo/token.json");
        let bearer = taken(&reply(201, body), Timestamp(1_728_421_337_000)).unwrap();
        assert_eq!(bearer.ends, Some(Timestamp(1_728_424_936_629)));
        assert!(!format!("{:?}", bearer.token).contains("i4w"));
    }

    #[rstest::rstest]
    #[case(401, r#"{"message":"Invalid client credentials"}"#, true)]
    #[case(401, "", true)]
    #[case(400, "<html>", true)]
    #[case(500, "", false)]
    #[case(429, r#"{"errorCode":"429","errorMessage":"Too Many Request."}"#, false)]
    #[case(200, "{}", false)]
    fn only_a_refusal_of_the_credentials_makes_the_account_rest(
        #[case] status: u16,
        #[case] body: &str,
        #[case] wrong: bool,
    ) {
        let Err(fault) = taken(&reply(status, body), Timestamp(0)) else { panic!("logged in") };
        assert_eq!(matches!(fault, Fault::WrongCredentials { .. }), wrong, "{fault:?}");
    }
}

//! How one logs in: API user, its password and the tenant for a token of a day.

use futures_util::future::BoxFuture;
use reqwest::{Method, Url};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

use crate::domain::{Fault, Timestamp, text};
use crate::provider::http::{AuthSession, Authenticator, HttpClient, Reply, Request, RequestKind, SendFault, one};
use crate::provider::openstack::{Shape, code, said, shape, wire};

/// A token, and where the services are as far as it tells.
pub(super) struct Bearer {
    token: SecretString,
    ends: Option<Timestamp>,
    pub(super) catalogue: Vec<wire::ServiceRecord>,
}

impl Bearer {
    #[cfg(test)]
    pub(super) const fn of(token: SecretString, catalogue: Vec<wire::ServiceRecord>) -> Self {
        Self { token, ends: None, catalogue }
    }

    pub(super) fn on(&self, request: Request) -> Request {
        request.secret_header("x-auth-token", self.token.clone())
    }
}

impl AuthSession for Bearer {
    fn ends(&self) -> Option<Timestamp> {
        self.ends
    }
}

pub(super) struct ApiUser {
    pub(super) url: Url,
    pub(super) username: String,
    pub(super) tenant: String,
}

impl Authenticator for ApiUser {
    type Session = Bearer;

    fn log_in<'a>(&'a self, http: &'a HttpClient, secret: &'a SecretString) -> BoxFuture<'a, Result<Bearer, Fault>> {
        Box::pin(async move {
            let credentials = json!({"username": self.username, "password": secret.expose_secret()});
            let body = json!({"auth": {"passwordCredentials": credentials, "tenantId": self.tenant}});
            let mut request = Request::change(Method::POST, self.url.clone()).json(&body);
            request.effect = RequestKind::Read;
            let reply = http.send(request).await.map_err(SendFault::of_read)?;
            taken(&reply, &self.url, &self.tenant, http.server_now())
        })
    }
}

/// What a login's answer says. Keystone answers 401 for a wrong user, password or tenant alike; whether `ConoHa` tells
/// them apart was never recorded, so the words name all three.
fn taken(reply: &Reply, url: &Url, tenant: &str, server_now: Timestamp) -> Result<Bearer, Fault> {
    let body = reply.text();
    if reply.is_too_much() {
        return Err(Fault::Quota { until: reply.wait_until });
    }
    let words = said(reply.status, &body);
    let is_keystone = shape(reply.status, &body) == Shape::Json;
    match reply.status {
        200..=299 => {}
        401 | 403 => {
            return Err(Fault::WrongCredentials { said: Some(text::http::credentials(words)) });
        }
        // Upstream's words for a wrong path are "The resource could not be found."
        404 if is_keystone && ["project", "tenant"].iter().any(|word| words.to_lowercase().contains(word)) => {
            return Err(Fault::WrongCredentials { said: Some(text::http::tenant(words, tenant)) });
        }
        404 => return Err(super::refused::no_such_address(url, &body, reply.request_id.clone())),
        status => {
            let request_id = reply.request_id.clone();
            return Err(Fault::Refused { status, code: code(&body), said: words.into(), request_id });
        }
    }
    let access = one::<wire::Access>(&body)?.access;
    let of = access
        .token
        .tenant
        .as_ref()
        .ok_or_else(|| Fault::WrongCredentials { said: Some(text::http::no_tenant(tenant)) })?;
    // What was recorded has an empty object there.
    if let Some(other) = of.get("id").and_then(Value::as_str).filter(|id| !id.is_empty() && *id != tenant) {
        return Err(Fault::WrongCredentials { said: Some(text::http::other_tenant(other, tenant)) });
    }
    let ends = access.token.expires.and_then(|expires| ends(expires, access.token.issued_at, server_now));
    Ok(Bearer { token: access.token.id, ends, catalogue: access.catalogue })
}

/// When a token ends. Where that has passed already, the clock that is known is not the one that wrote it, and only how
/// long it is good from when it was given out tells anything.
fn ends(expires: Timestamp, issued: Option<Timestamp>, server_now: Timestamp) -> Option<Timestamp> {
    if expires > server_now {
        return Some(expires);
    }
    issued.map(|issued| server_now + expires.since(issued))
}

#[cfg(test)]
#[path = "login_tests.rs"]
mod tests;

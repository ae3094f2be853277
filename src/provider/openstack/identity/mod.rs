//! How one logs in: the two versions of Identity that there are.

mod named;
mod v2;
mod v3;

pub(in crate::provider) use named::{given, named};
pub(in crate::provider) use v2::ApiUser;
#[cfg(test)]
pub(in crate::provider) use v2::places;
pub(in crate::provider) use v3::{Named, Scoped, Who};

use futures_util::future::BoxFuture;
use reqwest::{Method, Url};
use secrecy::SecretString;
use serde_json::Value;

use crate::domain::{Fault, Phrase, Timestamp, text};
use crate::provider::http::{Authenticator, HttpClient, Reply, Request, RequestKind, SendFault};
use crate::provider::openstack::endpoints::Versions;
use crate::provider::openstack::error::{Shape, code, said, shape};
use crate::provider::openstack::refused::{address, no_such_address};
use crate::provider::openstack::session::Bearer;

/// How an account logs in.
pub(in crate::provider) enum Identity {
    V2(ApiUser),
    V3(Scoped),
}

impl Identity {
    fn body(&self, secret: &SecretString) -> Value {
        match self {
            Self::V2(user) => user.body(secret),
            Self::V3(scoped) => scoped.body(secret),
        }
    }

    /// What a good answer gives.
    fn session(&self, reply: &Reply, server_now: Timestamp) -> Result<Bearer, Fault> {
        match self {
            Self::V2(user) => user.session(&reply.text(), server_now),
            Self::V3(scoped) => scoped.session(reply, server_now),
        }
    }

    const fn url(&self) -> &Url {
        match self {
            Self::V2(user) => &user.url,
            Self::V3(scoped) => &scoped.url,
        }
    }

    /// What is said where Keystone takes none of it: it answers 401 for each alike.
    fn wrong(&self, words: String) -> Phrase {
        match self {
            Self::V2(_) => text::http::credentials(words),
            Self::V3(scoped) => scoped.wrong(words),
        }
    }

    /// What is said where it finds no project.
    fn no_project(&self, words: String) -> Phrase {
        match self {
            Self::V2(user) => text::http::tenant(words, user.tenant.as_str()),
            Self::V3(_) => text::http::project(words),
        }
    }

    fn taken(&self, reply: &Reply, server_now: Timestamp) -> Result<Bearer, Fault> {
        let body = reply.text();
        if reply.is_too_much() {
            return Err(Fault::Quota { until: reply.wait_until });
        }
        let words = said(reply.status, &body).trim_end_matches('.').to_owned();
        let is_keystone = shape(reply.status, &body) == Shape::Json;
        let wrong = |said: Phrase| Fault::WrongCredentials { said: Some(said) };
        Err(match reply.status {
            200..=299 => return self.session(reply, server_now),
            401 | 403 => wrong(self.wrong(words)),
            400 if is_keystone && words.contains("domain") => wrong(text::http::domains(words)),
            // Upstream's words for a wrong path are "The resource could not be found."
            404 if is_keystone && ["project", "tenant"].iter().any(|word| words.to_lowercase().contains(word)) => {
                wrong(self.no_project(words))
            }
            404 => no_such_address(self.url(), &body, reply.request_id.clone()),
            status => {
                // That of another service, as a rule.
                let versions = Versions::read(&body).filter(|_| status == 300).map(|versions| versions.names());
                let said =
                    versions.map_or_else(|| words.into(), |known| text::http::versions(address(self.url()), known));
                Fault::Refused { status, code: code(&body), said, request_id: reply.request_id.clone() }
            }
        })
    }
}

impl Authenticator for Identity {
    type Session = Bearer;

    fn log_in<'a>(&'a self, http: &'a HttpClient, secret: &'a SecretString) -> BoxFuture<'a, Result<Bearer, Fault>> {
        Box::pin(async move {
            let mut request = Request::change(Method::POST, self.url().clone()).json(&self.body(secret));
            request.effect = RequestKind::Read;
            let reply = http.send(request).await.map_err(SendFault::of_read)?;
            self.taken(&reply, http.server_now())
        })
    }
}

#[cfg(test)]
#[path = "identity_tests.rs"]
mod tests;

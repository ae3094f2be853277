//! Identity v3: a user with a password, an application credential, or a token that there is already; for a project. The
//! token stands in a header of the answer.

use reqwest::Url;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

use crate::domain::{Fault, Phrase, Timestamp, text};
use crate::provider::http::{Reply, not_understood, one};
use crate::provider::openstack::session::{Bearer, CatalogueEntry, ends};
use crate::provider::openstack::wire::{EndpointV3, OneTokenV3};

/// What is named by its id, or by a name within a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::provider) enum Named {
    Id(String),
    /// The domain as it is sent: by id or by name. None where the cloud wants none.
    Name(String, Option<Value>),
}

impl Named {
    fn body(&self) -> Value {
        match self {
            Self::Id(id) => json!({"id": id}),
            Self::Name(name, None) => json!({"name": name}),
            Self::Name(name, Some(domain)) => json!({"name": name, "domain": domain}),
        }
    }
}

/// Who logs in. The secret is the user's password, the credential's secret, or the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::provider) enum Who {
    User {
        user: Named,
        project: Named,
    },
    /// It is for one project by itself. By its name, its user is named beside it.
    ApplicationCredential {
        id: Option<String>,
        name: Option<String>,
        user: Option<Named>,
    },
    Token {
        project: Named,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::provider) struct Scoped {
    pub(in crate::provider) url: Url,
    pub(in crate::provider) who: Who,
}

impl Scoped {
    pub(super) fn body(&self, secret: &SecretString) -> Value {
        let secret = secret.expose_secret();
        let (identity, project) = match &self.who {
            Who::User { user, project } => {
                let mut user = user.body();
                user["password"] = json!(secret);
                (json!({"methods": ["password"], "password": {"user": user}}), Some(project))
            }
            Who::ApplicationCredential { id, name, user } => {
                let mut credential = json!({"secret": secret});
                match (id, name, user) {
                    (Some(id), ..) => credential["id"] = json!(id),
                    (None, name, user) => {
                        credential["name"] = json!(name);
                        credential["user"] = json!(user.as_ref().map(Named::body));
                    }
                }
                let methods = ["application_credential"];
                (json!({"methods": methods, "application_credential": credential}), None)
            }
            Who::Token { project } => (json!({"methods": ["token"], "token": {"id": secret}}), Some(project)),
        };
        let mut auth = json!({"identity": identity});
        if let Some(project) = project {
            auth["scope"] = json!({"project": project.body()});
        }
        json!({"auth": auth})
    }

    pub(super) fn wrong(&self, words: String) -> Phrase {
        match self.who {
            Who::User { .. } => text::http::user(words),
            Who::ApplicationCredential { .. } => text::http::credential(words),
            Who::Token { .. } => text::http::token(words),
        }
    }

    pub(super) fn session(&self, reply: &Reply, server_now: Timestamp) -> Result<Bearer, Fault> {
        let body = reply.text();
        let token = one::<OneTokenV3>(&body)?.token;
        let header = reply.subject_token.clone();
        let bearer = header.ok_or_else(|| not_understood("X-Subject-Token", text::http::NO_SUCH_HEADER, ""))?;
        let project = token.project.map(|project| project.id).filter(|id| !id.is_empty());
        let project = project.ok_or_else(|| Fault::WrongCredentials { said: Some(text::http::NO_PROJECT.into()) })?;
        let ends = token.expires_at.and_then(|expires| ends(expires, token.issued_at, server_now));
        let mut catalogue = Vec::new();
        for service in token.catalog {
            let entry = |endpoint: EndpointV3| CatalogueEntry {
                kind: service.kind.clone(),
                interface: endpoint.interface,
                region: if endpoint.region.is_empty() { endpoint.region_id } else { endpoint.region },
                url: endpoint.url,
            };
            catalogue.extend(service.endpoints.into_iter().map(entry));
        }
        let is_admin = token.roles.iter().any(|role| role.name.eq_ignore_ascii_case("admin"));
        Ok(Bearer { token: bearer, ends, project, is_admin, catalogue })
    }
}

#[cfg(test)]
#[path = "v3_tests.rs"]
mod tests;

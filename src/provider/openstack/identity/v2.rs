//! Identity v2.0: a user, its password and the tenant, which was later called project.

use reqwest::Url;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

use crate::domain::{Fault, Timestamp, text};
use crate::provider::http::one;
use crate::provider::openstack::session::{Bearer, CatalogueEntry, ends};
use crate::provider::openstack::wire;

pub(in crate::provider) struct ApiUser {
    pub(in crate::provider) url: Url,
    pub(in crate::provider) username: String,
    pub(in crate::provider) tenant: String,
}

impl ApiUser {
    pub(super) fn body(&self, secret: &SecretString) -> Value {
        let credentials = json!({"username": self.username, "password": secret.expose_secret()});
        json!({"auth": {"passwordCredentials": credentials, "tenantId": self.tenant}})
    }

    pub(super) fn session(&self, body: &str, server_now: Timestamp) -> Result<Bearer, Fault> {
        let access = one::<wire::Access>(body)?.access;
        let tenant = &self.tenant;
        let wrong = |said| Fault::WrongCredentials { said: Some(said) };
        let of = access.token.tenant.as_ref().ok_or_else(|| wrong(text::http::no_tenant(tenant.as_str())))?;
        // What was recorded has an empty object there.
        if let Some(other) = of.get("id").and_then(Value::as_str).filter(|id| !id.is_empty() && *id != tenant.as_str())
        {
            return Err(wrong(text::http::other_tenant(other, tenant.as_str())));
        }
        let ends = access.token.expires.and_then(|expires| ends(expires, access.token.issued_at, server_now));
        let catalogue = places(access.catalogue);
        Ok(Bearer { token: access.token.id, ends, project: tenant.clone(), is_admin: false, catalogue })
    }
}

/// What a catalogue says; here only public addresses are read.
pub(in crate::provider) fn places(catalogue: Vec<wire::ServiceRecord>) -> Vec<CatalogueEntry> {
    let of = |service: wire::ServiceRecord| {
        let entry = move |endpoint: wire::ServiceEndpoint| CatalogueEntry {
            kind: service.kind.clone(),
            interface: "public".to_owned(),
            region: endpoint.region,
            url: endpoint.public_url,
        };
        service.endpoints.into_iter().map(entry)
    };
    catalogue.into_iter().flat_map(of).collect()
}

//! WebARENA Indigo. What is known of it was recorded with real calls in October 2024, or is what other public clients
//! of its interface handle; each wire type and rule says which.

mod address;
mod api;
mod convert;
mod lists;
mod login;
mod policy;
mod wire;

#[cfg(test)]
mod recorded;

pub use api::Indigo;
pub use policy::IndigoPolicy;

use std::sync::Arc;

use super::{AccountKey, Provider};
use crate::domain::text;

pub(super) const PROVIDER: Provider = Provider {
    key: "indigo",
    label: "WebARENA Indigo",
    keys: &[
        AccountKey {
            name: "endpoint",
            required: false,
            default: Some("https://api.customer.jp"),
            instead: None,
            is_endpoint: true,
            one_of: &[],
            what: text::login::API_ADDRESS,
        },
        AccountKey {
            name: "client_id",
            required: true,
            default: None,
            instead: None,
            is_endpoint: false,
            one_of: &[],
            what: text::login::API_KEY,
        },
    ],
    api_key: Some("client_id"),
    secret_name: text::login::PRIVATE_KEY,
    where_to_find: text::login::KEY_MANAGEMENT,
    policy: || Arc::new(IndigoPolicy),
    prices: include_str!("../../../assets/prices/indigo.toml"),
    services: Vec::new,
    mistake: |_| None,
    from_openstack_login: None,
    open: |setup, secret| Ok(Arc::new(Indigo::open(&setup, secret)?)),
};

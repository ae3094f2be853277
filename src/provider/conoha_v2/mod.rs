//! `ConoHa` VPS Ver.2.0: `OpenStack` of about 2014 with the provider's own changes. What is known of it was recorded in
//! November 2021, or is the provider's reference, or what public clients of it handle; each place says which.

mod answer;
mod api;
mod body;
mod convert;
mod endpoints;
mod from_openstack_login;
mod lists;
mod login;
mod pages;
mod parts;
mod policy;
mod reads;
mod refused;

#[cfg(test)]
mod recorded;

pub use api::ConohaV2;
pub use policy::ConohaV2Policy;

use std::sync::Arc;

use crate::domain::{ListKey, Text, text};
use crate::provider::setup::{AccountKey, Provider};

pub(super) const PROVIDER: Provider = Provider {
    key: "conoha-v2",
    label: endpoints::LABEL,
    keys: &[
        AccountKey {
            name: "region",
            required: true,
            default: Some("tyo1"),
            is_endpoint: false,
            one_of: &endpoints::REGIONS,
            what: text::login::REGION,
        },
        needed("tenant_id", text::login::TENANT),
        needed("username", text::login::USERNAME),
        endpoint("identity", text::login::IDENTITY),
        endpoint("compute", text::login::COMPUTE),
        endpoint("image", text::login::IMAGE),
        endpoint("network", text::login::NETWORK),
    ],
    api_key: None,
    secret_name: text::login::PASSWORD,
    where_to_find: text::login::API_PAGE,
    policy: || Arc::new(ConohaV2Policy),
    prices: include_str!("../../../assets/prices/conoha-v2.toml"),
    services: || {
        vec![
            ("Compute Service", ListKey::Instances),
            ("Image Service", ListKey::Quota),
            ("Network Service", ListKey::Firewalls),
        ]
    },
    from_openstack_login: Some(from_openstack_login::from_openstack_login),
    open: |setup, secret| Ok(Arc::new(ConohaV2::open(&setup, secret)?)),
};

const fn needed(name: &'static str, what: Text) -> AccountKey {
    AccountKey { name, required: true, default: None, is_endpoint: false, one_of: &[], what }
}

const fn endpoint(name: &'static str, what: Text) -> AccountKey {
    AccountKey { name, required: false, default: None, is_endpoint: true, one_of: &[], what }
}

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

use crate::domain::ListKey;
use crate::provider::setup::{AccountKey, Provider};

pub(super) const PROVIDER: Provider = Provider {
    key: "conoha-v2",
    label: "ConoHa VPS Ver.2.0",
    keys: &[
        AccountKey {
            name: "region",
            required: true,
            default: Some("tyo1"),
            is_endpoint: false,
            one_of: &endpoints::REGIONS,
            what: "region, which stands in the addresses of the API: tyo1, tyo2, tyo3, sin1 or sjc1",
        },
        needed("tenant_id", "id of the tenant (32 letters)"),
        needed("username", "name of the API user (gncu and digits); its password is the secret"),
        endpoint("identity", "address of the Identity Service, where it is not that of the region"),
        endpoint("compute", "address of the Compute Service, the tenant included, where it is not that of the region"),
        endpoint("image", "address of the Image Service, where it is not that of the region"),
        endpoint("network", "address of the Network Service, where it is not that of the region"),
    ],
    api_key: None,
    secret_name: "API user's password",
    where_to_find: "In the ConoHa panel (Ver.2.0) under \"API\": tenant information, API user and endpoints.",
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

const fn needed(name: &'static str, what: &'static str) -> AccountKey {
    AccountKey { name, required: true, default: None, is_endpoint: false, one_of: &[], what }
}

const fn endpoint(name: &'static str, what: &'static str) -> AccountKey {
    AccountKey { name, required: false, default: None, is_endpoint: true, one_of: &[], what }
}

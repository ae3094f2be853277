//! A provider for the tests of this layer, with every kind of key.

use std::sync::Arc;
use std::time::Duration;

use crate::domain::{
    Action, Answer, Call, Inventory, Limit, ListKey, Possible, PreState, ProviderPolicy, Reconciled, Resource,
    RiskFact, Step, Text, Timestamp, Verb, Verdict, text,
};
use crate::provider::{AccountKey, Provider};

const fn key(name: &'static str, required: bool, default: Option<&'static str>, what: Text) -> AccountKey {
    AccountKey { name, required, default, instead: None, is_endpoint: default.is_some(), one_of: &[], what }
}

/// One provider, called `indigo` as the first real one.
pub(super) static STUB: [Provider; 1] = [Provider {
    key: "indigo",
    label: "WebARENA Indigo",
    keys: &[
        key("endpoint", false, Some("https://api.customer.jp"), text::login::API_ADDRESS),
        key("client_id", true, None, text::login::API_KEY),
    ],
    api_key: None,
    secret_name: text::login::PRIVATE_KEY,
    where_to_find: text::login::API_PAGE,
    policy: || Arc::new(StubPolicy),
    prices: "",
    services: Vec::new,
    mistake: |_| None,
    from_openstack_login: None,
    open: |_, _| Err("a stub".into()),
}];

#[derive(Debug)]
struct StubPolicy;

#[rustfmt::skip]
impl ProviderPolicy for StubPolicy {
    fn key(&self) -> &'static str { "indigo" }
    fn label(&self) -> &'static str { "provider.indigo" }
    fn default_limit(&self) -> Option<Limit> { Some(Limit { per_minute: 6, spacing_ms: 500 }) }
    fn snapshots_per_instance(&self) -> bool { true }
    fn snapshot_slots(&self) -> Option<usize> { None }
    fn catalogue(&self) -> Vec<ListKey> { Vec::new() }
    fn possible(&self, _: Verb, _: Resource<'_>, _: &Inventory) -> Possible { unimplemented!() }
    fn plan(&self, _: &Action, _: &Inventory) -> Vec<Step> { unimplemented!() }
    fn judge(&self, _: &Call, _: &Answer) -> Verdict { unimplemented!() }
    fn reconcile(&self, _: &Call, _: &PreState, _: &Inventory, _: Timestamp) -> Reconciled { unimplemented!() }
    fn usual(&self, _: &Call) -> Duration { unimplemented!() }
    fn risks(&self, _: &Action, _: &Inventory, _: Timestamp) -> Vec<RiskFact> { unimplemented!() }
}

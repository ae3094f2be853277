//! What must hold of the simulator, asked over HTTP as any client would.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

#[path = "simulator/any_order.rs"]
mod any_order;
#[path = "simulator/asking.rs"]
mod asking;
#[path = "simulator/catalogue.rs"]
mod catalogue;
#[path = "simulator/conoha/mod.rs"]
mod conoha;
#[path = "simulator/faults.rs"]
mod faults;
#[path = "simulator/firewalls_and_keys.rs"]
mod firewalls_and_keys;
#[path = "simulator/gateway.rs"]
mod gateway;
#[path = "simulator/instances.rs"]
mod instances;
#[path = "simulator/openstack.rs"]
mod openstack;
#[path = "simulator/quirks.rs"]
mod quirks;
#[path = "simulator/recorded.rs"]
mod recorded;
#[path = "simulator/snapshots.rs"]
mod snapshots;
#[path = "simulator/worlds.rs"]
mod worlds;

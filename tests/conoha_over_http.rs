//! The provider `ConoHa` VPS Ver.2.0 against the simulator, over HTTP: every call, and every way in which one can go
//! wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

const WORLD: &str = "conoha";
const KIND: &str = "conoha-v2";
const ACCOUNT: &str = "conoha";

#[path = "conoha/account.rs"]
mod account;
#[path = "conoha/changes.rs"]
mod changes;
#[path = "conoha/faults.rs"]
mod faults;
#[path = "conoha/firewalls.rs"]
mod firewalls;
#[path = "conoha/graphs.rs"]
mod graphs;
#[path = "conoha/keys.rs"]
mod keys;
#[path = "conoha/logins.rs"]
mod logins;
#[path = "conoha/long_lists.rs"]
mod long_lists;
#[path = "conoha/orders.rs"]
mod orders;
#[path = "conoha/pages.rs"]
mod pages;
#[path = "conoha/power.rs"]
mod power;
#[path = "conoha/reads.rs"]
mod reads;

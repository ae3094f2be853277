//! The provider `ConoHa` VPS Ver.3.0 against the simulator, over HTTP. What it does as every kind of `OpenStack` does it is
//! held by the same tests as theirs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

const WORLD: &str = "conoha-v3";
const KIND: &str = "conoha";
const ACCOUNT: &str = "conoha";

#[path = "conoha/account.rs"]
mod account;
#[path = "conoha/faults.rs"]
mod faults;
#[path = "conoha/firewalls.rs"]
mod firewalls;
#[path = "conoha/graphs.rs"]
mod graphs;
#[path = "conoha/keys.rs"]
mod keys;
#[path = "conoha_v3/logins.rs"]
mod logins;
#[path = "conoha/pages.rs"]
mod pages;
#[path = "conoha/power.rs"]
mod power;
#[path = "conoha_v3/reads.rs"]
mod reads;
#[path = "conoha_v3/volumes.rs"]
mod volumes;
